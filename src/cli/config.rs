//! `assize config show`: what is in force for a document, and where each value comes from.

use std::{
    collections::BTreeSet,
    fmt,
    io::{self, Write},
};

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{
    Outcome, Streams,
    args::{ConfigArgs, ConfigShowArgs, ConfigWhat, ShowFormat},
    input::Input,
    plan::{Flags, Plan, Planned, Project},
};
use crate::{
    config::{At, Config, DocumentPath, InForce, Output},
    diagnostic::Severity,
    output::printable,
    rules::{Rule, config::Stage},
    source::{self, Sources},
    span::{SourceId, Span},
};

/// Does what is asked with configuration files.
///
/// # Errors
///
/// Those of the streams.
pub(super) fn run(args: &ConfigArgs, streams: &mut Streams) -> io::Result<Outcome> {
    match &args.what {
        ConfigWhat::Show(args) => show(args, streams),
    }
}

fn show(args: &ConfigShowArgs, streams: &mut Streams) -> io::Result<Outcome> {
    let mut sources = Sources::new();
    let flags = Flags {
        packs: &args.packs,
        rules: Some(&args.rules),
    };
    let named = [args.file.clone()];
    let inputs = vec![Input::File(args.file.clone())];
    let plan = match Plan::new(flags, inputs, &named, &mut sources) {
        Ok(plan) => plan,
        Err(problems) => return streams.refuse(&problems, &sources),
    };
    let planned = plan.documents.first();
    let Some((planned, project)) = planned.and_then(|found| Some((found, plan.project(found)?)))
    else {
        return Ok(Outcome::Clean);
    };
    let shown = Shown::new(args, planned, project, &sources);
    match args.format {
        ShowFormat::Text => shown.write(&mut streams.out)?,
        ShowFormat::Json => {
            serde_json::to_writer(&mut streams.out, &shown)?;
            writeln!(streams.out)?;
        }
    }
    Ok(Outcome::Clean)
}

/// What is in force for a document.
#[derive(Serialize)]
struct Shown {
    path: String,
    /// The configuration file, then those that it extends.
    files: Vec<String>,
    values: Vec<Setting>,
    rules: Vec<RuleSetting>,
}

/// A key, its value and where that comes from.
#[derive(Serialize)]
struct Setting {
    key: &'static str,
    value: Option<String>,
    from: Origin,
}

/// A rule, its severity and where that comes from.
#[derive(Serialize)]
struct RuleSetting {
    rule: String,
    severity: &'static str,
    from: Origin,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Origin {
    /// A place of a file.
    File {
        path: String,
        line: usize,
        column: usize,
    },
    /// The command line.
    Flag(&'static str),
    /// Nobody said otherwise.
    Default,
}

impl Origin {
    fn of(source: SourceId, span: Span, sources: &Sources) -> Self {
        let Some(file) = sources.get(source) else {
            return Self::Default;
        };
        let at = file.line_column(span.start);
        Self::File {
            path: file.name().to_owned(),
            line: at.line,
            column: at.column,
        }
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line, .. } => write!(out, "{}:{line}", printable(path)),
            Self::Flag(name) => out.write_str(name),
            Self::Default => out.write_str("default"),
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::File { path, line, column } => {
                let mut map = serializer.serialize_map(Some(3))?;
                map.serialize_entry("path", path)?;
                map.serialize_entry("line", line)?;
                map.serialize_entry("column", column)?;
                map.end()
            }
            Self::Flag(name) => serializer.serialize_str(name),
            Self::Default => serializer.serialize_str("default"),
        }
    }
}

impl Shown {
    fn new(args: &ConfigShowArgs, planned: &Planned, project: &Project, sources: &Sources) -> Self {
        let path = DocumentPath::new(&planned.input.path());
        let config = project.config.as_ref();
        let values = Values {
            args,
            config,
            says: config.map(|config| config.of(&path)),
            path,
            sources,
        };
        let files = project
            .config
            .iter()
            .flat_map(|config| config.files.iter().rev());
        let files = files.filter_map(|source| sources.get(*source));
        Self {
            path: planned.input.name(),
            files: files.map(|file| file.name().to_owned()).collect(),
            values: values.all(),
            rules: values.rules(project),
        }
    }

