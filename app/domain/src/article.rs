//! An article on its way to pledges: a text by pages and what is known of its source, wherever both came from.

mod parts;
#[cfg(test)]
mod tests;

pub use parts::{PART, parts};

use crate::{
    commitment::{Commitment, Sentence, Setting, language, sentences},
    date::FuzzyDate,
    errors::{FieldErrors, Problem},
    form::Fields,
    locale::Locale,
    party::Party,
    passage::{Found, Pages},
    pledge::Due,
    source::{SourceKind, SourceUrl},
    text::{QUOTE, clean, language_tag},
};

/// The longest text, in characters.
pub const TEXT: usize = 200_000;

/// The longest title that is suggested, in characters: a sentence is cut there, between words.
const SUGGESTED: usize = 120;

/// Of more words than these is what stands between quotation marks more than a phrase.
const PHRASE: usize = 4;

/// A text whose sentences can become drafts.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    pages: Vec<String>,
    /// The source, by the names that forms have for its fields: `url`, `title`, `publisher`, `language`, `published_on`, `kind`.
    source: Fields,
    published_on: Option<FuzzyDate>,
    language: Option<Locale>,
}

impl Article {
    /// The name of the field for a pasted text.
    pub const TEXT: &'static str = "text";

    /// A text by pages (what has none is one page) with what is known of its source, which may be nothing: what is missing is
    /// asked for in the draft. Where nobody says its language, it is told from its words.
    ///
    /// # Errors
    /// What is wrong, by the names of a form: `text`, `source.url`, `source.language`, `source.published_on`.
    pub fn new(pages: Vec<String>, source: &Fields) -> Result<Self, FieldErrors> {
        let mut errors = FieldErrors::default();
        let length: usize = pages.iter().map(|page| page.chars().count()).sum();
        if pages.iter().all(|page| page.trim().is_empty()) {
            errors.push(Self::TEXT, Problem::Missing);
        } else if length > TEXT {
            errors.push(Self::TEXT, Problem::TooLong { length, limit: TEXT });
        }
        let (article, wrong) = Self::of(pages, source);
        for error in wrong.iter() {
            errors.push(error.path.clone(), error.problem.clone());
        }
        errors.or(article)
    }

    /// The text of a kept copy, however long, with what is known of its source; what of that can't be read is left out.
    #[must_use]
    pub fn kept(pages: Vec<String>, source: &Fields) -> Self {
        Self::of(pages, source).0
    }

    /// A text with as much of its source as can be read, and what is wrong with the rest.
    fn of(pages: Vec<String>, source: &Fields) -> (Self, FieldErrors) {
        let mut errors = FieldErrors::default();
        let typed = |name: &str| Some(source.get(name).trim()).filter(|typed| !typed.is_empty());
        if let Some(Err(problem)) = typed("url").map(SourceUrl::parse) {
            errors.push("source.url", problem);
        }
        if let Some(Err(problem)) = typed("language").map(language_tag) {
            errors.push("source.language", problem);
        }
        let published_on = typed("published_on").map(str::parse).transpose().unwrap_or_else(|problem| {
            errors.push("source.published_on", problem);
            None
        });
        let mut source = source.clone();
        let language = match typed("language") {
            Some(tag) => tag.split('-').next().unwrap_or_default().parse().ok(),
            None => pages.iter().find_map(|page| language(page)),
        };
        if let Some(language) = language.filter(|_| source.get("language").trim().is_empty()) {
            source.set("language", language.code());
        }
        (Self { pages, source, published_on, language }, errors)
    }

    /// Reads the form into which a text is pasted: `text`, and the source below `source`.
    ///
    /// # Errors
    /// Every field that is wrong.
    pub fn pasted(fields: &Fields) -> Result<Self, FieldErrors> {
        Self::new(vec![fields.get(Self::TEXT).to_owned()], &fields.below("source"))
    }

    /// The language of the text, where it is one of the two that are read.
    #[must_use]
    pub const fn language(&self) -> Option<Locale> {
        self.language
    }

    /// Whether it is known when the text was published.
    #[must_use]
    pub const fn is_dated(&self) -> bool {
        self.published_on.is_some()
    }

