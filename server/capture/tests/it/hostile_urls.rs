//! Addresses that lead into private networks, in every spelling, by name, by redirect and by a name that changes its mind.

use std::collections::BTreeSet;

use domain::CaptureFailure;

use crate::host::{Host, Names, answer};

/// Hosts that are none of the public web.
const HOSTS: &[&str] = &[
    // IPv4 in every spelling that browsers know.
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0x7f.0.0.1",
    "0x7f000001",
    "0X7F.1",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "0177.1",
    "127.0.0.1.",
    "127.000.000.001",
    "%31%32%37.0.0.1",
    "１２７.０.０.１",
    "①②⑦.⓪.⓪.①",
    "127。0。0。1",
    "0",
    "0.0.0.0",
    "0x0",
    "10.0.0.1",
    "10.255.255.255",
    "0xa000001",
    "012.0.0.1",
    "167772161",
    "172.16.0.1",
    "172.31.255.254",
    "2886729729",
    "192.168.0.1",
    "192.168.1.254",
    "0xc0a80101",
    "3232235777",
    "100.64.0.1",
    "100.100.100.200",
    "100.127.255.254",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "169.254.170.2",
    "168.63.129.16",
    "192.0.0.192",
    "192.0.2.1",
    "198.18.0.1",
    "198.19.255.254",
    "198.51.100.1",
    "203.0.113.1",
    "192.88.99.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "4294967295",
    // IPv6, and IPv4 within it.
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[::ffff:a00:1]",
    "[::ffff:169.254.169.254]",
    "[::ffff:8.8.8.8]",
    "[::127.0.0.1]",
    "[::7f00:1]",
    "[::ffff:0:127.0.0.1]",
    "[64:ff9b::127.0.0.1]",
    "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]",
    "[2002:7f00:1::]",
    "[2002:a9fe:a9fe::1]",
    "[2001:0:53aa:64c:0:0:80ff:fffe]",
    "[2001:db8::1]",
    "[3fff::1]",
    "[fc00::1]",
    "[fd00:ec2::254]",
    "[fd12:3456:789a::1]",
    "[fe80::1]",
    "[fec0::1]",
    "[ff02::1]",
    "[100::1]",
    "[5f00::1]",
    "[2001:2::1]",
    "[2001:20::1]",
    // Names that are never public.
    "localhost",
    "LOCALHOST",
    "localhost.",
    "foo.localhost",
    "localhost.localdomain",
    "printer.local",
    "metadata.google.internal",
    "metadata",
    "intranet",
    "server.lan",
    "nas.home.arpa",
    "router.home",
    "wiki.corp",
    "abcdefghijklmnop.onion",
    "db.internal.",
    "1.0.0.127.in-addr.arpa",
    "db.test",
    "x.invalid",
];

/// Addresses that are wrong whoever the host is.
const URLS: &[&str] = &[
    "",
    "/etc/passwd",
    "//127.0.0.1/",
    "file:///etc/passwd",
    "ftp://example.org/",
    "gopher://127.0.0.1:6379/_INFO",
    "javascript:alert(1)",
    "data:text/html,x",
    "dict://127.0.0.1:11211/",
    "ldap://example.org/",
    "jar:http://example.org!/",
    "blob:https://example.org/x",
    "http://",
    "http:///",
    "https://:443/",
    "http://user@example.org/",
    "http://user:pw@example.org/",
    "http://example.org@127.0.0.1/",
    "http://127.0.0.1#@example.org/",
    "http://127.0.0.1\\@example.org/",
    "http://example.org:22/",
    "http://example.org:25/",
    "http://example.org:3306/",
    "http://example.org:5432/",
    "http://example.org:6379/",
    "http://example.org:0/",
    "http://example.org:65536/",
    "https://example.org:9200/",
    "http://[::1",
    "http://[fe80::1%25eth0]/",
    "http://exa mple.org/",
    "http://256.256.256.256/",
    "http://1.2.3.4.5/",
    "HTTP://127.0.0.1/",
    "hTTps://[::1]/",
    "  http://127.0.0.1/  ",
    "http:127.0.0.1",
    "http:\\\\127.0.0.1\\",
    "ht\ntp://127.0.0.1/",
];

