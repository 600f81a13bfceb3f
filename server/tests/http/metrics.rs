//! The figures for whoever runs the server: what they tell, and to whom.

use axum::{Router, body::Body, http::Request};
use server::{Front, admin, clock::Clock, state::AppState};
use store::{Engine, on_both_engines, testing::TestStore};

use crate::site::{Answer, Serves, Site, now, send};

/// A site, and its admin listener's router.
async fn with_figures(engine: Engine) -> (Front, Router, TestStore) {
    let site = Site::with_example(engine).await;
    let state = AppState::new(site.test.store.clone(), Clock::stopped_at(now()), "https://pledges.example.org");
    (Front::new(state.clone()), admin::router(state), site.test)
}

async fn get(router: &impl Serves, path: &str) -> Answer {
    send(router, Request::get(path).body(Body::empty()).unwrap()).await
}

/// The value behind a name with its labels.
#[track_caller]
fn figure(figures: &Answer, name: &str) -> f64 {
    let line = figures.text().lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
    line.unwrap_or_else(|| panic!("no {name} in {}", figures.text())).parse().unwrap()
}

on_both_engines! {
    async fn figures_tell_what_was_answered_by_route_and_what_the_record_holds(engine) {
        let (site, admin, test) = with_figures(engine).await;
        for (path, times) in [("/pledges/april-summit", 3), ("/pledges/operational-cell", 2), ("/es/pledges/april-summit", 1)] {
            for time in 0..times {
                // The second time it is kept already.
                get(&site, &format!("{path}?time={time}")).await.assert_ok();
                get(&site, &format!("{path}?time={time}")).await.assert_ok();
            }
        }
        get(&site, "/pledges/no-such").await.assert_status(404);
        get(&site, "/no/such/page").await.assert_status(404);
        send(&site, Request::head("/pledges").body(Body::empty()).unwrap()).await.assert_ok();
        let wild = Request::builder().method("BREW").uri("/pledges").body(Body::empty()).unwrap();
        send(&site, wild).await.assert_status(405);

        let figures = get(&admin, "/metrics").await.assert_ok();
        assert_eq!(figures.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
        for (labels, count) in [
            (r#"route="/pledges/{slug}",method="GET",status="2xx""#, 5.0),
            (r#"route="/pledges/{slug}",method="GET",status="4xx""#, 1.0),
            (r#"route="/es/pledges/{slug}",method="GET",status="2xx""#, 1.0),
            (r#"route="/pledges",method="GET",status="2xx""#, 1.0),
            (r#"route="/pledges",method="other",status="4xx""#, 1.0),
            (r#"route="none",method="GET",status="4xx""#, 1.0),
        ] {
            assert!((figure(&figures, &format!("pledgebook_http_requests_total{{{labels}}}")) - count).abs() < 0.1, "{labels}");
        }
        for (found, count) in [("yes", 6.0), ("no", 9.0)] {
            let kept = figure(&figures, &format!(r#"pledgebook_kept_answers_total{{found="{found}"}}"#));
            assert!((kept - count).abs() < 0.1, "{found}: {kept}");
        }
        let name = "pledgebook_http_request_duration_seconds";
        assert!((figure(&figures, &format!(r#"{name}_count{{route="/pledges/{{slug}}"}}"#)) - 6.0).abs() < 0.1);
        assert!((figure(&figures, &format!(r#"{name}_bucket{{route="/pledges/{{slug}}",le="+Inf"}}"#)) - 6.0).abs() < 0.1);
        assert!(figure(&figures, &format!(r#"{name}_sum{{route="/pledges/{{slug}}"}}"#)) > 0.0);
        let published = test.store.revision().await.unwrap().number;
        let entries = test.store.log_head().await.unwrap().size;
        for (name, at_least, at_most) in [
            ("pledgebook_http_requests_in_flight", 0.0, 0.0),
            ("pledgebook_record_revision", f64::from(u32::try_from(published).unwrap()), 1.0),
            ("pledgebook_log_entries", f64::from(u32::try_from(entries).unwrap()), 1.0),
            ("pledgebook_captures_waiting", 0.0, 0.0),
            ("pledgebook_links_waiting", 0.0, 0.0),
            (r#"pledgebook_links{state="unknown"}"#, 0.0, 0.0),
            ("pledgebook_database_up", 1.0, 1.0),
            ("pledgebook_database_connections_max", 8.0, 16.0),
            (r#"pledgebook_database_connections{state="idle"}"#, 0.0, 16.0),
            ("process_resident_memory_bytes", 1e6, 1e11),
            ("process_start_time_seconds", 1.79e9, 1.80e9),
            ("process_open_fds", 3.0, 1e5),
            ("process_cpu_seconds_total", 0.0, 1e6),
        ] {
            let value = figure(&figures, name);
            assert!((at_least..=at_most).contains(&value), "{name} is {value}");
        }
        let engine = if engine == Engine::Sqlite { "sqlite" } else { "postgres" };
        let build = format!(r#"pledgebook_build_info{{version="{}",engine="{engine}"}}"#, env!("CARGO_PKG_VERSION"));
        assert!((figure(&figures, &build) - 1.0).abs() < 0.1);
    }

    async fn what_waits_is_told(engine) {
        let (_, admin, test) = with_figures(engine).await;
        assert!(test.store.watch_links(now()).await.unwrap() > 0);
        let missing = test.store.capture_missing(None, now()).await.unwrap();
        let figures = get(&admin, "/metrics").await.assert_ok();
        assert!(missing > 9);
        for name in ["pledgebook_captures_waiting", "pledgebook_links_waiting", r#"pledgebook_links{state="unknown"}"#] {
            assert!(figure(&figures, name) > 9.0, "{name}");
        }
        let claimed = test.store.claim_link(now()).await.unwrap().unwrap();
        let verdict = domain::link_health::Verdict { state: Some(domain::LinkState::Gone), likeness: None };
        test.store.looked_at_link(&claimed, &store::Look::default(), &verdict, now()).await.unwrap();
        // Another listener: this one counts all links once a minute.
        let state = AppState::new(test.store.clone(), Clock::stopped_at(now()), "https://pledges.example.org");
        let figures = get(&admin::router(state), "/metrics").await.assert_ok();
        assert!((figure(&figures, r#"pledgebook_links{state="gone"}"#) - 1.0).abs() < 0.1);
    }

    async fn figures_of_the_process_come_without_a_database(engine) {
        let bare = TestStore::bare(engine).await;
        let state = AppState::new(bare.store.clone(), Clock::stopped_at(now()), "http://localhost");
        let figures = get(&admin::router(state), "/metrics").await.assert_ok().assert_lacks("pledgebook_record_revision");
        assert!(figure(&figures, "pledgebook_database_up") < 0.1);
        assert!(figure(&figures, "process_resident_memory_bytes") > 1e6);
    }
}

#[tokio::test]
async fn whatever_addresses_somebody_thinks_up_the_figures_do_not_grow() {
    let (site, admin, _test) = with_figures(Engine::Sqlite).await;
    let lines = async || {
        let figures = get(&admin, "/metrics").await.assert_ok();
        figures.text().lines().filter(|line| line.starts_with("pledgebook_http_")).count()
    };
    let visit = async |name: usize| {
        for path in [
            format!("/pledges/wild-{name}"),
            format!("/wild-{name}"),
            format!("/api/v1/pledges/wild-{name}"),
            format!("/api/v1/wild-{name}"),
            format!("/desk/wild-{name}"),
            format!("/pkg/wild-{name}"),
            format!("/pledges?q=wild-{name}"),
        ] {
            let request = Request::builder().method(format!("WILD{}", name % 2).as_str()).uri(&path).body(Body::empty()).unwrap();
            send(&site, request).await;
            get(&site, &path).await;
        }
    };
    visit(0).await;
    visit(1).await;
    let before = lines().await;
    for name in 2..60 {
        visit(name).await;
    }
    assert_eq!(lines().await, before);
    get(&admin, "/metrics").await.assert_lacks("wild").assert_lacks("WILD");
}

#[tokio::test]
async fn the_public_never_sees_the_figures_and_the_admin_listener_serves_no_page() {
    let (site, admin, _test) = with_figures(Engine::Sqlite).await;
    for path in ["/metrics", "/metrics/", "/es/metrics", "//metrics", "/%6detrics", "/desk/metrics", "/api/v1/metrics"] {
        let answer = get(&site, path).await;
        assert!(!answer.status.is_success(), "{path}");
        answer.assert_lacks("process_resident_memory_bytes").assert_lacks("pledgebook_http");
    }
    for path in ["/", "/pledges", "/sign-in", "/desk", "/healthz"] {
        get(&admin, path).await.assert_status(404);
    }
}
