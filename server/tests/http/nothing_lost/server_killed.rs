//! The server is killed at random moments while many write, and every write that it acknowledged is there afterwards.

use std::{sync::Arc, thread};

use store::{on_both_engines, testing::TestStore};

use super::{
    Chance, Record, set,
    writers::{Ledger, Writers},
};
use crate::process::Served;

/// How many write at once.
const WRITERS: usize = 4;

on_both_engines! {
    async fn a_server_that_is_killed_has_lost_nothing_that_it_acknowledged(engine) {
        let test = TestStore::empty(engine).await;
        let folder = tempfile::tempdir().unwrap();
        let record = Record::new(&test.store, &test.url, folder.path()).await;
        let (mut chance, ledger) = (Chance::new(), Arc::new(Ledger::default()));
        let mut served = Served::of(record.command());
        for round in 0..set("PLEDGEBOOK_KILLS", 5) {
            let before = ledger.acknowledged();
            let writers = Writers::start(WRITERS, &served.address, &record.tokens, round, &ledger);
            thread::sleep(chance.millis(300, 1_500));
            served.child.kill().unwrap();
            served.child.wait().unwrap();
            writers.stop();
            served = Served::of(record.command());
            ledger.assert_there(before, &served.address, &record.tokens);
        }
        ledger.assert_there(0, &served.address, &record.tokens);
        eprintln!("{} drafts acknowledged, {} of them published; seed {}", ledger.acknowledged(), ledger.published(), chance.seed);
        assert!(ledger.published() > 0, "too little was written to tell anything");
        drop(served);
        record.assert_verified();
    }
}
