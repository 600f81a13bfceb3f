//! Rows of `citation`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "citation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub pledge_id: Option<Uuid>,
    pub variant_id: Option<Uuid>,
    pub status_change_id: Option<Uuid>,
    pub position: i32,
    pub source_id: Uuid,
    pub quote: Option<String>,
    pub locator: Option<String>,
    pub language: String,
    pub stance: String,
    pub authority: Option<String>,
    pub recorded_at: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::pledge_variant::Entity", from = "Column::VariantId", to = "super::pledge_variant::Column::Id")]
    Variant,
    #[sea_orm(
        belongs_to = "super::status_change::Entity",
        from = "Column::StatusChangeId",
        to = "super::status_change::Column::Id"
    )]
    StatusChange,
    #[sea_orm(belongs_to = "super::source::Entity", from = "Column::SourceId", to = "super::source::Column::Id")]
    Source,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::source::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Source.def()
    }
}
