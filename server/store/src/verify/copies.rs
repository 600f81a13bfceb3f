//! The kept copies against what the entries say of them: every copy that readers can see, its text and what came with it.

use std::collections::HashMap;

use domain::log::{Snapshot, first_difference};
use sea_orm::{ConnectionTrait, EntityTrait, prelude::Uuid};
use serde_json::json;

use super::{NotVerified, Told, Wrong};
use crate::{StoreError, entity::capture, log::copies};

/// Compares them.
pub(super) async fn compare(db: &impl ConnectionTrait, told: &Told) -> Result<(), NotVerified> {
    let mut logged: HashMap<i64, Uuid> = copies::logged(db).await?.into_iter().collect();
    for (index, expected) in &told.copies {
        let id = logged.remove(&index.cast_signed()).ok_or_else(|| Wrong::missing("log_capture", index))?;
        let row = capture::Entity::find_by_id(id).one(db).await?;
        let row = row.ok_or_else(|| Wrong::missing("capture", named(expected)))?;
        let found = copies::said_of(db, row).await.map_err(|error| match error {
            StoreError::NoSuch { .. } => NotVerified::from(Wrong::missing("snapshot", &expected.sha256)),
            error => error.into(),
        })?;
        if let Some(difference) = first_difference(&json!(expected), &json!(found)) {
            return Err(Wrong::differing("capture", named(expected), difference).into());
        }
    }
    if let Some((entry, _)) = logged.iter().min() {
        return Err(Wrong::new("log_capture", entry, "row", "none: no entry of the log is of a copy", "one").into());
    }
    if let Some(more) = copies::unlogged().one(db).await? {
        let name = format!("{} of {}", more.url, more.captured_at.to_rfc3339());
        return Err(Wrong::new("capture", name, "row", "none: no entry of the log is of it", "one").into());
    }
    Ok(())
}

fn named(snapshot: &Snapshot) -> String {
    format!("{} of {}", snapshot.url, snapshot.captured_at.to_rfc3339())
}
