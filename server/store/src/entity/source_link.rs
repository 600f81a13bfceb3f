//! Rows of `source_link`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "source_link")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub url: String,
    pub host: String,
    pub state: Option<String>,
    pub since: Option<DateTimeUtc>,
    pub looked_at: Option<DateTimeUtc>,
    pub failures: i32,
    pub next_look_at: DateTimeUtc,
    pub lease: Option<Uuid>,
    pub leased_until: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
