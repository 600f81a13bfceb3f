//! Sources, parties, meetings and topics as a record file has them, for those that an export has named.
//!
//! Only names that stand in public pledges may be asked for here: what is given back is given to everybody.

use std::collections::HashMap;

use domain::{Party, Slug, Source, meeting::Meeting, source::SourceUrl, topic::Topic};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use crate::{
    MeetingDossier, Named, PartyDossier, SourceRow, Store, StoreError,
    entity::{meeting, party, source, topic},
};

/// How many names are asked for at once, so that no statement has more parameters than SQLite takes.
const AT_ONCE: usize = 500;

/// The rows of a table that have one of some names, in the order of their names.
macro_rules! named {
    ($table:ident, $names:expr, $db:expr) => {{
        let mut names: Vec<&str> = $names.iter().map(Slug::as_str).collect();
        names.sort_unstable();
        let mut rows = Vec::with_capacity(names.len());
        for names in names.chunks(AT_ONCE) {
            let found = $table::Entity::find()
                .filter($table::Column::Slug.is_in(names.iter().copied()))
                .order_by_asc($table::Column::Slug)
                .all($db)
                .await?;
            rows.extend(found);
        }
        rows
    }};
}

/// The sources of some names, as [`Store::sources_named`] gives them.
pub(crate) async fn sources_named(db: &impl ConnectionTrait, names: &[Slug]) -> Result<Vec<Source>, StoreError> {
    let rows = named!(source, names, db);
    let mut originals: Vec<Uuid> = rows.iter().filter_map(|row| row.translation_of).collect();
    originals.sort_unstable();
    originals.dedup();
    let mut original_names: HashMap<Uuid, Slug> = HashMap::with_capacity(originals.len());
    for ids in originals.chunks(AT_ONCE) {
        let found: Vec<(Uuid, String)> = source::Entity::find()
            .select_only()
            .columns([source::Column::Id, source::Column::Slug])
            .filter(source::Column::Id.is_in(ids.iter().copied()))
            .into_tuple()
            .all(db)
            .await?;
        for (id, slug) in found {
            original_names.insert(id, crate::row::slug(&slug)?);
        }
    }
    rows.into_iter()
        .map(|row| {
            let translation_of = row.translation_of.and_then(|id| original_names.get(&id).cloned());
            let SourceRow { id, url, title, publisher, language, published_on, kind, archive_url } = row.try_into()?;
            let address =
                |column, url: String| SourceUrl::parse(&url).map_err(|_| StoreError::NotUnderstood { column, value: url });
            let url = address("url", url)?;
            let archive_url = archive_url.map(|url| address("archive_url", url)).transpose()?;
            Ok(Source { id, url, title, publisher, language, published_on, kind, translation_of, archive_url })
        })
        .collect()
}

/// The parties of some names.
pub(crate) async fn parties_named(db: &impl ConnectionTrait, names: &[Slug]) -> Result<Vec<Party>, StoreError> {
    let rows = named!(party, names, db);
    rows.into_iter().map(|row| Ok(PartyDossier::try_from(row)?.into())).collect()
}

/// The meetings of some names.
pub(crate) async fn meetings_named(db: &impl ConnectionTrait, names: &[Slug]) -> Result<Vec<Meeting>, StoreError> {
    let rows = named!(meeting, names, db);
    rows.into_iter().map(|row| Ok(MeetingDossier::try_from(row)?.into())).collect()
}

/// The topics of some names.
pub(crate) async fn topics_named(db: &impl ConnectionTrait, names: &[Slug]) -> Result<Vec<Topic>, StoreError> {
    let rows = named!(topic, names, db);
    rows.into_iter().map(|row| Ok(Named::try_from(row)?.into())).collect()
}

impl Store {
    /// The sources of some names. A translation names its original, which may not be among them.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn sources_named(&self, names: &[Slug]) -> Result<Vec<Source>, StoreError> {
        sources_named(&self.db, names).await
    }

    /// The parties of some names.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn parties_named(&self, names: &[Slug]) -> Result<Vec<Party>, StoreError> {
        parties_named(&self.db, names).await
    }

    /// The meetings of some names.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn meetings_named(&self, names: &[Slug]) -> Result<Vec<Meeting>, StoreError> {
        meetings_named(&self.db, names).await
    }

    /// The topics of some names.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn topics_named(&self, names: &[Slug]) -> Result<Vec<Topic>, StoreError> {
        topics_named(&self.db, names).await
    }
}
