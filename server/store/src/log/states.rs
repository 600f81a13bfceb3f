//! From rows to everything the record says of a pledge: what a publication is told from, and what it is compared with later.

use std::collections::{BTreeSet, HashMap};

use domain::{
    Citation, Slug,
    history::Span,
    log::{At, Correction, Fold, Former, Heading, PledgeState, Removed, Unreviewed},
    pledge::{PledgeParty, Quantity, StatusChange, Variant},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, prelude::Uuid};

use crate::{
    StoreError,
    drafts::fields,
    entity::{
        citation, former_slug, meeting, party, pledge, pledge_check, pledge_correction, pledge_party, pledge_removal,
        pledge_topic, pledge_variant, source, status_change, status_span, topic, unreviewed,
    },
    row,
};

/// How many pledges are read at a time.
pub(crate) const AT_ONCE: usize = 500;

/// Whether the folded histories are read too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Folds {
    /// They are.
    Told,
    /// They are left: they follow from the rest.
    Left,
}

/// A pledge as its rows have it.
#[derive(Debug)]
pub(crate) struct OfPledge {
    /// The id of its row.
    pub id: Uuid,
    /// Whether readers see it.
    pub is_public: bool,
    /// What the record says of it.
    pub state: PledgeState,
}

/// The rows of a table that belong to some pledges, in an order, by their pledge.
macro_rules! by_pledge {
    ($table:ident, $db:expr, $ids:expr, [$($order:ident),+]) => {{
        let select = $table::Entity::find().filter($table::Column::PledgeId.is_in($ids.iter().copied()));
        let select = select$(.order_by_asc($table::Column::$order))+;
        let mut rows: HashMap<Uuid, Vec<$table::Model>> = HashMap::new();
        for row in select.all($db).await? {
            rows.entry(row.pledge_id).or_default().push(row);
        }
        rows
    }};
}

/// Everything published of some pledges that have a number, in the order of their numbers.
pub(crate) async fn states_of(db: &impl ConnectionTrait, ids: &[Uuid], folds: Folds) -> Result<Vec<OfPledge>, StoreError> {
    let rows = pledge::Entity::find()
        .find_also_related(meeting::Entity)
        .filter(pledge::Column::Id.is_in(ids.iter().copied()))
        .filter(pledge::Column::Number.is_not_null())
        .order_by_asc(pledge::Column::Number)
        .all(db)
        .await?;
    let mut belongings = Belongings::read(db, ids, folds).await?;
    let mut states = Vec::with_capacity(rows.len());
    for (row, meeting) in rows {
        states.extend(belongings.state(row, meeting)?);
    }
    Ok(states)
}

/// What belongs to some pledges, by the pledge.
struct Belongings {
    parties: HashMap<Uuid, Vec<pledge_party::Model>>,
    topics: HashMap<Uuid, Vec<pledge_topic::Model>>,
    variants: HashMap<Uuid, Vec<pledge_variant::Model>>,
    changes: HashMap<Uuid, Vec<status_change::Model>>,
    corrections: HashMap<Uuid, Vec<pledge_correction::Model>>,
    former: HashMap<Uuid, Vec<former_slug::Model>>,
    checks: HashMap<Uuid, Vec<pledge_check::Model>>,
    unreviewed: HashMap<Uuid, Vec<unreviewed::Model>>,
    removals: HashMap<Uuid, Vec<pledge_removal::Model>>,
    spans: HashMap<Uuid, Vec<status_span::Model>>,
    cited: Cited,
    /// The names of the parties and topics among them.
    slugs: HashMap<Uuid, Slug>,
}

impl Belongings {
    async fn read(db: &impl ConnectionTrait, ids: &[Uuid], folds: Folds) -> Result<Self, StoreError> {
        let mut all = Self {
            parties: by_pledge!(pledge_party, db, ids, [Position]),
            topics: by_pledge!(pledge_topic, db, ids, [Position]),
            variants: by_pledge!(pledge_variant, db, ids, [Position]),
            changes: by_pledge!(status_change, db, ids, [Position]),
            corrections: by_pledge!(pledge_correction, db, ids, [Position]),
            former: by_pledge!(former_slug, db, ids, [RecordedAt, Slug]),
            checks: by_pledge!(pledge_check, db, ids, [RecordedAt]),
            unreviewed: by_pledge!(unreviewed, db, ids, [RecordedAt, Id]),
            removals: by_pledge!(pledge_removal, db, ids, [RemovedAt]),
            spans: match folds {
                Folds::Told => by_pledge!(status_span, db, ids, [KnownFrom, ValidFrom]),
                Folds::Left => HashMap::new(),
            },
            cited: Cited::default(),
            slugs: HashMap::new(),
        };
        let variants: Vec<Uuid> = all.variants.values().flatten().map(|row| row.id).collect();
        let changes: Vec<Uuid> = all.changes.values().flatten().map(|row| row.id).collect();
        all.cited.read(db, citation::Column::PledgeId, ids).await?;
        all.cited.read(db, citation::Column::VariantId, &variants).await?;
        all.cited.read(db, citation::Column::StatusChangeId, &changes).await?;
        let in_history = all.changes.values().flatten().filter_map(|row| row.party_id);
        let parties: BTreeSet<Uuid> = all.parties.values().flatten().map(|row| row.party_id).chain(in_history).collect();
        for row in party::Entity::find().filter(party::Column::Id.is_in(parties)).all(db).await? {
            all.slugs.insert(row.id, row::slug(&row.slug)?);
        }
        let topics: BTreeSet<Uuid> = all.topics.values().flatten().map(|row| row.topic_id).collect();
        for row in topic::Entity::find().filter(topic::Column::Id.is_in(topics)).all(db).await? {
            all.slugs.insert(row.id, row::slug(&row.slug)?);
        }
        Ok(all)
    }