    /// Its pages, ready for quotes to be looked for.
    #[must_use]
    pub fn pages(&self) -> Pages<'_> {
        Pages::new(&self.pages.iter().map(String::as_str).collect::<Vec<_>>())
    }

    /// Its sentences in order. Those that look like pledges are marked, where the text is in one of the two languages.
    #[must_use]
    pub fn sentences(&self, parties: &[Party]) -> Vec<Sentence> {
        let pages: Vec<&str> = self.pages.iter().map(String::as_str).collect();
        let setting = Setting { language: self.language.unwrap_or(Locale::En), published_on: self.published_on, parties };
        let mut sentences = sentences(&pages, &setting);
        if self.language.is_none() {
            for sentence in &mut sentences {
                sentence.commitment = None;
            }
        }
        sentences
    }

    /// The form of a new pledge that rests on some of its sentences, in order: they are the quote, word for word, with `[…]` for
    /// what is left out between them.
    ///
    /// # Errors
    /// [`Problem::Missing`] if there is no such sentence, [`Problem::TooLong`] if together they are no quote any more.
    pub fn draft_of_sentences(&self, sentences: &[Sentence], chosen: &[usize]) -> Result<Fields, Problem> {
        let mut quote = String::new();
        let mut said = Vec::new();
        for (index, sentence) in sentences.iter().enumerate().filter(|(index, _)| chosen.contains(index)) {
            if !quote.is_empty() {
                quote += if index > 0 && chosen.contains(&(index - 1)) { " " } else { " […] " };
            }
            quote += &sentence.text;
            said.push(sentence);
        }
        let page = said.first().map(|sentence| sentence.place.start.page);
        self.draft(&quote, &said, page)
    }

    /// The same of a quote that was found in it.
    ///
    /// # Errors
    /// [`Problem::TooLong`].
    pub fn draft_of_quote(&self, sentences: &[Sentence], quote: &str, found: &Found) -> Result<Fields, Problem> {
        let within = |sentence: &&Sentence| sentence.place.start < found.place.end && found.place.start < sentence.place.end;
        self.draft(quote, &sentences.iter().filter(within).collect::<Vec<_>>(), Some(found.place.start.page))
    }

    /// What of a quote those said themselves who promised: all of it where the source is theirs; of a report what stands between
    /// quotation marks, if that is more than a phrase.
    fn their_words<'a>(&self, quote: &'a str) -> Option<&'a str> {
        if [SourceKind::Official, SourceKind::Treaty].iter().any(|kind| kind.code() == self.source.get("kind")) {
            return Some(quote);
        }
        let between = [('“', '”'), ('«', '»'), ('"', '"')].into_iter().filter_map(|(open, close)| {
            let (_, rest) = quote.split_once(open)?;
            Some(rest.split_once(close)?.0.trim())
        });
        between.filter(|words| words.split_whitespace().count() > PHRASE).max_by_key(|words| words.len())
    }

    fn draft(&self, quote: &str, said: &[&Sentence], page: Option<usize>) -> Result<Fields, Problem> {
        let quote = &clean(quote, QUOTE)?;
        let mut fields = Fields::default();
        if let Some(language) = self.language {
            fields.set(
                format!("title.{language}"),
                suggested_title(said.first().map_or(quote.as_str(), |sentence| &sentence.text)),
            );
            if let Some(words) = self.their_words(quote) {
                fields.set(format!("wording.{language}"), words);
            }
        }
        let commitments: Vec<&Commitment> = said.iter().filter_map(|sentence| sentence.commitment.as_ref()).collect();
        let mut row = 0;
        for (party, role) in commitments.iter().flat_map(|commitment| &commitment.who) {
            let named = (0..row).any(|row| fields.get(&format!("parties[{row}].party")) == party.as_str());
            if !named {
                fields.set(format!("parties[{row}].party"), party.as_str());
                fields.set(format!("parties[{row}].role"), role.code());
                row += 1;
            }
        }
        match commitments.iter().find_map(|commitment| commitment.due.as_ref()) {
            Some(Due::On(date)) => fields.set("due_on", date.to_string()),
            Some(Due::Words(words)) => {
                fields.set("due_words.en", words.en.clone().unwrap_or_default());
                fields.set("due_words.es", words.es.clone().unwrap_or_default());
            }
            None => {}
        }
        for (name, value) in self.source.iter() {
            fields.set(format!("citations[0].source.{name}"), value);
        }
        fields.set("citations[0].quote", quote.as_str());
        if let Some(page) = page.filter(|_| self.pages.len() > 1) {
            fields.set("citations[0].locator", format!("p. {}", page + 1));
        }
        Ok(fields)
    }
}

/// What a pledge may be called after a sentence: the sentence without its marks, cut between words.
fn suggested_title(sentence: &str) -> String {
    let sentence = sentence.trim_matches(['“', '”', '"', '«', '»', ' ', '.', '‘', '’']);
    if sentence.chars().count() <= SUGGESTED {
        return sentence.to_owned();
    }
    let cut: String = sentence.chars().take(SUGGESTED).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{}…", whole.trim_end_matches([',', ';', ':', '—', '–', ' ']))
}
