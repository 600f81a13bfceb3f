//! Many at the desk at once: nobody's work is lost, and nobody meets an error that is not theirs.

use std::{
    env,
    sync::Arc,
    time::{Duration, Instant},
};

use domain::DeskRole;
use store::{Engine, on_both_engines};
use tokio::task::JoinSet;

use crate::{
    desk::{CELL, location, with},
    site::Site,
    visitor::Visitor,
};

/// How many write at once.
const EDITORS: usize = 50;

/// How long they go on, in seconds, where nobody says otherwise by this variable.
const SECONDS: (&str, u64) = ("PLEDGEBOOK_TOGETHER_SECONDS", 4);

/// What one editor was told is kept.
#[derive(Default)]
struct Told {
    /// What they added to the shared draft.
    added: Vec<String>,
    /// The pledges of their own that were published.
    published: Vec<String>,
    /// How often somebody else was faster.
    overtaken: usize,
}

/// Adds a word to the draft that all share, again and again until it is saved, as a person does who is shown the other version.
async fn add_word(editor: &mut Visitor, draft: &str, word: &str, told: &mut Told) {
    loop {
        let form = editor.get(draft).await.assert_ok().filled_in();
        let value = |name: &str| form.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str()).to_owned();
        let (summary, version) = (format!("{} {word}", value("summary.en")), value("version"));
        let answer = editor
            .post_form(draft, &[("title.en", "Shared"), ("summary.en", &summary), ("version", &version), ("do", "save")])
            .await;
        match answer.status.as_u16() {
            303 => return told.added.push(word.to_owned()),
            409 => told.overtaken += 1,
            _ => _ = answer.assert_status(303),
        }
    }
}

/// Writes a pledge, hands it in, and has it published by a reviewer.
async fn publish_own(editor: &mut Visitor, reviewer: &mut Visitor, word: &str, told: &mut Told) {
    let title = format!("Build the bridge of {word}");
    let fields: Vec<_> =
        with(CELL, &[("do", "submit")]).into_iter().filter(|(name, _)| !matches!(*name, "title.en" | "title.es")).collect();
    let fields: Vec<_> = fields.into_iter().chain([("title.en", title.as_str())]).collect();
    let review = location(&editor.post_form("/desk/new", &fields).await.assert_status(303));
    reviewer.get(&review).await.assert_ok();
    let approve = review.replace("/review", "/approve");
    reviewer.post_form(&approve, &[("version", "1")]).await.assert_status(303);
    told.published.push(format!("/pledges/build-the-bridge-of-{word}"));
}

async fn work(site: Arc<Site>, number: usize, draft: Arc<str>, until: Instant) -> Told {
    let editor = site.let_in(&format!("editor{number}"), DeskRole::Editor).await;
    let reviewer = site.let_in(&format!("reviewer{number}"), DeskRole::Reviewer).await;
    let (mut editor, mut reviewer) = (site.signed_in_as(&editor).await, site.signed_in_as(&reviewer).await);
    let mut told = Told::default();
    for round in 0.. {
        let word = format!("e{number}r{round}");
        if number.is_multiple_of(2) {
            add_word(&mut editor, &draft, &word, &mut told).await;
        } else {
            publish_own(&mut editor, &mut reviewer, &word, &mut told).await;
        }
        editor.get("/desk").await.assert_ok();
        if Instant::now() >= until {
            break;
        }
    }
    told
}

async fn work_together(engine: Engine) {
    let seconds = env::var(SECONDS.0).ok().and_then(|text| text.parse().ok()).unwrap_or(SECONDS.1);
    let site = Arc::new(Site::with_time(engine).await);
    let mut first = site.signed_in(DeskRole::Editor).await;
    let begun = first.post_form("/desk/new", &[("title.en", "Shared"), ("summary.en", "Words:"), ("do", "save")]).await;
    let draft: Arc<str> = location(&begun.assert_status(303)).into();
    let until = Instant::now() + Duration::from_secs(seconds);
    let mut all = JoinSet::new();
    for number in 0..EDITORS {
        all.spawn(work(site.clone(), number, draft.clone(), until));
    }
    let told: Vec<Told> = all.join_all().await;

    let shared = first.get(&draft).await.assert_ok();
    let added: Vec<&String> = told.iter().flat_map(|told| &told.added).collect();
    let published: Vec<&String> = told.iter().flat_map(|told| &told.published).collect();
    let overtaken: usize = told.iter().map(|told| told.overtaken).sum();
    println!("{engine:?}: {} words added, {overtaken} times overtaken, {} pledges published", added.len(), published.len());
    assert!(added.len() >= EDITORS / 2 && published.len() >= EDITORS / 2);
    let summary = shared.filled_in().into_iter().find(|(name, _)| name == "summary.en").unwrap_or_default().1;
    let words: Vec<&str> = summary.split(' ').collect();
    for word in added {
        assert!(words.contains(&word.as_str()), "{word} was said to be saved, and is gone");
    }
    for page in published {
        site.get(page).await.assert_ok();
    }
}

on_both_engines! {
    async fn fifty_editors_at_once_lose_nothing_and_meet_no_error(engine) {
        work_together(engine).await;
    }
}