    fn slug(&self, id: Uuid) -> Result<Slug, StoreError> {
        self.slugs.get(&id).cloned().ok_or(StoreError::NoSuch { what: "party or topic", name: id.to_string() })
    }

    /// The pledge of a row with all that belongs to it; `None` where nothing dates it.
    fn state(&mut self, row: pledge::Model, meeting: Option<meeting::Model>) -> Result<Option<OfPledge>, StoreError> {
        let (id, Some(number)) = (row.id, row.number) else { return Ok(None) };
        let (is_public, first) = (row.recorded_at.is_some(), row.recorded_at);
        let (slug, revision) = (row::slug(&row.slug)?, row.revision);
        let heading = self.heading(row, meeting)?;
        let variants = self.variants(id)?;
        let history = self.history(id)?;
        let citations = self.cited.take(id);
        let removed = self.removals.remove(&id).and_then(|mut rows| rows.pop()).map(|row| At {
            recorded_at: row.removed_at,
            what: Removed { notice: row::localized(row.notice_en, row.notice_es) },
        });
        // What was taken out has lost its time; the earliest of its parts has the same.
        let times = history.iter().map(|at| at.recorded_at).chain(citations.iter().map(|at| at.recorded_at));
        let removed_at = removed.iter().map(|removed| removed.recorded_at);
        let Some(recorded_at) = first.or_else(|| times.chain(removed_at).min()) else { return Ok(None) };
        let unreviewed = self.unreviewed.remove(&id).unwrap_or_default().into_iter();
        let unreviewed = unreviewed.map(|row| At { recorded_at: row.recorded_at, what: Unreviewed { reason: row.reason } });
        let corrections = self.corrections.remove(&id).unwrap_or_default().into_iter().map(correction_of);
        let former = self.former.remove(&id).unwrap_or_default().into_iter().map(|row| former_of(&row));
        let state = PledgeState {
            number,
            id: slug,
            revision,
            recorded_at,
            heading,
            citations,
            variants,
            history,
            corrections: corrections.collect::<Result<_, _>>()?,
            former: former.collect::<Result<_, _>>()?,
            checks: self.checks.remove(&id).unwrap_or_default().into_iter().map(|row| row.recorded_at).collect(),
            unreviewed: unreviewed.collect(),
            removed,
            folds: folds_of(self.spans.remove(&id).unwrap_or_default())?,
        };
        Ok(Some(OfPledge { id, is_public, state }))
    }

    fn heading(&mut self, row: pledge::Model, meeting: Option<meeting::Model>) -> Result<Heading, StoreError> {
        let mut parties = Vec::new();
        for of in self.parties.remove(&row.id).unwrap_or_default() {
            parties.push(PledgeParty { party: self.slug(of.party_id)?, role: row::parsed("role", &of.role)? });
        }
        let topics = self.topics.remove(&row.id).unwrap_or_default();
        let topics: Result<_, StoreError> = topics.iter().map(|of| self.slug(of.topic_id)).collect();
        let wording = row::localized(row.wording_en, row.wording_es);
        let unit = row::localized(row.quantity_unit_en, row.quantity_unit_es);
        Ok(Heading {
            title: row::localized(row.title_en, row.title_es),
            summary: row::localized(row.summary_en, row.summary_es),
            wording: (!wording.is_empty()).then_some(wording),
            made_on: row::parsed("made_on", &row.made_on)?,
            meeting: meeting.map(|meeting| row::slug(&meeting.slug)).transpose()?,
            parties,
            topics: topics?,
            due_on: row::due(row.due_on.as_deref(), row.due_words_en, row.due_words_es)?,
            quantity: row.quantity_value.map(|value| Quantity { value, unit }),
        })
    }

    fn variants(&mut self, id: Uuid) -> Result<Vec<At<Variant>>, StoreError> {
        let mut variants = Vec::new();
        for row in self.variants.remove(&id).unwrap_or_default() {
            // A variant is as public as its source.
            let Some(cited) = self.cited.take(row.id).pop() else { continue };
            let Some(value) = row::due(row.value_on.as_deref(), row.value_en, row.value_es)? else { continue };
            let what = Variant { field: row::parsed("field", &row.field)?, value, taken: row.taken, citation: cited.what };
            variants.push(At { recorded_at: cited.recorded_at, what });
        }
        Ok(variants)
    }

