//! `/record`: the head of the log, how to verify it, and what its newest entries say; and each entry by itself.

mod entry;
mod says;

use domain::log::Signer;
use leptos::prelude::*;
use store::{LogHead, LoggedEntry, Store, StoreError};

use super::{PageResult, Request};
use crate::{
    components::{classes, moment_dated},
    i18n,
    page::{Head, Page},
    visit::{Visit, localized_path},
};

pub use entry::entry;
use says::{Told, says};

/// How many of the newest entries are shown.
const NEWEST: u64 = 10;

/// The page. Without a key that signs it, it has no checkpoint.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn record(request: Request, signer: Option<Signer>) -> PageResult {
    let Request { visit, store, .. } = request;
    let head = store.log_head().await?;
    let newest = newest(&store, head.size).await?;
    let declared = Head { title: visit.t("record-title"), description: visit.t("record-lede") };
    Ok(Page::new(declared, move || {
        let checkpoint = signer.as_ref().map(|signer| signed(&visit, signer, head));
        let none = newest.is_empty().then(|| view! { <p class="empty">{visit.t("record-empty")}</p> });
        let entries = newest.iter().map(|(entry, told)| {
            let href = localized_path(visit.locale, &format!("/record/{}", entry.index));
            view! {
                <li>
                    <h3><a href=href>{name(&visit, entry.index)}</a></h3>
                    <p class="meta">{moment_dated(&visit, entry.recorded_at)}</p>
                    {says(&visit, told)}
                </li>
            }
        });
        view! {
            <h1>{visit.t("record-title")}</h1>
            <p class="lede">{visit.t("record-lede")}</p>
            <h2 id="head">{visit.t("record-head")}</h2>
            {facts(&visit, head)}
            {checkpoint}
            <h2 id="verify">{visit.t("record-verify")}</h2>
            {commands(&visit, signer.as_ref())}
            <h2 id="entries">{visit.t("record-newest")}</h2>
            {none}
            <ol class="changes">{entries.collect_view()}</ol>
        }
        .into_any()
    }))
}

/// The newest entries, the last first, each with what there is to tell of it.
async fn newest(store: &Store, size: u64) -> Result<Vec<(LoggedEntry, Told)>, StoreError> {
    let mut newest = Vec::new();
    for entry in store.log_entries(size.saturating_sub(NEWEST), NEWEST, says::LONGEST).await? {
        let told = Told::of(store, &entry, says::FEW).await?;
        newest.push((entry, told));
    }
    newest.reverse();
    Ok(newest)
}

/// What an entry is called.
fn name(visit: &Visit, index: u64) -> String {
    visit.t_with("record-entry", &[("index", index.to_string().into())])
}

fn facts(visit: &Visit, head: LogHead) -> AnyView {
    let recorded = head.recorded_at.map(|recorded_at| {
        view! { <div><dt>{visit.t("record-recorded")}</dt><dd>{moment_dated(visit, recorded_at)}</dd></div> }
    });
    view! {
        <dl class="facts">
            <div><dt>{visit.t("record-size")}</dt><dd class="tabular-nums">{i18n::count(visit.locale, head.size)}</dd></div>
            {recorded}
            <div><dt>{visit.t("record-root")}</dt><dd><code class="hash">{base64(head.root)}</code></dd></div>
        </dl>
    }
    .into_any()
}

fn base64(hash: domain::log::tree::Hash) -> String {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    STANDARD.encode(hash)
}

fn signed(visit: &Visit, signer: &Signer, head: LogHead) -> AnyView {
    view! {
        <h3>{visit.t("record-checkpoint")}</h3>
        <p>{visit.t("record-checkpoint-text")}</p>
        <pre class="code">{signer.checkpoint(head.size, head.root)}</pre>
        <h3>{visit.t("record-key")}</h3>
        <p>{visit.t("record-key-text")}</p>
        <pre class="code">{signer.verifier().to_string()}</pre>
    }
    .into_any()
}

/// What a reader can paste into a terminal.
fn commands(visit: &Visit, signer: Option<&Signer>) -> AnyView {
    let site = &visit.site;
    let download = format!("curl --compressed -o record.jsonl {site}/data/record.jsonl");
    let leaf = "(printf '\\0'; head -n 1 record.jsonl | tr -d '\\n') | openssl dgst -sha256 -binary | base64";
    let ours = signer.map(|signer| {
        let verify = format!(
            "{download}\ncurl -o record.checkpoint {site}/api/v1/record/checkpoint\n\
             pledgebook verify --export record.jsonl --checkpoint record.checkpoint \\\n  --verifier-key '{}'",
            signer.verifier()
        );
        view! {
            <p>{visit.t("record-verify-whole")}</p>
            <pre class="code">{verify}</pre>
            <p>{visit.t("record-verify-later")}</p>
        }
    });
    let proof = format!("{download}\n{leaf}\ncurl '{site}/api/v1/record/proof?index=0'");
    view! {
        {ours}
        <p>{visit.t("record-verify-entry")}</p>
        <pre class=classes("code")>{proof}</pre>
        <p>{visit.t("record-verify-formats")}" "<a href=localized_path(visit.locale, "/api")>"API"</a>"."</p>
    }
    .into_any()
}
