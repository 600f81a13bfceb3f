//! Lists of pledges and their figures, at a moment of the two clocks.

use std::collections::HashMap;

use domain::{
    Due, FuzzyDate, Localized, Moment, PledgeQuery, PledgeSort, PledgeStatus, Role, Slug, Timeliness, Timely,
    history::Span,
    page::{Page, PageNumber},
    strip::Strip,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, JoinType, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait, Select,
    prelude::{Date, Expr, Uuid},
    sea_query::{CaseStatement, LikeExpr},
};

use crate::{
    Named, Store, StoreError,
    entity::{citation, meeting, party, pledge, pledge_party, pledge_topic, pledge_variant, status_change, status_span, topic},
    names::{parties_of, spans_of},
    row,
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

/// The pledges asked for, joined with their state at the moment.
fn narrowed(query: &PledgeQuery, moment: Moment) -> Select<pledge::Entity> {
    let mut select =
        pledge::Entity::find().join(JoinType::InnerJoin, pledge::Relation::StatusSpan.def()).filter(row::holds_at(moment));
    if let Some(status) = query.status {
        select = select.filter(status_span::Column::Status.eq(status.code()));
    }
    if query.timeliness == Some(Timely::Overdue) {
        select = select.filter(overdue_on(moment.as_of));
    }
    if let Some(slug) = &query.party {
        let of_party = pledge_party::Entity::find()
            .select_only()
            .column(pledge_party::Column::PledgeId)
            .join(JoinType::InnerJoin, pledge_party::Relation::Party.def())
            .filter(party::Column::Slug.eq(slug.as_str()));
        select = select.filter(pledge::Column::Id.in_subquery(of_party.into_query()));
    }
    if let Some(slug) = &query.topic {
        let of_topic = pledge_topic::Entity::find()
            .select_only()
            .column(pledge_topic::Column::PledgeId)
            .join(JoinType::InnerJoin, pledge_topic::Relation::Topic.def())
            .filter(topic::Column::Slug.eq(slug.as_str()));
        select = select.filter(pledge::Column::Id.in_subquery(of_topic.into_query()));
    }
    if let Some(slug) = &query.meeting {
        let ids =
            meeting::Entity::find().select_only().column(meeting::Column::Id).filter(meeting::Column::Slug.eq(slug.as_str()));
        select = select.filter(pledge::Column::MeetingId.in_subquery(ids.into_query()));
    }
    for word in query.search.iter().flat_map(|search| &search.terms).map(|term| term.words.join(" ")) {
        let pattern = format!("%{}%", word.replace('!', "!!").replace('%', "!%").replace('_', "!_"));
        select = select.filter(Expr::col((pledge::Entity, pledge::Column::Search)).like(LikeExpr::new(pattern).escape('!')));
    }
    select
}

/// Pledges that were due before a day and of which something is still awaited.
fn overdue_on(day: Date) -> Condition {
    Condition::all()
        .add(pledge::Column::DueLast.lt(day))
        .add(status_span::Column::Status.is_in(PledgeStatus::open().map(PledgeStatus::code)))
}

fn sorted(select: Select<pledge::Entity>, sort: PledgeSort) -> Select<pledge::Entity> {
    let select = match sort {
        PledgeSort::Newest | PledgeSort::Relevance => select.order_by_desc(pledge::Column::MadeOn),
        PledgeSort::Oldest => select.order_by_asc(pledge::Column::MadeOn),
        PledgeSort::Due => select
            .order_by(Expr::col((pledge::Entity, pledge::Column::DueLast)).is_null(), Order::Asc)
            .order_by_asc(pledge::Column::DueLast),
        PledgeSort::Changed => select.order_by_desc(status_span::Column::ValidFrom),
    };
    select.order_by_asc(pledge::Column::Slug)
}

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
        let total = narrowed(query, moment)
            .select_only()
            .column_as(pledge::Column::Id.count(), "pledges")
            .into_tuple::<i64>()
            .one(&self.db)
            .await?
            .unwrap_or_default()
            .unsigned_abs();
        let rows: Vec<pledge::Model> = sorted(narrowed(query, moment), query.order())
            .limit(u64::from(per_page))
            .offset(number.offset(per_page))
            .all(&self.db)
            .await?;
        let ids: Vec<Uuid> = rows.iter().map(|row| row.id).collect();
        let mut spans = spans_of(&self.db, ids.iter().copied(), moment).await?;
        let mut parties = parties_of(&self.db, ids.iter().copied()).await?;
        let sources = self.source_counts(&ids, moment).await?;
        let mut items = Vec::with_capacity(rows.len());
        for row in rows {
            let spans = spans.remove(&row.id).unwrap_or_default();
            let parties = parties.remove(&row.id).unwrap_or_default();
            items.extend(listed(row, &spans, parties, &sources, moment)?);
        }
        Ok(Page { items, total, number, per_page })
    }

    /// The figures of the pledges asked for, as they stood at the moment.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn figures(&self, query: &PledgeQuery, moment: Moment) -> Result<Figures, StoreError> {
        let overdue = CaseStatement::new().case(overdue_on(moment.as_of), 1).finally(0);
        let rows: Vec<(String, i64, i64)> = narrowed(query, moment)
            .select_only()
            .column(status_span::Column::Status)
            .column_as(pledge::Column::Id.count(), "pledges")
            .column_as(Expr::expr(overdue).sum(), "overdue")
            .group_by(status_span::Column::Status)
            .into_tuple()
            .all(&self.db)
            .await?;
        let mut figures = Figures::default();
        for (status, pledges, overdue) in rows {
            figures.by_status.insert(row::parsed("status", &status)?, pledges.unsigned_abs());
            figures.overdue += overdue.unsigned_abs();
        }
        Ok(figures)
    }

    /// How many different sources each of some pledges has, for itself, its variants and its changes.
    async fn source_counts(&self, pledges: &[Uuid], moment: Moment) -> Result<HashMap<Uuid, u64>, StoreError> {
        let known = || citation::Entity::find().filter(citation::Column::RecordedAt.lte(moment.known_at)).select_only();
        let of_pledge = known()
            .column(citation::Column::PledgeId)
            .column(citation::Column::SourceId)
            .filter(citation::Column::PledgeId.is_in(pledges.iter().copied()));
        let of_variant = known()
            .column(pledge_variant::Column::PledgeId)
            .column(citation::Column::SourceId)
            .join(JoinType::InnerJoin, citation::Relation::Variant.def())
            .filter(pledge_variant::Column::PledgeId.is_in(pledges.iter().copied()));
        let of_change = known()
            .column(status_change::Column::PledgeId)
            .column(citation::Column::SourceId)
            .join(JoinType::InnerJoin, citation::Relation::StatusChange.def())
            .filter(status_change::Column::PledgeId.is_in(pledges.iter().copied()))
            .filter(status_change::Column::RecordedAt.lte(moment.known_at))
            .filter(status_change::Column::EffectiveLast.lte(moment.as_of));
        let mut sources: HashMap<Uuid, std::collections::HashSet<Uuid>> = HashMap::new();
        for select in [of_pledge, of_variant, of_change] {
            for (pledge, source) in select.into_tuple::<(Uuid, Uuid)>().all(&self.db).await? {
                sources.entry(pledge).or_default().insert(source);
            }
        }
        Ok(sources.into_iter().map(|(pledge, sources)| (pledge, sources.len() as u64)).collect())
    }
}

