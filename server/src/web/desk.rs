//! The desk: what is at which address below `/desk`, in both languages.

mod article;
mod drafts;
mod links;
mod pledges;
mod reviews;
mod sources;
mod tips;

use app::{
    page::Page,
    pages::desk::{self as pages, done},
    visit::localized_path,
};
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use domain::Locale;
use store::StoreError;

use crate::{auth::Desk, copies::HAND_IN, state::AppState};

pub(crate) fn routes() -> Router<AppState> {
    Locale::ALL.iter().fold(Router::new(), |router, locale| {
        let at = |path: &str| localized_path(*locale, path);
        router
            .route(&at("/desk"), get(queue))
            .route(&at("/desk/new"), get(drafts::new).post(drafts::begin))
            .route(&at("/desk/article"), get(article::new).post(article::read))
            .route(&at("/desk/similar"), get(drafts::similar))
            .route(&at("/desk/drafts/{draft}"), get(drafts::show).post(drafts::save))
            .route(&at("/desk/drafts/{draft}/presence"), post(drafts::presence))
            .route(&at("/desk/drafts/{draft}/review"), get(reviews::show))
            .route(&at("/desk/drafts/{draft}/preview"), get(reviews::preview))
            .route(&at("/desk/drafts/{draft}/approve"), post(reviews::approve))
            .route(&at("/desk/drafts/{draft}/return"), post(reviews::give_back))
            .route(&at("/desk/drafts/{draft}/discard"), post(reviews::discard))
            .route(&at("/desk/publish"), post(reviews::approve_chosen))
            .route(&at("/desk/pledges"), get(pledges::list))
            .route(&at("/desk/pledges/{slug}"), get(pledges::show))
            .route(&at("/desk/pledges/{slug}/edit"), get(pledges::edit).post(pledges::begin_edit))
            .route(&at("/desk/pledges/{slug}/status"), get(pledges::status).post(pledges::begin_status))
            .route(&at("/desk/pledges/{slug}/withdraw"), get(pledges::withdraw).post(pledges::begin_withdrawal))
            .route(&at("/desk/pledges/{slug}/checked"), post(pledges::checked))
            .route(&at("/desk/sources"), get(sources::list).post(sources::ask))
            .route(&at("/desk/sources/missing"), post(sources::ask_for_missing))
            .route(&at("/desk/sources/{capture}"), get(sources::show))
            .route(&at("/desk/sources/{capture}/again"), post(sources::again))
            .route(&at("/desk/sources/{capture}/file"), post(sources::hand_in_file).layer(DefaultBodyLimit::max(HAND_IN)))
            .route(&at("/desk/sources/{capture}/text"), post(sources::hand_in_text))
            .route(&at("/desk/sources/{capture}/copies/{sha256}"), get(sources::text))
            .route(&at("/desk/sources/{capture}/copies/{sha256}/original"), get(sources::original))
            .route(&at("/desk/sources/{capture}/archive"), post(sources::say_archive))
            .route(&at("/desk/links"), get(links::show).post(links::say_archive))
            .route(&at("/desk/tips"), get(tips::list))
            .route(&at("/desk/tips/{tip}/accept"), post(tips::accept))
            .route(&at("/desk/tips/{tip}/decline"), post(tips::decline))
            .route(&at("/desk/tips/{tip}/spam"), post(tips::spam))
    })
}

async fn queue(desk: Desk) -> Response {
    let done = done(&desk.request.visit.query);
    desk.answer(pages::queue(desk.request.clone(), done).await.map(Some))
}

impl Desk {
    /// The answer that is this page, or that there is none.
    fn answer(&self, page: Result<Option<Page>, StoreError>) -> Response {
        match page {
            Ok(Some(page)) => self.respond(page),
            Ok(None) => self.missing(),
            Err(error) => self.failed(&error),
        }
    }

    /// The answer where nothing is.
    fn missing(&self) -> Response {
        self.failed(&StoreError::NoSuch { what: "page of the desk", name: self.request.visit.path.clone() })
    }

    /// Leads on to another page of the desk.
    fn lead(&self, path: &str, done: &str) -> Response {
        let target = self.request.visit.href_with(path, &[("done", done)]);
        (StatusCode::SEE_OTHER, [(header::LOCATION, target)]).into_response()
    }
}
