//! `/record`: the log of everything published, for who checks it.

use app::page::CachePolicy;
use axum::{
    extract::{RawQuery, State},
    http::header,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::{FieldErrors, Params, Problem, log::tree::Hash};
use serde::Serialize;
use serde_json::value::RawValue;
use store::{Store, StoreError};
use utoipa::{
    IntoParams, ToSchema,
    openapi::{
        path::{Parameter, ParameterIn},
        schema::{ObjectBuilder, Type},
    },
};

use super::{
    answer::written,
    asked::sound,
    parameters::{Failures, NamedFailures, described, in_query, matching},
    problem::Refusal,
};
use crate::state::AppState;

/// How many entries are given at once where nobody says.
const USUAL: u64 = 25;
/// How many are given at once at most.
const MOST: u64 = 100;
/// How many characters of entries are given at once, unless a single one is longer.
const LONGEST: usize = 4 << 20;

/// An entry of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogEntry {
    /// Its index, from 0.
    index: u64,
    /// Its leaf in the tree, in base64: SHA-256 of a zero byte and the entry as canonical JSON (RFC 8785).
    leaf_hash: String,
    /// The entry.
    #[schema(value_type = Object)]
    entry: Box<RawValue>,
}

/// Some entries of the log.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LogEntries {
    /// The entries, in order. There may be fewer than were asked for; the next answer begins with the one after the last.
    data: Vec<LogEntry>,
    /// How many entries the log has.
    size: u64,
}

/// That an entry is in the log (RFC 9162, section 2.1.3).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct InclusionProof {
    /// The index of the entry.
    index: u64,
    /// How many entries the tree is of.
    size: u64,
    /// The leaf of the entry, in base64.
    leaf_hash: String,
    /// The hashes that lead from the leaf to the root, the nearest first, in base64.
    path: Vec<String>,
    /// The root of the tree, in base64.
    root_hash: String,
}

/// That the log was only ever added to (RFC 9162, section 2.1.4).
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct ConsistencyProof {
    /// How many entries the earlier tree is of.
    from: u64,
    /// How many entries the later tree is of.
    to: u64,
    /// The root of the earlier tree, in base64.
    from_root_hash: String,
    /// The root of the later tree, in base64.
    to_root_hash: String,
    /// The hashes that lead from the one root to the other, in base64.
    path: Vec<String>,
}

/// A proof of either kind.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub(crate) enum LogProof {
    /// That an entry is in the log.
    Inclusion(InclusionProof),
    /// That the log was only ever added to.
    Consistency(ConsistencyProof),
}

/// The parameters of entries.
pub(super) struct Range;
/// The parameters of proofs.
pub(super) struct OfProof;

impl IntoParams for Range {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        vec![
            in_query("start", described("The index of the first entry; 0 if it is left out.", number())),
            in_query("end", described("The index of the last entry, at most 99 behind the first.", number())),
        ]
    }
}

impl IntoParams for OfProof {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let hash = matching("^([0-9a-f]{64}|[A-Za-z0-9+/]{43}=)$");
        vec![
            in_query("index", described("The index of the entry that is to be proven.", number())),
            in_query("hash", described("Or its leaf, in base64 or hexadecimal.", hash)),
            in_query("size", described("In the tree of how many entries; of all if it is left out.", number())),
            in_query("from", described("To prove that nothing was changed: the size of the earlier tree.", number())),
            in_query("to", described("And that of the later one; of all if it is left out.", number())),
        ]
    }
}

fn number() -> ObjectBuilder {
    ObjectBuilder::new().schema_type(Type::Integer).minimum(Some(0))
}

/// The signed head of the log
///
/// A checkpoint as C2SP's tlog-checkpoint and signed-note have it: whose log, how many entries, the root over them, and a signature.
#[utoipa::path(get, path = "/record/checkpoint", tag = "Record",
    responses((status = OK, description = "The checkpoint.", body = String, content_type = "text/plain"), NamedFailures))]
pub(super) async fn get_record_checkpoint(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let told = async {
        read(query.as_deref(), &[])?;
        let signer = state.record_key.as_ref().ok_or(Refusal::NotFound)?;
        let head = state.store.log_head().await?;
        Ok(signer.checkpoint(head.size, head.root))
    };
    match told.await {
        Ok(note) => {
            let text =
                [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, CachePolicy::Revalidate.header())];
            (text, note).into_response()
        }
        Err(refusal) => Refusal::answer(refusal, &state.site),
    }
}

/// Entries of the log
///
/// As they were appended. `/data/record.jsonl` has all of them, each line the very bytes of one.
#[utoipa::path(get, path = "/record/entries", tag = "Record", params(Range),
    responses((status = OK, description = "The entries.", body = LogEntries), Failures))]
pub(super) async fn list_record_entries(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let told = async {
        let params = read(query.as_deref(), &["start", "end"])?;
        let mut errors = FieldErrors::default();
        let start = params.read_with("start", whole, &mut errors).unwrap_or(0);
        let end = params.read_with("end", whole, &mut errors);
        if end.is_some_and(|end| end < start || end - start >= MOST) {
            errors.push("end", Problem::MustBe("not before `start`, and at most 99 behind it"));
        }
        errors.or(())?;
        let limit = end.map_or(USUAL, |end| end - start + 1);
        let size = state.store.log_head().await?.size;
        let (mut data, mut length) = (Vec::new(), 0);
        for index in start..size.min(start + limit) {
            // One by one: they may be large, and the answer ends where there is enough.
            let Some(entry) = state.store.log_entries(index, 1, u64::MAX >> 1).await?.pop() else { break };
            let content = entry.content.unwrap_or_default();
            length += content.len();
            if length > LONGEST && !data.is_empty() {
                break;
            }
            let leaf_hash = STANDARD.encode(domain::log::tree::leaf(content.as_bytes()));
            let entry = RawValue::from_string(content).map_err(|error| unwritten(&error))?;
            data.push(LogEntry { index, leaf_hash, entry });
        }
        serde_json::to_string(&LogEntries { data, size }).map_err(|error| unwritten(&error))
    };
    told.await.map_or_else(|refusal: Refusal| refusal.answer(&state.site), written)
}

