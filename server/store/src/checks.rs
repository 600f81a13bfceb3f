//! When somebody last looked whether a pledge's status is still true.

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{Act, FieldErrors, Locale, Moment, PledgeStatus, QueueQuery, Slug, text};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    RelationTrait,
    prelude::{Expr, Uuid},
};

use crate::{
    Editor, PledgeRow, Store, StoreError,
    audit::{self, Subject},
    entity::{party, pledge, pledge_check, pledge_party, pledge_topic, status_change, status_span, topic},
    revision::{self, Publication},
};

/// What has come to an end need not be looked at again and again.
const ENDED: [PledgeStatus; 5] = [
    PledgeStatus::Fulfilled,
    PledgeStatus::NotFulfilled,
    PledgeStatus::Superseded,
    PledgeStatus::Withdrawn,
    PledgeStatus::NotAssessable,
];

/// The longest note, in characters.
const NOTE: usize = 1_000;

impl Store {
    /// Notes that somebody looked and nothing has changed. The day is public, the note is for the desk.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::NoSuch`]; [`StoreError::Refused`] for the field `note`.
    pub async fn check_pledge(
        &self,
        editor: &Editor,
        slug: &Slug,
        note: &str,
        language: Locale,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        editor.must(Act::Check)?;
        let now = now.trunc_subsecs(6);
        let note = match note.trim() {
            "" => None,
            note => Some(text::clean(note, NOTE).map_err(|problem| FieldErrors::one("note", problem))?),
        };
        let db = self.begin_writing().await?;
        let state = revision::lock(&db).await?;
        let Some(id) = self.pledge_id(&db, slug).await? else {
            return Err(StoreError::NoSuch { what: "pledge", name: slug.to_string() });
        };
        // Its page says since when, so this is a publication.
        let publication = Publication::begin(&db, &state, now).await?;
        let (english, spanish) = if language == Locale::En { (note, None) } else { (None, note) };
        let row = pledge_check::ActiveModel {
            id: Set(Uuid::now_v7()),
            pledge_id: Set(id),
            note_en: Set(english),
            note_es: Set(spanish),
            recorded_at: Set(publication.recorded_at),
        };
        pledge_check::Entity::insert(row).exec_without_returning(&db).await?;
        pledge::Entity::update_many()
            .col_expr(pledge::Column::Revision, Expr::value(publication.revision))
            .filter(pledge::Column::Id.eq(id))
            .exec(&db)
            .await?;
        publication.end(&db).await?;
        audit::note(&db, Some(editor), "pledge.check", Subject("pledge", slug.as_str()), None, now).await?;
        db.commit().await
    }

    /// Some pledges that have not come to an end and that nobody has looked at for too many days, those first that wait longest;
    /// and how many there are.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn unchecked(
        &self,
        query: &QueueQuery,
        now: DateTime<Utc>,
        limit: u64,
    ) -> Result<(Vec<PledgeRow>, u64), StoreError> {
        let since = now - TimeDelta::days(query.days().into());
        let changed = status_change::Entity::find()
            .select_only()
            .column(status_change::Column::PledgeId)
            .filter(status_change::Column::RecordedAt.gt(since));
        let checked = pledge_check::Entity::find()
            .select_only()
            .column(pledge_check::Column::PledgeId)
            .filter(pledge_check::Column::RecordedAt.gt(since));
        let unchecked = pledge::Entity::find()
            .select_only()
            .column(pledge::Column::Number)
            .join(JoinType::InnerJoin, pledge::Relation::StatusSpan.def())
            .filter(status_span::Column::KnownTo.is_null())
            .filter(status_span::Column::ValidTo.is_null())
            .filter(status_span::Column::Status.is_not_in(ENDED.map(PledgeStatus::code)))
            .filter(pledge::Column::RecordedAt.is_not_null())
            .filter(pledge::Column::Id.not_in_subquery(changed.into_query()))
            .filter(pledge::Column::Id.not_in_subquery(checked.into_query()))
            .filter(about(query));
        let count = unchecked.clone().count(&self.db).await?;
        let numbers: Vec<i64> = unchecked.order_by_asc(pledge::Column::Revision).limit(limit).into_tuple().all(&self.db).await?;
        let numbers = numbers.into_iter().filter_map(|number| u32::try_from(number).ok());
        let moment = Moment::now(now);
        let held = self.index(moment).await?;
        Ok((self.rows(&held, numbers, None, moment).await?, count))
    }
}

/// The pledges of the party and on the topic that are asked for.
pub(crate) fn about(query: &QueueQuery) -> Condition {
    let of_party = query.party.as_ref().map(|party| {
        let links = pledge_party::Entity::find().select_only().column(pledge_party::Column::PledgeId);
        let links = links.join(JoinType::InnerJoin, pledge_party::Relation::Party.def());
        pledge::Column::Id.in_subquery(links.filter(party::Column::Slug.eq(party.as_str())).into_query())
    });
    let on_topic = query.topic.as_ref().map(|topic| {
        let links = pledge_topic::Entity::find().select_only().column(pledge_topic::Column::PledgeId);
        let links = links.join(JoinType::InnerJoin, pledge_topic::Relation::Topic.def());
        pledge::Column::Id.in_subquery(links.filter(topic::Column::Slug.eq(topic.as_str())).into_query())
    });
    Condition::all().add_option(of_party).add_option(on_topic)
}
