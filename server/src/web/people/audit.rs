//! `/desk/audit`, and the same entries as CSV.

use app::pages::people;
use axum::{
    body::Body,
    extract::RawQuery,
    http::header,
    response::{IntoResponse, Response},
};
use chrono::SecondsFormat;
use csv::WriterBuilder;
use domain::{Act, Params, spreadsheet::guard};
use futures_util::stream;
use store::{AuditEntry, AuditQuery, Editor, Store, StoreError};
use tracing::error;
use uuid::Uuid;

use crate::auth::Desk;

/// How many entries are read at once for the file.
const PIECE: u64 = 1000;

pub(super) async fn page(desk: Desk, RawQuery(query): RawQuery) -> Response {
    match people::audit(desk.request.clone(), Params::parse(&query.unwrap_or_default())).await {
        Ok(page) => desk.respond(page),
        Err(error) => desk.failed(&error),
    }
}

pub(super) async fn table(desk: Desk, RawQuery(query): RawQuery) -> Response {
    if let Err(refused) = desk.may(Act::ReadAudit) {
        return *refused;
    }
    let query = match people::audit_asked(&Params::parse(&query.unwrap_or_default())) {
        Ok(query) => query,
        Err(errors) => return desk.failed(&StoreError::Refused(errors)),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"pledgebook-log.csv\""),
    ];
    (headers, Body::from_stream(pieces(desk.request.store.clone(), desk.request.editor.clone(), query))).into_response()
}

/// Where the file is.
enum At {
    Beginning,
    Before(Uuid),
    End,
}

/// The file, piece by piece: the log may be longer than memory should hold.
fn pieces(store: Store, editor: Editor, query: AuditQuery) -> impl stream::Stream<Item = Result<Vec<u8>, StoreError>> {
    stream::try_unfold((store, editor, query, At::Beginning), async |(store, editor, query, at)| {
        let before = match at {
            At::Beginning => None,
            At::Before(id) => Some(id),
            At::End => return Ok(None),
        };
        let entries = store.audit(&editor, &query, before, PIECE).await;
        let entries = entries.inspect_err(|error| error!(%error, "the log could not be written to its end"))?;
        let piece = rows(&entries, before.is_none());
        let next = entries.last().map_or(At::End, |last| At::Before(last.id));
        Ok(Some((piece, (store, editor, query, next))))
    })
}

fn rows(entries: &[AuditEntry], with_header: bool) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Nothing is wrong with memory that is written to.
    if with_header {
        _ = writer.write_record(["at", "name", "email", "token", "act", "subject_kind", "subject", "detail"]);
    }
    for entry in entries {
        let (name, email) = entry.person.as_ref().map_or(("", ""), |(name, email)| (name, email));
        let at = entry.at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        let (token, detail) = (entry.token.as_deref().unwrap_or_default(), entry.detail.as_deref().unwrap_or_default());
        let cells = [&at, name, email, token, &entry.act, &entry.subject.0, &entry.subject.1, detail];
        _ = writer.write_record(cells.map(|cell| guard(cell).into_owned()));
    }
    writer.into_inner().unwrap_or_default()
}
