//! Everything public that has a page of its own, in the order of its names, with when it last changed.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::Slug;
use sea_orm::{
    ColumnTrait, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, RelationTrait, Select,
    prelude::{DateTimeUtc, Expr, Uuid},
    sea_query::{ExprTrait, SelectStatement},
};

use crate::{
    Store, StoreError,
    entity::{citation, meeting, party, pledge, pledge_party, pledge_topic, source, status_change, topic},
    row,
};

/// A part of the site whose pages are of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The parties.
    Parties,
    /// The meetings.
    Meetings,
    /// The topics.
    Topics,
    /// The sources.
    Sources,
    /// The pledges.
    Pledges,
}

/// A page of a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its name in URLs.
    pub slug: Slug,
    /// When the record last said something new on it; `None` where no time was recorded.
    pub changed_at: Option<DateTime<Utc>>,
}

impl Store {
    /// How many pages a section has.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn count_addresses(&self, section: Section) -> Result<u64, StoreError> {
        Ok(match section {
            Section::Parties => public_parties().count(&self.db).await?,
            Section::Meetings => public_meetings().count(&self.db).await?,
            Section::Topics => public_topics().count(&self.db).await?,
            Section::Sources => public_sources().count(&self.db).await?,
            // Each has had a number since it was published; the index of these is shorter than the rows.
            Section::Pledges => pledge::Entity::find().filter(pledge::Column::Number.is_not_null()).count(&self.db).await?,
        })
    }

    /// The pages of a section in the order of their names, at most `limit` of them: those behind `after`, without the first
    /// `skip` of these.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn addresses(
        &self,
        section: Section,
        after: Option<&Slug>,
        skip: u64,
        limit: u64,
    ) -> Result<Vec<Address>, StoreError> {
        macro_rules! piece {
            ($public:expr, $table:ident) => {{
                let mut select = $public.select_only().column($table::Column::Id).column($table::Column::Slug);
                if let Some(after) = after {
                    select = select.filter($table::Column::Slug.gt(after.as_str()));
                }
                select.order_by_asc($table::Column::Slug).offset(skip).limit(limit).into_tuple().all(&self.db).await?
            }};
        }
        let rows: Vec<(Uuid, String)> = match section {
            Section::Parties => piece!(public_parties(), party),
            Section::Meetings => piece!(public_meetings(), meeting),
            Section::Topics => piece!(public_topics(), topic),
            Section::Sources => piece!(public_sources(), source),
            Section::Pledges => piece!(public_pledges(), pledge),
        };
        let changed: HashMap<Uuid, DateTime<Utc>> = match section {
            Section::Parties | Section::Meetings | Section::Topics => {
                let held = self.newest_index().await?;
                let index = held.read();
                let changed = index.last_changed(section);
                return rows.into_iter().map(|(_, slug)| named(&slug, |slug| changed.get(slug).copied())).collect();
            }
            Section::Sources => {
                let newest = citation::Entity::find()
                    .select_only()
                    .column(citation::Column::SourceId)
                    .column_as(citation::Column::RecordedAt.max(), "newest")
                    .filter(citation::Column::RecordedAt.is_not_null())
                    .filter(citation::Column::SourceId.is_in(rows.iter().map(|(id, _)| *id)))
                    .group_by(citation::Column::SourceId);
                newest.into_tuple().all(&self.db).await?.into_iter().collect()
            }
            Section::Pledges => {
                let newest = status_change::Entity::find()
                    .select_only()
                    .column(status_change::Column::PledgeId)
                    .column_as(status_change::Column::RecordedAt.max(), "newest")
                    .filter(status_change::Column::RecordedAt.is_not_null())
                    .filter(status_change::Column::PledgeId.is_in(rows.iter().map(|(id, _)| *id)))
                    .group_by(status_change::Column::PledgeId);
                newest.into_tuple::<(Uuid, DateTimeUtc)>().all(&self.db).await?.into_iter().collect()
            }
        };
        rows.into_iter().map(|(id, slug)| named(&slug, |_| changed.get(&id).copied())).collect()
    }
}

fn named(slug: &str, changed_at: impl FnOnce(&Slug) -> Option<DateTime<Utc>>) -> Result<Address, StoreError> {
    let slug = row::slug(slug)?;
    Ok(Address { changed_at: changed_at(&slug), slug })
}

fn public_pledges() -> Select<pledge::Entity> {
    pledge::Entity::find().filter(pledge::Column::RecordedAt.is_not_null())
}

fn public_meetings() -> Select<meeting::Entity> {
    let of_meeting = public_pledges().select_only().column(pledge::Column::Id);
    let of_meeting = of_meeting.filter(here(pledge::Column::MeetingId, meeting::Column::Id));
    meeting::Entity::find().filter(Expr::exists(of_meeting.into_query()))
}

fn public_parties() -> Select<party::Entity> {
    let of_party = pledge_party::Entity::find().select_only().column(pledge_party::Column::PartyId);
    let of_party = of_party.filter(here(pledge_party::Column::PartyId, party::Column::Id));
    party::Entity::find().filter(Expr::exists(of_public(of_party, pledge_party::Relation::Pledge.def())))
}

fn public_topics() -> Select<topic::Entity> {
    let of_topic = pledge_topic::Entity::find().select_only().column(pledge_topic::Column::TopicId);
    let of_topic = of_topic.filter(here(pledge_topic::Column::TopicId, topic::Column::Id));
    topic::Entity::find().filter(Expr::exists(of_public(of_topic, pledge_topic::Relation::Pledge.def())))
}

/// A source is public as soon as something published rests on it.
fn public_sources() -> Select<source::Entity> {
    let cited = citation::Entity::find()
        .select_only()
        .column(citation::Column::SourceId)
        .filter(here(citation::Column::SourceId, source::Column::Id))
        .filter(citation::Column::RecordedAt.is_not_null());
    source::Entity::find().filter(Expr::exists(cited.into_query()))
}

/// That a row of a link table leads here: asked of each page that is told, and not of all there are.
fn here<L: ColumnTrait, H: ColumnTrait>(link: L, here: H) -> Expr {
    Expr::col(link.as_column_ref()).equals(here.as_column_ref())
}

/// The part of a link table that belongs to published pledges.
fn of_public<E: EntityTrait>(links: Select<E>, to_pledge: sea_orm::RelationDef) -> SelectStatement {
    links.join(JoinType::InnerJoin, to_pledge).filter(pledge::Column::RecordedAt.is_not_null()).into_query()
}
