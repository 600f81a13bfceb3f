//! The layer around everything that counts what was answered.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, ready},
    time::Instant,
};

use axum::{
    extract::MatchedPath,
    http::{Method, Request, Response, StatusCode},
};
use pin_project_lite::pin_project;
use tower::{Layer, Service};

use super::Answers;

/// Counts every answer by its route. The time runs until the answer begins; how long it takes to send is the network's affair.
#[derive(Clone, Debug)]
pub(crate) struct Counting(pub Arc<Answers>);

impl<S> Layer<S> for Counting {
    type Service = Counted<S>;

    fn layer(&self, inner: S) -> Counted<S> {
        Counted { inner, answers: Arc::clone(&self.0) }
    }
}

/// What is counted.
#[derive(Clone, Debug)]
pub(crate) struct Counted<S> {
    inner: S,
    answers: Arc<Answers>,
}

impl<S, B, A> Service<Request<B>> for Counted<S>
where
    S: Service<Request<B>, Response = Response<A>>,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Answering<S::Future>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        self.answers.begin();
        let request_in_flight = InFlight {
            answers: Arc::clone(&self.answers),
            route: request.extensions().get::<MatchedPath>().cloned(),
            method: request.method().clone(),
            status: None,
            begun: Instant::now(),
        };
        Answering { inner: self.inner.call(request), in_flight: Some(request_in_flight) }
    }
}

pin_project! {
    /// An answer in the making.
    pub(crate) struct Answering<F> {
        #[pin]
        inner: F,
        in_flight: Option<InFlight>,
    }
}

impl<F, A, E> Future for Answering<F>
where
    F: Future<Output = Result<Response<A>, E>>,
{
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let answer = ready!(this.inner.poll(context));
        if let (Some(mut in_flight), Ok(answer)) = (this.in_flight.take(), &answer) {
            in_flight.status = Some(answer.status());
        }
        Poll::Ready(answer)
    }
}

/// A request that is being answered. It is counted when it goes, so also where who asked has gone before.
struct InFlight {
    answers: Arc<Answers>,
    route: Option<MatchedPath>,
    method: Method,
    status: Option<StatusCode>,
    begun: Instant,
}

impl Drop for InFlight {
    fn drop(&mut self) {
        let route = self.route.as_ref().map(MatchedPath::as_str);
        self.answers.end(route, &self.method, self.status, self.begun.elapsed());
    }
}
