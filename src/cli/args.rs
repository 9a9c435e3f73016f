//! What may be written on the command line: `clap` types only.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum, builder::PossibleValue};
use jiff::civil::Date;

use crate::{
    config::Output,
    diagnostic::Severity,
    document::Tracked,
    output::Format,
    rules::{config::Stage, select::Selector},
    value::Days,
};

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "assize",
    version,
    about = "Checks that an inspection report agrees with itself",
    long_about = "Assize reads the ratings, figures, changes, tallies, issues and responses of a report that it recognises, and says \
                  where two of them cannot both be true, or where one cannot be true by itself. The checks are rules written in YAML.",
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
    /// Check documents: say where two statements of a report cannot both be true, or one by itself.
    Check(Box<CheckArgs>),
    /// Print the facts that are found in documents.
    Facts(FactsArgs),
    /// Explain a rule; or what was read on a line of a document, and which rules looked at it.
    Explain(ExplainArgs),
    /// List the rules in force: their severity, what they say and where they come from.
    Rules(RulesArgs),
    /// Run the examples that rule files hold.
    Test(TestArgs),
    /// Write a file to start from.
    New(NewArgs),
    /// Print the JSON Schema of a kind of file, for editors.
    Schema(SchemaArgs),
    /// Show what configuration files say.
    Config(ConfigArgs),
    /// Remove what `check --cache` kept for runs in the current folder.
    Clean(CleanArgs),
    /// Serve an editor over standard input and output (Language Server Protocol).
    Lsp(LspArgs),
}

/// The documents to read.
#[derive(Debug, Args)]
pub(super) struct DocumentArgs {
    /// Documents (Word, OpenDocument, PDF, HTML, Markdown, text) and folders of them, `-` for standard input; the current folder where none is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Name of what comes from standard input; its ending (.txt, .md, .html) tells the format of text.
    #[arg(long, value_name = "NAME", default_value = "<stdin>")]
    pub stdin_name: String,
    /// Which side of the tracked changes in Word and OpenDocument files is read.
    #[arg(long, value_name = "SIDE", value_enum, default_value_t)]
    pub tracked: TrackedArg,
}

/// A side of tracked changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum TrackedArg {
    /// The text as it is when every change is accepted.
    #[default]
    Accepted,
    /// The text as it was before them.
    Original,
}

impl From<TrackedArg> for Tracked {
    fn from(side: TrackedArg) -> Self {
        match side {
            TrackedArg::Accepted => Self::Accepted,
            TrackedArg::Original => Self::Original,
        }
    }
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
    /// Read this configuration file, not the one nearest to each document.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub config: Option<PathBuf>,
    /// Read no configuration file.
    #[arg(long)]
    pub no_config: bool,
}

/// Which rules are in force.
#[derive(Debug, Args)]
pub(super) struct RuleArgs {
    /// Use these rules only: a name, a pack, or a pattern of names (`rating-*`) or packs and names (`sets/*`); may be given several
    /// times, or with commas between.
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = Selector::parse)]
    pub select: Vec<Selector>,
    /// Also use these rules, which are off unless they are asked for; may be given several times, or with commas between.
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = Selector::parse)]
    pub enable: Vec<Selector>,
    /// Leave these rules out; may be given several times, or with commas between.
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = Selector::parse)]
    pub ignore: Vec<Selector>,
    /// Use the rules for this stage of writing only.
    #[arg(long, value_name = "STAGE", value_enum)]
    pub stage: Option<StageArg>,
}

/// A stage of writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum StageArg {
    /// Being written.
    Draft,
    /// Published, or about to be.
    Final,
}

impl From<StageArg> for Stage {
    fn from(stage: StageArg) -> Self {
        match stage {
            StageArg::Draft => Self::Draft,
            StageArg::Final => Self::Final,
        }
    }
}

