//! Feeds and calendars: `/changes.atom`, `/parties/us.ics` and their like, in both languages.
//!
//! The router knows no endings (`/parties/{slug}.atom` would be the page of a party called so); so they are told apart before
//! it is asked.

use app::{
    calendar, feed,
    page::CachePolicy,
    pages::{Request, not_found, refused, unavailable},
    subject::{Section, Subject},
};
use axum::{
    extract::{Request as Asked, State},
    http::{HeaderValue, Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use domain::{FieldErrors, Locale, PledgeQuery, Slug};
use store::StoreError;
use tracing::error;

use super::pages::{asked, respond};
use crate::state::AppState;

/// Answers what ends like a feed or a calendar, and leaves everything else to the router.
pub(crate) async fn answer(State(state): State<AppState>, request: Asked, next: Next) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return next.run(request).await;
    }
    let path = request.uri().path();
    let (locale, path) = path.strip_prefix("/es/").map_or((Locale::En, &path[1..]), |path| (Locale::Es, path));
    let Some(wanted) = Wanted::at(path) else { return next.run(request).await };
    let (parts, _) = request.into_parts();
    let asked = match asked(&state, locale, &parts.uri) {
        Ok(asked) => asked,
        Err(refused) => return *refused,
    };
    let visit = asked.visit.clone();
    match wanted.make(asked).await {
        Ok(text) => (wanted.headers(locale), text).into_response(),
        Err(No::NotFound) => respond(not_found(visit.clone()), &visit, &state),
        Err(No::Refused(errors)) => respond(refused(visit.clone(), errors), &visit, &state),
        Err(No::Failed(error)) => {
            error!(%error, "the feed or calendar could not be made");
            respond(unavailable(&visit), &visit, &state)
        }
    }
}

/// What was asked for.
#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    form: Form,
    of: Of,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Feed,
    Calendar,
}

#[derive(Debug, PartialEq, Eq)]
enum Of {
    All(&'static str),
    Pledge(Option<Slug>),
    Section(Section, Option<Slug>),
}

/// Why there is nothing to answer with.
enum No {
    NotFound,
    Refused(FieldErrors),
    Failed(feed::Wrong),
}

impl From<StoreError> for No {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl Wanted {
    /// What is at a path, without its first slash and language; `None` where the router is to answer.
    fn at(path: &str) -> Option<Self> {
        let (name, form) = match path.rsplit_once('.')? {
            (name, "atom") => (name, Form::Feed),
            (name, "ics") => (name, Form::Calendar),
            _ => return None,
        };
        let of = match (form, name.split_once('/')) {
            (Form::Feed, None) if name == "changes" => Of::All("/changes"),
            (Form::Feed, None) if name == "pledges" => Of::All("/pledges"),
            (Form::Calendar, None) if name == "deadlines" => Of::All("/pledges"),
            (Form::Feed, Some(("pledges", slug))) => Of::Pledge(slug.parse().ok()),
            (Form::Calendar, Some(("topics", _))) | (_, None) => return None,
            (_, Some((section, slug))) => Of::Section(Section::called(section)?, slug.parse().ok()),
        };
        Some(Self { form, of })
    }

    const fn media_type(&self) -> &'static str {
        match self.form {
            Form::Feed => "application/atom+xml; charset=utf-8",
            Form::Calendar => "text/calendar; charset=utf-8",
        }
    }

    fn headers(&self, locale: Locale) -> [(header::HeaderName, HeaderValue); 3] {
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(self.media_type())),
            (header::CACHE_CONTROL, HeaderValue::from_static(CachePolicy::Revalidate.header())),
            (header::CONTENT_LANGUAGE, HeaderValue::from_static(locale.code())),
        ]
    }

    async fn make(&self, asked: Request) -> Result<String, No> {
        let Request { visit, params, store } = asked;
        let mut errors = FieldErrors::default();
        if let (Form::Feed, Of::Pledge(slug)) = (self.form, &self.of) {
            let after = params.get("after").and_then(|after| after.parse().ok());
            let slug = slug.as_ref().ok_or(No::NotFound)?;
            let pledge = store.pledge(slug, visit.moment).await?.ok_or(No::NotFound)?;
            return feed::of_pledge(&visit, &pledge, after).map_err(No::Failed);
        }
        let after = params.read("after", &mut errors);
        let query = PledgeQuery::asked(&params).map_err(No::Refused)?;
        let after = errors.or(after).map_err(No::Refused)?;
        let subject = match &self.of {
            Of::Section(section, slug) => {
                let slug = slug.as_ref().ok_or(No::NotFound)?;
                Subject::of(&store, &visit, *section, slug, query).await?.ok_or(No::NotFound)?
            }
            Of::All(page) => {
                let name = if *page == "/changes" { "changes" } else { "pledges" };
                Subject::asked(page, &visit.t(name), query)
            }
            Of::Pledge(_) => return Err(No::NotFound),
        };
        match self.form {
            Form::Feed => feed::of_changes(&store, &visit, &subject, after).await.map_err(No::Failed),
            Form::Calendar => Ok(calendar::of_deadlines(&store, &visit, &subject).await?),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_feeds_and_calendars_are_taken_from_the_router() {
        let slug = |text: &str| text.parse::<Slug>().ok();
        for (path, form, of) in [
            ("changes.atom", Form::Feed, Of::All("/changes")),
            ("pledges/a.atom", Form::Feed, Of::Pledge(slug("a"))),
            ("pledges/A%20.atom", Form::Feed, Of::Pledge(None)),
            ("deadlines.ics", Form::Calendar, Of::All("/pledges")),
            ("parties/us.ics", Form::Calendar, Of::Section(Section::Parties, slug("us"))),
            ("topics/a.atom", Form::Feed, Of::Section(Section::Topics, slug("a"))),
        ] {
            assert_eq!(Wanted::at(path), Some(Wanted { form, of }), "{path}");
        }
        for path in ["", "changes", "pledges/a", "method.atom", "sources/a.atom", "pledges/a.ics", "deadlines.atom", "pkg/a.css"]
        {
            assert_eq!(Wanted::at(path), None, "{path}");
        }
    }
}
