//! The clock, for those who ask how long something takes. No result depends on it.

use std::{
    sync::OnceLock,
    time::{Duration, Instant},
};

/// The time since this was first asked for.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the clock that is handed to `lint`, where timings are asked for"
)]
pub(super) fn elapsed() -> Duration {
    static START: OnceLock<Instant> = OnceLock::new();
    START.get_or_init(Instant::now).elapsed()
}
