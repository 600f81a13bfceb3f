//! The history of a synthetic pledge: how its status went on, what each step rests on, and what was corrected.

use chrono::{Datelike, NaiveDate};
use domain::{
    Confidence, PledgeStatus, Slug,
    pledge::{PledgeParty, StatusChange},
};

use super::{
    dice::{Dice, later},
    pledge::Maker,
    prose::{Subject, Writer},
    words::{MISTAKES, OVERRIDES},
};

use PledgeStatus as S;

/// Where most pledges stand while it goes on.
const UNDERWAY: [(S, usize); 6] = [
    (S::InProgress, 48),
    (S::NoActionFound, 24),
    (S::Stalled, 12),
    (S::PartlyFulfilled, 10),
    (S::Announced, 4),
    (S::NotAssessed, 2),
];

/// Where they stand at last: few are settled for good.
const AT_LAST: [(S, usize); 11] = [
    (S::InProgress, 24),
    (S::Fulfilled, 18),
    (S::NoActionFound, 15),
    (S::PartlyFulfilled, 12),
    (S::Stalled, 10),
    (S::NotFulfilled, 8),
    (S::Announced, 5),
    (S::NotAssessable, 3),
    (S::Superseded, 2),
    (S::Withdrawn, 2),
    (S::NotAssessed, 1),
];

/// How many changes a pledge has: eight on average, one for many, dozens for a few.
fn length(dice: &mut Dice) -> usize {
    match dice.below(100) {
        0..21 => dice.between(1, 3),
        21..73 => dice.between(4, 9),
        73..96 => dice.between(10, 18),
        _ => dice.between(19, 32),
    }
}

/// The changes of a pledge made on a day, in the order in which they were recorded.
pub(super) fn history(
    maker: &Maker<'_>,
    dice: &mut Dice,
    subject: Subject,
    made: NaiveDate,
    parties: &[PledgeParty],
) -> Vec<StatusChange> {
    let owing: Vec<&Slug> = parties.iter().filter(|of| of.role.owes()).map(|of| &of.party).collect();
    let joint = owing.len() > 1 && dice.chance(20);
    let last = length(dice) - 1;
    let mut history: Vec<StatusChange> = Vec::with_capacity(last + 1);
    let mut day = made;
    for place in 0..=last {
        let status = match place {
            0 if last > 0 || dice.chance(80) => S::Announced,
            place if place == last => dice.weighed(&AT_LAST),
            _ => dice.weighed(&UNDERWAY),
        };
        if place > 0 {
            let left = usize::try_from((maker.recorded_on - day).num_days()).unwrap_or(0);
            day = later(day, dice.between(0, (2 * left / (last - place + 2)).min(left)));
        }
        let party = (joint && place > 0 && dice.chance(60)).then(|| (*dice.pick(&owing)).clone());
        let replaced = if place > 1 && dice.chance(4) { correctable(dice, &history) } else { None };
        let mut change = step(maker, dice, subject, status, day);
        change.party = party;
        if let Some(replaced) = replaced {
            // A correction speaks of the same event, perhaps with another status or date.
            change.party.clone_from(&history[replaced].party);
            change.effective_on = history[replaced].effective_on;
            change.replaces = Some(replaced);
            change.reason = Some(Writer::said(dice, MISTAKES));
        }
        if change.party.is_none() && history.iter().any(|earlier| earlier.party.is_some()) {
            change.override_reason = Some(Writer::said(dice, OVERRIDES));
        }
        history.push(change);
    }
    history
}

/// An earlier change that nothing has corrected yet.
fn correctable(dice: &mut Dice, history: &[StatusChange]) -> Option<usize> {
    let place = dice.below(history.len());
    history.iter().all(|change| change.replaces != Some(place)).then_some(place)
}

fn step(maker: &Maker<'_>, dice: &mut Dice, subject: Subject, status: S, day: NaiveDate) -> StatusChange {
    // What came of a pledge is cited; that nothing was found says where was looked; a look in between may be either.
    let cited = match status {
        S::NotAssessed | S::NoActionFound | S::NotAssessable => 0,
        S::Fulfilled | S::NotFulfilled | S::Superseded | S::Withdrawn => 100,
        _ => 44,
    };
    let cited = dice.chance(cited);
    StatusChange {
        party: None,
        status,
        effective_on: dice.dated(day),
        rationale: maker.writer.rationale(dice, subject, well(status)),
        confidence: dice
            .chance(70)
            .then(|| dice.weighed(&[(Confidence::High, 35), (Confidence::Medium, 45), (Confidence::Low, 20)])),
        searched: (!cited).then(|| Writer::searched(dice, day.year())),
        override_reason: None,
        replaces: None,
        reason: None,
        citations: if cited { maker.citations(dice, subject, &[(1, 85), (2, 12), (4, 3)]) } else { Vec::new() },
    }
}

fn well(status: S) -> bool {
    matches!(status, S::Announced | S::InProgress | S::PartlyFulfilled | S::Fulfilled)
}
