//! Where a pledge's record comes from: each entry of its history as an entity that revises the one before and rests on sources
//! (W3C PROV-O).

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Value, json};
use store::{Cited, Dossier, Step};

use super::{publisher_id, url};
use crate::visit::Visit;

/// The revision chain of a pledge, in the order of recording. A correction revises the entry that it corrects, any other entry
/// the one recorded before it.
#[must_use]
pub fn provenance(visit: &Visit, pledge: &Dossier) -> Value {
    let url = url(visit, &format!("/pledges/{}", pledge.slug));
    let entry = |position: i32| format!("{url}#change-{position}");
    let mut steps: Vec<&Step> = pledge.steps.iter().collect();
    steps.sort_by_key(|step| (step.recorded_at, step.position));

    let mut graph = vec![
        json!({ "@id": publisher_id(visit), "@type": ["prov:Agent", "prov:Organization"], "name": "Pledgebook" }),
        json!({
            "@id": url,
            "@type": "prov:Entity",
            "generatedAtTime": moment(pledge.recorded_at),
            "wasAttributedTo": publisher_id(visit),
            "wasDerivedFrom": sources(&pledge.citations),
        }),
    ];
    let mut before: Option<i32> = None;
    for step in steps {
        let mut entity = json!({
            "@id": entry(step.position),
            "@type": "prov:Entity",
            "specializationOf": url,
            "generatedAtTime": moment(step.recorded_at),
            "wasAttributedTo": publisher_id(visit),
            "wasDerivedFrom": sources(&step.citations),
            "value": step.status.code(),
        });
        if let Some(revised) = step.corrects.as_ref().map(|(position, _)| *position).or(before) {
            entity["wasRevisionOf"] = entry(revised).into();
        }
        graph.push(entity);
        before = Some(step.position);
    }
    let refers = |term: &str| json!({ "@id": format!("prov:{term}"), "@type": "@id" });
    json!({
        "@context": {
            "prov": "http://www.w3.org/ns/prov#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
            "name": "http://xmlns.com/foaf/0.1/name",
            "value": "prov:value",
            "generatedAtTime": { "@id": "prov:generatedAtTime", "@type": "xsd:dateTime" },
            "wasRevisionOf": refers("wasRevisionOf"),
            "wasDerivedFrom": refers("wasDerivedFrom"),
            "specializationOf": refers("specializationOf"),
            "wasAttributedTo": refers("wasAttributedTo"),
        },
        "@graph": graph,
    })
}

/// The addresses of the sources, each once.
fn sources(citations: &[Cited]) -> BTreeSet<&str> {
    citations.iter().map(|cited| cited.source.url.as_str()).collect()
}

fn moment(moment: DateTime<Utc>) -> String {
    moment.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