/// A pledge as it stands in a list; `None` if it has no state at the moment, which the query has ruled out.
fn listed(
    row: pledge::Model,
    spans: &[Span],
    parties: Vec<(Named, Role, Uuid)>,
    sources: &HashMap<Uuid, u64>,
    moment: Moment,
) -> Result<Option<PledgeRow>, StoreError> {
    let Some(state) = spans.iter().copied().find(|span| span.holds_on(moment.as_of)) else { return Ok(None) };
    let due = row::due(row.due_on.as_deref(), row.due_words_en, row.due_words_es)?;
    let due_date = due.as_ref().and_then(Due::date);
    Ok(Some(PledgeRow {
        slug: row::slug(&row.slug)?,
        title: row::localized(row.title_en, row.title_es),
        made_on: row::parsed("made_on", &row.made_on)?,
        timeliness: due_date.and_then(|due| Timeliness::of(due, &state, moment.as_of)),
        strip: Strip::new(spans, due_date, moment.as_of),
        spans: spans.iter().copied().filter(|span| span.from <= moment.as_of).collect(),
        due,
        state,
        parties: parties.into_iter().filter(|(_, role, _)| role.owes()).map(|(named, _, _)| named).collect(),
        sources: sources.get(&row.id).copied().unwrap_or_default(),
    }))
}
