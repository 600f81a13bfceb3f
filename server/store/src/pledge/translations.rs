//! Which texts of a pledge are translations, and which of them lag behind their originals.

use chrono::{DateTime, Utc};
use domain::{
    Locale, Localized, Originals, Pledge, PledgeText, QueueQuery, Slug,
    translation::{Outdated, Translation, outdated_since},
};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, prelude::Uuid};

use super::{Dossier, PledgeCorrection, dossiers_of, revisions_of};
use crate::{Named, Store, StoreError, checks::about, entity::pledge};

/// A pledge of which a translation lags behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lagging {
    /// The pledge.
    pub pledge: Named,
    /// Its translations that do.
    pub outdated: Vec<Outdated>,
}

/// The translations that lag behind after some corrections, which come in order.
pub(crate) fn lagging<'a>(
    originals: Originals,
    text_of: impl Fn(PledgeText) -> Option<&'a Localized>,
    corrections: &[PledgeCorrection],
) -> Vec<Outdated> {
    let lagging = |text: &PledgeText| {
        let original = originals.language_of(*text)?;
        let language = original.other();
        // Where nothing was translated, readers are shown the original.
        text_of(*text)?.in_language(language)?;
        let since = since(*text, original, corrections)?;
        Some(Outdated { text: *text, language, since })
    };
    PledgeText::ALL.iter().filter_map(lagging).collect()
}

/// Since when the first of them has lagged behind.
pub(crate) fn lagging_since(pledge: &Pledge, corrections: &[PledgeCorrection]) -> Option<DateTime<Utc>> {
    lagging(pledge.originals, |text| pledge.text(text), corrections).into_iter().map(|outdated| outdated.since).min()
}

fn since(text: PledgeText, original: Locale, corrections: &[PledgeCorrection]) -> Option<DateTime<Utc>> {
    let corrections = corrections.iter().map(|correction| (&correction.before, &correction.after, correction.recorded_at));
    outdated_since(text, original, corrections)
}

impl Dossier {
    /// One of its texts, where it has it.
    #[must_use]
    pub const fn text(&self, text: PledgeText) -> Option<&Localized> {
        match text {
            PledgeText::Title => Some(&self.title),
            PledgeText::Summary => Some(&self.summary),
            PledgeText::Wording => self.wording.as_ref(),
        }
    }

    /// What a text in a language was translated from, as the record said at the moment; `None` where it is no translation or
    /// nobody has said so.
    #[must_use]
    pub fn translation(&self, text: PledgeText, language: Locale) -> Option<Translation> {
        let from = self.originals.language_of(text).filter(|from| *from != language)?;
        self.text(text)?.in_language(language)?;
        Some(Translation { from, outdated_since: since(text, from, &self.revisions) })
    }

    /// Its translations that lag behind at the moment.
    #[must_use]
    pub fn outdated_translations(&self) -> Vec<Outdated> {
        lagging(self.originals, |text| self.text(text), &self.revisions)
    }
}

impl Store {
    /// The translations of a published pledge that would lag behind if it were `pledge`, without an edit that makes it so:
    /// what its corrections so far come to with the originals and texts of `pledge`.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn lagging_of(&self, slug: &Slug, pledge: &Pledge) -> Result<Vec<Outdated>, StoreError> {
        let Some(id) = self.pledge_id(&self.db, slug).await? else { return Ok(Vec::new()) };
        let corrections = revisions_of(&self.db, &[id]).await?.remove(&id).unwrap_or_default();
        Ok(lagging(pledge.originals, |text| pledge.text(text), &corrections))
    }

    /// Some pledges of which a translation lags behind, those first that have waited longest, and how many there are.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn lagging_pledges(
        &self,
        query: &QueueQuery,
        now: DateTime<Utc>,
        limit: u64,
    ) -> Result<(Vec<Lagging>, u64), StoreError> {
        let lagging = pledge::Entity::find()
            .select_only()
            .column(pledge::Column::Id)
            .filter(pledge::Column::OutdatedSince.is_not_null())
            .filter(pledge::Column::RecordedAt.is_not_null())
            .filter(about(query));
        let total = lagging.clone().count(&self.db).await?;
        let ids: Vec<Uuid> = lagging.order_by_asc(pledge::Column::OutdatedSince).limit(limit).into_tuple().all(&self.db).await?;
        let dossiers = dossiers_of(&self.db, &ids, domain::Moment::now(now)).await?;
        let lagging = |dossier: Dossier| {
            let outdated = dossier.outdated_translations();
            Lagging { pledge: Named { slug: dossier.slug, name: dossier.title }, outdated }
        };
        Ok((dossiers.into_iter().map(lagging).collect(), total))
    }
}