    /// Writes it for people: of the rules, those that somebody said something of.
    fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", printable(&self.path))?;
        let files = match self.files.as_slice() {
            [] => "none".to_owned(),
            [file] => file.clone(),
            [file, bases @ ..] => format!("{file}, which extends {}", bases.join(", ")),
        };
        writeln!(out, "configuration: {}\n", printable(&files))?;
        let key = self
            .values
            .iter()
            .map(|setting| setting.key.len())
            .max()
            .unwrap_or(0);
        let shown = |setting: &Setting| setting.value.as_deref().unwrap_or("-").to_owned();
        let width = self
            .values
            .iter()
            .map(|setting| shown(setting).chars().count())
            .max();
        let width = width.unwrap_or(0);
        for setting in &self.values {
            let value = shown(setting);
            let line = format!(
                "{:key$}  {:width$}  {}",
                setting.key,
                printable(&value),
                setting.from
            );
            writeln!(out, "{line}")?;
        }
        let said: Vec<_> = self
            .rules
            .iter()
            .filter(|rule| rule.from != Origin::Default)
            .collect();
        let width = said.iter().map(|rule| rule.rule.len()).max().unwrap_or(0);
        writeln!(out)?;
        for rule in &said {
            writeln!(
                out,
                "{:width$}  {:7}  {}",
                rule.rule, rule.severity, rule.from
            )?;
        }
        let others = self.rules.len() - said.len();
        let what = if said.is_empty() {
            "all rules"
        } else {
            "the other rules"
        };
        writeln!(out, "{what} ({others}) as they come")
    }
}

/// The values that are in force for a document.
struct Values<'a> {
    args: &'a ConfigShowArgs,
    config: Option<&'a Config>,
    says: Option<InForce<'a>>,
    path: DocumentPath,
    sources: &'a Sources,
}

