//! Whether a quote stands in the text it was taken from.

use super::{Found, Nearest, Pages};

/// What a look into the kept copy of a source says of a quote.
#[derive(Clone, Debug, PartialEq)]
pub enum QuoteCheck {
    /// It is there, word for word.
    Found(Found),
    /// It is not; this passage is most like it.
    Differs(Nearest),
    /// It is not, and nothing there is like it.
    Nowhere,
    /// There is no copy to look into.
    NoCopy,
}

impl QuoteCheck {
    /// Looks for a quote in the pages of a copy, if there is one.
    #[must_use]
    pub fn of(copy: Option<&Pages<'_>>, quote: &str) -> Self {
        let Some(copy) = copy else { return Self::NoCopy };
        match copy.find(quote, None) {
            Some(found) => Self::Found(found),
            None => copy.nearest(quote).map_or(Self::Nowhere, Self::Differs),
        }
    }
}
