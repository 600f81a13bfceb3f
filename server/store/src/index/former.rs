//! A former state of the record, made of the newest: most of it is the same, and is in memory. What was published since is read as
//! it was, and corrections that came later are taken back.

use std::{collections::HashMap, ops::Range, sync::Arc};

use chrono::NaiveDate;
use domain::{Due, FuzzyDate, Localized, Moment, Role};
use futures_util::{StreamExt, TryStreamExt, stream};
use roaring::RoaringBitmap;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait, Statement,
    prelude::Uuid,
};

use super::{
    Entry, Index, Stretch,
    counted::Many,
    glance::{self, PIECE},
    read::{AT_ONCE, Names, removed},
};
use crate::{
    Dossier, Revision, Store, StoreError,
    entity::{pledge, pledge_correction},
    pledge::dossiers_of,
    tasks::by_itself,
    texts::{Texts, indexed_at},
};

/// How many pledges that were corrected are read at a time, with all that is said of them.
const CORRECTED: usize = 50;

/// Of which pledges something was published after a revision.
#[derive(Debug, Default)]
pub(super) struct Later {
    /// Those of them that it had already.
    again: RoaringBitmap,
    /// The first that it did not have yet: numbers are given in the order of publication.
    first_new: Option<u32>,
}

/// What lists show of a pledge, and what a search finds in it, as it was before corrections that came later.
#[derive(Debug)]
pub(crate) struct Told {
    pub title: Localized,
    pub made_on: FuzzyDate,
    pub due: Option<Due>,
    /// What was promised and by whom; variants and evidence are never corrected.
    pub promised: Texts,
}

impl Later {
    /// Finds it out.
    pub async fn than(db: &impl ConnectionTrait, revision: Revision) -> Result<Self, StoreError> {
        // In one row: many short ones would cost more than they hold.
        let sql = "select string_agg(case when recorded_at <= $2 then cast(number as text) end, ','),
            min(case when recorded_at > $2 then number end) from pledge where revision > $1 and number is not null";
        let values = [revision.number.into(), revision.recorded_at.into()];
        let Some(row) = db.query_one_raw(Statement::from_sql_and_values(db.get_database_backend(), sql, values)).await? else {
            return Ok(Self::default());
        };
        let again: Option<String> = row.try_get_by_index(0)?;
        let first_new: Option<i64> = row.try_get_by_index(1)?;
        Ok(Self {
            again: again.unwrap_or_default().split(',').filter_map(|number| number.parse::<u32>().ok()).collect(),
            first_new: first_new.and_then(|number| u32::try_from(number).ok()),
        })
    }

    fn is_new(&self, number: u32) -> bool {
        self.first_new.is_some_and(|first| number >= first)
    }

    /// Whether the revision had a pledge just as it is now.
    fn left_alone(&self, number: u32) -> bool {
        !self.is_new(number) && !self.again.contains(number)
    }
}

/// Sets right what was taken over from the newest state into a former one: pledges of which something was published since are as
/// they were then, and those that are new or were taken out are not there.
pub(super) async fn set_back(db: &DatabaseConnection, index: &mut Index, revision: Revision) -> Result<(), StoreError> {
    // What was taken over may be newer than what was known when that began.
    let later = Later::than(db, revision).await?;
    let new: Vec<u32> = index.entries().map(|entry| entry.number).filter(|number| later.is_new(*number)).collect();
    new.into_iter().for_each(|number| index.take_out(number, false));
    index.take_names(Names::all(db).await?);
    let again: Vec<u32> = later.again.iter().collect();
    let pieces: Vec<Vec<u32>> = again.chunks(PIECE.unsigned_abs() as usize).map(<[u32]>::to_vec).collect();
    let pieces = pieces.into_iter().map(|numbers| {
        let db = db.clone();
        by_itself(async move { glance::former(&db, &numbers, revision).await })
    });
    let mut pieces = stream::iter(pieces).buffered(AT_ONCE);
    while let Some(piece) = pieces.try_next().await? {
        piece.pledges.into_iter().for_each(|glance| index.take_glance(glance, false));
    }
    take_back_corrections(db, index, revision).await?;
    let removed = removed(db, 0).await?;
    removed.iter().for_each(|number| index.take_out(number, false));
    index.marks.forget(&removed);
    index.published_again = later.again;
    index.revision = revision.number;
    index.fit();
    Ok(())
}

