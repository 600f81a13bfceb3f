//! What a page declares of itself: its status, its title, how it may be cached, and what it shows.

use leptos::prelude::{AnyView, IntoAny};

/// How an answer may be kept by browsers and proxies. No header is written anywhere else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CachePolicy {
    /// Kept, but asked about before each use: a change shows on the next request.
    Revalidate,
    /// Not kept at all: errors, and what only one visitor is to see.
    Never,
    /// Kept for good: the address changes with the content.
    Forever,
}

impl CachePolicy {
    /// The value of the `Cache-Control` header (RFC 9111).
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::Revalidate => "public, no-cache",
            Self::Never => "no-store",
            Self::Forever => "public, max-age=31536000, immutable",
        }
    }
}

/// What stands in a page's head.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// Its title, without the name of the site.
    pub title: String,
    /// What it says, in a sentence or two, for those who find it by searching.
    pub description: String,
}

/// The same content in another form, named in the head so that programs find it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternate {
    /// Its media type: `application/atom+xml`.
    pub media_type: &'static str,
    /// Where it is.
    pub href: String,
    /// What it is called where readers choose among several.
    pub title: String,
}

/// The picture that stands for a page where its address is shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Where it is, with the site's address.
    pub href: String,
    /// What it shows, in words.
    pub alt: String,
    /// Its width and height in pixels.
    pub size: (u32, u32),
}

/// What a page's head tells programs.
#[derive(Clone, Debug, Default)]
pub struct ForPrograms {
    /// Its feeds, calendars and embeds.
    pub alternates: Vec<Alternate>,
    /// The picture that stands for it.
    pub card: Option<Card>,
    /// What it says, as linked data (JSON-LD).
    pub json_ld: Vec<serde_json::Value>,
}

/// Who sits at the desk.
#[derive(Clone, Debug)]
pub struct AtDesk {
    /// What they are called.
    pub name: String,
    /// What they may do.
    pub role: domain::DeskRole,
}

impl From<&store::Editor> for AtDesk {
    fn from(editor: &store::Editor) -> Self {
        Self { name: editor.name.clone(), role: editor.role }
    }
}

/// A page, ready to be rendered.
pub struct Page {
    /// The HTTP status.
    pub status: u16,
    /// Its head.
    pub head: Head,
    /// What its head tells programs.
    pub for_programs: ForPrograms,
    /// How it may be cached.
    pub cache: CachePolicy,
    /// Whether it has an island, and so brings scripts.
    pub interactive: bool,
    /// Whether search engines may list it.
    pub listed: bool,
    /// Where the page is now, if it has another address.
    pub location: Option<String>,
    /// The entry of the log that what it shows rests on.
    pub rests_on: Option<u64>,
    /// Who is at the desk, where it is a page of the desk.
    pub desk: Option<AtDesk>,
    /// Who of the desk looks at it, where it is a public page.
    pub visitor: Option<AtDesk>,
    /// Where at the desk what it shows is worked on, if at one place.
    pub worked_on_at: Option<String>,
    /// What it shows; called once, while rendering.
    pub body: Box<dyn FnOnce() -> AnyView + Send>,
}

impl Page {
    /// A page that was found.
    pub fn new(head: Head, body: impl FnOnce() -> AnyView + Send + 'static) -> Self {
        Self {
            status: 200,
            head,
            for_programs: ForPrograms::default(),
            cache: CachePolicy::Revalidate,
            interactive: false,
            listed: true,
            location: None,
            rests_on: None,
            desk: None,
            visitor: None,
            worked_on_at: None,
            body: Box::new(body),
        }
    }

    /// What leads, for good, to where the page is now.
    #[must_use]
    pub fn moved(location: String) -> Self {
        Self { status: 301, location: Some(location), ..Self::new(Head::default(), || ().into_any()) }
    }

    /// The page with its content in other forms.
    #[must_use]
    pub fn with_alternates(mut self, alternates: impl IntoIterator<Item = Alternate>) -> Self {
        self.for_programs.alternates.extend(alternates);
        self
    }

    /// The page with a picture that stands for it.
    #[must_use]
    pub fn with_card(mut self, card: Card) -> Self {
        self.for_programs.card = Some(card);
        self
    }

    /// The page with what it says as linked data.
    #[must_use]
    pub fn with_json_ld(mut self, json_ld: impl IntoIterator<Item = serde_json::Value>) -> Self {
        self.for_programs.json_ld.extend(json_ld);
        self
    }

    /// The page, which rests on an entry of its own and not on the newest of all.
    #[must_use]
    pub fn resting_on(self, entry: Option<u64>) -> Self {
        Self { rests_on: entry, ..self }
    }

    /// The page with another status, which is not kept.
    #[must_use]
    pub fn failed(self, status: u16) -> Self {
        Self { status, cache: CachePolicy::Never, ..self }
    }

    /// The page, which no search engine is to list: it shows what other pages hold.
    #[must_use]
    pub fn unlisted(self) -> Self {
        Self { listed: false, ..self }
    }

    /// The page as one of the desk: never kept, never listed, with the way around the desk above it.
    #[must_use]
    pub fn at_desk(self, desk: AtDesk) -> Self {
        Self { cache: CachePolicy::Never, listed: false, desk: Some(desk), ..self }
    }

    /// The page as somebody of the desk sees it, with the way there: theirs alone.
    #[must_use]
    pub fn seen_by(self, visitor: Option<AtDesk>) -> Self {
        Self { visitor, ..self }
    }

    /// The page with the place of the desk where what it shows is worked on.
    #[must_use]
    pub fn worked_on_at(self, path: String) -> Self {
        Self { worked_on_at: Some(path), ..self }
    }

    /// How its answer may be kept.
    #[must_use]
    pub const fn kept(&self) -> CachePolicy {
        if self.visitor.is_some() { CachePolicy::Never } else { self.cache }
    }

    /// The page, which nobody keeps: it shows what only this visitor is to see.
    #[must_use]
    pub fn private(self) -> Self {
        Self { cache: CachePolicy::Never, listed: false, ..self }
    }

    /// The page with an island in it.
    #[must_use]
    pub fn interactive(self) -> Self {
        Self { interactive: true, ..self }
    }
}

impl std::fmt::Debug for Page {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Page").field("status", &self.status).field("head", &self.head).finish_non_exhaustive()
    }
}
