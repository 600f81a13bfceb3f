//! What a comparison pledge by pledge does not see: rows that belong to nothing that was recorded, and columns that follow from
//! others.

use std::collections::HashMap;

use domain::{FuzzyDate, history::latest_day, log::PledgeState};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    prelude::{DateTimeUtc, Uuid},
};

use super::{NotVerified, Wrong};
use crate::{
    entity::{
        citation, former_slug, log_mention, pledge, pledge_check, pledge_correction, pledge_removal, pledge_variant,
        status_change, status_span, unreviewed,
    },
    index::glance,
    log::states::AT_ONCE,
    row,
};

/// How many rows of each table belong to what was recorded.
#[derive(Debug, Default)]
pub(super) struct Rows {
    pledges: usize,
    changes: usize,
    citations: usize,
    corrections: usize,
    former: usize,
    checks: usize,
    unreviewed: usize,
    removals: usize,
    spans: usize,
}

impl Rows {
    /// Counts those of a pledge.
    pub fn add(&mut self, state: &PledgeState) {
        self.pledges += 1;
        self.changes += state.history.len();
        let of_history: usize = state.history.iter().map(|change| change.citations.len()).sum();
        self.citations += state.citations.len() + state.variants.len() + of_history;
        self.corrections += state.corrections.len();
        self.former += state.former.len();
        self.checks += state.checks.len();
        self.unreviewed += state.unreviewed.len();
        self.removals += usize::from(state.removed.is_some());
        self.spans += state.folds.iter().map(|fold| fold.spans.len()).sum::<usize>();
    }
}

/// Compares how many rows there are with how many were recorded. Drafts don't count.
pub(super) async fn count(db: &impl ConnectionTrait, rows: &Rows) -> Result<(), NotVerified> {
    let published = pledge::Entity::find()
        .filter(Condition::any().add(pledge::Column::Number.is_not_null()).add(pledge::Column::RecordedAt.is_not_null()));
    let changes = status_change::Entity::find().filter(status_change::Column::RecordedAt.is_not_null());
    let citations = citation::Entity::find().filter(citation::Column::RecordedAt.is_not_null());
    for (table, expected, found) in [
        ("pledge", rows.pledges, published.count(db).await?),
        ("status_change", rows.changes, changes.count(db).await?),
        ("citation", rows.citations, citations.count(db).await?),
        ("pledge_correction", rows.corrections, pledge_correction::Entity::find().count(db).await?),
        ("former_slug", rows.former, former_slug::Entity::find().count(db).await?),
        ("pledge_check", rows.checks, pledge_check::Entity::find().count(db).await?),
        ("unreviewed", rows.unreviewed, unreviewed::Entity::find().count(db).await?),
        ("pledge_removal", rows.removals, pledge_removal::Entity::find().count(db).await?),
        ("status_span", rows.spans, status_span::Entity::find().count(db).await?),
        ("pledge_glance", rows.pledges - rows.removals, glance::count(db).await?),
    ] {
        if found != expected as u64 {
            return Err(Wrong::new(table, "all", "published rows", expected, found).into());
        }
    }
    let astray =
        log_mention::Entity::find().inner_join(pledge::Entity).filter(pledge::Column::Number.is_null()).count(db).await?;
    if astray > 0 {
        return Err(Wrong::new("log_mention", "all", "rows of drafts", 0, astray).into());
    }
    Ok(())
}

