//! The health of links to published sources: which is to be looked at, and what came of each look. What every look found is kept.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use domain::{
    Act, CaptureFailure, LinkState, Sha256Hex,
    link_health::{Verdict, next_look},
    source::SourceUrl,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    prelude::{Expr, Uuid},
    sea_query::OnConflict,
};

use crate::{
    Copy, CopyText, Editor, SourceRow, Store, StoreError,
    captures::host,
    edition,
    entity::{capture, citation, source, source_link, source_link_look},
    revision, row,
};

/// How long a server that looks at a link counts as being at work.
const LEASE: TimeDelta = TimeDelta::minutes(5);

/// How long after it was last looked at something of it a host is asked again.
const PACE: TimeDelta = TimeDelta::seconds(5);

/// How many addresses a statement names at once.
const AT_ONCE: usize = 500;

/// How a link fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkHealth {
    /// The state; `None` while nobody can tell.
    pub state: Option<LinkState>,
    /// Since when it is in that state.
    pub since: Option<DateTime<Utc>>,
    /// When it was last looked at.
    pub looked_at: Option<DateTime<Utc>>,
}

/// A link that misleads: since when, and the newest copy of what was there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misleading {
    /// Whether nothing is there, or something else.
    pub state: LinkState,
    /// Since when.
    pub since: DateTime<Utc>,
    /// The newest copy that was kept until then.
    pub copy: Option<Sha256Hex>,
}

/// A link that somebody looks at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedLink {
    /// Its address.
    pub url: String,
    /// How it fared until now.
    pub before: Option<LinkState>,
    /// How often in a row nothing came.
    pub failures: u32,
    lease: Uuid,
}

/// What a look at a link found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Where it led.
    pub final_url: Option<String>,
    /// The HTTP status.
    pub status: Option<u16>,
    /// Why nothing came, where nothing did.
    pub failure: Option<CaptureFailure>,
}

