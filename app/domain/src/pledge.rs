//! Pledges: what a party said it would do, with the wordings its sources differ in and the history of its status.

use serde::{Deserialize, Serialize};

use crate::{
    citation::Citation,
    codes::codes,
    date::FuzzyDate,
    locale::Localized,
    party::Role,
    status::{Confidence, PledgeStatus},
    text::Slug,
    translation::{Originals, PledgeText},
};

/// When a pledge is due.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Due {
    /// By a date, as precise as its source.
    On(FuzzyDate),
    /// In words that name no date: “in the near future”.
    Words(Localized),
}

impl Due {
    /// The date, where it is one and not words.
    #[must_use]
    pub const fn date(&self) -> Option<FuzzyDate> {
        match self {
            Self::On(date) => Some(*date),
            Self::Words(_) => None,
        }
    }
}

/// An amount that was pledged.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Quantity {
    /// How many or how much, 0 or more.
    pub value: f64,
    /// Of what: `USD`, people, places.
    pub unit: Localized,
}

codes! {
    /// A field on which sources can differ.
    VariantField {
        /// What the pledge is called.
        Title = "title",
        /// The words in which it was made.
        Wording = "wording",
        /// When it is due.
        DueOn = "due_on",
        /// Who made it.
        Party = "party",
    }
}

/// What one source says about a field on which sources differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Variant {
    /// The field.
    pub field: VariantField,
    /// What the source says.
    pub value: Due,
    /// Whether the record goes by this one.
    pub taken: bool,
    /// The source, and who speaks in it.
    #[serde(flatten)]
    pub citation: Citation,
}

/// A party of a pledge and its role.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct PledgeParty {
    /// The party.
    pub party: Slug,
    /// Its role.
    pub role: Role,
}

/// One dated step in a pledge's history; never edited once published.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StatusChange {
    /// The party whose own status it is; `None` for the pledge's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<Slug>,
    /// The new status.
    pub status: PledgeStatus,
    /// When it happened.
    pub effective_on: FuzzyDate,
    /// What happened, and why this status.
    pub rationale: Localized,
    /// How sure the record is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<Confidence>,
    /// Where was looked and nothing found, in place of citations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub searched: Option<Localized>,
    /// Why the pledge's status differs from what its parties' own amount to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub override_reason: Option<Localized>,
    /// The change it corrects, as its place in the history, counted from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<usize>,
    /// Why it corrects it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<Localized>,
    /// The evidence.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
}

/// Something a party said it would do.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pledge {
    /// Its name in URLs.
    pub id: Slug,
    /// What it is called.
    pub title: Localized,
    /// What was promised, in our words.
    pub summary: Localized,
    /// What was promised, in the parties' own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wording: Option<Localized>,
    /// Which of these texts are originals, as far as somebody has said so.
    #[serde(skip_serializing_if = "Originals::is_unsaid")]
    pub originals: Originals,
    /// When it was made.
    pub made_on: FuzzyDate,
    /// The meeting at which it was made.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Slug>,
    /// Who made it, with whom and for whom.
    pub parties: Vec<PledgeParty>,
    /// What it is about.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Slug>,
    /// When it is due, if anybody said so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Due>,
    /// The amount, if there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
    /// The sources of the pledge itself.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// What sources say differently.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// How its status changed, in the order of recording.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<StatusChange>,
}

impl Pledge {
    /// One of its texts, where it has it.
    #[must_use]
    pub const fn text(&self, text: PledgeText) -> Option<&Localized> {
        match text {
            PledgeText::Title => Some(&self.title),
            PledgeText::Summary => Some(&self.summary),
            PledgeText::Wording => self.wording.as_ref(),
        }
    }
}
