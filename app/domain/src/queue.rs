//! What the queue of the desk is narrowed to: read once from the parameters of its address.

use crate::{
    draft::DraftKind,
    errors::{FieldErrors, Problem},
    query::{Params, PledgeQuery, Timely},
    search::Search,
    text::Slug,
};

/// What is asked of the queue: of drafts by their kind, author and title, of the record by party, topic and time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct QueueQuery {
    /// Only drafts of this kind.
    pub kind: Option<DraftKind>,
    /// Only drafts begun by this person, as the desk names them.
    pub author: Option<String>,
    /// What must occur in the titles of drafts.
    pub words: Option<Search>,
    /// Only pledges of this party.
    pub party: Option<Slug>,
    /// Only pledges on this topic.
    pub topic: Option<Slug>,
    /// After how many days without a look a pledge is wanting one.
    pub days: Option<u32>,
}

impl QueueQuery {
    /// The parameters, in the order in which addresses have them.
    pub const PARAMETERS: [&'static str; 6] = ["q", "kind", "author", "party", "topic", "days"];

    /// After so many days without a look a pledge stands in the queue where nobody asks otherwise.
    pub const DAYS: u32 = 180;

    /// As many days as can be asked for: a hundred years.
    pub const MOST_DAYS: u32 = 36_500;

    /// Reads the parameters of an address; those that are empty ask for nothing, others than these are left alone.
    ///
    /// # Errors
    /// Every parameter that is wrong, and what would be accepted.
    pub fn asked(params: &Params) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let days = |text: &str| text.parse::<u32>().map_err(|_| Problem::NotAQuantity);
        let query = Self {
            words: params.get("q").and_then(Search::parse),
            kind: params.read("kind", &mut errors),
            author: params.get("author").map(str::to_owned),
            party: params.read("party", &mut errors),
            topic: params.read("topic", &mut errors),
            days: params.read_with("days", days, &mut errors).map(|days| days.min(Self::MOST_DAYS)),
        };
        errors.or(query)
    }

    /// After how many days without a look a pledge is wanting one.
    #[must_use]
    pub fn days(&self) -> u32 {
        self.days.unwrap_or(Self::DAYS)
    }

    /// The pledges that stand so to their due date, of those that are asked for.
    #[must_use]
    pub fn pledges(&self, timely: Timely) -> PledgeQuery {
        PledgeQuery { timeliness: Some(timely), party: self.party.clone(), topic: self.topic.clone(), ..PledgeQuery::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(query: &str) -> Result<QueueQuery, FieldErrors> {
        QueueQuery::asked(&Params::parse(query))
    }

    #[test]
    fn empty_fields_of_the_form_ask_for_nothing() {
        let query = asked("q=+&kind=&author=&party=&topic=&days=&done=saved").unwrap();
        assert_eq!((query.days(), query), (QueueQuery::DAYS, QueueQuery::default()));
    }

    #[test]
    fn every_wrong_parameter_is_named() {
        let errors = asked("kind=pledges&party=No+Slug&topic=-&days=-1").unwrap_err();
        assert_eq!(errors.iter().map(|error| error.path.as_str()).collect::<Vec<_>>(), ["kind", "party", "topic", "days"]);
    }

    #[test]
    fn what_is_asked_of_pledges_is_asked_of_each_list_of_them() {
        let query = asked("q=cell&kind=edit&party=mexico&topic=smuggling&days=99999999").unwrap();
        assert_eq!(query.days(), QueueQuery::MOST_DAYS);
        let pledges = query.pledges(Timely::Overdue);
        assert_eq!(pledges.pairs().iter().map(|(name, _)| *name).collect::<Vec<_>>(), ["timeliness", "party", "topic"]);
    }
}
