//! One request to the API, from its address to its answer: read, asked for if it is not known already, and told.

use std::{convert::Infallible, future::Future};

use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderValue, header, request::Parts},
    response::Response,
};
use domain::{Moment, PledgeQuery, Slug};
use serde::Serialize;
use store::{Cursor, Listing, Revision, Store};

use super::{
    ROOT,
    answer::{List, One, answered},
    asked::{Asked, Takes},
    problem::Refusal,
    wire::Addresses,
};
use crate::state::AppState;

/// What every operation is given.
#[derive(Clone, Debug)]
pub(super) struct Ask {
    /// The record.
    pub store: Store,
    /// The addresses of the site.
    pub site: Addresses,
    /// At which moment.
    pub moment: Moment,
    /// Which pledges.
    pub query: PledgeQuery,
    /// Behind which item.
    pub cursor: Option<Cursor>,
    /// How many items at most.
    pub limit: u32,
}

/// One request to the API.
#[derive(Debug)]
pub(super) struct ApiVisit {
    state: AppState,
    path: String,
    query: String,
    /// The name in the path. What is no slug names nothing.
    name: Option<Slug>,
}

impl FromRequestParts<AppState> for ApiVisit {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        // A name that is no UTF-8 is no slug, and so leads nowhere.
        let names = RawPathParams::from_request_parts(parts, state).await.ok();
        let name = names.and_then(|names| names.iter().next().and_then(|(_, name)| name.parse().ok()));
        Ok(Self {
            state: state.clone(),
            path: format!("{ROOT}{}", parts.uri.path()),
            query: parts.uri.query().unwrap_or_default().to_owned(),
            name,
        })
    }
}

impl ApiVisit {
    /// Answers with a list, or with a piece of it.
    pub(super) async fn list<T, Fut>(self, takes: Takes, make: impl FnOnce(Ask) -> Fut) -> Response
    where
        T: Serialize,
        Fut: Future<Output = Result<Listing<T>, Refusal>> + Send,
    {
        let told = async {
            let (asked, revision) = self.read(takes).await?;
            let Listing { items, total, next } = make(self.ask(&asked)).await?;
            let address = |query: String| {
                let separator = if query.is_empty() { "" } else { "?" };
                format!("{}{}{separator}{query}", self.state.site, self.path)
            };
            let next = next.map(|cursor| address(asked.behind(Some(cursor))));
            // Web links (RFC 8288); only what comes in pieces has any.
            let mut links = Vec::new();
            if matches!(takes, Takes::Pages) {
                links.extend(next.as_ref().map(|next| format!("<{next}>; rel=\"next\"")));
                links.push(format!("<{}>; rel=\"first\"", address(asked.behind(None))));
            }
            let (as_of, known_at) = moment_told(asked.moment, revision);
            let mut response = answered(&List { data: items, total, next, as_of, known_at });
            if let Ok(links) = HeaderValue::from_str(&links.join(", "))
                && !links.is_empty()
            {
                response.headers_mut().insert(header::LINK, links);
            }
            Ok(response)
        };
        told.await.unwrap_or_else(|refusal: Refusal| refusal.answer(&self.state.site))
    }

    /// Answers with one thing, if it is there.
    pub(super) async fn one<T, Fut>(self, takes: Takes, make: impl FnOnce(Ask) -> Fut) -> Response
    where
        T: Serialize,
        Fut: Future<Output = Result<Option<T>, Refusal>> + Send,
    {
        let told = async {
            let (asked, revision) = self.read(takes).await?;
            let data = make(self.ask(&asked)).await?.ok_or(Refusal::NotFound)?;
            let (as_of, known_at) = moment_told(asked.moment, revision);
            Ok(answered(&One { data, as_of, known_at }))
        };
        told.await.unwrap_or_else(|refusal: Refusal| refusal.answer(&self.state.site))
    }

    /// The same for what the path names.
    pub(super) async fn named<T, Fut>(self, make: impl FnOnce(Ask, Slug) -> Fut) -> Response
    where
        T: Serialize,
        Fut: Future<Output = Result<Option<T>, Refusal>> + Send,
    {
        match self.name.clone() {
            Some(name) => self.one(Takes::Moment, |ask| make(ask, name)).await,
            None => Refusal::NotFound.answer(&self.state.site),
        }
    }

    /// The same for the list that belongs to what the path names.
    pub(super) async fn list_of_named<T, Fut>(self, make: impl FnOnce(Ask, Slug) -> Fut) -> Response
    where
        T: Serialize,
        Fut: Future<Output = Result<Listing<T>, Refusal>> + Send,
    {
        match self.name.clone() {
            Some(name) => self.list(Takes::Moment, |ask| make(ask, name)).await,
            None => Refusal::NotFound.answer(&self.state.site),
        }
    }

    async fn read(&self, takes: Takes) -> Result<(Asked, Revision), Refusal> {
        let now = self.state.now();
        let asked = Asked::read(&self.query, takes, now)?;
        let revision = self.state.store.revision().await?;
        Ok((asked, revision))
    }

    fn ask(&self, asked: &Asked) -> Ask {
        Ask {
            store: self.state.store.clone(),
            site: Addresses::of(&self.state.site),
            moment: asked.moment,
            query: asked.query.clone(),
            cursor: asked.cursor,
            limit: asked.limit,
        }
    }
}

/// The moment as an answer tells it. What is known now is what was published last, so the answer has a moment that stays.
fn moment_told(moment: Moment, revision: Revision) -> (chrono::NaiveDate, Option<chrono::DateTime<chrono::Utc>>) {
    (moment.as_of, if moment.asked_known_at { Some(moment.known_at) } else { revision.recorded_at })
}

/// A list that comes in one piece.
pub(super) fn whole<T>(items: Vec<T>) -> Listing<T> {
    Listing { total: items.len() as u64, items, next: None }
}
