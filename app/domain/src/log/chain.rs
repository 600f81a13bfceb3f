//! Going through a log from its first entry: each must be where it says, in canonical form, and later than the one before it.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::{
    Entry,
    entry::Said,
    tree::{self, Hash, Node},
};

/// A log, as far as one has gone through it.
#[derive(Debug, Default)]
pub struct Chain {
    size: u64,
    revision: i64,
    recorded_at: Option<DateTime<Utc>>,
    /// The complete subtrees that no larger one holds.
    peaks: BTreeMap<Node, Hash>,
}

/// An entry in its place.
#[derive(Debug)]
pub struct Linked {
    /// The entry.
    pub entry: Entry,
    /// The complete subtrees that it completes, its own leaf first.
    pub grown: Vec<(Node, Hash)>,
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where it stands.
    pub index: u64,
    /// Which field of it is wrong.
    pub field: &'static str,
    /// What should be there.
    pub expected: String,
    /// What is.
    pub found: String,
}

impl Chain {
    /// How many entries one has gone through.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// The number of the last publication among them; 0 before the first.
    #[must_use]
    pub const fn revision(&self) -> i64 {
        self.revision
    }

    /// The root over them.
    #[must_use]
    pub fn root(&self) -> Hash {
        tree::root(self.size, &mut |node| self.peaks.get(&node).copied().unwrap_or_default())
    }

    /// Takes the next entry, as it is written.
    ///
    /// # Errors
    /// [`Broken`]; then one can't go on.
    pub fn link(&mut self, text: &str) -> Result<Linked, Broken> {
        let index = self.size;
        let broken = |field, expected: &dyn ToString, found: &dyn ToString| {
            Err(Broken { index, field, expected: expected.to_string(), found: found.to_string() })
        };
        let entry: Entry = match serde_json::from_str(text) {
            Ok(entry) => entry,
            Err(error) => return broken("content", &"an entry of a kind that this version knows", &error),
        };
        match entry.to_text() {
            Ok(canonical) if canonical == text => {}
            _ => return broken("content", &"canonical JSON (RFC 8785) without any field of another version", &"something else"),
        }
        if entry.index != index {
            return broken("index", &index, &entry.index);
        }
        if let Some(before) = self.recorded_at.filter(|before| *before > entry.recorded_at) {
            return broken("recorded_at", &format!("{} or later", before.to_rfc3339()), &entry.recorded_at.to_rfc3339());
        }
        match &entry.said {
            Said::Genesis(genesis) if index > 0 && genesis.revision != self.revision => {
                return broken("revision", &self.revision, &genesis.revision);
            }
            Said::Publication(published) if published.revision != self.revision + 1 => {
                return broken("revision", &(self.revision + 1), &published.revision);
            }
            said => self.revision = said.revision().unwrap_or(self.revision),
        }
        self.recorded_at = Some(entry.recorded_at);
        let peaks = &mut self.peaks;
        let grown = tree::grown(index, tree::leaf(text.as_bytes()), &mut |node| peaks.remove(&node).unwrap_or_default());
        self.peaks.extend(grown.last().copied());
        self.size += 1;
        Ok(Linked { entry, grown })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        CaptureOrigin,
        log::{Named, Published, Snapshot},
    };

    fn at(second: u32) -> DateTime<Utc> {
        format!("2026-01-01T12:00:{second:02}Z").parse().unwrap()
    }

    fn publication(index: u64, revision: i64, second: u32) -> String {
        let said = Said::Publication(Published { revision, named: Named::default(), pledges: Vec::new() });
        Entry { index, recorded_at: at(second), said }.to_text().unwrap()
    }

    fn snapshot(index: u64, second: u32) -> String {
        let said = Snapshot {
            url: "https://example.org".into(),
            captured_at: at(0),
            origin: CaptureOrigin::Fetched,
            sha256: "00".into(),
            bytes: 0,
            media_type: "text/html".into(),
            text_sha256: None,
            answer_sha256: None,
        };
        Entry { index, recorded_at: at(second), said: Said::Snapshot(said) }.to_text().unwrap()
    }

    #[test]
    fn entries_follow_each_other_and_nothing_else_does() {
        let mut chain = Chain::default();
        chain.link(&publication(0, 1, 1)).unwrap();
        chain.link(&snapshot(1, 1)).unwrap();
        chain.link(&publication(2, 2, 2)).unwrap();
        assert_eq!((chain.size(), chain.revision()), (3, 2));
        let mut refused = |text: &str| chain.link(text).unwrap_err().field;
        assert_eq!(refused(&publication(4, 3, 3)), "index");
        assert_eq!(refused(&publication(3, 4, 3)), "revision");
        assert_eq!(refused(&publication(3, 2, 3)), "revision");
        assert_eq!(refused(&publication(3, 3, 1)), "recorded_at");
        assert_eq!(refused(&format!("{} ", publication(3, 3, 3))), "content");
        assert_eq!(refused(&publication(3, 3, 3).replace("\"kind\"", "\"more\":1,\"kind\"")), "content");
        assert_eq!(refused("{}"), "content");
        chain.link(&publication(3, 3, 3)).unwrap();
    }

    proptest! {
        #[test]
        fn the_root_is_that_of_the_whole_tree(count in 0_u64..100) {
            let (mut chain, mut nodes) = (Chain::default(), BTreeMap::new());
            for index in 0..count {
                let linked = chain.link(&snapshot(index, 1)).unwrap();
                nodes.extend(linked.grown);
                prop_assert_eq!(chain.root(), tree::root(index + 1, &mut |node| nodes[&node]));
            }
            prop_assert_eq!(nodes.len() as u64, tree::complete(count));
        }
    }
}
