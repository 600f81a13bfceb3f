//! What the record has of that which an import speaks of, read for many pledges at once.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::{
    Moment, Slug,
    import::{Asked, Known},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, prelude::Uuid};

use super::Stage;
use crate::{
    Store, StoreError,
    entity::{former_slug, pledge, source},
    pledge::dossiers_of,
    row,
};

/// How many names are asked for at once.
const AT_ONCE: usize = 200;

/// What an import is compared with.
#[derive(Debug, Default)]
pub(super) struct Compared {
    pub(super) known: Known,
    /// Where the published pledges are stored: their ids and revisions.
    pub(super) stored: HashMap<Slug, (Uuid, i64)>,
}

impl Store {
    /// Reads what an import must be compared with.
    pub(super) async fn compared(
        &self,
        mut asked: Asked,
        now: DateTime<Utc>,
        progress: &(dyn Fn(Stage, usize, usize) + Send + Sync),
    ) -> Result<Compared, StoreError> {
        let mut compared = Compared::default();
        let names: Vec<Slug> = asked.pledges.iter().cloned().collect();
        for (piece, names) in names.chunks(AT_ONCE).enumerate() {
            progress(Stage::Comparing, piece * AT_ONCE, asked.pledges.len());
            self.pledges_named(names, now, &mut compared).await?;
        }
        compared.known.pledges.values().for_each(|pledge| asked.of_pledge(pledge));
        let addresses: Vec<&String> = asked.addresses.iter().collect();
        for addresses in addresses.chunks(AT_ONCE) {
            let found: Vec<String> = source::Entity::find()
                .select_only()
                .column(source::Column::Slug)
                .filter(source::Column::Url.is_in(addresses.iter().map(|address| address.as_str())))
                .into_tuple()
                .all(&self.db)
                .await?;
            asked.sources.extend(found.iter().map(|slug| row::slug(slug)).collect::<Result<Vec<_>, _>>()?);
        }
        let listed = |names: std::collections::BTreeSet<Slug>| names.into_iter().collect::<Vec<_>>();
        let known = &mut compared.known;
        known.sources = by_name(self.sources_named(&listed(asked.sources)).await?, |source| &source.id);
        known.parties = by_name(self.parties_named(&listed(asked.parties)).await?, |party| &party.id);
        known.meetings = by_name(self.meetings_named(&listed(asked.meetings)).await?, |meeting| &meeting.id);
        known.topics = by_name(self.topics_named(&listed(asked.topics)).await?, |topic| &topic.id);
        Ok(compared)
    }

    async fn pledges_named(&self, names: &[Slug], now: DateTime<Utc>, compared: &mut Compared) -> Result<(), StoreError> {
        let slugs = || names.iter().map(Slug::as_str);
        let rows: Vec<(Uuid, String, i64, Option<DateTime<Utc>>)> = pledge::Entity::find()
            .select_only()
            .columns([pledge::Column::Id, pledge::Column::Slug, pledge::Column::Revision, pledge::Column::RecordedAt])
            .filter(pledge::Column::Slug.is_in(slugs()))
            .into_tuple()
            .all(&self.db)
            .await?;
        let mut public = Vec::with_capacity(rows.len());
        for (id, slug, revision, recorded_at) in rows {
            let slug = row::slug(&slug)?;
            if recorded_at.is_some() {
                public.push(id);
                compared.stored.insert(slug, (id, revision));
            } else {
                compared.known.taken.insert(slug);
            }
        }
        let former: Vec<String> = former_slug::Entity::find()
            .select_only()
            .column(former_slug::Column::Slug)
            .filter(former_slug::Column::Slug.is_in(slugs()))
            .into_tuple()
            .all(&self.db)
            .await?;
        compared.known.taken.extend(former.iter().map(|slug| row::slug(slug)).collect::<Result<Vec<_>, _>>()?);
        for dossier in dossiers_of(&self.db, &public, Moment::now(now)).await? {
            compared.known.pledges.insert(dossier.slug.clone(), dossier.as_recorded());
        }
        Ok(())
    }
}

fn by_name<T>(things: Vec<T>, name: impl Fn(&T) -> &Slug) -> BTreeMap<Slug, T> {
    things.into_iter().map(|thing| (name(&thing).clone(), thing)).collect()
}
