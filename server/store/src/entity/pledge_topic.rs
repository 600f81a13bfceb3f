//! Rows of `pledge_topic`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pledge_topic")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pledge_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: Uuid,
    pub position: i32,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::status_span::Entity", from = "Column::PledgeId", to = "super::status_span::Column::PledgeId")]
    Span,
    #[sea_orm(belongs_to = "super::pledge::Entity", from = "Column::PledgeId", to = "super::pledge::Column::Id")]
    Pledge,
    #[sea_orm(belongs_to = "super::topic::Entity", from = "Column::TopicId", to = "super::topic::Column::Id")]
    Topic,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::topic::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Topic.def()
    }
}
