//! Lists of pledges and their figures, at a moment of the two clocks.

use std::{collections::HashMap, sync::Arc};

use domain::{
    Due, FuzzyDate, Localized, Moment, PledgeQuery, PledgeStatus, Role, Search, Slug, Timeliness,
    history::Span,
    page::{Page, PageNumber},
    search::Excerpt,
    strip::Strip,
};
use futures_util::future::try_join_all;
use sea_orm::{
    ColumnTrait, ConnectionTrait, DerivePartialModel, EntityTrait, ExprTrait, JoinType, QueryFilter, QueryResult, QuerySelect,
    QueryTrait, RelationTrait,
    prelude::{Expr, Uuid},
    sea_query::{Asterisk, Query, UnionType},
};

use crate::{
    Found, Named, Store, StoreError,
    choose::Chosen,
    entity::{citation, pledge, pledge_variant, status_change},
    index::{Held, Index, Told},
    row,
    texts::{Text, Texts, evidence_of, variants_of},
};

/// A pledge as it stands in a list.
#[derive(Clone, Debug)]
pub struct PledgeRow {
    /// Its name in URLs.
    pub slug: Slug,
    /// What it is called.
    pub title: Localized,
    /// When it was made.
    pub made_on: FuzzyDate,
    /// When it is due.
    pub due: Option<Due>,
    /// Its state at the moment.
    pub state: Span,
    /// How it stands to its due date.
    pub timeliness: Option<Timeliness>,
    /// Its statuses one after the other, up to the moment.
    pub spans: Vec<Span>,
    /// Its life so far.
    pub strip: Option<Strip>,
    /// Those who owe it, in order.
    pub parties: Vec<Named>,
    /// How many sources bear it and its history out.
    pub sources: u64,
    /// Where what was searched was found, the best first, one for each language; empty where nothing is searched.
    pub passages: Vec<Passage>,
}

/// How many pledges there are, by status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// How many in each status.
    pub by_status: HashMap<PledgeStatus, u64>,
    /// How many are overdue.
    pub overdue: u64,
}

impl Figures {
    /// How many in a status.
    #[must_use]
    pub fn of(&self, status: PledgeStatus) -> u64 {
        self.by_status.get(&status).copied().unwrap_or_default()
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.by_status.values().sum()
    }
}

/// A passage in which something searched was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The language of the passage.
    pub language: String,
    /// The passage, with what was searched marked in it.
    pub excerpt: Excerpt,
    /// How many of the terms its text has.
    pub terms: usize,
}

/// In so many parts, at the same time, the rows of a large record are read: it does not fit into memory, and to read a row is then
/// to wait for a disk that could bring another meanwhile.
const PARTS: usize = 4;

/// About how many characters of a passage are shown.
const PASSAGE: usize = 160;

