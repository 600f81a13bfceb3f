use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

use super::*;

const COMMUNIQUE: &str = "Joint communiqué\n\n\
    The three governments will establish a trilateral work-\ning group on migration. “The group,” the text says,\u{a0}“will meet \
    in the ﬁrst half of 2024 — at the latest.” Co-operation goes on. The group will meet again. 10² is not 102.";

fn found(pages: &[&str], quote: &str) -> Option<String> {
    let pages = Pages::new(pages);
    pages.find(quote, None).map(|found| pages.text(found.place))
}

#[test]
fn a_quote_is_found_whatever_copying_did_to_it() {
    let same = |quote: &str, text: &str| assert_eq!(found(&[COMMUNIQUE], quote).as_deref(), Some(text), "{quote}");
    same("a trilateral working group on migration", "a trilateral work-\ning group on migration");
    same("a trilateral work-ing  group", "a trilateral work-\ning group");
    same("\"The group,\" the text says, \"will meet", "The group,” the text says,\u{a0}“will meet");
    same("first half of 2024 - at the latest", "ﬁrst half of 2024 — at the latest");
    same("«first half of 2024--at the latest.»", "ﬁrst half of 2024 — at the latest.");
    same("Coopera\u{ad}tion goes on", "Co-operation goes on");
    same(&"communiqué".nfd().collect::<String>(), "communiqué");
    assert_eq!(found(&[COMMUNIQUE], "communique"), None, "accents are kept");
    assert_eq!(found(&[COMMUNIQUE], "102 is not 102"), None, "a power is no digit");
    assert_eq!(found(&[COMMUNIQUE], " “…” "), None, "what has no letter is nowhere");
}

#[test]
fn case_counts_first_and_then_not() {
    let pages = Pages::new(&["The Group met. the group met."]);
    let exact = pages.find("the group", None).unwrap();
    assert_eq!((exact.place.start.byte, exact.case_differs, exact.places), (15, false, 1));
    let loose = pages.find("THE GROUP MET", None).unwrap();
    assert_eq!((loose.place.start.byte, loose.case_differs, loose.places), (0, true, 2));
}

#[test]
fn an_ellipsis_leaves_out_what_stands_between() {
    for quote in [
        "The three governments will […] working group",
        "The three governments will ... working group…",
        "governments (...) working group",
    ] {
        let text = found(&[COMMUNIQUE], quote).unwrap();
        assert!(text.ends_with("work-\ning group") && text.contains("establish"), "{quote}: {text}");
    }
    // Of several the shortest, and in order only.
    assert_eq!(found(&["a x. a y. b z. b"], "a […] b").as_deref(), Some("a y. b"));
    assert_eq!(found(&["first then second"], "second … first"), None);
    let pages = Pages::new(&["one two three four"]);
    let parts = pages.find("one … four", None).unwrap().parts;
    assert_eq!(parts.iter().map(|part| pages.text(*part)).collect::<Vec<_>>(), ["one", "four"]);
    // An ellipsis of the text itself is no gap.
    assert_eq!(found(&["well… no, well a b no"], "well… no").as_deref(), Some("well… no"));
}

#[test]
fn the_same_words_in_several_places_are_told_apart_by_what_stands_around() {
    let pages = Pages::new(&["It is agreed. Mexico says: it is agreed. Later it is agreed again."]);
    let at = |prefix: &str, suffix: &str| {
        let hint = TextQuoteSelector::new("it is agreed".into(), prefix, suffix);
        pages.find("it is agreed", Some(&hint)).unwrap().place.start.byte
    };
    assert_eq!(at("Mexico says: ", ""), 27);
    assert_eq!(at("", " again"), 47);
    assert_eq!(pages.find("it is agreed", None).unwrap().places, 2);
    // Whole words before parts of words.
    assert_eq!(found(&["parties. art"], "art").as_deref(), Some("art"));
    assert_eq!(Pages::new(&["parties. art"]).find("art", None).unwrap().place.start.byte, 9);
}

