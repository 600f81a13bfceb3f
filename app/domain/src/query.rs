//! Which pledges are asked for, and in which order: read once from the parameters of an address, for pages, API, feeds and
//! exports alike.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;

use crate::{
    codes::codes,
    date::{FuzzyDate, excerpt, parse_day},
    errors::{FieldErrors, Problem},
    page::PageNumber,
    party::Role,
    search::Search,
    status::PledgeStatus,
    text::{Slug, language_tag},
    timeliness::Timeliness,
};

codes! {
    /// In which order pledges are listed.
    PledgeSort {
        /// Those first that fit the search best: found in the title, then in what was promised, then in the evidence.
        Relevance = "relevance",
        /// The newest pledge first.
        Newest = "newest",
        /// The oldest pledge first.
        Oldest = "oldest",
        /// The pledge due first first; those without a date last.
        Due = "due",
        /// The pledge whose status changed last first.
        Changed = "changed",
    }
}

codes! {
    /// A timeliness as it is asked for: without its days.
    Timely {
        /// See [`Timeliness::NotDue`].
        NotDue = "not_due",
        /// See [`Timeliness::DueSoon`].
        DueSoon = "due_soon",
        /// See [`Timeliness::Overdue`].
        Overdue = "overdue",
        /// See [`Timeliness::OnTime`].
        OnTime = "on_time",
        /// See [`Timeliness::Late`].
        Late = "late",
    }
}

impl From<Timeliness> for Timely {
    fn from(timeliness: Timeliness) -> Self {
        match timeliness {
            Timeliness::NotDue => Self::NotDue,
            Timeliness::DueSoon => Self::DueSoon,
            Timeliness::Overdue { .. } => Self::Overdue,
            Timeliness::OnTime => Self::OnTime,
            Timeliness::Late { .. } => Self::Late,
        }
    }
}

/// When pledges are due: within a stretch of time, or on no date at all.
///
/// Written as an EDTF date or interval (ISO 8601-2): `2024`, `2024-01/2024-06`, `../2024`, `2025/..`; or `none`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueRange {
    /// On a date whose last day lies between two, either of which may be open.
    Within {
        /// The date it begins with.
        from: Option<FuzzyDate>,
        /// The date it ends with.
        until: Option<FuzzyDate>,
    },
    /// On no date.
    Never,
}

impl DueRange {
    /// Whether a pledge due by its last day `due` is meant.
    #[must_use]
    pub fn holds(self, due: Option<NaiveDate>) -> bool {
        match (self, due) {
            (Self::Never, due) => due.is_none(),
            (Self::Within { from, until }, Some(due)) => {
                from.is_none_or(|from| from.first_day() <= due) && until.is_none_or(|until| due <= until.last_day())
            }
            (Self::Within { .. }, None) => false,
        }
    }
}

impl FromStr for DueRange {
    type Err = Problem;

    fn from_str(text: &str) -> Result<Self, Problem> {
        let wrong = || Problem::NotARange(excerpt(text));
        if text == "none" {
            return Ok(Self::Never);
        }
        let end = |text: &str| match text {
            ".." => Ok(None),
            date => date.parse().map(Some).map_err(|_| wrong()),
        };
        let (from, until) = match text.split_once('/') {
            None => {
                let date: FuzzyDate = text.parse().map_err(|_| wrong())?;
                (Some(date), Some(date))
            }
            Some((from, until)) => (end(from)?, end(until)?),
        };
        let backwards = from.zip(until).is_some_and(|(from, until)| from.first_day() > until.last_day());
        if backwards || (from.is_none() && until.is_none()) { Err(wrong()) } else { Ok(Self::Within { from, until }) }
    }
}

impl fmt::Display for DueRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Never => f.write_str("none"),
            Self::Within { from: Some(from), until: Some(until) } if from == until => write!(f, "{from}"),
            Self::Within { from, until } => {
                let end = |date: &Option<FuzzyDate>| date.map_or_else(|| "..".to_owned(), |date| date.to_string());
                write!(f, "{}/{}", end(from), end(until))
            }
        }
    }
}

/// Which pledges are asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PledgeQuery {
    /// What must occur in their texts.
    pub search: Option<Search>,
    /// Only those in this status.
    pub status: Option<PledgeStatus>,
    /// Only those that stand so to their due date.
    pub timeliness: Option<Timely>,
    /// Only those of this party.
    pub party: Option<Slug>,
    /// Only those in which the party, or any if none is named, has this role.
    pub role: Option<Role>,
    /// Only those on this topic.
    pub topic: Option<Slug>,
    /// Only those made at this meeting.
    pub meeting: Option<Slug>,
    /// Only those due then.
    pub due: Option<DueRange>,
    /// Only those of which the record said something new on this day (UTC) or later.
    pub changed_since: Option<NaiveDate>,
    /// Only those with a source in this language.
    pub source_language: Option<String>,
    /// In which order; by relevance if words are searched, else the newest first.
    pub sort: Option<PledgeSort>,
}

impl PledgeQuery {
    /// The parameters that say which pledges are asked for, in the order in which addresses have them.
    pub const PARAMETERS: [&'static str; 11] =
        ["q", "status", "timeliness", "party", "role", "topic", "meeting", "due", "changed_since", "source_language", "sort"];

    /// Reads the parameters of an address; those that are empty ask for nothing, others than these are left alone.
    ///
    /// # Errors
    /// Every parameter that is wrong, and what would be accepted.
    pub fn asked(params: &Params) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let query = Self {
            search: params.get("q").and_then(Search::parse),
            status: params.read("status", &mut errors),
            timeliness: params.read("timeliness", &mut errors),
            party: params.read("party", &mut errors),
            role: params.read("role", &mut errors),
            topic: params.read("topic", &mut errors),
            meeting: params.read("meeting", &mut errors),
            due: params.read("due", &mut errors),
            changed_since: params.read_with("changed_since", parse_day, &mut errors),
            source_language: params.read_with("source_language", language_tag, &mut errors),
            sort: params.read("sort", &mut errors),
        };
        errors.or(query)
    }

