//! Counting answers: by route, method and class of status, with how long each took.

use std::{
    array,
    sync::{
        OnceLock,
        atomic::{AtomicI64, AtomicU64, Ordering::Relaxed},
    },
    time::Duration,
};

use axum::http::{Method, StatusCode};

/// The methods that are told apart; every other counts as the last.
pub(super) const METHODS: [&str; 8] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "other"];

/// The classes of status that are told apart. The first is for requests that were given up before there was an answer.
pub(super) const CLASSES: [&str; 6] = ["none", "1xx", "2xx", "3xx", "4xx", "5xx"];

/// Where one bucket of the histogram ends and the next begins.
pub(super) const BOUNDS: [Duration; 13] = [
    Duration::from_micros(250),
    Duration::from_micros(500),
    Duration::from_millis(1),
    Duration::from_micros(2500),
    Duration::from_millis(5),
    Duration::from_millis(10),
    Duration::from_millis(25),
    Duration::from_millis(50),
    Duration::from_millis(100),
    Duration::from_millis(250),
    Duration::from_millis(500),
    Duration::from_secs(1),
    Duration::from_secs(5),
];

/// How many routes there is room for: a power of two, several times what the site has. What comes beyond counts as one.
const ROOM: usize = 1024;

/// The name under which an address counts that leads nowhere, and what there is no room for.
const NO_ROUTE: &str = "none";

/// What is known of one route.
#[derive(Debug)]
pub(super) struct Series {
    /// The route, as the router writes it: `/pledges/{slug}`.
    pub route: Box<str>,
    answers: [[AtomicU64; CLASSES.len()]; METHODS.len()],
    buckets: [AtomicU64; BOUNDS.len() + 1],
    microseconds: AtomicU64,
}

impl Series {
    fn new(route: &str) -> Self {
        Self {
            route: route.into(),
            answers: array::from_fn(|_| array::from_fn(|_| AtomicU64::new(0))),
            buckets: array::from_fn(|_| AtomicU64::new(0)),
            microseconds: AtomicU64::new(0),
        }
    }

    fn add(&self, method: &Method, status: Option<StatusCode>, took: Duration) {
        let method = METHODS.iter().position(|known| *known == method.as_str()).unwrap_or(METHODS.len() - 1);
        let class = status.map_or(0, |status| usize::from(status.as_u16() / 100).min(CLASSES.len() - 1));
        self.answers[method][class].fetch_add(1, Relaxed);
        self.buckets[BOUNDS.partition_point(|bound| *bound < took)].fetch_add(1, Relaxed);
        self.microseconds.fetch_add(u64::try_from(took.as_micros()).unwrap_or(u64::MAX), Relaxed);
    }

    /// The answers that there were, by method and class of status.
    pub fn answers(&self) -> impl Iterator<Item = (&'static str, &'static str, u64)> {
        let of = |(method, classes): (usize, &'static [&'static str])| {
            let counts = self.answers[method].iter().map(|count| count.load(Relaxed));
            classes.iter().zip(counts).map(move |(class, count)| (METHODS[method], *class, count))
        };
        (0..METHODS.len()).map(|method| (method, &CLASSES[..])).flat_map(of).filter(|(_, _, count)| *count > 0)
    }

    /// How many answers took how long: each bucket by its upper bound in seconds, and all their seconds together.
    pub fn durations(&self) -> (Vec<(f64, u64)>, f64) {
        let bounds = BOUNDS.iter().map(Duration::as_secs_f64).chain([f64::INFINITY]);
        let buckets = bounds.zip(self.buckets.iter().map(|count| count.load(Relaxed))).collect();
        (buckets, Duration::from_micros(self.microseconds.load(Relaxed)).as_secs_f64())
    }
}

/// What was answered since the start.
///
/// The routes are in a table of fixed size, in which each is found by its hash and put once: whoever looks takes no lock, and
/// whatever addresses somebody thinks up, it can't grow.
#[derive(Debug)]
pub struct Answers {
    routes: Box<[OnceLock<Box<Series>>]>,
    elsewhere: Series,
    in_flight: AtomicI64,
}

