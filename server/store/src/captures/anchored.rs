//! Which kept copy has the passage that a citation quotes. Neither copies nor published quotes ever change, so what was looked for
//! once is remembered.

use std::{
    collections::{BTreeSet, HashMap},
    sync::{Arc, Mutex, PoisonError},
};

use domain::{Moment, Sha256Hex, TextState, passage::Pages};

use super::{Copy, CopyText};
use crate::{Cited, Store, StoreError, tasks::aside};

/// How many answers are remembered; then one begins anew.
const REMEMBERED: usize = 100_000;

/// The place of a passage in a kept copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The copy.
    pub sha256: Sha256Hex,
    /// The page on which the passage begins, from 1, where the copy has several.
    pub page: Option<u64>,
}

/// Where a quote stands in a copy: nowhere, or on a page if the copy has several.
type Stands = Option<Option<u64>>;

/// What was looked for already: a copy, and the name of a quote.
#[derive(Clone, Debug, Default)]
pub(crate) struct Remembered(Arc<Mutex<HashMap<(Sha256Hex, Sha256Hex), Stands>>>);

impl Remembered {
    fn get(&self, copy: &Sha256Hex, quote: &str) -> Option<Stands> {
        let key = (copy.clone(), Sha256Hex::of(quote.as_bytes()));
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key).copied()
    }

    fn note(&self, copy: &Sha256Hex, quote: &str, stands: Stands) {
        let mut remembered = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert((copy.clone(), Sha256Hex::of(quote.as_bytes())), stands);
    }
}

impl Store {
    /// Notes of each citation the newest copy of its source that had the quoted passage at the moment, where one had it.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn anchor<'a>(&self, cited: impl IntoIterator<Item = &'a mut Cited>, moment: Moment) -> Result<(), StoreError> {
        let mut quoting: Vec<&mut Cited> = cited.into_iter().filter(|cited| cited.quote.is_some()).collect();
        let urls: BTreeSet<String> = quoting.iter().map(|cited| cited.source.url.clone()).collect();
        if urls.is_empty() {
            return Ok(());
        }
        let mut copies = self.copies_of_urls(&urls.into_iter().collect::<Vec<_>>()).await?;
        copies.retain(|copy| copy.text_state == TextState::Read && copy.captured_at <= moment.known_at);
        let mut seen = BTreeSet::new();
        // The newest comes first; what is the same is looked into once.
        copies.retain(|copy| seen.insert((copy.url.clone(), copy.sha256.clone())));
        for copy in copies {
            let open = |cited: &Cited| cited.anchor.is_none() && cited.source.url == copy.url;
            let quotes = quoting.iter().filter(|cited| open(cited)).filter_map(|cited| cited.quote.clone()).collect();
            let stand = self.stand_in(&copy, quotes).await?;
            for (cited, stands) in quoting.iter_mut().filter(|cited| open(cited)).zip(stand) {
                cited.anchor = stands.map(|page| Anchor { sha256: copy.sha256.clone(), page });
            }
        }
        Ok(())
    }

    /// Where some quotes stand in a copy, in their order.
    async fn stand_in(&self, copy: &Copy, quotes: Vec<String>) -> Result<Vec<Stands>, StoreError> {
        let known: Option<Vec<Stands>> = quotes.iter().map(|quote| self.anchored.get(&copy.sha256, quote)).collect();
        if let Some(known) = known {
            return Ok(known);
        }
        let Some(CopyText { pages, .. }) = self.with_text(Some(copy.clone())).await? else { return Ok(vec![None; quotes.len()]) };
        let (remembered, sha256) = (self.anchored.clone(), copy.sha256.clone());
        // A long text takes a moment in which others want to be served.
        let looked = aside(move || {
            let text = Pages::new(&pages.iter().map(String::as_str).collect::<Vec<_>>());
            let several = pages.len() > 1;
            let stands = |quote: &String| {
                let found = text.find(quote, None);
                let stands = found.map(|found| several.then_some(found.place.start.page as u64 + 1));
                remembered.note(&sha256, quote, stands);
                stands
            };
            quotes.iter().map(stands).collect()
        });
        looked.await
    }
}
