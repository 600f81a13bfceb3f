//! One pledge with everything its page says of it, at a moment of the two clocks.

mod links;
mod recorded;
mod revisions;
mod rolled_back;
mod seldom;
mod steps;
mod translations;

use links::{Links, links_of};
pub(crate) use revisions::revisions_of;
pub use revisions::{Former, PledgeCorrection, Removal, Unreviewed};
pub use rolled_back::FormerNames;
use seldom::{Found, Row, Seldom, SeldomRows, found};
pub use steps::Step;
use steps::steps_of;
pub use translations::Lagging;
pub(crate) use translations::{lagging, lagging_since};

use std::{
    collections::HashMap,
    future::{Future, ready},
    sync::Arc,
};

use chrono::{DateTime, Utc};
use domain::{
    Confidence, Due, FuzzyDate, Localized, Moment, Originals, Role, Slug, Timeliness,
    freshness::Freshness,
    history::Span,
    pledge::{Quantity, VariantField},
    strip::Strip,
};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use crate::{
    Cited, MeetingDossier, Named, Store, StoreError,
    citation::citations_of,
    entity::{meeting, pledge, pledge_variant, status_change},
    names::spans_of,
    row,
};

/// What a source says about a field on which sources differ.
#[derive(Clone, Debug)]
pub struct VariantRow {
    /// The field.
    pub field: VariantField,
    /// What it says.
    pub value: Due,
    /// Whether the record goes by it.
    pub taken: bool,
    /// The source.
    pub cited: Cited,
}

/// Everything the page of a pledge says.
#[derive(Clone, Debug)]
pub struct Dossier {
    /// Its name in URLs.
    pub slug: Slug,
    /// What it is called.
    pub title: Localized,
    /// What was promised, in our words.
    pub summary: Localized,
    /// What was promised, in the parties' words.
    pub wording: Option<Localized>,
    /// Which of these texts are originals.
    pub originals: Originals,
    /// When it was made.
    pub made_on: FuzzyDate,
    /// The meeting at which it was made.
    pub meeting: Option<MeetingDossier>,
    /// Who made it, with whom and for whom.
    pub parties: Vec<(Named, Role)>,
    /// What it is about.
    pub topics: Vec<Named>,
    /// When it is due.
    pub due: Option<Due>,
    /// The amount.
    pub quantity: Option<Quantity>,
    /// The sources of the pledge itself.
    pub citations: Vec<Cited>,
    /// What sources say differently.
    pub variants: Vec<VariantRow>,
    /// Its state at the moment; `None` if it was not made yet.
    pub state: Option<Span>,
    /// How it stands to its due date.
    pub timeliness: Option<Timeliness>,
    /// When it was last checked.
    pub freshness: Freshness,
    /// Its statuses one after the other, up to the moment.
    pub spans: Vec<Span>,
    /// Its life so far.
    pub strip: Option<Strip>,
    /// Its changes up to the moment, the newest first.
    pub steps: Vec<Step>,
    /// How what is said of it was corrected, up to the moment, the oldest first.
    pub revisions: Vec<PledgeCorrection>,
    /// What is called that corrections have taken from it.
    pub former_names: Arc<FormerNames>,
    /// What of it was published without review.
    pub unreviewed: Vec<Unreviewed>,
    /// When the record first had it.
    pub recorded_at: DateTime<Utc>,
    /// When the record last said something new of it, by the moment.
    pub changed_at: DateTime<Utc>,
}

impl Dossier {
    /// Everything that it cites.
    pub fn cited_mut(&mut self) -> impl Iterator<Item = &mut Cited> {
        let of_variants = self.variants.iter_mut().map(|variant| &mut variant.cited);
        self.citations.iter_mut().chain(of_variants).chain(self.steps.iter_mut().flat_map(|step| &mut step.citations))
    }

    /// The same, to be read.
    pub fn cited(&self) -> impl Iterator<Item = &Cited> {
        let of_variants = self.variants.iter().map(|variant| &variant.cited);
        self.citations.iter().chain(of_variants).chain(self.steps.iter().flat_map(|step| &step.citations))
    }

    /// The confidence of the change that its state rests on.
    #[must_use]
    pub fn confidence(&self) -> Option<Confidence> {
        let state = self.state?;
        self.steps.iter().find(|step| step.corrected_by.is_none() && step.status == state.status)?.confidence
    }
}

