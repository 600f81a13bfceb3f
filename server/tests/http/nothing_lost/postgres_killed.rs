//! PostgreSQL is killed under load and comes back: meanwhile requests fail clearly and soon, and afterwards the same server goes on
//! by itself, with all that was acknowledged.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use store::Store;

use super::{
    Chance, Record,
    cluster::Cluster,
    set,
    writers::{Ledger, Writers, ask},
};
use crate::process::Served;

/// How soon a server answers again once its database is back.
const RECOVERY: Duration = Duration::from_secs(10);

/// How soon it says that there is none: it waits a little for one that is just starting.
const BOUND: Duration = Duration::from_secs(8);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_whose_database_is_killed_says_so_and_goes_on_by_itself_when_it_is_back() {
    let mut cluster = Cluster::new();
    cluster.start().await;
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&cluster.location()).await.unwrap();
    migrations::up(store.connection()).await.unwrap();
    let record = Record::new(&store, &cluster.url(), folder.path()).await;
    store.close().await.unwrap();
    let (mut chance, ledger) = (Chance::new(), Arc::new(Ledger::default()));
    let served = Served::of(record.command());
    for round in 0..set("PLEDGEBOOK_POSTGRES_KILLS", 2) {
        let writers = Writers::start(4, &served.address, &record.tokens, round, &ledger);
        thread::sleep(chance.millis(300, 1_200));
        cluster.kill();
        let down = Instant::now();
        // A page and the API say that it can't be read now; the process itself lives.
        let asked = ["/pledges/april-summit", "/api/v1/pledges/april-summit", "/readyz", "/healthz"].map(|path| {
            let address = served.address.clone();
            thread::spawn(move || ask(&address, &format!("GET {path} HTTP/1.1"), "").expect("an answer"))
        });
        let [page, api, ready, alive] = asked.map(|asked| asked.join().unwrap());
        assert_eq!(page.status, 503, "{}", page.body);
        assert!(page.body.contains("can’t be read just now") && page.body.contains("Nothing is lost"), "{}", page.body);
        assert_eq!((api.status, api.json()["title"].as_str()), (503, Some("The record can’t be read just now")), "{}", api.body);
        assert_eq!((ready.status, ready.body.as_str()), (503, "the database does not answer"));
        assert_eq!(alive.status, 200);
        assert!(down.elapsed() < BOUND, "it took {:?} to say that there is no database", down.elapsed());
        eprintln!("requests without a database were answered within {:?}", down.elapsed());
        thread::sleep(chance.millis(0, 500));
        cluster.start().await;
        let back = Instant::now();
        while ask(&served.address, "GET /pledges/april-summit HTTP/1.1", "").expect("an answer").status != 200 {
            assert!(back.elapsed() < RECOVERY, "it does not recover by itself; seed {}", chance.seed);
            thread::sleep(Duration::from_millis(50));
        }
        let acknowledged = ledger.acknowledged();
        while ledger.acknowledged() == acknowledged {
            assert!(back.elapsed() < RECOVERY, "nothing can be written again; seed {}", chance.seed);
            thread::sleep(Duration::from_millis(50));
        }
        eprintln!("it went on after {:?}", back.elapsed());
        writers.stop();
        ledger.assert_there(0, &served.address, &record.tokens);
    }
    eprintln!("{} acknowledged, {} published, {} refused", ledger.acknowledged(), ledger.published(), ledger.refused());
    assert!(ledger.published() > 0 && ledger.refused() > 0, "too little happened to tell anything");
    drop(served);
    record.assert_verified();
}
