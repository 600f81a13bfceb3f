//! Examples of answers: what the server says of the example record, kept as files so that the description can show them. A
//! test asks for each and compares.

use serde_json::Value;

/// The site whose addresses stand in the files.
const SITE: &str = "https://pledges.example.org";

/// One example.
pub(super) struct Example {
    /// The operation.
    pub operation: &'static str,
    /// What is asked for: path and query, below the root of the API.
    pub request: &'static str,
    answer: &'static str,
}

macro_rules! examples {
    ($($operation:literal asks $request:literal,)+) => {
        &[$(Example {
            operation: $operation,
            request: $request,
            answer: include_str!(concat!("../../../example/api/", $operation, ".json")),
        }),+]
    };
}

/// One for each operation on the record.
const EXAMPLES: &[Example] = examples! {
    "list_pledges" asks "/pledges?meeting=trilateral-2024&status=fulfilled",
    "get_pledge" asks "/pledges/april-summit",
    "get_pledge_history" asks "/pledges/april-summit/history",
    "list_parties" asks "/parties?as_of=2022-06-09",
    "get_party" asks "/parties/guatemala",
    "list_meetings" asks "/meetings?as_of=2022-06-10",
    "get_meeting" asks "/meetings/trilateral-2024",
    "list_topics" asks "/topics?as_of=2022-06-09",
    "get_topic" asks "/topics/governance",
    "get_source" asks "/sources/lad-factsheet-third",
    "list_changes" asks "/changes?as_of=2022-06-09",
    "get_stats" asks "/stats?party=guatemala",
};

macro_rules! contents {
    ($($operation:literal,)+) => {
        &[$(($operation, include_str!(concat!("../../../example/api/", $operation, ".content.json")))),+]
    };
}

/// What is sent to operations of the desk, for the example record; a test sends each.
const CONTENTS: &[(&str, &str)] = contents! {
    "begin_pledge",
    "begin_edit",
    "begin_status_change",
    "begin_withdrawal",
    "check_pledge",
    "save_draft",
    "approve_draft",
    "return_draft",
};

/// An example of what an operation is sent.
pub(super) fn content_of(operation: &str) -> Option<Value> {
    let (_, content) = CONTENTS.iter().find(|(of, _)| *of == operation)?;
    serde_json::from_str(content).ok()
}

/// The example of an operation.
pub(super) fn of(operation: &str) -> Option<&'static Example> {
    EXAMPLES.iter().find(|example| example.operation == operation)
}

impl Example {
    /// The answer, with the addresses of the site at `site`.
    pub(super) fn answer(&self, site: &str) -> Option<Value> {
        serde_json::from_str(&self.answer.replace(SITE, site)).ok()
    }

    /// The value of the parameter in the path, if it has one.
    pub(super) fn named(&self) -> Option<&'static str> {
        let path = self.request.split('?').next()?;
        path.split('/').nth(2)
    }
}