impl Default for Answers {
    fn default() -> Self {
        let routes = (0..ROOM).map(|_| OnceLock::new()).collect();
        Self { routes, elsewhere: Series::new(NO_ROUTE), in_flight: AtomicI64::new(0) }
    }
}

impl Answers {
    /// A request has come.
    pub(super) fn begin(&self) {
        self.in_flight.fetch_add(1, Relaxed);
    }

    /// A request has ended, with an answer or without one.
    pub(super) fn end(&self, route: Option<&str>, method: &Method, status: Option<StatusCode>, took: Duration) {
        self.in_flight.fetch_sub(1, Relaxed);
        route.map_or(&self.elsewhere, |route| self.of(route)).add(method, status, took);
    }

    /// How many requests are being answered.
    pub(super) fn in_flight(&self) -> i64 {
        self.in_flight.load(Relaxed)
    }

    /// What is known of each route that was ever asked.
    pub(super) fn routes(&self) -> impl Iterator<Item = &Series> {
        self.routes.iter().filter_map(OnceLock::get).map(Box::as_ref).chain([&self.elsewhere])
    }

    fn of(&self, route: &str) -> &Series {
        let first = hash(route);
        for step in 0..ROOM {
            let series = self.routes[(first + step) % ROOM].get_or_init(|| Box::new(Series::new(route)));
            if *series.route == *route {
                return series;
            }
        }
        &self.elsewhere
    }
}

/// FNV-1a: routes are the program's own, so nobody chooses them to collide.
fn hash(route: &str) -> usize {
    let hash = route.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_route_is_counted_by_itself_and_what_there_is_no_room_for_together() {
        let answers = Answers::default();
        let end = |route: &str| {
            answers.begin();
            answers.end(Some(route), &Method::GET, Some(StatusCode::OK), Duration::from_micros(300));
        };
        let routes: Vec<String> = (0..ROOM).map(|number| format!("/routes/{number}")).collect();
        for _ in 0..3 {
            for route in &routes {
                end(route);
            }
        }
        for series in answers.routes().filter(|series| &*series.route != NO_ROUTE) {
            assert_eq!(series.answers().collect::<Vec<_>>(), [("GET", "2xx", 3)], "{}", series.route);
        }
        (0..5).for_each(|number| end(&format!("/beyond/{number}")));
        assert_eq!(answers.elsewhere.answers().collect::<Vec<_>>(), [("GET", "2xx", 5)]);
        assert_eq!((answers.routes().count(), answers.in_flight()), (ROOM + 1, 0));
    }

    #[test]
    fn what_took_as_long_as_a_bound_is_within_it() {
        let series = Series::new("/");
        for microseconds in [0, 250, 251, 5_000_000, 5_000_001] {
            series.add(&Method::GET, None, Duration::from_micros(microseconds));
        }
        let (buckets, sum) = series.durations();
        let counts: Vec<u64> = buckets.iter().map(|(_, count)| *count).collect();
        assert_eq!(counts, [2, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1]);
        assert!((sum - 10.000_502).abs() < 1e-9, "{sum}");
    }

    #[test]
    fn methods_and_statuses_that_nobody_knows_have_a_place() {
        let series = Series::new("/");
        let status = |status: u16| StatusCode::from_u16(status).ok();
        for (method, status) in [("BREW", status(999)), ("GET", None), ("GET", status(101)), ("DELETE", status(503))] {
            series.add(&method.parse().unwrap(), status, Duration::ZERO);
        }
        let mut told: Vec<_> = series.answers().map(|(method, class, _)| (method, class)).collect();
        told.sort_unstable();
        assert_eq!(told, [("DELETE", "5xx"), ("GET", "1xx"), ("GET", "none"), ("other", "5xx")]);
    }

    /// Threads that see a route for the first time at once lose no count.
    #[test]
    fn nothing_is_lost_between_threads() {
        let answers = Answers::default();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for number in 0..4_000 {
                        answers.begin();
                        let route = format!("/routes/{}", number % 40);
                        answers.end(Some(&route), &Method::GET, Some(StatusCode::OK), Duration::ZERO);
                    }
                });
            }
        });
        let total: u64 = answers.routes().flat_map(Series::answers).map(|(_, _, count)| count).sum();
        assert_eq!((total, answers.routes().count()), (16_000, 41));
    }
}
