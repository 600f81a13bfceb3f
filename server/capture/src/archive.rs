//! Where the bytes of kept copies are: each under its SHA-256, written whole or not at all, and checked when read back.

use std::{path::Path as FilePath, sync::Arc};

use bytes::Bytes;
use domain::Sha256Hex;
use object_store::{ObjectStore, ObjectStoreExt, PutPayload, aws::AmazonS3Builder, local::LocalFileSystem, path::Path};
use url::Url;

use crate::object_client::ObjectClient;

/// What can go wrong with the archive.
#[derive(Debug, thiserror::Error)]
pub enum ArchiveError {
    /// It can't be opened.
    #[error("the copies of sources can't be kept at {location}: {cause}")]
    NotOpened {
        /// Where they should be.
        location: String,
        /// Why not.
        cause: String,
    },
    /// The file system or the server said no.
    #[error("the copies of sources can't be reached: {0}")]
    Unreachable(#[from] object_store::Error),
    /// What is there is not what was put there.
    #[error("the copy {0} no longer has its SHA-256: its bytes were changed")]
    Changed(Sha256Hex),
}

/// The bytes of kept copies. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Archive {
    objects: Arc<dyn ObjectStore>,
    within: Path,
    location: String,
}

impl Archive {
    /// One in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// [`ArchiveError::NotOpened`].
    pub fn in_folder(folder: &FilePath) -> Result<Self, ArchiveError> {
        let location = folder.display().to_string();
        let failed = |cause: String| ArchiveError::NotOpened { location: location.clone(), cause };
        std::fs::create_dir_all(folder).map_err(|error| failed(error.to_string()))?;
        // What is acknowledged is on disk.
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| failed(error.to_string()))?.with_fsync(true);
        Ok(Self { objects: Arc::new(objects), within: Path::default(), location })
    }

    /// One at `s3://BUCKET/FOLDER`, on Amazon S3 or whatever speaks like it: how it is reached, and with which keys, is read
    /// from the usual `AWS_*` variables (`AWS_ENDPOINT`, `AWS_REGION`, `AWS_ACCESS_KEY_ID`, …).
    ///
    /// # Errors
    /// [`ArchiveError::NotOpened`] with what is wrong with the address or the variables.
    pub fn at(address: &str) -> Result<Self, ArchiveError> {
        let failed = |cause: String| ArchiveError::NotOpened { location: address.to_owned(), cause };
        let url = Url::parse(address).map_err(|error| failed(error.to_string()))?;
        let Some(bucket) = url.host_str().filter(|_| url.scheme() == "s3" && url.port().is_none()) else {
            return Err(failed("accepted: s3://BUCKET or s3://BUCKET/FOLDER".to_owned()));
        };
        let client = ObjectClient::new().map_err(|error| failed(error.to_string()))?;
        let objects = AmazonS3Builder::from_env().with_bucket_name(bucket).with_http_connector(client).build();
        let objects = objects.map_err(|error| failed(error.to_string()))?;
        let within = Path::from_url_path(url.path()).map_err(|error| failed(error.to_string()))?;
        Ok(Self { objects: Arc::new(objects), within, location: address.to_owned() })
    }

    /// Where it is, for people.
    #[must_use]
    pub fn location(&self) -> &str {
        &self.location
    }

    /// Keeps bytes, and gives the name under which they are found again. What is there already is not written again.
    ///
    /// # Errors
    /// [`ArchiveError::Unreachable`].
    pub async fn put(&self, bytes: &Bytes) -> Result<Sha256Hex, ArchiveError> {
        let name = Sha256Hex::of(bytes);
        // Bytes that something has spoiled since are put right by those that are at hand.
        if self.get(&name).await.is_ok_and(|found| found.is_some()) {
            return Ok(name);
        }
        self.objects.put(&self.path(&name), PutPayload::from_bytes(bytes.clone())).await?;
        Ok(name)
    }

    /// The bytes of a name; `None` if there are none.
    ///
    /// # Errors
    /// [`ArchiveError::Changed`] if they are no longer those that were kept; [`ArchiveError::Unreachable`].
    pub async fn get(&self, name: &Sha256Hex) -> Result<Option<Bytes>, ArchiveError> {
        let bytes = match self.objects.get(&self.path(name)).await {
            Ok(found) => found.bytes().await?,
            Err(object_store::Error::NotFound { .. }) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        if Sha256Hex::of(&bytes) == *name { Ok(Some(bytes)) } else { Err(ArchiveError::Changed(name.clone())) }
    }

    /// A folder for each of 256 beginnings: no folder of a file system grows too large.
    fn path(&self, name: &Sha256Hex) -> Path {
        let name = name.as_str();
        self.within.clone().join(&name[..2]).join(name)
    }
}
