//! A former state of the record, made of the newest: most of it is the same, and is in memory. What was published since is read as
//! it was, and corrections that came later are taken back.

use std::{collections::HashMap, ops::Range, sync::Arc};

use chrono::NaiveDate;
use domain::{Due, FuzzyDate, Localized, Moment, Role, Search, Slug};
use futures_util::{StreamExt, TryStreamExt, stream};
use roaring::RoaringBitmap;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DatabaseConnection, EntityTrait, JoinType, QueryFilter, QuerySelect, RelationTrait, Statement,
    prelude::Uuid,
};

use super::{
    Entry, Index,
    counted::Many,
    glance,
    memo::Choices,
    read::{AT_ONCE, Names, removed},
};
use crate::{
    Dossier, Revision, Store, StoreError,
    entity::{pledge, pledge_correction, publication},
    pledge::dossiers_of,
    tasks::by_itself,
    texts::{Text, Texts, indexed_at},
};

/// How many pledges of which something was published since are read at a time.
const AGAIN: usize = 500;

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

impl Told {
    fn of(dossier: Dossier) -> Self {
        let promised = Texts::of_dossier(&dossier);
        Self { title: dossier.title, made_on: dossier.made_on, due: dossier.due, promised }
    }

    /// What could be read of it then, with what its sources say differently.
    pub fn texts(&self, variants: Option<Vec<Text>>) -> Texts {
        let mut texts = self.promised.clone();
        texts.body.extend(variants.into_iter().flatten());
        texts
    }
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
/// they were then, and those that are new or were taken out are not there. What is published from now on is left to [`News`].
pub(super) async fn set_back(db: &DatabaseConnection, index: &mut Index, revision: Revision) -> Result<(), StoreError> {
    let newest = newest_revision(db).await?;
    // What was taken over may be newer than what was known when that began.
    let later = Later::than(db, revision).await?;
    let new: Vec<u32> = index.entries().map(|entry| entry.number).filter(|number| later.is_new(*number)).collect();
    for number in new {
        index.take_out(number, false);
    }
    index.take_names(Names::of(db, None).await?);
    let again: Vec<u32> = later.again.iter().collect();
    let pieces: Vec<Vec<u32>> = again.chunks(AGAIN).map(<[u32]>::to_vec).collect();
    let pieces = pieces.into_iter().map(|numbers| {
        let db = db.clone();
        by_itself(async move { glance::former(&db, &numbers, revision).await })
    });
    let mut pieces = stream::iter(pieces).buffered(AT_ONCE);
    while let Some(piece) = pieces.try_next().await? {
        piece.pledges.into_iter().for_each(|glance| index.take_glance(glance, false));
    }
    for (number, dossier) in corrected_since(db, revision, &index.told()).await? {
        index.take_back(number, dossier);
    }
    let removed = removed(db, 0).await?;
    removed.iter().for_each(|number| index.take_out(number, false));
    index.marks.forget(&removed);
    index.published_again = later.again;
    (index.revision, index.set_right_at) = (revision.number, newest);
    index.fit();
    Ok(())
}

/// What was published since a former state was set right.
pub(super) struct News {
    newest: i64,
    again: RoaringBitmap,
    corrected: Vec<(u32, Dossier)>,
    removed: RoaringBitmap,
}

impl News {
    /// Reads it: for a state of this revision that was set right at another, and has these pledges told otherwise.
    pub async fn since(
        db: &DatabaseConnection,
        revision: Revision,
        set_right_at: i64,
        told: &RoaringBitmap,
    ) -> Result<Self, StoreError> {
        let newest = newest_revision(db).await?;
        let known = Revision { number: set_right_at, ..revision };
        Ok(Self {
            newest,
            again: Later::than(db, known).await?.again,
            corrected: corrected_since(db, revision, told).await?,
            removed: removed(db, set_right_at).await?,
        })
    }
}

async fn newest_revision(db: &impl ConnectionTrait) -> Result<i64, StoreError> {
    let newest: Option<Option<i64>> = publication::Entity::find()
        .select_only()
        .column_as(publication::Column::Revision.max(), "newest")
        .into_tuple()
        .one(db)
        .await?;
    Ok(newest.flatten().unwrap_or_default())
}

/// The pledges of which something was corrected after a revision in what is said of them, but for those that are known already, as
/// they were told then.
async fn corrected_since(
    db: &DatabaseConnection,
    revision: Revision,
    known: &RoaringBitmap,
) -> Result<Vec<(u32, Dossier)>, StoreError> {
    let recorded_at = revision.recorded_at.unwrap_or_default();
    let mut corrected: Vec<(i64, Uuid, String)> = pledge_correction::Entity::find()
        .select_only()
        .columns([pledge::Column::Number, pledge::Column::Id])
        .column(pledge::Column::Slug)
        .join(JoinType::InnerJoin, pledge_correction::Relation::Pledge.def())
        .filter(pledge_correction::Column::RecordedAt.gt(recorded_at))
        .filter(pledge::Column::RecordedAt.lte(recorded_at))
        .into_tuple()
        .all(db)
        .await?;
    corrected.retain(|(number, ..)| !u32::try_from(*number).is_ok_and(|number| known.contains(number)));
    corrected.sort_unstable();
    corrected.dedup();
    let moment = Moment { asked_known_at: true, ..indexed_at(recorded_at) };
    let mut told = Vec::with_capacity(corrected.len());
    for some in corrected.chunks(CORRECTED) {
        let ids: Vec<Uuid> = some.iter().map(|(_, id, _)| *id).collect();
        for dossier in dossiers_of(db, &ids, moment).await? {
            let number = some.iter().find(|(.., slug)| *slug == dossier.slug.as_str()).map(|(number, ..)| *number);
            told.extend(number.and_then(|number| Some((u32::try_from(number).ok()?, dossier))));
        }
    }
    Ok(told)
}

impl Store {
    /// What some pledges were called that were corrected since a moment.
    pub(crate) async fn titles_then(
        &self,
        pledges: impl IntoIterator<Item = Uuid>,
        moment: Moment,
    ) -> Result<HashMap<Slug, Localized>, StoreError> {
        if !moment.asked_known_at {
            return Ok(HashMap::new());
        }
        let corrected: Vec<Uuid> = pledge_correction::Entity::find()
            .select_only()
            .column(pledge_correction::Column::PledgeId)
            .distinct()
            .filter(pledge_correction::Column::PledgeId.is_in(pledges))
            .filter(pledge_correction::Column::RecordedAt.gt(moment.known_at))
            .into_tuple()
            .all(&self.db)
            .await?;
        let dossiers = if corrected.is_empty() { Vec::new() } else { dossiers_of(&self.db, &corrected, moment).await? };
        Ok(dossiers.into_iter().map(|dossier| (dossier.slug, dossier.title)).collect())
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

    /// Which pledges are told otherwise than today.
    pub(super) fn told(&self) -> RoaringBitmap {
        self.told_otherwise.keys().copied().collect()
    }

    /// The newest revision of which this former state has whatever matters to it.
    pub(super) fn set_right_at(&self) -> i64 {
        self.set_right_at
    }

    /// Keeps a former state right: as what it says of its pledges is of that time, only what else can be read of them is new.
    pub(super) fn set_right(&mut self, news: News) {
        self.published_again |= news.again;
        for (number, dossier) in news.corrected {
            // What it is narrowed by is the same, and stays where it is.
            self.told_otherwise.insert(number, Arc::new(Told::of(dossier)));
        }
        if !news.removed.is_empty() {
            self.choices = Choices::default();
            news.removed.iter().for_each(|number| self.take_out(number, true));
            self.marks.forget(&news.removed);
        }
        self.set_right_at = news.newest;
    }

    /// Takes some pledges of another state over, those that were left alone since; gives whether there are more behind them.
    pub(super) fn take_over(&mut self, other: &Self, numbers: Range<usize>, later: &Later) -> bool {
        let some = other.entries.get(numbers.start..numbers.end.min(other.entries.len())).unwrap_or_default();
        for entry in some.iter().flatten().filter(|entry| later.left_alone(entry.number)) {
            let spans = self.spans_of_all.put(other.spans_of(entry).iter().copied());
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
        self.told_otherwise.insert(number, Arc::new(Told::of(dossier)));
    }

    /// What was said of a pledge in this state, where it was corrected since.
    pub(crate) fn told_otherwise(&self, number: u32) -> Option<&Arc<Told>> {
        self.told_otherwise.get(&number)
    }

    /// Where a search that found some pledges today goes to a day of this state: those of them of which just that could be read then
    /// which is read today; and the others that have a status by then, each with whether more than its status may have been another.
    /// Those that were corrected since are there too if anything that is searched was in what was promised then: today's texts
    /// have all the others.
    pub(crate) fn told_as_today(
        &self,
        search: &Search,
        some: &RoaringBitmap,
        day: NaiveDate,
    ) -> (RoaringBitmap, Vec<(&Entry, bool)>) {
        let said =
            |told: &Told| told.promised.title.iter().chain(&told.promised.body).any(|text| search.terms_in(&text.text) > 0);
        let corrected = self.told_otherwise.iter().filter(|(number, told)| !some.contains(**number) && said(told));
        let corrected: RoaringBitmap = corrected.map(|(number, _)| *number).collect();
        let standing = (some | corrected) & &self.day(day).standing;
        let (mut told, mut others) = (RoaringBitmap::new(), Vec::new());
        for entry in standing.iter().filter_map(|number| self.entry(number)) {
            let again = self.published_again.contains(entry.number) || self.told_otherwise.contains_key(&entry.number);
            if !again && entry.settled_on <= day {
                told.insert(entry.number);
            } else {
                others.push((entry, again));
            }
        }
        (told, others)
    }
}
