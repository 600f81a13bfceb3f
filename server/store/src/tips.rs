//! Tips from the public: kept as they came, read by the people of the desk, and by nobody else.

mod decide;
mod send;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::{
    Act, NewTip, TipState,
    page::{Page, PageNumber},
    source::SourceUrl,
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use crate::{
    Editor, Named, Store, StoreError,
    entity::{person, pledge, tip},
    row,
};

/// A tip as the desk has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tip {
    /// Its name in the addresses of the desk.
    pub id: Uuid,
    /// The pledge that it is about.
    pub pledge: Named,
    /// What was sent.
    pub sent: NewTip,
    /// When.
    pub sent_at: DateTime<Utc>,
    /// What has become of it.
    pub state: TipState,
    /// Whether a field was filled in that people don't see.
    pub trapped: bool,
    /// Who decided on it last, and when.
    pub decided: Option<(String, DateTime<Utc>)>,
    /// The draft that was made of it.
    pub draft: Option<Uuid>,
}

impl Store {
    /// The tips in a state, the newest first.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn tips(
        &self,
        editor: &Editor,
        state: TipState,
        number: PageNumber,
        per_page: u32,
    ) -> Result<Page<Tip>, StoreError> {
        editor.must(Act::SortTips)?;
        let found = tip::Entity::find().filter(tip::Column::State.eq(state.code()));
        let total = found.clone().count(&self.db).await?;
        let rows = found
            .order_by_desc(tip::Column::SentAt)
            .order_by_desc(tip::Column::Id)
            .offset(number.offset(per_page))
            .limit(u64::from(per_page))
            .all(&self.db)
            .await?;
        Ok(Page { items: self.tips_of(rows).await?, total, number, per_page })
    }

    /// How many tips there are in each state; states without any are left out.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn tip_counts(&self, editor: &Editor) -> Result<HashMap<TipState, u64>, StoreError> {
        editor.must(Act::SortTips)?;
        let counts: Vec<(String, i64)> = tip::Entity::find()
            .select_only()
            .column(tip::Column::State)
            .column_as(tip::Column::Id.count(), "tips")
            .group_by(tip::Column::State)
            .into_tuple()
            .all(&self.db)
            .await?;
        counts.into_iter().map(|(state, n)| Ok((row::parsed("state", &state)?, u64::try_from(n).unwrap_or(0)))).collect()
    }

    /// One tip.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn tip(&self, editor: &Editor, id: Uuid) -> Result<Option<Tip>, StoreError> {
        editor.must(Act::SortTips)?;
        let row = tip::Entity::find_by_id(id).one(&self.db).await?;
        Ok(self.tips_of(row.into_iter().collect()).await?.pop())
    }

    /// Rows as tips, in their order.
    async fn tips_of(&self, rows: Vec<tip::Model>) -> Result<Vec<Tip>, StoreError> {
        let pledges = pledge::Entity::find()
            .select_only()
            .columns([pledge::Column::Id, pledge::Column::Slug, pledge::Column::TitleEn, pledge::Column::TitleEs])
            .filter(pledge::Column::Id.is_in(rows.iter().map(|row| row.pledge_id)))
            .into_tuple::<(Uuid, String, Option<String>, Option<String>)>()
            .all(&self.db)
            .await?;
        let named =
            |(id, slug, en, es): (Uuid, String, _, _)| Ok((id, Named { slug: row::slug(&slug)?, name: row::localized(en, es) }));
        let pledges = pledges.into_iter().map(named).collect::<Result<HashMap<_, _>, StoreError>>()?;
        let people: HashMap<Uuid, String> = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::Name])
            .filter(person::Column::Id.is_in(rows.iter().filter_map(|row| row.decided_by)))
            .into_tuple()
            .all(&self.db)
            .await?
            .into_iter()
            .collect();
        rows.into_iter().map(|row| read(row, &pledges, &people)).collect()
    }
}

fn read(row: tip::Model, pledges: &HashMap<Uuid, Named>, people: &HashMap<Uuid, String>) -> Result<Tip, StoreError> {
    let unread = |url: &str| StoreError::NotUnderstood { column: "url", value: url.to_owned() };
    let url = row.url.as_deref().map(|url| SourceUrl::parse(url).map_err(|_| unread(url))).transpose()?;
    let pledge = pledges.get(&row.pledge_id).cloned();
    let name = |id| people.get(&id).cloned().unwrap_or_default();
    Ok(Tip {
        id: row.id,
        pledge: pledge.ok_or_else(|| StoreError::NoSuch { what: "pledge", name: row.pledge_id.to_string() })?,
        sent: NewTip { url, words: row.words, language: row::parsed("language", &row.language)? },
        sent_at: row.sent_at,
        state: row::parsed("state", &row.state)?,
        trapped: row.trapped,
        decided: row.decided_by.map(name).zip(row.decided_at),
        draft: row.draft_id,
    })
}
