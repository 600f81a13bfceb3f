use super::*;
use crate::{locale::Localized, party::PartyKind};

const STATEMENT: &str = "Declaración conjunta\n\nLos ministros se reunieron el martes. Guatemala será sede de la cumbre en abril. \
    México y Guatemala acordaron crear una célula\noperativa. Fue una reunión cordial.";

fn fields(pairs: &[(&str, &str)]) -> Fields {
    Fields::sent(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())))
}

fn parties() -> Vec<Party> {
    let party = |id: &str, en: &str, es: &str, iso: &str| Party {
        id: id.parse().unwrap(),
        name: Localized::both(en, es),
        kind: PartyKind::Country,
        iso: Some(iso.to_owned()),
    };
    vec![party("guatemala", "Guatemala", "Guatemala", "GT"), party("mexico", "Mexico", "México", "MX")]
}

fn article() -> Article {
    let source = [("text", STATEMENT), ("source.url", "https://example.org/a"), ("source.published_on", "2024-02-28")];
    Article::pasted(&fields(&source)).unwrap()
}

#[test]
fn a_sentence_becomes_a_draft_with_everything_that_it_says() {
    let article = article();
    let sentences = article.sentences(&parties());
    let marked: Vec<usize> = (0..sentences.len()).filter(|index| sentences[*index].commitment.is_some()).collect();
    assert_eq!(marked, [2, 3]);
    let draft = article.draft_of_sentences(&sentences, &[2]).unwrap();
    assert_eq!(
        draft,
        fields(&[
            ("title.es", "Guatemala será sede de la cumbre en abril"),
            ("parties[0].party", "guatemala"),
            ("parties[0].role", "host"),
            ("due_on", "2024-04"),
            ("citations[0].source.url", "https://example.org/a"),
            ("citations[0].source.published_on", "2024-02-28"),
            ("citations[0].source.language", "es"),
            ("citations[0].quote", "Guatemala será sede de la cumbre en abril."),
        ])
    );
    assert_eq!(article.draft_of_sentences(&sentences, &[99]), Err(Problem::Missing));
}

#[test]
fn what_a_reporter_wrote_is_not_what_was_said() {
    let wording = |kind: &str, text: &str| {
        let source = [("text", text), ("source.language", "es"), ("source.kind", kind)];
        let article = Article::pasted(&fields(&source)).unwrap();
        let sentences = article.sentences(&parties());
        article.draft_of_sentences(&sentences, &[0]).unwrap().get("wording.es").to_owned()
    };
    let reported = "El presidente anunció que Guatemala abrirá tres albergues.";
    for kind in ["news", "ngo", ""] {
        assert_eq!(wording(kind, reported), "", "{kind}");
        assert_eq!(
            wording(kind, "Arévalo dijo: «Guatemala abrirá tres albergues este año»."),
            "Guatemala abrirá tres albergues este año"
        );
        assert_eq!(wording(kind, "Guatemala abrirá tres “albergues” este año."), "");
    }
    for kind in ["official", "treaty"] {
        assert_eq!(wording(kind, reported), reported, "{kind}");
    }
}

#[test]
fn what_is_quoted_can_be_found_in_the_text_again() {
    let article = article();
    let sentences = article.sentences(&parties());
    for chosen in [vec![2], vec![2, 3], vec![3, 1], vec![0, 4]] {
        let draft = article.draft_of_sentences(&sentences, &chosen).unwrap();
        assert!(article.pages().find(draft.get("citations[0].quote"), None).is_some(), "{chosen:?}");
    }
    let apart = article.draft_of_sentences(&sentences, &[1, 3]).unwrap();
    assert!(apart.get("citations[0].quote").contains(". […] México"), "{apart:?}");
    assert_eq!(apart.get("parties[1].party"), "guatemala");
    let quote = "crear una célula operativa";
    let found = article.pages().find(quote, None).unwrap();
    let draft = article.draft_of_quote(&sentences, quote, &found).unwrap();
    assert_eq!((draft.get("citations[0].quote"), draft.get("parties[0].party")), (quote, "mexico"));
}

#[test]
fn what_is_wrong_is_told_by_field_and_nothing_need_be_known_of_the_source() {
    let wrong = [("source.url", "example.org"), ("source.published_on", "ayer"), ("source.language", "Spanish")];
    let errors = Article::pasted(&fields(&wrong)).unwrap_err();
    let paths: Vec<_> = errors.iter().map(|error| error.path.as_str()).collect();
    assert_eq!(paths, ["text", "source.url", "source.language", "source.published_on"]);
    let article = Article::pasted(&fields(&[("text", "Nada que decir de nada ni de nadie en la nada.")])).unwrap();
    assert_eq!((article.language(), article.is_dated()), (Some(Locale::Es), false));
    let french = Article::pasted(&fields(&[("text", "Guatemala will host it."), ("source.language", "fr")])).unwrap();
    assert!(french.language().is_none() && french.sentences(&parties()).iter().all(|sentence| sentence.commitment.is_none()));
    assert!(Article::pasted(&fields(&[("text", &"é".repeat(super::TEXT + 1))])).is_err());
}

#[test]
fn a_whole_article_is_no_quote() {
    let long = Article::pasted(&fields(&[("text", &"Mexico will pay its share of the fund. ".repeat(80))])).unwrap();
    let sentences = long.sentences(&parties());
    let all: Vec<usize> = (0..sentences.len()).collect();
    assert!(matches!(long.draft_of_sentences(&sentences, &all), Err(Problem::TooLong { limit: QUOTE, .. })));
}

#[test]
fn a_title_is_cut_between_words() {
    let long = suggested_title(&format!("“{}”", "palabra ".repeat(40)));
    assert!(long.ends_with("palabra…") && long.chars().count() <= SUGGESTED + 1, "{long}");
}