/// Takes back what was corrected after a revision in what is said of pledges.
async fn take_back_corrections(db: &DatabaseConnection, index: &mut Index, revision: Revision) -> Result<(), StoreError> {
    let recorded_at = revision.recorded_at.unwrap_or_default();
    let mut corrected: Vec<(i64, Uuid)> = pledge_correction::Entity::find()
        .select_only()
        .columns([pledge::Column::Number, pledge::Column::Id])
        .join(JoinType::InnerJoin, pledge_correction::Relation::Pledge.def())
        .filter(pledge_correction::Column::RecordedAt.gt(recorded_at))
        .filter(pledge::Column::RecordedAt.lte(recorded_at))
        .into_tuple()
        .all(db)
        .await?;
    corrected.sort_unstable();
    corrected.dedup();
    let moment = Moment { asked_known_at: true, ..indexed_at(recorded_at) };
    for some in corrected.chunks(CORRECTED) {
        let (numbers, ids): (Vec<i64>, Vec<Uuid>) = some.iter().copied().unzip();
        // All are there: each was published by then.
        for (number, dossier) in numbers.into_iter().zip(dossiers_of(db, &ids, moment).await?) {
            index.take_back(u32::try_from(number).unwrap_or(u32::MAX), dossier);
        }
    }
    Ok(())
}

impl Store {
    /// What some pledges were called that were corrected since a moment, by number.
    pub(crate) async fn titles_then(
        &self,
        numbers: impl IntoIterator<Item = i64>,
        moment: Moment,
    ) -> Result<HashMap<i64, Localized>, StoreError> {
        if !moment.asked_known_at {
            return Ok(HashMap::new());
        }
        let held = self.index(moment).await?;
        let index = held.read();
        Ok(index.titles_then(numbers))
    }
}

impl Index {
    /// What some pledges were called in this state that were corrected since, by number.
    pub(crate) fn titles_then(&self, numbers: impl IntoIterator<Item = i64>) -> HashMap<i64, Localized> {
        let told = |number: i64| Some((number, self.told_otherwise(u32::try_from(number).ok()?)?.title.clone()));
        numbers.into_iter().filter_map(told).collect()
    }

    /// A state that refers to what this one refers to, without any pledge.
    pub(super) fn emptied(&self) -> Self {
        Self {
            parties: self.parties.clone(),
            meetings: self.meetings.clone(),
            topics: self.topics.clone(),
            languages: self.languages.clone(),
            ..Self::default()
        }
    }

    /// Takes some pledges of another state over, those that were left alone since; gives whether there are more behind them.
    pub(super) fn take_over(&mut self, other: &Self, numbers: Range<usize>, later: &Later) -> bool {
        let some = other.entries.get(numbers.start..numbers.end.min(other.entries.len())).unwrap_or_default();
        for entry in some.iter().flatten().filter(|entry| later.left_alone(entry.number)) {
            let spans = Stretch::put(&mut self.spans_of_all, other.spans_of(entry).iter().copied());
            let parties = other.parties_of(entry.number).to_vec();
            let topics = other.counted.of(entry.number, Many::Topics);
            let meeting = other.counted.of(entry.number, Many::Meetings).first().copied();
            self.put(Entry { spans, ..entry.clone() }, parties, &topics, meeting, false);
        }
        numbers.end < other.entries.len()
    }

    /// Has a pledge as it was told before it was corrected.
    fn take_back(&mut self, number: u32, dossier: Dossier) {
        let Some(entry) = self.entry(number).cloned() else { return };
        let entry = Entry { made_on: dossier.made_on, due: dossier.due.as_ref().and_then(Due::date), ..entry };
        let parties: Vec<(u32, Role)> =
            dossier.parties.iter().filter_map(|(named, role)| Some((self.parties.number(&named.slug)?, *role))).collect();
        let topics: Vec<u32> = dossier.topics.iter().filter_map(|topic| self.topics.number(&topic.slug)).collect();
        let meeting = dossier.meeting.as_ref().and_then(|meeting| self.meetings.number(&meeting.named.slug));
        self.put(entry, parties, &topics, meeting, false);
        let promised = Texts::of_dossier(&dossier);
        let told = Told { title: dossier.title, made_on: dossier.made_on, due: dossier.due, promised };
        self.told_otherwise.insert(number, Arc::new(told));
    }

    /// What was said of a pledge in this state, where it was corrected since.
    pub(crate) fn told_otherwise(&self, number: u32) -> Option<&Arc<Told>> {
        self.told_otherwise.get(&number)
    }

    /// Where a search that found some pledges today goes to a day of this state: those of them of which just that could be read then
    /// which is read today; and the others that have a status by then, also those that were corrected since, each with whether it was
    /// published again since this state.
    pub(crate) fn told_as_today(&self, some: &RoaringBitmap, day: NaiveDate) -> (RoaringBitmap, Vec<(&Entry, bool)>) {
        let corrected: RoaringBitmap = self.told_otherwise.keys().copied().collect();
        let standing = (some | corrected) & &self.day(day).standing;
        let (mut same, mut others) = (RoaringBitmap::new(), Vec::new());
        for entry in standing.iter().filter_map(|number| self.entry(number)) {
            let again = self.published_again.contains(entry.number);
            if !again && entry.settled_on <= day {
                same.insert(entry.number);
            } else {
                others.push((entry, again));
            }
        }
        (same, others)
    }
}