#[test]
fn a_place_names_its_page_and_may_go_on_to_the_next() {
    let pages = Pages::new(&["First page. A work-", "ing group is set up.", "Third: it ends."]);
    let over = pages.find("A working group", None).unwrap();
    assert_eq!((over.place.start, over.place.end), (Spot { page: 0, byte: 12 }, Spot { page: 1, byte: 9 }));
    assert_eq!(pages.text(over.place), "A work-\ning group");
    assert_eq!(pages.characters(over.place), None);
    let third = pages.find("it ends", None).unwrap();
    assert_eq!((third.place.start.page, pages.characters(third.place)), (2, Some(7..14)));
    let end = pages.find("set up.", None).unwrap();
    assert_eq!((end.place.end, end.selector.suffix.as_str()), (Spot { page: 1, byte: 20 }, ""));
}

#[test]
fn what_is_not_there_has_a_nearest_passage() {
    let pages = Pages::new(&[COMMUNIQUE]);
    let near = pages.nearest("The three governments will set up a trilateral working cell on migration").unwrap();
    assert_eq!(pages.text(near.place), "The three governments will establish a trilateral work-\ning group on migration");
    assert!((0.7..1.0).contains(&near.similarity), "{}", near.similarity);
    let told =
        |fate| near.words.iter().filter(|(of, _)| *of == fate).map(|(_, words)| words.trim()).collect::<Vec<_>>().join("|");
    assert_eq!(told(crate::word_diff::Fate::Added), "set up|working cell");
    assert!(pages.nearest("Prices of coffee rose in January").is_none());
    assert!(matches!(QuoteCheck::of(None, "x"), QuoteCheck::NoCopy));
    assert!(matches!(QuoteCheck::of(Some(&pages), "zebra"), QuoteCheck::Nowhere));
    assert!(matches!(QuoteCheck::of(Some(&pages), "goes on"), QuoteCheck::Found(_)));
}

/// A text in which no word comes twice, as it is typed.
fn text() -> impl Strategy<Value = String> {
    let word = "(acuerdo|firma|célula|pact|ñandú|office|well-known|2024|O'Brien)";
    let between = prop::sample::select(vec![" ", ", ", ". ", " - ", " \"", "\" ", "\n\n"]);
    prop::collection::vec((word, between), 8..60).prop_map(|words| {
        let letter = |number: usize| char::from(b'a' + u8::try_from(number % 26).unwrap());
        let numbered =
            |(index, (word, between)): (usize, (String, &str))| format!("{word}{}{}{between}", letter(index / 26), letter(index));
        words.into_iter().enumerate().map(numbered).collect()
    })
}

/// What copying and typesetting do to a text: chosen anew at every character by the dice.
fn mangled(text: &str, dice: &[u8]) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    for (index, c) in chars.iter().enumerate() {
        let (rolled, next) = (dice[index % dice.len()], chars.get(index + 1).copied().unwrap_or(' '));
        match (c, rolled % 4) {
            (' ', 1) => out.push('\n'),
            (' ', 2) => out.push_str("\u{a0} "),
            ('"', 1) => out.push('“'),
            ('"', 2) => out.push('»'),
            ('\'', 1) => out.push('’'),
            ('-', 1) => out.push('–'),
            ('-', 2) => out.push('\u{2011}'),
            ('f', 1) if next == 'i' => out.push('\u{ad}'),
            (c, 3) if !c.is_ascii() => out.extend(c.nfd()),
            (c, 0) if rolled % 7 == 0 && c.is_alphabetic() && next.is_alphabetic() => out.extend([*c, '-', '\n']),
            (c, 1) if rolled % 5 == 0 && c.is_alphabetic() && next.is_alphabetic() => out.extend([*c, '\u{ad}']),
            (c, _) => out.push(*c),
        }
        if *c == 'f' && rolled % 4 == 1 && next == 'i' {
            out.push('f');
        }
    }
    out.replace("ffi", "ﬃ").replace("fi", if dice[0].is_multiple_of(2) { "ﬁ" } else { "fi" })
}

