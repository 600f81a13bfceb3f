//! Sentences of the synthetic record: the same said in one language or in both.

use domain::{Locale, Localized};

use super::{
    dice::{Dice, Skew},
    words::{self, Both, PLACES, QUALIFIERS, SYLLABLES, TELLERS, THEMES, VERBS},
};

/// Writes in both languages at once, or in one.
pub(super) struct Pen(Localized);

impl Pen {
    /// Most texts are in both languages; where one is missing, it is more often English.
    fn new(dice: &mut Dice) -> Self {
        let (en, es) = dice.weighed(&[((true, true), 60), ((false, true), 25), ((true, false), 15)]);
        Self(Localized { en: en.then(String::new), es: es.then(String::new) })
    }

    fn both(&mut self, (en, es): Both) -> &mut Self {
        for (text, word) in [(&mut self.0.en, en), (&mut self.0.es, es)] {
            if let Some(text) = text {
                text.push_str(word);
            }
        }
        self
    }

    fn plain(&mut self, word: &str) -> &mut Self {
        for text in [&mut self.0.en, &mut self.0.es].into_iter().flatten() {
            text.push_str(word);
        }
        self
    }

    /// The length of the longer text, in bytes.
    fn len(&self) -> usize {
        [&self.0.en, &self.0.es].into_iter().flatten().map(String::len).max().unwrap_or(0)
    }

    /// The length of the shorter text, in bytes.
    fn shorter(&self) -> usize {
        [&self.0.en, &self.0.es].into_iter().flatten().map(String::len).min().unwrap_or(0)
    }

    /// What was written, with its first letter as sentences begin.
    fn done(mut self) -> Localized {
        for text in [&mut self.0.en, &mut self.0.es].into_iter().flatten() {
            if let Some(first) = text.get_mut(..1) {
                first.make_ascii_uppercase();
            }
        }
        self.0
    }
}

/// What a pledge is about, so that its title, its wording and its history speak of the same.
#[derive(Clone, Copy)]
pub(super) struct Subject {
    theme: usize,
    verb: Both,
    object: Both,
}

/// The one who writes.
pub(super) struct Writer {
    places: Skew,
    verbs: Skew,
}

impl Writer {
    pub(super) fn new() -> Self {
        Self { places: Skew::over(PLACES.len()), verbs: Skew::over(VERBS.len()) }
    }

    /// Something to promise in a field of policy.
    pub(super) fn subject(&self, dice: &mut Dice, theme: usize) -> Subject {
        Subject { theme, verb: VERBS[self.verbs.pick(dice)], object: *dice.pick(THEMES[theme].objects) }
    }

    /// A place: a known one, or one of the many that come up once or twice.
    pub(super) fn place(&self, dice: &mut Dice) -> String {
        if dice.chance(65) {
            return PLACES[self.places.pick(dice)].to_owned();
        }
        let mut place = String::new();
        for _ in 0..dice.between(2, 4) {
            place.push_str(SYLLABLES[dice.below(SYLLABLES.len())]);
        }
        let mut letters = place.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }

    /// 30 to 120 characters.
    pub(super) fn title(&self, dice: &mut Dice, subject: Subject) -> Localized {
        let mut pen = Pen::new(dice);
        pen.both(subject.verb).plain(" ").both(subject.object);
        if pen.shorter() < 32 || dice.chance(60) {
            let place = self.place(dice);
            pen.both((" in ", " en ")).plain(&place);
        }
        if pen.shorter() < 34 || pen.len() < 60 {
            pen.plain(" ").both(*dice.pick(QUALIFIERS));
        }
        pen.done()
    }

