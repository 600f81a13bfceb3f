//! Rows of `source_link_look`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "source_link_look")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub url: String,
    pub looked_at: DateTimeUtc,
    pub state: Option<String>,
    pub failure: Option<String>,
    pub status: Option<i32>,
    pub final_url: Option<String>,
    pub likeness: Option<f64>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
