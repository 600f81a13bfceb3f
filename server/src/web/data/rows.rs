//! The rows of each table, in the order of the columns in `domain::open_data`.

use domain::{
    Due, Party, PledgeStatus, PledgeText, Source, Timeliness, meeting::Meeting, status_mapping::StatusMapping, topic::Topic,
};
use store::{Cited, Dossier, Step};

use super::cells::{Cell, Row};

/// The row of a pledge; `site` is where its page can be reached.
pub(super) fn pledge(dossier: &Dossier, site: &str) -> Row {
    let parties: Vec<String> = dossier.parties.iter().map(|(named, role)| format!("{role}:{}", named.slug)).collect();
    let topics: Vec<&str> = dossier.topics.iter().map(|topic| topic.slug.as_str()).collect();
    let (due_on, due_words) = match &dossier.due {
        Some(Due::On(date)) => (Cell::Date(*date), None),
        Some(Due::Words(words)) => (Cell::Empty, Some(words)),
        None => (Cell::Empty, None),
    };
    let quantity = dossier.quantity.as_ref();
    let mut row = vec![Cell::word(&dossier.slug)];
    for text in PledgeText::ALL {
        row.extend(Cell::texts_if(dossier.text(*text)));
        row.push(Cell::if_any(dossier.originals.of(*text), |original| Cell::code(original.code())));
    }
    row.push(Cell::Date(dossier.made_on));
    row.push(Cell::if_any(dossier.meeting.as_ref(), |meeting| Cell::word(&meeting.named.slug)));
    row.push(Cell::word(&parties.join("|")));
    row.push(if topics.is_empty() { Cell::Empty } else { Cell::word(&topics.join("|")) });
    row.push(due_on);
    row.extend(Cell::texts_if(due_words));
    row.push(Cell::if_any(quantity, |quantity| Cell::Number(quantity.value)));
    row.extend(Cell::texts_if(quantity.map(|quantity| &quantity.unit)));
    row.push(Cell::if_any(dossier.state, |state| Cell::code(state.status.code())));
    row.push(Cell::if_any(dossier.state, |state| Cell::Date(state.effective_on)));
    row.push(Cell::if_any(dossier.state, |state| state.from.into()));
    row.push(Cell::if_any(dossier.confidence(), |confidence| Cell::code(confidence.code())));
    row.push(Cell::if_any(dossier.timeliness, |timeliness| Cell::code(timeliness.code())));
    row.push(Cell::if_any(days_late(dossier.timeliness), Cell::Integer));
    row.push(Cell::Moment(dossier.recorded_at));
    row.push(Cell::Moment(dossier.changed_at));
    let outdated = outdated_translations(dossier);
    row.push(if outdated.is_empty() { Cell::Empty } else { Cell::word(&outdated.join("|")) });
    row.extend(elsewhere(dossier.state.map(|state| state.status)));
    row.push(Cell::word(&format_args!("{site}/pledges/{}", dossier.slug)));
    row
}

/// The texts of which a translation lags behind.
pub(super) fn outdated_translations(dossier: &Dossier) -> Vec<&'static str> {
    dossier.outdated_translations().into_iter().map(|outdated| outdated.text.code()).collect()
}

/// By how many days a pledge is overdue, or was fulfilled late: at least so many, where the dates are vague.
pub(super) fn days_late(timeliness: Option<Timeliness>) -> Option<i64> {
    match timeliness? {
        Timeliness::Overdue { days, .. } => Some(days),
        Timeliness::Late { at_least, .. } => Some(at_least),
        _ => None,
    }
}

/// What a status is called elsewhere.
fn elsewhere(status: Option<PledgeStatus>) -> [Cell; 3] {
    let StatusMapping { politifact, unhcr_grf, ogp } = status.map(StatusMapping::of).unwrap_or_default();
    [politifact, unhcr_grf, ogp].map(|word| Cell::if_any(word, Cell::code))
}

