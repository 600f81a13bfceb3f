//! Rows of `status_span`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "status_span")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub pledge_id: Uuid,
    pub status: String,
    pub effective_on: String,
    pub earliest: Date,
    #[sea_orm(primary_key, auto_increment = false)]
    pub valid_from: Date,
    pub valid_to: Option<Date>,
    #[sea_orm(primary_key, auto_increment = false)]
    pub known_from: DateTimeUtc,
    pub known_to: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::pledge::Entity", from = "Column::PledgeId", to = "super::pledge::Column::Id")]
    Pledge,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::pledge::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Pledge.def()
    }
}