impl Store {
    /// One pledge as it stood at the moment; `None` if the record did not have it then.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn pledge(&self, slug: &Slug, moment: Moment) -> Result<Option<Dossier>, StoreError> {
        dossier(&self.db, slug, moment).await
    }

    /// The same, with the index of the entry of the log that its page rests on: the newest by the moment that speaks of it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn logged_pledge(&self, slug: &Slug, moment: Moment) -> Result<Option<(Dossier, Option<u64>)>, StoreError> {
        logged_dossier(&self.db, slug, moment).await
    }

    /// Several pledges as they stood at the moment, read together; those that the record did not have then are left out.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn pledges_together(&self, slugs: &[&Slug], moment: Moment) -> Result<Vec<Dossier>, StoreError> {
        let ids: Vec<Uuid> = pledge::Entity::find()
            .select_only()
            .column(pledge::Column::Id)
            .filter(pledge::Column::Slug.is_in(slugs.iter().map(|slug| slug.as_str())))
            .into_tuple()
            .all(&self.db)
            .await?;
        dossiers_of(&self.db, &ids, moment).await
    }
}

/// One pledge as it stood at the moment, as a connection or a transaction has it.
pub(crate) async fn dossier(db: &impl ConnectionTrait, slug: &Slug, moment: Moment) -> Result<Option<Dossier>, StoreError> {
    Ok(logged_dossier(db, slug, moment).await?.map(|(dossier, _)| dossier))
}

/// The same, with the entry of the log that its page rests on.
pub(crate) async fn logged_dossier(
    db: &impl ConnectionTrait,
    slug: &Slug,
    moment: Moment,
) -> Result<Option<(Dossier, Option<u64>)>, StoreError> {
    for _ in 0..TIMES {
        let Some(Found { row, seldom, entry }) = found(db, slug, moment.known_at).await? else { return Ok(None) };
        if let Some(mut dossiers) = gathered(db, &[row.0.id], ready(Ok(vec![row])), seldom, moment).await? {
            return Ok(dossiers.pop().map(|dossier| (dossier, entry)));
        }
    }
    Err(StoreError::Conflict)
}

/// Some pledges as they stood at the moment, in the order of their ids; those that the record did not have then are left out.
pub(crate) async fn dossiers_of(db: &impl ConnectionTrait, ids: &[Uuid], moment: Moment) -> Result<Vec<Dossier>, StoreError> {
    for _ in 0..TIMES {
        let rows = pledge::Entity::find()
            .find_also_related(meeting::Entity)
            .filter(pledge::Column::Id.is_in(ids.iter().copied()))
            .filter(pledge::Column::RecordedAt.lte(moment.known_at));
        if let Some(dossiers) = gathered(db, ids, rows.all(db), Seldom::ANY, moment).await? {
            return Ok(dossiers);
        }
    }
    Err(StoreError::Conflict)
}

/// How often pledges are read at most where each time something is published on them between one question and the next.
const TIMES: usize = 4;

