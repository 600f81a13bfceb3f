//! A draft as readers would see it: it is published, read, and undone, in one transaction that nobody else sees.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{DraftKind, Moment};

use super::{Draft, publish::publish};
use crate::{Dossier, Store, StoreError, pledge::dossier};

impl Store {
    /// The pledge as it would stand if the draft were published now, and the moment of that; `None` where the draft would take it out
    /// of the record, or was decided on.
    ///
    /// # Errors
    /// [`StoreError::Refused`] with what is wrong, field by field; [`StoreError::Conflict`] if it can't be published any more.
    pub async fn previewed(&self, draft: &Draft, now: DateTime<Utc>) -> Result<Option<(Dossier, Moment)>, StoreError> {
        if draft.kind == DraftKind::Withdrawal || draft.state.is_final() {
            return Ok(None);
        }
        let now = now.trunc_subsecs(6);
        // What is wrong is found before anybody has to wait for this.
        let slug = self.proposal(draft, now).await?.pledge().id.clone();
        let db = self.begin_writing().await?;
        let moment = Moment::now(publish(&db, std::slice::from_ref(draft), now).await?);
        let read = dossier(&db, &slug, moment).await?;
        db.give_up().await?;
        Ok(read.map(|dossier| (dossier, moment)))
    }
}
