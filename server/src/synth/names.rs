//! Who is in the synthetic record, where they met, what they spoke of, and who wrote about it.

use chrono::NaiveDate;
use domain::{
    FuzzyDate, Localized, Party, PartyKind, Slug, Source, meeting::Meeting, source::SourceUrl, text::fold, topic::Topic,
};

use super::{
    dice::{Dice, Skew},
    prose::Writer,
    words::{BODIES, COUNTRIES, FAMILY, GIVEN, OCCASIONS, ORGANIZATIONS, PLACES, PUBLISHERS, THEMES},
};

/// How many publishers there are.
const PUBLISHED_BY: usize = 80;

/// How many parties there are.
const PARTIES: usize = 200;

/// A name in URLs, made of a text.
///
/// # Panics
/// Never: what is left of a text is letters, digits and single hyphens, and a number stands at its end.
pub(super) fn slug(text: &str, number: usize) -> Slug {
    let mut name = String::with_capacity(72);
    for word in fold(text).split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if name.len() + word.len() > 60 {
            break;
        }
        name.push_str(word);
        name.push('-');
    }
    name.push_str(&number.to_string());
    name.parse().expect("letters, digits and single hyphens")
}

/// Everything that pledges of all chunks share.
pub(super) struct Cast {
    pub(super) parties: Vec<Party>,
    pub(super) topics: Vec<Topic>,
    pub(super) meetings: Vec<Meeting>,
    pub(super) often_party: Skew,
    pub(super) often_theme: Skew,
    pub(super) often_meeting: Skew,
    often_publisher: Skew,
}

impl Cast {
    /// The cast of a record with so many pledges, whose last meeting was on a day.
    pub(super) fn new(pledges: usize, writer: &Writer, first: NaiveDate, last: NaiveDate) -> Self {
        let mut dice = Dice::new(1);
        let meetings: Vec<_> =
            (0..(pledges / 400).max(20)).map(|number| meeting(&mut dice, writer, number, first, last)).collect();
        Self {
            parties: parties(),
            topics: THEMES
                .iter()
                .flat_map(|theme| theme.topics)
                .enumerate()
                .map(|(number, (en, es))| Topic { id: slug(en, number + 1), name: Localized::both(*en, *es) })
                .collect(),
            often_party: Skew::over(PARTIES),
            often_theme: Skew::over(THEMES.len()),
            often_meeting: Skew::over(meetings.len()),
            often_publisher: Skew::over(PUBLISHED_BY),
            meetings,
        }
    }

    /// A document of the time until `last`; `number` tells it from all others.
    pub(super) fn source(&self, dice: &mut Dice, writer: &Writer, number: usize, first: NaiveDate, last: NaiveDate) -> Source {
        let publisher = self.often_publisher.pick(dice);
        let (what, language, kind) = PUBLISHERS[publisher % PUBLISHERS.len()];
        let publisher = format!("{what} {}", PLACES[publisher * 7 % PLACES.len()]);
        let title = writer.headline(dice, language);
        let id = slug(&title, number);
        let day = dice.day(first, last);
        let host = fold(&publisher).replace(|c: char| !c.is_ascii_alphanumeric(), "-");
        // No such host can be: the domain is reserved for examples (RFC 2606).
        let url = SourceUrl::parse(&format!("https://{host}.example/{}/{id}", day.format("%Y/%m")));
        Source {
            url: url.expect("an address made of letters"),
            id,
            title,
            publisher,
            language: language.to_owned(),
            published_on: dice.chance(90).then(|| dice.dated(day)),
            kind,
            translation_of: None,
            archive_url: None,
        }
    }
}

/// Countries first, for they come up most; then the bodies of their governments, organizations and people.
fn parties() -> Vec<Party> {
    let both = |en: String, es: String| Localized { en: Some(en), es: Some(es) };
    let mut parties: Vec<Party> = Vec::with_capacity(PARTIES);
    for (iso, en, es) in COUNTRIES {
        let name = Localized::both(*en, *es);
        parties.push(Party { id: slug(en, parties.len() + 1), name, kind: PartyKind::Country, iso: Some((*iso).to_owned()) });
    }
    let mut add = |name: Localized, kind| {
        let id = slug(name.en.as_deref().or(name.es.as_deref()).unwrap_or_default(), parties.len() + 1);
        parties.push(Party { id, name, kind, iso: None });
    };
    for (_, en, es) in &COUNTRIES[..14] {
        for (body, body_es) in BODIES {
            add(both(format!("{body} of {en}"), format!("{body_es} de {es}")), PartyKind::Government);
        }
    }
    for region in &PLACES[..7] {
        for (en, es) in ORGANIZATIONS {
            add(both(format!("{region} {en}"), format!("{es} de {region}")), PartyKind::Organization);
        }
    }
    for number in 0..30 {
        let name = format!("{} {}", GIVEN[number % GIVEN.len()], FAMILY[number % FAMILY.len()]);
        // The names of some people are given once, as they are the same in both languages.
        add(Localized { en: (number % 2 == 0).then(|| name.clone()), es: Some(name) }, PartyKind::Person);
    }
    parties
}

fn meeting(dice: &mut Dice, writer: &Writer, number: usize, first: NaiveDate, last: NaiveDate) -> Meeting {
    let (en, es) = *dice.pick(OCCASIONS);
    let place = writer.place(dice);
    let day = dice.day(first, last);
    let held_on = if dice.chance(85) { FuzzyDate::Day(day) } else { dice.dated(day) };
    let year = day.format("%Y");
    let name = Localized { en: Some(format!("{en} in {place} {year}")), es: Some(format!("{es} en {place} {year}")) };
    Meeting {
        id: slug(name.en.as_deref().unwrap_or_default(), number + 1),
        name,
        held_on,
        place: Localized { en: Some(place.clone()), es: Some(place) },
    }
}
