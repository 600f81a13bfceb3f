//! What a draft amounts to: read by the rules of the domain, against what the record knows.

use std::collections::{BTreeSet, HashSet};

use chrono::{DateTime, Utc};
use domain::{
    DraftKind, FieldErrors, Fields, Moment, Pledge, Problem, Slug,
    desk_form::{self, Known, Proposal},
    pledge::StatusChange,
    text::slug_of,
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use super::Draft;
use crate::{
    MeetingDossier, Named, PartyDossier, Store, StoreError,
    entity::{former_slug, meeting, party, pledge, pledge_correction, publication, source, topic},
    export::sources_named,
    pledge::dossier,
    row,
};

impl Store {
    /// What the record knows that a form may name: to be offered while somebody types, and to read what they typed.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn known(&self, fields: &Fields, published: Option<&Pledge>) -> Result<Known, StoreError> {
        known(&self.db, fields, published).await
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
        read(&self.db, draft, published.as_ref(), now).await
    }

    /// A published pledge as the record file would have it now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn published(&self, slug: &Slug, now: DateTime<Utc>) -> Result<Option<Pledge>, StoreError> {
        published(&self.db, slug, now).await
    }

    /// The form in which a published pledge is edited, as it is filled in before anybody writes in it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn edit_form(&self, published: &Pledge) -> Result<Fields, StoreError> {
        let mut fields = desk_form::fields_of(published);
        let (_, revision) = named(&self.db, &published.id).await?.unwrap_or_default();
        fields.set(desk_form::BASE, revision.to_string());
        Ok(fields)
    }

    /// A draft's form as it is to be written on: what was published since the draft's writer read the pledge is taken in, and
    /// where both have changed a field it is told what is public now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn brought_up(&self, draft: &Draft, now: DateTime<Utc>) -> Result<(Fields, FieldErrors), StoreError> {
        let Some((slug, DraftKind::Edit)) = draft.pledge.as_ref().zip(Some(draft.kind)) else {
            return Ok((draft.fields.clone(), FieldErrors::default()));
        };
        // Before the pledge itself: what is published in between is then taken for news once more, and not overlooked.
        let (_, revision) = named(&self.db, slug).await?.unwrap_or_default();
        let Some(published) = self.published(slug, now).await? else {
            return Ok((draft.fields.clone(), FieldErrors::default()));
        };
        let (mut fields, errors) = brought_up(&self.db, draft, &published).await?;
        fields.set(desk_form::BASE, revision.to_string());
        Ok((fields, errors))
    }
}

/// A published pledge as the record file would have it at a time, as a connection or a transaction has it.
pub(super) async fn published(db: &impl ConnectionTrait, slug: &Slug, now: DateTime<Utc>) -> Result<Option<Pledge>, StoreError> {
    Ok(dossier(db, slug, Moment::now(now)).await?.map(|dossier| dossier.as_recorded()))
}

/// The id of the pledge of a name, and the revision in which it was last changed.
async fn named(db: &impl ConnectionTrait, slug: &Slug) -> Result<Option<(Uuid, i64)>, StoreError> {
    let row = pledge::Entity::find()
        .select_only()
        .columns([pledge::Column::Id, pledge::Column::Revision])
        .filter(pledge::Column::Slug.eq(slug.as_str()))
        .into_tuple()
        .one(db)
        .await?;
    Ok(row)
}

/// The fields of an edit, with the corrections taken in that were published since its writer read the pledge; with an error for
/// each field that both have changed, each to something else.
async fn brought_up(db: &impl ConnectionTrait, draft: &Draft, published: &Pledge) -> Result<(Fields, FieldErrors), StoreError> {
    let (id, _) = named(db, &published.id).await?.unwrap_or_default();
    let later = pledge_correction::Entity::find()
        .filter(pledge_correction::Column::PledgeId.eq(id))
        .filter(pledge_correction::Column::RecordedAt.gt(recorded_at(db, draft.base).await?))
        .order_by_desc(pledge_correction::Column::Position)
        .all(db)
        .await?;
    if later.is_empty() {
        return Ok((draft.fields.clone(), FieldErrors::default()));
    }
    let public = desk_form::fields_of(published);
    let mut base = public.clone();
    for correction in later {
        base.undo(&super::fields(&correction.before)?, &super::fields(&correction.after)?);
    }
    let (fields, contested) = Fields::merge(&base, &draft.fields, &public);
    let mut errors = FieldErrors::default();
    for name in contested {
        let now = public.get(&name).to_owned();
        errors.push(name, Problem::ChangedSince { now });
    }
    Ok((fields, errors))
}

/// When a revision of the record was published; of one that nobody knows, before all others.
async fn recorded_at(db: &impl ConnectionTrait, revision: i64) -> Result<DateTime<Utc>, StoreError> {
    let row = publication::Entity::find_by_id(revision).one(db).await?;
    Ok(row.map_or(DateTime::<Utc>::MIN_UTC, |row| row.recorded_at))
}

/// Reads a draft. What can't be read is told field by field.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    draft: &Draft,
    published: Option<&Pledge>,
    now: DateTime<Utc>,
) -> Result<Proposal, StoreError> {
    let today = now.date_naive();
    let gone = || StoreError::NoSuch { what: "pledge", name: draft.title.clone() };
    if draft.kind == DraftKind::Edit {
        let published = published.ok_or_else(gone)?;
        let (fields, mut errors) = brought_up(db, draft, published).await?;
        let known = known(db, &fields, Some(published)).await?;
        let read = desk_form::edited_pledge(&fields, published, &known, today);
        if errors.is_empty() {
            return Ok(read?);
        }
        for error in read.err().unwrap_or_default().iter() {
            errors.push(error.path.clone(), error.problem.clone());
        }
        errors.sort_by(desk_form::order::in_order);
        return Err(errors.into());
    }
    let fields = &draft.fields;
    let known = known(db, fields, published).await?;
    Ok(match draft.kind {
        DraftKind::Pledge | DraftKind::Edit => desk_form::new_pledge(fields, &known, today)?,
        DraftKind::StatusChange => desk_form::status_change(fields, published.ok_or_else(gone)?, &known, today)?,
        DraftKind::Withdrawal => desk_form::withdrawal(fields, published.ok_or_else(gone)?, &known, today)?,
    })
}

async fn known(db: &impl ConnectionTrait, fields: &Fields, published: Option<&Pledge>) -> Result<Known, StoreError> {
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
        sources: sources_named(db, &sources).await?,
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
