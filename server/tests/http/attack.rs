//! Whatever is asked, of every route and in any form: an answer below 500, in bounded time and of bounded size.
//!
//! `PLEDGEBOOK_FUZZ_SECONDS` and `PLEDGEBOOK_FUZZ_SEED` make it longer and other; the seed is printed.

use std::{
    env, fs,
    path::Path,
    time::{Duration, Instant},
};

use axum::{
    body::{Body, to_bytes},
    http::{Request, Uri},
};
use domain::DeskRole;
use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};
use store::on_both_engines;
use tower::ServiceExt;

use crate::site::Site;

/// How long it goes on on each engine where nobody says otherwise.
const SECONDS: u64 = 5;

/// With which dice where nobody says otherwise: a test that fails is to fail again.
const SEED: u64 = 20_240_415;

/// How long an answer may take, with a debug build on a busy machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// The largest answer to a page or to the API; files of the whole record are streams.
const LARGEST: usize = 8 << 20;

/// The parameters that any address understands, and one that none does.
const PARAMETERS: &[&str] = &[
    "q",
    "status",
    "party",
    "topic",
    "meeting",
    "due",
    "timeliness",
    "changed_since",
    "as_of",
    "known_at",
    "sort",
    "page",
    "after",
    "limit",
    "start",
    "end",
    "index",
    "size",
    "from",
    "hash",
    "lang",
    "url",
    "format",
    "maxwidth",
    "maxheight",
    "before",
    "token",
    "then",
    "kind",
    "author",
    "words",
    "days",
    "n\u{e4}chste",
];

/// What nobody in their senses sends. Percent-encoded where it has to be.
const WILD: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "2",
    "18446744073709551616",
    "9223372036854775807",
    "-9223372036854775808",
    "1e308",
    "NaN",
    "0x10",
    "1.5",
    "2024",
    "2024-04",
    "2024-13",
    "2024-02-30",
    "9999-12-31",
    "0000-01-01",
    "-0001-01-01",
    "99999-01-01",
    "2024-04-15T12:00:00Z",
    "2024-04-15T25:61:61Z",
    "2024-04-15T12:00:00%2B99:99",
    "1000-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z",
    "%00",
    "a%00b",
    "%FF%FE",
    "%F0%9F",
    "%",
    "%2",
    "%zz",
    "'",
    "%22",
    "';drop table pledge;--",
    "%27%20or%201=1",
    "%25",
    "_",
    "*",
    "\\",
    "a*",
    "NEAR(a b)",
    "%22unclosed",
    "AND",
    "a OR",
    "-",
    "(((((((((((",
    "../../etc/passwd",
    "%2e%2e%2f",
    "<script>",
    "%3Cscript%3E",
    "in_progress",
    "fulfilled",
    "guatemala",
    "april-summit",
    "true",
    "null",
    "[]",
    "{}",
    "%F0%9F%A4%96",
    "%E2%80%AE",
    "%CC%81",
    "%EF%BB%BF",
    "%C0%80",
    "title",
    "due",
    "-due",
    "changed",
    "relevance",
    "csv",
    "json",
    "http://127.0.0.1/",
    "javascript:alert(1)",
];

struct Dice(ChaCha8Rng);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0.next_u32() as usize % bound
    }

    fn of<'a>(&mut self, among: &[&'a str]) -> &'a str {
        among[self.below(among.len())]
    }

    fn value(&mut self) -> String {
        match self.below(12) {
            0 => "a".repeat(1 << self.below(14)),
            1 => "%F0%9F%A4%96".repeat(1 << self.below(10)),
            2 => "a+b+".repeat(1 << self.below(11)),
            3 => (0..self.below(40)).map(|_| format!("%{:02X}", self.0.next_u32() & 0xff)).collect::<Vec<_>>().concat(),
            4 => self.0.next_u64().to_string(),
            _ => self.of(WILD).to_owned(),
        }
    }

    fn query(&mut self) -> String {
        let pairs = (0..self.below(5)).map(|_| format!("{}={}", self.of(PARAMETERS), self.value()));
        pairs.collect::<Vec<_>>().join(if self.below(9) == 0 { "&&" } else { "&" })
    }
}

