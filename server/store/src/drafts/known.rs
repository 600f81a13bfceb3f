//! What a draft amounts to: read by the rules of the domain, against what the record knows.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    DraftKind, Fields, Moment, Pledge, Slug,
    desk_form::{self, Known, Proposal},
    pledge::StatusChange,
    text::slug_of,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::Draft;
use crate::{
    MeetingDossier, Named, PartyDossier, Store, StoreError,
    entity::{former_slug, meeting, party, pledge, source, topic},
    row,
};

impl Store {
    /// What the record knows that a form may name: to be offered while somebody types, and to read what they typed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn known(&self, fields: &Fields, published: Option<&Pledge>) -> Result<Known, StoreError> {
        known(self, &self.db, fields, published).await
    }

    /// What a draft amounts to; the inner error has what is wrong with it.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with what is wrong, field by field.
    pub async fn proposal(&self, draft: &Draft, now: DateTime<Utc>) -> Result<Proposal, StoreError> {
        let published = match &draft.pledge {
            Some(slug) if draft.kind != DraftKind::Pledge => self.published(slug, now).await?,
            _ => None,
        };
        read(self, &self.db, draft.kind, &draft.fields, published.as_ref(), now).await
    }

    /// A published pledge as the record file would have it now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn published(&self, slug: &Slug, now: DateTime<Utc>) -> Result<Option<Pledge>, StoreError> {
        Ok(self.pledge(slug, Moment::now(now)).await?.map(|dossier| dossier.as_recorded()))
    }
}

/// Reads a draft. What can't be read is told field by field.
pub(super) async fn read(
    store: &Store,
    db: &impl ConnectionTrait,
    kind: DraftKind,
    fields: &Fields,
    published: Option<&Pledge>,
    now: DateTime<Utc>,
) -> Result<Proposal, StoreError> {
    let known = known(store, db, fields, published).await?;
    let today = now.date_naive();
    let gone = || StoreError::NoSuch { what: "pledge", name: String::new() };
    Ok(match kind {
        DraftKind::Pledge => desk_form::new_pledge(fields, &known, today)?,
        DraftKind::Edit => desk_form::edited_pledge(fields, published.ok_or_else(gone)?, &known, today)?,
        DraftKind::StatusChange => desk_form::status_change(fields, published.ok_or_else(gone)?, &known, today)?,
        DraftKind::Withdrawal => desk_form::withdrawal(fields, published.ok_or_else(gone)?, &known, today)?,
    })
}

async fn known(
    store: &Store,
    db: &impl ConnectionTrait,
    fields: &Fields,
    published: Option<&Pledge>,
) -> Result<Known, StoreError> {
    let addresses: BTreeSet<&str> =
        fields.iter().filter(|(name, _)| name.ends_with("source.url")).map(|(_, url)| url.trim()).collect();
    let slugs: Vec<(String,)> = source::Entity::find()
        .select_only()
        .column(source::Column::Slug)
        .filter(source::Column::Url.is_in(addresses))
        .into_tuple()
        .all(db)
        .await?;
    let mut sources: BTreeSet<Slug> = slugs.iter().map(|(slug,)| row::slug(slug)).collect::<Result<_, _>>()?;
    let named = |name: &str| ["source.id", "original.id", ".translation_of"].iter().any(|end| name.ends_with(end));
    let ids = fields.iter().filter(|(name, _)| named(name));
    sources.extend(ids.filter_map(|(_, id)| id.parse().ok()));
    if let Some(published) = published {
        let cited = published.citations.iter().chain(published.variants.iter().map(|variant| &variant.citation));
        let cited = cited.chain(published.history.iter().flat_map(|change: &StatusChange| &change.citations));
        sources.extend(cited.map(|citation| citation.source.clone()));
    }
    let sources: Vec<Slug> = sources.into_iter().collect();
    Ok(Known {
        sources: store.sources_named(&sources).await?,
        parties: party::Entity::find()
            .all(db)
            .await?
            .into_iter()
            .map(as_recorded::<_, PartyDossier, _>)
            .collect::<Result<_, _>>()?,
        meetings: meeting::Entity::find()
            .all(db)
            .await?
            .into_iter()
            .map(as_recorded::<_, MeetingDossier, _>)
            .collect::<Result<_, _>>()?,
        topics: topic::Entity::find().all(db).await?.into_iter().map(as_recorded::<_, Named, _>).collect::<Result<_, _>>()?,
        pledges: taken_names(db, fields, published).await?,
    })
}

/// A row as the record file has it.
fn as_recorded<R, D: TryFrom<R, Error = StoreError>, T: From<D>>(row: R) -> Result<T, StoreError> {
    Ok(D::try_from(row)?.into())
}

/// The names that pledges have or had, of those that begin like the one that the form would take.
async fn taken_names(
    db: &impl ConnectionTrait,
    fields: &Fields,
    published: Option<&Pledge>,
) -> Result<HashSet<Slug>, StoreError> {
    let typed = fields.get("id").trim();
    let base = if typed.is_empty() {
        [fields.get("title.en"), fields.get("title.es")]
            .into_iter()
            .find_map(slug_of)
            .map_or("pledge".to_owned(), |slug| slug.to_string())
    } else {
        // What is no name is nobody's; and it may be longer than databases compare.
        let Ok(slug) = typed.parse::<Slug>() else { return Ok(HashSet::new()) };
        slug.to_string()
    };
    let mut taken: Vec<String> = pledge::Entity::find()
        .select_only()
        .column(pledge::Column::Slug)
        .filter(pledge::Column::Slug.starts_with(&base))
        .into_tuple()
        .all(db)
        .await?;
    let former: Vec<String> = former_slug::Entity::find()
        .select_only()
        .column(former_slug::Column::Slug)
        .filter(former_slug::Column::Slug.starts_with(&base))
        .into_tuple()
        .all(db)
        .await?;
    taken.extend(former);
    let own = published.map(|published| published.id.as_str());
    taken.iter().filter(|slug| Some(slug.as_str()) != own).map(|slug| row::slug(slug)).collect()
}
