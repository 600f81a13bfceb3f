//! What an entry of the log says. Who wrote or reviewed it is never part of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{NotCanonical, PledgeState, canonical};
use crate::{
    capture::CaptureOrigin,
    citation::Citation,
    date::FuzzyDate,
    form::Fields,
    locale::Localized,
    meeting::Meeting,
    party::Party,
    pledge::{Due, Pledge, PledgeParty, Quantity, StatusChange, Variant},
    source::Source,
    text::Slug,
    topic::Topic,
};

/// One entry of the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Its place in the log, from 0.
    pub index: u64,
    /// When the record said so; never before the entry before it.
    pub recorded_at: DateTime<Utc>,
    /// What it says.
    #[serde(flatten)]
    pub said: Said,
}

impl Entry {
    /// The bytes of the entry: its canonical JSON, of which its leaf in the tree is made.
    ///
    /// # Errors
    /// [`NotCanonical`] for an amount that is not finite, which no record has.
    pub fn to_text(&self) -> Result<String, NotCanonical> {
        canonical(self)
    }
}

/// What an entry says, by its kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Said {
    /// What was published before there was a log, as it stood when the log began.
    Genesis(Genesis),
    /// A publication.
    Publication(Published),
    /// A copy of a source was kept.
    Snapshot(Snapshot),
}

impl Said {
    /// The code of the kind.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Genesis(_) => "genesis",
            Self::Publication(_) => "publication",
            Self::Snapshot(_) => "snapshot",
        }
    }

    /// The state of the record that the entry makes, or is of; `None` where it changes nothing of the pledges.
    #[must_use]
    pub const fn revision(&self) -> Option<i64> {
        match self {
            Self::Genesis(genesis) => Some(genesis.revision),
            Self::Publication(published) => Some(published.revision),
            Self::Snapshot(_) => None,
        }
    }

    /// The sources, parties, meetings and topics that came along.
    #[must_use]
    pub const fn named(&self) -> Option<&Named> {
        match self {
            Self::Genesis(genesis) => Some(&genesis.named),
            Self::Publication(published) => Some(&published.named),
            Self::Snapshot(_) => None,
        }
    }
}

/// A part of the record as it stood when the log began; a large record takes several entries.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Genesis {
    /// The publication up to which it reaches.
    pub revision: i64,
    /// All publications before the log, in the first such entry.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub publications: Vec<Earlier>,
    /// What its pledges name.
    #[serde(flatten)]
    pub named: Named,
    /// The pledges, everything of them with the time at which it was recorded.
    pub pledges: Vec<PledgeState>,
}

/// A publication before there was a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Earlier {
    /// Its number.
    pub revision: i64,
    /// Its time.
    pub recorded_at: DateTime<Utc>,
}

/// What a publication made public.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Published {
    /// The number of the publication, from 1.
    pub revision: i64,
    /// What its pledges name, as it stood then, whether it is new or not.
    #[serde(flatten)]
    pub named: Named,
    /// What was published of each pledge, in the order of their numbers.
    pub pledges: Vec<Part>,
}

/// A copy of a source that was kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The address of the source.
    pub url: String,
    /// When it was fetched, or handed in.
    pub captured_at: DateTime<Utc>,
    /// Which of the two.
    pub origin: CaptureOrigin,
    /// The SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How many bytes there are.
    pub bytes: u64,
    /// Its media type.
    pub media_type: String,
    /// The SHA-256 of its text, if it has one: its pages with a form feed (U+000C) between them, in UTF-8.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_sha256: Option<String>,
    /// The SHA-256 of what came with it, where it was fetched: where from in the end, the status, the headers, and the answers that
    /// led there, as canonical JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_sha256: Option<String>,
}

/// Sources, parties, meetings and topics, each list in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Named {
    /// The sources that are cited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// The parties.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parties: Vec<Party>,
    /// The meetings.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub meetings: Vec<Meeting>,
    /// The topics.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Topic>,
}

/// What is said of a pledge apart from its citations, variants and history: what an edit replaces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Heading {
    /// What it is called.
    pub title: Localized,
    /// What was promised, in our words.
    pub summary: Localized,
    /// What was promised, in the parties' own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub wording: Option<Localized>,
    /// When it was made.
    pub made_on: FuzzyDate,
    /// The meeting at which it was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<Slug>,
    /// Who made it, with whom and for whom.
    pub parties: Vec<PledgeParty>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<Slug>,
    /// When it is due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_on: Option<Due>,
    /// The amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<Quantity>,
}

impl From<&Pledge> for Heading {
    fn from(pledge: &Pledge) -> Self {
        Self {
            title: pledge.title.clone(),
            summary: pledge.summary.clone(),
            wording: pledge.wording.clone(),
            made_on: pledge.made_on,
            meeting: pledge.meeting.clone(),
            parties: pledge.parties.clone(),
            topics: pledge.topics.clone(),
            due_on: pledge.due_on.clone(),
            quantity: pledge.quantity.clone(),
        }
    }
}

/// What one publication says of one pledge. Of a new pledge it is what the record file has of it, with its number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The number under which the pledge was published; it never changes.
    pub number: i64,
    /// Its name in URLs from now on.
    pub id: Slug,
    /// What is said of it from now on, of a new pledge and one that was edited.
    #[serde(flatten)]
    pub heading: Option<Heading>,
    /// New sources of the pledge itself, behind those it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// New variants, behind those it has.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variants: Vec<Variant>,
    /// New status changes, behind those it has; what one corrects it names by its place among all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub history: Vec<StatusChange>,
    /// What was edited, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub corrections: Vec<Correction>,
    /// Names that it had until now.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<Former>,
    /// Whether somebody looked and found nothing new.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub checked: bool,
    /// That this was published without a second pair of eyes, and why.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unreviewed: Vec<Unreviewed>,
    /// That it was taken out of the record, and what the public is told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<Removed>,
}

/// What was said before an edit, and after it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// The fields that differ, as they were.
    pub before: Fields,
    /// The same, as they are since.
    pub after: Fields,
    /// Why.
    pub reason: Localized,
}

/// A name that a pledge had before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Former {
    /// The name.
    pub id: Slug,
}

/// That something was published without a second pair of eyes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unreviewed {
    /// Why.
    pub reason: String,
}

/// That a pledge was taken out of the record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// What the public is told in its place.
    pub notice: Localized,
}
