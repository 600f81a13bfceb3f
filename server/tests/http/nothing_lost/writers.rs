//! Programs that write drafts, hand them in and publish them, and remember what they were told was done.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use chrono::{DateTime, Utc};
use domain::{DeskRole, Lifetime, NewPerson, NewToken};
use serde_json::{Value, json};
use store::{Editor, Store};

/// How long an answer may take, whatever has happened.
const PATIENCE: Duration = Duration::from_secs(15);

/// Of an editor and of a reviewer.
#[derive(Clone)]
pub struct Tokens {
    pub editor: String,
    reviewer: String,
    /// Of the editor too, and never used before.
    pub unused: String,
}

impl Tokens {
    pub async fn new(store: &Store, now: DateTime<Utc>) -> Self {
        let owner = async |role: DeskRole| {
            let new = NewPerson { email: format!("{role}@example.org"), name: role.to_string(), role };
            let link = store.invite(None, &new, now).await.unwrap();
            store.follow_link(link.reveal(), "hash".to_owned(), now).await.unwrap().unwrap()
        };
        let (editor, reviewer) = (owner(DeskRole::Editor).await, owner(DeskRole::Reviewer).await);
        let token = async |owner: &Editor, scopes: &str| {
            let new = NewToken { name: "A program".into(), scopes: scopes.parse().unwrap(), lifetime: Lifetime::Month };
            store.make_token(owner, &new, now).await.unwrap().reveal().to_owned()
        };
        let unused = token(&editor, "draft").await;
        Self { editor: token(&editor, "draft").await, reviewer: token(&reviewer, "review").await, unused }
    }
}

/// What was answered.
pub struct Answered {
    pub status: u16,
    pub body: String,
}

impl Answered {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// Sends a request, and reads all of the answer; `None` if there is none or it is not whole.
pub fn ask(address: &str, head: &str, body: &str) -> Option<Answered> {
    let begun = Instant::now();
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let length = body.len();
    write!(stream, "{head}\r\nHost: localhost\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}").ok()?;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer);
    assert!(begun.elapsed() < PATIENCE, "{head}: no answer in {PATIENCE:?}");
    read.ok()?;
    let answer = String::from_utf8_lossy(&answer).into_owned();
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let length = head.to_lowercase().split("content-length: ").nth(1).and_then(|rest| rest.lines().next()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > body.len()) {
        return None;
    }
    Some(Answered { status: head.split(' ').nth(1)?.parse().ok()?, body: body.to_owned() })
}

/// Sends a request of a program.
fn by_token(
    address: &str,
    token: &str,
    method: &str,
    path: &str,
    version: Option<i64>,
    content: Option<&Value>,
) -> Option<Answered> {
    let version = version.map(|version| format!("\r\nIf-Match: \"{version}\"")).unwrap_or_default();
    let kind = if content.is_some() { "\r\nContent-Type: application/json" } else { "" };
    let head = format!("{method} {path} HTTP/1.1\r\nAuthorization: Bearer {token}{version}{kind}");
    ask(address, &head, &content.map(Value::to_string).unwrap_or_default())
}

/// How far a draft has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Step {
    Begun,
    Saved,
    HandedIn,
    Published,
}

/// A draft, as far as it was acknowledged.
#[derive(Clone, Debug)]
pub struct Written {
    path: String,
    title: String,
    step: Step,
    slug: String,
}

/// What was acknowledged, and how often nothing could be done.
#[derive(Default)]
pub struct Ledger {
    written: Mutex<Vec<Written>>,
    refused: AtomicUsize,
    /// Why it was refused the last time.
    reason: Mutex<String>,
}

impl Ledger {
    pub fn acknowledged(&self) -> usize {
        self.written.lock().unwrap().len()
    }

    pub fn published(&self) -> usize {
        self.written.lock().unwrap().iter().filter(|written| written.step == Step::Published).count()
    }

    /// The kind of problem that was told last.
    pub fn reason(&self) -> String {
        self.reason.lock().unwrap().clone()
    }

