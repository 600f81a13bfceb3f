//! `/desk/tokens`: made, shown once, used, and ended, as browsers do it.

use axum::{
    body::Body,
    http::{Request, header},
};
use domain::DeskRole;
use store::Engine;

use crate::site::Site;

#[tokio::test]
async fn a_token_is_made_shown_once_used_and_revoked() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut ana = site.signed_in(DeskRole::Editor).await;
    ana.get("/desk/account").await.assert_ok().assert_has("href=\"/desk/tokens\"");
    let page = ana.get("/desk/tokens").await.assert_ok().assert_has("There is none that is good");
    let offered = page.filled_in();
    assert!(offered.contains(&("scope.draft".to_owned(), "true".to_owned())), "{offered:?}");
    assert!(page.text().contains("name=\"scope.check\"") && !page.text().contains("name=\"scope.review\""));
    // What is wrong is told beside its field, and what was typed stays.
    let wrong = ana.post_form("/desk/tokens", &[("name", "Follows the journal"), ("scope.review", "true"), ("days", "8")]).await;
    let wrong = wrong.assert_status(422).assert_has("href=\"#f-scope\"").assert_has("href=\"#f-days\"");
    wrong.assert_has("value=\"Follows the journal\"").assert_has("“review” is not accepted; accepted: draft, check");
    let asked = [("name", "Follows the journal"), ("scope.draft", "true"), ("days", "30")];
    let made = ana.post_form("/desk/tokens", &asked).await.assert_ok().assert_header("cache-control", "no-store");
    let token = made.found_link("pb_");
    assert_eq!(token.len(), 46);
    let list =
        ana.get("/desk/tokens").await.assert_ok().assert_lacks(&token).assert_has("Follows the journal").assert_has("never used");
    let revoke = list.found_link("/desk/tokens/0");
    let used = async || {
        let request = Request::get("/api/v1/drafts").header(header::AUTHORIZATION, format!("Bearer {token}"));
        site.send(request.body(Body::empty()).unwrap()).await
    };
    used().await.assert_ok();
    ana.get("/es/desk/tokens").await.assert_ok().assert_lacks("nunca usada").assert_has("Claves de API");
    // Nobody else finds it, but for administrators.
    let mut eva = site.signed_in(DeskRole::Reviewer).await;
    eva.get("/desk/tokens").await.assert_ok().assert_lacks("Follows the journal");
    eva.post_form(&revoke, &[]).await.assert_status(404);
    eva.post_form("/desk/tokens/no-id/revoke", &[]).await.assert_status(404);
    let mut administrator = site.signed_in(DeskRole::Administrator).await;
    let all =
        administrator.get("/desk/tokens").await.assert_ok().assert_has("Follows the journal").assert_has("editor@example.org");
    let did = all.found_link("/desk/audit?token=");
    administrator.get(&did).await.assert_ok().assert_has("Nothing of this kind was done");
    administrator.post_form(&revoke, &[]).await.assert_status(303).assert_header("location", "/desk/tokens?done=revoked");
    used().await.assert_status(401);
    ana.get("/desk/tokens?done=revoked").await.assert_ok().assert_has("1 that has ended").assert_has("The token is revoked");
}
