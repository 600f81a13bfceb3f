//! Imports at the desk: shown row by row, applied and undone at one stroke, and what is given away comes back as it is.

use std::fmt::Write as _;

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::{DeskRole, open_data::TABLES};
use server::commands::example_record;
use store::{DraftList, Engine, on_both_engines};

use crate::{
    data::awkward,
    site::{Answer, Site, now},
    visitor::Visitor,
};

const BOUNDARY: &str = "a-line-between-the-parts";

impl Visitor {
    /// Sends the form of an import with files and what was pasted, as browsers do.
    async fn send_files(&mut self, path: &str, files: &[(&str, &[u8])], pasted: &str) -> Answer {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let disposition = format!("Content-Disposition: form-data; name=\"files\"; filename=\"{name}\"");
            body.extend(format!("--{BOUNDARY}\r\n{disposition}\r\nContent-Type: text/csv\r\n\r\n").into_bytes());
            body.extend_from_slice(bytes);
            body.extend(b"\r\n");
        }
        let pasted =
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"pasted\"\r\n\r\n{pasted}\r\n--{BOUNDARY}--\r\n");
        body.extend(pasted.into_bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={BOUNDARY}"))
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body));
        self.send(request.unwrap()).await
    }

    /// The same, and where the plan of the import is shown.
    async fn plan(&mut self, files: &[(&str, &[u8])]) -> String {
        let answer = self.send_files("/desk/import", files, "").await.assert_status(303);
        let shown = answer.header("location").to_owned();
        assert!(shown.starts_with("/desk/import/"), "{shown}");
        shown
    }

    /// The page of an import once it is no longer being applied.
    async fn ended(&mut self, path: &str) -> Answer {
        loop {
            let answer = self.get(path).await.assert_ok();
            if answer.header("refresh").is_empty() {
                return answer;
            }
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
    }
}