impl Store {
    /// Sees to it that the link of every published source is looked at, from now on; gives how many are new. It goes through all
    /// sources, a few at a time, so that nobody waits for it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn watch_links(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let now = now.trunc_subsecs(6);
        let (mut new, mut last) = (0, None);
        loop {
            let some = self.sources_after(last).await?;
            let Some((id, _)) = some.last() else { return Ok(new) };
            last = Some(*id);
            new += self.watch(some, now).await?;
        }
    }

    /// The next few sources in the order of their ids, with their addresses.
    async fn sources_after(&self, last: Option<Uuid>) -> Result<Vec<(Uuid, String)>, StoreError> {
        let next = source::Entity::find()
            .select_only()
            .columns([source::Column::Id, source::Column::Url])
            .order_by_asc(source::Column::Id)
            .limit(AT_ONCE as u64);
        let next = if let Some(last) = last { next.filter(source::Column::Id.gt(last)) } else { next };
        Ok(next.into_tuple().all(&self.db).await?)
    }

    /// Looks from now on at the links of those of some sources that are published; gives how many are new.
    async fn watch(&self, mut some: Vec<(Uuid, String)>, now: DateTime<Utc>) -> Result<u64, StoreError> {
        let watched: HashSet<String> = source_link::Entity::find()
            .select_only()
            .column(source_link::Column::Url)
            .filter(source_link::Column::Url.is_in(some.iter().map(|(_, url)| url)))
            .into_tuple()
            .all(&self.db)
            .await?
            .into_iter()
            .collect();
        some.retain(|(_, url)| !watched.contains(url));
        if some.is_empty() {
            return Ok(0);
        }
        let published: HashSet<Uuid> = citation::Entity::find()
            .select_only()
            .column(citation::Column::SourceId)
            .distinct()
            .filter(citation::Column::SourceId.is_in(some.iter().map(|(id, _)| *id)))
            .filter(citation::Column::RecordedAt.is_not_null())
            .into_tuple()
            .all(&self.db)
            .await?
            .into_iter()
            .collect();
        let urls = some.into_iter().filter(|(id, _)| published.contains(id)).map(|(_, url)| url);
        let rows = urls.filter_map(|url| SourceUrl::parse(&url).ok()).map(|url| source_link::ActiveModel {
            host: Set(host(&url)),
            url: Set(url.to_string()),
            state: Set(None),
            since: Set(None),
            looked_at: Set(None),
            failures: Set(0),
            next_look_at: Set(now),
            lease: Set(None),
            leased_until: Set(None),
        });
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() {
            return Ok(0);
        }
        let db = self.begin_writing().await?;
        // Another server may have seen them too.
        let known = OnConflict::column(source_link::Column::Url).do_nothing().to_owned();
        let new = source_link::Entity::insert_many(rows).on_conflict(known).exec_without_returning(&db).await?;
        db.commit().await?;
        Ok(new)
    }

    /// Makes every link due to be looked at now, whenever it was last looked at.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn look_at_all_links(&self, now: DateTime<Utc>) -> Result<(), StoreError> {
        let _turn = self.turn().await?;
        source_link::Entity::update_many()
            .col_expr(source_link::Column::NextLookAt, Expr::value(now.trunc_subsecs(6)))
            .exec(&self.db)
            .await?;
        Ok(())
    }

    /// Takes the link that has waited longest of those that are to be looked at by now; `None` if there is none, or the hosts of
    /// all were asked just now. No two servers take the same.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn claim_link(&self, now: DateTime<Utc>) -> Result<Option<ClaimedLink>, StoreError> {
        use source_link::Column as C;
        let now = now.trunc_subsecs(6);
        let free = || Condition::any().add(C::LeasedUntil.is_null()).add(C::LeasedUntil.lte(now));
        let busy = Condition::any().add(C::LookedAt.gt(now - PACE)).add(C::LeasedUntil.gt(now));
        let busy = source_link::Entity::find().select_only().column(C::Host).filter(busy);
        let found = source_link::Entity::find()
            .filter(C::NextLookAt.lte(now))
            .filter(free())
            .filter(C::Host.not_in_subquery(busy.into_query()))
            .order_by_asc(C::NextLookAt)
            .limit(1)
            .one(&self.db)
            .await?;
        let Some(link) = found else { return Ok(None) };
        let lease = Uuid::new_v4();
        let _turn = self.turn().await?;
        let claimed = source_link::Entity::update_many()
            .col_expr(C::Lease, Expr::value(lease))
            .col_expr(C::LeasedUntil, Expr::value(now + LEASE))
            .filter(C::Url.eq(&link.url))
            .filter(free())
            .exec(&self.db)
            .await?;
        // Another server was faster: it has one, and this one looks again soon.
        if claimed.rows_affected == 0 {
            return Ok(None);
        }
        let before = row::parsed_if("state", link.state.as_deref())?;
        Ok(Some(ClaimedLink { url: link.url, before, failures: u32::try_from(link.failures).unwrap_or(0), lease }))
    }

    /// How many links are to be looked at by now.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn links_waiting(&self, now: DateTime<Utc>) -> Result<u64, StoreError> {
        Ok(source_link::Entity::find().filter(source_link::Column::NextLookAt.lte(now)).count(&self.db).await?)
    }

    /// Notes what a look at a link found, and when the next one comes. Where another server has taken the link over, that one's
    /// word counts.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn looked_at_link(
        &self,
        claimed: &ClaimedLink,
        look: &Look,
        verdict: &Verdict,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        use source_link::Column as C;
        let now = now.trunc_subsecs(6);
        let failures = if look.failure.is_some() { claimed.failures + 1 } else { 0 };
        let state = verdict.state.map(LinkState::code);
        let db = self.begin_writing().await?;
        let mut update = source_link::Entity::update_many()
            .col_expr(C::State, Expr::value(state))
            .col_expr(C::LookedAt, Expr::value(now))
            .col_expr(C::Failures, Expr::value(i32::try_from(failures).unwrap_or(i32::MAX)))
            .col_expr(C::NextLookAt, Expr::value(now + next_look(verdict.state, failures)))
            .col_expr(C::Lease, Expr::value(Option::<Uuid>::None))
            .col_expr(C::LeasedUntil, Expr::value(Option::<DateTime<Utc>>::None));
        if verdict.state != claimed.before {
            update = update.col_expr(C::Since, Expr::value(verdict.state.map(|_| now)));
        }
        let mine = update.filter(C::Url.eq(&claimed.url)).filter(C::Lease.eq(claimed.lease)).exec(&db).await?;
        if mine.rows_affected == 1 {
            let row = source_link_look::ActiveModel {
                id: Set(Uuid::now_v7()),
                url: Set(claimed.url.clone()),
                looked_at: Set(now),
                state: Set(state.map(str::to_owned)),
                failure: Set(look.failure.map(|failure| failure.code().to_owned())),
                status: Set(look.status.map(i32::from)),
                final_url: Set(look.final_url.clone()),
                likeness: Set(verdict.likeness),
            };
            source_link_look::Entity::insert(row).exec_without_returning(&db).await?;
            if verdict.state != claimed.before {
                edition::next(&db, &revision::lock(&db).await?, now).await?;
            }
        }
        db.commit().await
    }

    /// The newest copy that was fetched from an address, with its text: what a look is compared with.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn last_fetched(&self, url: &str) -> Result<Option<CopyText>, StoreError> {
        let copies = self.copies_of_urls(&[url.to_owned()]).await?;
        self.with_text(copies.into_iter().find(|copy: &Copy| copy.final_url.is_some())).await
    }

    /// How the link of an address fares; `None` if nobody watches it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn link_health(&self, url: &str) -> Result<Option<LinkHealth>, StoreError> {
        let row = source_link::Entity::find_by_id(url).one(&self.db).await?;
        row.map(LinkHealth::try_from).transpose()
    }

    /// The published sources whose links want mending, those that have waited longest first, at most `limit`; and how many they are.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn links_to_mend(&self, editor: &Editor, limit: u64) -> Result<(Vec<(SourceRow, LinkHealth)>, u64), StoreError> {
        editor.must(Act::ChangePublished)?;
        let mend = [LinkState::Gone, LinkState::Changed, LinkState::Refused, LinkState::Moved].map(LinkState::code);
        let found = source_link::Entity::find().filter(source_link::Column::State.is_in(mend));
        let total = found.clone().count(&self.db).await?;
        let links = found.order_by_asc(source_link::Column::Since).limit(limit).all(&self.db).await?;
        let mut sources: HashMap<String, source::Model> = source::Entity::find()
            .filter(source::Column::Url.is_in(links.iter().map(|link| link.url.as_str())))
            .order_by_asc(source::Column::Slug)
            .all(&self.db)
            .await?
            .into_iter()
            .map(|source| (source.url.clone(), source))
            .collect();
        let mut mend = Vec::with_capacity(links.len());
        for link in links {
            if let Some(source) = sources.remove(&link.url) {
                mend.push((source.try_into()?, link.try_into()?));
            }
        }
        Ok((mend, total))
    }
}