    fn history(&mut self, id: Uuid) -> Result<Vec<At<StatusChange>>, StoreError> {
        let mut rows = self.changes.remove(&id).unwrap_or_default();
        rows.retain(|row| row.recorded_at.is_some());
        let places: HashMap<Uuid, usize> = rows.iter().enumerate().map(|(place, row)| (row.id, place)).collect();
        let mut history = Vec::with_capacity(rows.len());
        for row in rows {
            let party = row.party_id.map(|party| self.slug(party)).transpose()?;
            history.extend(change_of(row, party, &places, &mut self.cited)?);
        }
        Ok(history)
    }
}

fn change_of(
    row: status_change::Model,
    party: Option<Slug>,
    places: &HashMap<Uuid, usize>,
    cited: &mut Cited,
) -> Result<Option<At<StatusChange>>, StoreError> {
    let Some(recorded_at) = row.recorded_at else { return Ok(None) };
    let text = |en, es| Some(row::localized(en, es)).filter(|text| !text.is_empty());
    let what = StatusChange {
        party,
        status: row::parsed("status", &row.status)?,
        effective_on: row::parsed("effective_on", &row.effective_on)?,
        rationale: row::localized(row.rationale_en, row.rationale_es),
        confidence: row::parsed_if("confidence", row.confidence.as_deref())?,
        searched: text(row.searched_en, row.searched_es),
        override_reason: text(row.override_reason_en, row.override_reason_es),
        replaces: row.replaces_id.and_then(|id| places.get(&id).copied()),
        reason: text(row.reason_en, row.reason_es),
        citations: cited.take(row.id).into_iter().map(|at| at.what).collect(),
    };
    Ok(Some(At { recorded_at, what }))
}

fn correction_of(row: pledge_correction::Model) -> Result<At<Correction>, StoreError> {
    let (before, after) = (fields(&row.before)?, fields(&row.after)?);
    let reason = row::localized(row.reason_en, row.reason_es);
    Ok(At { recorded_at: row.recorded_at, what: Correction { before, after, reason } })
}

fn former_of(row: &former_slug::Model) -> Result<At<Former>, StoreError> {
    Ok(At { recorded_at: row.recorded_at, what: Former { id: row::slug(&row.slug)? } })
}

/// Spans by when they were known, which are in order.
fn folds_of(rows: Vec<status_span::Model>) -> Result<Vec<Fold>, StoreError> {
    let mut folds: Vec<Fold> = Vec::new();
    for row in rows {
        let known_from = row.known_from;
        let span: Span = row.try_into()?;
        match folds.last_mut() {
            Some(last) if last.known_from == known_from => last.spans.push(span),
            _ => folds.push(Fold { known_from, spans: vec![span] }),
        }
    }
    Ok(folds)
}

/// The published citations of some claims, and the names of their sources.
#[derive(Default)]
struct Cited {
    by_claim: HashMap<Uuid, Vec<At<Citation>>>,
    sources: HashMap<Uuid, Slug>,
}

impl Cited {
    async fn read(&mut self, db: &impl ConnectionTrait, claim: citation::Column, claims: &[Uuid]) -> Result<(), StoreError> {
        for claims in claims.chunks(AT_ONCE * 8) {
            let rows = citation::Entity::find()
                .filter(claim.is_in(claims.iter().copied()))
                .filter(citation::Column::RecordedAt.is_not_null())
                .order_by_asc(citation::Column::Position)
                .all(db)
                .await?;
            let mut unknown: Vec<Uuid> =
                rows.iter().map(|row| row.source_id).filter(|id| !self.sources.contains_key(id)).collect();
            unknown.sort_unstable();
            unknown.dedup();
            for ids in unknown.chunks(AT_ONCE) {
                for source in source::Entity::find().filter(source::Column::Id.is_in(ids.iter().copied())).all(db).await? {
                    self.sources.insert(source.id, row::slug(&source.slug)?);
                }
            }
            for row in rows {
                let claim = row.pledge_id.or(row.variant_id).or(row.status_change_id);
                let (Some(claim), Some(recorded_at)) = (claim, row.recorded_at) else { continue };
                let source = self.sources.get(&row.source_id).cloned();
                let source = source.ok_or(StoreError::NoSuch { what: "source", name: row.source_id.to_string() })?;
                let what = Citation {
                    source,
                    stance: row::parsed("stance", &row.stance)?,
                    authority: row::parsed_if("authority", row.authority.as_deref())?,
                    quote: row.quote,
                    locator: row.locator,
                    language: row.language,
                };
                self.by_claim.entry(claim).or_default().push(At { recorded_at, what });
            }
        }
        Ok(())
    }

    fn take(&mut self, claim: Uuid) -> Vec<At<Citation>> {
        self.by_claim.remove(&claim).unwrap_or_default()
    }
}
