//! What is given away comes back without any difference; what is wrong is told by line and field.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::{desk_form, draft::DraftKind, record::Record, spreadsheet::guard};

fn example() -> Record {
    Record::from_json(include_str!("../../../../server/example/la-declaration.json"), today()).unwrap()
}

fn today() -> chrono::NaiveDate {
    "2026-11-23".parse().unwrap()
}

fn file(name: &str, text: impl Into<Vec<u8>>) -> Upload {
    Upload { name: name.to_owned(), bytes: text.into() }
}

fn plan(files: &[Upload], record: &Record) -> (Plan, Vec<Proposal>) {
    let incoming = Incoming::read(files).unwrap_or_else(|errors| panic!("{errors}"));
    incoming.plan(&Known::of(record), today())
}

/// Every error as line, field and words.
fn told(plan: &Plan) -> Vec<(u64, String, String)> {
    let errors = plan.rows.iter().flat_map(|row| &row.errors);
    errors.map(|error| (error.place.line, error.field.clone(), error.problem.to_string())).collect()
}

fn outcomes(plan: &Plan) -> Vec<(&str, Outcome)> {
    plan.rows.iter().map(|row| (row.id.as_str(), row.outcome)).collect()
}

#[test]
fn the_record_file_imported_into_its_own_record_changes_nothing() {
    let record = example();
    for text in [serde_json::to_string(&record).unwrap(), serde_json::to_string_pretty(&record).unwrap()] {
        let (plan, proposals) = plan(&[file("pledges.json", text)], &record);
        assert!(plan.rows.iter().all(|row| row.outcome == Outcome::Same), "{:?}", told(&plan));
        assert_eq!(plan.counts().pledges[Outcome::Same as usize], record.pledges.len());
        assert_eq!(proposals, []);
    }
}

#[test]
fn pledges_come_as_a_list_or_one_a_line_too() {
    let record = example();
    let mut lines = String::new();
    for pledge in &record.pledges {
        let mut line = serde_json::to_value(pledge).unwrap();
        line["current"] = json!({ "status": "announced" });
        lines += &line.to_string();
        lines.push('\n');
    }
    for text in [lines.clone(), lines.lines().next().unwrap().to_owned(), serde_json::to_string(&record.pledges).unwrap()] {
        let (plan, _) = plan(&[file("pledges.jsonl", text)], &record);
        assert!(!plan.rows.is_empty() && plan.rows.iter().all(|row| row.outcome == Outcome::Same), "{:?}", told(&plan));
    }
    let (plan, _) = plan(&[file("pledges.jsonl", lines)], &record);
    assert_eq!(plan.rows[68].place.line, 69);
}

#[test]
fn the_whole_record_imported_into_an_empty_one_is_added_with_all_it_refers_to() {
    let (record, nothing) =
        (example(), Record { sources: vec![], parties: vec![], meetings: vec![], topics: vec![], pledges: vec![], ..example() });
    let (plan, proposals) = plan(&[file("pledges.json", serde_json::to_string(&record).unwrap())], &nothing);
    assert_eq!(plan.counts().pledges, [69, 0, 0, 0, 0]);
    assert_eq!(plan.counts().of(Outcome::Refused), 0, "{:?}", told(&plan));
    assert_eq!(proposals.len(), 69);
    let summit = &proposals.iter().find(|proposal| proposal.id.as_str() == "april-summit").unwrap().fields;
    assert!(summit.get("history[0].citations[0].source.url").starts_with("https://"));
    assert_eq!((summit.get("parties[0].party"), summit.get("parties[0].new.name.es")), ("guatemala", "Guatemala"));
    assert!(!summit.get("topics[0].new.name.en").is_empty());
}

#[test]
fn the_drafts_amount_to_what_was_imported() {
    let (record, nothing) =
        (example(), Record { sources: vec![], parties: vec![], meetings: vec![], topics: vec![], pledges: vec![], ..example() });
    let (_, proposals) = plan(&[file("pledges.json", serde_json::to_string(&record).unwrap())], &nothing);
    for (pledge, proposal) in record.pledges.iter().zip(&proposals) {
        let draft = desk_form::new_pledge(&proposal.fields, &desk_form::Known::default(), today())
            .unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(draft.pledge(), pledge);
        for party in &draft.record.parties {
            assert!(record.parties.contains(party), "{party:?}");
        }
        assert!(draft.record.sources.iter().all(|source| record.sources.contains(source)));
        assert!(draft.record.meetings.iter().all(|meeting| record.meetings.contains(meeting)));
        assert!(draft.record.topics.iter().all(|topic| record.topics.contains(topic)));
    }
}

