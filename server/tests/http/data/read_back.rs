//! Reads the CSV files of a site back into a record, by nothing but what the page on them says.

use std::collections::HashMap;

use domain::{
    Record,
    open_data::{Kind, TABLES},
    spreadsheet::unguard,
};
use serde_json::{Map, Value, json};

use crate::site::{Site, now};

/// The cells of a row by the names of their columns; empty cells are left out.
pub type Cells = HashMap<String, String>;

/// The rows of a table, with `query` as it stands behind `?`.
pub async fn rows(site: &Site, table: &str, query: &str) -> Vec<Cells> {
    let answer = site.get(&format!("/data/{table}.csv?{query}")).await.assert_ok();
    let described = TABLES.iter().find(|described| described.name == table).unwrap();
    let mut reader = csv::Reader::from_reader(answer.bytes.as_slice());
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!(header, described.columns.iter().map(|column| column.name).collect::<Vec<_>>());
    let row = |record: csv::StringRecord| {
        let cells = described.columns.iter().zip(record.iter()).filter(|(_, cell)| !cell.is_empty());
        cells
            .map(|(column, cell)| {
                (column.name.to_owned(), if column.kind == Kind::Text { unguard(cell) } else { cell }.to_owned())
            })
            .collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The record that the CSV files hold.
pub async fn record(site: &Site) -> Record {
    let (citations, variants, history) =
        (rows(site, "citations", "").await, rows(site, "variants", "").await, rows(site, "history", "").await);
    let of =
        |rows: &[Cells], pledge: &str| -> Vec<Cells> { rows.iter().filter(|row| row["pledge"] == pledge).cloned().collect() };
    let cited = |pledge: &str, claim: &str, position: &str| -> Vec<Value> {
        let rows = citations.iter().filter(|row| row["pledge"] == pledge && row["claim"] == claim && row["position"] == position);
        rows.map(|row| plain(row, &["source", "quote", "locator", "language", "stance", "authority"])).collect()
    };
    let mut pledges = Vec::new();
    for row in rows(site, "pledges", "").await {
        let id = row["id"].as_str();
        let mut pledge = plain(&row, &["id", "made_on", "meeting"]);
        texts(&row, &["title", "summary", "wording"], &mut pledge);
        for text in ["title", "summary", "wording"] {
            if let Some(original) = row.get(&format!("{text}_original")) {
                pledge["originals"][text] = json!(original);
            }
        }
        pledge["parties"] = row["parties"]
            .split('|')
            .map(|party| party.split_once(':').unwrap())
            .map(|(role, party)| json!({ "party": party, "role": role }))
            .collect();
        pledge["topics"] = row.get("topics").map_or(json!([]), |topics| topics.split('|').collect());
        pledge["due_on"] = row.get("due_on").map_or_else(|| text(&row, "due_words"), |date| json!(date));
        if let Some(value) = row.get("quantity_value") {
            pledge["quantity"] = json!({ "value": value.parse::<f64>().unwrap(), "unit": text(&row, "quantity_unit") });
        }
        pledge["citations"] = cited(id, "pledge", "0").into();
        pledge["variants"] = of(&variants, id)
            .iter()
            .map(|row| {
                let mut variant = cited(id, "variant", &row["position"]).remove(0);
                variant["field"] = json!(row["field"]);
                variant["value"] = row.get("value_on").map_or_else(|| text(row, "value"), |date| json!(date));
                variant["taken"] = json!(row["taken"] == "true");
                variant
            })
            .collect();
        pledge["history"] = of(&history, id)
            .iter()
            .map(|row| {
                let mut change = plain(row, &["party", "status", "effective_on", "confidence"]);
                texts(row, &["rationale", "searched", "override_reason", "reason"], &mut change);
                change["replaces"] = row.get("replaces").map_or(Value::Null, |position| json!(position.parse::<u32>().unwrap()));
                change["citations"] = cited(id, "change", &row["position"]).into();
                change
            })
            .collect();
        pledges.push(pledge);
    }
    let sources: Vec<_> = rows(site, "sources", "")
        .await
        .iter()
        .map(|row| {
            plain(row, &["id", "url", "title", "publisher", "language", "published_on", "kind", "translation_of", "archive_url"])
        })
        .collect();
    let file = json!({
        "format": "pledgebook-record", "version": 1, "licence": "CC-BY-4.0",
        "title": domain::Localized::both("a", "b"), "pledges": pledges, "sources": sources,
        "parties": things(site, "parties", &["id", "kind", "iso"], &["name"]).await,
        "meetings": things(site, "meetings", &["id", "held_on"], &["name", "place"]).await,
        "topics": things(site, "topics", &["id"], &["name"]).await,
    });
    Record::from_json(&file.to_string(), now().date_naive()).unwrap_or_else(|errors| panic!("{errors}"))
}

async fn things(site: &Site, table: &str, fields: &[&str], names: &[&str]) -> Vec<Value> {
    let thing = |row: &Cells| {
        let mut thing = plain(row, fields);
        texts(row, names, &mut thing);
        thing
    };
    rows(site, table, "").await.iter().map(thing).collect()
}

fn plain(row: &Cells, fields: &[&str]) -> Value {
    let values = fields.iter().filter_map(|name| Some(((*name).to_owned(), json!(row.get(*name)?))));
    Value::Object(values.collect::<Map<_, _>>())
}

fn text(row: &Cells, name: &str) -> Value {
    let languages = ["en", "es"].into_iter().filter_map(|language| Some((language, row.get(&format!("{name}_{language}"))?)));
    let text: Map<_, _> = languages.map(|(language, text)| (language.to_owned(), json!(text))).collect();
    if text.is_empty() { Value::Null } else { Value::Object(text) }
}

fn texts(row: &Cells, names: &[&str], to: &mut Value) {
    for name in names {
        to[*name] = text(row, name);
    }
}

/// The same record with its lists in the order of their names.
pub fn sorted(mut record: Record) -> Record {
    record.sources.sort_by(|a, b| a.id.cmp(&b.id));
    record.parties.sort_by(|a, b| a.id.cmp(&b.id));
    record.meetings.sort_by(|a, b| a.id.cmp(&b.id));
    record.topics.sort_by(|a, b| a.id.cmp(&b.id));
    record.pledges.sort_by(|a, b| a.id.cmp(&b.id));
    record
}