    /// 100 to 600 characters.
    pub(super) fn summary(&self, dice: &mut Dice, subject: Subject) -> Localized {
        let enough = dice.between(100, 420);
        let mut pen = Pen::new(dice);
        pen.both(("The signatories undertake to ", "Las partes se comprometen a "))
            .both(subject.verb)
            .plain(" ")
            .both(subject.object);
        pen.plain(" ").both(*dice.pick(QUALIFIERS)).plain(".");
        while pen.shorter() < 104 || pen.len() < enough {
            let objects = THEMES[subject.theme].objects;
            match dice.below(4) {
                0 => {
                    let place = self.place(dice);
                    pen.both((" It includes ", " Incluye "))
                        .both(*dice.pick(objects))
                        .both((" in ", " en "))
                        .plain(&place)
                        .plain(".");
                }
                1 => {
                    let amount = dice.between(2, 900).to_string();
                    pen.both((" Some ", " Prevé unos ")).plain(&amount).both((" million are set aside for ", " millones para "));
                    pen.both(*dice.pick(objects)).plain(".");
                }
                2 => {
                    pen.both((" A working group will ", " Un grupo de trabajo deberá ")).both(*dice.pick(VERBS)).plain(" ");
                    pen.both(*dice.pick(objects)).plain(" ").both(*dice.pick(QUALIFIERS)).plain(".");
                }
                _ => {
                    pen.both((" The text also names ", " El texto menciona también ")).both(*dice.pick(objects)).plain(", ");
                    pen.both(*dice.pick(QUALIFIERS)).plain(".");
                }
            }
        }
        pen.done()
    }

    /// 80 to 500 characters on how it went: well or not.
    pub(super) fn rationale(&self, dice: &mut Dice, subject: Subject, well: bool) -> Localized {
        let enough = dice.between(80, 330);
        let news = if well { words::GOOD_NEWS } else { words::BAD_NEWS };
        let mut pen = Pen::new(dice);
        pen.both(*dice.pick(TELLERS)).plain(" ").both(*dice.pick(news)).plain(" ").both(subject.object);
        while pen.shorter() < 84 || pen.len() < enough {
            let place = self.place(dice);
            match dice.below(3) {
                0 => pen.both((" in ", " en ")).plain(&place).plain(", ").both(*dice.pick(QUALIFIERS)),
                1 => pen.both(("; in ", "; en ")).plain(&place).plain(" ").both(*dice.pick(news)).plain(" ").both(subject.object),
                _ => pen.plain(". ").both(*dice.pick(TELLERS)).plain(" ").both(*dice.pick(news)).plain(" ").both(subject.object),
            };
        }
        pen.plain(".");
        pen.done()
    }

    /// Where was looked and nothing found.
    pub(super) fn searched(dice: &mut Dice, year: i32) -> Localized {
        let (first, second) = (*dice.pick(words::LOOKED), *dice.pick(words::LOOKED));
        let year = year.to_string();
        let mut pen = Pen::new(dice);
        pen.both(first).both((" of ", " de ")).plain(&year);
        if first != second {
            pen.both(("; ", "; ")).both(second);
        }
        pen.plain(".");
        pen.done()
    }

    /// One of some sentences that stand as they are.
    pub(super) fn said(dice: &mut Dice, sentences: &[Both]) -> Localized {
        let sentence = *dice.pick(sentences);
        let mut pen = Pen::new(dice);
        pen.both(sentence);
        pen.done()
    }

    /// A passage of a source, in the source's language.
    pub(super) fn quote(&self, dice: &mut Dice, subject: Subject, language: &str) -> String {
        let locale = if language == "en" { Locale::En } else { Locale::Es };
        let enough = dice.between(40, 260);
        let mut pen = Pen(match locale {
            Locale::En => Localized { en: Some(String::new()), es: None },
            Locale::Es => Localized { en: None, es: Some(String::new()) },
        });
        pen.both(("we will ", "vamos a ")).both(subject.verb).plain(" ").both(subject.object);
        while pen.len() < enough {
            let place = self.place(dice);
            pen.both((", in ", ", en ")).plain(&place).plain(", ").both(*dice.pick(QUALIFIERS));
        }
        pen.done().in_language(locale).unwrap_or_default().to_owned()
    }

    /// The title of a document, in its language.
    pub(super) fn headline(&self, dice: &mut Dice, language: &str) -> String {
        let theme = dice.below(THEMES.len());
        let subject = self.subject(dice, theme);
        let place = self.place(dice);
        let (teller, news) = (*dice.pick(TELLERS), *dice.pick(words::GOOD_NEWS));
        if language == "en" {
            format!("{place}: {} {} {}", teller.0.to_lowercase(), news.0, subject.object.0)
        } else {
            format!("{place}: {} {} {}", teller.1.to_lowercase(), news.1, subject.object.1)
        }
    }
}
