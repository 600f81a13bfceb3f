//! Rows of `capture_job`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "capture_job")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub url: String,
    pub host: String,
    pub state: String,
    pub failure: Option<String>,
    pub status: Option<i32>,
    pub tries: i32,
    pub asked_by: Option<Uuid>,
    pub asked_at: DateTimeUtc,
    pub tried_at: Option<DateTimeUtc>,
    pub next_try_at: Option<DateTimeUtc>,
    pub lease: Option<Uuid>,
    pub leased_until: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
