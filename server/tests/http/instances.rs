//! Two servers on one PostgreSQL behind nginx: one desk, one record, and no reader notices that one of them is killed.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed},
    },
    thread,
    time::{Duration, Instant},
};

use domain::DeskRole;
use serde_json::{Value, json};
use store::Engine;

use crate::{
    process::{Served, free_port, raw_get},
    site::{Site, now},
    visitor::{PASSWORD, encoded},
};

/// Who asks another server so long after a publication was acknowledged is shown it.
const SHOWS_WITHIN: Duration = Duration::from_secs(1);

const OPERATE: &str = include_str!("../../../docs/operate.md");

/// nginx as `docs/operate.md` sets it up before several servers. It is killed if the test forgets it.
struct Nginx {
    child: Child,
    address: String,
    folder: tempfile::TempDir,
}

impl Nginx {
    fn before(servers: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().display().to_string();
        // Its workers are another user where root starts it.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let address = format!("127.0.0.1:{}", free_port());
        let servers: String = servers.iter().flat_map(|server| ["server ", server, " fail_timeout=2s; "]).collect();
        let temporary =
            ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(|what| format!("{what}_temp_path {place}/{what};"));
        let location = &OPERATE[OPERATE.find("    location / {").unwrap()..];
        let location = &location[..location.find("\n}").unwrap()];
        assert!(OPERATE.contains(" fail_timeout=2s;"));
        let settings = format!(
            "daemon off; worker_processes auto; pid {place}/pid; error_log {place}/error.log;
            events {{ worker_connections 512; }}
            http {{
                access_log off; {}
                upstream pledgebook {{ zone pledgebook 64k; {servers} keepalive 16; }}
                server {{
                    listen {address};
                    add_header X-Answered-By $upstream_addr;
                    {location}
                }}
            }}",
            temporary.join(" ")
        );
        let file = folder.path().join("nginx.conf");
        fs::write(&file, settings).unwrap();
        // Debian has it where only root looks for programs.
        let path = format!("{}:/usr/sbin", std::env::var("PATH").unwrap_or_default());
        let mut command = Command::new("nginx");
        let command = command.env("PATH", path).arg("-e").arg(folder.path().join("error.log")).arg("-c").arg(file);
        let child = command.stderr(Stdio::null()).spawn().expect("this test needs nginx: run it by `make test-rust`");
        let begun = Instant::now();
        while TcpStream::connect(&address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(10), "nginx does not listen: {}", told(folder.path()));
            thread::sleep(Duration::from_millis(10));
        }
        Self { child, address, folder }
    }
}

/// What nginx had to complain of.
fn told(folder: &Path) -> String {
    fs::read_to_string(folder.join("error.log")).unwrap_or_default()
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // Told, not killed: or its workers would outlive it.
        _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        _ = self.child.wait();
    }
}

/// The raw answer to a request with a body.
fn send(address: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    let head =
        format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n{headers}");
    write!(stream, "{head}\r\n{body}").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// Somebody's program at a server.
struct Program<'a> {
    address: &'a str,
    token: &'a str,
}

impl Program<'_> {
    /// Sends it, and gives the JSON of the answer.
    fn post(&self, path: &str, more: &str, content: &Value) -> Value {
        let headers = format!("Authorization: Bearer {}\r\nContent-Type: application/json\r\n{more}", self.token);
        let body = if content.is_null() { String::new() } else { content.to_string() };
        let answer = send(self.address, "POST", path, &headers, &body);
        assert!(answer.starts_with("HTTP/1.1 20"), "{path}: {answer}");
        let json = answer.split_once("\r\n\r\n").unwrap().1;
        serde_json::from_str(&json[json.find('{').unwrap()..=json.rfind('}').unwrap()])
            .unwrap_or_else(|error| panic!("{error}: {json}"))
    }
}

/// Publishes a change of status at a server; it has this rationale.
fn publish(server: &str, editor: &str, reviewer: &str, rationale: &str) {
    let (editor, reviewer) = (Program { address: server, token: editor }, Program { address: server, token: reviewer });
    let change = json!({
        "status": "in_progress", "effective_on": "2024-06-01", "rationale": { "en": rationale },
        "citations": [{ "source": { "url": "https://news.example.org/two-servers", "title": "Two servers",
                                    "publisher": "Diario Ejemplo", "language": "en" },
                        "quote": "both tell the same" }],
    });
    let begun = editor.post("/api/v1/pledges/operational-cell/status", "", &change);
    assert_eq!(begun["data"]["problems"], json!([]), "{begun}");
    let draft = begun["data"]["api"].as_str().unwrap();
    let draft = &draft[draft.find("/api/").unwrap()..];
    let version = format!("If-Match: \"{}\"\r\n", begun["data"]["version"]);
    editor.post(&format!("{draft}/submit"), &version, &Value::Null);
    reviewer.post(&format!("{draft}/approve"), &version, &Value::Null);
}

/// Readers who go from page to page until told to stop, each over connections of their own.
struct Readers {
    threads: Vec<thread::JoinHandle<Vec<String>>>,
    stop: Arc<AtomicBool>,
    answered: Arc<AtomicUsize>,
}

