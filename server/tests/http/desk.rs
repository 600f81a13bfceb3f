//! The desk over HTTP: from an empty form to a public pledge, as an editor and a reviewer go.

use axum::http::header;
use domain::DeskRole;
use store::{Engine, on_both_engines};

use crate::{
    site::{Answer, Site},
    visitor::Visitor,
};

/// The founding article's first pledge, typed in.
pub const CELL: &[(&str, &str)] = &[
    ("title.en", "Set up a joint cell for the northern triangle"),
    ("title.es", "Crear una célula conjunta"),
    ("summary.en", "The three governments set up a cell."),
    ("made_on", "2024-02-28"),
    ("parties[0].party", "Guatemala"),
    ("parties[0].role", "lead"),
    ("parties[1].party", "México"),
    ("parties[1].role", "party"),
    ("topics[0].topic", "Brand-new topic"),
    ("topics[0].new.name.en", "Brand-new topic"),
    ("citations[0].source.url", "https://news.example.org/celula"),
    ("citations[0].source.title", "Crean célula operativa"),
    ("citations[0].source.publisher", "Diario Ejemplo"),
    ("citations[0].source.language", "es"),
    ("citations[0].quote", "crearán una célula operativa"),
];

/// The fields of a form, changed and added to.
pub fn with(fields: &[(&'static str, &'static str)], more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let kept = fields.iter().filter(|(name, _)| !more.iter().any(|(other, _)| other == name));
    kept.chain(more).copied().collect()
}

/// Where an answer leads.
pub fn location(answer: &Answer) -> String {
    answer.header(header::LOCATION.as_str()).split('?').next().unwrap_or_default().to_owned()
}

/// The value of a hidden field.
fn hidden(answer: &Answer, name: &str) -> String {
    answer.filled_in().into_iter().find(|(field, _)| field == name).map(|(_, value)| value).unwrap_or_default()
}

/// Hands in what was typed; gives the address of the draft.
pub async fn hand_in(editor: &mut Visitor, path: &str, fields: &[(&str, &str)]) -> String {
    let fields: Vec<_> = fields.iter().copied().chain([("do", "submit")]).collect();
    let answer = editor.post_form(path, &fields).await;
    let wrong = answer.text().split("id=\"errors\"").nth(1).and_then(|rest| rest.split("</ul>").next()).unwrap_or_default();
    assert_eq!(wrong, "");
    let answer = answer.assert_status(303);
    let review = location(&answer);
    assert!(review.ends_with("/review"), "{review}");
    review.trim_end_matches("/review").to_owned()
}