impl Store {
    /// One page of the pledges asked for, as they stood at the moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn pledges(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Page<PledgeRow>, StoreError> {
        let mut chosen = self.choose(query, moment).await?;
        self.page_of(&mut chosen, query, moment, number, per_page).await
    }

    /// One page of the pledges asked for, with their figures and with what other choices would leave.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn found(
        &self,
        query: &PledgeQuery,
        moment: Moment,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Found, StoreError> {
        let mut chosen = self.choose(query, moment).await?;
        let pledges = self.page_of(&mut chosen, query, moment, number, per_page).await?;
        Ok(Found { pledges, figures: chosen.figures(), facets: chosen.facets(query) })
    }

    /// The figures of the pledges asked for, as they stood at the moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn figures(&self, query: &PledgeQuery, moment: Moment) -> Result<Figures, StoreError> {
        Ok(self.choose(query, moment).await?.figures())
    }

    async fn page_of(
        &self,
        chosen: &mut Chosen<'_>,
        query: &PledgeQuery,
        moment: Moment,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Page<PledgeRow>, StoreError> {
        let skip = usize::try_from(number.offset(per_page)).unwrap_or(usize::MAX);
        let stretch = self.stretch(chosen, query, moment, None, skip, per_page as usize).await?;
        let numbers = stretch.into_iter().map(|(_, cursor)| cursor.number);
        let items = self.rows(&chosen.held, numbers, query.search.as_ref(), moment).await?;
        Ok(Page { items, total: chosen.total(), number, per_page })
    }

    /// Some pledges as they stand in a list, in the order of their numbers; with passages where a search is to be shown.
    pub(crate) async fn rows(
        &self,
        held: &Held<'_>,
        numbers: impl IntoIterator<Item = u32>,
        search: Option<&Search>,
        moment: Moment,
    ) -> Result<Vec<PledgeRow>, StoreError> {
        let (glimpses, parts): (Vec<Glimpse>, usize) = {
            let index = held.read();
            let glimpses = numbers.into_iter().filter_map(|number| Glimpse::of(&index, number, moment, search.is_some()));
            (glimpses.collect(), if index.is_large() { PARTS } else { 1 })
        };
        let earlier: Vec<Uuid> = glimpses.iter().filter(|glimpse| glimpse.sources.is_none()).map(|glimpse| glimpse.id).collect();
        let parts = glimpses.chunks(glimpses.len().div_ceil(parts).max(1)).map(|part| self.part(part, search.is_some(), moment));
        // Side by side: none needs what another brings.
        let (parts, sources) =
            Box::pin(async { tokio::try_join!(try_join_all(parts), self.source_counts(&earlier, moment)) }).await?;
        let (mut found, mut said) = (HashMap::new(), HashMap::new());
        for (row, texts) in parts.into_iter().flatten() {
            said.extend(texts.map(|texts| (row.id, texts)));
            found.insert(row.id, row);
        }
        let mut passages = match search {
            Some(search) => self.passages(search, said, moment).await?,
            None => HashMap::new(),
        };
        let mut rows = Vec::with_capacity(glimpses.len());
        for glimpse in glimpses {
            let (Some(row), id) = (found.remove(&glimpse.id), glimpse.id) else { continue };
            let sources = glimpse.sources.or_else(|| sources.get(&id).copied()).unwrap_or_default();
            let passages = passages.remove(&id).unwrap_or_default();
            rows.extend(listed(row, glimpse, moment)?.map(|row| PledgeRow { sources, passages, ..row }));
        }
        Ok(rows)
    }

    /// The rows of some pledges; and, if they are searched, what was promised in each.
    async fn part(
        &self,
        pledges: &[Glimpse],
        searched: bool,
        moment: Moment,
    ) -> Result<Vec<(Listed, Option<Texts>)>, StoreError> {
        // By number, which their rows are in the order of; ids are drawn by lot, and the index of each would be another wait.
        let rows = pledge::Entity::find().filter(pledge::Column::Number.is_in(pledges.iter().map(|pledge| pledge.number)));
        if !searched {
            let rows = rows.into_partial_model::<Listed>().all(&self.db).await?;
            return Ok(rows.into_iter().map(|row| (row, None)).collect());
        }
        let ids: Vec<Uuid> = pledges.iter().map(|pledge| pledge.id).collect();
        let (rows, mut variants) = tokio::try_join!(rows.all(&self.db), variants_of(&self.db, &ids, moment))?;
        let said = rows.into_iter().map(|row| {
            let glimpse = pledges.iter().find(|pledge| pledge.id == row.id);
            let variants = variants.remove(&row.id);
            let texts = if let Some(told) = glimpse.and_then(|pledge| pledge.told.as_ref()) {
                told.texts(variants)
            } else {
                let mut texts = Texts::of(&row);
                glimpse.into_iter().flat_map(|pledge| &pledge.names).for_each(|name| texts.name(name));
                texts.body.extend(variants.into_iter().flatten());
                texts
            };
            (Listed::from(row), Some(texts))
        });
        Ok(said.collect())
    }

    /// For each pledge and language the passage outside its title that has the most of what is searched. Evidence is looked through
    /// only where what was promised does not say why the pledge was found.
    async fn passages(
        &self,
        search: &Search,
        mut texts: HashMap<Uuid, Texts>,
        moment: Moment,
    ) -> Result<HashMap<Uuid, Vec<Passage>>, StoreError> {
        let unexplained: Vec<Uuid> = texts.iter().filter(|(_, texts)| !explained(search, texts)).map(|(id, _)| *id).collect();
        if !unexplained.is_empty() {
            for (id, text) in evidence_of(&self.db, &unexplained, moment).await? {
                texts.entry(id).or_default().evidence.push(text);
            }
        }
        let best = |texts: Texts| {
            let mut best: Vec<Passage> = Vec::new();
            for text in texts.body.into_iter().chain(texts.evidence) {
                let before = best.iter().position(|passage| passage.language == text.language);
                // No passage has more than all.
                if before.is_some_and(|at| best[at].terms == search.terms.len()) {
                    continue;
                }
                let terms = search.terms_in(&text.text);
                if terms == 0 || before.is_some_and(|at| best[at].terms >= terms) {
                    continue;
                }
                let Some(excerpt) = search.excerpt(&text.text, PASSAGE) else { continue };
                before.map(|at| best.remove(at));
                best.push(Passage { language: text.language, excerpt, terms });
            }
            best.sort_by_key(|passage| std::cmp::Reverse(passage.terms));
            best
        };
        Ok(texts.into_iter().map(|(id, texts)| (id, best(texts))).collect())
    }

    /// How many different sources each of some pledges has, for itself, its variants and its changes.
    async fn source_counts(&self, pledges: &[Uuid], moment: Moment) -> Result<HashMap<Uuid, u64>, StoreError> {
        if pledges.is_empty() {
            return Ok(HashMap::new());
        }
        let known = || citation::Entity::find().filter(citation::Column::RecordedAt.lte(moment.known_at)).select_only();
        let of_pledge = known()
            .column_as(citation::Column::PledgeId, "pledge_id")
            .column(citation::Column::SourceId)
            .filter(citation::Column::PledgeId.is_in(pledges.iter().copied()));
        let of_variant = known()
            .column_as(pledge_variant::Column::PledgeId, "pledge_id")
            .column(citation::Column::SourceId)
            .join(JoinType::InnerJoin, citation::Relation::Variant.def())
            .filter(pledge_variant::Column::PledgeId.is_in(pledges.iter().copied()));
        let of_change = known()
            .column_as(status_change::Column::PledgeId, "pledge_id")
            .column(citation::Column::SourceId)
            .join(JoinType::InnerJoin, citation::Relation::StatusChange.def())
            .filter(status_change::Column::PledgeId.is_in(pledges.iter().copied()))
            .filter(status_change::Column::RecordedAt.lte(moment.known_at))
            .filter(status_change::Column::EffectiveLast.lte(moment.as_of));
        let mut cited = of_pledge.into_query();
        cited.union(UnionType::Distinct, of_variant.into_query()).union(UnionType::Distinct, of_change.into_query());
        let counts = Query::select()
            .column("pledge_id")
            .expr_as(Expr::col(Asterisk).count(), "sources")
            .from_subquery(cited, "cited")
            .group_by_col("pledge_id")
            .to_owned();
        let counted = |row: QueryResult| Ok((row.try_get("", "pledge_id")?, row.try_get::<i64>("", "sources")?.cast_unsigned()));
        self.db.query_all(&counts).await?.into_iter().map(counted).collect()
    }
}

