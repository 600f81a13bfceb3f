//! `pledgebook import`: brings in many pledges at once from files, with a report of every row; or a whole record.

use std::path::Path;

use app::pages::desk::import_reason;
use chrono::{DateTime, Utc};
use domain::{
    Act, Localized,
    import::{Outcome, PlannedRow, Upload},
    page::PageNumber,
};
use store::{Applied, ApplyAs, Batch, Editor, Stage, Store, StoreError};

use super::{CommandError, open_migrated, restore, tell::tell};
use crate::{
    backup::Whole,
    clock::Clock,
    config::{ImportAs, ImportSettings, Settings},
};

pub(super) async fn import(settings: &Settings, asked: &ImportSettings, clock: &Clock) -> Result<(), CommandError> {
    if let Some(whole) = asked.files.iter().find(|file| Whole::may_be(file)) {
        let as_pledges = asked.by.is_some() || asked.reason.is_some() || asked.skip_refused || asked.target != ImportAs::Draft;
        if as_pledges || asked.files.len() > 1 {
            return Err(CommandError::WholeRecord(whole.clone()));
        }
        return restore::restore(settings, whole, asked.dry_run, clock).await;
    }
    let by = asked.by.as_deref().ok_or(CommandError::InWhoseName)?;
    let uploads = asked.files.iter().map(|file| read(file)).collect::<Result<Vec<_>, _>>()?;
    let (store, location) = open_migrated(settings).await?;
    let now = clock.now();
    let account = store.account(&by.trim().to_lowercase()).await?;
    let editor = account.ok_or_else(|| CommandError::NoSuchPerson(by.to_owned()))?.editor;
    editor.must(Act::Import)?;
    eprintln!("Comparing with the record in {location} …");
    let id = store.plan_import(&editor, uploads, now).await.map_err(CommandError::import)?;
    let batch = store.batch(&editor, id).await?.ok_or(StoreError::Conflict)?;
    report(&store, &editor, &batch).await?;
    let refused = batch.counts.of(Outcome::Refused);
    if refused > 0 && !asked.skip_refused {
        return Err(CommandError::RowsRefused(refused));
    }
    if asked.dry_run {
        tell!("Nothing was done: this was a dry run. It can be looked at, and applied, at /desk/import/{id}.");
    } else {
        apply(&store, &editor, &batch, asked, now).await?;
    }
    Ok(store.close().await?)
}

async fn apply(
    store: &Store,
    editor: &Editor,
    batch: &Batch,
    asked: &ImportSettings,
    now: DateTime<Utc>,
) -> Result<(), CommandError> {
    let reason = asked.reason.as_ref().map(|reason| Localized { en: Some(reason.clone()), es: None });
    let how = ApplyAs {
        for_review: asked.target == ImportAs::Review,
        skip_refused: asked.skip_refused,
        reason: reason.unwrap_or_else(|| import_reason(&batch.files)),
    };
    let progress = |stage, done, total| match stage {
        Stage::Comparing => eprintln!("compared {done} of {total} pledges"),
        Stage::Writing => eprintln!("wrote {done} of {total} drafts"),
    };
    match store.import(editor, batch.id, &how, now, &progress).await? {
        Applied::Done(drafts) => {
            let waiting = if how.for_review { "which wait for review" } else { "which wait to be handed in" };
            tell!("Imported: {drafts} drafts, {waiting}. To undo it, go to /desk/import/{}.", batch.id);
            Ok(())
        }
        Applied::Refused(rows) => Err(CommandError::RowsRefused(rows)),
        Applied::PlanChanged => Err(StoreError::Conflict.into()),
    }
}

fn read(file: &Path) -> Result<Upload, CommandError> {
    let bytes = std::fs::read(file).map_err(|cause| CommandError::File { file: file.to_owned(), cause })?;
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
    Ok(Upload { name, bytes })
}

/// Prints every row that would do something or is refused, and how many there are of each outcome.
async fn report(store: &Store, editor: &Editor, batch: &Batch) -> Result<(), CommandError> {
    for unknown in &batch.unknown {
        tell!("{}: column {} is not known and was read over", name_of(batch, unknown.file), unknown.column);
    }
    for outcome in [Outcome::Added, Outcome::Changed, Outcome::Refused] {
        for number in 1_u32.. {
            let page = store.batch_rows(editor, batch.id, Some(outcome), PageNumber::asked(Some(&number.to_string()))).await?;
            page.items.iter().for_each(|row| tell(batch, row));
            if u64::from(number) >= page.count() {
                break;
            }
        }
    }
    tell!("{:<10}{:>10}{:>10}", "", "pledges", "others");
    for outcome in Outcome::ALL {
        let (pledges, others) = (batch.counts.pledges[*outcome as usize], batch.counts.others[*outcome as usize]);
        tell!("{:<10}{pledges:>10}{others:>10}", outcome.code());
    }
    Ok(())
}

fn tell(batch: &Batch, row: &PlannedRow) {
    let place = format!("{}:{}", name_of(batch, row.place.file), row.place.line);
    tell!("{:<10}{:<10}{:<40} {place}", row.outcome.code(), row.thing.code(), row.id);
    for error in &row.errors {
        let field = if error.field.is_empty() { "the row" } else { &error.field };
        tell!("    {}:{} {field} {}", name_of(batch, error.place.file), error.place.line, error.problem);
    }
    if row.outcome == Outcome::Changed {
        for change in &row.changes {
            tell!("    {}: “{}” → “{}”", change.field, change.before, change.after);
        }
    }
}

fn name_of(batch: &Batch, file: usize) -> &str {
    batch.files.get(file).map_or("", String::as_str)
}