/// A proof about the log
///
/// With `index` or `hash`, that an entry is in the tree of a size; with `from`, that a later tree begins with an earlier one.
#[utoipa::path(get, path = "/record/proof", tag = "Record", params(OfProof),
    responses((status = OK, description = "The proof.", body = LogProof), NamedFailures))]
pub(super) async fn get_record_proof(State(state): State<AppState>, RawQuery(query): RawQuery) -> Response {
    let told = async {
        let params = read(query.as_deref(), &["index", "hash", "size", "from", "to"])?;
        let all = state.store.log_head().await?.size;
        let mut errors = FieldErrors::default();
        let mut asked = |name| params.read_with(name, whole, &mut errors);
        let (index, size, from, to) = (asked("index"), asked("size"), asked("from"), asked("to"));
        let hash = params.read_with("hash", hash, &mut errors);
        for (name, beyond) in [("size", size), ("to", to)] {
            if beyond.is_some_and(|beyond| beyond > all) {
                errors.push(name, Problem::MustBe("at most the number of entries that the log has"));
            }
        }
        if from.is_some_and(|from| from == 0 || from > to.unwrap_or(all)) {
            errors.push("from", Problem::MustBe("a whole number from 1 to the size of the later tree"));
        }
        let of_entry = u8::from(index.is_some()) + u8::from(hash.is_some());
        if of_entry + u8::from(from.is_some()) != 1 && errors.is_empty() {
            errors.push("index", Problem::MustBe("given alone, or `hash`, or `from`: one proof at a time"));
        }
        errors.or(())?;
        let proof = match (index, hash, from) {
            (_, _, Some(from)) => consistency(&state, from, to.unwrap_or(all)).await?,
            (Some(index), _, _) => inclusion(&state, index, size.unwrap_or(all)).await?,
            (_, Some(hash), _) => {
                let index = state.store.log_index(&hash).await?.ok_or(Refusal::NotFound)?;
                inclusion(&state, index, size.unwrap_or(all)).await?
            }
            _ => return Err(Refusal::NotFound),
        };
        serde_json::to_string(&proof).map_err(|error| unwritten(&error))
    };
    told.await.map_or_else(|refusal: Refusal| refusal.answer(&state.site), written)
}

async fn inclusion(state: &AppState, index: u64, size: u64) -> Result<LogProof, Refusal> {
    inclusion_proof(&state.store, index, size).await?.ok_or(Refusal::NotFound)
}

/// The proof that an entry is in the log of a size; `None` where it is not.
///
/// # Errors
/// [`StoreError::Database`].
pub(crate) async fn inclusion_proof(store: &Store, index: u64, size: u64) -> Result<Option<LogProof>, StoreError> {
    let Some(leaf) = store.log_leaf(index).await?.filter(|_| index < size) else { return Ok(None) };
    let path = store.log_inclusion(index, size).await?;
    let root = store.log_root(size).await?;
    let (leaf_hash, path, root_hash) = (STANDARD.encode(leaf), encoded(&path), STANDARD.encode(root));
    Ok(Some(LogProof::Inclusion(InclusionProof { index, size, leaf_hash, path, root_hash })))
}

async fn consistency(state: &AppState, from: u64, to: u64) -> Result<LogProof, Refusal> {
    let path = encoded(&state.store.log_consistency(from, to).await?);
    let from_root_hash = STANDARD.encode(state.store.log_root(from).await?);
    let to_root_hash = STANDARD.encode(state.store.log_root(to).await?);
    Ok(LogProof::Consistency(ConsistencyProof { from, to, from_root_hash, to_root_hash, path }))
}

fn encoded(path: &[Hash]) -> Vec<String> {
    path.iter().map(|hash| STANDARD.encode(hash)).collect()
}

fn read(query: Option<&str>, known: &'static [&'static str]) -> Result<Params, FieldErrors> {
    let pairs: Vec<(String, String)> = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes()).into_owned().collect();
    sound(&pairs, known)?;
    Ok(pairs.into_iter().collect())
}

/// A number of entries, which no log has more of than a database can count.
fn whole(text: &str) -> Result<u64, Problem> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|number| digits && i64::try_from(*number).is_ok());
    number.ok_or(Problem::MustBe("a whole number, 0 or more"))
}

fn hash(text: &str) -> Result<Hash, Problem> {
    let bytes = hex::decode(text).ok().or_else(|| STANDARD.decode(text).ok());
    let hash = bytes.and_then(|bytes| Hash::try_from(bytes).ok());
    hash.ok_or(Problem::MustBe("a SHA-256 hash in base64 or hexadecimal"))
}

fn unwritten(error: &serde_json::Error) -> Refusal {
    Refusal::Failed(StoreError::NotUnderstood { column: "content", value: error.to_string() })
}
