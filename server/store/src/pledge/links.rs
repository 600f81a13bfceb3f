//! What pledges are linked with: their parties and their topics, which one question tells.

use std::collections::HashMap;

use domain::Role;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, JoinType, Order, QueryFilter, QuerySelect, QueryTrait,
    RelationTrait,
    prelude::{Expr, Uuid},
    sea_query::UnionType,
};

use crate::{
    Named, StoreError,
    entity::{party, pledge, pledge_party, pledge_topic, topic},
    row,
};

/// The parties and topics of a pledge, in order.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// With their roles and ids.
    pub parties: Vec<(Named, Role, Uuid)>,
    pub topics: Vec<Named>,
    /// The publication that has said last what they are.
    pub revision: i64,
}

#[derive(FromQueryResult)]
struct Link {
    pledge_id: Uuid,
    revision: i64,
    /// Topics have none.
    role: Option<String>,
    id: Uuid,
    slug: String,
    name_en: Option<String>,
    name_es: Option<String>,
}

/// Those of some pledges.
pub(super) async fn links_of(db: &impl ConnectionTrait, pledges: &[Uuid]) -> Result<HashMap<Uuid, Links>, StoreError> {
    let parties = pledge_party::Entity::find()
        .select_only()
        .columns([pledge_party::Column::PledgeId, pledge_party::Column::Position, pledge_party::Column::Role])
        .columns([party::Column::Id, party::Column::Slug, party::Column::NameEn, party::Column::NameEs])
        .column(pledge::Column::Revision)
        .join(JoinType::InnerJoin, pledge_party::Relation::Party.def())
        .join(JoinType::InnerJoin, pledge_party::Relation::Pledge.def())
        .filter(pledge_party::Column::PledgeId.is_in(pledges.iter().copied()));
    let topics = pledge_topic::Entity::find()
        .select_only()
        .columns([pledge_topic::Column::PledgeId, pledge_topic::Column::Position])
        .expr_as(Expr::val(None::<String>), "role")
        .columns([topic::Column::Id, topic::Column::Slug, topic::Column::NameEn, topic::Column::NameEs])
        .column(pledge::Column::Revision)
        .join(JoinType::InnerJoin, pledge_topic::Relation::Topic.def())
        .join(JoinType::InnerJoin, pledge_topic::Relation::Pledge.def())
        .filter(pledge_topic::Column::PledgeId.is_in(pledges.iter().copied()));
    let mut both = parties.into_query();
    both.union(UnionType::All, topics.into_query()).order_by("position", Order::Asc);
    let mut links: HashMap<Uuid, Links> = HashMap::new();
    for row in db.query_all(&both).await? {
        let Link { pledge_id, revision, role, id, slug, name_en, name_es } = Link::from_query_result(&row, "")?;
        let named = Named { slug: row::slug(&slug)?, name: row::localized(name_en, name_es) };
        let links = links.entry(pledge_id).or_default();
        links.revision = revision;
        match role {
            Some(role) => links.parties.push((named, row::parsed("role", &role)?, id)),
            None => links.topics.push(named),
        }
    }
    Ok(links)
}