/// Every one of the above, with schemes, ports and paths.
fn hostile() -> BTreeSet<String> {
    let shapes = ["http://{}/", "https://{}/", "http://{}:8080/a?b=c#d", "https://{}:8443/latest/meta-data/"];
    let of_hosts = HOSTS.iter().flat_map(|host| shapes.map(|shape| shape.replace("{}", host)));
    of_hosts.chain(URLS.iter().map(|url| (*url).to_owned())).collect()
}

#[tokio::test]
async fn three_hundred_hostile_urls_are_all_refused_with_one_message() {
    let hostile = hostile();
    assert!(hostile.len() >= 300, "only {}", hostile.len());
    // Nothing may be looked up or connected to: there is nobody to ask here.
    let names = Names::of("nobody.example.org", &[&["127.0.0.1"]]);
    let fetcher = capture::Fetcher::new("https://pledges.example.org").unwrap().resolving(names.clone());
    let mut told = BTreeSet::new();
    for url in &hostile {
        let failed = fetcher.fetch(url).await.expect_err(url);
        assert_eq!(failed.failure, CaptureFailure::NotAllowed, "{url}: {failed}");
        told.insert(failed.to_string());
    }
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(*names.1.lock().unwrap(), 0, "something was looked up");
}

#[tokio::test]
async fn redirects_to_each_of_them_are_refused_as_well() {
    let hostile: Vec<String> = hostile().into_iter().collect();
    // What has no scheme of its own, or no letters that can stand in a header, leads on within the host.
    let led: Vec<String> =
        hostile.into_iter().filter(|url| url.contains("://") && !url.contains('\n') && !url.starts_with("//")).collect();
    assert!(led.len() >= 300);
    let targets = led.clone();
    let host = Host::sending(move |path| {
        let target = &targets[path[1..].parse::<usize>().unwrap()];
        answer("302 Found", &format!("location: {target}\r\n"), b"")
    })
    .await;
    let fetcher = host.fetcher();
    for (index, url) in led.iter().enumerate() {
        let failed = fetcher.fetch(&host.url(&format!("/{index}"))).await.expect_err(url);
        assert_eq!(failed.failure, CaptureFailure::NotAllowed, "{url}: {failed}");
    }
    assert_eq!(host.asked.lock().unwrap().len(), led.len(), "a redirect was followed");
}

#[tokio::test]
async fn names_that_lead_into_private_networks_are_refused() {
    for private in [
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "64:ff9b::7f00:1",
        "fd00::1",
        "2002:7f00:1::",
    ] {
        for addresses in [&[private][..], &["93.184.216.34", private]] {
            let names = Names::of("sources.example.org", &[addresses]);
            let fetcher = capture::Fetcher::new("https://pledges.example.org").unwrap().resolving(names);
            let failed = fetcher.fetch("http://sources.example.org/").await.expect_err(private);
            assert_eq!(failed.failure, CaptureFailure::NotAllowed, "{addresses:?}: {failed}");
        }
    }
}

#[tokio::test]
async fn a_name_that_is_public_at_first_and_private_then_is_refused() {
    let host = Host::sending(|path| match path {
        "/" => answer("302 Found", "location: /again\r\n", b""),
        _ => answer("200 OK", "content-type: text/plain\r\n", b"reached"),
    })
    .await;
    // In this test only 127.0.0.1 passes for public.
    let url = format!("http://sources.example.org:{}/", host.address.port());
    let names = Names::of("sources.example.org", &[&["127.0.0.1"], &["127.0.0.2"]]);
    let failed = host.fetcher().resolving(names.clone()).fetch(&url).await.unwrap_err();
    assert_eq!(failed.failure, CaptureFailure::NotAllowed, "{failed}");
    // Each hop looks once: what was checked is what is connected to.
    assert_eq!(*names.1.lock().unwrap(), 2);
    let names = Names::of("sources.example.org", &[&["127.0.0.1"]]);
    assert_eq!(&host.fetcher().resolving(names).fetch(&url).await.unwrap().bytes[..], b"reached");
}
