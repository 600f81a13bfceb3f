//! Rows of `pledge`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "pledge")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub slug: String,
    pub title_en: Option<String>,
    pub title_es: Option<String>,
    pub summary_en: Option<String>,
    pub summary_es: Option<String>,
    pub wording_en: Option<String>,
    pub wording_es: Option<String>,
    pub made_on: String,
    pub meeting_id: Option<Uuid>,
    pub due_on: Option<String>,
    pub due_last: Option<Date>,
    pub due_words_en: Option<String>,
    pub due_words_es: Option<String>,
    pub quantity_value: Option<f64>,
    pub quantity_unit_en: Option<String>,
    pub quantity_unit_es: Option<String>,
    pub recorded_at: Option<DateTimeUtc>,
    pub number: Option<i64>,
    pub revision: i64,
    pub title_original: Option<String>,
    pub summary_original: Option<String>,
    pub wording_original: Option<String>,
    pub outdated_since: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(has_many = "super::status_span::Entity")]
    StatusSpan,
    #[sea_orm(belongs_to = "super::meeting::Entity", from = "Column::MeetingId", to = "super::meeting::Column::Id")]
    Meeting,
}

impl ActiveModelBehavior for ActiveModel {}

impl Related<super::meeting::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Meeting.def()
    }
}

impl Related<super::status_span::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::StatusSpan.def()
    }
}
