//! Citations with the sources they name, read for many claims at once.

use std::collections::{BTreeSet, HashMap};

use domain::{Authority, Stance};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder,
    prelude::{DateTimeUtc, Uuid},
};

use crate::{
    Anchor, Misleading, SourceRow, StoreError,
    entity::{citation, source},
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

/// The citations of some claims (pledges, variants, changes), in order, by the claim: those the record had at `known_at`.
pub(crate) async fn citations_of(
    db: &impl ConnectionTrait,
    claims: &[(citation::Column, Vec<Uuid>)],
    known_at: DateTimeUtc,
) -> Result<HashMap<Uuid, Vec<Cited>>, StoreError> {
    let of_any = claims
        .iter()
        .filter(|(_, ids)| !ids.is_empty())
        .fold(Condition::any(), |any, (column, ids)| any.add(column.is_in(ids.iter().copied())));
    if of_any.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = citation::Entity::find()
        .find_also_related(source::Entity)
        .filter(of_any)
        .filter(citation::Column::RecordedAt.lte(known_at))
        .order_by_asc(citation::Column::Position)
        .all(db)
        .await?;
    let urls: BTreeSet<&str> = rows.iter().filter_map(|(_, source)| Some(source.as_ref()?.url.as_str())).collect();
    let misleading = misleading(db, urls).await?;
    let mut by_claim: HashMap<Uuid, Vec<Cited>> = HashMap::new();
    for (citation, source) in rows {
        let claim = citation.pledge_id.or(citation.variant_id).or(citation.status_change_id);
        if let (Some(claim), Some(source)) = (claim, source) {
            let misleading = misleading.get(&source.url).cloned();
            by_claim.entry(claim).or_default().push(Cited { misleading, ..Cited::new(citation, source)? });
        }
    }
    Ok(by_claim)
}