/// `assize check`
#[derive(Debug, Args)]
#[command(
    after_help = "Exit codes: 0 nothing at or above the failure level, 1 something, 2 a bad argument, rule or file.\n\n\
    Examples:\n  \
    assize check report.md                      one document\n  \
    assize check reports --format concise       a folder; documents on one inspection are checked together\n  \
    assize check . --fail-on warning            for a build that warnings must break\n  \
    assize check draft.docx -o report.html      a page for a browser\n  \
    assize check . --output sarif=a.sarif       for people, and a file for code scanning\n  \
    assize check . --baseline known.jsonl       only what that file does not list\n  \
    assize check . --changed=origin/main        only what concerns files that a branch has changed\n  \
    assize check new.docx --baseline-report old.docx  also what changed, and what still stands as before\n  \
    assize check draft.docx --annotate out.docx comments on the words, in a copy of the document\n  \
    assize check draft.txt --stage draft --rules house-rules\n  \
    pdftotext report.pdf - | assize check -     text from another program"
)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub documents: DocumentArgs,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub rules: RuleArgs,
    /// How diagnostics are printed; `pretty` where nothing else is asked for.
    #[arg(long, value_name = "FORMAT", value_enum)]
    pub format: Option<Format>,
    /// Write them to this file instead; its ending tells the format where `--format` does not.
    #[arg(short = 'o', long, value_name = "FILE")]
    pub output_file: Option<PathBuf>,
    /// Also write diagnostics in this format, to a file or, without one, to standard output instead of `--format`; may be
    /// given several times.
    #[arg(long, value_name = "FORMAT[=FILE]", value_parser = Output::parse)]
    pub output: Vec<Output>,
    /// Write the document with what is printed as comments on the words (Word, OpenDocument, PDF); several to a folder.
    #[arg(long, value_name = "OUT")]
    pub annotate: Option<PathBuf>,
    /// Print diagnostics of this severity and above; of every severity where nothing else is asked for.
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub show: Option<SeverityArg>,
    /// End with exit code 1 when there is a diagnostic of this severity or above, shown or not; `error` where nothing else is asked
    /// for.
    #[arg(long, value_name = "SEVERITY", value_enum)]
    pub fail_on: Option<SeverityArg>,
    /// Also say for each rule how often it was applied, with which verdicts, and how much it reported.
    #[arg(long)]
    pub statistics: bool,
    /// Also say how long reading took, and how long each rule.
    #[arg(long)]
    pub timings: bool,
    #[command(flatten)]
    pub cache: CacheArgs,
    #[command(flatten)]
    pub when: WhenArgs,
    /// Do not report what this file lists, and report entries whose problem is gone.
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Compare the document with this earlier version of it: list what changed, and report what still stands as before.
    #[arg(long, value_name = "OLD")]
    pub baseline_report: Option<PathBuf>,
    /// List everything that is found in this file, and report none of it.
    #[arg(long, value_name = "FILE")]
    pub write_baseline: Option<PathBuf>,
    /// Excuse what is printed, with this reason: comments are written into Markdown, HTML and text, and entries into a file beside
    /// other documents (`draft.docx.assize-ignore.yaml`).
    #[arg(long, requires = "reason", conflicts_with_all = ["write_baseline", "baseline_report", "annotate", "changed", "watch"])]
    pub add_ignore: bool,
    /// With `--add-ignore`: why it may stand.
    #[arg(long, value_name = "TEXT", requires = "add_ignore")]
    pub reason: Option<String>,
    /// With `--add-ignore`: the last day (2027-01-31) on which it may stand.
    #[arg(long, value_name = "DAY", requires = "add_ignore", value_parser = day)]
    pub until: Option<Date>,
    /// Take this day (2027-01-31) for today, when what may stand until some day is looked at.
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub today: Option<Date>,
}

/// Reads a day.
fn day(text: &str) -> Result<Date, String> {
    let days = Days::from_iso(text).filter(|days| days.is_day());
    let day = days.map(Days::from);
    day.ok_or_else(|| "a day is written as 2027-01-31".to_owned())
}

/// When documents are checked, and what of it is told.
#[derive(Debug, Args)]
pub(super) struct WhenArgs {
    /// Check again whenever documents, rules or configuration change, until Ctrl-C.
    #[arg(long, conflicts_with = "write_baseline")]
    pub watch: bool,
    /// Report only what concerns files that differ from a git revision; without one, from where the branch left its upstream, or
    /// from the last commit. Documents about the same inspection are read all the same.
    #[arg(long, value_name = "REV", num_args = 0..=1, require_equals = true, default_missing_value = "",
        conflicts_with = "write_baseline")]
    pub changed: Option<String>,
}

