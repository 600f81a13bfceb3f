//! Where an archive keeps a source: the one thing of a published source that may be said later, for links die later.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{Act, FieldErrors, Record, Slug, source::SourceUrl};
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    prelude::{Expr, Uuid},
};

use crate::{
    Editor, Store, StoreError,
    audit::{self, Subject},
    entity::source,
    revision::{self, Publication},
};

/// The field of a form in which it is typed.
const FIELD: &str = "archive_url";

/// Notes the archives that a record has of sources that are known and have none; gives their names.
pub(crate) async fn add(db: &DatabaseTransaction, record: &Record) -> Result<Vec<Slug>, StoreError> {
    let mut added = Vec::new();
    for (id, url) in record.sources.iter().filter_map(|source| Some((&source.id, source.archive_url.as_ref()?))) {
        let known = source::Entity::find()
            .filter(source::Column::Slug.eq(id.as_str()))
            .filter(source::Column::ArchiveUrl.is_null())
            .one(db)
            .await?;
        if let Some(known) = known {
            set(db, known.id, Some(url)).await?;
            added.push(id.clone());
        }
    }
    Ok(added)
}

async fn set(db: &impl ConnectionTrait, id: Uuid, url: Option<&SourceUrl>) -> Result<(), StoreError> {
    source::Entity::update_many()
        .col_expr(source::Column::ArchiveUrl, Expr::value(url.map(ToString::to_string)))
        .filter(source::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

impl Store {
    /// Says where an archive keeps a published source, in place of what was said before; empty, that none does. It
    /// is public at once, and a publication of its own.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::Refused`] where it is no address; [`StoreError::NoSuch`] where nothing published rests
    /// on the source.
    pub async fn say_archive(&self, editor: &Editor, id: &Slug, archive: &str, now: DateTime<Utc>) -> Result<(), StoreError> {
        editor.must(Act::ChangePublished)?;
        let now = now.trunc_subsecs(6);
        let archive = Some(archive.trim()).filter(|archive| !archive.is_empty()).map(SourceUrl::parse).transpose();
        let archive = archive.map_err(|problem| FieldErrors::one(FIELD, problem))?;
        let missing = || StoreError::NoSuch { what: "published source", name: id.to_string() };
        let db = self.begin_writing().await?;
        let state = revision::lock(&db).await?;
        let found = source::Entity::find().filter(source::Column::Slug.eq(id.as_str())).one(&db).await?.ok_or_else(missing)?;
        if !self.is_cited_in_public(found.id).await? {
            return Err(missing());
        }
        if found.archive_url.as_deref() == archive.as_ref().map(SourceUrl::as_str) {
            return Ok(());
        }
        let mut publication = Publication::begin(&db, &state, now).await?;
        set(&db, found.id, archive.as_ref()).await?;
        publication.sources.push(id.clone());
        publication.end(&db).await?;
        let detail = archive.map(|archive| archive.to_string());
        audit::note(&db, Some(editor), "source.archive", Subject("source", id.as_str()), detail, now).await?;
        db.commit().await
    }

    /// The published source of an address; `None` if nothing public rests on it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn published_source(&self, url: &str) -> Result<Option<crate::SourceRow>, StoreError> {
        let found = source::Entity::find().filter(source::Column::Url.eq(url)).one(&self.db).await?;
        match found {
            Some(found) if self.is_cited_in_public(found.id).await? => Ok(Some(found.try_into()?)),
            _ => Ok(None),
        }
    }
}
