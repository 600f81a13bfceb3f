//! The archive: what is put there is found again as it was, or it is told that it is not.

use bytes::Bytes;
use capture::{Archive, ArchiveError};
use domain::Sha256Hex;

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { found.extend(files(&path)) } else { found.push(path) }
    }
    found
}

#[tokio::test]
async fn the_same_bytes_are_kept_once_under_their_name() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::in_folder(&folder.path().join("snapshots")).unwrap();
    let bytes = Bytes::from_static(b"The ministers agreed.");
    let name = archive.put(&bytes).await.unwrap();
    assert_eq!(name, Sha256Hex::of(&bytes));
    assert_eq!(archive.put(&bytes).await.unwrap(), name);
    assert_eq!(archive.get(&name).await.unwrap(), Some(bytes));
    assert_eq!(archive.get(&Sha256Hex::of(b"other")).await.unwrap(), None);
    let kept = files(folder.path());
    assert_eq!(kept.len(), 1, "{kept:?}");
    assert!(kept[0].ends_with(format!("{}/{name}", &name.as_str()[..2])));
}

#[tokio::test]
async fn a_changed_byte_is_noticed_and_put_right_by_the_same_copy() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::in_folder(folder.path()).unwrap();
    let bytes = Bytes::from_static(b"The ministers agreed.");
    let name = archive.put(&bytes).await.unwrap();
    std::fs::write(&files(folder.path())[0], b"The ministers argued.").unwrap();
    let error = archive.get(&name).await.unwrap_err();
    assert!(matches!(&error, ArchiveError::Changed(changed) if *changed == name), "{error}");
    archive.put(&bytes).await.unwrap();
    assert_eq!(archive.get(&name).await.unwrap(), Some(bytes));
}

#[tokio::test]
async fn an_address_that_is_none_of_s3_is_refused_with_what_would_be_accepted() {
    for wrong in ["", "snapshots", "https://example.org/bucket", "s3://", "s3://bucket:9000/x"] {
        let error = Archive::at(wrong).unwrap_err().to_string();
        assert!(error.contains("can't be kept at"), "{error}");
    }
}
