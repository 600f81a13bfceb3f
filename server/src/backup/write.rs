//! Writing a whole record into a file, as it stood at one moment.

use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    path::Path,
};

use capture::{Archive, ArchiveError};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::Sha256Hex;
use sha2::{Digest as _, Sha256};
use store::{LEFT_OUT, Snapshot, TransferError};
use tempfile::NamedTempFile;
use zip::{CompressionMethod, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{
    BackupError, KEY, MANIFEST,
    manifest::{FORMAT, Manifest, Table, VERSION, copy_part, part_of},
};

/// What was written.
pub(crate) struct Made {
    /// What the file says of itself.
    pub(crate) manifest: Manifest,
    /// How many bytes it has.
    pub(crate) bytes: u64,
}

type Zip = ZipWriter<BufWriter<NamedTempFile>>;

/// Writes a record into a file that has its name only when it is whole and on disk. Whatever has that name is left as it is.
pub(crate) async fn write(
    snapshot: &Snapshot,
    copies: &Archive,
    key: Option<&str>,
    file: &Path,
    now: DateTime<Utc>,
) -> Result<Made, BackupError> {
    let failed = |cause: String| BackupError::NotWritten { file: file.to_owned(), cause };
    let packed = |error: ZipError| failed(error.to_string());
    let system = |error: io::Error| failed(error.to_string());
    if file.symlink_metadata().is_ok() {
        return Err(BackupError::Exists(file.to_owned()));
    }
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // For its owner alone, as it holds what nobody else may read.
    let draft = tempfile::Builder::new().prefix(".pledgebook-").suffix(".part").tempfile_in(folder).map_err(system)?;
    let mut zip = ZipWriter::new(BufWriter::with_capacity(1 << 18, draft));
    let mut manifest = Manifest {
        format: FORMAT.to_owned(),
        format_version: VERSION,
        made_by: concat!("pledgebook ", env!("CARGO_PKG_VERSION")).to_owned(),
        made_at: now.to_rfc3339_opts(SecondsFormat::AutoSi, true),
        migrations: snapshot.migrations().to_vec(),
        tables: Vec::new(),
        left_out: LEFT_OUT.iter().map(|(table, _)| (*table).to_owned()).collect(),
        copies: 0,
        missing_copies: Vec::new(),
        key_sha256: None,
    };
    let mut names = Vec::new();
    for shape in snapshot.tables() {
        zip.start_file(part_of(&shape.table), options()).map_err(packed)?;
        let mut hash = Sha256::new();
        let is_copies = shape.table == "snapshot";
        let mut take = |line: &str| {
            for bytes in [line.as_bytes(), b"\n"] {
                hash.update(bytes);
                zip.write_all(bytes)?;
            }
            if is_copies {
                names.push(name_of(line)?);
            }
            Ok(())
        };
        let rows = snapshot.lines(shape, &mut take).await.map_err(|error| match error {
            TransferError::Lines(error) => system(error),
            error => error.into(),
        })?;
        let sha256 = hex::encode(hash.finalize());
        manifest.tables.push(Table { name: shape.table.clone(), rows, sha256, columns: shape.columns.clone() });
    }
    // The bytes of a copy are put away before its row is written, and they stay: what the rows name is there by now.
    for name in names {
        match copies.get(&name).await {
            Ok(Some(bytes)) => {
                add(&mut zip, &copy_part(&name), &bytes).map_err(packed)?;
                manifest.copies += 1;
            }
            Ok(None) | Err(ArchiveError::Changed(_)) => manifest.missing_copies.push(name.to_string()),
            Err(error) => return Err(error.into()),
        }
    }
    if let Some(key) = key {
        add(&mut zip, KEY, key.as_bytes()).map_err(packed)?;
        manifest.key_sha256 = Some(Sha256Hex::of(key.as_bytes()).to_string());
    }
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| failed(error.to_string()))?;
    add(&mut zip, MANIFEST, text.as_bytes()).map_err(packed)?;

    let draft = zip.finish().map_err(packed)?.into_inner().map_err(|error| system(error.into_error()))?;
    draft.as_file().sync_all().map_err(system)?;
    let bytes = draft.as_file().metadata().map_err(system)?.len();
    draft.persist_noclobber(file).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => BackupError::Exists(file.to_owned()),
        _ => system(error.error),
    })?;
    // The name is as lasting as what it names.
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(system)?;
    Ok(Made { manifest, bytes })
}

fn add(zip: &mut Zip, part: &str, bytes: &[u8]) -> Result<(), ZipError> {
    zip.start_file(part, options())?;
    Ok(zip.write_all(bytes)?)
}

/// Every part may be larger than 4 GB, which ZIP has to know beforehand.
fn options() -> SimpleFileOptions {
    SimpleFileOptions::default().compression_method(CompressionMethod::Deflated).large_file(true)
}

/// The name of the copy that a row of `snapshot` speaks of.
fn name_of(line: &str) -> io::Result<Sha256Hex> {
    let row: serde_json::Value = serde_json::from_str(line)?;
    let name = row["sha256"].as_str().and_then(|name| name.parse().ok());
    name.ok_or_else(|| io::Error::other("a kept copy in the database has no SHA-256"))
}