/// Whether what is found is kept.
#[derive(Debug, Args)]
pub(super) struct CacheArgs {
    /// Keep what is found for the next run, which then reads again only what has changed: in `.assize_cache` beside the
    /// configuration file or in the current folder, or in `ASSIZE_CACHE_DIR`, which turns this on too, as `cache: true` in
    /// `assize.yaml` does.
    #[arg(long, overrides_with = "no_cache")]
    pub cache: bool,
    /// Keep nothing, and use nothing that was kept.
    #[arg(long, overrides_with = "cache")]
    pub no_cache: bool,
}

impl ValueEnum for Format {
    fn value_variants<'a>() -> &'a [Self] {
        Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.help()))
    }
}

/// A severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SeverityArg {
    /// Cannot be true as written.
    Error,
    /// A careful editor would change it.
    Warning,
    /// Worth a look.
    Note,
}

impl From<SeverityArg> for Severity {
    fn from(severity: SeverityArg) -> Self {
        match severity {
            SeverityArg::Error => Self::Error,
            SeverityArg::Warning => Self::Warning,
            SeverityArg::Note => Self::Note,
        }
    }
}

/// `assize explain`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    assize explain change-arithmetic            what the rule asks, why, and its examples with what they raise\n  \
    assize explain report.md:12                 what was read on line 12, and what the rules made of it\n  \
    assize explain --all --format markdown      a reference of all rules")]
pub(super) struct ExplainArgs {
    /// A rule; or a document, a colon and a line.
    #[arg(
        value_name = "RULE|FILE:LINE",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub subject: Option<String>,
    /// Explain every rule, those that are off included; `--select` and `--ignore` choose among them.
    #[arg(long)]
    pub all: bool,
    /// How rules are printed.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: ExplainFormat,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// How rules are explained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ExplainFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For a page.
    Markdown,
}

/// `assize rules`
#[derive(Debug, Args)]
pub(super) struct RulesArgs {
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub rules: RuleArgs,
}

/// `assize test`
#[derive(Debug, Args)]
#[command(
    after_help = "A rule must be silent on its valid examples and raise a diagnostic on its invalid ones, which covers \
    their marks.\nExit codes: 0 all examples hold, 1 some do not, 2 a bad argument, rule or file.\n\n\
    Examples:\n  \
    assize test                                 the rules of this program\n  \
    assize test house-rules/late-response.yaml  the rule that is being written"
)]
pub(super) struct TestArgs {
    /// Rule files and folders of them; the rules of this program where none is named.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Add the rules, frameworks and lexicons of a folder or file, without testing them; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
    /// Write the marks of examples anew, where what is raised stands on other words; read the difference before you keep it.
    #[arg(long, requires = "paths", conflicts_with = "mutate")]
    pub update: bool,
    /// Test again whenever the files named change, until Ctrl-C.
    #[arg(long, requires = "paths", conflicts_with = "update")]
    pub watch: bool,
    /// Plant contradictions in clean documents instead, one at a time, and say which rules found them; and make harmless
    /// edits, for which none may raise anything. The documents are files and folders of them.
    #[arg(long, value_name = "DOCUMENT", num_args = 1..)]
    pub mutate: Vec<PathBuf>,
    /// List the rules that neither an example nor a plant made raise anything; with `--mutate` also the rules that only their
    /// examples show to work, and the plants that no rule found.
    #[arg(long, conflicts_with = "update")]
    pub coverage: bool,
}

/// `assize new`
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// What to write.
    #[command(subcommand)]
    pub what: NewWhat,
}

/// What to write.
#[derive(Debug, Subcommand)]
pub(super) enum NewWhat {
    /// A rule, with examples that hold.
    Rule(NewRuleArgs),
    /// A configuration file that says what applies without it.
    Config(NewConfigArgs),
    /// A folder with a rule, a framework and a lexicon, which pass together.
    Pack(NewPackArgs),
    /// A report in Markdown with the criteria of a framework, in which nothing is wrong.
    Report(NewReportArgs),
}

/// `assize new rule`
#[derive(Debug, Args)]
#[command(after_help = "A file that is there already is never written over.\n\n\
    Example:\n  \
    assize new rule response-too-late --dir house-rules\n  \
    assize test house-rules/response-too-late.yaml")]
pub(super) struct NewRuleArgs {
    /// Name of the rule: words of small letters joined by hyphens, saying what is wrong.
    #[arg(value_name = "ID")]
    pub id: String,
    /// The folder to write to; made where it is missing.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
}

/// `assize new config`
#[derive(Debug, Args)]
#[command(after_help = "A file that is there already is never written over.\n\n\
    Example:\n  \
    assize new config\n  \
    assize config show --for reports/draft.md")]