impl Values<'_> {
    fn all(&self) -> Vec<Setting> {
        let says = self.says.as_ref();
        let framework = says.and_then(InForce::framework);
        let role = says.and_then(InForce::role);
        let stage = says.and_then(InForce::stage);
        let flags = (self.args.packs.framework.as_ref(), self.args.rules.stage);
        let config = self.config;
        let level = |level: Option<&At<Severity>>, default: Severity| {
            let value = level.map_or(default, |level| level.value);
            (Some(value.name().to_owned()), self.from(level))
        };
        let values = [
            (
                "framework",
                match flags.0 {
                    Some(id) => (Some(id.clone()), Origin::Flag("--framework")),
                    None => (framework.map(|id| id.value.clone()), self.from(framework)),
                },
            ),
            (
                "role",
                (
                    role.map(|role| role.value.name().to_owned()),
                    self.from(role),
                ),
            ),
            (
                "stage",
                match flags.1 {
                    Some(stage) => {
                        let stage: Stage = stage.into();
                        (Some(stage.name().to_owned()), Origin::Flag("--stage"))
                    }
                    None => (
                        stage.map(|stage| stage.value.name().to_owned()),
                        self.from(stage),
                    ),
                },
            ),
            (
                "fail-on",
                level(
                    config.and_then(|config| config.fail_on.as_ref()),
                    Severity::Error,
                ),
            ),
            (
                "show",
                level(
                    config.and_then(|config| config.show.as_ref()),
                    Severity::Note,
                ),
            ),
            ("output", self.output()),
            ("cache", self.cache()),
        ];
        let values = values.map(|(key, (value, from))| Setting { key, value, from });
        let mut values = Vec::from(values);
        values.extend(self.params());
        values.extend(self.packs());
        values.extend(self.sets());
        values
    }

    fn from<T>(&self, value: Option<&At<T>>) -> Origin {
        value.map_or(Origin::Default, |at| {
            Origin::of(at.source, at.span, self.sources)
        })
    }

    fn output(&self) -> (Option<String>, Origin) {
        let output = self.config.and_then(|config| config.output.as_ref());
        let written = |output: &Output| match &output.file {
            Some(file) => format!("{}={}", output.format.name(), source::display_name(file)),
            None => output.format.name().to_owned(),
        };
        let value = match output {
            Some(at) => at.value.iter().map(written).collect::<Vec<_>>().join(", "),
            None => "pretty".to_owned(),
        };
        (Some(value), self.from(output))
    }

    fn cache(&self) -> (Option<String>, Origin) {
        let cache = self.config.and_then(|config| config.cache.as_ref());
        let on = cache.is_some_and(|cache| cache.value);
        (Some(on.to_string()), self.from(cache))
    }

    /// The values that parameters of rules have, each once.
    fn params(&self) -> Vec<Setting> {
        let params = self.says.as_ref().map(InForce::params).unwrap_or_default();
        let mut settings = Vec::new();
        for (rule, given) in params {
            let mut told = BTreeSet::new();
            let all = given.iter();
            let all =
                all.flat_map(|(from, values)| values.0.iter().map(|value| (from.source, value)));
            let counting = all.filter(|(_, (name, _))| told.insert(name.value.as_str()));
            settings.extend(counting.map(|(source, (name, value))| Setting {
                key: "param",
                value: Some(format!("{rule}: {} = {}", name.value, value.value)),
                from: Origin::of(source, name.span, self.sources),
            }));
        }
        settings
    }

    fn packs(&self) -> impl Iterator<Item = Setting> {
        let configured = self.config.into_iter().flat_map(|config| &config.packs);
        let configured = configured.map(|pack| (&pack.value, self.from(Some(pack))));
        let flags = self.args.packs.rules.iter();
        let flags = flags.map(|pack| (pack, Origin::Flag("--rules")));
        configured.chain(flags).map(|(pack, from)| Setting {
            key: "pack",
            value: Some(source::display_name(pack)),
            from,
        })
    }

    /// The set of the document, and what leaves it out.
    fn sets(&self) -> impl Iterator<Item = Setting> {
        let set = self.config.and_then(|config| config.set_of(&self.path));
        let set = set.map(|(key, set)| Setting {
            key: "set",
            value: Some(key.folder().unwrap_or("by pattern").to_owned()),
            from: self.from(Some(set)),
        });
        let exclude = self.config.and_then(|config| config.excludes(&self.path));
        let exclude = exclude.map(|pattern| Setting {
            key: "exclude",
            value: Some("left out".to_owned()),
            from: self.from(Some(pattern)),
        });
        set.into_iter().chain(exclude)
    }

    fn rules(&self, project: &Project) -> Vec<RuleSetting> {
        let rules = project.packs.rules.iter();
        let settings = rules.map(|rule| {
            let (severity, from) = self.rule(rule, project);
            RuleSetting {
                rule: rule.info.id.clone(),
                severity: severity.map_or("off", Severity::name),
                from,
            }
        });
        settings.collect()
    }

    fn rule(&self, rule: &Rule, project: &Project) -> (Option<Severity>, Origin) {
        let flags = Flags {
            packs: &self.args.packs,
            rules: Some(&self.args.rules),
        };
        if !project.options.chose(rule) {
            let mut ignored = self.args.rules.ignore.iter();
            let flag = if ignored.any(|selector| selector.fits(rule, self.sources)) {
                "--ignore"
            } else {
                "--select"
            };
            return (None, Origin::Flag(flag));
        }
        let says = self.says.as_ref();
        let weight = says.map(|says| says.weight(rule, self.sources));
        let severity = weight.map_or(rule.info.severity, |weight| weight.severity);
        if severity.is_none()
            && let Some(turned_on) = flags.turned_on(rule, self.sources)
        {
            let mut selected = self.args.rules.select.iter();
            let selected = selected.any(|selector| selector.names(rule));
            let flag = if selected { "--select" } else { "--enable" };
            return (Some(turned_on), Origin::Flag(flag));
        }
        let from = weight.and_then(|weight| weight.from);
        let from = from.map_or(Origin::Default, |(source, span)| {
            Origin::of(source, span, self.sources)
        });
        (severity, from)
    }
}