/// Checks the columns of some pledges that follow from others: places in order, last days, and how long spans were known.
pub(super) async fn check_derived(db: &impl ConnectionTrait, ids: &[Uuid]) -> Result<(), NotVerified> {
    let rows = pledge::Entity::find().filter(pledge::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let slugs: HashMap<Uuid, &str> = rows.iter().map(|row| (row.id, row.slug.as_str())).collect();
    let name = |id: &Uuid| slugs.get(id).copied().unwrap_or_default().to_owned();
    for row in &rows {
        let last = row::parsed_if::<FuzzyDate>("due_on", row.due_on.as_deref())?.map(FuzzyDate::last_day);
        same("pledge", &row.slug, "due_last", last, row.due_last)?;
    }
    let changes = status_change::Entity::find()
        .filter(status_change::Column::PledgeId.is_in(ids.iter().copied()))
        .filter(status_change::Column::RecordedAt.is_not_null())
        .order_by_asc(status_change::Column::PledgeId)
        .order_by_asc(status_change::Column::Position)
        .all(db)
        .await?;
    for changes in changes.chunk_by(|a, b| a.pledge_id == b.pledge_id) {
        for (row, place) in changes.iter().zip(0..) {
            let of = name(&row.pledge_id);
            same("status_change", &of, &format!("history[{place}].position"), place, row.position)?;
            let effective_on = row::parsed::<FuzzyDate>("effective_on", &row.effective_on)?;
            let last = row.recorded_at.map(|recorded_at| latest_day(effective_on, recorded_at));
            same("status_change", &of, &format!("history[{place}].effective_last"), last, Some(row.effective_last))?;
        }
    }
    let corrections: Vec<(Uuid, i32)> = pledge_correction::Entity::find()
        .select_only()
        .columns([pledge_correction::Column::PledgeId, pledge_correction::Column::Position])
        .filter(pledge_correction::Column::PledgeId.is_in(ids.iter().copied()))
        .order_by_asc(pledge_correction::Column::PledgeId)
        .order_by_asc(pledge_correction::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    in_places("pledge_correction", &corrections, &name)?;
    let variants: Vec<(Uuid, i32)> = pledge_variant::Entity::find()
        .select_only()
        .columns([pledge_variant::Column::PledgeId, pledge_variant::Column::Position])
        .filter(pledge_variant::Column::PledgeId.is_in(ids.iter().copied()))
        .order_by_asc(pledge_variant::Column::PledgeId)
        .order_by_asc(pledge_variant::Column::Position)
        .into_tuple()
        .all(db)
        .await?;
    in_places("pledge_variant", &variants, &name)?;
    let spans: Vec<(Uuid, DateTimeUtc, Option<DateTimeUtc>)> = status_span::Entity::find()
        .select_only()
        .columns([status_span::Column::PledgeId, status_span::Column::KnownFrom, status_span::Column::KnownTo])
        .filter(status_span::Column::PledgeId.is_in(ids.iter().copied()))
        .order_by_asc(status_span::Column::PledgeId)
        .order_by_asc(status_span::Column::KnownFrom)
        .into_tuple()
        .all(db)
        .await?;
    for spans in spans.chunk_by(|a, b| a.0 == b.0) {
        for (id, known_from, known_to) in spans {
            let next = spans.iter().map(|(_, from, ..)| *from).find(|from| from > known_from);
            same("status_span", &name(id), "known_to", next, *known_to)?;
        }
    }
    Ok(())
}

/// Checks what is kept of each pledge at a glance.
pub(super) async fn check_glances(db: &impl ConnectionTrait, numbers: &[i64]) -> Result<(), NotVerified> {
    for numbers in numbers.chunks(AT_ONCE) {
        if let Some(unlike) = glance::compare(db, numbers).await? {
            let row = pledge::Entity::find().filter(pledge::Column::Number.eq(unlike.number)).one(db).await?;
            let slug = row.map(|row| row.slug).unwrap_or_default();
            return Err(Wrong::new("pledge_glance", slug, unlike.column, unlike.expected, unlike.found).into());
        }
    }
    Ok(())
}

/// Rows are numbered from 0 within their pledge, without a gap.
fn in_places(table: &'static str, rows: &[(Uuid, i32)], name: &impl Fn(&Uuid) -> String) -> Result<(), NotVerified> {
    for rows in rows.chunk_by(|a, b| a.0 == b.0) {
        for ((id, position), place) in rows.iter().zip(0..) {
            same(table, &name(id), "position", place, *position)?;
        }
    }
    Ok(())
}

fn same<T: PartialEq + std::fmt::Debug + Copy>(
    table: &'static str,
    name: &str,
    field: &str,
    expected: T,
    found: T,
) -> Result<(), NotVerified> {
    if expected == found {
        return Ok(());
    }
    Err(Wrong::new(table, name, field, format!("{expected:?}"), format!("{found:?}")).into())
}
