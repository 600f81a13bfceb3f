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
    /// The file system or the server takes nothing; what is there may still be read.
    #[error("the copies of sources can't be written: {0}")]
    NotWritable(#[source] object_store::Error),
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

    /// One that ends with its test.
    #[cfg(feature = "testing")]
    #[must_use]
    pub fn in_memory() -> Self {
        Self { objects: Arc::new(object_store::memory::InMemory::new()), within: Path::default(), location: "memory".to_owned() }
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
        let within = Path::from_url_path(url.path()).map_err(|error| failed(error.to_string()))?;
        let bucket = AmazonS3Builder::from_env().with_bucket_name(bucket);
        Self::in_bucket(bucket, within, address).map_err(failed)
    }

    fn in_bucket(bucket: AmazonS3Builder, within: Path, address: &str) -> Result<Self, String> {
        let client = ObjectClient::new().map_err(|error| error.to_string())?;
        let objects = bucket.with_http_connector(client).build().map_err(|error| error.to_string())?;
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
    /// [`ArchiveError::NotWritable`].
    pub async fn put(&self, bytes: &Bytes) -> Result<Sha256Hex, ArchiveError> {
        let name = Sha256Hex::of(bytes);
        // Bytes that something has spoiled since are put right by those that are at hand.
        if self.get(&name).await.is_ok_and(|found| found.is_some()) {
            return Ok(name);
        }
        let put = self.objects.put(&self.path(&name), PutPayload::from_bytes(bytes.clone())).await;
        put.map_err(ArchiveError::NotWritable)?;
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

#[cfg(test)]
mod tests {
    use std::{
        collections::HashMap,
        sync::{Arc, Mutex},
    };

    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        net::TcpListener,
    };

    use super::*;

    /// Speaks as much of S3 as keeping and finding takes; tells what it was asked.
    async fn bucket() -> (std::net::SocketAddr, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = asked.clone();
        tokio::spawn(async move {
            let mut objects: HashMap<String, Vec<u8>> = HashMap::new();
            while let Ok((mut stream, _)) = listener.accept().await {
                let (mut request, mut buffer) = (Vec::new(), [0; 4096]);
                let (head, mut body) = loop {
                    let n = stream.read(&mut buffer).await.unwrap();
                    request.extend_from_slice(&buffer[..n]);
                    if let Some(end) = request.windows(4).position(|end| end == b"\r\n\r\n") {
                        break (String::from_utf8_lossy(&request[..end]).into_owned(), request[end + 4..].to_vec());
                    }
                };
                let length = head
                    .to_lowercase()
                    .split("content-length: ")
                    .nth(1)
                    .map_or(0, |rest| rest.lines().next().unwrap().parse().unwrap());
                while body.len() < length {
                    let n = stream.read(&mut buffer).await.unwrap();
                    body.extend_from_slice(&buffer[..n]);
                }
                let path = head.split(' ').nth(1).unwrap().split('?').next().unwrap().to_owned();
                let answer = if head.starts_with("PUT ") {
                    objects.insert(path, body);
                    b"HTTP/1.1 200 OK\r\netag: \"1\"\r\ncontent-length: 0\r\n\r\n".to_vec()
                } else if let Some(found) = objects.get(&path) {
                    let head =
                        "HTTP/1.1 200 OK\r\netag: \"1\"\r\nlast-modified: Thu, 26 Nov 2026 07:00:00 GMT\r\ncontent-length: ";
                    [format!("{head}{}\r\n\r\n", found.len()).into_bytes(), found.clone()].concat()
                } else {
                    b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n".to_vec()
                };
                log.lock().unwrap().push(head);
                stream.write_all(&answer).await.unwrap();
            }
        });
        (address, asked)
    }

    #[tokio::test]
    async fn copies_are_kept_in_a_bucket_as_they_are_in_a_folder() {
        let (address, asked) = bucket().await;
        let builder = AmazonS3Builder::new()
            .with_bucket_name("record")
            .with_endpoint(format!("http://{address}"))
            .with_allow_http(true)
            .with_region("us-east-1")
            .with_access_key_id("key")
            .with_secret_access_key("secret");
        let archive = Archive::in_bucket(builder, Path::from("copies"), "s3://record/copies").unwrap();
        let bytes = Bytes::from_static(b"The ministers agreed.");
        let name = archive.put(&bytes).await.unwrap();
        assert_eq!(archive.get(&name).await.unwrap(), Some(bytes));
        assert_eq!(archive.get(&Sha256Hex::of(b"other")).await.unwrap(), None);
        let asked = asked.lock().unwrap();
        let put = asked.iter().find(|head| head.starts_with("PUT ")).unwrap();
        assert!(put.starts_with(&format!("PUT /record/copies/{}/{name} ", &name.as_str()[..2])), "{put}");
        assert!(asked.iter().all(|head| head.contains("authorization: AWS4-HMAC-SHA256 Credential=key/")), "{asked:?}");
        assert!(asked.iter().all(|head| head.contains(&format!("host: {address}"))), "{asked:?}");
    }
}