#[test]
fn what_is_added_to_a_published_pledge_is_an_edit_and_changes_of_status() {
    let record = small();
    let mut grown = record.clone();
    let pledge = &mut grown.pledges[0];
    pledge.title.es = Some("Sede".into());
    pledge.originals.title = Some(crate::Original::En);
    pledge.citations.push(crate::Citation { quote: Some("q".into()), ..pledge.history[0].citations[0].clone() });
    for (status, on) in [(crate::PledgeStatus::InProgress, "2024-05"), (crate::PledgeStatus::Fulfilled, "2024-06")] {
        let change = pledge.history[0].clone();
        pledge.history.push(crate::pledge::StatusChange { status, effective_on: on.parse().unwrap(), ..change });
    }
    let (plan, proposals) = plan(&[file("r.json", serde_json::to_string(&grown).unwrap())], &record);
    assert_eq!(outcomes(&plan)[0], ("host", Outcome::Changed));
    assert_eq!(
        proposals.iter().map(|proposal| proposal.kind).collect::<Vec<_>>(),
        [DraftKind::Edit, DraftKind::StatusChange, DraftKind::StatusChange]
    );
    let known = desk_form::Known {
        sources: record.sources.clone(),
        parties: record.parties.clone(),
        meetings: vec![],
        topics: record.topics.clone(),
        ..Default::default()
    };
    let mut fields = proposals[0].fields.clone();
    fields.set("reason.en", "Imported.");
    let edited =
        desk_form::edited_pledge(&fields, &record.pledges[0], &known, today()).unwrap_or_else(|errors| panic!("{errors}"));
    let expected = crate::Pledge { history: record.pledges[0].history.clone(), ..grown.pledges[0].clone() };
    assert_eq!(*edited.pledge(), expected);
    let changed = desk_form::status_change(&proposals[1].fields, &record.pledges[0], &known, today())
        .unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(changed.pledge().history[1], grown.pledges[0].history[1]);
}

fn small() -> Record {
    let json = json!({
        "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0", "title": { "en": "A record" },
        "sources": [{ "id": "s", "url": "https://example.org/s", "title": "S", "publisher": "P", "language": "en", "kind": "news" }],
        "parties": [{ "id": "gt", "name": { "en": "Guatemala" }, "kind": "country", "iso": "GT" }],
        "topics": [{ "id": "t", "name": { "es": "T" } }],
        "pledges": [{
            "id": "host", "title": { "en": "Host" }, "summary": { "en": "Host it." }, "made_on": "2024-02-28",
            "parties": [{ "party": "gt", "role": "host" }], "topics": ["t"], "due_on": { "en": "soon" },
            "history": [{ "status": "announced", "effective_on": "2024-02-28", "rationale": { "en": "Announced." },
                "citations": [{ "source": "s", "language": "en" }] }],
        }],
    });
    Record::from_json(&json.to_string(), today()).unwrap()
}

#[test]
fn a_table_of_pledges_alone_leaves_what_it_does_not_carry() {
    let table = "id;title_en;made_on;parties;notes\r\nhost;Hosts;2024-02-28;host:gt;x\r\nnew;New;2024;lead:gt;\r\n";
    let (plan, proposals) = plan(&[file("p.csv", format!("\u{feff}{table}"))], &small());
    assert_eq!(outcomes(&plan), [("host", Outcome::Changed), ("new", Outcome::Refused)]);
    assert_eq!(plan.unknown, [Unknown { file: 0, column: "notes".into() }]);
    let change = Change { field: "title.en".into(), before: "Host".into(), after: "Hosts".into() };
    assert_eq!(plan.rows[0].changes, [change]);
    assert_eq!((proposals[0].kind, proposals[0].fields.rows("history")), (DraftKind::Edit, 0));
    assert_eq!(proposals[0].fields.get("due_words.en"), "soon");
    // A new pledge needs a summary, for which this table has no column.
    assert_eq!(told(&plan), [(3, "summary_en".to_owned(), "is missing".to_owned())]);
}

#[test]
fn every_error_is_told_by_line_and_field() {
    let table = "id,title_en,summary_en,made_on,parties,quantity_value,quantity_unit_en,due_on,due_words_en\n\
        a,A,\"two\nlines\",April,lead:gt,1,x,,\n\
        b,B,B,2024,gt|lead:nobody,many,x,,\n\
        b,B,B,2024,lead:gt,,x,2024,soon\n\
        B,B\n";
    let (plan, _) = plan(&[file("p.csv", table)], &small());
    let told = told(&plan);
    let at: Vec<_> = told.iter().map(|(line, field, _)| (*line, field.as_str())).collect();
    let expected = [
        (2, "made_on"),
        (4, "parties"),
        (4, "quantity_value"),
        (5, "due_on"),
        (5, "id"),
        (5, "quantity_value"),
        (6, ""),
        (6, "id"),
        (6, "summary_en"),
        (6, "made_on"),
    ];
    assert_eq!(at, expected, "{told:?}");
    assert!(plan.rows.iter().all(|row| row.outcome == Outcome::Refused));
}

