//! Rows of `status_change`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "status_change")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub pledge_id: Uuid,
    pub position: i32,
    pub party_id: Option<Uuid>,
    pub status: String,
    pub effective_on: String,
    pub effective_last: Date,
    pub rationale_en: Option<String>,
    pub rationale_es: Option<String>,
    pub confidence: Option<String>,
    pub searched_en: Option<String>,
    pub searched_es: Option<String>,
    pub override_reason_en: Option<String>,
    pub override_reason_es: Option<String>,
    pub replaces_id: Option<Uuid>,
    pub reason_en: Option<String>,
    pub reason_es: Option<String>,
    pub recorded_at: Option<DateTimeUtc>,
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
