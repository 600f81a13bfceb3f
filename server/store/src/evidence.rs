//! A source with everything that rests on it.

use std::collections::HashMap;

use domain::{FuzzyDate, Localized, Moment, PledgeStatus, Slug, pledge::VariantField};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use crate::{
    Cited, SourceRow, Store, StoreError,
    entity::{citation, pledge, pledge_variant, source, status_change},
    row,
};

/// What a source is cited for, and in which words.
#[derive(Clone, Debug)]
pub struct CitedFor {
    /// The pledge.
    pub pledge: Slug,
    /// What the pledge is called.
    pub title: Localized,
    /// The status change, if it is cited for one: its place, status and date.
    pub change: Option<(i32, PledgeStatus, FuzzyDate)>,
    /// The field, if it is cited for one wording of it.
    pub variant: Option<VariantField>,
    /// The citation.
    pub cited: Cited,
}

/// Everything the page of a source says.
#[derive(Clone, Debug)]
pub struct SourceDossier {
    /// The source.
    pub source: SourceRow,
    /// The source it is a translation of.
    pub translation_of: Option<SourceRow>,
    /// Its translations.
    pub translations: Vec<SourceRow>,
    /// What it is cited for.
    pub cited_for: Vec<CitedFor>,
}

impl Store {
    /// One source and what rests on it at the moment; `None` if nothing public ever did.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn source(&self, slug: &Slug, moment: Moment) -> Result<Option<SourceDossier>, StoreError> {
        let found = source::Entity::find().filter(source::Column::Slug.eq(slug.as_str())).one(&self.db).await?;
        let Some(row) = found else { return Ok(None) };
        let cited_for = self.cited_for(&row, moment).await?;
        // A source that only drafts cite is not public, at whatever moment it is asked for.
        if cited_for.is_empty() && !self.is_cited_in_public(row.id).await? {
            return Ok(None);
        }
        let translations = source::Entity::find()
            .filter(source::Column::TranslationOf.eq(row.id))
            .order_by_asc(source::Column::Slug)
            .all(&self.db)
            .await?;
        let original = match row.translation_of {
            Some(id) => source::Entity::find_by_id(id).one(&self.db).await?,
            None => None,
        };
        Ok(Some(SourceDossier {
            source: row.try_into()?,
            translation_of: self.public(original, moment).await?.pop(),
            translations: self.public(translations, moment).await?,
            cited_for,
        }))
    }

    /// Those of some sources that something public rested on at the moment: a source that only drafts cite is a draft itself.
    pub(crate) async fn public(
        &self,
        sources: impl IntoIterator<Item = source::Model>,
        moment: Moment,
    ) -> Result<Vec<SourceRow>, StoreError> {
        let sources: Vec<source::Model> = sources.into_iter().collect();
        let cited: Vec<Uuid> = citation::Entity::find()
            .select_only()
            .column(citation::Column::SourceId)
            .distinct()
            .filter(citation::Column::SourceId.is_in(sources.iter().map(|source| source.id)))
            .filter(citation::Column::RecordedAt.lte(moment.known_at))
            .into_tuple()
            .all(&self.db)
            .await?;
        sources.into_iter().filter(|source| cited.contains(&source.id)).map(TryInto::try_into).collect()
    }

    pub(crate) async fn is_cited_in_public(&self, source: Uuid) -> Result<bool, StoreError> {
        let published = citation::Entity::find()
            .filter(citation::Column::SourceId.eq(source))
            .filter(citation::Column::RecordedAt.is_not_null())
            .one(&self.db)
            .await?;
        Ok(published.is_some())
    }

    async fn cited_for(&self, source: &source::Model, moment: Moment) -> Result<Vec<CitedFor>, StoreError> {
        let citations = citation::Entity::find()
            .filter(citation::Column::SourceId.eq(source.id))
            .filter(citation::Column::RecordedAt.lte(moment.known_at))
            .all(&self.db)
            .await?;
        let changes: HashMap<Uuid, _> = by_id(
            status_change::Entity::find()
                .filter(status_change::Column::Id.is_in(citations.iter().filter_map(|row| row.status_change_id)))
                .filter(status_change::Column::EffectiveLast.lte(moment.as_of))
                .filter(status_change::Column::RecordedAt.lte(moment.known_at))
                .all(&self.db)
                .await?,
            |row| row.id,
        );
        let variants: HashMap<Uuid, _> = by_id(
            pledge_variant::Entity::find()
                .filter(pledge_variant::Column::Id.is_in(citations.iter().filter_map(|row| row.variant_id)))
                .all(&self.db)
                .await?,
            |row| row.id,
        );
        let pledge_of = |row: &citation::Model| {
            row.pledge_id
                .or_else(|| row.status_change_id.and_then(|id| changes.get(&id)).map(|change| change.pledge_id))
                .or_else(|| row.variant_id.and_then(|id| variants.get(&id)).map(|variant| variant.pledge_id))
        };
        let pledges: HashMap<Uuid, _> = by_id(
            pledge::Entity::find()
                .filter(pledge::Column::Id.is_in(citations.iter().filter_map(pledge_of)))
                .filter(pledge::Column::RecordedAt.lte(moment.known_at))
                .all(&self.db)
                .await?,
            |row| row.id,
        );
        let titles = self.titles_then(pledges.keys().copied(), moment).await?;
        let mut cited_for = Vec::with_capacity(citations.len());
        for row in citations {
            let Some(pledge) = pledge_of(&row).and_then(|id| pledges.get(&id)) else { continue };
            let change = match row.status_change_id.and_then(|id| changes.get(&id)) {
                Some(change) => Some((
                    change.position,
                    row::parsed("status", &change.status)?,
                    row::parsed("effective_on", &change.effective_on)?,
                )),
                None => None,
            };
            let variant = match row.variant_id.and_then(|id| variants.get(&id)) {
                Some(variant) => Some(row::parsed("field", &variant.field)?),
                None => None,
            };
            let slug = row::slug(&pledge.slug)?;
            let today = || row::localized(pledge.title_en.clone(), pledge.title_es.clone());
            cited_for.push(CitedFor {
                title: titles.get(&slug).cloned().unwrap_or_else(today),
                pledge: slug,
                change,
                variant,
                cited: Cited::new(row, source.clone())?,
            });
        }
        cited_for.sort_by(|a, b| {
            let key = |cited: &CitedFor| (cited.pledge.clone(), cited.change.map(|(position, _, _)| position), cited.variant);
            key(a).cmp(&key(b))
        });
        Ok(cited_for)
    }
}

fn by_id<T>(rows: Vec<T>, id: impl Fn(&T) -> Uuid) -> HashMap<Uuid, T> {
    rows.into_iter().map(|row| (id(&row), row)).collect()
}
