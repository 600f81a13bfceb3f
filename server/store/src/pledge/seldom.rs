//! What one question tells of a pledge: its row, and which of what few pledges have need not be read.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Slug;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, FromQueryResult, IdenStatic, QueryFilter, QuerySelect, QueryTrait,
    Select, SelectA, SelectB,
    prelude::{Expr, Uuid},
};

use super::revisions::{PledgeCorrection, Unreviewed, checks_of, revisions_of, unreviewed_of};
use crate::{
    StoreError,
    entity::{meeting, pledge, pledge_check, pledge_correction, pledge_variant, unreviewed},
    log::entry_of_pledge,
};

/// Which of it some pledges may have.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seldom {
    /// Sources differ on it.
    pub varied: bool,
    corrected: bool,
    unreviewed: bool,
    checked: Checked,
}

/// The row of a pledge with that of its meeting.
pub(super) type Row = (pledge::Model, Option<meeting::Model>);

/// What one question tells of a pledge.
pub(super) struct Found {
    pub row: Row,
    pub seldom: Seldom,
    /// The entry of the log that its page rests on.
    pub entry: Option<u64>,
}

/// What is known of when somebody last looked at some pledges and found nothing new.
#[derive(Clone, Copy, Debug)]
enum Checked {
    /// Nothing.
    Unasked,
    /// Of the only one, when that was, by the time that was asked for.
    Last(Option<DateTime<Utc>>),
}

/// What they have of it, all but variants and corrections, by the pledge.
#[derive(Debug, Default)]
pub(super) struct SeldomRows {
    pub unreviewed: HashMap<Uuid, Vec<Unreviewed>>,
    pub checks: HashMap<Uuid, NaiveDate>,
}

impl Seldom {
    /// All of it may be there.
    pub const ANY: Self = Self { varied: true, corrected: true, unreviewed: true, checked: Checked::Unasked };

    /// Reads what was corrected in some pledges, once their rows are there: a correction that is in a row must be known.
    pub async fn corrections(
        self,
        db: &impl ConnectionTrait,
        pledges: &[Uuid],
    ) -> Result<HashMap<Uuid, Vec<PledgeCorrection>>, StoreError> {
        if self.corrected { revisions_of(db, pledges).await } else { Ok(HashMap::new()) }
    }

    /// Reads what some pledges have of the rest, published by a time; the variants are left to others.
    pub async fn read(
        self,
        db: &impl ConnectionTrait,
        pledges: &[Uuid],
        known_at: DateTime<Utc>,
    ) -> Result<SeldomRows, StoreError> {
        let mut rows = SeldomRows::default();
        if self.unreviewed {
            rows.unreviewed = unreviewed_of(db, pledges, known_at).await?;
        }
        rows.checks = match self.checked {
            Checked::Unasked => checks_of(db, pledges, known_at).await?,
            Checked::Last(last) => pledges.first().copied().zip(last.map(|at| at.date_naive())).into_iter().collect(),
        };
        Ok(rows)
    }
}

/// Finds a pledge as it was by a time; `None` if none of this name was public then. Its row and whether it was corrected are read together:
/// a correction that is in the row must be known, or it could not be taken back.
pub(super) async fn found(db: &impl ConnectionTrait, slug: &Slug, known_at: DateTime<Utc>) -> Result<Option<Found>, StoreError> {
    fn own<E: EntityTrait>(rows: Select<E>, of: impl ColumnTrait) -> Select<E> {
        rows.select_only().filter(of.into_expr().eq(Expr::col((pledge::Entity, pledge::Column::Id))))
    }
    fn any<E: EntityTrait>(rows: Select<E>, of: impl ColumnTrait) -> Expr {
        Expr::exists(own(rows, of).expr(Expr::val(1)).into_query())
    }
    let checks = pledge_check::Entity::find().filter(pledge_check::Column::RecordedAt.lte(known_at));
    let last_check = own(checks, pledge_check::Column::PledgeId).expr(pledge_check::Column::RecordedAt.max());
    let mut select = pledge::Entity::find()
        .find_also_related(meeting::Entity)
        .filter(pledge::Column::Slug.eq(slug.as_str()))
        .filter(pledge::Column::RecordedAt.lte(known_at))
        .into_query();
    select
        .expr_as(any(pledge_variant::Entity::find(), pledge_variant::Column::PledgeId), "varied")
        .expr_as(any(pledge_correction::Entity::find(), pledge_correction::Column::PledgeId), "corrected")
        .expr_as(any(unreviewed::Entity::find(), unreviewed::Column::PledgeId), "unreviewed")
        .expr_as(Expr::from(last_check.into_query()), "last_check")
        .expr_as(Expr::from(entry_of_pledge(known_at)), "entry");
    let Some(found) = db.query_one(&select).await? else { return Ok(None) };
    let row = (
        pledge::Model::from_query_result(&found, SelectA.as_str())?,
        meeting::Model::from_query_result_optional(&found, SelectB.as_str())?,
    );
    let seldom = Seldom {
        varied: found.try_get("", "varied")?,
        corrected: found.try_get("", "corrected")?,
        unreviewed: found.try_get("", "unreviewed")?,
        checked: Checked::Last(found.try_get("", "last_check")?),
    };
    let entry: Option<i64> = found.try_get("", "entry")?;
    Ok(Some(Found { row, seldom, entry: entry.map(i64::cast_unsigned) }))
}