/// The same of those whose rows are read, without asking for what none of them has; `None` if something was published on them between
/// their rows and what they are linked with, which corrections replace together.
async fn gathered(
    db: &impl ConnectionTrait,
    ids: &[Uuid],
    rows: impl Future<Output = Result<Vec<Row>, DbErr>>,
    seldom: Seldom,
    moment: Moment,
) -> Result<Option<Vec<Dossier>>, StoreError> {
    let variants = pledge_variant::Entity::find()
        .filter(pledge_variant::Column::PledgeId.is_in(ids.iter().copied()))
        .order_by_asc(pledge_variant::Column::Position);
    let changes = status_change::Entity::find()
        .filter(status_change::Column::PledgeId.is_in(ids.iter().copied()))
        .filter(status_change::Column::RecordedAt.lte(moment.known_at))
        .order_by_asc(status_change::Column::RecordedAt)
        .order_by_asc(status_change::Column::Position);
    // Side by side, where there are connections for it: none but the corrections needs what another brings.
    let (mut citations, changes, (rows, mut revisions), mut links, mut spans, variants, seldom) = Box::pin(async {
        tokio::try_join!(
            citations_of(db, ids, moment.known_at),
            async { Ok(changes.all(db).await?) },
            async {
                let rows = rows.await?;
                Ok((rows, seldom.corrections(db, ids).await?))
            },
            links_of(db, ids),
            spans_of(db, ids.iter().copied(), moment),
            async { Ok(if seldom.varied { variants.all(db).await? } else { Vec::new() }) },
            seldom.read(db, ids, moment.known_at),
        )
    })
    .await?;
    let SeldomRows { mut unreviewed, checks } = seldom;
    let mut rows: HashMap<Uuid, Row> = rows.into_iter().map(|row| (row.0.id, row)).collect();
    let overtaken = |(id, (row, _)): (&Uuid, &Row)| links.get(id).is_some_and(|links| links.revision != row.revision);
    if rows.iter().any(overtaken) {
        return Ok(None);
    }
    let mut variants = variants_of(variants, &mut citations)?;
    let mut steps = steps_of(changes, &mut citations, &links, moment)?;
    let former_names = Arc::new(FormerNames::of(db, revisions.values().flatten()).await?);
    let mut dossiers = Vec::with_capacity(ids.len());
    for id in ids {
        let Some((row, meeting)) = rows.remove(id) else { continue };
        let Some(recorded_at) = row.recorded_at else { continue };
        let Links { parties, topics, .. } = links.remove(id).unwrap_or_default();
        let spans = spans.remove(id).unwrap_or_default();
        let steps = steps.remove(id).unwrap_or_default();
        let due = row::due(row.due_on.as_deref(), row.due_words_en, row.due_words_es)?;
        let state = spans.iter().copied().find(|span| span.holds_on(moment.as_of));
        let (revisions, later): (Vec<_>, Vec<_>) =
            revisions.remove(id).unwrap_or_default().into_iter().partition(|revision| revision.recorded_at <= moment.known_at);
        let changes = steps.iter().map(|step| step.recorded_at);
        let changed_at = changes.chain(revisions.iter().map(|revision| revision.recorded_at)).max().unwrap_or(recorded_at);
        let checked_on = checks.get(id).copied();
        let quantity =
            row.quantity_value.map(|value| Quantity { value, unit: row::localized(row.quantity_unit_en, row.quantity_unit_es) });
        let wording = row::localized(row.wording_en, row.wording_es);
        let mut dossier = Dossier {
            slug: row::slug(&row.slug)?,
            title: row::localized(row.title_en, row.title_es),
            summary: row::localized(row.summary_en, row.summary_es),
            wording: (!wording.is_empty()).then_some(wording),
            originals: Originals {
                title: row::parsed_if("title_original", row.title_original.as_deref())?,
                summary: row::parsed_if("summary_original", row.summary_original.as_deref())?,
                wording: row::parsed_if("wording_original", row.wording_original.as_deref())?,
            },
            made_on: row::parsed("made_on", &row.made_on)?,
            meeting: meeting.map(TryInto::try_into).transpose()?,
            parties: parties.into_iter().map(|(named, role, _)| (named, role)).collect(),
            topics,
            quantity,
            citations: citations.remove(id).unwrap_or_default(),
            variants: variants.remove(id).unwrap_or_default(),
            timeliness: None,
            freshness: Freshness::of(changed_at.date_naive(), checked_on, moment.known_at.date_naive()),
            strip: None,
            spans: spans.iter().copied().filter(|span| span.from <= moment.as_of).collect(),
            state,
            due,
            steps,
            revisions,
            former_names: Arc::clone(&former_names),
            unreviewed: unreviewed.remove(id).unwrap_or_default(),
            recorded_at,
            changed_at,
        };
        dossier.roll_back(&later, &former_names)?;
        // The date by which it was due is the one that the record gave then.
        let due = dossier.due.as_ref().and_then(Due::date);
        dossier.timeliness = due.zip(state).and_then(|(due, state)| Timeliness::of(due, &state, moment.as_of));
        dossier.strip = Strip::new(&spans, due, moment.as_of);
        dossiers.push(dossier);
    }
    Ok(Some(dossiers))
}

fn variants_of(
    rows: Vec<pledge_variant::Model>,
    cited: &mut HashMap<Uuid, Vec<Cited>>,
) -> Result<HashMap<Uuid, Vec<VariantRow>>, StoreError> {
    let mut variants: HashMap<Uuid, Vec<VariantRow>> = HashMap::new();
    for row in rows {
        let Some(value) = row::due(row.value_on.as_deref(), row.value_en, row.value_es)? else { continue };
        // A variant is as public as its source: without a published citation it is a draft.
        let Some(cited) = cited.remove(&row.id).and_then(|mut cited| cited.pop()) else { continue };
        let variant = VariantRow { field: row::parsed("field", &row.field)?, value, taken: row.taken, cited };
        variants.entry(row.pledge_id).or_default().push(variant);
    }
    Ok(variants)
}

#[cfg(all(test, feature = "testing"))]
mod tests {
    use domain::Record;

    use super::*;
    use crate::{Engine, testing::TestStore};

    #[tokio::test(flavor = "multi_thread")]
    async fn what_is_published_between_one_question_and_the_next_is_noticed() {
        let now: DateTime<Utc> = "2026-11-23T12:00:00Z".parse().unwrap();
        let (moment, slug) = (Moment::now(now), "april-summit".parse().unwrap());
        let test = TestStore::empty(Engine::Sqlite).await;
        let example = Record::from_json(include_str!("../../example/la-declaration.json"), now.date_naive()).unwrap();
        test.store.load(&example, now).await.unwrap();
        for (meanwhile, noticed) in [("select 1", false), ("update pledge set revision = revision + 1", true)] {
            let Found { row, seldom, .. } = found(&test.store.db, &slug, now).await.unwrap().unwrap();
            test.sql(meanwhile).await.unwrap();
            let gathered = gathered(&test.store.db, &[row.0.id], ready(Ok(vec![row])), seldom, moment).await.unwrap();
            assert_eq!(gathered.is_none(), noticed, "{meanwhile}");
        }
        assert!(test.store.pledge(&slug, moment).await.unwrap().is_some());
    }
}
