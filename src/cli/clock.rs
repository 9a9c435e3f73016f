//! The clock, for those who ask how long something takes, and for what may stand until some day. No other result depends on it.

use std::{
    sync::OnceLock,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};

/// The time since this was first asked for.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that is handed to `lint`, where timings are asked for"
)]
pub(super) fn elapsed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}

/// The day that it is, in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the day that is handed to `lint`, where none is given"
)]
pub(super) fn today() -> Date {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let since = SignedDuration::try_from(since.unwrap_or_default()).unwrap_or_default();
    let now = Timestamp::from_duration(since).unwrap_or(Timestamp::MAX);
    now.to_zoned(TimeZone::UTC).date()
}
