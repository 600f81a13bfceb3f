//! From bytes to a kept copy: read, put into the archive, and only then noted in the record.

use bytes::Bytes;
use capture::{Archive, ArchiveError, Fetched, Media, Reader};
use domain::{CaptureOrigin, Sha256Hex, TextState, capture::BYTES, source::SourceUrl};
use store::{Answer, Editor, Keeper, NewCopy, Store, StoreError};

/// Why a copy could not be kept.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Its bytes could not be put away.
    #[error(transparent)]
    Archive(#[from] ArchiveError),
    /// The record could not note it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Where copies are kept, and who reads them.
#[derive(Clone, Debug)]
pub struct Copies {
    /// Where their bytes are.
    pub archive: Archive,
    /// Who reads their text.
    pub reader: Reader,
}

impl Copies {
    /// A copy of what was fetched.
    pub(crate) async fn fetched(&self, url: SourceUrl, fetched: Fetched) -> Result<NewCopy, CopyError> {
        let content_type = fetched.header("content-type").to_owned();
        let packed_as = Some(fetched.header("content-encoding").to_owned()).filter(|packed| !packed.is_empty());
        let answer = Answer {
            final_url: fetched.final_url,
            status: fetched.status,
            headers: fetched.headers,
            hops: serde_json::json!(fetched.hops),
        };
        let copy = self.copy(url, &content_type, fetched.bytes, fetched.unpacked).await?;
        Ok(NewCopy { packed_as, answer: Some(answer), ..copy })
    }

    /// Keeps what somebody at the desk handed in.
    ///
    /// # Errors
    /// [`CopyError`].
    pub async fn hand_in(
        &self,
        store: &Store,
        editor: &Editor,
        url: SourceUrl,
        handed: HandedIn,
        now: chrono::DateTime<chrono::Utc>,
    ) -> Result<(), CopyError> {
        let copy = self.copy(url, &handed.content_type, handed.bytes.clone(), Some(handed.bytes)).await?;
        store.keep_copy(copy, Keeper::Person(editor, handed.origin), now).await?;
        Ok(())
    }

    /// Reads bytes and puts them away.
    async fn copy(
        &self,
        url: SourceUrl,
        content_type: &str,
        bytes: Bytes,
        unpacked: Option<Bytes>,
    ) -> Result<NewCopy, CopyError> {
        let media = Media::of(content_type, unpacked.as_ref().unwrap_or(&bytes));
        let sha256: Sha256Hex = self.archive.put(&bytes).await?;
        let (text_state, pages, metadata) = match unpacked {
            Some(unpacked) => {
                let reading = self.reader.read(content_type, unpacked).await;
                (reading.state, reading.pages, reading.metadata)
            }
            None => (TextState::Unreadable, Vec::new(), domain::SourceMetadata::default()),
        };
        Ok(NewCopy {
            url,
            sha256,
            bytes: bytes.len() as u64,
            media_type: media.essence,
            packed_as: None,
            text_state,
            pages,
            metadata,
            answer: None,
        })
    }
}

/// What somebody at the desk hands in where fetching fails or is not allowed.
#[derive(Clone, Debug)]
pub struct HandedIn {
    /// A file, or a text.
    pub origin: CaptureOrigin,
    /// Its bytes, at most [`BYTES`].
    pub bytes: Bytes,
    /// What the browser says of it.
    pub content_type: String,
}

/// The largest form that hands in a file: the file, and what the form says besides.
pub(crate) const HAND_IN: usize = BYTES + 64 * 1024;