#[test]
fn errors_lead_to_the_table_in_which_they_stand() {
    let history = "pledge,position,status,effective_on,rationale_en\nnew,0,broken,2024,x\nnew,1,announced,2030,x\nnobody,0,announced,2024,x\n,0,announced,2024,x\n";
    let citations = "pledge,claim,position,number,source,language,stance\nnew,change,0,0,s,en,supports\nnew,change,1,0,s,EN,supports\nnew,change,7,0,s,en,supports\nnew,thing,0,0,s,en,supports\n";
    let pledges = "id,title_en,summary_en,made_on,parties\nnew,N,N,2024,lead:gt\n";
    // A file's name says nothing; its columns do.
    let files = [file("citations.csv", history), file("history.csv", citations), file("x", pledges)];
    let (plan, _) = plan(&files, &small());
    let errors: Vec<_> = plan
        .rows
        .iter()
        .flat_map(|row| &row.errors)
        .map(|error| (error.place.file, error.place.line, error.field.as_str()))
        .collect();
    assert_eq!(
        errors,
        [(1, 5, "claim"), (1, 4, "position"), (0, 2, "status"), (1, 3, "language"), (0, 4, "pledge"), (0, 5, "pledge")]
    );
}

#[test]
fn what_is_published_only_grows() {
    let record = small();
    let mut edited = record.clone();
    edited.pledges[0].history[0].rationale.en = Some("Otherwise.".into());
    edited.parties[0].name.en = Some("Another".into());
    let (plan_of_edit, _) = plan(&[file("r.json", serde_json::to_string_pretty(&edited).unwrap())], &record);
    let problems: Vec<_> =
        plan_of_edit.rows.iter().flat_map(|row| &row.errors).map(|error| (error.field.as_str(), error.problem.clone())).collect();
    let differs = Problem::DiffersFromRecord { given: "Another".into(), has: "Guatemala".into() };
    assert_eq!(problems, [("history[0].rationale.en", Problem::Published), ("name.en", differs)]);

    let mut grown = record.clone();
    let mut change = grown.pledges[0].history[0].clone();
    change.effective_on = "2024-05".parse().unwrap();
    grown.pledges[0].history.push(change);
    let (plan_of_growth, _) = plan(&[file("r.json", serde_json::to_string(&grown).unwrap())], &record);
    assert_eq!(plan_of_growth.rows[0].outcome, Outcome::Changed);
    assert!(
        plan_of_growth.rows[0].changes.iter().all(|change| change.field.starts_with("history[1]") && change.before.is_empty())
    );
}

#[test]
fn names_that_no_pledge_needs_are_left_out() {
    let topics = "id\tname_en\nt\t\nu\tU\nv\tV\n";
    let pledges = "id\ttitle_en\tsummary_en\tmade_on\tparties\ttopics\nnew\tN\tN\t2024\tlead:gt\tt|u\n";
    let (plan, proposals) = plan(&[file("a", topics), file("b", pledges)], &small());
    assert_eq!(outcomes(&plan), [("new", Outcome::Added), ("t", Outcome::Same), ("u", Outcome::Added), ("v", Outcome::Unused)]);
    assert_eq!((proposals[0].fields.get("topics[0].topic"), proposals[0].fields.get("topics[1].new.name.en")), ("t", "U"));
    assert_eq!(proposals[0].fields.get("topics[0].new.name.en"), "");
}

#[test]
fn files_that_cannot_be_read_are_named_with_what_is_wrong() {
    for (text, problem) in [
        (b"id,title_en\nx,\xe9\n".as_slice(), Problem::NotUtf8(14)),
        (b"\xff\xfei\0d\0", Problem::NotUtf8(0)),
        (b"name,age\n", Problem::NotATable("name,age".into())),
        (b"", Problem::NotATable(String::new())),
        (b"id,made_on,id\n", Problem::Twice("id".into())),
        (
            b"{\"format\":\"other\",\"version\":1,\"licence\":\"x\",\"title\":{\"en\":\"x\"}}",
            Problem::MustBe("pledgebook-record"),
        ),
    ] {
        let errors = Incoming::read(&[file("f", text)]).unwrap_err();
        assert_eq!(errors.iter().next().unwrap().problem, problem, "{}", String::from_utf8_lossy(text));
    }
    assert!(matches!(Incoming::read(&[file("f", "{\n")]).unwrap_err().iter().next().unwrap().problem, Problem::NotJson(_)));
}

