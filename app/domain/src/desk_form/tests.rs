//! The founding article, typed in.

use super::*;

fn today() -> NaiveDate {
    "2026-11-24".parse().unwrap()
}

fn known() -> Known {
    let record = Record::from_value(
        &json!({
            "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0", "title": { "en": "A record" },
            "sources": [{ "id": "old", "url": "https://example.org/old", "title": "Old", "publisher": "P", "language": "es", "kind": "news" }],
            "parties": [
                { "id": "guatemala", "name": { "en": "Guatemala" }, "kind": "country", "iso": "GT" },
                { "id": "us", "name": { "en": "United States", "es": "Estados Unidos" }, "kind": "country", "iso": "US" },
            ],
            "meetings": [], "topics": [{ "id": "migration", "name": { "en": "Migration", "es": "Migración" } }], "pledges": [],
        }),
        today(),
    )
    .unwrap();
    let Record { sources, parties, meetings, topics, .. } = record;
    Known { sources, parties, meetings, topics, pledges: HashSet::from(["host-the-summit".parse().unwrap()]) }
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

const SUMMIT: &[(&str, &str)] = &[
    ("title.en", "Host the summit"),
    ("summary.es", "Guatemala será anfitriona."),
    ("originals.title", "en"),
    ("originals.summary", "es"),
    ("made_on", "2024-02-28"),
    ("due_on", "2024-04"),
    ("parties[0].party", "guatemala"),
    ("parties[0].role", "host"),
    ("parties[1].party", "estados unidos"),
    ("parties[1].role", "party"),
    ("topics[0].topic", "migración"),
    ("citations[0].source.url", "https://example.org/new"),
    ("citations[0].source.title", "Joint statement"),
    ("citations[0].source.publisher", "Department of State"),
    ("citations[0].source.language", "en"),
    ("citations[0].quote", "will host"),
];

/// The paths of what is wrong after some fields of the summit were changed.
fn wrong(changed: &[(&str, &str)]) -> Vec<String> {
    let mut form = fields(SUMMIT);
    for (name, value) in changed {
        form.set(*name, *value);
    }
    let errors = new_pledge(&form, &known(), today()).unwrap_err();
    errors.iter().map(|error| error.path.clone()).collect()
}

#[test]
fn names_become_the_known_things_and_the_first_status_follows() {
    let proposal = new_pledge(&fields(SUMMIT), &known(), today()).unwrap_or_else(|errors| panic!("{errors}"));
    let pledge = proposal.pledge();
    assert_eq!(pledge.id.as_str(), "host-the-summit-2");
    assert_eq!(pledge.parties[1].party.as_str(), "us");
    assert_eq!(pledge.topics[0].as_str(), "migration");
    assert_eq!(pledge.history[0].status, crate::PledgeStatus::Announced);
    assert_eq!(pledge.history[0].effective_on, pledge.made_on);
    assert_eq!(pledge.history[0].citations, pledge.citations);
    assert!(pledge.citations[0].source.as_str().starts_with("department-of-state-"));
    assert_eq!(pledge.citations[0].language, "en");
    assert_eq!((pledge.originals.title, pledge.originals.wording), (Some(crate::Original::En), None));
}

#[test]
fn every_error_leads_to_the_field_that_has_it() {
    assert_eq!(wrong(&[("summary.es", "")]), ["summary.en"]);
    assert_eq!(wrong(&[("title.en", "")]), ["title.es"], "nothing is written in English");
    assert_eq!(wrong(&[("made_on", "February")]), ["made_on"]);
    assert_eq!(wrong(&[("made_on", "2999-01-01"), ("due_on", "")]), ["made_on"]);
    assert_eq!(wrong(&[("made_on", "2024-02-28"), ("due_on", "2024-01")]), ["due_on"]);
    assert_eq!(wrong(&[("made_on", "2024-05"), ("due_on", "2023")]), ["due_on"]);
    assert_eq!(wrong(&[("parties[1].party", "Estados")]), ["parties[1].party"]);
    assert_eq!(wrong(&[("parties[1].role", "")]), ["parties[1].role"]);
    assert_eq!(wrong(&[("topics[0].topic", "Whales")]), ["topics[0].topic"]);
    assert_eq!(wrong(&[("meeting", "Somewhere")]), ["meeting"]);
    assert_eq!(wrong(&[("originals.title", "fr")]), ["originals.title"]);
    assert_eq!(wrong(&[("originals.wording", "es")]), ["originals.wording"]);
    assert_eq!(wrong(&[("citations[0].source.url", "javascript:alert(1)")]), ["citations[0].source.url"]);
    assert_eq!(wrong(&[("citations[0].source.title", "")]), ["citations[0].source.title"]);
    assert_eq!(wrong(&[("due_on", ""), ("due_words.en", &"x".repeat(400))]), ["due_words.en"]);
    assert_eq!(wrong(&[("due_words.en", "soon")]), ["due_words.en"]);
    assert_eq!(wrong(&[("quantity.value", "many"), ("quantity.unit.en", "people")]), ["quantity.value"]);
    assert_eq!(wrong(&[("new_meeting.name.en", "Ministerial")]), ["new_meeting.held_on", "new_meeting.place.en"]);
    assert_eq!(wrong(&[("parties[1].party", "Cuba"), ("parties[1].new.kind", "planet")]), ["parties[1].new.kind"]);
    let no_evidence: Vec<_> =
        SUMMIT.iter().filter(|(name, _)| name.starts_with("citations")).map(|(name, _)| (*name, "")).collect();
    assert_eq!(wrong(&no_evidence), ["citations[0].source.url"]);
    assert_eq!(
        wrong(&[("variants[0].field", "due_on"), ("variants[0].source.url", "https://example.org/old")]),
        ["variants[0].value.en"]
    );
}

#[test]
fn new_parties_topics_and_meetings_are_made_on_the_spot() {
    let mut form = fields(SUMMIT);
    for (name, value) in [
        ("parties[2].party", "República de Panamá"),
        ("parties[2].role", "party"),
        ("parties[2].new.kind", "country"),
        ("parties[2].new.iso", "pa"),
        ("topics[1].topic", "Summits"),
        ("topics[1].new.name.en", "Summits"),
        ("new_meeting.name.es", "Reunión"),
        ("new_meeting.held_on", "2024-02-28"),
        ("new_meeting.place.es", "Washington"),
    ] {
        form.set(name, value);
    }
    let proposal = new_pledge(&form, &known(), today()).unwrap_or_else(|errors| panic!("{errors}"));
    let slugs: Vec<_> = proposal.record.parties.iter().map(|party| party.id.as_str()).collect();
    assert_eq!(slugs, ["guatemala", "us", "republica-de-panama"]);
    assert_eq!(proposal.record.topics[1].id.as_str(), "summits");
    assert_eq!(proposal.pledge().meeting.as_ref().map(Slug::as_str), Some("reunion"));
}

#[test]
fn a_status_change_is_checked_against_the_pledge_that_it_changes() {
    let published = new_pledge(&fields(SUMMIT), &known(), today()).unwrap();
    let mut known = known();
    known.sources.clone_from(&published.record.sources);
    let change = |pairs: &[(&str, &str)]| status_change(&fields(pairs), published.pledge(), &known, today());
    let right = [
        ("status", "fulfilled"),
        ("effective_on", "2024-05-07"),
        ("rationale.en", "It took place."),
        ("citations[0].source.url", "https://example.org/new"),
        ("citations[0].quote", "took place"),
    ];
    let proposal = change(&right).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(proposal.pledge().history.len(), 2);
    assert_eq!(proposal.pledge().history[1].citations[0].language, "en");
    let wrong = |pairs: &[(&str, &str)]| change(pairs).unwrap_err().iter().map(|error| error.path.clone()).collect::<Vec<_>>();
    assert_eq!(wrong(&right[..3]), ["citations[0].source.url"]);
    assert_eq!(wrong(&[&right[..], &[("effective_on", "2024-01")]].concat()), ["effective_on"]);
    assert_eq!(wrong(&[&right[..], &[("replaces", "0")]].concat()), ["replaces"]);
    assert_eq!(wrong(&[&right[..], &[("party", "Nobody")]].concat()), ["party"]);
}

#[test]
fn where_an_archive_keeps_a_known_source_may_be_said_later_and_only_once() {
    let published = new_pledge(&fields(SUMMIT), &known(), today()).unwrap();
    let mut known = known();
    for source in published.record.sources.iter().filter(|source| source.id.as_str() != "old") {
        known.sources.push(source.clone());
    }
    let change = |archive: &str, known: &Known| {
        let pairs = [
            ("status", "fulfilled"),
            ("effective_on", "2024-05-07"),
            ("rationale.en", "It took place."),
            ("citations[0].source.url", "https://example.org/old"),
            ("citations[0].quote", "took place"),
            ("citations[1].source.url", "https://example.org/old"),
            ("citations[1].source.archive_url", archive),
        ];
        status_change(&fields(&pairs), published.pledge(), known, today())
    };
    let archived = |proposal: Proposal| {
        let source = proposal.record.sources.into_iter().find(|source| source.id.as_str() == "old").unwrap();
        source.archive_url.map(|url| url.to_string())
    };
    let kept = "https://archive.example.org/old";
    assert_eq!(archived(change(kept, &known).unwrap()).as_deref(), Some(kept));
    let paths = |archive: &str| change(archive, &known).unwrap_err().iter().map(|error| error.path.clone()).collect::<Vec<_>>();
    assert_eq!(paths("https://me:pw@archive.example.org/"), ["citations[1].source.archive_url"]);
    assert_eq!(paths("javascript:alert(1)"), ["citations[1].source.archive_url"]);
    known.sources[0].archive_url = crate::source::SourceUrl::parse(kept).ok();
    assert_eq!(archived(change("https://elsewhere.example.org/", &known).unwrap()).as_deref(), Some(kept));
}

#[test]
fn a_pledge_goes_through_its_form_without_loss() {
    let published = new_pledge(&fields(SUMMIT), &known(), today()).unwrap();
    let mut known = known();
    known.sources.clone_from(&published.record.sources);
    let mut form = fields_of(published.pledge());
    assert!(edited_pledge(&form, published.pledge(), &known, today()).is_err(), "an edit gives its reason");
    form.set("reason.en", "Looked at again.");
    let edited = edited_pledge(&form, published.pledge(), &known, today()).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(edited.pledge(), published.pledge());
}
