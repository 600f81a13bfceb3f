//! From a pasted article to drafts over HTTP: what is marked, what a draft has of it, and that nothing pasted is lost.

use domain::DeskRole;
use store::{Engine, on_both_engines};

use crate::{desk::location, site::Site};

const ARTICLE: &str = "Declaración conjunta\n\nLos cancilleres se reunieron el martes. México y Guatemala acordaron crear una célula ope-\nrativa. \
    Guatemala será sede de la cumbre en abril.\n\n¿Cumplirá México su palabra? </textarea><b>Fin</b>";

const FIELDS: &[(&str, &str)] = &[
    ("text", ARTICLE),
    ("source.url", "https://news.example.org/acuerdo?a=1&b=2"),
    ("source.title", "Acuerdo \"histórico\""),
    ("source.publisher", "Diario Ejemplo"),
    ("source.published_on", "2024-02-28"),
];

fn and(more: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    FIELDS.iter().chain(more).copied().collect()
}

on_both_engines! {
    async fn a_marked_sentence_becomes_a_draft_that_only_wants_our_own_words(engine) {
        let site = Site::with_example(engine).await;
        let mut contributor = site.signed_in(DeskRole::Contributor).await;
        contributor.get("/es/desk").await.assert_ok().assert_has("href=\"/es/desk/article\"");
        contributor.get("/es/desk/article").await.assert_ok().assert_has("name=\"source.published_on\"");
        let page = contributor.post_form("/es/desk/article", &and(&[("do", "read")])).await.assert_ok()
            .assert_has("2 oraciones parecen compromisos")
            .assert_has("<mark>Guatemala será sede de la cumbre en abril.</mark>")
            .assert_has("<mark>México y Guatemala acordaron crear una célula operativa.</mark>")
            .assert_has("Guatemala (Anfitrión)")
            .assert_has("datetime=\"2024-04\"")
            .assert_lacks("<mark>¿Cumplirá")
            .assert_lacks("<b>Fin</b>");
        // The form of the sentences takes the text along as it was pasted.
        let fields = page.filled_in();
        assert!(fields.iter().filter(|(name, value)| name == "text" && value == ARTICLE).count() == 2, "{fields:?}");

        let draft = location(&contributor.post_form("/es/desk/article", &and(&[("do", "draft:3")])).await.assert_status(303));
        let form = contributor.get(&format!("{draft}?done=article")).await.assert_ok().assert_has("Se creó un borrador");
        let mut fields = form.filled_in();
        let has = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, value)| value.as_str()).unwrap_or_default();
        assert_eq!(has("title.es"), "Guatemala será sede de la cumbre en abril");
        assert_eq!(has("wording.es"), "", "what a reporter wrote is not what was said");
        assert_eq!((has("parties[0].party"), has("parties[0].role")), ("Guatemala", "host"));
        assert_eq!(has("due_on"), "2024-04");
        assert_eq!(has("citations[0].quote"), "Guatemala será sede de la cumbre en abril.");
        assert_eq!(has("citations[0].source.url"), FIELDS[1].1);
        assert_eq!((has("citations[0].source.title"), has("citations[0].source.language")), (FIELDS[2].1, "es"));
        assert_eq!(has("made_on"), "", "a day is never invented");
        for (name, value) in &mut fields {
            match name.as_str() {
                "summary.es" => "Guatemala ofreció recibir la cumbre.".clone_into(value),
                "made_on" => "2024-02-27".clone_into(value),
                _ => {}
            }
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain([("do", "submit")]).collect();
        let handed_in = contributor.post_form(&draft, &fields).await.assert_status(303);
        assert!(location(&handed_in).ends_with("/review"));
    }

    async fn ticked_sentences_become_one_quote(engine) {
        let site = Site::with_example(engine).await;
        let mut editor = site.signed_in(DeskRole::Editor).await;
        let ticked = and(&[("sentence", "1"), ("sentence", "3"), ("do", "draft")]);
        let draft = location(&editor.post_form("/desk/article", &ticked).await.assert_status(303));
        editor.get(&draft).await.assert_ok().assert_has("Los cancilleres se reunieron el martes. […] Guatemala será sede de la cumbre en abril.");
        let none = editor.post_form("/desk/article", &and(&[("do", "draft")])).await.assert_status(422);
        none.assert_has("href=\"#f-sentence\"").assert_has("2 sentences look like pledges");
    }
}

#[tokio::test]
async fn a_quote_is_looked_for_and_told_where_it_differs() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let look = |quote: &'static str, asked: &'static str| and(&[("quote", quote), ("do", asked)]);
    editor
        .post_form("/desk/article", &look("\"acordaron crear una célula operativa\"", "look"))
        .await
        .assert_ok()
        .assert_has("The text has it, word for word.")
        .assert_has("<mark>acordaron crear una célula ope-\nrativa</mark>")
        .assert_has("value=\"draft-quote\"");
    editor
        .post_form("/desk/article", &look("acordaron fundar una célula operativa", "draft-quote"))
        .await
        .assert_ok()
        .assert_has("The text does not have it word for word.")
        .assert_has("<ins>fundar </ins>")
        .assert_has("acordaron fundar una célula operativa</textarea>")
        .assert_lacks("value=\"draft-quote\"");
    editor.post_form("/desk/article", &look("zanahorias", "look")).await.assert_ok().assert_has("The text has nothing like it.");
    editor.post_form("/desk/article", &look(" ", "look")).await.assert_status(422).assert_has("href=\"#f-quote\"");
    let draft =
        location(&editor.post_form("/desk/article", &look("crear una célula operativa", "draft-quote")).await.assert_status(303));
    editor.get(&draft).await.assert_ok().assert_has("crear una célula operativa</textarea>").assert_has("value=\"Mexico\"");
}

#[tokio::test]
async fn nothing_pasted_is_lost_by_an_error() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut editor = site.signed_in(DeskRole::Editor).await;
    let fields = [("text", ARTICLE), ("source.url", "example.org"), ("source.published_on", "ayer"), ("do", "read")];
    let answer = editor.post_form("/desk/article", &fields).await.assert_status(422);
    let kept = answer.filled_in();
    for (name, value) in &fields[..3] {
        assert!(kept.contains(&((*name).to_owned(), (*value).to_owned())), "{name}: {kept:?}");
    }
    answer.assert_has("href=\"#f-source-url\"").assert_has("href=\"#f-source-published_on\"");
    let long = "é ".repeat(120_000);
    editor.post_form("/desk/article", &[("text", &long)]).await.assert_status(413);
    let long = "e ".repeat(120_000);
    editor.post_form("/desk/article", &[("text", &long)]).await.assert_status(422).assert_has("200,000");
}
