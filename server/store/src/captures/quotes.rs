//! Whether the quotes of a form stand in the kept copies of their sources.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    Fields, TextState,
    passage::{Pages, QuoteCheck},
};

use super::{Copy, SourceCopies};
use crate::{Store, StoreError, tasks::aside};

/// The last part of the name of a field with a quote.
const QUOTE: &str = "quote";

/// What came of looking for a quote in the copies of its source.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteLook {
    /// Whether it is there.
    pub check: QuoteCheck,
    /// The copy that has it; where none has, the newest with a text, and where none has a text, the newest.
    pub copy: Option<Copy>,
}

impl Store {
    /// Looks for each quote of a form in the copies of its source, the newest first; by the path of the citation. Citations without
    /// an address or a quote are left out.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn look_for_quotes(
        &self,
        fields: &Fields,
        copies: &[SourceCopies],
    ) -> Result<BTreeMap<String, QuoteLook>, StoreError> {
        let mut open: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
        for (name, quote) in fields.iter().filter(|(_, quote)| !quote.trim().is_empty()) {
            let Some(path) = name.strip_suffix(QUOTE).and_then(|path| path.strip_suffix('.')) else { continue };
            let url = fields.get(&format!("{path}.source.url")).trim();
            if !url.is_empty() {
                open.entry(url).or_default().push((path.to_owned(), quote.to_owned()));
            }
        }
        let mut looks = BTreeMap::new();
        for (url, quotes) in open {
            let kept = copies.iter().find(|source| source.job.url == url).map_or(&[][..], |source| &source.copies);
            for (path, look) in self.look_in(kept, quotes).await? {
                looks.insert(path, look);
            }
        }
        Ok(looks)
    }

    /// Looks for the quotes of one source in its copies.
    async fn look_in(&self, kept: &[Copy], mut quotes: Vec<(String, String)>) -> Result<Vec<(String, QuoteLook)>, StoreError> {
        let mut looks = Vec::with_capacity(quotes.len());
        let mut read: Vec<&Copy> = Vec::new();
        for copy in kept.iter().filter(|copy| copy.text_state == TextState::Read) {
            if !read.iter().any(|before| before.sha256 == copy.sha256) {
                read.push(copy);
            }
        }
        let mut nearest = BTreeMap::new();
        for (number, copy) in read.iter().enumerate() {
            if quotes.is_empty() {
                break;
            }
            let Some(text) = self.with_text(Some((*copy).clone())).await? else { continue };
            let asked = Arc::new(quotes.clone());
            // Only in the newest is looked for what is like them; a long text takes a moment, in which others want to be served.
            let checks = aside(move || {
                let pages = Pages::new(&text.pages.iter().map(String::as_str).collect::<Vec<_>>());
                let check = |(_, quote): &(String, String)| match pages.find(quote, None) {
                    Some(found) => Some(QuoteCheck::Found(found)),
                    None => (number == 0).then(|| QuoteCheck::of(Some(&pages), quote)),
                };
                asked.iter().map(check).collect::<Vec<_>>()
            });
            let checks = checks.await?;
            let mut left = Vec::new();
            for ((path, quote), check) in quotes.into_iter().zip(checks) {
                match check {
                    Some(check @ QuoteCheck::Found(_)) => looks.push((path, QuoteLook { check, copy: Some((*copy).clone()) })),
                    check => {
                        if let Some(check) = check {
                            nearest.insert(path.clone(), check);
                        }
                        left.push((path, quote));
                    }
                }
            }
            quotes = left;
        }
        let newest = read.first().copied().or(kept.first());
        for (path, _) in quotes {
            let check = nearest.remove(&path).unwrap_or(QuoteCheck::NoCopy);
            looks.push((path, QuoteLook { check, copy: newest.cloned() }));
        }
        Ok(looks)
    }
}
