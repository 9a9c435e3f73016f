//! The command line: one file per subcommand, and what they share.

mod add_ignore;
mod annotate;
mod args;
mod cached;
mod changed;
mod check;
mod clock;
mod config;
mod documents;
mod excuses;
mod explain;
mod facts;
mod input;
mod list;
mod lsp;
mod marked;
mod new;
mod outputs;
mod own;
mod packs;
mod pages;
mod plan;
mod progress;
mod records;
mod scaffold;
mod schema;
mod screen;
mod test;
mod versions;
mod watch;

use std::{
    fmt,
    io::{self, BufWriter, StdoutLock, Write},
    process::ExitCode,
};

use clap::Parser;

use self::args::{ColorArg, Command, Line};
use crate::{
    diagnostic::Diagnostic,
    output::{self, Format, Results, Summary},
    source::Sources,
};

/// What a command came to; the exit code says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Nothing at or above the failure level: 0.
    Clean,
    /// Something: 1.
    Found,
    /// A bad argument, or a file or rule that could not be read: 2.
    CouldNotRun,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Clean => 0,
            Outcome::Found => 1,
            Outcome::CouldNotRun => 2,
        })
    }
}

/// Runs the command line of this process and gives back its exit code.
///
/// Results go to standard output; what is wrong with arguments, files and rules goes to standard error. A reader that closes
/// the pipe ends the run without a word.
pub fn run() -> ExitCode {
    let line = match Line::try_parse() {
        Ok(line) => line,
        Err(error) => {
            // A help text that cannot be printed is no reason to fail in another way.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let mut streams = Streams::new(line.color);
    let outcome = match &line.command {
        Command::Check(args) if args.when.watch => watch::check(args, &mut streams),
        Command::Check(args) => check::run(args, &mut streams),
        Command::Facts(args) => facts::run(args, &mut streams),
        Command::Explain(args) => explain::run(args, &mut streams),
        Command::Rules(args) => list::run(args, &mut streams),
        Command::Test(args) if args.watch => watch::test(args, &mut streams),
        Command::Test(args) => test::run(args, &mut streams),
        Command::New(args) => new::run(args, &mut streams),
        Command::Schema(args) => schema::run(args, &mut streams),
        Command::Config(args) => config::run(args, &mut streams),
        Command::Clean(args) => cached::clean(args, &mut streams),
        Command::Lsp(args) => {
            // The server keeps standard output to itself.
            drop(streams);
            return lsp::run(args);
        }
    };
    let outcome = outcome.and_then(|outcome| heard(streams.out.flush()).map(|()| outcome));
    match outcome {
        Ok(outcome) => outcome.into(),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Clean.into(),
        Err(error) => {
            let problem = Diagnostic::error("unwritable-output", error.to_string());
            let _ = streams.complain(&[problem], &Sources::new());
            Outcome::CouldNotRun.into()
        }
    }
}

/// A reader that closes the pipe has heard enough: what the run came to is told by the exit code all the same.
fn heard(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Where results and complaints go.
struct Streams {
    /// Results.
    out: BufWriter<StdoutLock<'static>>,
    color: ColorArg,
    /// How complaints are shown.
    complaints: Format,
}

impl Streams {
    fn new(color: ColorArg) -> Self {
        Self {
            out: BufWriter::with_capacity(1 << 16, io::stdout().lock()),
            color,
            complaints: Format::PRETTY,
        }
    }

    /// Complains on one line each, unless results are printed with their places in the text.
    fn complain_beside(&mut self, format: Option<Format>) {
        if format != Some(Format::PRETTY) {
            self.complaints = Format::CONCISE;
        }
    }

    /// Writes what is wrong with arguments, files or rules to standard error, below the results so far.
    fn complain(&mut self, problems: &[Diagnostic], sources: &Sources) -> io::Result<()> {
        heard(self.out.flush())?;
        let mut out = BufWriter::new(io::stderr().lock());
        let screen = screen::stderr(self.color);
        let summary = Summary::default();
        // One line of results says no more than what is found; who wrote a wrong rule or argument is told the way out, too.
        let told_apart = self.complaints == Format::CONCISE;
        let each = if told_apart { 1 } else { problems.len().max(1) };
        let mut told: Option<&str> = None;
        let written = problems.chunks(each).try_for_each(|problems| {
            let results = Results::new(problems, &summary, sources);
            self.complaints.render(&results, screen, &mut out)?;
            let [Diagnostic { help, .. }] = problems else {
                return Ok(());
            };
            // What was told of the problem before holds for this one.
            let help = help
                .as_deref()
                .filter(|help| told_apart && told != Some(help));
            told = help.or(told);
            help.map_or(Ok(()), |help| {
                writeln!(out, "  help: {}", output::printable(help))
            })
        });
        heard(written.and_then(|()| out.flush()))
    }

    /// Writes a remark to standard error, below the results so far.
    fn say(&mut self, remark: &dyn fmt::Display) -> io::Result<()> {
        heard(self.out.flush())?;
        heard(writeln!(io::stderr().lock(), "{remark}"))
    }

    /// Complains, and says that nothing could be run.
    fn refuse(&mut self, problems: &[Diagnostic], sources: &Sources) -> io::Result<Outcome> {
        self.complain(problems, sources)?;
        Ok(Outcome::CouldNotRun)
    }
}
