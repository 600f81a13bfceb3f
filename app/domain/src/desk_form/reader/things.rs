//! The things that a form names: the known one of that name or address, or a new one made on the spot.

use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Reader, add, free, put};
use crate::{
    errors::Problem,
    form::Fields,
    locale::Localized,
    source::{Source, SourceUrl},
    text::{Slug, fold, slug_of},
};

impl Reader<'_> {
    pub(super) fn known_party(&self, typed: &str) -> Option<&Slug> {
        let parties = || self.known.parties.iter();
        let by_slug = parties().find(|party| party.id.as_str() == typed);
        by_slug.or_else(|| parties().find(|party| is_called(&party.name, typed))).map(|party| &party.id)
    }

    pub(super) fn party(&mut self, row: usize) -> Value {
        let path = format!("parties[{row}]");
        let of = self.fields.below(&path);
        let (typed, new) = (of.get("party").trim(), of.below("new"));
        let mut party = Map::new();
        put(&mut party, "role", of.get("role").trim().into());
        // Whoever has the name of a known party is that party: it may have become known since this was typed. One that an
        // import has named for URLs is the one of that name, and no other.
        let given = new.get("id").trim();
        let names = if given.is_empty() { [typed, new.get("name.en"), new.get("name.es")] } else { [given, "", ""] };
        if let Some(known) = names.into_iter().filter(|name| !name.is_empty()).find_map(|name| self.known_party(name)).cloned() {
            let all = self.known.parties.iter().find(|party| party.id == known);
            add(&mut self.parties, json!(all));
            party.insert("party".into(), known.as_str().into());
            return party.into();
        }
        if !given.is_empty() && self.parties.iter().any(|party| party["id"] == given) {
            party.insert("party".into(), given.into());
            return party.into();
        }
        if new.get("kind").is_empty() && new.below("name").is_empty() {
            if !typed.is_empty() {
                self.errors.push(format!("{path}.party"), Problem::NoSuch { given: typed.to_owned(), what: "party" });
            }
            return party.into();
        }
        let mut made = Map::new();
        let mut name = new.below("name");
        if name.get("en").is_empty() && name.get("es").is_empty() {
            name.set("en", typed);
        }
        let base = slug_of(name.get("en")).or_else(|| slug_of(name.get("es")));
        let taken = |slug: &Slug| {
            self.known.parties.iter().any(|party| party.id == *slug)
                || self.parties.iter().any(|party| party["id"] == slug.as_str())
        };
        let id = if given.is_empty() { free(base.as_ref().map_or("party", Slug::as_str), taken) } else { given.to_owned() };
        put(&mut made, "id", id.clone().into());
        put(&mut made, "name", name.to_json());
        put(&mut made, "kind", new.get("kind").into());
        put(&mut made, "iso", new.get("iso").trim().to_uppercase().into());
        self.paths.push((format!("parties[{}]", self.parties.len()), format!("{path}.new")));
        self.parties.push(made.into());
        party.insert("party".into(), id.into());
        party.into()
    }

    pub(super) fn topic(&mut self, row: usize) -> Option<Value> {
        let path = format!("topics[{row}]");
        let of = self.fields.below(&path);
        let (typed, new) = (of.get("topic").trim(), of.below("new"));
        let given = new.get("id").trim();
        let known = self.known.topics.iter().find(|topic| {
            let id = topic.id.as_str();
            if given.is_empty() { id == typed || is_called(&topic.name, typed) } else { id == given }
        });
        if let Some(known) = known {
            add(&mut self.topics, json!(known));
            return Some(known.id.as_str().into());
        }
        if new.is_empty() {
            self.errors.push(format!("{path}.topic"), Problem::NoSuch { given: typed.to_owned(), what: "topic" });
            return None;
        }
        let base = slug_of(new.get("name.en")).or_else(|| slug_of(new.get("name.es")));
        let taken = |slug: &Slug| {
            self.known.topics.iter().any(|topic| topic.id == *slug)
                || self.topics.iter().any(|topic| topic["id"] == slug.as_str())
        };
        let id = if given.is_empty() { free(base.as_ref().map_or("topic", Slug::as_str), taken) } else { given.to_owned() };
        let mut made = Map::new();
        put(&mut made, "id", id.clone().into());
        put(&mut made, "name", new.below("name").to_json());
        self.paths.push((format!("topics[{}]", self.topics.len()), format!("{path}.new")));
        self.topics.push(made.into());
        Some(id.into())
    }

    pub(super) fn meeting(&mut self) -> Value {
        let (typed, new) = (self.fields.get("meeting").trim(), self.fields.below("new_meeting"));
        let given = new.get("id").trim();
        let known = self.known.meetings.iter().find(|meeting| !given.is_empty() && meeting.id.as_str() == given);
        if let Some(known) = known {
            add(&mut self.meetings, json!(known));
            return given.into();
        }
        if new.is_empty() {
            let known =
                self.known.meetings.iter().find(|meeting| meeting.id.as_str() == typed || is_called(&meeting.name, typed));
            if let Some(known) = known {
                add(&mut self.meetings, json!(known));
                return known.id.as_str().into();
            }
            if !typed.is_empty() {
                self.errors.push("meeting", Problem::NoSuch { given: typed.to_owned(), what: "meeting" });
            }
            return Value::Null;
        }
        let name = slug_of(new.get("name.en")).or_else(|| slug_of(new.get("name.es")));
        let id = if given.is_empty() {
            free(name.as_ref().map_or("meeting", Slug::as_str), |slug| self.known.meetings.iter().any(|m| m.id == *slug))
        } else {
            given.to_owned()
        };
        let mut made = Map::new();
        put(&mut made, "id", id.clone().into());
        put(&mut made, "name", new.below("name").to_json());
        put(&mut made, "held_on", new.get("held_on").trim().into());
        put(&mut made, "place", new.below("place").to_json());
        self.paths.push((format!("meetings[{}]", self.meetings.len()), "new_meeting".to_owned()));
        self.meetings.push(made.into());
        id.into()
    }

    /// A citation with its source: the known one of that address, or a new one.
    pub(super) fn citation(&mut self, path: &str, place: &str) -> Value {
        let of = self.fields.below(path);
        let mut citation = Map::new();
        self.paths.push((place.to_owned(), path.to_owned()));
        let url = of.get("source.url").trim();
        let known =
            self.known.sources.iter().find(|source| source.url.as_str() == url || source.id.as_str() == of.get("source.id"));
        let mut language = String::new();
        if let Some(known) = known {
            let known_as = self.with_archive(known, of.get("source.archive_url").trim(), path);
            add(&mut self.sources, known_as);
            citation.insert("source".into(), known.id.as_str().into());
            language.clone_from(&known.language);
        } else if let Some(made) = self.sources.iter().find(|made| !url.is_empty() && made["url"] == url) {
            citation.insert("source".into(), made["id"].clone());
            made["language"].as_str().unwrap_or_default().clone_into(&mut language);
        } else if !url.is_empty() {
            let source = of.below("source");
            let id = self.new_source(&source, &format!("{path}.source"));
            citation.insert("source".into(), id.into());
            source.get("language").trim().clone_into(&mut language);
        } else if !of.get("source.id").trim().is_empty() {
            let given = of.get("source.id").trim().to_owned();
            self.errors.push(format!("{path}.source.url"), Problem::NoSuch { given, what: "source" });
        }
        for name in ["quote", "locator", "stance", "authority"] {
            put(&mut citation, name, of.get(name).trim().into());
        }
        let own = of.get("language").trim();
        put(&mut citation, "language", if own.is_empty() { language.as_str() } else { own }.into());
        // Where not even the source has one, the source's own field says so.
        if !citation.contains_key("language") {
            citation.insert("language".into(), "und".into());
        }
        citation.into()
    }

    /// A known source, with the address of an archive where it had none: that may come later, nothing else of it.
    fn with_archive(&mut self, known: &Source, typed: &str, path: &str) -> Value {
        let mut source = json!(known);
        if known.archive_url.is_some() || typed.is_empty() {
            return source;
        }
        match SourceUrl::parse(typed) {
            Ok(_) => source["archive_url"] = typed.into(),
            Err(problem) => self.errors.push(format!("{path}.source.archive_url"), problem),
        }
        // Another citation may have named the source without it.
        if let Some(before) = self.sources.iter_mut().find(|before| before["id"] == source["id"])
            && before["archive_url"].is_null()
        {
            before.clone_from(&source);
        }
        source
    }

    /// Makes a source of what was entered at `path`, and the original that it is a translation of, if an import brings that
    /// along.
    fn new_source(&mut self, source: &Fields, path: &str) -> String {
        let (given, url) = (source.get("id").trim(), source.get("url").trim());
        let id = if given.is_empty() { source_name(source.get("publisher"), url) } else { given.to_owned() };
        let mut made = Map::new();
        put(&mut made, "id", id.clone().into());
        put(&mut made, "url", url.into());
        for name in ["title", "publisher", "language", "published_on", "translation_of", "archive_url"] {
            put(&mut made, name, source.get(name).trim().into());
        }
        let kind = source.get("kind").trim();
        put(&mut made, "kind", if kind.is_empty() { "news" } else { kind }.into());
        let (original, brought) = (source.get("translation_of").trim(), source.below("original"));
        if let Some(known) = self.known.sources.iter().find(|known| known.id.as_str() == original) {
            add(&mut self.sources, json!(known));
        } else if !brought.is_empty() && !self.sources.iter().any(|source| source["id"] == original) {
            self.new_source(&brought, &format!("{path}.original"));
        }
        self.paths.push((format!("sources[{}]", self.sources.len()), path.to_owned()));
        self.sources.push(made.into());
        id
    }
}

fn is_called(name: &Localized, typed: &str) -> bool {
    let typed = fold(typed);
    [&name.en, &name.es].into_iter().flatten().any(|name| fold(name) == typed)
}

/// The name of a new source: its publisher's, and eight digits of the SHA-256 of its address, so that one address has one name
/// whoever enters it.
fn source_name(publisher: &str, url: &str) -> String {
    let digest = Sha256::digest(url.as_bytes());
    let mut name = slug_of(publisher).map_or_else(|| "source".to_owned(), |slug| slug.to_string());
    name.truncate(60);
    name.push('-');
    name + &hex::encode(&digest[..4])
}