/// The rows of a pledge's history.
pub(super) fn history(dossier: &Dossier) -> Vec<Row> {
    let row = |step: &Step| {
        let (replaces, reason) = step.corrects.as_ref().map(|(position, reason)| (*position, reason)).unzip();
        let mut row = vec![
            Cell::word(&dossier.slug),
            Cell::Integer(step.position.into()),
            Cell::if_any(step.party.as_ref(), |party| Cell::word(&party.slug)),
            Cell::code(step.status.code()),
            Cell::Date(step.effective_on),
        ];
        row.extend(Cell::texts(&step.rationale));
        row.push(Cell::if_any(step.confidence, |confidence| Cell::code(confidence.code())));
        row.extend(Cell::texts_if(step.searched.as_ref()));
        row.extend(Cell::texts_if(step.override_reason.as_ref()));
        row.push(Cell::if_any(replaces, |position| Cell::Integer(position.into())));
        row.extend(Cell::texts_if(reason));
        row.push(Cell::Moment(step.recorded_at));
        row.extend(elsewhere(Some(step.status)));
        row
    };
    dossier.steps_as_recorded().into_iter().map(row).collect()
}

/// The rows of what sources say differently.
pub(super) fn variants(dossier: &Dossier) -> Vec<Row> {
    let row = |(position, variant): (i64, &store::VariantRow)| {
        let (on, words) = match &variant.value {
            Due::On(date) => (Cell::Date(*date), None),
            Due::Words(words) => (Cell::Empty, Some(words)),
        };
        let [en, es] = Cell::texts_if(words);
        let (slug, field) = (Cell::word(&dossier.slug), Cell::code(variant.field.code()));
        vec![slug, Cell::Integer(position), field, on, en, es, Cell::Flag(variant.taken)]
    };
    (0..).zip(&dossier.variants).map(row).collect()
}

/// The rows of all that is cited for a pledge: for itself, for its variants, for its changes.
pub(super) fn citations(dossier: &Dossier) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut add = |claim, position: i64, cited: &[Cited]| {
        for (number, cited) in (0..).zip(cited) {
            rows.push(vec![
                Cell::word(&dossier.slug),
                Cell::code(claim),
                Cell::Integer(position),
                Cell::Integer(number),
                Cell::word(&cited.source.id),
                Cell::text(cited.quote.as_deref()),
                Cell::text(cited.locator.as_deref()),
                Cell::word(&cited.language),
                Cell::code(cited.stance.code()),
                Cell::if_any(cited.authority, |authority| Cell::code(authority.code())),
            ]);
        }
    };
    add("pledge", 0, &dossier.citations);
    for (position, variant) in (0..).zip(&dossier.variants) {
        add("variant", position, std::slice::from_ref(&variant.cited));
    }
    for step in dossier.steps_as_recorded() {
        add("change", step.position.into(), &step.citations);
    }
    rows
}

/// The row of a source.
pub(super) fn source(source: &Source) -> Row {
    vec![
        Cell::word(&source.id),
        Cell::word(&source.url),
        Cell::text(Some(&source.title)),
        Cell::text(Some(&source.publisher)),
        Cell::word(&source.language),
        Cell::if_any(source.published_on, Cell::Date),
        Cell::code(source.kind.code()),
        Cell::if_any(source.translation_of.as_ref(), Cell::word),
        Cell::if_any(source.archive_url.as_ref(), Cell::word),
    ]
}

/// The row of a party.
pub(super) fn party(party: &Party) -> Row {
    let [en, es] = Cell::texts(&party.name);
    vec![Cell::word(&party.id), en, es, Cell::code(party.kind.code()), Cell::text(party.iso.as_deref())]
}

/// The row of a meeting.
pub(super) fn meeting(meeting: &Meeting) -> Row {
    let [en, es] = Cell::texts(&meeting.name);
    let mut row = vec![Cell::word(&meeting.id), en, es, Cell::Date(meeting.held_on)];
    row.extend(Cell::texts(&meeting.place));
    row
}

/// The row of a topic.
pub(super) fn topic(topic: &Topic) -> Row {
    let [en, es] = Cell::texts(&topic.name);
    vec![Cell::word(&topic.id), en, es]
}
