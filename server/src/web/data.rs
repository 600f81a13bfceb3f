//! Open data: the record as CSV, JSON, JSON Lines and a workbook, with a description for programs.
//!
//! Each answers every parameter of the list of pledges and of the two clocks, is written while it is sent, and may be read by
//! pages of any origin.

mod cells;
mod csv;
mod flow;
mod json;
mod log;
mod package;
mod rows;
mod walk;
mod workbook;

use app::{i18n::Texts, page::CachePolicy};
use axum::{
    Router,
    body::Body,
    extract::State,
    http::{Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
    routing::get,
};
use domain::{FieldErrors, Locale, Localized, Moment, Params, PledgeQuery, open_data::TABLES};
use sha2::{Digest, Sha256};
use store::{Revision, StoreError};
use tower_http::cors::{Any, CorsLayer};
use tracing::error;

use self::walk::Asked;
use crate::state::AppState;

pub(crate) fn routes() -> Router<AppState> {
    let router = Router::new()
        .route("/data/pledges.json", get(record))
        .route("/data/pledges.jsonl", get(lines))
        .route("/data/pledges.xlsx", get(spreadsheet))
        .route("/data/record.jsonl", get(log::lines))
        .route("/data/datapackage.json", get(description));
    let tables = TABLES.iter().fold(router, |router, table| {
        let csv = async |State(state): State<AppState>, uri: Uri| {
            let file = File { name: table.name, ending: Some("csv"), media_type: csv::MEDIA_TYPE };
            export(state, &uri, file, async |asked, _| Ok(flow::body(|sink| csv::write(*table, asked, sink)))).await
        };
        router.route(&format!("/data/{}.csv", table.name), get(csv))
    });
    tables.layer(
        CorsLayer::new()
            .allow_origin(Any)
            .allow_methods([Method::GET, Method::HEAD])
            .allow_headers([header::IF_NONE_MATCH])
            .expose_headers([header::ETAG, header::CONTENT_DISPOSITION]),
    )
}

async fn record(State(state): State<AppState>, uri: Uri) -> Response {
    let file = File { name: "pledges", ending: Some("json"), media_type: "application/json" };
    export(state, &uri, file, async |asked, _| Ok(flow::body(|sink| json::write(title(), asked, sink)))).await
}

async fn lines(State(state): State<AppState>, uri: Uri) -> Response {
    let file = File { name: "pledges", ending: Some("jsonl"), media_type: "application/jsonl; charset=utf-8" };
    export(state, &uri, file, async |asked, _| Ok(flow::body(|sink| json::write_lines(asked, sink)))).await
}

async fn spreadsheet(State(state): State<AppState>, uri: Uri) -> Response {
    let file = File { name: "pledges", ending: Some("xlsx"), media_type: workbook::MEDIA_TYPE };
    export(state, &uri, file, async |asked, revision| {
        let total = asked.store.pledges_from(&asked.query, asked.moment, None, 1).await?.total;
        if total > workbook::LIMIT {
            return Err(Refused::TooMany);
        }
        let title = Texts::in_language(Locale::En).get("data-record-title");
        Ok(flow::body(move |sink| workbook::write(title, revision.recorded_at, asked, sink)))
    })
    .await
}

async fn description(State(state): State<AppState>, uri: Uri) -> Response {
    let file = File { name: "datapackage", ending: None, media_type: "application/json" };
    export(state, &uri, file, async |asked, revision| {
        let query = asked_again(&asked);
        Ok(Body::from(format!("{:#}\n", package::describe(&asked.site, &query, revision))))
    })
    .await
}

/// What the record is called in its own files.
fn title() -> Localized {
    let of = |locale| Texts::in_language(locale).get("data-record-title");
    Localized::both(of(Locale::En), of(Locale::Es))
}

/// A file that is given away.
#[derive(Clone, Copy)]
struct File {
    /// Its name.
    name: &'static str,
    /// Its ending, if it is to be kept as a file.
    ending: Option<&'static str>,
    /// Its media type.
    media_type: &'static str,
}

/// Why an export is not made.
enum Refused {
    /// The parameters are wrong.
    Wrong(FieldErrors),
    /// A workbook could not hold it.
    TooMany,
    /// The record can't be read.
    Store(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// Answers with a file that `make` makes. It is written while it is sent: who has it already is told so before it begins.
async fn export(
    state: AppState,
    uri: &Uri,
    file: File,
    make: impl AsyncFnOnce(Asked, Revision) -> Result<Body, Refused>,
) -> Response {
    let answer = async {
        let asked = asked(&state, uri).map_err(Refused::Wrong)?;
        let revision = asked.store.revision().await?;
        let tag = tag(&asked, uri.path(), revision);
        let common = [(header::CACHE_CONTROL, CachePolicy::Revalidate.header().to_owned()), (header::ETAG, tag.clone())];
        let day = asked.moment.as_of;
        let body = make(asked, revision).await?;
        let mut response = (common, [(header::CONTENT_TYPE, file.media_type)], body).into_response();
        if let Some(ending) = file.ending {
            let disposition = format!("attachment; filename=\"{}-{day}.{ending}\"", file.name);
            response.headers_mut().extend(disposition.parse().map(|value| (header::CONTENT_DISPOSITION, value)));
        }
        Ok(response)
    };
    answer.await.unwrap_or_else(refuse)
}

/// Reads what is asked for. What the record will say in the future can't be given away: from then on it is now.
fn asked(state: &AppState, uri: &Uri) -> Result<Asked, FieldErrors> {
    let params = Params::parse(uri.query().unwrap_or_default());
    let now = state.now();
    let query = PledgeQuery::asked(&params);
    let moment = Moment::asked(params.get("as_of"), params.get("known_at"), now);
    let (query, mut moment) = match (query, moment) {
        (Ok(query), Ok(moment)) => (query, moment),
        (query, moment) => {
            let mut errors = FieldErrors::default();
            for error in query.err().iter().chain(moment.err().iter()).flat_map(FieldErrors::iter) {
                errors.push(error.path.clone(), error.problem.clone());
            }
            return Err(errors);
        }
    };
    moment.known_at = moment.known_at.min(now);
    Ok(Asked { store: state.store.clone(), query, moment, site: state.site.clone() })
}

/// The parameters that ask for the same.
fn asked_again(asked: &Asked) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(asked.query.pairs());
    if asked.moment.asked_as_of {
        query.append_pair("as_of", &asked.moment.as_of.to_string());
    }
    if asked.moment.asked_known_at {
        query.append_pair("known_at", &asked.moment.known_at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true));
    }
    query.finish()
}

/// The entity tag of a file: another for another state of the record, another question, another day or another version of
/// this program. It is weak (RFC 9110, section 8.8.1), for the same file may be sent in several encodings.
fn tag(asked: &Asked, path: &str, revision: Revision) -> String {
    let mut hash = Sha256::new();
    let parts = [
        env!("CARGO_PKG_VERSION"),
        &asked.site,
        path,
        &revision.number.to_string(),
        &asked.moment.as_of.to_string(),
        &asked_again(asked),
    ];
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    format!("W/\"{}\"", hex::encode(&hash.finalize()[..12]))
}

/// Says why there is no file, as a problem (RFC 9457).
fn refuse(refused: Refused) -> Response {
    let (status, detail, errors) = match refused {
        Refused::Wrong(errors) => {
            let errors: Vec<_> = errors
                .iter()
                .map(|error| serde_json::json!({ "parameter": error.path, "detail": error.problem.to_string() }))
                .collect();
            (StatusCode::BAD_REQUEST, "A parameter is not accepted.".to_owned(), errors)
        }
        Refused::TooMany => {
            let detail = format!(
                "A workbook holds at most {} pledges; ask for fewer, or take the CSV or JSON files, which have no limit.",
                workbook::LIMIT
            );
            (StatusCode::BAD_REQUEST, detail, Vec::new())
        }
        Refused::Store(error) => {
            error!(%error, "an export could not be begun");
            (StatusCode::SERVICE_UNAVAILABLE, "The record can’t be read just now.".to_owned(), Vec::new())
        }
    };
    let mut problem = serde_json::json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or_default(),
        "status": status.as_u16(),
        "detail": detail,
    });
    if !errors.is_empty() {
        problem["errors"] = errors.into();
    }
    let headers = [(header::CONTENT_TYPE, "application/problem+json"), (header::CACHE_CONTROL, CachePolicy::Never.header())];
    (status, headers, problem.to_string()).into_response()
}
