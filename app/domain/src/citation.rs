//! Citations: what ties a source to a pledge, to one wording of a field, or to a status change.

use serde::{Deserialize, Serialize};

use crate::{codes::codes, text::Slug};

codes! {
    /// How a source stands to the claim it is cited for.
    Stance {
        /// It bears the claim out.
        Supports = "supports",
        /// It speaks against it.
        Contradicts = "contradicts",
        /// It helps to understand it.
        Context = "context",
    }
}

codes! {
    /// Who speaks in the cited passage, the weightiest first.
    Authority {
        /// A joint statement, communiqué or other text the parties agreed.
        Communique = "communique",
        /// An official named in the source.
        NamedOfficial = "named_official",
        /// An official whom the source does not name.
        AnonymousOfficial = "anonymous_official",
        /// The press in its own voice.
        Press = "press",
    }
}

/// A source cited for a claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Citation {
    /// The source.
    pub source: Slug,
    /// The passage, word for word; `None` says openly that nobody has quoted it yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Where in the source the passage stands: a page, a section.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<String>,
    /// The language of the passage (BCP 47).
    pub language: String,
    /// How the source stands to the claim.
    pub stance: Stance,
    /// Who speaks in it, where somebody has said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authority: Option<Authority>,
}