pub(super) struct NewConfigArgs {
    /// The folder to write `assize.yaml` to; made where it is missing.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
}

/// `assize new pack`
#[derive(Debug, Args)]
#[command(after_help = "A file that is there already is never written over.\n\n\
    Example:\n  \
    assize new pack harbour-safety\n  \
    assize test harbour-safety\n  \
    assize check report.md --rules harbour-safety")]
pub(super) struct NewPackArgs {
    /// Name of the pack: words of small letters joined by hyphens.
    #[arg(value_name = "NAME")]
    pub id: String,
    /// The folder to write the pack's folder to; made where it is missing.
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub dir: PathBuf,
}

/// `assize new report`
#[derive(Debug, Args)]
#[command(after_help = "A file that is there already is never written over.\n\n\
    Example:\n  \
    assize new report hmi-prisons --file draft.md\n  \
    assize check draft.md --framework hmi-prisons --stage draft")]
pub(super) struct NewReportArgs {
    /// Id of the framework that the report is made under.
    #[arg(value_name = "FRAMEWORK")]
    pub framework: String,
    /// The file to write.
    #[arg(long, value_name = "FILE", default_value = "report.md")]
    pub file: PathBuf,
    /// Add the frameworks of a folder or file; may be given several times.
    #[arg(long, value_name = "DIR")]
    pub rules: Vec<PathBuf>,
}

/// `assize clean`
#[derive(Debug, Args)]
#[command(
    after_help = "The folder is that of ASSIZE_CACHE_DIR where it is set; else `.assize_cache` beside the configuration file, \
    or in the current folder where there is none."
)]
pub(super) struct CleanArgs {
    /// The configuration file beside which it stands, if not the nearest one.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

/// `assize config`
#[derive(Debug, Args)]
pub(super) struct ConfigArgs {
    /// What to do.
    #[command(subcommand)]
    pub what: ConfigWhat,
}

/// What to do with configuration files.
#[derive(Debug, Subcommand)]
pub(super) enum ConfigWhat {
    /// Say what is in force for a document, and where each value comes from.
    Show(ConfigShowArgs),
}

/// `assize config show`
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    assize config show --for reports/draft.md\n  \
    assize config show --for reports/draft.md --format json --enable style-dashes")]
pub(super) struct ConfigShowArgs {
    /// The document; it need not be there.
    #[arg(long = "for", value_name = "FILE")]
    pub file: PathBuf,
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub rules: RuleArgs,
    /// How it is printed.
    #[arg(long, value_name = "FORMAT", value_enum, default_value_t)]
    pub format: ShowFormat,
}

/// How a configuration is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum ShowFormat {
    /// For people: rules only where they differ from how they come.
    #[default]
    Text,
    /// One JSON object, with every rule.
    Json,
}

/// `assize schema`
#[derive(Debug, Args)]
#[command(after_help = "Example, for editors with a YAML language server:\n  \
    assize schema rule > rule.schema.json\n  \
    and at the top of a rule file: # yaml-language-server: $schema=rule.schema.json")]
pub(super) struct SchemaArgs {
    /// The kind of file.
    #[arg(value_name = "FILE", value_enum)]
    pub of: SchemaOf,
}

/// A kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// A rule.
    Rule,
    /// A kind of fact, made of phrases.
    Fact,
    /// framework.yaml: what is known of an inspection scheme.
    Framework,
    /// lexicon.yaml: words and phrases by class.
    Lexicon,
    /// assize.yaml: how the documents in a folder are checked.
    Config,
    /// DOCUMENT.assize-ignore.yaml: what may stand in a document.
    Ignore,
    /// A line of a file of records: a fact, or a document that states some.
    Record,
    /// What `assize check --format json` prints.
    Results,
}

/// `assize lsp`
#[derive(Debug, Args)]
pub(super) struct LspArgs {
    #[command(flatten)]
    pub packs: PackArgs,
    #[command(flatten)]
    pub rules: RuleArgs,
    /// Show diagnostics of this severity and above.
    #[arg(long, value_name = "SEVERITY", value_enum, default_value_t = SeverityArg::Note)]
    pub show: SeverityArg,
    /// Standard input and output are used; editors that give this flag are understood.
    #[arg(long, hide = true)]
    pub stdio: bool,
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
