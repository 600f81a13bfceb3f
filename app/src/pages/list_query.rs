//! The parameters of a list of pledges, read once and checked.

use domain::{FieldErrors, PledgeStatus, Problem, Slug, page::PageNumber};
use store::{PledgeQuery, PledgeSort};

/// The parameters of a query, in the order in which they were sent.
#[derive(Clone, Debug, Default)]
pub struct Params(Vec<(String, String)>);

impl FromIterator<(String, String)> for Params {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// The longest search, in characters; what is longer is cut.
const LONGEST: usize = 200;

impl Params {
    /// The first value of a parameter that is not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.trim().is_empty()).map(|(_, value)| value.trim())
    }

    /// The page asked for.
    #[must_use]
    pub fn page(&self) -> PageNumber {
        PageNumber::asked(self.get("page"))
    }

    /// Reads the parameters of a list of pledges.
    ///
    /// # Errors
    /// Every parameter that is wrong, and what would be accepted.
    pub fn pledge_query(&self) -> Result<PledgeQuery, FieldErrors> {
        let mut errors = FieldErrors::default();
        let status = self.read::<PledgeStatus>("status", &mut errors);
        let party = self.read::<Slug>("party", &mut errors);
        let topic = self.read::<Slug>("topic", &mut errors);
        let meeting = self.read::<Slug>("meeting", &mut errors);
        let mut refuse = |name: &str, given: &str, accepted| {
            errors.push(name, Problem::NotOneOf { given: given.chars().take(40).collect(), accepted });
        };
        let sort = match self.get("sort") {
            None => PledgeSort::default(),
            Some(code) => PledgeSort::ALL.into_iter().find(|sort| sort.code() == code).unwrap_or_else(|| {
                refuse("sort", code, &["newest", "oldest", "due", "changed"]);
                PledgeSort::default()
            }),
        };
        let overdue = match self.get("timeliness") {
            None => false,
            Some("overdue") => true,
            Some(other) => {
                refuse("timeliness", other, &["overdue"]);
                false
            }
        };
        let words =
            self.get("q").map(|words| words.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect());
        errors.or(PledgeQuery { words, status, overdue, party, topic, meeting, sort })
    }

    fn read<T: std::str::FromStr<Err = Problem>>(&self, name: &str, errors: &mut FieldErrors) -> Option<T> {
        match self.get(name)?.parse() {
            Ok(value) => Some(value),
            Err(problem) => {
                errors.push(name, problem);
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(pairs: &[(&str, &str)]) -> Params {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn empty_fields_of_the_form_ask_for_nothing() {
        let query = params(&[("q", " "), ("status", ""), ("party", ""), ("sort", "")]).pledge_query().unwrap();
        assert!(query.words.is_none() && query.status.is_none() && query.party.is_none());
    }

    #[test]
    fn every_wrong_parameter_is_named() {
        let errors = params(&[("status", "broken"), ("party", "No Slug"), ("sort", "up"), ("timeliness", "late-ish")])
            .pledge_query()
            .unwrap_err();
        let paths: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(paths, ["status", "party", "sort", "timeliness"]);
    }
}
