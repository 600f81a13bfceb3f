//! Citations with the sources they name, read for many claims at once.

use std::collections::HashMap;

use domain::{Authority, Stance};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DbBackend, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    prelude::{DateTimeUtc, Expr, Uuid},
    sea_query::{SelectStatement, extension::postgres::PgFunc},
};

use crate::{
    Anchor, Misleading, SourceRow, StoreError,
    entity::{citation, pledge_variant, source, source_link, status_change},
    link_health::misleading,
    row,
};

/// A citation and its source.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The source.
    pub source: SourceRow,
    /// The passage, word for word; `None` if nobody has quoted it yet.
    pub quote: Option<String>,
    /// Where in the source it stands.
    pub locator: Option<String>,
    /// The language of the passage.
    pub language: String,
    /// How the source stands to the claim.
    pub stance: Stance,
    /// Who speaks in it.
    pub authority: Option<Authority>,
    /// That its link leads readers astray by now, where it does.
    pub misleading: Option<Misleading>,
    /// The kept copy that has the passage, once somebody has looked for it ([`crate::Store::anchor`]).
    pub anchor: Option<Anchor>,
}

impl Cited {
    pub(crate) fn new(citation: citation::Model, source: source::Model) -> Result<Self, StoreError> {
        Ok(Self {
            source: source.try_into()?,
            stance: row::parsed("stance", &citation.stance)?,
            authority: row::parsed_if("authority", citation.authority.as_deref())?,
            quote: citation.quote,
            locator: citation.locator,
            language: citation.language,
            misleading: None,
            anchor: None,
        })
    }
}

/// The citations of some pledges, of their variants and of their changes, in order, by what they are cited for: those that the
/// record had at `known_at`.
pub(crate) async fn citations_of(
    db: &impl ConnectionTrait,
    pledges: &[Uuid],
    known_at: DateTimeUtc,
) -> Result<HashMap<Uuid, Vec<Cited>>, StoreError> {
    let variants = pledge_variant::Entity::find()
        .select_only()
        .column(pledge_variant::Column::Id)
        .filter(pledge_variant::Column::PledgeId.is_in(pledges.iter().copied()));
    let changes = status_change::Entity::find()
        .select_only()
        .column(status_change::Column::Id)
        .filter(status_change::Column::PledgeId.is_in(pledges.iter().copied()));
    let claims = Condition::any()
        .add(citation::Column::PledgeId.is_in(pledges.iter().copied()))
        .add(is_among(db, citation::Column::VariantId, variants.into_query()))
        .add(is_among(db, citation::Column::StatusChangeId, changes.into_query()));
    let rows = citation::Entity::find()
        .find_also_related(source::Entity)
        .and_also_related(source_link::Entity)
        .filter(claims)
        .filter(citation::Column::RecordedAt.lte(known_at))
        .order_by_asc(citation::Column::Position)
        .all(db)
        .await?;
    let misleading = misleading(db, rows.iter().filter_map(|(_, _, link)| link.clone()).collect()).await?;
    let mut by_claim: HashMap<Uuid, Vec<Cited>> = HashMap::new();
    for (citation, source, _) in rows {
        let claim = citation.pledge_id.or(citation.variant_id).or(citation.status_change_id);
        if let (Some(claim), Some(source)) = (claim, source) {
            let misleading = misleading.get(&source.url).cloned();
            by_claim.entry(claim).or_default().push(Cited { misleading, ..Cited::new(citation, source)? });
        }
    }
    Ok(by_claim)
}

/// Whether a column has one of the ids that are asked for, in words that let each engine look them up: PostgreSQL goes through
/// the whole table for an alternative that holds a question of its own, but not for one that holds an array.
fn is_among(db: &impl ConnectionTrait, column: citation::Column, ids: SelectStatement) -> Expr {
    match db.get_database_backend() {
        DbBackend::Postgres => column.into_expr().eq(PgFunc::any(Expr::cust_with_expr("array $1", Expr::from(ids)))),
        _ => column.in_subquery(ids),
    }
}