    /// The order that is meant where none is asked for.
    #[must_use]
    pub fn order(&self) -> PledgeSort {
        match (self.sort, &self.search) {
            (None, Some(_)) => PledgeSort::Relevance,
            (None | Some(PledgeSort::Relevance), None) => PledgeSort::Newest,
            (Some(sort), _) => sort,
        }
    }

    /// Whether all pledges are asked for.
    #[must_use]
    pub fn is_of_all(&self) -> bool {
        Self { sort: None, ..self.clone() } == Self::default()
    }

    /// The parameters that ask for the same, in order, without those that ask for nothing.
    #[must_use]
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let values = [
            self.search.as_ref().map(|search| search.typed.clone()),
            self.status.map(|status| status.to_string()),
            self.timeliness.map(|timely| timely.to_string()),
            self.party.as_ref().map(Slug::to_string),
            self.role.map(|role| role.to_string()),
            self.topic.as_ref().map(Slug::to_string),
            self.meeting.as_ref().map(Slug::to_string),
            self.due.map(|due| due.to_string()),
            self.changed_since.map(|day| day.to_string()),
            self.source_language.clone(),
            self.sort.map(|sort| sort.to_string()),
        ];
        Self::PARAMETERS.into_iter().zip(values).filter_map(|(name, value)| Some((name, value?))).collect()
    }
}

/// The parameters of a query, in the order in which they were sent.
#[derive(Clone, Debug, Default)]
pub struct Params(Vec<(String, String)>);

impl FromIterator<(String, String)> for Params {
    fn from_iter<T: IntoIterator<Item = (String, String)>>(pairs: T) -> Self {
        Self(pairs.into_iter().collect())
    }
}

impl Params {
    /// Reads a query string as forms send it.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        url::form_urlencoded::parse(query.as_bytes()).into_owned().collect()
    }

    /// The first value of a parameter that is not empty.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, value)| key == name && !value.trim().is_empty()).map(|(_, value)| value.trim())
    }

    /// Every parameter with its value, in order.
    pub fn pairs(self) -> impl Iterator<Item = (String, String)> {
        self.0.into_iter()
    }

    /// The page asked for.
    #[must_use]
    pub fn page(&self) -> PageNumber {
        PageNumber::asked(self.get("page"))
    }

    /// A parameter's value, if it was given; what is wrong with it goes to the errors.
    pub fn read<T: FromStr<Err = Problem>>(&self, name: &str, errors: &mut FieldErrors) -> Option<T> {
        self.read_with(name, str::parse, errors)
    }

    /// The same, with a way of reading of its own.
    pub fn read_with<T>(&self, name: &str, read: impl Fn(&str) -> Result<T, Problem>, errors: &mut FieldErrors) -> Option<T> {
        match read(self.get(name)?) {
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

    fn asked(query: &str) -> Result<PledgeQuery, FieldErrors> {
        PledgeQuery::asked(&Params::parse(query))
    }

    #[test]
    fn empty_fields_of_the_form_ask_for_nothing() {
        assert_eq!(asked("q=+&status=&party=&sort=").unwrap(), PledgeQuery::default());
    }

    #[test]
    fn every_wrong_parameter_is_named() {
        let errors = asked(
            "status=broken&party=No+Slug&sort=up&timeliness=late-ish&role=king&due=soon&changed_since=2024&source_language=x",
        )
        .unwrap_err();
        let paths: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
        assert_eq!(paths, ["status", "timeliness", "party", "role", "due", "changed_since", "source_language", "sort"]);
    }

    #[test]
    fn what_is_asked_is_said_the_same_way() {
        let query = "q=célula&status=stalled&timeliness=overdue&party=mexico&role=host&topic=a&meeting=b&due=2024-01/..&\
                     changed_since=2024-02-01&source_language=es&sort=due";
        let parsed = asked(query).unwrap();
        assert_eq!(parsed.pairs().len(), PledgeQuery::PARAMETERS.len());
        let again: Params = parsed.pairs().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        assert_eq!(PledgeQuery::asked(&again).unwrap(), parsed);
    }

    #[test]
    fn what_is_searched_comes_by_relevance_unless_asked_otherwise() {
        assert_eq!(asked("q=a").unwrap().order(), PledgeSort::Relevance);
        assert_eq!(asked("q=a&sort=due").unwrap().order(), PledgeSort::Due);
        assert_eq!(asked("sort=relevance").unwrap().order(), PledgeSort::Newest);
        assert!(asked("sort=due").unwrap().is_of_all() && !asked("status=stalled").unwrap().is_of_all());
    }

    #[test]
    fn a_due_range_holds_what_ends_within_it() {
        let due = |text: &str| text.parse::<FuzzyDate>().unwrap().last_day();
        let range = |text: &str| text.parse::<DueRange>().unwrap();
        assert!(range("2024").holds(Some(due("2024-04"))) && !range("2024").holds(Some(due("2025"))));
        assert!(range("../2024-04").holds(Some(due("2024-04"))) && !range("../2024-04").holds(Some(due("2024"))));
        assert!(range("none").holds(None) && !range("2024/..").holds(None));
        for wrong in ["", "../..", "2025/2024", "soon", "2024/", "/2024"] {
            assert!(wrong.parse::<DueRange>().is_err(), "{wrong}");
        }
    }
}
