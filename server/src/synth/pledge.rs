//! One pledge of the synthetic record: who made it, what sources say differently, and what is cited for it.

use chrono::{Datelike, NaiveDate};
use domain::{
    Authority, Citation, Due, FuzzyDate, Localized, Originals, Pledge, Role, Slug, Source, Stance,
    pledge::{PledgeParty, Quantity, Variant, VariantField},
};

use super::{
    dice::{Dice, Skew, later},
    history,
    names::{Cast, slug},
    prose::{Subject, Writer},
    words::{SOME_DAY, THEMES, UNITS},
};

/// What a pledge is made of.
pub(super) struct Maker<'a> {
    pub(super) cast: &'a Cast,
    pub(super) writer: &'a Writer,
    /// The documents of its chunk, and how often each is cited.
    pub(super) sources: &'a [Source],
    pub(super) often_source: &'a Skew,
    /// The first day on which pledges were made.
    pub(super) first: NaiveDate,
    /// The day on which it is recorded; nothing in it happened later.
    pub(super) recorded_on: NaiveDate,
}

impl Maker<'_> {
    /// The pledge of a number, which its name ends in.
    pub(super) fn pledge(&self, dice: &mut Dice, number: usize) -> Pledge {
        let theme = self.cast.often_theme.pick(dice);
        let subject = self.writer.subject(dice, theme);
        let title = self.writer.title(dice, subject);
        let (made, made_on, meeting) = self.occasion(dice);
        let parties = self.parties(dice);
        let due_on = due(dice, made);
        let variants = self.variants(dice, subject, &title, due_on.as_ref());
        let history = history::history(self, dice, subject, made, &parties);
        Pledge {
            id: slug(title.en.as_deref().or(title.es.as_deref()).unwrap_or_default(), number),
            summary: self.writer.summary(dice, subject),
            wording: dice.chance(50).then(|| self.writer.summary(dice, subject)),
            originals: Originals::default(),
            made_on,
            meeting,
            topics: self.topics(dice, theme),
            due_on,
            quantity: dice.chance(25).then(|| {
                let value =
                    u32::try_from(dice.between(1, 999) * dice.weighed(&[(1, 4), (1_000, 3), (1_000_000, 2)])).unwrap_or(1);
                let (en, es) = *dice.pick(UNITS);
                Quantity { value: f64::from(value), unit: Localized::both(en, es) }
            }),
            citations: self.citations(dice, subject, &[(1, 75), (2, 25)]),
            title,
            parties,
            variants,
            history,
        }
    }

    /// When and where it was made: at a meeting more often than not.
    fn occasion(&self, dice: &mut Dice) -> (NaiveDate, FuzzyDate, Option<Slug>) {
        let meeting = &self.cast.meetings[self.cast.often_meeting.pick(dice)];
        if dice.chance(70) && meeting.held_on.last_day() <= self.recorded_on {
            return (meeting.held_on.first_day(), meeting.held_on, Some(meeting.id.clone()));
        }
        let made = dice.day(self.first, self.recorded_on);
        (made, dice.dated(made), None)
    }

    fn parties(&self, dice: &mut Dice) -> Vec<PledgeParty> {
        let count = dice.weighed(&[(1, 55), (2, 25), (3, 12), (4, 5), (9, 3)]);
        let mut parties: Vec<PledgeParty> = Vec::with_capacity(count);
        for place in 0..count {
            let party = &self.cast.parties[self.cast.often_party.pick(dice)].id;
            if parties.iter().any(|other| other.party == *party) {
                continue;
            }
            let role = if place == 0 {
                dice.weighed(&[(Role::Lead, 80), (Role::Host, 10), (Role::Party, 10)])
            } else {
                dice.weighed(&[(Role::Party, 70), (Role::Beneficiary, 20), (Role::Host, 5), (Role::Lead, 5)])
            };
            parties.push(PledgeParty { party: party.clone(), role });
        }
        parties
    }

    /// One topic of its theme, perhaps another of any.
    fn topics(&self, dice: &mut Dice, theme: usize) -> Vec<Slug> {
        let per_theme = THEMES[theme].topics.len();
        let first = theme * per_theme + dice.below(per_theme);
        let mut topics = vec![self.cast.topics[first].id.clone()];
        let other = dice.below(self.cast.topics.len());
        if dice.chance(30) && other != first {
            topics.push(self.cast.topics[other].id.clone());
        }
        topics
    }

    /// In one pledge of twelve, what the press said beside what the record goes by.
    fn variants(&self, dice: &mut Dice, subject: Subject, title: &Localized, due: Option<&Due>) -> Vec<Variant> {
        if !dice.chance(8) {
            return Vec::new();
        }
        let taken = self.citation(dice, subject, Some(Authority::Communique));
        let other = self.citation(dice, subject, Some(Authority::AnonymousOfficial));
        let (field, values) = match due {
            Some(due) if dice.chance(60) => (VariantField::DueOn, [due.clone(), Due::Words(Writer::said(dice, SOME_DAY))]),
            _ => (VariantField::Title, [Due::Words(title.clone()), Due::Words(self.writer.title(dice, subject))]),
        };
        let [value, differing] = values;
        vec![
            Variant { field, value, taken: true, citation: taken },
            Variant { field, value: differing, taken: false, citation: other },
        ]
    }

    /// So many citations as the weights say, each of another source.
    pub(super) fn citations(&self, dice: &mut Dice, subject: Subject, counts: &[(usize, usize)]) -> Vec<Citation> {
        let mut citations: Vec<Citation> = Vec::new();
        for _ in 0..dice.weighed(counts) {
            let citation = self.citation(dice, subject, None);
            if citations.iter().all(|other| other.source != citation.source) {
                citations.push(citation);
            }
        }
        citations
    }

    fn citation(&self, dice: &mut Dice, subject: Subject, authority: Option<Authority>) -> Citation {
        let source = &self.sources[self.often_source.pick(dice)];
        let authorities = [
            (Some(Authority::Press), 35),
            (Some(Authority::NamedOfficial), 25),
            (Some(Authority::Communique), 15),
            (Some(Authority::AnonymousOfficial), 5),
            (None, 20),
        ];
        Citation {
            source: source.id.clone(),
            quote: dice.chance(60).then(|| self.writer.quote(dice, subject, &source.language)),
            locator: dice.chance(25).then(|| format!("p. {}", dice.between(1, 240))),
            language: source.language.clone(),
            stance: dice.weighed(&[(Stance::Supports, 85), (Stance::Context, 10), (Stance::Contradicts, 5)]),
            authority: authority.or_else(|| dice.weighed(&authorities)),
        }
    }
}

/// Six in ten have a date, one in ten has words for one.
fn due(dice: &mut Dice, made: NaiveDate) -> Option<Due> {
    match dice.below(10) {
        0..6 => {
            let day = later(made, dice.between(60, 2_200));
            let date = match dice.below(10) {
                0..4 => FuzzyDate::Day(day),
                4..7 => FuzzyDate::Month(day.year(), day.month()),
                _ => FuzzyDate::Year(day.year()),
            };
            Some(Due::On(date))
        }
        6 => Some(Due::Words(Writer::said(dice, SOME_DAY))),
        _ => None,
    }
}
