//! The record as a whole: a dataset that anybody may take and use.

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};

use super::{LICENCE, SCHEMA_ORG, languages, publisher};
use crate::visit::Visit;

/// The files in which the whole record can be had: their paths and media types.
const FILES: [(&str, &str); 4] = [
    ("/data/pledges.csv", "text/csv"),
    ("/data/pledges.json", "application/json"),
    ("/data/pledges.jsonl", "application/jsonl"),
    ("/data/pledges.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
];

/// The record as open data (schema.org's `Dataset`, as dataset searches read it). `changed_at` is when the record last said
/// something new.
#[must_use]
pub fn dataset(visit: &Visit, changed_at: Option<DateTime<Utc>>) -> Value {
    let site = &visit.site;
    let distribution: Vec<Value> = FILES
        .iter()
        .map(|(path, media_type)| {
            json!({ "@type": "DataDownload", "encodingFormat": media_type, "contentUrl": format!("{site}{path}") })
        })
        .collect();
    let mut dataset = json!({
        "@context": SCHEMA_ORG,
        "@type": "Dataset",
        "@id": format!("{site}/#dataset"),
        "name": visit.t("dataset-name"),
        "description": visit.t("dataset-description"),
        "url": format!("{site}/"),
        "license": LICENCE,
        "isAccessibleForFree": true,
        "inLanguage": languages(),
        "creator": publisher(visit),
        "distribution": distribution,
    });
    if let Some(changed_at) = changed_at {
        dataset["dateModified"] = changed_at.to_rfc3339_opts(SecondsFormat::Secs, true).into();
    }
    dataset
}
