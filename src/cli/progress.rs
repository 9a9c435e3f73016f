//! How far a long run has come, for whoever sits before it.

use std::{
    env,
    io::{self, IsTerminal as _, Write as _},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use super::clock;

/// A run that ends within this time says nothing.
const LONG: Duration = Duration::from_millis(700);
/// Time from one line to the next.
const PAUSE: Duration = Duration::from_millis(100);
/// Back to the start of the line, and empties it.
const CLEAR: &str = "\r\x1b[K";

/// A line on the terminal behind standard error that is written again and again; where there is none, nothing.
pub(super) struct Progress {
    total: usize,
    done: AtomicUsize,
    /// Nothing where nobody looks.
    line: Option<Mutex<Line>>,
}

/// The line that is written.
struct Line {
    /// When it is written next.
    next: Duration,
    /// Whether it was.
    shown: bool,
}

impl Progress {
    /// Of this many documents, none is done yet.
    pub(super) fn of(total: usize) -> Self {
        let listens =
            io::stderr().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb");
        Self {
            total,
            done: AtomicUsize::new(0),
            line: listens.then(|| {
                Mutex::new(Line {
                    next: clock::elapsed() + LONG,
                    shown: false,
                })
            }),
        }
    }

    /// One more document is done.
    pub(super) fn step(&self) {
        let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
        // Who finds another thread at it has nothing to add.
        let Some(Ok(mut line)) = self.line.as_ref().map(Mutex::try_lock) else {
            return;
        };
        let now = clock::elapsed();
        if now >= line.next {
            line.next = now + PAUSE;
            line.shown = true;
            show(&format!("{CLEAR}{done} of {} documents", self.total));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        let line = self.line.take().map(Mutex::into_inner);
        let line = line.map(|line| line.unwrap_or_else(PoisonError::into_inner));
        if line.is_some_and(|line| line.shown) {
            show(CLEAR);
        }
    }
}

/// What cannot be shown is no reason to stop.
fn show(text: &str) {
    let mut out = io::stderr().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}
