//! The binary as its own process: what it says when it can't start, and how it ends.

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    process::{Child, Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use store::{Engine, on_both_engines, testing::TestStore};

use crate::site::now;

/// The binary, with nothing set but what a test sets.
pub fn pledgebook(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pledgebook"));
    command.env_remove("DATABASE_URL");
    for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PLEDGEBOOK_")) {
        command.env_remove(name);
    }
    command.env("PLEDGEBOOK_DATA_DIR", env!("CARGO_TARGET_TMPDIR"));
    let name: String = database.chars().filter(char::is_ascii_alphanumeric).collect();
    let key = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{}-{name}.key", std::process::id()));
    command.env("PLEDGEBOOK_RECORD_KEY", key);
    command.env("PLEDGEBOOK_DATABASE_URL", database).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[track_caller]
pub fn assert_fails(output: &Output, told: &[&str]) {
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    for told in told {
        assert!(errors.contains(told), "“{told}” is not in: {errors}");
    }
    assert!(!errors.contains("panicked"), "{errors}");
}

/// The raw answer to a request with these header lines; empty if there is none.
pub fn raw_get(address: &str, path: &str, headers: &str) -> String {
    let mut answer = Vec::new();
    if let Ok(mut stream) = TcpStream::connect(address) {
        _ = write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\n{headers}Connection: close\r\n\r\n");
        _ = stream.read_to_end(&mut answer);
    }
    String::from_utf8_lossy(&answer).into_owned()
}

/// A server as its own process; it is killed if the test forgets it.
pub struct Served {
    pub child: Child,
    pub address: String,
}

impl Served {
    fn start(database: &str) -> Self {
        Self::start_with(database, &[])
    }

    pub fn start_with(database: &str, more: &[&str]) -> Self {
        Self::start_at(database, &format!("127.0.0.1:{}", free_port()), more)
    }

    pub fn start_at(database: &str, address: &str, more: &[&str]) -> Self {
        Self::at(pledgebook(database), address, more)
    }

    /// Serves as a command says, and waits until it can.
    pub fn of(command: Command) -> Self {
        Self::at(command, &format!("127.0.0.1:{}", free_port()), &[])
    }

    fn at(mut command: Command, address: &str, more: &[&str]) -> Self {
        let address = address.to_owned();
        let child = command.args(["serve", "--listen", &address]).args(more).spawn().unwrap();
        let served = Self { child, address };
        let begun = Instant::now();
        while !served.get("/readyz").starts_with("HTTP/1.1 200") {
            assert!(begun.elapsed() < Duration::from_secs(20), "it never got ready");
            thread::sleep(Duration::from_millis(20));
        }
        served
    }

    /// The raw answer to a request; empty if there is none.
    pub fn get(&self, path: &str) -> String {
        raw_get(&self.address, path, "")
    }

    pub fn tell_to_stop(&self) {
        assert!(Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status().unwrap().success());
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

on_both_engines! {
    async fn serving_an_old_database_names_the_command_that_helps(engine) {
        let bare = TestStore::bare(engine).await;
        let (port, steps) = (free_port(), migrations::pending(bare.store.connection()).await.unwrap().len());
        let output = pledgebook(&bare.url).args(["serve", "--listen", &format!("127.0.0.1:{port}")]).output().unwrap();
        assert_fails(&output, &[&format!("lacks {steps} migration(s)"), "run: pledgebook migrate"]);
        assert!(bare.sql("select 1 from pledge").await.is_err(), "it migrated without being told to");
        let output = pledgebook(&bare.url).arg("example").output().unwrap();
        assert_fails(&output, &["run: pledgebook migrate"]);
    }

    async fn from_nothing_to_served_in_three_commands_each_safe_to_repeat(engine) {
        let bare = TestStore::bare(engine).await;
        let steps = migrations::pending(bare.store.connection()).await.unwrap().len();
        for (command, told) in [
            ("migrate", format!("took {steps} migration(s)").as_str()),
            ("migrate", "is up to date"),
            ("example", "69 pledges with 118 status changes, 81 sources"),
            ("example", "already: 69 pledges"),
        ] {
            let output = pledgebook(&bare.url).arg(command).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            assert!(said.contains(told), "{command}: {said}");
        }
        let mut served = Served::start(&bare.url);
        assert!(served.get("/pledges/april-summit").contains("Fulfilled, 7 days late"));
        served.tell_to_stop();
        assert!(served.child.wait().unwrap().success());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_synthetic_record_fills_an_empty_one_and_is_never_mixed_with_another() {
    let test = TestStore::empty(Engine::Sqlite).await;
    let output = pledgebook(&test.url).args(["synth", "60"]).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(String::from_utf8_lossy(&output.stdout).contains("60 pledges with "));
    for number in ["60", "1"] {
        let output = pledgebook(&test.url).args(["synth", number]).output().unwrap();
        assert_fails(&output, &["holds a record", "never mixed"]);
    }
    assert_eq!(test.texts("select slug from pledge").await.len(), 60);
}

#[tokio::test(flavor = "multi_thread")]
async fn people_come_by_a_link_that_the_server_prints_or_the_command_line() {
    let test = TestStore::empty(Engine::Sqlite).await;
    let first_start = || {
        let mut served = Served::start(&test.url);
        served.tell_to_stop();
        assert!(served.child.wait().unwrap().success());
        let mut said = String::new();
        served.child.stdout.take().unwrap().read_to_string(&mut said).unwrap();
        said
    };
    let said = first_start();
    let token = said.split("/set-up?token=").nth(1).expect(&said).lines().next().unwrap().to_owned();
    assert!(said.contains("within 30 minutes"), "{said}");
    assert!(test.store.link(&token, server::clock::Clock::system().now()).await.unwrap().is_some());
    first_start();
    assert!(
        test.store.link(&token, server::clock::Clock::system().now()).await.unwrap().is_none(),
        "an older link works after a new start"
    );

    let add = |email: &str, role: &str| {
        pledgebook(&test.url).args(["user", "add", "--email", email, "--name", "Ana", "--role", role]).output().unwrap()
    };
    assert_fails(
        &add("ana", "boss"),
        &["nobody was let in", "email: “ana” is not an e-mail address", "role: “boss” is not accepted"],
    );
    let output = add("ana@example.org", "administrator");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("http://127.0.0.1:3000/link?token=") && said.contains("for 7 days"), "{said}");
    assert_fails(&add("Ana@example.org", "editor"), &["“ana@example.org” is given twice"]);
    let reset = |email: &str| pledgebook(&test.url).args(["user", "reset", "--email", email]).output().unwrap();
    assert_fails(&reset("eva@example.org"), &["nobody at the desk has the address “eva@example.org”"]);
    assert!(String::from_utf8_lossy(&reset("ana@example.org").stdout).contains("/link?token="));
    let said = first_start();
    assert!(said.contains("/sign-in") && !said.contains("set-up"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_port_that_is_taken_is_named() {
    let test = TestStore::empty(Engine::Sqlite).await;
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = pledgebook(&test.url).args(["serve", "--listen", &address]).output().unwrap();
    assert_fails(&output, &[&address, "--listen", "PLEDGEBOOK_LISTEN"]);
}

#[test]
fn a_database_that_is_not_there_is_named_without_its_password() {
    let begun = Instant::now();
    let output =
        pledgebook("postgres://editor:secret@127.0.0.1:1/record").args(["serve", "--listen", "127.0.0.1:0"]).output().unwrap();
    assert_fails(&output, &["postgres://127.0.0.1:1/record", "can't be reached"]);
    assert!(!String::from_utf8_lossy(&output.stderr).contains("secret"));
    assert!(begun.elapsed() < Duration::from_secs(15));
    let output = pledgebook("mysql://localhost/record").arg("migrate").output().unwrap();
    assert_fails(&output, &["postgres://USER@HOST/NAME or sqlite:PATH"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_request_in_flight_is_finished_after_the_signal_to_stop() {
    let test = TestStore::empty(Engine::Postgres).await;
    test.store.load(&server::commands::example_record(now().date_naive()).unwrap(), now()).await.unwrap();
    let mut served = Served::start(&test.url);
    // The request waits for this lock, so that it is certainly in flight when the signal comes.
    let lock = test.lock("pledge").await;
    let address = served.address.clone();
    let reader = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        write!(stream, "GET /pledges/april-summit HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    });
    tokio::time::sleep(Duration::from_millis(400)).await;
    served.tell_to_stop();
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert!(served.child.try_wait().unwrap().is_none(), "it left with a request in flight");
    assert!(TcpStream::connect(&served.address).is_err(), "it still takes new ones");
    lock.release().await;
    let answer = reader.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("Fulfilled, 7 days late"));
    assert!(served.child.wait().unwrap().success());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_imported_from_the_command_line() {
    let test = TestStore::empty(Engine::Sqlite).await;
    test.store.load(&server::commands::example_record(now().date_naive()).unwrap(), now()).await.unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("more.csv");
    std::fs::write(
        &file,
        "id,title_en,summary_en,made_on,parties\nnew,New,New,2024,lead:guatemala\nbad,Bad,Bad,soon,lead:guatemala\n",
    )
    .unwrap();
    let import = |more: &[&str]| {
        pledgebook(&test.url).arg("import").arg(&file).args(["--by", "Ana@example.org"]).args(more).output().unwrap()
    };
    assert_fails(&import(&[]), &["nobody at the desk has the address", "pledgebook user add"]);
    let ana = domain::NewPerson { email: "ana@example.org".into(), name: "Ana".into(), role: domain::DeskRole::Editor };
    test.store.invite(None, &ana, now()).await.unwrap();
    let output = import(&["--as", "review"]);
    assert_fails(&output, &["1 row(s) are refused", "--skip-refused"]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(said.contains("more.csv:3 made_on “soon” is not a date"), "{said}");
    assert!(import(&["--skip-refused", "--dry-run"]).status.success());
    assert_eq!(test.texts("select state from draft").await, Vec::<String>::new());
    let output = import(&["--skip-refused", "--as", "review"]);
    assert!(output.status.success() && String::from_utf8_lossy(&output.stdout).contains("Imported: 1 drafts"));
    assert_eq!(test.texts("select state from draft").await, ["submitted"]);
}

#[tokio::test]
async fn a_command_ends_as_it_would_when_nobody_reads_on() {
    let test = TestStore::bare(Engine::Sqlite).await;
    for arguments in [&["migrate"][..], &["example"], &["verify"]] {
        let (unread, told) = std::io::pipe().unwrap();
        drop(unread);
        let output = pledgebook(&test.url).args(arguments).stdout(told).output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !errors.contains("panicked"), "{arguments:?}: {errors}");
    }
}

#[test]
fn a_source_on_this_machine_is_not_fetched_and_it_is_said_why() {
    let folder = tempfile::tempdir().unwrap();
    let database = format!("sqlite:{}", folder.path().join("record.sqlite3").display());
    assert!(pledgebook(&database).arg("migrate").output().unwrap().status.success());
    let asked = ["capture", "http://127.0.0.1:8080/", "http://[::ffff:169.254.169.254]/latest/meta-data/"];
    let output = pledgebook(&database).args(asked).output().unwrap();
    assert_fails(&output, &["2 source(s) could not be captured"]);
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(told.matches("sources are fetched from public addresses of the web alone").count(), 2, "{told}");
}

/// Reads a document as the server has it read.
fn read_text(content_type: &str, document: &[u8]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pledgebook"));
    let mut child = command
        .args(["read-text", content_type])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let document = document.to_vec();
    // It may end before it has read everything.
    let writing = thread::spawn(move || _ = input.write_all(&document));
    let output = child.wait_with_output().unwrap();
    writing.join().unwrap();
    output
}

#[test]
fn a_hostile_document_ends_nothing_but_its_reader() {
    let output = read_text("text/html", "<p>Se comprometió a hospedar la cumbre.".as_bytes());
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success() && told.contains("Se comprometió a hospedar la cumbre."), "{told}");
    // The deeper a page, the longer it is looked through, far beyond any patience.
    let deep = format!("{}bottom", "<div>".repeat(300_000));
    let output = read_text("text/html", deep.as_bytes());
    // It answers, or it is ended by the bounds that it has taken upon itself.
    assert!(output.status.success() || output.stdout.is_empty(), "{:?}", output.status);
}

on_both_engines! {
    async fn the_record_is_verified_from_its_database_and_from_an_export_alone(engine) {
        let test = TestStore::empty(engine).await;
        test.store.load(&server::commands::example_record(now().date_naive()).unwrap(), now()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        let key = file("key/record.key");
        std::fs::create_dir(file("key")).unwrap();
        let command = |database: &str, key: &std::path::Path| {
            let mut command = pledgebook(database);
            command.env("PLEDGEBOOK_RECORD_KEY", key);
            command
        };
        let served = Served::of(command(&test.url, &key));
        let begun = Instant::now();
        let body = |path: &str| served.get(path).split_once("\r\n\r\n").unwrap().1.to_owned();
        std::fs::write(file("checkpoint"), body("/api/v1/record/checkpoint")).unwrap();
        let page = body("/record");
        let verifier = page.split("--verifier-key &#x27;").nth(1).or(page.split("--verifier-key '").nth(1)).unwrap();
        let verifier = verifier.split(['&', '\'']).next().unwrap().to_owned();
        while !file("key/record.checkpoint").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "no checkpoint is kept");
            thread::sleep(Duration::from_millis(20));
        }
        drop(served);
        let log = test.store.log_entries(0, 9, u64::MAX >> 1).await.unwrap();
        let lines: String = log.iter().flat_map(|entry| [entry.content.as_deref().unwrap(), "\n"]).collect();
        std::fs::write(file("record.jsonl"), &lines).unwrap();

        let verify = |key: &std::path::Path, more: &[&str]| {
            let files = |text: &&str| text.strip_prefix('@').map_or_else(|| (*text).into(), |name| file(name).into_os_string());
            command(&test.url, key).arg("verify").args(more.iter().map(files)).output().unwrap()
        };
        let output = verify(&key, &["--checkpoint", "@checkpoint"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(said.contains("Entries: 1;") && said.contains("pledges: 69") && said.contains(&verifier), "{said}");
        let none = file("no.key");
        let offline = ["--export", "@record.jsonl", "--checkpoint", "@checkpoint"];
        assert_fails(&verify(&none, &offline), &["--verifier-key KEY"]);
        let output = verify(&none, &[&offline[..], &["--verifier-key", &verifier]].concat());
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        assert!(!none.exists(), "it made a key");
        let wrong = verifier.replace('+', "-");
        assert_fails(&verify(&none, &[&offline[..], &["--verifier-key", &wrong]].concat()), &["no verifier key"]);
        let note = std::fs::read_to_string(file("checkpoint")).unwrap();
        std::fs::write(file("forged"), note.replacen("\n1\n", "\n2\n", 1)).unwrap();
        assert_fails(&verify(&key, &["--checkpoint", "@forged"]), &["signature", "is wrong"]);
        std::fs::write(file("record.jsonl"), lines.replacen("2024", "2025", 1)).unwrap();
        assert_fails(&verify(&key, &offline), &["not as it was recorded", "root"]);
        std::fs::write(file("record.jsonl"), "").unwrap();
        assert_fails(&verify(&key, &offline), &["at least 1"]);
        // Even without an earlier checkpoint of a reader: the server's own, beside its key.
        test.sql("update pledge set title_en = 'Another' where slug = 'april-summit'").await.unwrap();
        assert_fails(&verify(&key, &[]), &["pledge april-summit", "title.en", "Another"]);
        assert_fails(&command(&TestStore::empty(engine).await.url, &key).arg("verify").output().unwrap(), &["earlier checkpoint"]);
    }
}
