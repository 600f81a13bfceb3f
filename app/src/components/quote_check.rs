//! Whether a quote stands in the text it was taken from, told to who typed it.

use domain::{
    TextState,
    passage::{Found, Nearest, QuoteCheck},
    word_diff::Fate,
};
use leptos::prelude::*;
use store::{QuoteLook, SourceCopies};

use super::classes;
use crate::{i18n, visit::Visit};

/// What came of looking for a quote, as the answer to who has just asked. `language` is that of the text.
pub fn quote_check(visit: &Visit, check: &QuoteCheck, language: Option<String>) -> AnyView {
    let class = classes(match check {
        QuoteCheck::Found(_) | QuoteCheck::NoCopy => "notice",
        QuoteCheck::Differs(_) | QuoteCheck::Nowhere => "notice notice-error",
    });
    view! { <div class=class role="status">{checked(visit, check, language)}</div> }.into_any()
}

/// The same beside a quote of a form or of a review: with the copy that was looked into, at the desk.
pub fn quote_look(visit: &Visit, look: &QuoteLook, copies: &[SourceCopies]) -> AnyView {
    let class = classes(match look.check {
        QuoteCheck::Found(_) | QuoteCheck::NoCopy => "copy-state",
        QuoteCheck::Differs(_) | QuoteCheck::Nowhere => "copy-state copy-failed",
    });
    let language = look.copy.as_ref().and_then(|copy| copy.metadata.language.clone());
    let told = match (&look.check, &look.copy) {
        (QuoteCheck::NoCopy, Some(_)) => view! { <p>{visit.t("quote-no-text")}</p> }.into_any(),
        (check, _) => checked(visit, check, language),
    };
    let copy = look.copy.as_ref().filter(|copy| copy.text_state == TextState::Read);
    let copy = copy.and_then(|copy| Some((copy, copies.iter().find(|source| source.job.url == copy.url)?)));
    let copy = copy.map(|(copy, source)| {
        let href = visit.href(&format!("/desk/sources/{}/copies/{}", source.job.id, copy.sha256));
        let when = i18n::timestamp(visit.texts(), copy.captured_at);
        view! { <p class="meta"><a href=href>{visit.t_with("quote-copy-of", &[("time", when.into())])}</a></p> }
    });
    view! { <div class=class>{told}{copy}</div> }.into_any()
}

fn checked(visit: &Visit, check: &QuoteCheck, language: Option<String>) -> AnyView {
    match check {
        QuoteCheck::Found(found) => there(visit, found, language),
        QuoteCheck::Differs(near) => differs(visit, near, language),
        QuoteCheck::Nowhere => view! { <p>{visit.t("quote-nowhere")}</p> }.into_any(),
        QuoteCheck::NoCopy => view! { <p>{visit.t("quote-no-copy")}</p> }.into_any(),
    }
}

/// The quote between what stands around it, so that one sees whether it means there what it should mean here.
fn there(visit: &Visit, found: &Found, language: Option<String>) -> AnyView {
    let page = i18n::count(visit.locale, found.place.start.page as u64 + 1);
    let told = if found.case_differs {
        visit.t("quote-found-but-for-case")
    } else if found.place.start.page > 0 {
        visit.t_with("quote-found-on-page", &[("page", page.into())])
    } else {
        visit.t("quote-found")
    };
    let several = (found.places > 1).then(|| view! { " "{i18n::many(visit.texts(), "quote-places", found.places as u64)} });
    let selector = &found.selector;
    view! {
        <p><strong>{told}</strong>{several}</p>
        <p class="prose" lang=language>"… "{selector.prefix.clone()}" "<mark>{selector.exact.clone()}</mark>" "{selector.suffix.clone()}" …"</p>
    }
    .into_any()
}

/// Both, one below the other, with the words marked that only one of them has.
fn differs(visit: &Visit, near: &Nearest, language: Option<String>) -> AnyView {
    let side = |side: Fate| {
        let pieces = near.words.iter().filter(move |(fate, _)| *fate == Fate::Kept || *fate == side);
        let pieces = pieces.map(|(fate, words)| match fate {
            Fate::Kept => words.clone().into_any(),
            Fate::Removed => view! { <del>{words.clone()}</del> }.into_any(),
            Fate::Added => view! { <ins>{words.clone()}</ins> }.into_any(),
        });
        pieces.collect_view()
    };
    #[expect(clippy::cast_possible_truncation, reason = "a share of 0 to 1, in per cent")]
    let share = (near.similarity * 100.0).round() as i64;
    view! {
        <p><strong>{visit.t("quote-differs")}</strong>" "{visit.t_with("quote-alike", &[("share", share.into())])}</p>
        <dl class="compared" lang=language>
            <dt lang=visit.locale.code()>{visit.t("quote-in-text")}</dt><dd>{side(Fate::Removed)}</dd>
            <dt lang=visit.locale.code()>{visit.t("quote-as-typed")}</dt><dd>{side(Fate::Added)}</dd>
        </dl>
    }
    .into_any()
}