impl TryFrom<source_link::Model> for LinkHealth {
    type Error = StoreError;

    fn try_from(row: source_link::Model) -> Result<Self, StoreError> {
        Ok(Self { state: row::parsed_if("state", row.state.as_deref())?, since: row.since, looked_at: row.looked_at })
    }
}

/// Those of some links that mislead by now, by their addresses, each with the newest copy of what was there before.
pub(crate) async fn misleading(
    db: &impl ConnectionTrait,
    links: Vec<source_link::Model>,
) -> Result<HashMap<String, Misleading>, StoreError> {
    let mut found = HashMap::new();
    for link in links {
        let (Some(state), Some(since)) = (row::parsed_if("state", link.state.as_deref())?, link.since) else { continue };
        if !matches!(state, LinkState::Gone | LinkState::Changed) || found.contains_key(&link.url) {
            continue;
        }
        let copy: Option<String> = capture::Entity::find()
            .select_only()
            .column(capture::Column::Sha256)
            .filter(capture::Column::Url.eq(&link.url))
            .filter(capture::Column::CapturedAt.lt(since))
            .order_by_desc(capture::Column::CapturedAt)
            .into_tuple()
            .one(db)
            .await?;
        let copy = row::parsed_if("sha256", copy.as_deref())?;
        found.insert(link.url, Misleading { state, since, copy });
    }
    Ok(found)
}
