//! Asking for copies: by the people of the desk, and by the command line.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{Act, CaptureState, Sha256Hex, capture::named_in, source::SourceUrl};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter,
    prelude::{Expr, Uuid},
};

use super::{CaptureJob, CopyText, SourceCopies, queue::queue};
use crate::{
    Editor, Store, StoreError,
    audit::{self, Subject},
    drafts,
    entity::{capture_job, draft, draft_version, source},
};

impl Store {
    /// Asks for a copy of an address, a new one where there is one already; somebody at the desk, or the command line.
    ///
    /// # Errors
    /// [`StoreError::Forbidden`], [`StoreError::Database`].
    pub async fn ask_for_capture(
        &self,
        editor: Option<&Editor>,
        url: &SourceUrl,
        now: DateTime<Utc>,
    ) -> Result<CaptureJob, StoreError> {
        use capture_job::Column as C;
        if let Some(editor) = editor {
            editor.must(Act::Draft)?;
        }
        let now = now.trunc_subsecs(6);
        let by = editor.map(|editor| editor.id);
        let db = self.begin_writing().await?;
        if queue(&db, std::slice::from_ref(url), by, now).await? == 0 {
            // What is being fetched just now is as new as it can be.
            capture_job::Entity::update_many()
                .col_expr(C::State, Expr::value(CaptureState::Queued.code()))
                .col_expr(C::Tries, Expr::value(0))
                .col_expr(C::NextTryAt, Expr::value(now))
                .col_expr(C::AskedAt, Expr::value(now))
                .col_expr(C::AskedBy, Expr::value(by))
                .filter(C::Url.eq(url.as_str()))
                .filter(C::State.ne(CaptureState::Running.code()))
                .exec(&db)
                .await?;
        }
        audit::note(&db, editor, "capture.ask", Subject("source", url.as_str()), None, now).await?;
        let job = capture_job::Entity::find().filter(C::Url.eq(url.as_str())).one(&db).await?;
        db.commit().await?;
        job.ok_or_else(|| StoreError::NoSuch { what: "capture", name: url.to_string() })?.try_into()
    }

    /// What is known of the copies of an address, by the name of its capture; `None` if there is none, or none that this person
    /// may see.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn capture(&self, editor: &Editor, id: Uuid) -> Result<Option<SourceCopies>, StoreError> {
        let Some(job) = capture_job::Entity::find_by_id(id).one(&self.db).await? else { return Ok(None) };
        if !self.may_see_capture(editor, &job).await? {
            return Ok(None);
        }
        let copies = self.copies_of_urls(std::slice::from_ref(&job.url)).await?;
        Ok(Some(SourceCopies { job: job.try_into()?, copies }))
    }

    /// A copy of an address with its text, for the desk.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn captured_text(&self, editor: &Editor, id: Uuid, sha256: &Sha256Hex) -> Result<Option<CopyText>, StoreError> {
        let found = self.capture(editor, id).await?;
        self.with_text(found.and_then(|found| found.copies.into_iter().find(|copy| copy.sha256 == *sha256))).await
    }

    /// What is known of the copies of these addresses, in their order; addresses that nobody has asked for are left out.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn captures_of(&self, urls: &[SourceUrl]) -> Result<Vec<SourceCopies>, StoreError> {
        let asked: Vec<String> = urls.iter().map(ToString::to_string).collect();
        let jobs = capture_job::Entity::find().filter(capture_job::Column::Url.is_in(&asked)).all(&self.db).await?;
        let copies = self.copies_of_urls(&asked).await?;
        let of = |job: capture_job::Model| {
            let copies = copies.iter().filter(|copy| copy.url == job.url).cloned().collect();
            Ok(SourceCopies { job: job.try_into()?, copies })
        };
        let mut found = jobs.into_iter().map(of).collect::<Result<Vec<_>, StoreError>>()?;
        found.sort_by_key(|found| asked.iter().position(|url| *url == found.job.url));
        Ok(found)
    }

    /// Contributors see what they asked for, what their drafts name, and what is in the record; all others see all.
    async fn may_see_capture(&self, editor: &Editor, job: &capture_job::Model) -> Result<bool, StoreError> {
        if editor.role.may(Act::ChangePublished) || job.asked_by == Some(editor.id) {
            return Ok(true);
        }
        let known = source::Entity::find().filter(source::Column::Url.eq(&job.url)).all(&self.db).await?;
        for source in &known {
            if self.is_cited_in_public(source.id).await? {
                return Ok(true);
            }
        }
        let written = draft_version::Entity::find().filter(draft_version::Column::SavedBy.eq(editor.id)).all(&self.db).await?;
        let mine = Condition::any()
            .add(draft::Column::AuthorId.eq(editor.id))
            .add(draft::Column::Id.is_in(written.iter().map(|version| version.draft_id)));
        for draft in draft::Entity::find().filter(mine).all(&self.db).await? {
            if named_in(&drafts::fields(&draft.fields)?).iter().any(|url| url.as_str() == job.url) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
