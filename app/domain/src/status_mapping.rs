//! What the statuses are called elsewhere: by `PolitiFact`, by UNHCR's Global Refugee Forum, and by the Open Government
//! Partnership.
//!
//! One table, [`StatusMapping::of`]. `None` stands where the other vocabulary has no word that would be honest.
//!
//! - **`PolitiFact`**, the ratings of its promise meters: Promise Kept, Compromise, Promise Broken, Stalled, In the Works, Not Yet
//!   Rated. Every promise is Not Yet Rated until there is evidence of progress, or that it has stalled; Compromise is
//!   substantially less than was promised, but something significant; outcomes are rated, not intentions, so a promise that was
//!   given up is broken. (<https://www.politifact.com/truth-o-meter/blog/2010/jan/04/difference-between-stalled-and-promise-broken/>,
//!   <https://www.politifact.com/article/2009/oct/27/new-obameter-category-not-yet-rated/>,
//!   <https://projects.tampabay.com/projects/2017/politifact/obameter/about>)
//! - **UNHCR**, the stages in which updates on pledges of the Global Refugee Forum are given: planning stage, in progress,
//!   fulfilled. It has no word for what fails.
//!   (<https://globalcompactrefugees.org/news-stories/successes-challenges-and-progress-impact-pledges-lives-refugees-and-host>)
//! - **OGP**, the levels of completion that its Independent Reporting Mechanism gives commitments: not started, limited,
//!   substantial, complete; and “no evidence available” where nothing could be found out. How much of a pledge in progress is
//!   done the record does not say, so such a pledge has no level; what is only partly fulfilled may be limited or substantial,
//!   so it has none either. (<https://www.opengovpartnership.org/irm-guidance-overview/>)

use serde::Serialize;

use crate::status::PledgeStatus;

/// What a status is called in three other vocabularies, in their own words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct StatusMapping {
    /// The rating of `PolitiFact`'s promise meters.
    pub politifact: Option<&'static str>,
    /// The stage of a pledge of UNHCR's Global Refugee Forum.
    pub unhcr_grf: Option<&'static str>,
    /// The level of completion of OGP's Independent Reporting Mechanism.
    pub ogp: Option<&'static str>,
}

impl StatusMapping {
    /// `PolitiFact`'s ratings.
    pub const POLITIFACT: [&'static str; 6] =
        ["Not Yet Rated", "In the Works", "Stalled", "Compromise", "Promise Kept", "Promise Broken"];
    /// UNHCR's stages.
    pub const UNHCR_GRF: [&'static str; 3] = ["Planning stage", "In progress", "Fulfilled"];
    /// OGP's levels of completion.
    pub const OGP: [&'static str; 5] = ["No evidence available", "Not started", "Limited", "Substantial", "Complete"];

    /// What a status is called.
    #[must_use]
    pub const fn of(status: PledgeStatus) -> Self {
        use PledgeStatus as S;
        let (politifact, unhcr_grf, ogp) = match status {
            S::NotAssessed => (Some("Not Yet Rated"), None, None),
            S::Announced => (Some("Not Yet Rated"), Some("Planning stage"), None),
            S::NoActionFound => (Some("Not Yet Rated"), None, Some("No evidence available")),
            S::InProgress => (Some("In the Works"), Some("In progress"), None),
            S::PartlyFulfilled => (Some("Compromise"), Some("In progress"), None),
            S::Fulfilled => (Some("Promise Kept"), Some("Fulfilled"), Some("Complete")),
            S::Stalled => (Some("Stalled"), None, None),
            S::NotFulfilled | S::Withdrawn => (Some("Promise Broken"), None, None),
            S::Superseded | S::NotAssessable => (None, None, None),
        };
        Self { politifact, unhcr_grf, ogp }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_one_of_its_vocabulary() {
        for status in PledgeStatus::ALL {
            let mapping = StatusMapping::of(*status);
            assert!(mapping.politifact.is_none_or(|word| StatusMapping::POLITIFACT.contains(&word)));
            assert!(mapping.unhcr_grf.is_none_or(|word| StatusMapping::UNHCR_GRF.contains(&word)));
            assert!(mapping.ogp.is_none_or(|word| StatusMapping::OGP.contains(&word)));
        }
    }

    #[test]
    fn only_what_was_fulfilled_is_called_so() {
        let kept = |status: &&PledgeStatus| StatusMapping::of(**status).politifact == Some("Promise Kept");
        assert_eq!(PledgeStatus::ALL.iter().filter(kept).collect::<Vec<_>>(), [&PledgeStatus::Fulfilled]);
    }
}
