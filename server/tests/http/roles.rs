//! Who may do what: every route of the desk, walked by everybody. A new route is one line of [`ROUTES`].

use std::{collections::BTreeSet, fs, path::Path};

use bytes::Bytes;
use domain::{
    CaptureOrigin, DeskRole, DraftKind, Fields, Lifetime, Locale, NewTip, NewToken, Sha256Hex, TipState, import::Upload,
    page::PageNumber, source::SourceUrl,
};
use server::copies::HandedIn;
use store::{Editor, Engine};

use crate::{
    site::{Site, now},
    visitor::Visitor,
};

const ANYBODY: DeskRole = DeskRole::Contributor;
const EDITOR: DeskRole = DeskRole::Editor;
const REVIEWER: DeskRole = DeskRole::Reviewer;
const ADMINISTRATOR: DeskRole = DeskRole::Administrator;

/// Method, path and the least role that may. `{id}` is somebody who is no administrator, `{tip}` a tip, `{token}` a token of whoever asks, `{draft}` a contributor's draft, `{capture}` and `{sha256}` a copy that they asked for, `{batch}` an import.
const ROUTES: &[(&str, &str, DeskRole)] = &[
    ("GET", "/desk", ANYBODY),
    ("GET", "/desk/new", ANYBODY),
    ("POST", "/desk/new", ANYBODY),
    ("GET", "/desk/article", ANYBODY),
    ("POST", "/desk/article", ANYBODY),
    ("GET", "/desk/similar", ANYBODY),
    ("GET", "/desk/drafts/{draft}", ANYBODY),
    ("POST", "/desk/drafts/{draft}", ANYBODY),
    ("POST", "/desk/drafts/{draft}/presence", ANYBODY),
    ("GET", "/desk/drafts/{draft}/preview", ANYBODY),
    ("GET", "/desk/drafts/{draft}/review", ANYBODY),
    ("POST", "/desk/drafts/{draft}/approve", REVIEWER),
    ("POST", "/desk/drafts/{draft}/return", REVIEWER),
    ("POST", "/desk/drafts/{draft}/discard", ANYBODY),
    ("POST", "/desk/publish", REVIEWER),
    ("GET", "/desk/pledges", EDITOR),
    ("GET", "/desk/pledges/{slug}", EDITOR),
    ("GET", "/desk/pledges/{slug}/edit", EDITOR),
    ("POST", "/desk/pledges/{slug}/edit", EDITOR),
    ("GET", "/desk/pledges/{slug}/status", EDITOR),
    ("POST", "/desk/pledges/{slug}/status", EDITOR),
    ("GET", "/desk/pledges/{slug}/withdraw", EDITOR),
    ("POST", "/desk/pledges/{slug}/withdraw", EDITOR),
    ("POST", "/desk/pledges/{slug}/checked", EDITOR),
    ("GET", "/desk/account", ANYBODY),
    ("POST", "/desk/account/password", ANYBODY),
    ("POST", "/desk/account/second-factor/offer", ANYBODY),
    ("POST", "/desk/account/second-factor/prove", ANYBODY),
    ("POST", "/desk/account/second-factor/codes", ANYBODY),
    ("POST", "/desk/account/second-factor/end", ANYBODY),
    ("GET", "/desk/sources", EDITOR),
    ("POST", "/desk/sources", EDITOR),
    ("POST", "/desk/sources/missing", EDITOR),
    ("GET", "/desk/sources/{capture}", ANYBODY),
    ("POST", "/desk/sources/{capture}/again", ANYBODY),
    ("POST", "/desk/sources/{capture}/file", ANYBODY),
    ("POST", "/desk/sources/{capture}/text", ANYBODY),
    ("GET", "/desk/sources/{capture}/copies/{sha256}", ANYBODY),
    ("GET", "/desk/sources/{capture}/copies/{sha256}/original", ANYBODY),
    ("GET", "/desk/links", EDITOR),
    ("POST", "/desk/links", EDITOR),
    ("POST", "/desk/sources/{capture}/archive", EDITOR),
    ("GET", "/desk/tips", EDITOR),
    ("POST", "/desk/tips/{tip}/decline", EDITOR),
    ("POST", "/desk/tips/{tip}/spam", EDITOR),
    ("POST", "/desk/tips/{tip}/accept", EDITOR),
    ("GET", "/desk/import", EDITOR),
    ("POST", "/desk/import", EDITOR),
    ("GET", "/desk/import/{batch}", EDITOR),
    ("POST", "/desk/import/{batch}/apply", EDITOR),
    ("POST", "/desk/import/{batch}/undo", EDITOR),
    ("GET", "/desk/people", ADMINISTRATOR),
    ("POST", "/desk/people", ADMINISTRATOR),
    ("POST", "/desk/people/{id}/role", ADMINISTRATOR),
    ("POST", "/desk/people/{id}/disable", ADMINISTRATOR),
    ("POST", "/desk/people/{id}/enable", ADMINISTRATOR),
    ("POST", "/desk/people/{id}/link", ADMINISTRATOR),
    ("GET", "/desk/tokens", ANYBODY),
    ("POST", "/desk/tokens", ANYBODY),
    ("POST", "/desk/tokens/{token}/revoke", ANYBODY),
    ("GET", "/desk/audit", ADMINISTRATOR),
    ("GET", "/desk/audit.csv", ADMINISTRATOR),
];