/// The paths of all routes, as the code registers them: every text between quotes that begins like one.
fn routes() -> Vec<String> {
    fn gather(folder: &Path, found: &mut Vec<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                gather(&entry.path(), found);
            } else if let Ok(text) = fs::read_to_string(entry.path()) {
                let code = text.split("#[cfg(test)]").next().unwrap_or_default();
                let quoted = code.split('"').filter(|text| text.starts_with('/') && !text.contains([' ', '\n', '\\']));
                found.extend(quoted.map(str::to_owned));
            }
        }
    }
    let mut found = Vec::new();
    gather(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
    for path in found.clone() {
        found.push(format!("/es{path}"));
        found.push(format!("/api/v1{path}"));
    }
    found.extend(
        ["/nowhere", "/changes.atom", "/deadlines.ics", "/parties/{slug}.atom", "/pledges/{slug}.atom", "/timemap/link/{slug}"]
            .map(str::to_owned),
    );
    found.sort();
    found.dedup();
    found
}

/// The path with something in place of its names: often what is there, else anything.
fn filled(dice: &mut Dice, route: &str) -> String {
    let mut path = String::new();
    for part in route.split_inclusive('/') {
        if part.contains('{') {
            let end = if part.ends_with('/') { "/" } else { "" };
            let name = if dice.below(2) == 0 { "april-summit".to_owned() } else { dice.value() };
            path += &name.replace(['?', '#', '/', '<', '>', '\\', '"', '{', '}', ' '], "");
            path += end;
        } else {
            path += part;
        }
    }
    path
}

on_both_engines! {
    async fn whatever_is_asked_has_an_answer(engine) {
        let site = Site::with_example(engine).await;
        let mut administrator = site.signed_in(DeskRole::Administrator).await;
        administrator.get("/desk").await.assert_ok();
        let cookie = administrator.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        let number = |name: &str| env::var(name).ok().map(|text| text.parse::<u64>().unwrap_or_else(|_| panic!("{name} is a number")));
        let seed = number("PLEDGEBOOK_FUZZ_SEED").unwrap_or(SEED);
        let until = Instant::now() + Duration::from_secs(number("PLEDGEBOOK_FUZZ_SECONDS").unwrap_or(SECONDS));
        println!("PLEDGEBOOK_FUZZ_SEED={seed} on {engine:?}");
        let routes = routes();
        assert!(routes.len() > 150, "{} routes were found", routes.len());
        let mut dice = Dice(ChaCha8Rng::seed_from_u64(seed));
        let (mut asked, mut answered) = (0, [0; 6]);
        while asked < routes.len() || Instant::now() < until {
            // Each route once, and then any.
            let route = &routes[if asked < routes.len() { asked } else { dice.below(routes.len()) }];
            asked += 1;
            let address = format!("{}?{}", filled(&mut dice, route), dice.query());
            let Ok(uri) = address.parse::<Uri>() else { continue };
            let method = ["GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"][dice.below(10)];
            let mut request = Request::builder().method(method).uri(uri);
            if dice.below(2) == 0 {
                request = request.header("cookie", &cookie).header("sec-fetch-site", "same-origin");
            }
            for name in ["accept-encoding", "accept-language", "accept-datetime", "if-none-match", "if-modified-since", "authorization", "range", "x-forwarded-for", "idempotency-key", "if-match"] {
                if dice.below(12) == 0 {
                    request = request.header(name, dice.value().into_bytes());
                }
            }
            let body = if matches!(method, "POST" | "PUT" | "PATCH") { dice.query().into_bytes() } else { Vec::new() };
            let kind = dice.of(&["application/x-www-form-urlencoded", "application/json", "multipart/form-data; boundary=x", "text/plain", ""]);
            let request = request.header("content-type", kind).body(Body::from(body)).unwrap();
            let told = format!("PLEDGEBOOK_FUZZ_SEED={seed}: {method} {}", address.chars().take(300).collect::<String>());
            let begun = Instant::now();
            let response = site.router.clone().oneshot(request).await.unwrap();
            let status = response.status();
            let stream = address.contains("/data/");
            let bytes = to_bytes(response.into_body(), if stream { usize::MAX } else { LARGEST }).await;
            assert!(bytes.is_ok(), "{told}: the answer is too large");
            // What oEmbed (section 2.3.4) asks for where a format is not known.
            let not_known = status == 501 && address.contains("/oembed");
            assert!(!status.is_server_error() || not_known, "{told}: {status}");
            assert!(begun.elapsed() < PATIENCE, "{told}: it took {:?}", begun.elapsed());
            answered[usize::from(status.as_u16() / 100)] += 1;
        }
        println!("{asked} requests to {} routes on {engine:?}: {answered:?} answers by class", routes.len());
        site.get("/pledges/april-summit").await.assert_ok();
    }
}
