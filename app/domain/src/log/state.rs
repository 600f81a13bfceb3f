//! Everything the record says of one pledge, each part with the time at which it was recorded: what entries add up to.

use std::ops::Deref;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::entry::{Correction, Former, Heading, Part, Removed, Unreviewed};
use crate::{
    citation::Citation,
    history::{self, Change, Span},
    pledge::{StatusChange, Variant},
    text::Slug,
};

/// Something with the time at which it was recorded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct At<T> {
    /// When the record said so.
    pub recorded_at: DateTime<Utc>,
    /// What it said.
    #[serde(flatten)]
    pub what: T,
}

impl<T> Deref for At<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.what
    }
}

/// The history of a pledge as it was folded for reading, and from when on it was known so; until the next such.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fold {
    /// From when on.
    pub known_from: DateTime<Utc>,
    /// Its statuses, one after the other.
    pub spans: Vec<Span>,
}

/// Everything the record says of one pledge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PledgeState {
    /// The number under which it was published.
    pub number: i64,
    /// Its name in URLs.
    pub id: Slug,
    /// The publication that last said something of it.
    pub revision: i64,
    /// When the record first had it.
    pub recorded_at: DateTime<Utc>,
    /// What is said of it now.
    #[serde(flatten)]
    pub heading: Heading,
    /// Its sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<At<Citation>>,
    /// What sources say differently.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<At<Variant>>,
    /// Its status changes, in the order of recording.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<At<StatusChange>>,
    /// How what is said of it was edited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<At<Correction>>,
    /// The names that it had before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<At<Former>>,
    /// When somebody looked and found nothing new.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<DateTime<Utc>>,
    /// What of it was published without a second pair of eyes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreviewed: Vec<At<Unreviewed>>,
    /// That it was taken out of the record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<At<Removed>>,
    /// Its history as it was folded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub folds: Vec<Fold>,
}

impl PledgeState {
    /// What the publication of a moment said of it.
    #[must_use]
    pub fn part_of(&self, recorded_at: DateTime<Utc>) -> Part {
        let corrections = of(&self.corrections, recorded_at);
        let told_anew = self.recorded_at == recorded_at || !corrections.is_empty();
        Part {
            number: self.number,
            id: self.id.clone(),
            heading: told_anew.then(|| self.heading.clone()),
            citations: of(&self.citations, recorded_at),
            variants: of(&self.variants, recorded_at),
            history: of(&self.history, recorded_at),
            corrections,
            former: of(&self.former, recorded_at),
            checked: self.checks.contains(&recorded_at),
            unreviewed: of(&self.unreviewed, recorded_at),
            removed: self.removed.as_ref().filter(|removed| removed.recorded_at == recorded_at).map(|at| at.what.clone()),
        }
    }

    /// The state of a pledge that a publication has added; `None` if that does not say what the pledge is.
    #[must_use]
    pub fn begun(part: &Part, revision: i64, recorded_at: DateTime<Utc>) -> Option<Self> {
        let mut state = Self {
            number: part.number,
            id: part.id.clone(),
            revision,
            recorded_at,
            heading: part.heading.clone()?,
            citations: Vec::new(),
            variants: Vec::new(),
            history: Vec::new(),
            corrections: Vec::new(),
            former: Vec::new(),
            checks: Vec::new(),
            unreviewed: Vec::new(),
            removed: None,
            folds: Vec::new(),
        };
        state.take(part, revision, recorded_at);
        Some(state)
    }

    /// Adds what a later publication says of it.
    pub fn take(&mut self, part: &Part, revision: i64, recorded_at: DateTime<Utc>) {
        self.id.clone_from(&part.id);
        self.revision = revision;
        if let Some(heading) = &part.heading {
            self.heading.clone_from(heading);
        }
        add(&mut self.citations, &part.citations, recorded_at);
        add(&mut self.variants, &part.variants, recorded_at);
        add(&mut self.history, &part.history, recorded_at);
        add(&mut self.corrections, &part.corrections, recorded_at);
        add(&mut self.former, &part.former, recorded_at);
        add(&mut self.unreviewed, &part.unreviewed, recorded_at);
        self.checks.extend(part.checked.then_some(recorded_at));
        if let Some(removed) = &part.removed {
            self.removed = Some(At { recorded_at, what: removed.clone() });
        }
        // Who owes the pledge is part of the fold, so an edit folds anew too.
        if part.heading.is_some() || !part.history.is_empty() {
            let spans = self.spans(recorded_at);
            if !spans.is_empty() {
                self.folds.push(Fold { known_from: recorded_at, spans });
            }
        }
    }

    fn spans(&self, known_at: DateTime<Utc>) -> Vec<Span> {
        let changes: Vec<Change<usize, &Slug>> = self
            .history
            .iter()
            .enumerate()
            .map(|(place, change)| Change {
                id: place,
                party: change.party.as_ref(),
                status: change.status,
                effective_on: change.effective_on,
                recorded_at: change.recorded_at,
                replaces: change.replaces,
                overrides: change.override_reason.is_some(),
            })
            .collect();
        let mut owing: Vec<&Slug> = Vec::new();
        for of in self.heading.parties.iter().filter(|of| of.role.owes()) {
            if !owing.contains(&&of.party) {
                owing.push(&of.party);
            }
        }
        history::spans(&changes, &owing, known_at)
    }
}

fn of<T: Clone>(all: &[At<T>], recorded_at: DateTime<Utc>) -> Vec<T> {
    all.iter().filter(|at| at.recorded_at == recorded_at).map(|at| at.what.clone()).collect()
}

fn add<T: Clone>(all: &mut Vec<At<T>>, new: &[T], recorded_at: DateTime<Utc>) {
    all.extend(new.iter().map(|what| At { recorded_at, what: what.clone() }));
}

#[cfg(test)]
mod tests;