/// Whether the titles of a pledge and one passage of what was promised have all that was searched: a row shows no more.
fn explained(search: &Search, texts: &Texts) -> bool {
    let titles: Vec<&str> = texts.title.iter().map(|text| text.text.as_str()).collect();
    let shown = |passage: &Text| search.found_in(&[titles.as_slice(), &[passage.text.as_str()]].concat());
    search.found_in(&titles) || texts.body.iter().any(shown)
}

/// What a list shows of the row of a pledge: what else it has need not be read.
#[derive(Debug, DerivePartialModel)]
#[sea_orm(entity = "pledge::Entity")]
struct Listed {
    id: Uuid,
    slug: String,
    title_en: Option<String>,
    title_es: Option<String>,
    made_on: String,
    due_on: Option<String>,
    due_words_en: Option<String>,
    due_words_es: Option<String>,
}

impl From<pledge::Model> for Listed {
    fn from(row: pledge::Model) -> Self {
        let pledge::Model { id, slug, title_en, title_es, made_on, due_on, due_words_en, due_words_es, .. } = row;
        Self { id, slug, title_en, title_es, made_on, due_on, due_words_en, due_words_es }
    }
}

/// What is in memory of a pledge as it stands in a list.
struct Glimpse {
    id: Uuid,
    number: i64,
    spans: Vec<Span>,
    /// Those that owe it.
    parties: Vec<Named>,
    /// What its meeting and all its parties are called, where a search may have found that.
    names: Vec<Localized>,
    sources: Option<u64>,
    /// What was said of it, where it was corrected since.
    told: Option<Arc<Told>>,
}

impl Glimpse {
    fn of(index: &Index, number: u32, moment: Moment, searched: bool) -> Option<Self> {
        let entry = index.entry(number)?;
        let parties = || {
            let named = |(party, role): &(u32, Role)| Some((&index.parties.all().get(*party as usize)?.named, *role));
            index.parties_of(number).iter().filter_map(named)
        };
        let names = || {
            let meeting = index.meeting_of(number).map(|meeting| &meeting.named);
            meeting.into_iter().chain(parties().map(|(named, _)| named)).map(|named| named.name.clone()).collect()
        };
        Some(Self {
            id: entry.id,
            number: number.into(),
            spans: index.spans_of(entry).to_vec(),
            parties: parties().filter(|(_, role)| role.owes()).map(|(named, _)| named.clone()).collect(),
            names: if searched { names() } else { Vec::new() },
            sources: entry.sources(moment.as_of),
            told: index.told_otherwise(number).cloned(),
        })
    }
}

/// A pledge as it stands in a list; `None` if it has no state at the moment, which the query has ruled out.
fn listed(row: Listed, glimpse: Glimpse, moment: Moment) -> Result<Option<PledgeRow>, StoreError> {
    let Glimpse { spans, parties, told, .. } = glimpse;
    let Some(state) = spans.iter().copied().find(|span| span.holds_on(moment.as_of)) else { return Ok(None) };
    let (title, made_on, due) = match told {
        Some(told) => (told.title.clone(), told.made_on, told.due.clone()),
        None => (
            row::localized(row.title_en, row.title_es),
            row::parsed("made_on", &row.made_on)?,
            row::due(row.due_on.as_deref(), row.due_words_en, row.due_words_es)?,
        ),
    };
    let due_date = due.as_ref().and_then(Due::date);
    Ok(Some(PledgeRow {
        slug: row::slug(&row.slug)?,
        title,
        made_on,
        timeliness: due_date.and_then(|due| Timeliness::of(due, &state, moment.as_of)),
        strip: Strip::new(&spans, due_date, moment.as_of),
        spans: spans.into_iter().filter(|span| span.from <= moment.as_of).collect(),
        due,
        state,
        parties,
        sources: 0,
        passages: Vec::new(),
    }))
}