/// The form of a page as it would be sent with some fields changed, without what its buttons add.
fn edited(form: &Answer, changes: &[(&str, &str)]) -> Vec<(String, String)> {
    let mut fields = form.filled_in();
    fields.retain(|(name, _)| name != "do" && !changes.iter().any(|(changed, _)| changed == name));
    fields.extend(changes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
    fields
}

fn borrowed(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

/// Approves a draft as it is now.
pub async fn approve(reviewer: &mut Visitor, draft: &str) -> Answer {
    let page = reviewer.get(&format!("{draft}/review")).await.assert_ok();
    let version = hidden(&page, "version");
    reviewer.post_form(&format!("{draft}/approve"), &[("version", &version)]).await
}

on_both_engines! {
    async fn from_an_empty_form_to_a_public_pledge(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        editor.get("/desk").await.assert_ok();
        editor.get("/desk/new").await.assert_ok().assert_has("name=\"citations[0].quote\"");
        let draft = hand_in(&mut editor, "/desk/new", CELL).await;
        // Nothing of it is public before somebody else has approved it.
        let slug = "/pledges/set-up-a-joint-cell-for-the-northern-triangle";
        site.get(slug).await.assert_status(404);
        site.get("/topics/brand-new-topic").await.assert_status(404);
        site.get("/pledges?q=northern+triangle").await.assert_ok().assert_lacks("joint cell");
        editor.get(&format!("{draft}/review")).await.assert_ok().assert_lacks("/approve\"");
        editor.post_form(&format!("{draft}/approve"), &[("version", "1")]).await.assert_status(403);
        reviewer.get("/desk").await.assert_ok().assert_has("Set up a joint cell");
        approve(&mut reviewer, &draft).await.assert_status(303);
        // Once it is done nothing is left to be corrected.
        reviewer.get(&format!("{draft}/review")).await.assert_ok().assert_lacks("notice-error");
        site.get(slug).await.assert_ok().assert_has("Set up a joint cell").assert_has("crearán una célula operativa").assert_lacks("editor");
        site.get("/es/pledges?q=celula+conjunta").await.assert_ok().assert_has("célula");
        site.get("/topics/brand-new-topic").await.assert_ok();

        // Then its status changes.
        let status = &[
            ("status", "in_progress"),
            ("effective_on", "2024-05-08"),
            ("rationale.en", "It met for the first time."),
            ("citations[0].source.url", "https://news.example.org/celula"),
            ("citations[0].quote", "se reunió por primera vez"),
        ];
        let path = "/desk/pledges/set-up-a-joint-cell-for-the-northern-triangle/status";
        editor.get(path).await.assert_ok().assert_has("value=\"in_progress\"");
        let draft = hand_in(&mut editor, path, status).await;
        reviewer.get(&format!("{draft}/review")).await.assert_ok().assert_has("It met for the first time.");
        approve(&mut reviewer, &draft).await.assert_status(303);
        site.get(slug).await.assert_ok().assert_has("It met for the first time.").assert_has("In progress");
        site.get(&format!("{slug}?as_of=2024-03-01")).await.assert_ok().assert_lacks("It met for the first time.");
    }

    async fn what_is_wrong_is_told_and_nothing_typed_is_lost(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let fields = with(CELL, &[("made_on", "February"), ("parties[1].party", "Atlantis"), ("summary.en", "</textarea><script>alert(1)</script>"), ("do", "submit")]);
        let answer = editor.post_form("/desk/new", &fields).await.assert_status(422);
        answer.clone().assert_has("id=\"errors\"").assert_has("href=\"#f-made_on\"").assert_has("href=\"#f-parties-1-party\"");
        answer.clone().assert_has("value=\"February\"").assert_has("value=\"Atlantis\"").assert_lacks("<script>alert");
        answer.assert_has("crearán una célula operativa");
        let mut other = site.signed_in_as(&site.let_in("otra", DeskRole::Editor).await).await;
        other.get("/desk").await.assert_ok().assert_has("Set up a joint cell");
    }

    async fn the_second_to_save_sees_both_versions_and_loses_nothing(engine) {
        let site = Site::with_time(engine).await;
        let mut first = site.signed_in(DeskRole::Editor).await;
        let mut second = site.signed_in_as(&site.let_in("otra", DeskRole::Editor).await).await;
        let draft = location(&first.post_form("/desk/new", &with(CELL, &[("do", "save")])).await.assert_status(303));
        second.get(&draft).await.assert_ok();
        let mine = with(CELL, &[("title.en", "One title"), ("summary.en", "First summary."), ("version", "1"), ("do", "save")]);
        first.post_form(&draft, &mine).await.assert_status(303);
        let theirs = with(CELL, &[("title.en", "A second title"), ("title.es", "Otro título"), ("version", "1"), ("do", "save")]);
        let conflict = second.post_form(&draft, &theirs).await.assert_status(409);
        conflict.clone().assert_has("One").assert_has("A second title").assert_has("Yours");
        // Sent as it stands, both are brought together.
        let merged = conflict.filled_in();
        let merged: Vec<(&str, &str)> = merged.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert!(merged.contains(&("summary.en", "First summary.")) && merged.contains(&("title.es", "Otro título")), "{merged:?}");
        second.post_form(&draft, &merged).await.assert_status(303);
        first.get(&draft).await.assert_ok().assert_has("First summary.").assert_has("Otro título").assert_has("A second title");
    }

    async fn a_draft_is_returned_with_words_for_its_fields(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        let draft = hand_in(&mut editor, "/desk/new", CELL).await;
        let back = format!("{draft}/return");
        reviewer.post_form(&back, &[("version", "1"), ("note", " ")]).await.assert_status(422).assert_has("href=\"#f-note\"");
        editor.post_form(&back, &[("version", "1"), ("note", "x")]).await.assert_status(403);
        let words = [("version", "1"), ("note", "Nearly there."), ("comment:title.en", "Say which countries.")];
        reviewer.post_form(&back, &words).await.assert_status(303);
        editor.get("/desk").await.assert_ok().assert_has("queue-returned");
        editor.get(&draft).await.assert_ok().assert_has("Nearly there.").assert_has("Say which countries.");
        // Handed in again, it can be approved.
        let again = with(CELL, &[("title.en", "Set up a cell of three countries"), ("version", "1")]);
        hand_in(&mut editor, &draft, &again).await;
        // Its reviewer sees what they said and what was done about it.
        let review = reviewer.get(&format!("{draft}/review")).await.assert_ok().assert_has("Nearly there.");
        // Its name in addresses follows its title.
        let review = review.assert_has("2 fields were changed since; they are marked below.");
        assert_eq!(review.text().matches("changed since then").count(), 2);
        approve(&mut reviewer, &draft).await.assert_status(303);
        site.get("/pledges/set-up-a-cell-of-three-countries").await.assert_ok();
    }

    async fn a_draft_is_seen_as_readers_would_see_it_and_nothing_is_public_by_that(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        let slug = "/pledges/set-up-a-joint-cell-for-the-northern-triangle";
        let draft = hand_in(&mut editor, "/desk/new", CELL).await;
        let before = site.test.store.revision().await.unwrap();
        for who in [&mut editor, &mut reviewer] {
            let preview = who.get(&format!("{draft}/preview")).await.assert_ok();
            let preview = preview.assert_has("This is how readers would see it.").assert_has("<h1>Set up a joint cell");
            let preview = preview.assert_has("crearán una célula operativa").assert_has("Brand-new topic");
            assert_eq!(preview.header("cache-control"), "no-store");
        }
        assert_eq!(site.test.store.revision().await.unwrap(), before);
        site.get(slug).await.assert_status(404);
        site.get("/topics/brand-new-topic").await.assert_status(404);
        site.get(&format!("{draft}/preview")).await.assert_status(303);
        approve(&mut reviewer, &draft).await.assert_status(303);
        site.get(slug).await.assert_ok();
        // What was decided on, what can't be published and what leaves the record is told by the review.
        assert_eq!(location(&editor.get(&format!("{draft}/preview")).await.assert_status(303)), format!("{draft}/review"));
        let unfinished = location(&editor.post_form("/desk/new", &with(CELL, &[("made_on", "soon"), ("do", "save")])).await);
        let led = editor.get(&format!("{unfinished}/preview")).await.assert_status(303);
        assert_eq!(location(&led), format!("{unfinished}/review"));
        let withdrawal = hand_in(&mut editor, &format!("/desk{slug}/withdraw"), &[("notice.en", "It was made twice.")]).await;
        editor.get(&format!("{withdrawal}/preview")).await.assert_status(303);
        editor.get(&format!("{withdrawal}/review")).await.assert_ok().assert_lacks("/preview\"");
    }

    async fn what_a_draft_would_change_is_told_in_the_order_of_its_form_and_by_names(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let draft = hand_in(&mut editor, "/desk/new", CELL).await;
        let review = editor.get(&format!("{draft}/review")).await.assert_ok();
        let place = |label: &str| review.text().find(&format!("<th scope=\"row\">{label}")).unwrap_or_else(|| panic!("{label}"));
        let labels = ["Title (English)", "Summary, in our words (English)", "Made on", "Party 1 </th>", "Party 2 </th>", "Topic 1 </th>", "Source 1, Address of the source"];
        assert!(labels.is_sorted_by_key(|label| place(label)));
        review.clone().assert_has(">Guatemala<").assert_has(">Brand-new topic<").assert_lacks(">brand-new-topic<");
        // What is wrong is told in the same order.
        let wrong = with(CELL, &[("title.en", ""), ("title.es", ""), ("made_on", "soon"), ("citations[0].source.url", "x"), ("do", "submit")]);
        let wrong = editor.post_form("/desk/new", &wrong).await.assert_status(422);
        let place = |field: &str| wrong.text().find(&format!("href=\"#f-{field}\"")).unwrap_or_else(|| panic!("{field}"));
        assert!(["title-en", "made_on", "citations-0-source-url"].is_sorted_by_key(|field| place(field)));
    }

    async fn who_writes_a_status_change_sees_how_the_pledge_stands(engine) {
        let site = Site::with_example(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let form = editor.get("/desk/pledges/april-summit/status").await.assert_ok();
        form.assert_has("Public now").assert_has("April 2024");
    }

    async fn who_has_signed_in_finds_the_way_from_public_pages_to_the_desk(engine) {
        let site = Site::with_example(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut contributor = site.signed_in(DeskRole::Contributor).await;
        let (all, own) = ("href=\"/desk\"", "href=\"/desk/pledges/april-summit\"");
        let seen = editor.get("/pledges/april-summit").await.assert_ok().assert_has(all).assert_has(own).assert_has("as_of");
        assert_eq!(seen.header("cache-control"), "no-store");
        editor.get("/parties").await.assert_ok().assert_has(all).assert_lacks("/desk/pledges");
        editor.get("/es/pledges/april-summit").await.assert_ok().assert_has("href=\"/es/desk/pledges/april-summit\"");
        contributor.get("/pledges/april-summit").await.assert_ok().assert_has(all).assert_lacks(own);
        let public = site.get("/pledges/april-summit").await.assert_ok().assert_lacks("/desk");
        assert_eq!(public.header("cache-control"), "public, no-cache");
        let mut forged = site.visitor();
        forged.cookies.insert("__Host-pledgebook".to_owned(), "made-up".to_owned());
        forged.get("/pledges/april-summit").await.assert_ok().assert_lacks("/desk");
    }

    async fn a_published_pledge_is_corrected_in_the_open(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        let form = editor.get("/desk/pledges/april-summit/edit").await.assert_ok().filled_in();
        let mut fields: Vec<(&str, &str)> = form.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        fields.retain(|(name, _)| !matches!(*name, "title.en" | "id" | "do"));
        fields.extend([("title.en", "Host the summit of the Declaration"), ("id", "may-summit")]);
        let unreasoned: Vec<_> = fields.iter().copied().chain([("do", "submit")]).collect();
        editor.post_form("/desk/pledges/april-summit/edit", &unreasoned).await.assert_status(422).assert_has("href=\"#f-reason-en\"");
        fields.push(("reason.en", "It was misnamed."));
        let draft = hand_in(&mut editor, "/desk/pledges/april-summit/edit", &fields).await;
        reviewer.get(&format!("{draft}/review")).await.assert_ok().assert_has("<ins>").assert_has("may-summit").assert_has("It was misnamed.");
        approve(&mut reviewer, &draft).await.assert_status(303);
        let moved = site.get("/pledges/april-summit").await.assert_status(301);
        assert_eq!(location(&moved), "/pledges/may-summit");
        site.get("/pledges/may-summit").await.assert_ok().assert_has("It was misnamed.").assert_has("Host the summit of the Declaration");
        site.get("/pledges?q=summit+of+the+declaration").await.assert_ok().assert_has("may-summit");
        site.test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    }

    async fn an_edit_keeps_what_was_published_since_it_was_begun(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        let path = "/desk/pledges/april-summit/edit";
        let form = editor.get(path).await.assert_ok();
        let first = edited(&form, &[("title.en", "A first title"), ("reason.en", "Clearer.")]);
        let second = edited(&form, &[("summary.es", "Otro resumen."), ("reason.es", "Más claro.")]);
        let third = edited(&form, &[("title.en", "A third title"), ("reason.en", "Clearer still.")]);
        let first = hand_in(&mut editor, path, &borrowed(&first)).await;
        let second = hand_in(&mut editor, path, &borrowed(&second)).await;
        let third = hand_in(&mut editor, path, &borrowed(&third)).await;
        approve(&mut reviewer, &first).await.assert_status(303);
        approve(&mut reviewer, &second).await.assert_status(303);
        let page = "/pledges/april-summit";
        site.get(page).await.assert_ok().assert_has("A first title");
        site.get(&format!("/es{page}")).await.assert_ok().assert_has("Otro resumen.");
        // Where both said something else of one field, nobody's word is lost in silence.
        reviewer.get(&format!("{third}/review")).await.assert_ok().assert_has("A first title");
        approve(&mut reviewer, &third).await.assert_status(422);
        let form = editor.get(&third).await.assert_status(422).assert_has("href=\"#f-title-en\"").assert_has("A first title");
        let settled = edited(&form, &[]);
        assert!(settled.contains(&("title.en".to_owned(), "A third title".to_owned())), "{settled:?}");
        assert!(settled.contains(&("summary.es".to_owned(), "Otro resumen.".to_owned())), "{settled:?}");
        let third = hand_in(&mut editor, &third, &borrowed(&settled)).await;
        approve(&mut reviewer, &third).await.assert_status(303);
        site.get(page).await.assert_ok().assert_has("A third title");
        site.get(&format!("/es{page}")).await.assert_ok().assert_has("Otro resumen.");
    }

    async fn several_changes_of_one_pledge_are_published_together(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        let form = editor.get("/desk/pledges/april-summit/edit").await.assert_ok();
        let renamed = edited(&form, &[("id", "may-summit"), ("reason.en", "It was in May.")]);
        let summary = edited(&form, &[("summary.en", "Guatemala was to host it."), ("reason.en", "Shorter.")]);
        let status = [
            ("status", "superseded"),
            ("effective_on", "2024-06"),
            ("rationale.en", "Another meeting took its place."),
            ("searched.en", "The declaration's own site."),
        ];
        let mut chosen = Vec::new();
        for (path, fields) in [("edit", borrowed(&renamed)), ("status", status.to_vec()), ("edit", borrowed(&summary))] {
            let draft = hand_in(&mut editor, &format!("/desk/pledges/april-summit/{path}"), &fields).await;
            chosen.push(("draft", format!("{}:1", draft.rsplit('/').next().unwrap())));
        }
        let chosen: Vec<_> = chosen.iter().map(|(name, value)| (*name, value.as_str())).collect();
        reviewer.post_form("/desk/publish", &chosen).await.assert_status(303);
        let page = site.get("/pledges/may-summit").await.assert_ok();
        page.assert_has("Guatemala was to host it.").assert_has("Another meeting took its place.").assert_has("It was in May.");
    }

    async fn a_pledge_leaves_the_record_and_its_notice_stays(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        site.get("/pledges?q=ministerial").await.assert_ok().assert_has("april-summit");
        let path = "/desk/pledges/april-summit/withdraw";
        editor.post_form(path, &[("do", "submit")]).await.assert_status(422).assert_has("href=\"#f-notice-en\"");
        let draft = hand_in(&mut editor, path, &[("notice.en", "It was entered twice.")]).await;
        site.get("/pledges/april-summit").await.assert_ok();
        approve(&mut reviewer, &draft).await.assert_status(303);
        site.get("/pledges/april-summit").await.assert_status(410).assert_has("It was entered twice.");
        for path in ["/pledges", "/pledges?q=ministerial", "/changes", "/deadlines", "/data/pledges.csv", "/data/history.csv", "/data/pledges.json", "/api/v1/pledges?limit=100",
            "/sitemap.xml", "/changes.atom", "/parties/guatemala"] {
            site.get(path).await.assert_ok().assert_lacks("april-summit");
        }
        site.test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    }

    async fn an_administrator_alone_publishes_their_own_and_says_so(engine) {
        let site = Site::with_time(engine).await;
        let mut administrator = site.signed_in(DeskRole::Administrator).await;
        let draft = hand_in(&mut administrator, "/desk/new", CELL).await;
        let approve = format!("{draft}/approve");
        administrator.post_form(&approve, &[("version", "1")]).await.assert_status(422).assert_has("href=\"#f-override_reason\"");
        administrator.post_form(&approve, &[("version", "1"), ("override_reason", "Nobody else is awake.")]).await.assert_status(303);
        site.get("/pledges/set-up-a-joint-cell-for-the-northern-triangle").await.assert_ok().assert_has("Nobody else is awake.");
        site.test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    }

    async fn what_is_approved_for_a_time_is_public_from_then_on(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let mut reviewer = site.signed_in(DeskRole::Reviewer).await;
        let draft = hand_in(&mut editor, "/desk/new", CELL).await;
        let approve = format!("{draft}/approve");
        reviewer.post_form(&approve, &[("version", "1"), ("publish_at", "soon")]).await.assert_status(422);
        reviewer.post_form(&approve, &[("version", "1"), ("publish_at", "2025-01-01T10:00")]).await.assert_status(422)
            .assert_has("2025-01-01 10:00 UTC is over; accepted: a time to come");
        let tomorrow = crate::site::now() + chrono::TimeDelta::days(1);
        let at = tomorrow.format("%Y-%m-%dT%H:%M").to_string();
        reviewer.post_form(&approve, &[("version", "1"), ("publish_at", &at)]).await.assert_status(303);
        let slug = "/pledges/set-up-a-joint-cell-for-the-northern-triangle";
        let store = &site.test.store;
        assert_eq!(store.publish_due(crate::site::now()).await.unwrap(), 0);
        site.get(slug).await.assert_status(404);
        assert_eq!(store.publish_due(tomorrow).await.unwrap(), 1);
        assert_eq!(store.publish_due(tomorrow).await.unwrap(), 0);
        let then = Site::later(site, &tomorrow.to_rfc3339(), |state| state);
        then.get(slug).await.assert_ok();
    }

    async fn a_look_that_found_nothing_new_is_one_click(engine) {
        let site = Site::with_time(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        editor.get("/desk/pledges/april-summit").await.assert_ok().assert_has("/checked\"");
        let answer = editor.post_form("/desk/pledges/april-summit/checked", &[("note", "Gazette"), ("language", "en")]).await;
        assert_eq!(location(&answer.assert_status(303)), "/desk/pledges/april-summit");
        site.get("/pledges/april-summit").await.assert_ok().assert_lacks("Gazette");
        site.get("/data/record.jsonl").await.assert_ok().assert_has("\"checked\":true").assert_lacks("Gazette");
        site.test.store.verify(&[]).await.unwrap_or_else(|wrong| panic!("{wrong}"));
    }
}

#[tokio::test]
async fn contributors_write_new_pledges_and_change_nothing_that_is_public() {
    let site = Site::with_time(Engine::Sqlite).await;
    let mut contributor = site.signed_in(DeskRole::Contributor).await;
    contributor.get("/desk/new").await.assert_ok();
    contributor.get("/desk/pledges/april-summit/edit").await.assert_status(403);
    contributor
        .post_form("/desk/pledges/april-summit/status", &[("status", "fulfilled"), ("do", "save")])
        .await
        .assert_status(403);
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let draft = location(&editor.post_form("/desk/new", &with(CELL, &[("do", "save")])).await.assert_status(303));
    // A draft of somebody else is as if it were not there.
    contributor.get(&draft).await.assert_status(404);
}
