//! The description of the CSV files for programs: a Frictionless data package.

use app::i18n::Texts;
use domain::{
    Locale,
    open_data::{Column, Kind, LICENCE, LICENCE_URL, TABLES, Table},
};
use serde_json::{Map, Value, json};
use store::Revision;

/// Dates as precise as their source (EDTF level 0).
const FUZZY_DATE: &str = "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$";

/// The package of a record at a revision. `query` chooses what the files hold; it is empty for the whole record.
pub(super) fn describe(site: &str, query: &str, revision: Revision) -> Value {
    let texts = Texts::in_language(Locale::En);
    let resources: Vec<Value> = TABLES.iter().map(|table| resource(*table, site, query, texts)).collect();
    let mut package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "pledgebook",
        "title": texts.get("data-record-title"),
        "description": texts.get("data-package-description"),
        "homepage": format!("{site}/data"),
        "version": revision.number.to_string(),
        "licenses": [{ "name": LICENCE, "path": LICENCE_URL, "title": "Creative Commons Attribution 4.0 International" }],
        "resources": resources,
    });
    if let Some(recorded_at) = revision.recorded_at {
        package["created"] = json!(recorded_at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
    }
    package
}

fn resource(table: Table, site: &str, query: &str, texts: Texts) -> Value {
    let path = if query.is_empty() { format!("{}.csv", table.name) } else { format!("{site}/data/{}.csv?{query}", table.name) };
    let fields: Vec<Value> = table.columns.iter().map(|column| field(column, texts)).collect();
    let references: Vec<Value> = table
        .columns
        .iter()
        .filter_map(|column| Some((column.name, column.refers_to?)))
        .map(|(name, to)| {
            // A table names itself by an empty name (Table Schema).
            let resource = if to == table.name { "" } else { to };
            json!({ "fields": [name], "reference": { "resource": resource, "fields": ["id"] } })
        })
        .collect();
    let mut schema = json!({ "fields": fields, "primaryKey": table.key, "missingValues": [""] });
    if !references.is_empty() {
        schema["foreignKeys"] = json!(references);
    }
    json!({
        "name": table.name,
        "title": texts.code("data-table", table.name),
        "path": path,
        "type": "table",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\r\n", "quoteChar": "\"", "doubleQuote": true, "header": true },
        "schema": schema,
    })
}

fn field(column: &Column, texts: Texts) -> Value {
    let mut constraints = Map::new();
    let mut must = |name: &str, value: Value| _ = constraints.insert(name.to_owned(), value);
    if column.required {
        must("required", json!(true));
    }
    let kind = match column.kind {
        Kind::Name => {
            must("pattern", json!("^[a-z0-9]+(-[a-z0-9]+)*$"));
            must("maxLength", json!(80));
            "string"
        }
        Kind::Code(codes) => {
            must("enum", json!(codes));
            "string"
        }
        Kind::Text => "string",
        Kind::Names => {
            must("pattern", json!("^([a-z_]+:)?[a-z0-9-]+(\\|([a-z_]+:)?[a-z0-9-]+)*$"));
            "string"
        }
        Kind::Date => {
            must("pattern", json!(FUZZY_DATE));
            "string"
        }
        Kind::Day => "date",
        Kind::Moment => "datetime",
        Kind::Integer => {
            must("minimum", json!(0));
            "integer"
        }
        Kind::Number => {
            must("minimum", json!(0));
            "number"
        }
        Kind::Flag => "boolean",
        Kind::Address => {
            must("pattern", json!("^https?://.+$"));
            "string"
        }
        Kind::Language => {
            must("pattern", json!("^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$"));
            "string"
        }
    };
    let mut field = json!({ "name": column.name, "type": kind, "description": texts.code("column", column.meaning()) });
    if !constraints.is_empty() {
        field["constraints"] = Value::Object(constraints);
    }
    field
}