#[test]
fn a_plan_can_be_kept_and_read_again() {
    let (plan, _) = plan(&[file("p.csv", "id,title_en,made_on\nx,X,2024\nhost,Y,no\n")], &small());
    let kept = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<Plan>(&kept).unwrap(), plan);
}

prop_compose! {
    /// Texts as people and spreadsheets have them, at their worst.
    fn odd_text()(text in "[=+@'\"\\-,;|:\t\n\u{200f}\u{5e9}\u{e9}\u{301}\u{1f600}＝ a-c]{0,24}") -> Option<String> {
        crate::text::clean(&text, 100).ok()
    }
}

proptest! {
    #[test]
    fn whatever_a_pledge_says_comes_back_from_its_table(
        texts in prop::collection::vec(odd_text(), 8), value in prop::option::of(0.0..1e12), delimiter in prop::sample::select(vec![b',', b';', b'\t']),
        mark in any::<bool>(), originals in prop::collection::vec(prop::option::of(prop::sample::select(crate::Original::ALL)), 3),
    ) {
        let mut record = small();
        let pledge = &mut record.pledges[0];
        pledge.title.es = texts[0].clone();
        pledge.summary.es = texts[1].clone();
        let pair = |en: &Option<String>, es: &Option<String>| {
            let both = crate::Localized { en: en.clone(), es: es.clone() };
            (!both.is_empty()).then_some(both)
        };
        pledge.wording = pair(&texts[2], &texts[3]);
        let worded = pledge.wording.is_some();
        pledge.originals = crate::Originals { title: originals[0], summary: originals[1], wording: originals[2].filter(|_| worded) };
        pledge.due_on = pair(&texts[4], &texts[5]).map(crate::Due::Words);
        pledge.quantity = value.zip(pair(&texts[6], &texts[7])).map(|(value, unit)| crate::pledge::Quantity { value, unit });
        let mut writer = csv::WriterBuilder::new().delimiter(delimiter).terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        writer.write_record([
            "id", "title_en", "title_es", "summary_en", "summary_es", "wording_en", "wording_es", "made_on", "meeting", "parties", "topics",
            "due_on", "due_words_en", "due_words_es", "quantity_value", "quantity_unit_en", "quantity_unit_es",
            "title_original", "summary_original", "wording_original",
        ]).unwrap();
        let text = |text: &Option<String>| text.as_deref().map(guard).unwrap_or_default().into_owned();
        let Some(crate::Due::Words(due)) = pledge.due_on.clone().or(Some(crate::Due::Words(crate::Localized::default()))) else { unreachable!() };
        let wording = pledge.wording.clone().unwrap_or_default();
        let said = pledge.originals;
        let original = |text: crate::PledgeText| said.of(text).map_or_else(String::new, |original| original.to_string());
        let quantity = pledge.quantity.clone();
        let unit = quantity.as_ref().map(|quantity| quantity.unit.clone()).unwrap_or_default();
        writer.write_record([
            "host".to_owned(), text(&pledge.title.en), text(&pledge.title.es), text(&pledge.summary.en), text(&pledge.summary.es),
            text(&wording.en), text(&wording.es), "2024-02-28".into(), String::new(), "host:gt".into(), "t".into(), String::new(),
            text(&due.en), text(&due.es), quantity.map(|quantity| quantity.value.to_string()).unwrap_or_default(), text(&unit.en), text(&unit.es),
            original(crate::PledgeText::Title), original(crate::PledgeText::Summary), original(crate::PledgeText::Wording),
        ]).unwrap();
        let mut bytes = if mark { b"\xef\xbb\xbf".to_vec() } else { Vec::new() };
        bytes.extend(writer.into_inner().unwrap());
        let (plan, _) = plan(&[file("pledges.csv", bytes)], &record);
        prop_assert_eq!(outcomes(&plan), vec![("host", Outcome::Same)], "{:?} {:?}", plan.rows[0].changes, told(&plan));
    }

    #[test]
    fn no_file_makes_it_panic(text in "(\\{|\\[|id,made_on\n|pledge,claim,position,number,source\n)?[a-d,;\"\n\\{\\}\\[\\]:0-9 ]{0,80}") {
        if let Ok(incoming) = Incoming::read(&[file("f", text)]) {
            _ = incoming.asks();
            let (plan, proposals) = incoming.plan(&Known::of(&small()), today());
            prop_assert!(plan.counts().pledges_touched() <= proposals.len());
        }
    }
}
