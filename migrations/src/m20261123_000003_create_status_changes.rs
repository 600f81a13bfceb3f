//! The history of pledges, the citations that bear claims out, and the history folded for reading.

use sea_orm_migration::{prelude::*, schema::*};

use crate::columns::{drop_tables, foreign_key, fuzzy_date, id, not_blank, one_language, one_of, reference, run};

const STATUSES: &[&str] = &[
    "not_assessed",
    "announced",
    "no_action_found",
    "in_progress",
    "partly_fulfilled",
    "fulfilled",
    "stalled",
    "not_fulfilled",
    "superseded",
    "withdrawn",
    "not_assessable",
];

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let status_change = Table::create()
            .table("status_change")
            .col(id())
            .col(reference("pledge_id"))
            // The order of recording within the pledge.
            .col(integer("position"))
            // The party whose own status it is; null for the pledge's.
            .col(uuid_null("party_id"))
            .col(text("status").check(one_of("status", STATUSES)))
            .col(text("effective_on").check(fuzzy_date("effective_on")))
            // The last day on which it can have happened.
            .col(date("effective_last"))
            .col(text_null("rationale_en"))
            .col(text_null("rationale_es"))
            .col(text_null("confidence").check(one_of("confidence", &["high", "medium", "low"])))
            // Where was looked and nothing found, in place of citations.
            .col(text_null("searched_en").check(not_blank("searched_en")))
            .col(text_null("searched_es").check(not_blank("searched_es")))
            .col(text_null("override_reason_en"))
            .col(text_null("override_reason_es"))
            // A correction names what it replaces and says why.
            .col(uuid_null("replaces_id").check(Expr::cust("replaces_id <> id")))
            .col(text_null("reason_en"))
            .col(text_null("reason_es"))
            // Null while the change is a draft.
            .col(timestamp_with_time_zone_null("recorded_at"))
            .check(one_language("rationale"))
            .check(Expr::cust("(replaces_id is null) = (reason_en is null and reason_es is null)"))
            .foreign_key(&mut foreign_key("status_change", "pledge_id", "pledge"))
            .foreign_key(&mut foreign_key("status_change", "party_id", "party"))
            // What is replaced is a change of the same pledge.
            .index(Index::create().unique().name("status_change_of_pledge").col("id").col("pledge_id"))
            .foreign_key(
                ForeignKey::create()
                    .name("status_change_replaces_fkey")
                    .from("status_change", ("replaces_id", "pledge_id"))
                    .to("status_change", ("id", "pledge_id")),
            )
            .to_owned();
        let citation = Table::create()
            .table("citation")
            .col(id())
            .col(uuid_null("pledge_id"))
            .col(uuid_null("variant_id"))
            .col(uuid_null("status_change_id"))
            .col(integer("position"))
            .col(reference("source_id"))
            // Null says openly that nobody has quoted it yet.
            .col(text_null("quote").check(not_blank("quote")))
            .col(text_null("locator"))
            .col(text("language"))
            .col(text("stance").check(one_of("stance", &["supports", "contradicts", "context"])))
            .col(
                text_null("authority")
                    .check(one_of("authority", &["communique", "named_official", "anonymous_official", "press"])),
            )
            // Null while the citation is a draft.
            .col(timestamp_with_time_zone_null("recorded_at"))
            // It is cited for one thing.
            .check(Expr::cust(
                "(case when pledge_id is null then 0 else 1 end + case when variant_id is null then 0 else 1 end \
                 + case when status_change_id is null then 0 else 1 end) = 1",
            ))
            .foreign_key(&mut foreign_key("citation", "pledge_id", "pledge"))
            .foreign_key(&mut foreign_key("citation", "variant_id", "pledge_variant"))
            .foreign_key(&mut foreign_key("citation", "status_change_id", "status_change"))
            .foreign_key(&mut foreign_key("citation", "source_id", "source"))
            .to_owned();
        // The published history of each pledge, folded by `domain::history::spans`: which status it had when (`valid_*`),
        // and when the record said so (`known_*`). At any moment of the two clocks at most one row of a pledge holds.
        // It can be made anew from `status_change` at any time.
        let status_span = Table::create()
            .table("status_span")
            .col(reference("pledge_id"))
            .col(text("status").check(one_of("status", STATUSES)))
            .col(text("effective_on").check(fuzzy_date("effective_on")))
            .col(date("earliest"))
            .col(date("valid_from"))
            .col(date_null("valid_to"))
            .col(timestamp_with_time_zone("known_from"))
            .col(timestamp_with_time_zone_null("known_to"))
            .primary_key(Index::create().col("pledge_id").col("known_from").col("valid_from"))
            .check(Expr::cust("earliest <= valid_from"))
            .check(Expr::cust("valid_from < valid_to"))
            .check(Expr::cust("known_from < known_to"))
            .foreign_key(&mut foreign_key("status_span", "pledge_id", "pledge"))
            .to_owned();
        for table in [status_change, citation, status_span] {
            manager.create_table(table).await?;
        }
        run(
            manager,
            &[
                "create unique index status_change_position on status_change (pledge_id, position)",
                "create unique index status_change_replaced_once on status_change (replaces_id)",
                "create index status_change_recorded on status_change (recorded_at, effective_last)",
                "create index citation_pledge on citation (pledge_id, position)",
                "create index citation_variant on citation (variant_id)",
                "create index citation_status_change on citation (status_change_id, position)",
                "create index citation_source on citation (source_id)",
                "create unique index status_span_current on status_span (pledge_id, valid_from) where known_to is null",
                "create index status_span_status on status_span (status, valid_from)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        drop_tables(manager, &["status_span", "citation", "status_change"]).await
    }
}
