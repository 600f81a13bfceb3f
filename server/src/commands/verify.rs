//! `pledgebook verify`: whether the record says what its log recorded, from the database or from an export alone.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::Path,
};

use ::capture::Archive;
use base64::{Engine as _, engine::general_purpose::STANDARD};
use domain::log::{Chain, Checkpoint, NoteError, RecordKey, VerifierKey, tree::Hash};
use store::{NotVerified, Store, Wrong};

use super::{CommandError, open_copies, open_migrated, tell::tell};
use crate::{
    config::{Settings, VerifySettings},
    record_key,
};

pub(super) async fn verify(settings: &Settings, asked: &VerifySettings) -> Result<(), CommandError> {
    let key_file = settings.record_key().map_err(CommandError::Setting)?;
    let own = record_key::read(&key_file)?;
    let mut earlier = Vec::new();
    for file in &asked.checkpoint {
        earlier.push(checkpoint(file, asked.verifier_key.as_deref(), own.as_ref())?);
    }
    if let Some(file) = &asked.export {
        return verify_export(file, &earlier);
    }
    // The newest checkpoint that a server here has signed, too: it shows what was cut off since.
    let kept = record_key::checkpoint_beside(&key_file);
    if own.is_some() && kept.exists() {
        earlier.push(checkpoint(&kept, None, own.as_ref())?);
    }
    let (store, location) = open_migrated(settings).await?;
    let verified = store.verify(&earlier).await.map_err(|error| match error {
        NotVerified::Wrong(wrong) => CommandError::NotAsRecorded(wrong),
        NotVerified::Store(error) => CommandError::Store(error),
    })?;
    let files = verify_copies(&store, &open_copies(settings)?.archive).await?;
    tell!(
        "The record in {location} says what was recorded. Entries: {}; last publication: {}; pledges: {}; kept copies: {} in {files} file(s).",
        verified.entries,
        verified.revision,
        verified.pledges,
        verified.copies
    );
    tell(verified.root, &earlier);
    if let (Some(own), Some(known)) = (&own, earlier.last()) {
        tell!("Verifier key: {}", own.named(&known.origin).verifier());
    }
    Ok(store.close().await?)
}

/// Makes sure that the bytes of every kept copy are there and have their hash, those that only drafts name among them. Tells how
/// many there are.
async fn verify_copies(store: &Store, archive: &Archive) -> Result<usize, CommandError> {
    let names = store.kept_copies().await?;
    for name in &names {
        let found = match archive.get(name).await {
            Ok(Some(_)) => continue,
            Ok(None) => "none".to_owned(),
            Err(error) => error.to_string(),
        };
        let expected = "what has this SHA-256".to_owned();
        let wrong = Wrong { table: "snapshot", name: name.to_string(), field: "bytes".to_owned(), expected, found };
        return Err(CommandError::NotAsRecorded(Box::new(wrong)));
    }
    Ok(names.len())
}

/// Reads a checkpoint and checks who has signed it.
fn checkpoint(file: &Path, verifier: Option<&str>, own: Option<&RecordKey>) -> Result<Checkpoint, CommandError> {
    let wrong = |cause: NoteError| CommandError::Checkpoint { file: file.to_owned(), cause };
    let note = std::fs::read_to_string(file).map_err(|cause| CommandError::File { file: file.to_owned(), cause })?;
    let verifier: VerifierKey = match (verifier, own) {
        (Some(verifier), _) => verifier.parse().map_err(wrong)?,
        // The record's own key signs under the name in the first line, whichever address the site had then.
        (None, Some(own)) => own.named(note.lines().next().unwrap_or_default()).verifier().clone(),
        (None, None) => return Err(CommandError::WhoseSignature),
    };
    verifier.open(&note).map_err(wrong)
}

fn verify_export(file: &Path, earlier: &[Checkpoint]) -> Result<(), CommandError> {
    let unreadable = |cause| CommandError::File { file: file.to_owned(), cause };
    let wrong = |wrong: Wrong| CommandError::NotAsRecorded(Box::new(wrong));
    let mut chain = Chain::default();
    let compare = |chain: &Chain| {
        let other = earlier.iter().find(|earlier| earlier.size == chain.size() && earlier.root != chain.root());
        other.map_or(Ok(()), |other| {
            Err(wrong(Wrong {
                table: "log_entry",
                name: format!("0 to {}", other.size),
                field: "root".to_owned(),
                expected: STANDARD.encode(other.root),
                found: STANDARD.encode(chain.root()),
            }))
        })
    };
    compare(&chain)?;
    for line in BufReader::new(File::open(file).map_err(unreadable)?).lines() {
        chain.link(&line.map_err(unreadable)?).map_err(|broken| wrong(broken.into()))?;
        compare(&chain)?;
    }
    if let Some(longer) = earlier.iter().find(|earlier| earlier.size > chain.size()) {
        return Err(wrong(Wrong {
            table: "log_entry",
            name: "all".to_owned(),
            field: "rows".to_owned(),
            expected: format!("at least {}, as in the checkpoint", longer.size),
            found: chain.size().to_string(),
        }));
    }
    tell!("The log in {} is whole. Entries: {}; last publication: {}.", file.display(), chain.size(), chain.revision());
    tell(chain.root(), earlier);
    Ok(())
}

fn tell(root: Hash, earlier: &[Checkpoint]) {
    tell!("Root: {}", STANDARD.encode(root));
    for checkpoint in earlier {
        tell!("It begins as a checkpoint says that was signed for {1} (entries: {0}).", checkpoint.size, checkpoint.origin);
    }
}