/// What changes something without being at the desk.
const ON_THE_WAY: &[&str] = &["/sign-in", "/sign-in/code", "/sign-out", "/set-up", "/link"];

/// A token of nobody; [`each_role_may_what_the_table_says_and_no_more`] puts one of whoever asks in its place.
const NOBODYS: &str = "00000000-0000-0000-0000-000000000000";

const FIELDS: &[(&str, &str)] = &[("title.en", "<b>Tipeado</b> & \"así\"")];

/// The routes in both languages, with their gaps filled.
async fn filled(site: &Site) -> Vec<(&'static str, String, DeskRole)> {
    let somebody = site.let_in("somebody", DeskRole::Contributor).await;
    let tip = tip(site).await;
    let contributor = site.let_in(DeskRole::Contributor.code(), DeskRole::Contributor).await;
    let draft = site.test.store.begin_draft(&contributor, DraftKind::Pledge, None, Fields::default(), now()).await.unwrap();
    let (capture, sha256) = copy(site, &contributor).await;
    let importer = site.let_in("importer", EDITOR).await;
    let upload = Upload { name: "topics.csv".to_owned(), bytes: b"id,name_en,name_es\nwhales,Whales,\n".to_vec() };
    let batch = site.test.store.plan_import(&importer, vec![upload], now()).await.unwrap();
    let fill = |path: &str| {
        let path = path
            .replace("{batch}", &batch.to_string())
            .replace("{id}", &somebody.id.to_string())
            .replace("{tip}", &tip.to_string())
            .replace("{token}", NOBODYS)
            .replace("{capture}", &capture.to_string())
            .replace("{sha256}", sha256.as_str());
        path.replace("{draft}", &draft.id.to_string()).replace("{slug}", "april-summit")
    };
    let both = |(method, path, least): &(&'static str, &str, DeskRole)| {
        ["", "/es"].map(|language| (*method, format!("{language}{}", fill(path)), *least))
    };
    ROUTES.iter().flat_map(both).collect()
}

/// A copy that somebody has asked for.
async fn copy(site: &Site, contributor: &Editor) -> (uuid::Uuid, Sha256Hex) {
    let (store, url) = (&site.test.store, SourceUrl::parse("https://example.org/copied").unwrap());
    let job = store.ask_for_capture(Some(contributor), &url, now()).await.unwrap();
    let bytes = Bytes::from_static(b"The ministers agreed.");
    let sha256 = Sha256Hex::of(&bytes);
    let handed = HandedIn { origin: CaptureOrigin::Pasted, bytes, content_type: "text/plain".to_owned() };
    site.copies.hand_in(store, contributor, url, handed, now()).await.unwrap();
    (job.id, sha256)
}

/// A tip that waits.
async fn tip(site: &Site) -> uuid::Uuid {
    let store = &site.test.store;
    let words = NewTip { url: None, words: Some("x".to_owned()), language: Locale::En };
    store.send_tip(&"april-summit".parse().unwrap(), &words, false, "a", now()).await.unwrap();
    let sorter = site.let_in("sorter", EDITOR).await;
    store.tips(&sorter, TipState::New, PageNumber::asked(None), 1).await.unwrap().items[0].id
}

/// A token of somebody in this role, who has been here before.
async fn token_of(site: &Site, role: DeskRole) -> String {
    let store = &site.test.store;
    let owner = store.account(&format!("{role}@example.org")).await.unwrap().unwrap().editor;
    let new = NewToken { name: "x".into(), scopes: "draft".parse().unwrap(), lifetime: Lifetime::Week };
    store.make_token(&owner, &new, now()).await.unwrap();
    store.own_tokens(&owner).await.unwrap()[0].id.to_string()
}

