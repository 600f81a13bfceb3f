//! `/data/record.jsonl`: the log of the record, an entry a line, each line the very bytes that its hash was made of.

use app::page::CachePolicy;
use axum::{
    extract::State,
    http::header,
    response::{IntoResponse, Response},
};

use super::{
    Refused,
    flow::{self, Sink, Stopped},
    refuse,
};
use crate::state::AppState;

/// How many entries are read at once: one can hold hundreds of pledges.
const AT_ONCE: u64 = 8;

/// The log as it is now.
pub(super) async fn lines(State(state): State<AppState>) -> Response {
    let size = match state.store.log_head().await {
        Ok(head) => head.size,
        Err(error) => return refuse(Refused::Store(error)),
    };
    // Entries never change, so their number says which they are.
    let tag = format!("W/\"log-{size}\"");
    let common = [(header::CACHE_CONTROL, CachePolicy::Revalidate.header().to_owned()), (header::ETAG, tag)];
    let of_file = [
        (header::CONTENT_TYPE, "application/jsonl; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"record.jsonl\""),
    ];
    let store = state.store.clone();
    (common, of_file, flow::body(move |sink| write(store, size, sink))).into_response()
}

async fn write(store: store::Store, size: u64, mut sink: Sink) -> Result<Sink, Stopped> {
    let mut next = 0;
    while next < size {
        let entries = store.log_entries(next, AT_ONCE.min(size - next), u64::MAX >> 1).await?;
        next += AT_ONCE;
        for content in entries.into_iter().filter_map(|entry| entry.content) {
            sink.gathered().extend_from_slice(content.as_bytes());
            sink.gathered().push(b'\n');
            sink.flow().await?;
        }
    }
    Ok(sink)
}
