//! The sources, parties, meetings and topics against what was last said of each.

use domain::{
    Slug,
    log::{Difference, Named, first_difference, tree::Hash},
};
use sea_orm::ConnectionTrait;
use serde_json::Value;

use super::{
    NotVerified, Told, Wrong,
    entries::{entry, hash_of},
};
use crate::{
    StoreError,
    log::{Names, Thing},
};

/// How many are read at a time.
const AT_ONCE: usize = 500;

/// Compares them, kind by kind, in the order of their names.
pub(super) async fn compare(db: &impl ConnectionTrait, told: &Told) -> Result<(), NotVerified> {
    for thing in Thing::ALL {
        let mut recorded: Vec<(&Slug, (Hash, u64))> =
            told.things.iter().filter(|((of, _), _)| *of == thing).map(|((_, name), said)| (name, *said)).collect();
        recorded.sort_unstable_by_key(|(name, _)| *name);
        for recorded in recorded.chunks(AT_ONCE) {
            let names = recorded.iter().map(|(name, _)| (*name).clone());
            let found = values(thing, &Names::of(thing, names).things(db).await?)?;
            for (name, (hash, index)) in recorded {
                let Ok(place) = found.binary_search_by_key(name, |(found, ..)| found) else {
                    return Err(Wrong::missing(thing.table(), name).into());
                };
                let (_, found_hash, value) = &found[place];
                if found_hash != hash {
                    let entry = entry(db, *index).await?;
                    let said = entry.said.named().map(|named| values(thing, named)).transpose()?.unwrap_or_default();
                    let said = said.into_iter().find(|(of, ..)| of == *name).map(|(.., value)| value).unwrap_or_default();
                    let difference = first_difference(&said, value).unwrap_or(Difference {
                        path: "row".to_owned(),
                        expected: said.to_string(),
                        found: value.to_string(),
                    });
                    return Err(Wrong::differing(thing.table(), name, difference).into());
                }
            }
        }
    }
    Ok(())
}

/// The things of one kind with their names and hashes, in the order of their names.
fn values(thing: Thing, named: &Named) -> Result<Vec<(Slug, Hash, Value)>, StoreError> {
    macro_rules! list {
        ($things:expr) => {
            $things.iter().map(|thing| Ok((thing.id.clone(), hash_of(thing)?, serde_json::json!(thing)))).collect()
        };
    }
    let all: Result<Vec<_>, StoreError> = match thing {
        Thing::Source => list!(named.sources),
        Thing::Party => list!(named.parties),
        Thing::Meeting => list!(named.meetings),
        Thing::Topic => list!(named.topics),
    };
    let mut all = all?;
    all.sort_by(|(a, ..), (b, ..)| a.cmp(b));
    Ok(all)
}
