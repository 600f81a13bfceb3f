//! What few pledges have: what none of those asked for has need not be read.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::Slug;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    prelude::{Expr, Uuid},
};

use super::revisions::{PledgeCorrection, Unreviewed, checks_of, revisions_of, unreviewed_of};
use crate::{
    StoreError,
    entity::{pledge, pledge_check, pledge_correction, pledge_variant, unreviewed},
};

/// Which of it some pledges may have.
#[expect(clippy::struct_excessive_bools, reason = "none says anything of another")]
#[derive(Clone, Copy, Debug)]
pub(super) struct Seldom {
    /// The revision up to which this holds.
    revision: i64,
    /// Sources differ on it.
    pub varied: bool,
    corrected: bool,
    unreviewed: bool,
    checked: bool,
}

/// What they have of it, all but variants and corrections, by the pledge.
#[derive(Debug, Default)]
pub(super) struct SeldomRows {
    pub unreviewed: HashMap<Uuid, Vec<Unreviewed>>,
    pub checks: HashMap<Uuid, NaiveDate>,
}

impl Seldom {
    /// All of it may be there.
    pub const ANY: Self = Self { revision: i64::MAX, varied: true, corrected: true, unreviewed: true, checked: true };

    /// The id of a pledge, and what it has of it; `None` if there is none of this name.
    pub async fn of(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<(Uuid, Self)>, StoreError> {
        fn any<E: EntityTrait>(rows: Select<E>, of: impl ColumnTrait) -> Expr {
            let own = Expr::col((pledge::Entity, pledge::Column::Id));
            Expr::exists(rows.select_only().expr(Expr::val(1)).filter(of.into_expr().eq(own)).into_query())
        }
        let row: Option<(Uuid, i64, bool, bool, bool, bool)> = pledge::Entity::find()
            .select_only()
            .columns([pledge::Column::Id, pledge::Column::Revision])
            .expr_as(any(pledge_variant::Entity::find(), pledge_variant::Column::PledgeId), "varied")
            .expr_as(any(pledge_correction::Entity::find(), pledge_correction::Column::PledgeId), "corrected")
            .expr_as(any(unreviewed::Entity::find(), unreviewed::Column::PledgeId), "unreviewed")
            .expr_as(any(pledge_check::Entity::find(), pledge_check::Column::PledgeId), "checked")
            .filter(pledge::Column::Slug.eq(slug.as_str()))
            .into_tuple()
            .one(db)
            .await?;
        Ok(row.map(|(id, revision, varied, corrected, unreviewed, checked)| {
            (id, Self { revision, varied, corrected, unreviewed, checked })
        }))
    }

    /// Reads what was corrected in some pledges, once their rows are there, the newest of which is of a revision: a correction that is in
    /// a row must be known, or it could not be taken back.
    pub async fn corrections(
        self,
        db: &impl ConnectionTrait,
        pledges: &[Uuid],
        newest: i64,
    ) -> Result<HashMap<Uuid, Vec<PledgeCorrection>>, StoreError> {
        if self.corrected || newest > self.revision { revisions_of(db, pledges).await } else { Ok(HashMap::new()) }
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
        if self.checked {
            rows.checks = checks_of(db, pledges, known_at).await?;
        }
        Ok(rows)
    }
}
