//! Reading a file with a whole record: first all of it, to see that it is whole, and then part by part.

use std::{
    borrow::Cow,
    fs::File,
    io::{self, BufRead as _, BufReader, Read as _},
    path::{Path, PathBuf},
};

use capture::Archive;
use sha2::{Digest as _, Sha256};
use store::{Filling, TransferError};
use zip::{ZipArchive, read::read_zipfile_from_stream};

use super::{
    BackupError, COPIES, KEY, MANIFEST, Manifest,
    manifest::{FORMAT, VERSION},
};

/// What a ZIP archive begins with.
const ZIP: &[u8] = b"PK\x03\x04";

/// A file with a whole record, which was looked through from one end to the other.
pub(crate) struct Whole {
    file: PathBuf,
    zip: ZipArchive<BufReader<File>>,
    /// What it says of itself.
    pub(crate) manifest: Manifest,
}

impl Whole {
    /// Whether a file may be one: it begins as one.
    pub(crate) fn may_be(file: &Path) -> bool {
        let mut begin = [0; ZIP.len()];
        File::open(file).and_then(|mut file| file.read_exact(&mut begin)).is_ok() && begin == *ZIP
    }

    /// Opens a file and makes sure that every part is as it was written.
    ///
    /// # Errors
    /// [`BackupError`], with the part that is wrong.
    pub(crate) fn open(file: &Path) -> Result<Self, BackupError> {
        let not_ours = |cause: String| BackupError::NotOurs { file: file.to_owned(), cause };
        let open = || File::open(file).map_err(|error| not_ours(error.to_string()));
        let opened = open()?;
        if !Self::may_be(file) {
            return Err(not_ours("it does not begin as a ZIP archive".to_owned()));
        }
        // The table of contents is at the end.
        let Ok(zip) = ZipArchive::new(BufReader::new(opened)) else {
            return Err(BackupError::CutOff { file: file.to_owned(), part: where_it_ends(open()?) });
        };
        if zip.index_for_name(MANIFEST).is_none() {
            return Err(not_ours(format!("it has no part {MANIFEST}")));
        }
        let mut whole = Self { file: file.to_owned(), zip, manifest: Manifest::default() };
        let text = whole.part(MANIFEST)?;
        let said: serde_json::Value = serde_json::from_slice(&text).map_err(|error| whole.damaged(MANIFEST, &error))?;
        if said["format"] != FORMAT {
            return Err(not_ours(format!("its {MANIFEST} does not say that it is {FORMAT}")));
        }
        if said["format_version"] != VERSION {
            let made_by = said["made_by"].as_str().unwrap_or_default().to_owned();
            let cause = format!("whose format {} this version does not know", said["format_version"]);
            return Err(BackupError::OtherVersion { file: file.to_owned(), made_by, cause });
        }
        whole.manifest = serde_json::from_value(said).map_err(|error| whole.damaged(MANIFEST, &error))?;
        whole.check()?;
        Ok(whole)
    }

    /// How many migrations its tables have taken, of those that this version knows.
    ///
    /// # Errors
    /// [`BackupError::OtherVersion`] if they are not the first of these.
    pub(crate) fn step(&self, known: &[String]) -> Result<usize, BackupError> {
        let of_file = &self.manifest.migrations;
        match of_file
            .iter()
            .zip(known.iter().map(Some).chain(std::iter::repeat(None)))
            .find(|(of_file, known)| Some(*of_file) != *known)
        {
            None => Ok(of_file.len()),
            Some((unknown, _)) => Err(BackupError::OtherVersion {
                file: self.file.clone(),
                made_by: self.manifest.made_by.clone(),
                cause: format!("whose migration {unknown} this version does not have"),
            }),
        }
    }

    /// The record's key, where it is in it.
    pub(crate) fn key(&mut self) -> Result<Option<String>, BackupError> {
        if self.manifest.key_sha256.is_none() {
            return Ok(None);
        }
        let text = String::from_utf8(self.part(KEY)?).map_err(|error| self.damaged(KEY, &error))?;
        Ok(Some(text))
    }

    /// Puts all kept copies into an archive.
    pub(crate) async fn copies_into(&mut self, archive: &Archive) -> Result<(), BackupError> {
        for part in self.names()?.into_iter().filter(|name| name.starts_with(COPIES)) {
            archive.put(&self.part(&part)?.into()).await?;
        }
        Ok(())
    }

