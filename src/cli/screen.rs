//! What is known of the terminal: colour and width.

use std::{
    env,
    io::{self, IsTerminal},
};

use super::args::ColorArg;
use crate::output::Screen;

/// Width where there is no terminal to ask.
const WIDTH: usize = 100;
/// Narrower and wider screens are written to as if they were these.
const WIDTHS: (usize, usize) = (40, 140);

/// The screen behind standard output.
pub(super) fn stdout(color: ColorArg) -> Screen {
    let terminal = io::stdout().is_terminal();
    let size = terminal.then(terminal_size::terminal_size).flatten();
    screen(color, terminal, size.map(|(width, _)| width.0.into()))
}

/// The screen behind standard error.
pub(super) fn stderr(color: ColorArg) -> Screen {
    let terminal = io::stderr().is_terminal();
    let size = terminal
        .then(|| terminal_size::terminal_size_of(io::stderr()))
        .flatten();
    screen(color, terminal, size.map(|(width, _)| width.0.into()))
}

/// `COLUMNS` outweighs what the terminal says; see [`colour`] for the rest.
fn screen(color: ColorArg, terminal: bool, size: Option<usize>) -> Screen {
    let columns = env::var("COLUMNS").ok();
    let width = columns.and_then(|columns| columns.trim().parse().ok());
    let (least, most) = WIDTHS;
    Screen {
        colour: match color {
            ColorArg::Always => true,
            ColorArg::Never => false,
            ColorArg::Auto => colour(terminal, |name| env::var(name).ok()),
        },
        width: width.or(size).unwrap_or(WIDTH).clamp(least, most),
    }
}

/// Whether colour is wanted: `NO_COLOR`, then `FORCE_COLOR` where they are set to something, else where the output is a
/// terminal that is not `dumb`.
///
/// Source: <https://no-color.org>, <https://force-color.org>.
fn colour(terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty());
    if set("NO_COLOR") {
        return false;
    }
    set("FORCE_COLOR") || terminal && variable("TERM").is_none_or(|term| term != "dumb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(terminal: bool, variables: &[(&str, &str)], expected: bool) {
        let variable = |name: &str| {
            variables
                .iter()
                .find(|(known, _)| *known == name)
                .map(|(_, value)| (*value).to_owned())
        };
        assert_eq!(colour(terminal, variable), expected, "{variables:?}");
    }

    #[test]
    fn colour_follows_the_terminal_and_the_environment() {
        check(true, &[], true);
        check(false, &[], false);
        check(true, &[("TERM", "dumb")], false);
        check(true, &[("NO_COLOR", "1")], false);
        check(true, &[("NO_COLOR", "")], true);
        check(false, &[("FORCE_COLOR", "1")], true);
        check(false, &[("FORCE_COLOR", "1"), ("NO_COLOR", "1")], false);
    }
}
