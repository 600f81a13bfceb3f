//! The list of what is in a bundle (Frictionless Data Package, as WACZ wants it).

use std::path::Path;

use serde_json::{Value, json};

use crate::{About, Page, timestamp};

pub(crate) const PACKAGE: &str = "datapackage.json";
pub(crate) const DIGEST: &str = "datapackage-digest.json";

/// A file in a bundle.
pub(crate) struct Resource {
    pub(crate) path: String,
    pub(crate) digest: String,
    pub(crate) bytes: u64,
}

/// The list, as it is written.
pub(crate) fn text(about: &About, main: Option<&Page>, resources: &[Resource]) -> String {
    let resources = resources.iter().map(|resource| {
        let name = resource.path.rsplit('/').next().unwrap_or(&resource.path).to_lowercase();
        let mut listed = json!({ "name": name, "path": resource.path, "hash": resource.digest, "bytes": resource.bytes });
        // Else a validator takes an object in it for the description of more resources.
        if Path::new(&resource.path).extension().is_some_and(|extension| extension == "json") {
            listed["type"] = json!("json");
        }
        listed
    });
    let mut package = json!({
        "profile": "data-package",
        "wacz_version": "1.1.1",
        "title": about.title,
        "description": about.description,
        "created": timestamp(about.created),
        "modified": timestamp(about.created),
        "software": about.software,
        "resources": resources.collect::<Value>(),
    });
    if let Some(main) = main {
        package["mainPageUrl"] = json!(main.url);
        package["mainPageDate"] = json!(timestamp(main.at));
    }
    format!("{package:#}")
}
