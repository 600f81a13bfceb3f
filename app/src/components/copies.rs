//! Kept copies of sources: told in a sentence, and listed with their SHA-256.

use domain::{CaptureOrigin, CaptureState, Sha256Hex, TextState};
use leptos::prelude::*;
use store::{CaptureJob, Copy, SourceCopies};

use crate::{i18n, visit::Visit};

/// The copies of a source, the newest first. `at` gives the address below which a copy is shown, `more` what else can be done with
/// one that has a text.
pub fn copy_list(
    visit: &Visit,
    copies: &[Copy],
    at: impl Fn(&Sha256Hex) -> String,
    more: impl Fn(&Copy) -> Option<AnyView>,
) -> AnyView {
    let items = copies.iter().map(|copy| {
        let path = at(&copy.sha256);
        let when = i18n::timestamp(visit.texts(), copy.captured_at);
        let text = (copy.text_state == TextState::Read)
            .then(|| view! { <a href=visit.href(&path)>{visit.t("copies-read")}</a>" · "{more(copy)} });
        view! {
            <li>
                <p><strong><time datetime=copy.captured_at.to_rfc3339()>{when}</time></strong>" "<span class="meta">{copy_told(visit, copy)}</span></p>
                <p class="meta">"SHA-256 "<span class="sha256">{copy.sha256.to_string()}</span></p>
                <p>{text}<a href=format!("{path}/original") download rel="nofollow">{visit.t("copies-original")}</a></p>
            </li>
        }
    });
    view! { <ul class="capture-list">{items.collect_view()}</ul> }.into_any()
}

/// What a copy is: `text/html, 12 kB, fetched`.
pub fn copy_told(visit: &Visit, copy: &Copy) -> String {
    let kilobytes = i18n::count(visit.locale, copy.bytes.div_ceil(1000).max(1));
    let size = visit.t_with("copies-size", &[("n", kilobytes.into())]);
    format!("{}, {size}, {}", copy.media_type, visit.t_code("copies-origin", copy.origin.code()))
}

/// How far the capture of a source has come, in a sentence.
pub fn copy_state(visit: &Visit, source: &SourceCopies) -> String {
    let SourceCopies { job, copies } = source;
    let time = |at| i18n::Arg::from(i18n::timestamp(visit.texts(), at));
    let kept = copies.first().map(|copy| {
        let key = match copy.origin {
            CaptureOrigin::Fetched => "copies-state-kept",
            CaptureOrigin::Uploaded => "copies-state-uploaded",
            CaptureOrigin::Pasted => "copies-state-pasted",
        };
        visit.t_with(key, &[("time", time(copy.captured_at))])
    });
    let coming = match (job.state, job.next_try_at.filter(|_| job.failure.is_some())) {
        (CaptureState::Queued, Some(next)) => {
            format!("{} {}", why(visit, job), visit.t_with("copies-state-again", &[("time", time(next))]))
        }
        (CaptureState::Queued, None) => visit.t("copies-state-queued"),
        (CaptureState::Running, _) => visit.t("copies-state-running"),
        (CaptureState::Failed, _) => why(visit, job),
        (CaptureState::Kept, _) => String::new(),
    };
    [kept, Some(coming)].into_iter().flatten().filter(|told| !told.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Why the last try failed, in plain words.
fn why(visit: &Visit, job: &CaptureJob) -> String {
    let Some(failure) = job.failure else { return visit.t("copies-state-failed") };
    let told = visit.t_code("copies-failure", failure.code());
    match job.status {
        Some(status) => format!("{told} {}", visit.t_with("copies-status", &[("n", u64::from(status).into())])),
        None => told,
    }
}
