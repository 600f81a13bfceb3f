//! Columns that many tables share.

use sea_orm_migration::{prelude::*, schema::*};

/// The primary key: a UUID of version 7.
pub(crate) fn id() -> ColumnDef {
    pk_uuid("id")
}

/// The name of a row in URLs.
pub(crate) fn slug() -> ColumnDef {
    string_len_uniq("slug", 80)
}

/// A reference to a row of another table.
pub(crate) fn reference(name: &'static str) -> ColumnDef {
    uuid(name)
}

/// A foreign key on `id` of `table`. A row that is referred to can't be deleted.
pub(crate) fn foreign_key(from: &'static str, column: &'static str, table: &'static str) -> ForeignKeyCreateStatement {
    ForeignKey::create().name(format!("{from}_{column}_fkey")).from(from, column).to(table, "id").to_owned()
}

/// The value of a column is one of these codes, or absent.
pub(crate) fn one_of(column: &'static str, codes: &[&'static str]) -> Expr {
    Expr::col(column).is_in(codes.iter().copied())
}

/// A date of day, month or year precision has 4, 7 or 10 characters (`2024`, `2024-04`, `2024-04-30`).
pub(crate) fn fuzzy_date(column: &'static str) -> Expr {
    Expr::cust(format!("length({column}) in (4, 7, 10)"))
}

/// A text that is there says something: it is more than white space.
pub(crate) fn not_blank(column: &'static str) -> Expr {
    Expr::cust(format!("trim({column}, ' \t\n\r') <> ''"))
}

/// At least one of the two languages of a text is there.
pub(crate) fn one_language(column: &'static str) -> Expr {
    Expr::cust(format!("{column}_en is not null or {column}_es is not null"))
}

/// Runs statements one after the other, as they stand.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    for statement in statements {
        manager.get_connection().execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Drops tables, in this order.
pub(crate) async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}
