//! Planning: an import is compared with the record, and what it would do is kept beside its files.

use std::collections::HashMap;

use chrono::{DateTime, SubsecRound, Utc};
use domain::{
    Act, Slug,
    import::{Incoming, Plan, Proposal, Upload},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    prelude::{Expr, Uuid},
};
use sha2::{Digest, Sha256};

use super::Stage;
use crate::{
    Editor, Store, StoreError,
    audit::{self, Subject},
    entity::{import_batch, import_file, import_row},
    publish::insert_all,
    tasks::aside,
};

/// A plan with what is needed to carry it out.
pub(super) struct Planned {
    pub(super) plan: Plan,
    /// The SHA-256 of the plan.
    pub(super) fingerprint: String,
    pub(super) proposals: Vec<Proposal>,
    /// Where the pledges are stored that it changes.
    pub(super) stored: HashMap<Slug, (Uuid, i64)>,
    /// The state of the record that it was compared with.
    pub(super) revision: i64,
}

impl Store {
    /// Takes files in and plans what they would do. Nothing else is done: see [`Self::import`].
    ///
    /// # Errors
    /// [`StoreError::Forbidden`]; [`StoreError::Refused`] with what is wrong with a file as a whole.
    pub async fn plan_import(&self, editor: &Editor, uploads: Vec<Upload>, now: DateTime<Utc>) -> Result<Uuid, StoreError> {
        let id = Uuid::now_v7();
        self.plan_import_as(editor, id, uploads, now, &|_, _, _| {}).await?;
        Ok(id)
    }

    /// The same, under an id that is given, telling how far it is.
    ///
    /// # Errors
    /// As [`Self::plan_import`].
    pub async fn plan_import_as(
        &self,
        editor: &Editor,
        id: Uuid,
        uploads: Vec<Upload>,
        now: DateTime<Utc>,
        progress: &(dyn Fn(Stage, usize, usize) + Send + Sync),
    ) -> Result<(), StoreError> {
        editor.must(Act::Import)?;
        let now = now.trunc_subsecs(6);
        let planned = self.planned(uploads.clone(), now, progress).await?;
        let mut digest = Sha256::new();
        for upload in &uploads {
            digest.update(Sha256::digest(&upload.bytes));
        }
        let db = self.begin_writing().await?;
        let row = import_batch::ActiveModel {
            id: Set(id),
            person_id: Set(editor.id),
            created_at: Set(now),
            state: Set("planned".to_owned()),
            sha256: Set(hex::encode(digest.finalize())),
            files: Set(json(&planned.plan.files)?),
            unknown: Set(json(&planned.plan.unknown)?),
            plan_sha256: Set(planned.fingerprint.clone()),
            counts: Set(json(&planned.plan.counts())?),
            applied_at: Set(None),
            undone_at: Set(None),
        };
        import_batch::Entity::insert(row).exec_without_returning(&db).await?;
        for (position, Upload { name, bytes }) in (0..).zip(uploads) {
            let row =
                import_file::ActiveModel { batch_id: Set(id), position: Set(position), name: Set(name), content: Set(bytes) };
            import_file::Entity::insert(row).exec_without_returning(&db).await?;
        }
        put_rows(&db, id, &planned.plan).await?;
        let detail = planned.plan.files.join(", ");
        audit::note(&db, Some(editor), "import.plan", Subject("import", &id.to_string()), Some(detail), now).await?;
        db.commit().await
    }

    /// Compares files with the record as it is now.
    pub(super) async fn planned(
        &self,
        uploads: Vec<Upload>,
        now: DateTime<Utc>,
        progress: &(dyn Fn(Stage, usize, usize) + Send + Sync),
    ) -> Result<Planned, StoreError> {
        let revision = self.revision().await?.number;
        let incoming = aside(move || Incoming::read(&uploads)).await??;
        let compared = self.compared(incoming.asks(), now, progress).await?;
        let (known, today) = (compared.known, now.date_naive());
        let (plan, proposals) = aside(move || incoming.plan(&known, today)).await?;
        let fingerprint = hex::encode(Sha256::digest(json(&plan)?));
        Ok(Planned { plan, fingerprint, proposals, stored: compared.stored, revision })
    }
}

/// Puts another plan in the place of the one that was kept.
pub(super) async fn replace(db: &impl ConnectionTrait, id: Uuid, planned: &Planned) -> Result<(), StoreError> {
    import_row::Entity::delete_many().filter(import_row::Column::BatchId.eq(id)).exec(db).await?;
    put_rows(db, id, &planned.plan).await?;
    import_batch::Entity::update_many()
        .col_expr(import_batch::Column::PlanSha256, Expr::value(planned.fingerprint.as_str()))
        .col_expr(import_batch::Column::Counts, Expr::value(json(&planned.plan.counts())?))
        .filter(import_batch::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

async fn put_rows(db: &impl ConnectionTrait, id: Uuid, plan: &Plan) -> Result<(), StoreError> {
    let mut rows = Vec::with_capacity(plan.rows.len());
    for (position, row) in (0..).zip(&plan.rows) {
        rows.push(import_row::ActiveModel {
            batch_id: Set(id),
            position: Set(position),
            outcome: Set(row.outcome.code().to_owned()),
            content: Set(json(row)?),
        });
    }
    insert_all(db, rows).await
}

fn json(value: &impl serde::Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| DbErr::Custom(error.to_string()).into())
}
