//! Coming to the desk: from the set-up link to signing out, as browsers do it.

use domain::DeskRole;
use store::{Engine, on_both_engines};

use crate::{
    site::{Site, now},
    visitor::PASSWORD,
};

const NEW: &str = "una contraseña larga";

on_both_engines! {
    async fn the_set_up_link_makes_the_first_administrator_and_then_no_other(engine) {
        let site = Site::empty(engine).await;
        let old = site.test.store.set_up_link(now()).await.unwrap().unwrap();
        let link = site.test.store.set_up_link(now()).await.unwrap().unwrap();
        let mut ana = site.visitor();
        ana.get(&format!("/set-up?token={}", old.reveal())).await.assert_status(410);
        ana.get(&format!("/set-up?token={}", link.reveal())).await.assert_ok().assert_header("cache-control", "no-store");
        let form = [("token", link.reveal()), ("name", "Ana"), ("email", "Ana@Example.org"), ("password", NEW)];
        let mut unlike = form.to_vec();
        unlike.push(("password_again", "otra contraseña"));
        let answer = ana.post_form("/set-up", &unlike).await.assert_status(422).assert_has("is not what was typed before");
        assert!(!answer.text().contains("contraseña"), "a password was sent back");
        let mut alike = form.to_vec();
        alike.push(("password_again", NEW));
        ana.post_form("/set-up", &alike).await.assert_status(303).assert_header("location", "/desk");
        let editor = site.test.store.account("ana@example.org").await.unwrap().unwrap().editor;
        assert_eq!(editor.role, DeskRole::Administrator);
        ana.post_form("/set-up", &alike).await.assert_status(410);
        assert!(site.test.store.set_up_link(now()).await.unwrap().is_none());
    }

    async fn signing_in_and_out(engine) {
        let site = Site::empty(engine).await;
        site.let_in("ana", DeskRole::Editor).await;
        let mut ana = site.visitor();
        ana.get("/desk/account?x=1").await.assert_status(303).assert_header("location", "/sign-in?then=%2Fdesk%2Faccount%3Fx%3D1");
        ana.get("/es/desk").await.assert_status(303).assert_header("location", "/es/sign-in?then=%2Fes%2Fdesk");
        let answer = ana
            .post_form("/sign-in", &[("email", " ANA@example.org"), ("password", PASSWORD), ("then", "/es/desk/account?x=1")])
            .await
            .assert_status(303)
            .assert_header("location", "/es/desk/account?x=1");
        let cookie = answer.header("set-cookie").to_owned();
        assert!(cookie.starts_with("__Host-pledgebook="), "{cookie}");
        for flag in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(flag), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
        let before = ana.cookies.clone();
        ana.sign_in("ana@example.org", PASSWORD).await.assert_status(303);
        assert_ne!(before, ana.cookies, "the cookie is the same after signing in again");
        let mut stolen = site.visitor();
        stolen.cookies = ana.cookies.clone();
        ana.post_form("/sign-out", &[]).await.assert_status(303).assert_header("location", "/sign-in");
        assert!(ana.cookies.is_empty());
        stolen.get("/desk").await.assert_status(303);
    }
}

#[tokio::test]
async fn nothing_says_which_half_was_wrong() {
    let site = Site::empty(Engine::Sqlite).await;
    site.let_in("ana", DeskRole::Editor).await;
    let mut visitor = site.visitor();
    let wrong = visitor.sign_in("ana@example.org", "wrong").await.assert_status(422).text().to_owned();
    let nobody = visitor.sign_in("eva@example.org", "wrong").await.assert_status(422).text().to_owned();
    assert_eq!(wrong.replace("ana@", "eva@"), nobody);
    assert!(visitor.cookies.is_empty());
}
