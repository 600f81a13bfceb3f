//! The one row of `record_state`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "record_state")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub revision: i64,
    pub pledges: i64,
    pub texts: i32,
    pub edition: i64,
    pub edition_at: Option<DateTimeUtc>,
    pub edition_second: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    /// The publication that made it what it is.
    #[sea_orm(belongs_to = "super::publication::Entity", from = "Column::Revision", to = "super::publication::Column::Revision")]
    Newest,
}

impl ActiveModelBehavior for ActiveModel {}
