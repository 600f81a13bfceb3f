//! The lists of the queue: which drafts each has, narrowed to what is asked for.

use std::collections::HashMap;

use domain::{Act, DraftState, QueueQuery};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, prelude::Uuid,
    sea_query::SelectStatement,
};

use super::{Draft, drafts_of};
use crate::{
    Editor, Store, StoreError,
    entity::{draft, draft_version, person},
};

/// Which drafts a list at the desk has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DraftList {
    /// Those that wait for my review.
    ToReview,
    /// Mine, not handed in yet.
    Mine,
    /// Mine, returned to me.
    Returned,
    /// Mine, waiting for a reviewer.
    Submitted,
    /// Those of others that are being written.
    Others,
    /// Approved, with a time set.
    Scheduled,
    /// Lately published.
    Published,
}

/// The drafts of a list.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drafts {
    /// The first of them.
    pub items: Vec<Draft>,
    /// How many there are.
    pub total: u64,
}

/// The most drafts that a list shows.
const LISTED: u64 = 200;

/// The most of those lately published.
const LATELY: u64 = 20;

impl Store {
    /// The drafts of a list, those that have waited longest first; of those published the latest.
    ///
    /// # Errors
    /// [`StoreError::OutOfScope`], [`StoreError::Database`].
    pub async fn drafts(&self, editor: &Editor, list: DraftList) -> Result<Vec<Draft>, StoreError> {
        Ok(self.drafts_asked(editor, list, &QueueQuery::default()).await?.items)
    }

    /// Those drafts of a list that are asked for, and how many they are.
    ///
    /// # Errors
    /// [`StoreError::OutOfScope`], [`StoreError::Database`].
    pub async fn drafts_asked(&self, editor: &Editor, list: DraftList, query: &QueueQuery) -> Result<Drafts, StoreError> {
        editor.must(Act::ReadDrafts)?;
        let found = draft::Entity::find().filter(of_list(editor, list)).filter(asked(query));
        let (found, most) = match list {
            DraftList::Published => (found.order_by_desc(draft::Column::UpdatedAt), LATELY),
            _ => (found.order_by_asc(draft::Column::UpdatedAt), LISTED),
        };
        let Some(words) = &query.words else {
            let total = if list == DraftList::Published { None } else { Some(found.clone().count(&self.db).await?) };
            let items = drafts_of(&self.db, found.limit(most).all(&self.db).await?).await?;
            return Ok(Drafts { total: total.unwrap_or(items.len() as u64), items });
        };
        // Titles are few and short beside what is in the drafts; so words are looked for here, blind to accents and case.
        let titled = found.select_only().columns([draft::Column::Id, draft::Column::Title]);
        let titled: Vec<(Uuid, String)> = titled.into_tuple().all(&self.db).await?;
        let mut ids: Vec<Uuid> = titled.into_iter().filter(|(_, title)| words.found_in(&[title])).map(|(id, _)| id).collect();
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let total = if list == DraftList::Published { ids.len().min(most) } else { ids.len() };
        ids.truncate(most);
        let rows = draft::Entity::find().filter(draft::Column::Id.is_in(ids.iter().copied())).all(&self.db).await?;
        let mut rows: HashMap<Uuid, draft::Model> = rows.into_iter().map(|row| (row.id, row)).collect();
        let rows = ids.iter().filter_map(|id| rows.remove(id)).collect();
        Ok(Drafts { items: drafts_of(&self.db, rows).await?, total: total as u64 })
    }

    /// Who has begun the drafts that this person can see and that are not decided yet, by name.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn draft_authors(&self, editor: &Editor) -> Result<Vec<(Uuid, String)>, StoreError> {
        let undecided =
            [DraftState::Draft, DraftState::Submitted, DraftState::Returned, DraftState::Scheduled].map(DraftState::code);
        let authors = draft::Entity::find()
            .select_only()
            .column(draft::Column::AuthorId)
            .filter(draft::Column::State.is_in(undecided))
            .filter(visible(editor));
        let found = person::Entity::find()
            .select_only()
            .columns([person::Column::Id, person::Column::Name])
            .filter(person::Column::Id.in_subquery(authors.into_query()))
            .order_by_asc(person::Column::Name)
            .order_by_asc(person::Column::Id)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(found)
    }
}

/// The drafts in which somebody has a hand: see [`Draft::is_by`].
fn by(editor: &Editor) -> Condition {
    Condition::any().add(draft::Column::AuthorId.eq(editor.id)).add(draft::Column::Id.in_subquery(saved_by(editor)))
}

fn saved_by(editor: &Editor) -> SelectStatement {
    let saved = draft_version::Entity::find().select_only().column(draft_version::Column::DraftId);
    saved.filter(draft_version::Column::SavedBy.eq(editor.id)).into_query()
}

/// The drafts that somebody may see, as [`super::may_see`] has it.
fn visible(editor: &Editor) -> Condition {
    if editor.role.may(Act::ChangePublished) { Condition::all() } else { by(editor) }
}

fn of_list(editor: &Editor, list: DraftList) -> Condition {
    use draft::Column as C;
    let state = |state: DraftState| C::State.eq(state.code());
    let mine = C::AuthorId.eq(editor.id);
    let condition = match list {
        DraftList::ToReview => Condition::all().add(state(DraftState::Submitted)).add(by(editor).not()),
        DraftList::Mine => Condition::all().add(state(DraftState::Draft)).add(mine),
        DraftList::Returned => Condition::all().add(state(DraftState::Returned)).add(mine),
        DraftList::Submitted => Condition::all().add(state(DraftState::Submitted)).add(mine),
        DraftList::Others => Condition::all()
            .add(Condition::any().add(state(DraftState::Draft)).add(state(DraftState::Returned)))
            .add(C::AuthorId.ne(editor.id)),
        DraftList::Scheduled => Condition::all().add(state(DraftState::Scheduled)),
        DraftList::Published => Condition::all().add(state(DraftState::Published)),
    };
    condition.add(visible(editor))
}

/// What is asked of drafts besides the words of their titles.
fn asked(query: &QueueQuery) -> Condition {
    use draft::Column as C;
    // What is the name of nobody has begun no draft.
    let author = query.author.as_deref().map(|author| C::AuthorId.eq(author.parse().unwrap_or(Uuid::nil())));
    Condition::all().add_option(query.kind.map(|kind| C::Kind.eq(kind.code()))).add_option(author)
}
