//! The changes of pledges as their pages show them, one above the other.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{Confidence, FuzzyDate, Localized, Moment, PledgeStatus, Role, history};
use sea_orm::prelude::Uuid;

use super::links::Links;
use crate::{Cited, Named, StoreError, entity::status_change, publish::foldable, row};

/// A published status change with its evidence.
#[derive(Clone, Debug)]
pub struct Step {
    /// Its place among the pledge's changes, which names it in links within the page.
    pub position: i32,
    /// The party whose own status it is.
    pub party: Option<Named>,
    /// The status.
    pub status: PledgeStatus,
    /// When it happened.
    pub effective_on: FuzzyDate,
    /// What happened, and why this status.
    pub rationale: Localized,
    /// How sure the record is.
    pub confidence: Option<Confidence>,
    /// Where was searched and nothing found.
    pub searched: Option<Localized>,
    /// Why it stands over the statuses of the parties.
    pub override_reason: Option<Localized>,
    /// The position of the change it corrects, and why.
    pub corrects: Option<(i32, Localized)>,
    /// The position of the change that corrects it.
    pub corrected_by: Option<i32>,
    /// When the record said so.
    pub recorded_at: DateTime<Utc>,
    /// The evidence.
    pub citations: Vec<Cited>,
}

/// The published changes of some pledges that had happened at the moment, the newest first; the rows come in the order of recording.
pub(super) fn steps_of(
    rows: Vec<status_change::Model>,
    citations: &mut HashMap<Uuid, Vec<Cited>>,
    links: &HashMap<Uuid, Links>,
    moment: Moment,
) -> Result<HashMap<Uuid, Vec<Step>>, StoreError> {
    let mut by_pledge: HashMap<Uuid, Vec<status_change::Model>> = HashMap::new();
    for row in rows {
        by_pledge.entry(row.pledge_id).or_default().push(row);
    }
    let parties = |id: &Uuid| links.get(id).map_or(&[][..], |links| &links.parties);
    by_pledge.into_iter().map(|(id, rows)| Ok((id, steps(&rows, citations, parties(&id), moment)?))).collect()
}

/// The changes of one pledge that had happened at the moment, the newest first; the rows come in the order of recording.
fn steps(
    rows: &[status_change::Model],
    citations: &mut HashMap<Uuid, Vec<Cited>>,
    parties: &[(Named, Role, Uuid)],
    moment: Moment,
) -> Result<Vec<Step>, StoreError> {
    let changes = rows.iter().map(foldable).collect::<Result<Vec<_>, _>>()?;
    let placed = history::placed(&changes, moment.known_at);
    // A corrected change has no place in the fold; it is shown beside the one that corrects it.
    let place_of = |id: Uuid| placed.iter().position(|placed| placed.change.id == id);
    let corrector_of = |id: Uuid| rows.iter().find(|row| row.replaces_id == Some(id));
    let position_of = |id: Uuid| rows.iter().find(|row| row.id == id).map(|row| row.position);

    let mut steps = Vec::with_capacity(rows.len());
    for row in rows {
        let mut standing = row;
        // No chain is longer than the history; so this ends whatever the rows say.
        for _ in 0..rows.len() {
            standing = corrector_of(standing.id).unwrap_or(standing);
        }
        let Some(place) = place_of(standing.id) else { continue };
        if placed[place].certain > moment.as_of {
            continue;
        }
        let text = |en: &Option<String>, es: &Option<String>| {
            let text = row::localized(en.clone(), es.clone());
            (!text.is_empty()).then_some(text)
        };
        let step = Step {
            position: row.position,
            party: row
                .party_id
                .and_then(|id| parties.iter().find(|(_, _, party)| *party == id))
                .map(|(named, _, _)| named.clone()),
            status: row::parsed("status", &row.status)?,
            effective_on: row::parsed("effective_on", &row.effective_on)?,
            rationale: row::localized(row.rationale_en.clone(), row.rationale_es.clone()),
            confidence: row::parsed_if("confidence", row.confidence.as_deref())?,
            searched: text(&row.searched_en, &row.searched_es),
            override_reason: text(&row.override_reason_en, &row.override_reason_es),
            corrects: row.replaces_id.and_then(position_of).zip(text(&row.reason_en, &row.reason_es)),
            corrected_by: corrector_of(row.id).map(|corrector| corrector.position),
            recorded_at: row.recorded_at.unwrap_or(moment.known_at),
            citations: citations.remove(&row.id).unwrap_or_default(),
        };
        steps.push(((place, row.position), step));
    }
    steps.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
    Ok(steps.into_iter().map(|(_, step)| step).collect())
}
