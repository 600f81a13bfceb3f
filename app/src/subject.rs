//! What a feed or a calendar is about: all that is asked for, or the pledges of one party, meeting or topic.

use domain::{PledgeQuery, Slug};
use store::{Store, StoreError};

use crate::visit::Visit;

/// What a feed or a calendar is about.
#[derive(Clone, Debug)]
pub struct Subject {
    /// The page that shows the same to people, without language: `/parties/us`.
    pub page: String,
    /// What it is called, in the reader's language.
    pub name: String,
    /// Which pledges are meant.
    pub query: PledgeQuery,
    /// What the address says beside its path: the parameters that narrow it further.
    pub parameters: Vec<(&'static str, String)>,
}

impl Subject {
    /// All pledges asked for, as they stand on a page called `name`.
    #[must_use]
    pub fn asked(page: &str, name: &str, query: PledgeQuery) -> Self {
        let parameters = query.pairs();
        Self { page: page.to_owned(), name: narrowed(name, &parameters), query, parameters }
    }

    /// The pledges of the thing called `slug` in a section of the site, narrowed further as `query` says; `None` if nothing
    /// public is there.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn of(
        store: &Store,
        visit: &Visit,
        section: Section,
        slug: &Slug,
        query: PledgeQuery,
    ) -> Result<Option<Self>, StoreError> {
        let named = match section {
            Section::Parties => store.party(slug, visit.moment).await?.map(|party| party.named),
            Section::Meetings => store.meeting(slug, visit.moment).await?.map(|meeting| meeting.named),
            Section::Topics => store.topic(slug, visit.moment).await?,
        };
        let Some(named) = named else { return Ok(None) };
        // What the path says is not said again by a parameter.
        let mut parameters = query.pairs();
        parameters.retain(|(name, _)| *name != section.parameter());
        let slug = slug.clone();
        let page = format!("{}/{slug}", section.path());
        let query = match section {
            Section::Parties => PledgeQuery { party: Some(slug), ..query },
            Section::Meetings => PledgeQuery { meeting: Some(slug), ..query },
            Section::Topics => PledgeQuery { topic: Some(slug), ..query },
        };
        Ok(Some(Self { page, name: narrowed(visit.words(&named.name), &parameters), query, parameters }))
    }

    /// The parameters as links take them.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, &str)> {
        self.parameters.iter().map(|(name, value)| (*name, value.as_str())).collect()
    }
}

/// A name with what narrows it, as the parameters say it.
fn narrowed(name: &str, parameters: &[(&'static str, String)]) -> String {
    if parameters.is_empty() {
        return name.to_owned();
    }
    let told: Vec<String> = parameters.iter().map(|(name, value)| format!("{name}={value}")).collect();
    format!("{name} ({})", told.join(", "))
}

/// A section of the site whose things have pledges.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// `/parties`.
    Parties,
    /// `/meetings`.
    Meetings,
    /// `/topics`.
    Topics,
}

impl Section {
    /// The section of a name as it stands in addresses.
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        [Self::Parties, Self::Meetings, Self::Topics].into_iter().find(|section| &section.path()[1..] == name)
    }

    /// Its path.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Parties => "/parties",
            Self::Meetings => "/meetings",
            Self::Topics => "/topics",
        }
    }

    const fn parameter(self) -> &'static str {
        match self {
            Self::Parties => "party",
            Self::Meetings => "meeting",
            Self::Topics => "topic",
        }
    }
}
