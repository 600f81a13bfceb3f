//! The health of a link to a source: what a look at it found, and what readers are told of it.

use std::collections::HashSet;

use chrono::TimeDelta;
use url::Url;

use crate::{capture::CaptureFailure, codes::codes};

codes! {
    /// How a link to a source fares.
    LinkState {
        /// It leads to what was cited.
        Ok = "ok",
        /// What was cited is at another address for good, to which the link leads.
        Moved = "moved",
        /// Something else is there than what was cited.
        Changed = "changed",
        /// Nothing is there any more.
        Gone = "gone",
        /// Its host does not give it to a program; people may still get it.
        Refused = "refused",
    }
}

impl LinkState {
    /// Whether a reader who follows the link would not find what was cited, and is better led to the kept copy.
    #[must_use]
    pub const fn misleads(self) -> bool {
        matches!(self, Self::Changed | Self::Gone)
    }
}

/// What a look at a link found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Found<'a> {
    /// What was kept of it, or the first that was ever seen of it.
    Same,
    /// A text beside the one that was kept.
    Text {
        /// What it says now.
        now: &'a str,
        /// What the kept copy says.
        kept: &'a str,
    },
    /// Other bytes, of which one side has no text to compare.
    Other,
    /// Nothing, for this reason.
    Nothing(CaptureFailure, Option<u16>),
}

/// What a look at a link amounts to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// How the link fares; `None` while nobody can tell.
    pub state: Option<LinkState>,
    /// How alike the text is to the kept one, from 0 to 1, where both were compared.
    pub likeness: Option<f64>,
}

/// Texts that are less alike than this are two texts. Pages change around what they say: dates, menus, other headlines.
pub const ALIKE: f64 = 0.5;

/// So often in a row nothing may have come, for a reason that may pass, before the link counts as gone.
pub const PATIENCE: u32 = 4;

/// How many words in a row are compared.
const SHINGLE: usize = 3;

/// Judges a look at a link. `moved` says that it was led on for good; `before` is how the link fared until now, and `failures` how
/// often in a row nothing came, with this time.
#[must_use]
pub fn judge(found: Found<'_>, moved: bool, before: Option<LinkState>, failures: u32) -> Verdict {
    let there = if moved { LinkState::Moved } else { LinkState::Ok };
    let state = |state| Verdict { state: Some(state), likeness: None };
    match found {
        Found::Same => state(there),
        Found::Text { now, kept } => {
            let likeness = likeness(now, kept);
            Verdict { state: Some(if likeness < ALIKE { LinkState::Changed } else { there }), likeness: Some(likeness) }
        }
        Found::Other => state(LinkState::Changed),
        Found::Nothing(failure, status) if failure.may_pass(status) && failures < PATIENCE => {
            Verdict { state: before, likeness: None }
        }
        Found::Nothing(failure, _) => state(match failure {
            CaptureFailure::Gone
            | CaptureFailure::NoSuchHost
            | CaptureFailure::Unreachable
            | CaptureFailure::TooSlow
            | CaptureFailure::Broken
            | CaptureFailure::ServerError
            | CaptureFailure::TooManyRedirects => LinkState::Gone,
            CaptureFailure::NotAllowed | CaptureFailure::NotSecure | CaptureFailure::TooLarge | CaptureFailure::Refused => {
                LinkState::Refused
            }
        }),
    }
}

/// How long after a look the next one comes: a week where all is well, a day where something may pass, a month where nothing is
/// to be expected.
#[must_use]
pub const fn next_look(state: Option<LinkState>, failures: u32) -> TimeDelta {
    match (state, failures) {
        (_, 1..PATIENCE) | (None, _) => TimeDelta::days(1),
        (Some(LinkState::Gone | LinkState::Refused), _) => TimeDelta::days(30),
        (Some(LinkState::Ok | LinkState::Moved | LinkState::Changed), _) => TimeDelta::days(7),
    }
}

/// Whether an address is another one for those who cite it: not only encrypted now, with or without `www.` or a slash at its end.
#[must_use]
pub fn is_elsewhere(asked: &str, came_from: &str) -> bool {
    let plain = |text: &str| {
        let url = Url::parse(text).ok()?;
        let host = url.host_str()?.trim_start_matches("www.").to_owned();
        Some((host, url.path().trim_end_matches('/').to_owned(), url.query().map(str::to_owned)))
    };
    plain(asked) != plain(came_from)
}