    /// Fills an empty record that has taken the same migrations.
    pub(crate) async fn rows_into(&mut self, filling: &Filling) -> Result<(), BackupError> {
        for shape in filling.tables() {
            let Some(table) = self.manifest.tables.iter().find(|table| table.is(shape)).cloned() else {
                let cause = format!("it has no table {} with the columns that it has here", shape.table);
                return Err(self.damaged(MANIFEST, &cause));
            };
            let part = table.part();
            let found = self.zip.by_name(&part).map_err(|error| damaged(&self.file, &part, &error))?;
            let mut lines = BufReader::with_capacity(1 << 18, found).lines();
            let added = filling.add(shape, &mut || lines.next().transpose()).await;
            added.map_err(|error| match error {
                TransferError::Line { .. } | TransferError::Lines(_) => damaged(&self.file, &part, &error),
                error => error.into(),
            })?;
        }
        Ok(())
    }

    /// Reads every part and compares it with what the manifest says.
    fn check(&mut self) -> Result<(), BackupError> {
        for table in self.manifest.tables.clone() {
            let part = table.part();
            let (mut hash, mut rows) = (Sha256::new(), 0);
            self.read(&part, &mut |bytes| {
                hash.update(bytes);
                rows += bytes.split(|byte| *byte == b'\n').count() as u64 - 1;
            })?;
            if rows != table.rows {
                return Err(self.damaged(&part, &format!("it has {rows} rows, and the manifest says {}", table.rows)));
            }
            self.same(&part, &table.sha256, &hex::encode(hash.finalize()))?;
        }
        let parts = self.names()?;
        let mut copies = 0;
        for part in &parts {
            let expected = match part.strip_prefix(COPIES) {
                Some(name) => {
                    copies += 1;
                    name.to_owned()
                }
                None if part == KEY => self.manifest.key_sha256.clone().unwrap_or_default(),
                None if part == MANIFEST || self.manifest.tables.iter().any(|table| table.part() == *part) => continue,
                None => return Err(self.damaged(part, &"no such part was written")),
            };
            let mut hash = Sha256::new();
            self.read(part, &mut |bytes| hash.update(bytes))?;
            self.same(part, &expected, &hex::encode(hash.finalize()))?;
        }
        if copies != self.manifest.copies {
            let cause = format!("{copies} copies are there, and the manifest says {}", self.manifest.copies);
            return Err(self.damaged(COPIES, &cause));
        }
        if self.manifest.key_sha256.is_some() && !parts.iter().any(|part| part == KEY) {
            return Err(self.damaged(KEY, &"it is missing"));
        }
        Ok(())
    }

    /// The names of all parts.
    fn names(&self) -> Result<Vec<String>, BackupError> {
        let names = self.zip.file_names().map(|name| name.map(Cow::into_owned)).collect::<Result<_, _>>();
        names.map_err(|error| self.damaged("the table of contents", &error))
    }

    fn same(&self, part: &str, expected: &str, found: &str) -> Result<(), BackupError> {
        if expected == found { Ok(()) } else { Err(self.damaged(part, &format!("its SHA-256 is {found} and not {expected}"))) }
    }

    /// Hands over a part, bit by bit.
    fn read(&mut self, part: &str, take: &mut dyn FnMut(&[u8])) -> Result<(), BackupError> {
        let mut found = self.zip.by_name(part).map_err(|error| damaged(&self.file, part, &error))?;
        let mut buffer = vec![0; 1 << 16];
        loop {
            match found.read(&mut buffer) {
                Ok(0) => return Ok(()),
                Ok(length) => take(&buffer[..length]),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(damaged(&self.file, part, &error)),
            }
        }
    }

    /// A whole part.
    fn part(&mut self, part: &str) -> Result<Vec<u8>, BackupError> {
        let mut bytes = Vec::new();
        self.read(part, &mut |more| bytes.extend_from_slice(more))?;
        Ok(bytes)
    }

    fn damaged(&self, part: &str, cause: &dyn std::fmt::Display) -> BackupError {
        damaged(&self.file, part, cause)
    }
}

fn damaged(file: &Path, part: &str, cause: &dyn std::fmt::Display) -> BackupError {
    BackupError::Damaged { file: file.to_owned(), part: part.to_owned(), cause: cause.to_string() }
}

/// The part in which a file without its end breaks off.
fn where_it_ends(file: File) -> String {
    let mut reader = BufReader::new(file);
    loop {
        match read_zipfile_from_stream(&mut reader) {
            Ok(Some(mut part)) => {
                let name = part.name().map_or_else(|error| error.to_string(), Cow::into_owned);
                if io::copy(&mut part, &mut io::sink()).is_err() {
                    return name;
                }
            }
            Ok(None) => return "the table of contents, at its end".to_owned(),
            Err(_) => return "the beginning of the next one".to_owned(),
        }
    }
}
