//! The server as its own process, watched: its admin listener and its log.

use std::{io::Read, net::TcpListener};

use serde_json::Value;
use store::{Engine, testing::TestStore};

use crate::{
    process::{Served, assert_fails, free_port, pledgebook, raw_get},
    site::now,
};

async fn with_example() -> TestStore {
    let test = TestStore::empty(Engine::Sqlite).await;
    test.store.load(&server::commands::example_record(now().date_naive()).unwrap(), now()).await.unwrap();
    test
}

#[tokio::test(flavor = "multi_thread")]
async fn figures_are_at_a_listener_of_their_own_and_only_where_somebody_asked_for_it() {
    let test = with_example().await;
    let admin = format!("127.0.0.1:{}", free_port());
    let served = Served::start_with(&test.url, &["--admin-listen", &admin]);
    assert!(served.get("/pledges/april-summit").starts_with("HTTP/1.1 200"));
    let figures = raw_get(&admin, "/metrics", "");
    assert!(figures.starts_with("HTTP/1.1 200"), "{figures}");
    assert!(figures.contains(r#"pledgebook_http_requests_total{route="/pledges/{slug}",method="GET",status="2xx"} 1"#));
    assert!(raw_get(&admin, "/", "").starts_with("HTTP/1.1 404"));
    let public = served.get("/metrics");
    assert!(public.starts_with("HTTP/1.1 404") && !public.contains("pledgebook_http"), "{public}");
    served.tell_to_stop();

    let output = |admin: &str| {
        let listen = format!("127.0.0.1:{}", free_port());
        pledgebook(&test.url).args(["serve", "--listen", &listen, "--admin-listen", admin]).output().unwrap()
    };
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    assert_fails(&output(&taken), &[&taken, "--admin-listen", "PLEDGEBOOK_ADMIN_LISTEN"]);
}

/// The lines of the log that tell of answers.
fn logged(served: &mut Served) -> Vec<Value> {
    served.tell_to_stop();
    served.child.wait().unwrap();
    let mut log = String::new();
    served.child.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    let lines = log.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_else(|error| panic!("{error}: {line}")));
    lines.filter(|line| line["http.status"].is_u64()).collect()
}

/// The id that an answer carries.
fn id(answer: &str) -> String {
    let line = answer.lines().find_map(|line| line.strip_prefix("x-request-id: "));
    line.unwrap_or_else(|| panic!("no id: {answer}")).to_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_answer_is_one_line_of_the_log_with_its_id_route_status_and_time() {
    let test = with_example().await;
    let mut served = Served::start_with(&test.url, &["--log-format", "json"]);
    let wild = format!("X-Request-Id: {}\r\n", "a\"}{\"request.id\":\"".repeat(200));
    let answers = [
        raw_get(&served.address, "/pledges/april-summit?q=private-words", ""),
        raw_get(&served.address, "/pledges/no-such", &wild),
        raw_get(&served.address, "/pledges", "X-Request-Id: claimed\r\n"),
        raw_get(&served.address, &format!("/{}", "long/".repeat(1000)), ""),
    ];
    let lines = logged(&mut served);
    let line = |answer: &String| {
        let id = id(answer);
        assert_eq!(id.len(), 36, "{id}");
        let mut of = lines.iter().filter(|line| line["span"]["request.id"] == id.as_str());
        (of.next().unwrap().clone(), of.count())
    };
    let (pledge, more) = line(&answers[0]);
    assert_eq!(more, 0, "one line an answer");
    assert_eq!((&pledge["level"], &pledge["http.status"]), (&"INFO".into(), &200.into()));
    assert_eq!(pledge["span"]["http.route"], "/pledges/{slug}");
    assert_eq!(pledge["span"]["http.path"], "/pledges/april-summit");
    assert_eq!(pledge["span"]["http.method"], "GET");
    assert!(pledge["took.ms"].as_f64().is_some_and(|took| took > 0.0 && took < 20_000.0), "{pledge}");
    assert_eq!(line(&answers[1]).0["http.status"], 404);
    assert_eq!(line(&answers[2]).0["span"]["http.route"], "/pledges");
    let (long, _) = line(&answers[3]);
    assert!(long["span"]["http.route"].is_null() && long["span"]["http.path"].as_str().unwrap().len() == 256, "{long}");
    let all = serde_json::to_string(&lines).unwrap();
    assert!(!all.contains("private-words") && !all.contains("claimed"), "{all}");
}

#[tokio::test(flavor = "multi_thread")]
async fn behind_a_proxy_both_logs_have_the_same_id() {
    let test = with_example().await;
    let mut served = Served::start_with(&test.url, &["--log-format", "json", "--behind-proxy"]);
    let of_proxy = "5fa1d2c3b4a5968778695a4b3c2d1e0f";
    let answer = raw_get(&served.address, "/pledges", &format!("X-Request-Id: {of_proxy}\r\n"));
    assert_eq!(id(&answer), of_proxy);
    let wild = raw_get(&served.address, "/pledges", "X-Request-Id: not one\r\n");
    assert_eq!(id(&wild).len(), 36);
    let lines = logged(&mut served);
    assert_eq!(lines.iter().filter(|line| line["span"]["request.id"] == of_proxy).count(), 1);
}