/// A table of a thousand new pledges, of which every twentieth has something wrong, with the lines and columns of the errors.
fn thousand() -> (String, Vec<(usize, &'static str)>) {
    let mut table = "id,title_en,summary_en,made_on,parties,due_on\n".to_owned();
    let mut wrong = Vec::new();
    for row in 0..1_000 {
        let mut cells = [&format!("p-{row}"), "A title", "\"In words,\nof two lines\"", "2024-05", "lead:guatemala", "2025"]
            .map(str::to_owned);
        if row % 20 == 7 {
            let (place, column, cell) = [
                (0, "id", "Not a name"),
                (3, "made_on", "May 2024"),
                (4, "parties", "lead:nowhere"),
                (1, "title_en", ""),
                (5, "due_on", "2024-13"),
            ][row / 20 % 5];
            cell.clone_into(&mut cells[place]);
            wrong.push((2 + row * 2, column));
        }
        _ = writeln!(table, "{}", cells.join(","));
    }
    (table, wrong)
}

on_both_engines! {
    async fn a_thousand_rows_with_errors(engine) {
        let site = Site::with_example(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let person = site.test.store.account("editor@example.org").await.unwrap().unwrap().editor;
        let (table, wrong) = thousand();
        assert_eq!(wrong.len(), 50);
        let shown = editor.plan(&[("thousand.csv", table.as_bytes())]).await;
        // Every error is named by its line and its field.
        let refused = editor.get(&format!("{shown}?outcome=refused")).await.assert_ok();
        for (line, column) in &wrong {
            let place = format!("thousand.csv, line {line}</p>");
            let row = refused.text().split("<li><h3>").find(|row| row.contains(&place));
            let row = row.unwrap_or_else(|| panic!("no line {line}"));
            assert!(row.contains(&format!("<code>{column}</code>")), "line {line}: {row}");
        }
        refused.assert_has("“May 2024” is not a date; accepted: 2024, 2024-04 or 2024-04-30").assert_lacks("rel=\"next\"");
        let added = editor.get(&format!("{shown}?outcome=added&page=19")).await.assert_ok();
        added.assert_has("thousand.csv, line 2000").assert_has("page=18").assert_lacks("page=20");

        // Nothing is applied until it is asked for, nor while rows are refused.
        let drafts = async |list| site.test.store.drafts(&person, list).await.unwrap().len();
        assert_eq!(drafts(DraftList::Mine).await, 0);
        editor.post_form(&format!("{shown}/apply"), &[("as", "draft")]).await.assert_status(303).assert_header("location", &shown);
        editor.ended(&shown).await.assert_has("Some rows are refused, so nothing was done.");
        assert_eq!(drafts(DraftList::Mine).await, 0);

        let apply = [("as", "draft"), ("skip_refused", "true")];
        editor.post_form(&format!("{shown}/apply"), &apply).await.assert_status(303);
        editor.ended(&shown).await.assert_has("Undo the import").assert_has("950");
        // A list of the queue is shorter than that.
        let count = "select cast(count(*) as text) from draft where state = ";
        assert_eq!(site.test.texts(&format!("{count}'draft'")).await, ["950"]);
        editor.post_form(&format!("{shown}/apply"), &apply).await.assert_status(303);
        editor.ended(&shown).await.assert_has("Somebody else did something to this import");
        assert_eq!(site.test.texts(&format!("{count}'draft'")).await, ["950"]);

        editor.post_form(&format!("{shown}/undo"), &[]).await.assert_status(303);
        editor.get(&shown).await.assert_ok().assert_has("Undone: 950 drafts were discarded; 0 published ones stay.");
        assert_eq!(site.test.texts(&format!("{count}'discarded'")).await, ["950"]);
        editor.post_form(&format!("{shown}/undo"), &[]).await.assert_status(409);
    }

    async fn what_is_given_away_comes_back_as_it_is(engine) {
        let sites = [Site::with_example(engine).await, Site::empty(engine).await, Site::empty(engine).await];
        sites[1].test.store.load(&awkward(), now()).await.unwrap();
        for (chunk, recorded_at) in server::synth::record(120) {
            sites[2].test.store.load(&chunk, recorded_at).await.unwrap();
        }
        for site in sites {
            let mut editor = site.signed_in(DeskRole::Editor).await;
            let mut given = Vec::new();
            for table in TABLES {
                let file = format!("{}.csv", table.name);
                let bytes = site.get(&format!("/data/{file}")).await.assert_ok().bytes;
                given.push((file, bytes));
            }
            let mut sets = vec![given.clone(), given[..1].to_vec(), given[..2].to_vec()];
            for file in ["pledges.json", "pledges.jsonl"] {
                sets.push(vec![(file.to_owned(), site.get(&format!("/data/{file}")).await.assert_ok().bytes)]);
            }
            for set in sets {
                let files: Vec<(&str, &[u8])> = set.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
                let shown = editor.plan(&files).await;
                let answer = editor.get(&shown).await.assert_ok().assert_has("There is nothing to import").assert_has("outcome=same");
                for other in ["added", "changed", "unused", "refused"] {
                    assert!(!answer.text().contains(&format!("outcome={other}")), "{other} in {:?}", set[0].0);
                }
            }
        }
    }
}

#[tokio::test]
async fn only_who_may_import_sees_anything_of_it() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let shown = editor.plan(&[("p.csv", b"id,title_en\napril-summit,Otherwise\n")]).await;
    let mut contributor = site.signed_in(DeskRole::Contributor).await;
    for path in ["/desk/import", shown.as_str()] {
        contributor.get(path).await.assert_status(403).assert_lacks("p.csv");
        site.visitor().get(path).await.assert_status(303);
    }
    contributor.send_files("/desk/import", &[("p.csv", b"x")], "").await.assert_status(403);
    for act in ["apply", "undo"] {
        let path = format!("{shown}/{act}");
        contributor.post_form(&path, &[("as", "draft")]).await.assert_status(403);
        editor.post_from("cross-site", &path, &[("as", "draft")]).await.assert_status(403);
    }
    for role in [DeskRole::Reviewer, DeskRole::Administrator] {
        site.signed_in(role)
            .await
            .get(&shown)
            .await
            .assert_ok()
            .assert_has("<ins>Otherwise</ins>")
            .assert_header("cache-control", "no-store");
    }
    editor.get("/desk/import/nothing").await.assert_status(404);
    editor.get("/desk/import/00000000-0000-0000-0000-000000000000").await.assert_status(404);
}

#[tokio::test]
async fn what_cannot_be_read_is_told_and_what_was_pasted_is_kept() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let answer = editor.send_files("/es/desk/import", &[("viejo.csv", b"id,title_es\nx,a\xf1o\n")], "<b>name</b>,age\n1,2").await;
    answer
        .assert_status(422)
        .assert_has("viejo.csv")
        .assert_has("no es texto en UTF-8 a partir del byte 15")
        .assert_has("Texto pegado")
        .assert_has("&lt;b&gt;name&lt;/b&gt;,age");
    editor.send_files("/desk/import", &[], " ").await.assert_status(422);
    let large = vec![b'x'; 33 << 20];
    editor.send_files("/desk/import", &[("large.csv", &large)], "").await.assert_status(413);
    let answer =
        editor.send_files("/es/desk/import", &[], "id\ttitle_es\tnota\napril-summit\tOtra cosa\tx\n").await.assert_status(303);
    let shown = answer.header("location").to_owned();
    editor
        .get(&shown)
        .await
        .assert_ok()
        .assert_has("Texto pegado, línea 2")
        .assert_has("<code>nota</code>")
        .assert_has("Importado de Texto pegado.");
}

#[tokio::test]
async fn an_edit_goes_straight_to_review_with_its_reason() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let shown = editor.plan(&[("p.csv", b"id,title_en\napril-summit,Otherwise\n")]).await;
    let apply = [("as", "review"), ("reason.en", "A better title."), ("reason.es", "")];
    editor.post_form(&format!("{shown}/apply"), &apply).await.assert_status(303);
    editor.ended(&shown).await.assert_has("Undo the import");
    let reviewer = site.let_in("rosa", DeskRole::Reviewer).await;
    let waiting = site.test.store.drafts(&reviewer, DraftList::ToReview).await.unwrap();
    assert_eq!(waiting.len(), 1);
    assert_eq!(waiting[0].fields.get("reason.en"), "A better title.");
    let record = example_record(now().date_naive()).unwrap();
    assert!(record.pledges.iter().any(|pledge| Some(&pledge.id) == waiting[0].pledge.as_ref()));
    editor.get("/desk/import").await.assert_ok().assert_has(&shown).assert_has("imported");
}