proptest! {
    #[test]
    fn a_quote_cut_from_a_text_and_mangled_is_found_at_its_place(
        text in text(), start in 0.0..1.0_f64, length in 12..200_usize, dice in prop::collection::vec(any::<u8>(), 1..40),
    ) {
        let chars: Vec<(usize, char)> = text.char_indices().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a share of a length")]
        let from = (start * chars.len() as f64) as usize;
        let to = chars.get(from + length).map_or(text.len(), |(at, _)| *at);
        let set_off = |c: char| c.is_whitespace() || "\"'-".contains(c);
        let cut = text[chars[from].0..to].trim_matches(set_off);
        prop_assume!(cut.chars().count() > 3);
        let start = cut.as_ptr().addr() - text.as_ptr().addr();
        let hint = TextQuoteSelector::new(String::new(), &text[..start], &text[start + cut.len()..]);
        let pages = Pages::new(&[&text]);
        let quote = mangled(cut, &dice);
        let found = pages.find(&quote, Some(&hint));
        prop_assert!(found.is_some(), "{:?}", quote);
        let found = found.unwrap();
        prop_assert_eq!(pages.text(found.place), cut);
        prop_assert_eq!(found.place.start.byte, start);
        // And the other way round: the text is mangled, the quote was typed.
        let whole = mangled(&text, &dice);
        prop_assert!(Pages::new(&[&whole]).find(cut, None).is_some());
        // What its own selector says leads back to it.
        let again = pages.find(&found.selector.exact, Some(&found.selector)).unwrap();
        prop_assert_eq!(again.place, found.place);
    }

    #[test]
    fn nothing_makes_it_panic(pages in prop::collection::vec(".{0,60}|[a .…\\-\u{ad}\u{301}ﬁ\"]{0,40}", 0..4), quote in ".{0,30}|[a .…\\-\u{ad}\u{301}ﬁ\"]{0,20}") {
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        let pages = Pages::new(&pages);
        if let Some(found) = pages.find(&quote, None) {
            prop_assert!(!pages.text(found.place).is_empty());
            let _ = text_fragment(&found.selector);
        }
        if let Some(near) = pages.nearest(&quote) {
            prop_assert!((0.0..=1.0).contains(&near.similarity));
            prop_assert!(!pages.text(near.place).is_empty());
        }
    }
}

/// A megabyte in the time that a page may take. Tests are built without optimisation, and are allowed ten times as long.
#[test]
fn a_long_text_is_searched_at_once() {
    let mut text = String::new();
    for number in 0..20_000 {
        text += "Paragraph ";
        text += &number.to_string();
        text += " says “nothing of the kind” — and goes on, word for word.\n";
    }
    assert!(text.len() > 1_000_000);
    let one = |number: usize| format!("Paragraph {number} says \"nothing of the kind\" - and goes on, word for word.");
    let quote = (12_000..12_008).map(one).collect::<Vec<_>>().join(" ");
    let other = quote.replace("nothing", "something").replace("12003", "never");
    let begun = std::time::Instant::now();
    let pages = Pages::new(&[&text]);
    let read = begun.elapsed();
    let found = pages.find(&quote, None).map(|found| found.places);
    let took = begun.elapsed();
    let near = pages.nearest(&other).map(|near| pages.text(near.place).starts_with("Paragraph 12000"));
    let compared = begun.elapsed().saturating_sub(took);
    println!(
        "1 MB: read in {read:?}, with a quote of {} characters found {took:?}; another compared in {compared:?}",
        quote.len()
    );
    assert_eq!((found, near), (Some(1), Some(true)));
    let took = took.max(compared);
    assert!(took.as_millis() < if cfg!(debug_assertions) { 3_000 } else { 100 }, "{took:?}");
}
