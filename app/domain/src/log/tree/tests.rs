//! The tree against the definitions of the RFCs, written down once more without any shortcut, and against published vectors.

use std::collections::HashMap;

use proptest::prelude::*;

use super::*;

/// MTH of RFC 6962, section 2.1, word for word.
fn naive_root(entries: &[Vec<u8>]) -> Hash {
    match entries {
        [] => Sha256::digest([]).into(),
        [entry] => leaf(entry),
        entries => {
            let mut half = 1;
            while half * 2 < entries.len() {
                half *= 2;
            }
            parent(&naive_root(&entries[..half]), &naive_root(&entries[half..]))
        }
    }
}

fn built(entries: &[Vec<u8>]) -> HashMap<Node, Hash> {
    let mut nodes: HashMap<Node, Hash> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        let new = grown(index as u64, leaf(entry), &mut |node| nodes[&node]);
        nodes.extend(new);
    }
    nodes
}

/// RFC 9162, section 2.1.3.2.
fn is_included(index: u64, size: u64, hash: Hash, path: &[Hash], root: Hash) -> bool {
    let (mut place, mut last, mut reached) = (index, size - 1, hash);
    for step in path {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            reached = parent(step, &reached);
            while place % 2 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            reached = parent(&reached, step);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && reached == root
}

/// RFC 9162, section 2.1.4.2.
fn is_prefix(from: u64, to: u64, from_root: Hash, to_root: Hash, path: &[Hash]) -> bool {
    let mut path = path.to_vec();
    if from.is_power_of_two() {
        path.insert(0, from_root);
    }
    let Some((first, rest)) = path.split_first() else { return false };
    let (mut place, mut last) = (from - 1, to - 1);
    while place % 2 == 1 {
        (place, last) = (place >> 1, last >> 1);
    }
    let (mut earlier, mut later) = (*first, *first);
    for step in rest {
        if last == 0 {
            return false;
        }
        if place % 2 == 1 || place == last {
            (earlier, later) = (parent(step, &earlier), parent(step, &later));
            while place % 2 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            later = parent(&later, step);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && earlier == from_root && later == to_root
}

fn entries(count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|number| number.to_string().into_bytes()).collect()
}

proptest! {
    #[test]
    fn the_root_is_that_of_the_definition(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..8), 0..70)) {
        let nodes = built(&entries);
        prop_assert_eq!(nodes.len() as u64, complete(entries.len() as u64));
        for size in 0..=entries.len() {
            prop_assert_eq!(root(size as u64, &mut |node| nodes[&node]), naive_root(&entries[..size]));
        }
    }

    #[test]
    fn every_entry_is_proven_and_no_other(count in 1_usize..200, at in any::<prop::sample::Index>(), flip in any::<prop::sample::Index>()) {
        let (entries, index) = (entries(count), at.index(count));
        let nodes = built(&entries);
        let (size, place) = (count as u64, index as u64);
        let mut path = inclusion(place, size, &mut |node| nodes[&node]);
        let whole = naive_root(&entries);
        prop_assert!(is_included(place, size, leaf(&entries[index]), &path, whole));
        prop_assert!(!is_included(place, size, leaf(b"other"), &path, whole));
        if !path.is_empty() {
            let step = flip.index(path.len());
            path[step][0] ^= 1;
            prop_assert!(!is_included(place, size, leaf(&entries[index]), &path, whole));
        }
    }

    #[test]
    fn every_earlier_tree_is_proven_and_no_other(count in 2_usize..200, at in any::<prop::sample::Index>()) {
        let (entries, from) = (entries(count), at.index(count - 1) + 1);
        let nodes = built(&entries);
        let path = consistency(from as u64, count as u64, &mut |node| nodes[&node]);
        let (earlier, whole) = (naive_root(&entries[..from]), naive_root(&entries));
        prop_assert!(is_prefix(from as u64, count as u64, earlier, whole, &path));
        let mut forged = entries.clone();
        forged[0] = b"other".to_vec();
        prop_assert!(!is_prefix(from as u64, count as u64, naive_root(&forged[..from]), whole, &path));
        prop_assert!(!is_prefix(from as u64, count as u64, earlier, naive_root(&forged), &path));
    }

    #[test]
    fn proofs_ask_for_few_hashes(size in 1_u64..=1_000_000, at in any::<prop::sample::Index>()) {
        let index = at.index(usize::try_from(size).unwrap()) as u64;
        let asked = needed(|nodes| _ = inclusion(index, size, nodes));
        // A subtree that is not complete is itself made of at most as many as there are levels.
        prop_assert!(asked.len() <= 40, "{}", asked.len());
        prop_assert!(asked.iter().all(|node| (node.position + 1) << node.level <= size));
    }
}

fn hash(text: &str) -> Hash {
    hex::decode(text).unwrap().try_into().unwrap()
}

/// The vectors of Certificate Transparency's own implementation (`merkle_tree_test.cc`).
#[test]
fn the_vectors_of_certificate_transparency() {
    let leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
        .map(|text| hex::decode(text).unwrap());
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    .map(hash);
    let nodes = built(&leaves);
    let mut get = |node: Node| nodes[&node];
    assert_eq!(root(0, &mut get), hash("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    for (size, wanted) in (1..).zip(roots) {
        assert_eq!(root(size, &mut get), wanted, "{size}");
    }
    let paths: [(u64, u64, &[&str]); 4] = [
        (0, 1, &[]),
        (
            0,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            5,
            8,
            &[
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (2, 3, &["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    ];
    for (index, size, wanted) in paths {
        let wanted: Vec<Hash> = wanted.iter().map(|step| hash(step)).collect();
        assert_eq!(inclusion(index, size, &mut get), wanted, "{index} of {size}");
    }
    let paths: [(u64, u64, &[&str]); 4] = [
        (1, 1, &[]),
        (
            1,
            8,
            &[
                "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
            ],
        ),
        (
            6,
            8,
            &[
                "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
                "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            ],
        ),
        (
            2,
            5,
            &[
                "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
                "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            ],
        ),
    ];
    for (from, to, wanted) in paths {
        let wanted: Vec<Hash> = wanted.iter().map(|step| hash(step)).collect();
        assert_eq!(consistency(from, to, &mut get), wanted, "{from} to {to}");
    }
}

/// The tree of seven of RFC 9162, section 2.1.5: which hashes stand in its proofs.
#[test]
fn the_example_of_the_rfc() {
    let node = |level, position| Node { level, position };
    let asked = |index| needed(|nodes| _ = inclusion(index, 7, nodes));
    // d0 [b, h, l]: l is of d4 to d6, which are two complete subtrees, k's pair and d6.
    assert_eq!(asked(0), [node(0, 1), node(1, 1), node(1, 2), node(0, 6)]);
    assert_eq!(asked(3), [node(0, 2), node(1, 0), node(1, 2), node(0, 6)]);
    assert_eq!(asked(6), [node(1, 2), node(2, 0)]);
    // From 3: [c, d, g, l]; from 4: [l]; from 6: [i, j, k].
    let asked = |from| needed(|nodes| _ = consistency(from, 7, nodes));
    assert_eq!(asked(3), [node(0, 2), node(0, 3), node(1, 0), node(1, 2), node(0, 6)]);
    assert_eq!(asked(4), [node(1, 2), node(0, 6)]);
    assert_eq!(asked(6), [node(1, 2), node(0, 6), node(2, 0)]);
}
