//! What may be written on the command line: `clap` types only.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "assize",
    version,
    about = "Checks that an inspection report agrees with itself",
    long_about = "Assize finds every rating, figure, change, tally, issue and response in a report, and says where two of \
                  them cannot both be true. The checks are rules written in YAML.",
    after_help = "Exit codes: 0 nothing at or above the failure level, 1 something, 2 could not run.\n\
                  `assize help COMMAND` says more about a command.",
    arg_required_else_help = true,
    infer_subcommands = false,
    disable_help_subcommand = false
)]
pub(super) struct Line {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour; `auto` follows the terminal and the environment (`NO_COLOR`).
    #[arg(long, value_name = "WHEN", global = true, value_enum, default_value_t)]
    pub color: ColorArg,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorArg {
    /// Where the output is a terminal.
    #[default]
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print every fact that is found in documents.
    Facts(FactsArgs),
}

/// The documents to read.
#[derive(Debug, Args)]
pub(super) struct DocumentArgs {
    /// Documents (.txt, .md) and folders of them, `-` for standard input; the current folder where none is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Name of what comes from standard input; its ending (.md, .txt) tells the format.
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    pub stdin_name: String,
}

/// The packs to read with.
#[derive(Debug, Args)]
pub(super) struct PackArgs {
    /// Read the documents under this framework; without it, each is recognised from its text.
    #[arg(long, value_name = "ID")]
    pub framework: Option<String>,
    /// Add the rules, frameworks and lexicons of a folder or file; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
}

/// `assize facts`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    assize facts report.md                      the lines with facts, and what was read in them\n  \
    assize facts --kind rating reports          the ratings of every document below a folder\n  \
    assize facts --format csv --kind figure .   a table of all figures\n  \
    pdftotext report.pdf - | assize facts -     text from another program")]
pub(super) struct FactsArgs {
    #[command(flatten)]
    pub documents: DocumentArgs,
    #[command(flatten)]
    pub packs: PackArgs,
    /// How the facts are printed.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: FactsFormat,
    /// Print the facts of this kind only; may be given several times.
    #[arg(long, value_name = "KIND")]
    pub kind: Vec<String>,
}

/// How facts are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum FactsFormat {
    /// The lines that state facts, marked, with the facts below.
    #[default]
    Text,
    /// One JSON object with all documents.
    Json,
    /// One JSON object a fact, one a line.
    Jsonl,
    /// A table with a column for each field of the kinds printed.
    Csv,
}
