//! Rows of `source`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "source")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub url: String,
    pub title: String,
    pub publisher: String,
    pub language: String,
    pub published_on: Option<String>,
    pub kind: String,
    pub translation_of: Option<Uuid>,
    pub archive_url: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(belongs_to = "super::source_link::Entity", from = "Column::Url", to = "super::source_link::Column::Url")]
    Link,
}

impl Related<super::source_link::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Link.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}
