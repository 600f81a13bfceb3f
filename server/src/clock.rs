//! The one place that asks for the time.

use std::sync::{
    Arc,
    atomic::{AtomicI32, Ordering},
};

use chrono::{DateTime, SubsecRound as _, TimeDelta, Utc};

/// Tells the time; a test can set it.
#[derive(Clone)]
pub struct Clock(Arc<dyn Fn() -> DateTime<Utc> + Send + Sync>);

impl Clock {
    /// The machine's own clock.
    #[must_use]
    pub fn system() -> Self {
        // To the microsecond, as PostgreSQL keeps moments: what is written on one engine is the same on the other.
        #[expect(clippy::disallowed_methods, reason = "this is the clock")]
        Self(Arc::new(|| Utc::now().trunc_subsecs(6)))
    }

    /// A clock that stands still.
    #[must_use]
    pub fn stopped_at(moment: DateTime<Utc>) -> Self {
        Self(Arc::new(move || moment))
    }

    /// A clock that says what it is told.
    #[must_use]
    pub fn told_by(now: impl Fn() -> DateTime<Utc> + Send + Sync + 'static) -> Self {
        Self(Arc::new(now))
    }

    /// A clock that begins at a moment and goes on by a step whenever somebody looks at it.
    #[must_use]
    pub fn ticking_from(moment: DateTime<Utc>, step: TimeDelta) -> Self {
        let looks = AtomicI32::new(0);
        Self(Arc::new(move || moment + step * looks.fetch_add(1, Ordering::Relaxed)))
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.0)()
    }
}

impl std::fmt::Debug for Clock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}
