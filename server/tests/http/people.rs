//! Coming to the desk: from the set-up link to signing out, as browsers do it.

use axum::http::{Request, header};
use domain::DeskRole;
use store::{Engine, on_both_engines};
use totp_rs::{Builder, Secret};

use crate::{
    site::{Answer, Site, now},
    visitor::{PASSWORD, Visitor},
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

#[tokio::test]
async fn an_editor_comes_by_invitation_and_may_what_editors_may() {
    let site = Site::empty(Engine::Sqlite).await;
    let mut ana = site.signed_in(DeskRole::Administrator).await;
    ana.post_form("/desk/people", &[("name", ""), ("email", "eva"), ("role", "editor")])
        .await
        .assert_status(422)
        .assert_has("“eva” is not an e-mail address")
        .assert_has("value=\"eva\"")
        .assert_has("href=\"#f-name\"");
    let invited = ana.post_form("/desk/people", &[("name", "Eva"), ("email", "eva@example.org"), ("role", "editor")]).await;
    let link = invited.assert_ok().assert_has("7 days").found_link("https://pledges.example.org/link?token=");
    let link = link.strip_prefix("https://pledges.example.org").unwrap();
    ana.get("/desk/people").await.assert_ok().assert_has("has not come yet").assert_lacks("token=");
    let mut eva = site.visitor();
    // Looking does not use it up: mail scanners and previews look too.
    eva.get(link).await.assert_ok().assert_has("Eva");
    let mut form = eva.get(link).await.assert_ok().filled_in();
    form.retain(|(name, _)| name == "token");
    for (wrong, told) in
        [("short", "at least 12 are needed"), ("eva@example.org", "your own name or address"), ("password1234", "tried first")]
    {
        let fields = [("token", form[0].1.as_str()), ("password", wrong), ("password_again", wrong)];
        eva.post_form("/link", &fields).await.assert_status(422).assert_has(told);
    }
    let fields = [("token", form[0].1.as_str()), ("password", NEW), ("password_again", NEW)];
    eva.post_form("/link", &fields).await.assert_status(303).assert_header("location", "/desk");
    site.visitor().post_form("/link", &fields).await.assert_status(410);
    eva.get("/desk/people").await.assert_status(403);
    eva.get("/desk/account").await.assert_ok().assert_lacks("/desk/people");
    site.visitor().sign_in("eva@example.org", NEW).await.assert_status(303);

    // Her role, then her access, are taken away while she is signed in.
    let editor = site.test.store.account("eva@example.org").await.unwrap().unwrap().editor;
    let to = |act: &str| format!("/desk/people/{}/{act}", editor.id);
    ana.post_form(&to("role"), &[("role", "administrator")]).await.assert_status(303);
    eva.get("/desk/people").await.assert_ok();
    ana.post_form(&to("disable"), &[]).await.assert_status(303);
    eva.get("/desk/account").await.assert_status(303);
    site.visitor().sign_in("eva@example.org", NEW).await.assert_status(422);
    ana.post_form(&to("link"), &[]).await.assert_status(404);
    ana.post_form(&to("enable"), &[]).await.assert_status(303);
    site.visitor().sign_in("eva@example.org", NEW).await.assert_status(303);
    ana.post_form(&to("link"), &[]).await.assert_ok().assert_has("24 hours");
    ana.post_form("/desk/people/no-id/disable", &[]).await.assert_status(404);
}

#[tokio::test]
async fn the_last_administrator_is_told_why_they_stay() {
    let site = Site::empty(Engine::Sqlite).await;
    let mut ana = site.signed_in(DeskRole::Administrator).await;
    let id = site.test.store.account("administrator@example.org").await.unwrap().unwrap().editor.id;
    for (act, fields) in [("role", &[("role", "editor")][..]), ("disable", &[])] {
        let answer = ana.post_form(&format!("/es/desk/people/{id}/{act}"), fields).await;
        answer.assert_status(422).assert_has("la última cuenta de administración");
    }
}

/// Signs in in the middle of a form: the fields of the answer that asked for it, with what it asks for.
async fn go_on(visitor: &mut Visitor, path: &str, answer: &Answer, typed: &[(&str, &str)]) -> Answer {
    let carried = answer.filled_in();
    let mut fields: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    fields.retain(|(name, _)| typed.iter().all(|(typed, _)| typed != name));
    fields.extend(typed);
    visitor.post_form(path, &fields).await
}

#[tokio::test]
async fn what_was_typed_when_a_session_ended_is_still_there_after_signing_in() {
    let site = Site::empty(Engine::Sqlite).await;
    let ana = site.signed_in(DeskRole::Administrator).await;
    let site = site.later("2026-11-24T01:00:00Z", |state| state);
    let mut ana = ana.at(&site);
    let typed = [
        ("name", "Eva \"la\" <b>Paz</b> & más"),
        ("email", "eva@example.org"),
        ("role", "editor"),
        ("note[0]", "primera línea\r\nsegunda"),
        ("twice", "1"),
        ("twice", "2"),
    ];
    let expired = ana.post_form("/es/desk/people?from=here", &typed).await.assert_status(401).assert_has("La sesión terminó");
    // A wrong password loses nothing either.
    let wrong = go_on(&mut ana, "/es/sign-in", &expired, &[("email", "administrator@example.org"), ("password", "x")]).await;
    let wrong = wrong.assert_status(422);
    let right = [("email", "administrator@example.org"), ("password", PASSWORD)];
    let back = go_on(&mut ana, "/es/sign-in", &wrong, &right).await.assert_ok();
    let back = back.assert_has("action=\"/es/desk/people?from=here\"").assert_lacks("kept:");
    let carried = back.filled_in();
    let carried: Vec<(&str, &str)> = carried.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(carried, typed);
    ana.post_form("/es/desk/people?from=here", &carried).await.assert_ok().assert_has("token=");
}

#[tokio::test]
async fn signing_in_leads_nowhere_else() {
    let site = Site::empty(Engine::Sqlite).await;
    site.let_in("ana", DeskRole::Editor).await;
    for evil in ["https://evil.example/", "//evil.example/desk", "/pledges", "javascript:alert(1)"] {
        let fields = [("email", "ana@example.org"), ("password", PASSWORD), ("then", evil)];
        site.visitor().post_form("/sign-in", &fields).await.assert_status(303).assert_header("location", "/desk");
        let path = format!("/sign-in?then={evil}");
        let carried = site.visitor().get(&path).await.assert_ok().filled_in();
        assert!(carried.contains(&("then".to_owned(), "/desk".to_owned())), "{carried:?}");
    }
}

/// The code that an app shows for a secret at a time.
fn code_at(secret: &str, moment: &str) -> String {
    let moment: chrono::DateTime<chrono::Utc> = moment.parse().unwrap();
    let totp = Builder::new().with_secret(Secret::try_from_base32(secret).unwrap()).build().unwrap();
    totp.generate(moment.timestamp().unsigned_abs()).to_string()
}

#[tokio::test]
async fn the_second_factor_from_turning_it_on_to_turning_it_off() {
    let site = Site::empty(Engine::Sqlite).await;
    let editor = site.let_in("ana", DeskRole::Editor).await;
    let mut ana = site.signed_in_as(&editor).await;
    let mut elsewhere = site.signed_in_as(&editor).await;
    ana.post_form("/desk/account/second-factor/offer", &[]).await.assert_status(303);
    let secret = site.test.store.second_factor(&editor).await.unwrap().unwrap().secret;
    let page = ana.get("/desk/account").await.assert_ok().assert_has(" class=\"qr\"").assert_has("otpauth://totp/Pledgebook");
    page.assert_runs_nothing().assert_lacks("<img");
    ana.post_form("/desk/account/second-factor/prove", &[("code", "000000")]).await.assert_status(422);
    let code = code_at(&secret, "2026-11-23T12:00:00Z");
    let codes = ana.post_form("/desk/account/second-factor/prove", &[("code", &code)]).await.assert_ok();
    let list = codes.text().split("<ol").nth(1).unwrap();
    let recovery: Vec<&str> = list.split("<li>").skip(1).map(|rest| rest.split('<').next().unwrap()).collect();
    assert_eq!(recovery.len(), 10);
    ana.get("/desk/account").await.assert_ok().assert_has("10 recovery codes are left").assert_lacks(&secret);
    elsewhere.get("/desk/account").await.assert_status(303);

    let mut again = site.visitor();
    let half = again.sign_in("ana@example.org", PASSWORD).await.assert_status(303);
    assert_eq!(half.header("location"), "/sign-in/code?then=%2Fdesk");
    again.get("/desk/account").await.assert_status(303);
    again.post_form("/desk/account/second-factor/end", &[("password_to_end", PASSWORD)]).await.assert_status(401);
    again.get("/sign-in/code?then=%2Fdesk").await.assert_ok();
    let before = again.cookies.clone();
    again.post_form("/sign-in/code", &[("code", "000000")]).await.assert_status(422);
    again.post_form("/sign-in/code", &[("code", &code)]).await.assert_status(422).assert_has("used before");
    again.post_form("/sign-in/code", &[("code", recovery[0])]).await.assert_status(303).assert_header("location", "/desk");
    assert_ne!(again.cookies, before, "the cookie is not renewed by the code");
    again.get("/desk/account").await.assert_ok().assert_has("9 recovery codes are left");
    let mut third = site.visitor();
    third.sign_in("ana@example.org", PASSWORD).await.assert_status(303);
    third.post_form("/sign-in/code", &[("code", recovery[0])]).await.assert_status(422);

    // A form that was sent without a session goes through both pages.
    let site = site.later("2026-11-24T12:00:00Z", |state| state);
    let mut ana = ana.at(&site);
    let expired = ana.post_form("/desk/account/password", &[("note", "typed")]).await.assert_status(401);
    let code = code_at(&secret, "2026-11-24T12:00:00Z");
    let asked = go_on(&mut ana, "/sign-in", &expired, &[("email", "ana@example.org"), ("password", PASSWORD)]).await.assert_ok();
    let back = go_on(&mut ana, "/sign-in/code", &asked, &[("code", &code)]).await.assert_ok();
    assert_eq!(back.filled_in(), [("note".to_owned(), "typed".to_owned())]);
    let end = "/desk/account/second-factor/end";
    ana.post_form(end, &[("password_to_end", "wrong")]).await.assert_status(422);
    ana.post_form(end, &[("password_to_end", PASSWORD)]).await.assert_status(303);
    let mut fourth = site.visitor();
    fourth.sign_in("ana@example.org", PASSWORD).await.assert_status(303).assert_header("location", "/desk");
}

#[tokio::test]
async fn a_change_of_password_needs_the_old_one_and_ends_other_sessions() {
    let site = Site::empty(Engine::Sqlite).await;
    let editor = site.let_in("ana", DeskRole::Editor).await;
    let (mut ana, mut elsewhere) = (site.signed_in_as(&editor).await, site.signed_in_as(&editor).await);
    let change = |now| [("password_now", now), ("password", NEW), ("password_again", NEW)];
    ana.post_form("/desk/account/password", &change("wrong")).await.assert_status(422).assert_lacks(NEW);
    ana.post_form("/desk/account/password", &change(PASSWORD)).await.assert_status(303);
    ana.get("/desk/account?done=password").await.assert_ok().assert_has("The password is changed");
    elsewhere.get("/desk/account").await.assert_status(303);
    site.visitor().sign_in("ana@example.org", PASSWORD).await.assert_status(422);
    site.visitor().sign_in("ana@example.org", NEW).await.assert_status(303);
    let mut third = site.signed_in_as(&editor).await;
    ana.post_form("/sign-out", &[("everywhere", "true")]).await.assert_status(303);
    third.get("/desk/account").await.assert_status(303);
}

#[tokio::test]
async fn guessing_is_stopped_and_waiting_helps() {
    let site = Site::empty(Engine::Sqlite).await;
    site.let_in("ana", DeskRole::Editor).await;
    let mut visitor = site.visitor();
    for _ in 0..10 {
        visitor.sign_in("ana@example.org", "wrong").await.assert_status(422);
    }
    let stopped = visitor.sign_in("ana@example.org", PASSWORD).await.assert_status(429);
    stopped.assert_header("retry-after", "900").assert_has("Try again in 15 minutes").assert_has("value=\"ana@example.org\"");
    let nobody = site.test.texts("select key_hash from sign_in_failure").await;
    assert!(nobody.iter().all(|key| !key.contains("ana")));
    let site = site.later("2026-11-23T12:15:01Z", |state| state);
    visitor.at(&site).sign_in("ana@example.org", PASSWORD).await.assert_status(303);
}

#[tokio::test]
async fn behind_a_proxy_who_guesses_stops_nobody_elsewhere() {
    let site = Site::empty(Engine::Sqlite).await.later("2026-11-23T12:00:00Z", |state| state.behind_proxy(true));
    site.let_in("ana", DeskRole::Editor).await;
    let from = async |address: &str, email: &str, password: &str| {
        let fields = crate::visitor::encoded(&[("email", email), ("password", password)]);
        let request = Request::post("/sign-in").header("sec-fetch-site", "same-origin").header("x-forwarded-for", address);
        site.visitor().send(request.body(fields.into()).unwrap()).await
    };
    for number in 0..30 {
        // What stands before the last address is claimed, and changes nothing.
        from(&format!("198.51.100.{number}, 192.0.2.1"), &format!("{number}@example.org"), "wrong").await.assert_status(422);
    }
    from("192.0.2.1", "ana@example.org", PASSWORD).await.assert_status(429);
    from("192.0.2.2", "ana@example.org", PASSWORD).await.assert_status(303);
}

#[tokio::test]
async fn the_log_tells_who_did_what_and_never_what_was_typed() {
    let site = Site::empty(Engine::Sqlite).await;
    let mut ana = site.signed_in(DeskRole::Administrator).await;
    let mut visitor = site.visitor();
    visitor.sign_in("my secret in the wrong field", "wrong password").await.assert_status(422);
    visitor.sign_in("administrator@example.org", "wrong password").await.assert_status(422);
    ana.post_form("/desk/people", &[("name", "=Eva"), ("email", "eva@example.org"), ("role", "editor")]).await.assert_ok();
    let log = ana.get("/desk/audit").await.assert_ok().assert_has("person.invite").assert_has("sign_in_failed");
    log.assert_lacks("my secret").assert_lacks("wrong password");
    let narrow = ana.get("/es/desk/audit?act=person.invite&subject=eva&from=2026-11-23&until=2026-11-23").await.assert_ok();
    narrow.assert_has("23 de noviembre de 2026, 12:00:00 UTC").assert_lacks("<code>sign_in_failed");
    ana.get("/desk/audit?from=tomorrow").await.assert_status(400);
    ana.get("/desk/audit?person=nobody&before=nothing").await.assert_ok().assert_has("Nothing of this kind");
    let csv = ana.get("/desk/audit.csv?act=person.invite").await.assert_ok();
    let csv =
        csv.assert_header("cache-control", "no-store").assert_header("content-type", "text/csv; charset=utf-8; header=present");
    let lines: Vec<&str> = csv.text().lines().collect();
    assert_eq!(lines[0], "at,name,email,token,act,subject_kind,subject,detail");
    assert_eq!(
        lines[1],
        "2026-11-23T12:00:00Z,administrator,administrator@example.org,,person.invite,person,eva@example.org,editor"
    );
    assert_eq!(lines.len(), 3);
    assert!(
        site.test
            .texts("select detail from audit_entry where detail is not null")
            .await
            .iter()
            .all(|detail| !detail.contains("wrong password"))
    );
}

#[tokio::test]
async fn the_log_goes_on_page_by_page() {
    let site = Site::empty(Engine::Sqlite).await;
    let mut ana = site.signed_in(DeskRole::Administrator).await;
    for _ in 0..60 {
        site.test.store.note_failed_sign_in(None, "password", now()).await.unwrap();
    }
    let first = ana.get("/desk/audit?act=sign_in_failed").await.assert_ok();
    assert_eq!(first.text().matches("<tr>").count(), 51);
    let next = first.found_link("/desk/audit?act=sign_in_failed&amp;before=");
    let last = ana.get(&next).await.assert_ok().assert_lacks("Older entries").assert_has("Newest entries");
    assert_eq!(last.text().matches("<tr>").count(), 11);
    assert_eq!(ana.get("/desk/audit.csv").await.text().lines().count(), 64);
}

#[tokio::test]
async fn public_pages_know_nobody() {
    let site = Site::with_example(Engine::Sqlite).await;
    let mut ana = site.signed_in(DeskRole::Administrator).await;
    for path in ["/pledges/april-summit", "/pledges", "/changes.atom", "/api/v1/pledges"] {
        let (known, unknown) = (ana.get(path).await.assert_ok(), site.get(path).await);
        assert_eq!(known.header("set-cookie"), "");
        // A page leads back to the desk, and nobody keeps it.
        let led = known.text().contains("href=\"/desk\"");
        assert_eq!(known.header("cache-control"), if led { "no-store" } else { unknown.header("cache-control") });
        assert_eq!(led, !path.contains('.') && !path.starts_with("/api"), "{path}");
        assert!(!known.header("vary").contains("cookie") && !known.text().contains("administrator@"), "{path}");
    }
}

#[tokio::test]
async fn a_form_of_the_desk_may_be_long_and_no_other_request() {
    let site = Site::empty(Engine::Sqlite).await;
    let long = "a".repeat(400 * 1024);
    let mut nobody = site.visitor();
    let expired = nobody.post_form("/desk/people", &[("text", &long)]).await.assert_status(401);
    let wrong = go_on(&mut nobody, "/sign-in", &expired, &[("email", "x"), ("password", "y")]).await.assert_status(422);
    assert!(wrong.filled_in().contains(&("kept:text".to_owned(), long)));
    let longer = "a".repeat(600 * 1024);
    nobody.post_form("/desk/people", &[("text", &longer)]).await.assert_status(413);
    nobody.post_form("/pledges", &[("text", &longer[..70 * 1024])]).await.assert_status(413);
    // Without a length that says so beforehand, too.
    let pieces = futures_util::stream::iter((0..600).map(|_| Ok::<_, std::io::Error>("a".repeat(1024))));
    let request = Request::post("/desk/people").header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    nobody.send(request.body(axum::body::Body::from_stream(pieces)).unwrap()).await.assert_status(413);
}