/// How alike two texts are, from 0 to 1: how many of all runs of three words they share (the Jaccard index of their shingles).
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (words(one), words(other));
    if one == other {
        return 1.0;
    }
    let (one, other) = (shingles(&one), shingles(&other));
    let shared = one.intersection(&other).count();
    let all = one.len() + other.len() - shared;
    #[expect(clippy::cast_precision_loss, reason = "no text has as many words as would matter")]
    let likeness = if all == 0 { 0.0 } else { shared as f64 / all as f64 };
    likeness
}

/// The words of a text, in lower case and without what stands between them.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

fn shingles(words: &[String]) -> HashSet<&[String]> {
    if words.len() < SHINGLE { HashSet::from([words]) } else { words.windows(SHINGLE).collect() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ARTICLE: &str = "Guatemala will host the ministerial meeting of the Declaration in April, the minister said. The three \
        governments agreed to set up an operational cell, and thanked the others for their support in the years before.";

    #[test]
    fn what_changes_around_a_text_does_not_make_it_another() {
        let menu = format!("Home News Sports Weather 27 November {ARTICLE} Read also: floods in the north");
        assert!(likeness(ARTICLE, &menu) > ALIKE, "{}", likeness(ARTICLE, &menu));
        let other =
            "Page not found. The page that you are looking for may have been moved. Go to our home page or search our site.";
        assert!(likeness(ARTICLE, other) < 0.05);
        assert_eq!(judge(Found::Text { now: &menu, kept: ARTICLE }, false, None, 0).state, Some(LinkState::Ok));
        assert_eq!(judge(Found::Text { now: &menu, kept: ARTICLE }, true, None, 0).state, Some(LinkState::Moved));
        assert_eq!(judge(Found::Text { now: other, kept: ARTICLE }, true, None, 0).state, Some(LinkState::Changed));
    }

    #[test]
    fn what_may_pass_is_waited_for_and_what_does_not_is_told_at_once() {
        let slow = |failures| judge(Found::Nothing(CaptureFailure::TooSlow, None), false, Some(LinkState::Ok), failures).state;
        assert_eq!(
            (1..=4).map(slow).collect::<Vec<_>>(),
            [Some(LinkState::Ok), Some(LinkState::Ok), Some(LinkState::Ok), Some(LinkState::Gone)]
        );
        let at_once = |failure, status| judge(Found::Nothing(failure, status), false, Some(LinkState::Ok), 1).state;
        assert_eq!(at_once(CaptureFailure::Gone, Some(410)), Some(LinkState::Gone));
        assert_eq!(at_once(CaptureFailure::Refused, Some(403)), Some(LinkState::Refused));
        assert_eq!(at_once(CaptureFailure::Refused, Some(429)), Some(LinkState::Ok));
        // Of what was never seen nobody can tell.
        assert_eq!(judge(Found::Nothing(CaptureFailure::TooSlow, None), false, None, 1).state, None);
    }

    #[test]
    fn an_address_that_is_only_written_differently_has_not_moved() {
        assert!(!is_elsewhere("http://www.example.org/a/", "https://example.org/a"));
        assert!(is_elsewhere("https://example.org/a", "https://example.org/"));
        assert!(is_elsewhere("https://example.org/a?id=1", "https://example.org/a?id=2"));
    }

    #[test]
    fn a_host_that_fails_is_asked_again_sooner_than_one_that_has_nothing() {
        assert_eq!(next_look(Some(LinkState::Ok), 0).num_days(), 7);
        assert_eq!(next_look(Some(LinkState::Ok), 2).num_days(), 1);
        assert_eq!(next_look(None, 1).num_days(), 1);
        assert_eq!(next_look(Some(LinkState::Gone), PATIENCE).num_days(), 30);
    }

    proptest! {
        #[test]
        fn likeness_is_the_same_both_ways_and_whole_for_the_same_text(one in "[a-c ]{0,40}", other in "[a-c ]{0,40}") {
            prop_assert!((likeness(&one, &other) - likeness(&other, &one)).abs() < f64::EPSILON);
            prop_assert!((likeness(&one, &one) - 1.0).abs() < f64::EPSILON);
            prop_assert!((0.0..=1.0).contains(&likeness(&one, &other)));
        }
    }
}
