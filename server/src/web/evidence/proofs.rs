//! The entries of the log that speak of a pledge and of the copies of its sources, with a proof of each that the log has it.

use axum::body::Bytes;
use domain::Slug;
use serde_json::json;

use super::Failed;
use crate::{state::AppState, web::api_v1};

/// How many bytes of entries go into a bundle: one that began a large record may be long. Proofs of all of them do.
const ENTRIES: usize = 32 << 20;

/// The files: the signed head of the log, the entries, and the proofs that lead from each to that head. All are of one size of the
/// log, whatever is appended in the meantime.
pub(super) async fn of_pledge(state: &AppState, slug: &Slug, urls: Vec<String>) -> Result<Vec<(&'static str, Bytes)>, Failed> {
    let head = state.store.log_head().await?;
    let mut files = Vec::new();
    if let Some(signer) = &state.record_key {
        files.push(("record/checkpoint.txt", Bytes::from(signer.checkpoint(head.size, head.root))));
    }
    let (mut entries, mut proofs) = (Vec::new(), Vec::new());
    let indexes = state.store.entries_about(slug, &urls).await?;
    for index in indexes.into_iter().filter(|index| *index < head.size) {
        let Some(proof) = api_v1::inclusion_proof(&state.store, index, head.size).await? else { continue };
        let entry = state.store.log_entries(index, 1, ENTRIES as u64).await?.pop();
        let content = entry.and_then(|entry| entry.content).filter(|content| entries.len() + content.len() < ENTRIES);
        let at = format!("{}/api/v1/record/entries?start={index}&end={index}", state.site);
        let included = content.is_some();
        if let Some(content) = content {
            entries.extend(content.bytes().chain([b'\n']));
        }
        proofs.push(json!({ "proof": proof, "entry_included": included, "entry_at": at }));
    }
    if !proofs.is_empty() {
        files.push(("record/entries.jsonl", Bytes::from(entries)));
        files.push(("record/proofs.json", Bytes::from(format!("{:#}", json!(proofs)))));
    }
    Ok(files)
}
