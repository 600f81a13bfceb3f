//! A pledge told in entries, added up, taken apart and written down again.

use serde_json::json;

use super::*;
use crate::log::{Entry, Named, Published, Said, first_difference};

fn at(day: &str) -> DateTime<Utc> {
    format!("{day}T12:00:00.000001Z").parse().unwrap()
}

fn entry(index: u64, revision: i64, day: &str, part: &serde_json::Value) -> Entry {
    let part: Part = serde_json::from_value(part.clone()).unwrap();
    let said = Said::Publication(Published { revision, named: Named::default(), pledges: vec![part] });
    Entry { index, recorded_at: at(day), said }
}

fn three() -> [Entry; 3] {
    let citation = json!({ "source": "s", "language": "es", "quote": "será", "stance": "supports", "authority": "press" });
    let added = json!({
        "number": 1, "id": "host", "title": { "en": "Host" }, "summary": { "en": "Host it." }, "made_on": "2024-02-28",
        "parties": [{ "party": "gt", "role": "host" }, { "party": "us", "role": "party" }], "topics": ["t"], "due_on": "2024-04",
        "quantity": { "value": 2.5, "unit": { "en": "days" } }, "citations": [citation],
        "variants": [{
            "field": "due_on", "value": { "en": "soon" }, "taken": false, "source": "s", "language": "en", "stance": "context",
        }],
        "history": [{ "status": "announced", "effective_on": "2024-02-28", "rationale": { "en": "Said." }, "citations": [citation] }],
        "unreviewed": [{ "reason": "Nobody else was there." }],
    });
    let changed = json!({
        "number": 1, "id": "host",
        "history": [{
            "status": "fulfilled", "effective_on": "2024-05", "rationale": { "es": "Hecho." }, "confidence": "low", "party": "gt",
            "searched": { "en": "Everywhere." }, "replaces": 0, "reason": { "en": "A slip." },
        }],
        "checked": true,
    });
    let edited = json!({
        "number": 1, "id": "host-it", "title": { "en": "Host it" }, "summary": { "en": "Host it." }, "made_on": "2024",
        "parties": [{ "party": "us", "role": "lead" }],
        "corrections": [{ "before": { "title.en": "Host" }, "after": { "title.en": "Host it" }, "reason": { "en": "Clearer." } }],
        "former": [{ "id": "host" }], "removed": { "notice": { "en": "Twice." } },
    });
    [entry(0, 1, "2026-01-01", &added), entry(1, 4, "2026-01-02", &changed), entry(2, 5, "2026-01-03", &edited)]
}

fn added_up(entries: &[Entry]) -> PledgeState {
    let mut state: Option<PledgeState> = None;
    for entry in entries {
        let Said::Publication(published) = &entry.said else { panic!("{entry:?}") };
        match &mut state {
            None => state = PledgeState::begun(&published.pledges[0], published.revision, entry.recorded_at),
            Some(state) => state.take(&published.pledges[0], published.revision, entry.recorded_at),
        }
    }
    state.unwrap()
}

#[test]
fn what_entries_add_up_to_comes_apart_into_the_same() {
    let entries = three();
    for upto in 1..=3 {
        let state = added_up(&entries[..upto]);
        let last = &entries[upto - 1];
        let Said::Publication(published) = &last.said else { panic!("{last:?}") };
        assert_eq!(state.part_of(last.recorded_at), published.pledges[0]);
    }
    let whole = added_up(&entries);
    assert_eq!((whole.id.as_str(), whole.revision, whole.recorded_at), ("host-it", 5, at("2026-01-01")));
    let folded: Vec<_> = whole.folds.iter().map(|fold| (fold.known_from, fold.spans.len())).collect();
    // The edit folds anew, for it may change who owes the pledge; the last change is a correction of the first.
    assert_eq!(folded, [(at("2026-01-01"), 1), (at("2026-01-02"), 1), (at("2026-01-03"), 1)]);
}

#[test]
fn what_is_written_is_read_back_and_written_the_same() {
    for entry in three() {
        let text = entry.to_text().unwrap();
        let again: Entry = serde_json::from_str(&text).unwrap();
        assert_eq!(again, entry);
        assert_eq!(again.to_text().unwrap(), text);
    }
    let state = added_up(&three());
    let text = crate::log::canonical(&state).unwrap();
    let again: PledgeState = serde_json::from_str(&text).unwrap();
    let value = |state: &PledgeState| serde_json::to_value(state).unwrap();
    assert_eq!(first_difference(&value(&again), &value(&state)), None);
    assert_eq!(again, state);
}

#[test]
fn an_entry_is_written_like_this() {
    let said: Said = serde_json::from_value(json!({
        "kind": "snapshot", "url": "https://example.org/a", "captured_at": "2026-01-01T00:00:00Z", "sha256": "00",
        "origin": "fetched", "bytes": 3, "media_type": "text/html",
    }))
    .unwrap();
    let entry = Entry { index: 7, recorded_at: at("2026-01-02"), said };
    assert_eq!(
        entry.to_text().unwrap(),
        "{\"bytes\":3,\"captured_at\":\"2026-01-01T00:00:00Z\",\"index\":7,\"kind\":\"snapshot\",\"media_type\":\"text/html\",\"origin\":\"fetched\",\
         \"recorded_at\":\"2026-01-02T12:00:00.000001Z\",\"sha256\":\"00\",\"url\":\"https://example.org/a\"}"
    );
}