    pub fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }

    /// Makes sure that all that was acknowledged from one place on is there.
    #[track_caller]
    pub fn assert_there(&self, from: usize, address: &str, tokens: &Tokens) {
        for written in &self.written.lock().unwrap()[from..] {
            let found = by_token(address, &tokens.editor, "GET", &written.path, None, None).expect("an answer");
            assert_eq!(found.status, 200, "{written:?} is lost: {}", found.body);
            let draft = found.json()["data"].clone();
            let state = draft["state"].as_str().unwrap().to_owned();
            let step = match (state.as_str(), draft["version"].as_i64().unwrap()) {
                ("published", _) => Step::Published,
                ("submitted", _) => Step::HandedIn,
                (_, 1) => Step::Begun,
                _ => Step::Saved,
            };
            assert!(step >= written.step, "{written:?} has gone back to {step:?}");
            if written.step >= Step::Saved || step == Step::Begun {
                assert_eq!(draft["content"]["title"]["en"], written.title, "{written:?}");
            }
            if written.step == Step::Published {
                let path = format!("GET /api/v1/pledges/{} HTTP/1.1", written.slug);
                let pledge = ask(address, &path, "").expect("an answer");
                assert_eq!(pledge.status, 200, "{written:?} is not public: {}", pledge.body);
                assert_eq!(pledge.json()["data"]["title"]["en"], written.title);
            }
        }
    }
}

fn content(title: &str) -> Value {
    json!({
        "title": { "en": title },
        "summary": { "en": format!("{title}. The three governments set it up.") },
        "made_on": "2024-02-28",
        "parties": [{ "party": "guatemala", "role": "lead" }],
        "topics": ["governance"],
        "citations": [{ "source": { "url": format!("https://news.example.org/{}", title.replace(' ', "-")), "title": title,
            "publisher": "Diario Ejemplo", "language": "es" }, "quote": "crearán una célula" }],
    })
}

/// Writes one draft and takes it as far as it can. `None` as soon as a step was not acknowledged; whatever is answered that is
/// neither done nor refused for lack of the database is a fault.
pub fn write_one(address: &str, tokens: &Tokens, title: &str, ledger: &Ledger) -> Option<()> {
    let done = |answered: Option<Answered>| {
        let answered = answered?;
        match answered.status {
            200 | 201 => Some(answered),
            503 => {
                let problem = answered.json();
                let kind = problem["type"].as_str().and_then(|kind| kind.split_once("/api#")).expect(&answered.body).1;
                kind.clone_into(&mut ledger.reason.lock().unwrap());
                ledger.refused.fetch_add(1, Ordering::Relaxed);
                None
            }
            status => panic!("{status}: {}", answered.body),
        }
    };
    let (first, last) = (format!("{title} begun"), format!("{title} saved"));
    let begun = done(by_token(address, &tokens.editor, "POST", "/api/v1/drafts", None, Some(&content(&first))))?;
    let api = begun.json()["data"]["api"].as_str().unwrap().to_owned();
    let path = api[api.find("/api/").unwrap()..].to_owned();
    let place = {
        let mut all = ledger.written.lock().unwrap();
        all.push(Written { path: path.clone(), title: first, step: Step::Begun, slug: String::new() });
        all.len() - 1
    };
    let note = |change: &dyn Fn(&mut Written)| change(&mut ledger.written.lock().unwrap()[place]);
    done(by_token(address, &tokens.editor, "PUT", &path, Some(1), Some(&content(&last))))?;
    note(&|written| (written.step, written.title) = (Step::Saved, last.clone()));
    done(by_token(address, &tokens.editor, "POST", &format!("{path}/submit"), Some(2), None))?;
    note(&|written| written.step = Step::HandedIn);
    let approved = done(by_token(address, &tokens.reviewer, "POST", &format!("{path}/approve"), Some(2), None))?;
    let slug = approved.json()["data"]["pledge"]["slug"].as_str().unwrap().to_owned();
    note(&|written| (written.step, written.slug) = (Step::Published, slug.clone()));
    Some(())
}

/// Several that write at once, until they are told to stop.
pub struct Writers {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Writers {
    pub fn start(count: usize, address: &str, tokens: &Tokens, round: u64, ledger: &Arc<Ledger>) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let write = |writer: usize| {
            let (stop, address, tokens, ledger) = (stop.clone(), address.to_owned(), tokens.clone(), ledger.clone());
            thread::spawn(move || {
                for number in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    if write_one(&address, &tokens, &format!("Round {round} writer {writer} pledge {number}"), &ledger).is_none()
                    {
                        thread::sleep(Duration::from_millis(20));
                    }
                }
            })
        };
        let threads = (0..count).map(write).collect();
        Self { stop, threads }
    }

    /// Ends them. Fails where one of them has met a fault.
    pub fn stop(self) {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().expect("a writer met a fault");
        }
    }
}
