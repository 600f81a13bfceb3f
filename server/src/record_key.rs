//! The files beside the database that it can't change: the key that signs the log's checkpoints, and the newest of these.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, ErrorKind, Write as _},
    os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _},
    path::{Path, PathBuf},
};

use domain::log::{RecordKey, Signer, tree::Hash};
use tracing::warn;

use crate::commands::CommandError;

/// Reads the key; makes one where there is none, which its owner alone may read.
pub(crate) fn open(file: &Path) -> Result<RecordKey, CommandError> {
    let wrong = |cause: String| CommandError::RecordKey { file: file.to_owned(), cause };
    if let Some(key) = read(file)? {
        return Ok(key);
    }
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).map_err(|error| wrong(format!("the system gives no random numbers: {error}")))?;
    let pem = RecordKey::from_seed(seed).to_pem().map_err(|error| wrong(error.to_string()))?;
    // Of two servers that start at once, both take the first.
    name_once(file, &pem).map_err(|error| wrong(format!("can't be made: {error}")))?;
    read(file)?.ok_or_else(|| wrong("is gone again".to_owned()))
}

/// Reads the key; `None` where there is no such file.
pub(crate) fn read(file: &Path) -> Result<Option<RecordKey>, CommandError> {
    let wrong = |cause: String| CommandError::RecordKey { file: file.to_owned(), cause };
    let pem = match fs::read_to_string(file) {
        Ok(pem) => pem,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(wrong(format!("can't be read: {error}"))),
    };
    let mode = fs::metadata(file).map_err(|error| wrong(error.to_string()))?.permissions().mode();
    if mode & 0o077 != 0 {
        warn!(file = %file.display(), "others on this machine can read the record's key; let its owner alone: chmod 600");
    }
    RecordKey::from_pem(&pem).map(Some).map_err(|error| wrong(error.to_string()))
}

/// The key as it stands in its file, and is one.
pub(crate) fn text(file: &Path) -> Result<String, CommandError> {
    let wrong = |cause: String| CommandError::RecordKey { file: file.to_owned(), cause };
    let pem = fs::read_to_string(file).map_err(|error| wrong(format!("can't be read: {error}")))?;
    RecordKey::from_pem(&pem).map_err(|error| wrong(error.to_string()))?;
    Ok(pem)
}

/// Puts a key where there is none.
pub(crate) fn bring_back(file: &Path, pem: &str) -> Result<(), CommandError> {
    let wrong = |cause: String| CommandError::RecordKey { file: file.to_owned(), cause };
    RecordKey::from_pem(pem).map_err(|error| wrong(error.to_string()))?;
    name_once(file, pem).map_err(|error| wrong(format!("can't be written: {error}")))
}

/// Writes a file for its owner alone, whole before it has its name, and never over another.
fn name_once(file: &Path, text: &str) -> io::Result<()> {
    let draft = with_ending(file, &format!("new-{}", std::process::id()));
    let made = write_private(&draft, text).and_then(|()| match fs::hard_link(&draft, file) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    });
    _ = fs::remove_file(&draft);
    made
}

/// Where the newest checkpoint is kept: beside the key.
pub(crate) fn checkpoint_beside(key: &Path) -> PathBuf {
    key.with_extension("checkpoint")
}

/// The checkpoint that was kept last: its size and its root. It is checked by the record's own key, whichever address the site
/// had then.
pub(crate) fn kept(file: &Path, key: &RecordKey) -> Result<Option<(u64, Hash)>, CommandError> {
    let note = match fs::read_to_string(file) {
        Ok(note) => note,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(cause) => return Err(CommandError::File { file: file.to_owned(), cause }),
    };
    let opened = key.named(note.lines().next().unwrap_or_default()).verifier().open(&note);
    let checkpoint = opened.map_err(|cause| CommandError::Checkpoint { file: file.to_owned(), cause })?;
    Ok(Some((checkpoint.size, checkpoint.root)))
}

/// Moves away the checkpoint beside a key if that key has not signed it: a server that was only started left it, with a key of its
/// own, and none could start with both. Tells where it is then.
pub(crate) fn set_aside_anothers_checkpoint(key_file: &Path) -> Result<Option<PathBuf>, CommandError> {
    let file = checkpoint_beside(key_file);
    let Some(key) = read(key_file)? else { return Ok(None) };
    match kept(&file, &key) {
        Err(CommandError::Checkpoint { .. }) => {}
        other => return other.map(|_| None),
    }
    let aside = with_ending(&file, "of-another-key");
    fs::rename(&file, &aside).map_err(|cause| CommandError::File { file, cause })?;
    Ok(Some(aside))
}

/// Keeps a checkpoint, in place of the one before it.
pub(crate) fn keep_checkpoint(file: &Path, signer: &Signer, size: u64, root: Hash) -> io::Result<()> {
    let draft = with_ending(file, "new");
    write_private(&draft, &signer.checkpoint(size, root))?;
    fs::rename(&draft, file)
}

fn with_ending(file: &Path, ending: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(ending);
    name.into()
}

fn write_private(file: &Path, text: &str) -> io::Result<()> {
    let mut written = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file)?;
    written.write_all(text.as_bytes())?;
    written.sync_all()?;
    // The name is as lasting as what it names.
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_made_once_and_for_its_owner_alone() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("record.key");
        assert!(read(&file).unwrap().is_none());
        let verifier = |key: RecordKey| key.named("example.org/record").verifier().to_string();
        let made = verifier(open(&file).unwrap());
        assert_eq!(verifier(open(&file).unwrap()), made);
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "a draft was left behind");
        fs::write(&file, "no key").unwrap();
        let refused = open(&file).unwrap_err().to_string();
        assert!(refused.contains("record.key") && refused.contains("PEM"), "{refused}");
    }

    #[test]
    fn the_newest_checkpoint_is_kept() {
        let folder = tempfile::tempdir().unwrap();
        let file = checkpoint_beside(&folder.path().join("record.key"));
        let key = RecordKey::from_seed([1; 32]);
        assert_eq!(kept(&file, &key).unwrap(), None);
        for size in [1, 2] {
            keep_checkpoint(&file, &key.named("example.org/record"), size, [3; 32]).unwrap();
            assert_eq!(kept(&file, &key).unwrap(), Some((size, [3; 32])));
        }
        assert!(kept(&file, &RecordKey::from_seed([2; 32])).unwrap_err().to_string().contains("record.checkpoint"));
    }
}
