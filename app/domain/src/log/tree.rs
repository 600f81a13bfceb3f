//! The Merkle tree over the entries (RFC 6962, section 2.1, and RFC 9162, which says the same): its hashes, root and proofs.
//!
//! Whoever keeps the hash of every complete subtree need never read an entry again: a new entry, a root and a proof each take
//! a number of them that grows with the logarithm of the tree's size. The functions here ask for those that they need.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// A complete subtree: that of 2^`level` entries, the `position`-th such from the left, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Its height above the entries.
    pub level: u8,
    /// Its place in its level.
    pub position: u64,
}

/// Where the hashes of complete subtrees come from.
pub type Nodes<'a> = &'a mut dyn FnMut(Node) -> Hash;

/// The hash of an entry: SHA-256 of a zero byte and the entry's own bytes.
#[must_use]
pub fn leaf(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of a subtree: SHA-256 of a one byte and the hashes of its two halves.
#[must_use]
pub fn parent(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The complete subtrees that the entry at `index` completes, from its own leaf upwards, with their hashes. `nodes` is asked for
/// their left halves.
#[must_use]
pub fn grown(index: u64, leaf: Hash, nodes: Nodes<'_>) -> Vec<(Node, Hash)> {
    let mut node = Node { level: 0, position: index };
    let mut hash = leaf;
    let mut grown = vec![(node, hash)];
    while node.position % 2 == 1 {
        hash = parent(&nodes(Node { position: node.position - 1, ..node }), &hash);
        node = Node { level: node.level + 1, position: node.position / 2 };
        grown.push((node, hash));
    }
    grown
}

/// How many complete subtrees a tree of so many entries has.
#[must_use]
pub fn complete(size: u64) -> u64 {
    (0..u64::BITS).map(|level| size >> level).sum()
}

/// The root of the tree of the first `size` entries; that of none is the hash of nothing.
#[must_use]
pub fn root(size: u64, nodes: Nodes<'_>) -> Hash {
    if size == 0 { Sha256::digest([]).into() } else { range(0, size, nodes) }
}

/// The hashes that lead from the entry at `index` to the root of the first `size` entries, the nearest first
/// (RFC 9162, section 2.1.3.1). Empty where there is no such entry.
#[must_use]
pub fn inclusion(index: u64, size: u64, nodes: Nodes<'_>) -> Vec<Hash> {
    let mut path = Vec::new();
    if index < size {
        include(index, 0, size, nodes, &mut path);
    }
    path
}

/// The hashes that show that the tree of the first `to` entries begins with that of the first `from`
/// (RFC 9162, section 2.1.4.1). Empty where both are the same, or the earlier one is empty.
#[must_use]
pub fn consistency(from: u64, to: u64, nodes: Nodes<'_>) -> Vec<Hash> {
    let mut path = Vec::new();
    if 0 < from && from < to {
        connect(from, 0, to, true, nodes, &mut path);
    }
    path
}

/// Which subtrees a computation asks for: it runs once on hashes that mean nothing.
#[must_use]
pub fn needed(run: impl FnOnce(Nodes<'_>)) -> Vec<Node> {
    let mut asked = Vec::new();
    run(&mut |node| {
        asked.push(node);
        [0; 32]
    });
    asked
}

/// The largest power of two that is less than `count`, which is more than 1.
fn split(count: u64) -> u64 {
    1 << (u64::BITS - 1 - (count - 1).leading_zeros())
}

/// The hash over `count` entries from `start` on, where the tree has a subtree of them.
fn range(start: u64, count: u64, nodes: Nodes<'_>) -> Hash {
    if count.is_power_of_two() {
        #[expect(clippy::cast_possible_truncation, reason = "there are at most 63 zeros")]
        return nodes(Node { level: count.trailing_zeros() as u8, position: start / count });
    }
    let half = split(count);
    let left = range(start, half, nodes);
    parent(&left, &range(start + half, count - half, nodes))
}

fn include(index: u64, start: u64, count: u64, nodes: Nodes<'_>, path: &mut Vec<Hash>) {
    if count == 1 {
        return;
    }
    let half = split(count);
    if index < half {
        include(index, start, half, nodes, path);
        path.push(range(start + half, count - half, nodes));
    } else {
        include(index - half, start + half, count - half, nodes, path);
        path.push(range(start, half, nodes));
    }
}

/// `known` is whether the hash over all these entries is known to whoever checks: it is the earlier root.
fn connect(from: u64, start: u64, count: u64, known: bool, nodes: Nodes<'_>, path: &mut Vec<Hash>) {
    if from == count {
        if !known {
            path.push(range(start, count, nodes));
        }
        return;
    }
    let half = split(count);
    if from <= half {
        connect(from, start, half, known, nodes, path);
        path.push(range(start + half, count - half, nodes));
    } else {
        connect(from - half, start + half, count - half, false, nodes, path);
        path.push(range(start, half, nodes));
    }
}

#[cfg(test)]
mod tests;