async fn go(visitor: &mut Visitor, method: &str, path: &str) -> crate::site::Answer {
    if method == "GET" { visitor.get(path).await } else { visitor.post_form(path, FIELDS).await }
}

#[tokio::test]
async fn nobody_passes_without_having_signed_in_and_nothing_typed_is_lost() {
    let site = Site::with_example(Engine::Sqlite).await;
    for (method, path, _) in filled(&site).await {
        let answer = go(&mut site.visitor(), method, &path).await.assert_header("cache-control", "no-store");
        if method == "GET" {
            let sign_in = if path.starts_with("/es/") { "/es/sign-in?then=" } else { "/sign-in?then=" };
            let answer = answer.assert_status(303);
            assert!(answer.header("location").starts_with(sign_in), "{path}: {}", answer.header("location"));
        } else {
            let kept = answer.assert_status(401).filled_in();
            assert!(kept.contains(&("then".to_owned(), path.clone())), "{path}: {kept:?}");
            assert!(kept.contains(&(format!("kept:{}", FIELDS[0].0), FIELDS[0].1.to_owned())), "{path}: {kept:?}");
        }
    }
}

#[tokio::test]
async fn each_role_may_what_the_table_says_and_no_more() {
    let site = Site::with_example(Engine::Sqlite).await;
    let routes = filled(&site).await;
    for role in DeskRole::ALL {
        for (method, path, least) in &routes {
            let mut visitor = site.signed_in(*role).await;
            let path = &path.replace(NOBODYS, &token_of(&site, *role).await);
            let answer = go(&mut visitor, method, path).await.assert_header("cache-control", "no-store");
            let status = answer.status.as_u16();
            let what = format!("{role}: {method} {path}: {status} {}", answer.header("location"));
            if role < least {
                assert_eq!(status, 403, "{what}");
                let told = if path.starts_with("/es/") { "Acción no permitida" } else { "This is not yours to do" };
                answer.assert_has(told);
            } else {
                assert!(!matches!(status, 401 | 403 | 404 | 405 | 429 | 500..), "{what}");
                assert!(!answer.header("location").contains("sign-in"), "{what}");
            }
        }
    }
}

#[tokio::test]
async fn no_other_sites_page_acts_in_anybodys_name() {
    let site = Site::with_example(Engine::Sqlite).await;
    let desk = filled(&site).await.into_iter().filter(|(method, ..)| *method != "GET").map(|(_, path, _)| path);
    let way = ON_THE_WAY.iter().flat_map(|path| [(*path).to_owned(), format!("/es{path}")]);
    let mut administrator = site.signed_in(ADMINISTRATOR).await;
    let log = "select act from audit_entry";
    let before = site.test.texts(log).await;
    for path in desk.chain(way) {
        for from in ["cross-site", "same-site"] {
            let answer = administrator.post_from(from, &path, FIELDS).await.assert_status(403);
            assert_eq!(answer.header("set-cookie"), "", "{path}");
        }
    }
    assert_eq!(site.test.texts(log).await, before);
    administrator.get("/desk/account").await.assert_ok();
}

/// Every `.route(` of the server whose path begins with `/desk`, with the methods that follow it.
fn routes_in(folder: &Path, found: &mut BTreeSet<(&'static str, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            routes_in(&path, found);
            continue;
        }
        let text = fs::read_to_string(path).unwrap();
        for route in text.split(".route(").skip(1) {
            let Some(literal) = route.split('"').nth(1).filter(|path| *path == "/desk" || path.starts_with("/desk/")) else {
                continue;
            };
            let rest = route.split(';').next().unwrap_or(route);
            for (method, call) in [("GET", "get("), ("POST", "post(")] {
                let called =
                    rest.match_indices(call).any(|(at, _)| !rest[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
                if called {
                    found.insert((method, literal.to_owned()));
                }
            }
        }
    }
}

#[test]
fn every_route_of_the_desk_stands_in_the_table() {
    let mut found = BTreeSet::new();
    routes_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web"), &mut found);
    let table: BTreeSet<_> = ROUTES.iter().map(|(method, path, _)| (*method, (*path).to_owned())).collect();
    let missing: Vec<_> = found.difference(&table).collect();
    assert!(missing.is_empty(), "not in the table: {missing:?}");
    assert!(found.len() >= 14, "the routes are no longer found: {found:?}");
}
