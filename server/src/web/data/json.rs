//! The record as one JSON document, which can be loaded again, and as JSON Lines, one pledge a line.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    Confidence, FuzzyDate, Localized, Pledge, PledgeStatus,
    open_data::LICENCE,
    record::{FORMAT, VERSION},
    status_mapping::StatusMapping,
};
use serde::Serialize;
use store::Dossier;

use super::{
    flow::{Sink, Stopped},
    rows::{days_late, outdated_translations},
    walk::{Asked, Names, Walk, listed},
};

/// How many sources are read at once.
const SOURCES_AT_ONCE: usize = 500;

/// Writes the record file, as `docs/record-format.md` describes it and `Record::from_json` reads it.
pub(super) async fn write(title: Localized, asked: Asked, mut sink: Sink) -> Result<Sink, Stopped> {
    let begin = format!(
        "{{\"format\":{},\"version\":{VERSION},\"licence\":{},\"title\":{},\"pledges\":[",
        serde_json::to_string(FORMAT)?,
        serde_json::to_string(LICENCE)?,
        serde_json::to_string(&title)?
    );
    sink.gathered().extend_from_slice(begin.as_bytes());
    let mut list = List::begun();
    let mut walk = Walk::through(&asked);
    let mut names = Names::default();
    while let Some(dossiers) = walk.next().await? {
        names.take(&dossiers);
        for dossier in &dossiers {
            list.put(&dossier.as_recorded(), &mut sink)?;
        }
        sink.flow().await?;
    }
    let store = &asked.store;
    let mut list = List::next("sources", &mut sink);
    let cited = listed(&names.sources);
    for piece in cited.chunks(SOURCES_AT_ONCE) {
        for source in names.sources(store, piece.to_vec()).await? {
            list.put(&source, &mut sink)?;
        }
        sink.flow().await?;
    }
    let mut list = List::next("parties", &mut sink);
    for party in names.parties(store).await? {
        list.put(&party, &mut sink)?;
    }
    let mut list = List::next("meetings", &mut sink);
    for meeting in names.meetings(store).await? {
        list.put(&meeting, &mut sink)?;
    }
    let mut list = List::next("topics", &mut sink);
    for topic in names.topics(store).await? {
        list.put(&topic, &mut sink)?;
    }
    sink.gathered().extend_from_slice(b"\n]}\n");
    Ok(sink)
}

/// Writes a pledge a line, each with its state at the moment beside what the record file says of it.
pub(super) async fn write_lines(asked: Asked, mut sink: Sink) -> Result<Sink, Stopped> {
    let mut walk = Walk::through(&asked);
    while let Some(dossiers) = walk.next().await? {
        for dossier in &dossiers {
            let line = Line { pledge: dossier.as_recorded(), current: current(dossier, &asked.site) };
            serde_json::to_writer(sink.gathered(), &line)?;
            sink.gathered().push(b'\n');
        }
        sink.flow().await?;
    }
    Ok(sink)
}

/// A list being written, one item a line.
struct List(bool);

impl List {
    fn begun() -> Self {
        Self(false)
    }

    /// Ends the list before and begins one of this name.
    fn next(name: &str, sink: &mut Sink) -> Self {
        sink.gathered().extend_from_slice(format!("\n],\"{name}\":[").as_bytes());
        Self(false)
    }

    fn put(&mut self, item: &impl Serialize, sink: &mut Sink) -> Result<(), Stopped> {
        sink.gathered().extend_from_slice(if self.0 { b",\n" } else { b"\n" });
        self.0 = true;
        Ok(serde_json::to_writer(sink.gathered(), item)?)
    }
}

/// A pledge and its state.
#[derive(Serialize)]
struct Line {
    #[serde(flatten)]
    pledge: Pledge,
    current: Current,
}

/// What a pledge has come to at the moment.
#[derive(Serialize)]
struct Current {
    status: Option<PledgeStatus>,
    status_effective_on: Option<FuzzyDate>,
    status_from: Option<NaiveDate>,
    confidence: Option<Confidence>,
    timeliness: Option<&'static str>,
    days_late: Option<i64>,
    recorded_at: DateTime<Utc>,
    changed_at: DateTime<Utc>,
    outdated_translations: Vec<&'static str>,
    #[serde(flatten)]
    elsewhere: StatusMapping,
    page: String,
}

fn current(dossier: &Dossier, site: &str) -> Current {
    let state = dossier.state;
    Current {
        status: state.map(|state| state.status),
        status_effective_on: state.map(|state| state.effective_on),
        status_from: state.map(|state| state.from),
        confidence: dossier.confidence(),
        timeliness: dossier.timeliness.map(domain::Timeliness::code),
        days_late: days_late(dossier.timeliness),
        recorded_at: dossier.recorded_at,
        changed_at: dossier.changed_at,
        outdated_translations: outdated_translations(dossier),
        elsewhere: state.map(|state| StatusMapping::of(state.status)).unwrap_or_default(),
        page: format!("{site}/pledges/{}", dossier.slug),
    }
}