impl Readers {
    fn start(address: &str, number: usize) -> Self {
        let (stop, answered) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicUsize::new(0)));
        let reader = |address: String, stop: Arc<AtomicBool>, answered: Arc<AtomicUsize>| {
            let paths = ["/pledges", "/pledges/april-summit", "/es/changes", "/parties/guatemala"];
            let mut noticed = Vec::new();
            for path in paths.iter().cycle() {
                if stop.load(Relaxed) {
                    return noticed;
                }
                let answer = raw_get(&address, path, "");
                if answer.starts_with("HTTP/1.1 200") && answer.contains("</html>") {
                    answered.fetch_add(1, Relaxed);
                } else {
                    noticed.push(format!("{path}: {}", answer.lines().next().unwrap_or("no answer")));
                }
            }
            noticed
        };
        let threads = (0..number).map(|_| {
            let (address, stop, answered) = (address.to_owned(), Arc::clone(&stop), Arc::clone(&answered));
            thread::spawn(move || reader(address, stop, answered))
        });
        Self { threads: threads.collect(), stop: Arc::clone(&stop), answered: Arc::clone(&answered) }
    }

    /// Waits until so many more pages were read.
    fn go_on_for(&self, pages: usize) {
        let (from, begun) = (self.answered.load(Relaxed), Instant::now());
        while self.answered.load(Relaxed) < from + pages {
            assert!(begun.elapsed() < Duration::from_secs(30), "the readers get nothing");
            thread::sleep(Duration::from_millis(5));
        }
    }

    /// What they noticed.
    fn stop(self) -> Vec<String> {
        self.stop.store(true, Relaxed);
        self.threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    }
}

/// Waits until nginx asks a server again.
fn wait_for(server: &str, nginx: &Nginx) {
    let begun = Instant::now();
    // It may have been tried in vain just before it came back, and then rests for a while.
    while !raw_get(&nginx.address, "/pledges", "")
        .lines()
        .any(|line| line.starts_with("X-Answered-By: ") && line.ends_with(server))
    {
        assert!(begun.elapsed() < Duration::from_secs(30), "nginx does not ask {server} again: {}", told(nginx.folder.path()));
        thread::sleep(Duration::from_millis(50));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_are_one_site_and_one_may_be_killed() {
    let site = Site::with_example(Engine::Postgres).await;
    let url = &site.test.url;
    // Nobody reads their logs, which would be full at some time.
    let more = ["--behind-proxy", "--no-capture", "--log", "warn"];
    let (one, two) = (Served::start_with(url, &more), Served::start_with(url, &more));
    let nginx = Nginx::before(&[&one.address, &two.address]);

    // Whoever signs in at one is signed in at the other.
    let editor = site.let_in("ana", DeskRole::Editor).await;
    let reviewer = site.let_in("eva", DeskRole::Reviewer).await;
    let form = encoded(&[("email", "ana@example.org"), ("password", PASSWORD)]);
    let kind = "Content-Type: application/x-www-form-urlencoded\r\nSec-Fetch-Site: same-origin\r\n";
    let signed_in = send(&one.address, "POST", "/sign-in", kind, &form);
    assert!(signed_in.starts_with("HTTP/1.1 303"), "{signed_in}");
    let cookie = signed_in.lines().find_map(|line| line.strip_prefix("set-cookie: ")).unwrap().split(';').next().unwrap();
    let cookie = format!("Cookie: {cookie}\r\n");
    for server in [&two.address, &one.address, &nginx.address] {
        let desk = raw_get(server, "/desk", &cookie);
        assert!(desk.starts_with("HTTP/1.1 200"), "{desk}");
    }
    assert!(raw_get(&two.address, "/desk", "").starts_with("HTTP/1.1 303"), "without it nobody is");

    // What is published at either shows at both, also where somebody has read the page there before.
    let tokens = (site.token_of(&editor, "draft").await, site.token_of(&reviewer, "review").await);
    let mut longest = Duration::ZERO;
    for (round, (at, other)) in [(&one, &two), (&two, &one), (&one, &two)].into_iter().enumerate() {
        let rationale = format!("Published in round {round} of these");
        let pages = ["/pledges/operational-cell", "/changes", "/api/v1/pledges/operational-cell/history"];
        for path in pages {
            assert!(!other.get(path).contains(&rationale) && !other.get(path).is_empty());
        }
        publish(&at.address, &tokens.0, &tokens.1, &rationale);
        let acknowledged = Instant::now();
        for path in pages {
            assert!(at.get(path).contains(&rationale), "{path} is old on the very next request where it was published");
            // By when it was asked: how long a page takes to make is another matter.
            let mut asked = acknowledged.elapsed();
            while !other.get(path).contains(&rationale) {
                assert!(asked < SHOWS_WITHIN, "{path} is old at the other server, asked after {} ms", asked.as_millis());
                asked = acknowledged.elapsed();
            }
            longest = longest.max(asked);
        }
    }
    println!("published at one, shown at both to who asked {} ms later", longest.as_millis());

    // One is killed outright, comes back, and then the other is killed; the readers in front of nginx go on reading.
    let readers = Readers::start(&nginx.address, 4);
    readers.go_on_for(16);
    let address = one.address.clone();
    drop(one);
    readers.go_on_for(32);
    let again = Served::start_at(url, &address, &more);
    wait_for(&address, &nginx);
    readers.go_on_for(16);
    drop(two);
    readers.go_on_for(32);
    let noticed = readers.stop();
    assert!(noticed.is_empty(), "{noticed:#?}\n{}", told(nginx.folder.path()));
    assert!(again.get("/pledges/operational-cell").contains("round 2 of these"));
    assert_eq!(
        site.test.store.revision_at(domain::Moment::now(now())).await.unwrap().number,
        4,
        "the example, and three changes"
    );
}
