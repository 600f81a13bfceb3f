//! What pledges refer to: parties, meetings, topics, sources.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, foreign_key, fuzzy_date, id, one_language, one_of, slug};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let party = Table::create()
            .table("party")
            .col(id())
            .col(slug())
            .col(text_null("name_en"))
            .col(text_null("name_es"))
            .col(text("kind").check(one_of("kind", &["country", "government", "organization", "person"])))
            .col(text_null("iso").check(Expr::cust("length(iso) = 2")))
            .check(one_language("name"))
            .to_owned();
        let meeting = Table::create()
            .table("meeting")
            .col(id())
            .col(slug())
            .col(text_null("name_en"))
            .col(text_null("name_es"))
            .col(text("held_on").check(fuzzy_date("held_on")))
            .col(text_null("place_en"))
            .col(text_null("place_es"))
            .check(one_language("name"))
            .check(one_language("place"))
            .to_owned();
        let topic = Table::create()
            .table("topic")
            .col(id())
            .col(slug())
            .col(text_null("name_en"))
            .col(text_null("name_es"))
            .check(one_language("name"))
            .to_owned();
        let source = Table::create()
            .table("source")
            .col(id())
            .col(slug())
            .col(text_uniq("url").check(Expr::cust("url like 'http://%' or url like 'https://%'")))
            .col(text("title"))
            .col(text("publisher"))
            .col(text("language"))
            .col(text_null("published_on").check(fuzzy_date("published_on")))
            .col(text("kind").check(one_of("kind", &["official", "news", "ngo", "treaty", "dataset"])))
            .col(uuid_null("translation_of").check(Expr::cust("translation_of <> id")))
            .foreign_key(&mut foreign_key("source", "translation_of", "source"))
            .to_owned();
        for table in [party, meeting, topic, source] {
            manager.create_table(table).await?;
        }
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["source", "topic", "meeting", "party"]).await
    }
}
