//! What is open in the editor, what was found in it, and what is answered.

use std::{collections::BTreeMap, error::Error, path::Path};

use lsp_server::{Connection, Message, Notification, Request, RequestId, Response};
use lsp_types::{
    CodeActionOrCommand, DiagnosticRelatedInformation, Location, LogMessageParams, NumberOrString,
    PublishDiagnosticsParams, ShowMessageParams, TextDocumentContentChangeEvent,
    TextDocumentPositionParams, Uri,
    notification::{
        DidChangeTextDocument, DidChangeWatchedFiles, DidCloseTextDocument, DidOpenTextDocument,
        DidSaveTextDocument, LogMessage, Notification as _, PublishDiagnostics, ShowMessage,
    },
    request::{
        CodeActionRequest, CodeLensRequest, Completion, ExecuteCommand, GotoDefinition,
        HoverRequest, Request as _,
    },
};
use serde::de::DeserializeOwned;

use super::{
    examples,
    inbox::Inbox,
    pack,
    place::{self, Encoding},
    report,
};
use crate::{
    cli::{
        args::LspArgs,
        clock, excuses,
        packs::{Packs, Purpose},
        plan::{self, Flags},
        test,
    },
    config::{self, Config, DocumentPath},
    diagnostic::{Diagnostic, Label, Severity},
    document::Format,
    lint::{self, Options},
    packs::PackFile,
    source::{self, SourceFile, Sources},
    span::SourceId,
    yaml,
};

/// What the protocol says where a request cannot be understood.
const INVALID_PARAMS: i32 = -32602;
/// What the protocol says where a request is not known.
const METHOD_NOT_FOUND: i32 = -32601;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

/// A file that is open in the editor.
struct Open {
    uri: Uri,
    version: i32,
    file: SourceFile,
    kind: Kind,
}

/// What a file is to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// A report, in this format.
    Report(Format),
    /// A rule, a kind of fact, a framework or a lexicon.
    Pack,
    /// A configuration; what is on the disk is in force.
    Config,
    /// Something else.
    Other,
}

impl Kind {
    fn of(file: &SourceFile, language: &str) -> Self {
        let path = Path::new(file.name());
        let ending = path.extension().and_then(|ending| ending.to_str());
        if config::is_config(path) {
            return Self::Config;
        }
        if matches!(ending, Some("yaml" | "yml")) {
            return if is_pack(file) {
                Self::Pack
            } else {
                Self::Other
            };
        }
        let text =
            |format: &Format| matches!(format, Format::Text | Format::Markdown | Format::Html);
        let named = Format::of(path).filter(text);
        let spoken = match language {
            "markdown" => Some(Format::Markdown),
            "html" => Some(Format::Html),
            "plaintext" if ending.is_none() => Some(Format::Text),
            _ => None,
        };
        named.or(spoken).map_or(Self::Other, Self::Report)
    }
}

/// Whether a YAML file belongs to a pack, by the keys that only such files have.
fn is_pack(file: &SourceFile) -> bool {
    let mut keys = yaml::entries(file.text()).map(|entry| entry.key);
    match PackFile::of(file.name()) {
        PackFile::Lexicon => true,
        PackFile::Framework => keys.any(|key| ["scales", "criteria", "names"].contains(&key)),
        PackFile::Rule => keys.any(|key| ["assert", "extend", "fact", "examples"].contains(&key)),
    }
}

/// What was found in everything that is open.
#[derive(Default)]
pub(super) struct Checked {
    /// The files, those of packs among them.
    pub(super) sources: Sources,
    /// The id of each open file, by its URI.
    pub(super) ids: BTreeMap<String, SourceId>,
    /// What was found in the reports.
    pub(super) report: lint::Report,
}

/// The rules and frameworks in force, and what is wrong with files that are not.
struct Loaded {
    config: Option<Config>,
    packs: Packs,
    sources: Sources,
    /// The ids of open files, by their URIs.
    ids: BTreeMap<String, SourceId>,
}

impl Loaded {
    /// What the binary carries.
    fn shipped() -> Option<Self> {
        let mut sources = Sources::new();
        Some(Self {
            config: None,
            packs: Packs::of(Vec::new(), Purpose::Documents, &mut sources).ok()?,
            sources,
            ids: BTreeMap::new(),
        })
    }
}

/// The server.
pub(super) struct Server<'a> {
    args: &'a LspArgs,
    encoding: Encoding,
    connection: &'a Connection,
    open: BTreeMap<String, Open>,
    /// The last packs that were sound.
    loaded: Option<Loaded>,
    /// Whether they are those that are open now.
    sound: bool,
    checked: Checked,
    /// What was said last of mistakes that no open file shows.
    complaint: Option<String>,
    /// Whether the packs, and whether the reports, changed since they were last looked at.
    stale: Stale,
}

#[derive(Clone, Copy, Debug, Default)]
struct Stale {
    packs: bool,
    reports: bool,
}

impl Stale {
    const fn any(self) -> bool {
        self.packs || self.reports
    }
}

impl<'a> Server<'a> {
    /// A server that has nothing open yet.
    pub(super) fn new(args: &'a LspArgs, encoding: Encoding, connection: &'a Connection) -> Self {
        Self {
            args,
            encoding,
            connection,
            open: BTreeMap::new(),
            loaded: None,
            sound: false,
            checked: Checked::default(),
            complaint: None,
            stale: Stale {
                packs: true,
                reports: true,
            },
        }
    }

    /// Answers until the editor is done. What was typed is looked at when nothing more waits to be read: of texts that follow
    /// one another, the last.
    pub(super) fn listen(&mut self) -> Outcome<()> {
        let mut inbox = Inbox::new(self.connection);
        loop {
            if self.stale.any() && inbox.is_empty() {
                self.refresh()?;
            }
            let Some(message) = inbox.next() else {
                return Ok(());
            };
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request)? {
                        return Ok(());
                    }
                    let response = if let Some((code, why)) = inbox.is_moot(&request) {
                        Response::new_err(request.id, code, why.to_owned())
                    } else {
                        self.refresh()?;
                        self.answer(request)?
                    };
                    self.connection.sender.send(Message::Response(response))?;
                }
                Message::Notification(notification) => self.hear(notification)?,
                Message::Response(_) => {}
            }
        }
    }

    /// Takes note of what changed in the editor. What cannot be understood is logged, and nothing comes of it.
    fn hear(&mut self, notification: Notification) -> Outcome<()> {
        let Notification { method, params, .. } = notification;
        match method.as_str() {
            DidOpenTextDocument::METHOD => {
                if let Some(params) = self.understood(&method, params)? {
                    self.opened(params);
                }
            }
            DidChangeTextDocument::METHOD => {
                if let Some(params) = self.understood(&method, params)? {
                    self.change(&params);
                }
            }
            DidCloseTextDocument::METHOD => {
                if let Some(params) = self.understood(&method, params)? {
                    self.closed(params)?;
                }
            }
            DidSaveTextDocument::METHOD => {
                if let Some(params) = self.understood(&method, params)? {
                    self.saved(&params);
                }
            }
            // A configuration, or a pack that it names, may be among what changed.
            DidChangeWatchedFiles::METHOD => self.stale.packs = true,
            _ => {}
        }
        Ok(())
    }

    /// The parameters of a notification; nothing where they are none.
    fn understood<P: DeserializeOwned>(
        &self,
        method: &str,
        params: serde_json::Value,
    ) -> Outcome<Option<P>> {
        match serde_json::from_value(params) {
            Ok(params) => Ok(Some(params)),
            Err(error) => {
                let params = LogMessageParams {
                    typ: lsp_types::MessageType::ERROR,
                    message: format!("`{method}` was not understood: {error}"),
                };
                let note = Notification::new(LogMessage::METHOD.to_owned(), params);
                self.connection.sender.send(Message::Notification(note))?;
                Ok(None)
            }
        }
    }

    fn opened(&mut self, params: lsp_types::DidOpenTextDocumentParams) {
        let item = params.text_document;
        let file = SourceFile::new(&place::path(&item.uri), &item.text);
        let kind = Kind::of(&file, &item.language_id);
        self.touch(kind);
        let open = Open {
            version: item.version,
            file,
            kind,
            uri: item.uri,
        };
        self.open.insert(open.uri.as_str().to_owned(), open);
    }

    fn closed(&mut self, params: lsp_types::DidCloseTextDocumentParams) -> Outcome<()> {
        let uri = params.text_document.uri;
        let Some(open) = self.open.remove(uri.as_str()) else {
            return Ok(());
        };
        self.touch(open.kind);
        self.publish(uri, None, Vec::new())
    }

    fn saved(&mut self, params: &lsp_types::DidSaveTextDocumentParams) {
        let saved = self.open.get(params.text_document.uri.as_str());
        // Reports are checked as they are typed.
        let is_report = saved.is_some_and(|open| matches!(open.kind, Kind::Report(_)));
        self.stale.packs |= !is_report;
    }

    fn change(&mut self, params: &lsp_types::DidChangeTextDocumentParams) {
        let Some(open) = self.open.get_mut(params.text_document.uri.as_str()) else {
            return;
        };
        for change in &params.content_changes {
            let text = changed(&open.file, change, self.encoding);
            open.file = SourceFile::new(open.file.name(), &text);
        }
        open.version = params.text_document.version;
        if open.kind == Kind::Other {
            open.kind = Kind::of(&open.file, "");
        }
        let kind = open.kind;
        self.touch(kind);
    }

    fn touch(&mut self, kind: Kind) {
        match kind {
            Kind::Report(_) => self.stale.reports = true,
            Kind::Pack | Kind::Config => self.stale.packs = true,
            Kind::Other => {}
        }
    }

    /// Looks at what changed, and shows what is found.
    fn refresh(&mut self) -> Outcome<()> {
        if self.stale.packs {
            self.load()?;
            self.stale.reports = true;
        }
        if self.stale.reports {
            self.check()?;
        }
        self.stale = Stale::default();
        Ok(())
    }

    /// Loads the configuration and the packs, those that are open as they stand in the editor. Where something of it is not sound,
    /// what was in force stays so.
    fn load(&mut self) -> Outcome<()> {
        let mut sources = Sources::new();
        let mut problems = Vec::new();
        let config = plan::config_file(&self.args.packs, &[]).map(|file| {
            let (config, found) = config::load(&file, &mut sources);
            problems.extend(found);
            config
        });
        let folders = config.iter().flat_map(|config| &config.packs);
        let folders: Vec<_> = folders
            .map(|folder| &folder.value)
            .chain(&self.args.packs.rules)
            .collect();
        let (mut files, unread) = Packs::files(folders.iter().copied());
        problems.extend(unread);
        for open in self.open.values().filter(|open| open.kind == Kind::Pack) {
            match files.iter_mut().find(|(file, _)| is_same(file, open)) {
                Some((file, _)) => *file = open.file.clone(),
                None => files.push((open.file.clone(), folders.len())),
            }
        }
        let packs = Packs::of(files, Purpose::Documents, &mut sources);
        let packs = packs.map_err(|found| problems.extend(found)).ok();
        if let (Some(config), Some(packs)) = (&config, &packs) {
            problems.extend(config.check(&packs.rules, &packs.frameworks, &sources));
        }
        let of_packs = |open: &&Open| matches!(open.kind, Kind::Pack | Kind::Config);
        let ids: BTreeMap<String, SourceId> = self
            .open
            .values()
            .filter(of_packs)
            .filter_map(|open| {
                // A shipped file may have the name of the one that takes its place.
                let known = sources.iter().filter(|(_, file)| is_same(file, open));
                let (id, _) = known.last()?;
                Some((open.uri.as_str().to_owned(), id))
            })
            .collect();
        let is_sound = problems.is_empty();
        if let Some(packs) = packs.as_ref().filter(|_| is_sound) {
            problems.extend(failed_examples(packs, &ids));
        }
        for open in self.open.values().filter(of_packs) {
            let id = ids.get(open.uri.as_str()).copied();
            let here = problems.iter().filter(|problem| {
                id.is_some() && problem.primary().map(|label| label.source) == id
            });
            let here = here
                .map(|problem| self.shown(problem, &sources, &ids))
                .collect();
            self.publish(open.uri.clone(), Some(open.version), here)?;
        }
        if let Some(packs) = &packs {
            problems.extend(plan::unknown(self.flags(), &[packs], &sources));
        }
        let complaint = self.complaint_of(&problems, &sources, &ids, is_sound);
        self.complain(complaint)?;
        let loaded = packs.filter(|_| is_sound).map(|packs| Loaded {
            config,
            packs,
            sources,
            ids,
        });
        self.sound = loaded.is_some();
        if loaded.is_some() {
            self.loaded = loaded;
        } else if self.loaded.is_none() {
            self.loaded = Loaded::shipped();
        }
        Ok(())
    }

    /// What is to be said of mistakes that no open file shows: those of files that are not open, of paths and of arguments.
    fn complaint_of(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        ids: &BTreeMap<String, SourceId>,
        is_sound: bool,
    ) -> Option<String> {
        let is_shown = |problem: &&Diagnostic| {
            let place = problem.primary();
            place.is_some_and(|label| ids.values().any(|id| *id == label.source))
        };
        let mut unseen = problems.iter().filter(|problem| !is_shown(problem));
        let first = unseen.next()?;
        let place = first.primary().and_then(|label| {
            let file = sources.get(label.source)?;
            let line = file.lines().line(label.span.start) + 1;
            Some(format!("{}, line {line}: ", file.name()))
        });
        let more = match unseen.count() {
            0 => String::new(),
            more => format!("; {more} more"),
        };
        let then = match (is_sound, &self.loaded) {
            (true, _) => "",
            (false, None) => ". Until that is mended, only the shipped rules are in force",
            (false, Some(_)) => ". Until that is mended, the rules stay as they were",
        };
        let place = place.unwrap_or_default();
        Some(format!("{place}{}{more}{then}.", first.message))
    }

    /// Says what is wrong, once for as long as it stays so.
    fn complain(&mut self, complaint: Option<String>) -> Outcome<()> {
        if let Some(message) = &complaint
            && self.complaint != complaint
        {
            self.say(lsp_types::MessageType::ERROR, message.clone())?;
        }
        self.complaint = complaint;
        Ok(())
    }

    /// Shows a message to whoever writes.
    fn say(&self, typ: lsp_types::MessageType, message: String) -> Outcome<()> {
        let note = ShowMessageParams { typ, message };
        let note = Notification::new(ShowMessage::METHOD.to_owned(), note);
        Ok(self.connection.sender.send(Message::Notification(note))?)
    }

    /// What the command line of the server says.
    const fn flags(&self) -> Flags<'a> {
        Flags {
            packs: &self.args.packs,
            rules: Some(&self.args.rules),
        }
    }

    /// Checks the reports that are open.
    fn check(&mut self) -> Outcome<()> {
        let Some(loaded) = &self.loaded else {
            return Ok(());
        };
        let mut checked = Checked {
            sources: loaded.sources.clone(),
            ids: loaded.ids.clone(),
            report: lint::Report::default(),
        };
        let flags = self.flags();
        let mut options = Options {
            only: Some(plan::chosen(
                &self.args.rules,
                &loaded.packs,
                &loaded.sources,
            )),
            keep: true,
            today: Some(clock::today()),
            ..Options::default()
        };
        let mut documents = Vec::new();
        for open in self.open.values() {
            if let Kind::Report(format) = open.kind {
                let id = checked.sources.add(open.file.clone());
                checked.ids.insert(open.uri.as_str().to_owned(), id);
                documents.push((id, format));
                let path = DocumentPath::new(Path::new(open.file.name()));
                let in_force = loaded.config.as_ref().map(|config| config.of(&path));
                let settings =
                    plan::settings(flags, in_force.as_ref(), &loaded.packs, &loaded.sources);
                options.of_document.insert(id, options.others.len());
                options.others.push(settings);
                let beside = excuses::beside(Path::new(open.file.name()), &mut checked.sources);
                options.excuses.insert(id, beside.0);
            }
        }
        let (rules, frameworks) = (&loaded.packs.rules, &loaded.packs.frameworks);
        checked.report = lint::check(&checked.sources, &documents, rules, frameworks, &options);
        let show: Severity = self.args.show.into();
        checked
            .report
            .diagnostics
            .retain(|found| found.severity >= show);
        for open in self.open.values() {
            if let (Kind::Report(_), Some(id)) = (open.kind, checked.ids.get(open.uri.as_str())) {
                let here = checked
                    .report
                    .diagnostics
                    .iter()
                    .filter(|found| found.primary().is_some_and(|label| label.source == *id));
                let here = here
                    .map(|found| self.shown(found, &checked.sources, &checked.ids))
                    .collect();
                self.publish(open.uri.clone(), Some(open.version), here)?;
            }
        }
        self.checked = checked;
        Ok(())
    }

    fn publish(
        &self,
        uri: Uri,
        version: Option<i32>,
        diagnostics: Vec<lsp_types::Diagnostic>,
    ) -> Outcome<()> {
        let params = PublishDiagnosticsParams {
            uri,
            diagnostics,
            version,
        };
        let note = Notification::new(PublishDiagnostics::METHOD.to_owned(), params);
        Ok(self.connection.sender.send(Message::Notification(note))?)
    }

    /// A diagnostic as the protocol has it: the other places are related ones.
    fn shown(
        &self,
        found: &Diagnostic,
        sources: &Sources,
        ids: &BTreeMap<String, SourceId>,
    ) -> lsp_types::Diagnostic {
        let mut places = found.labels.iter().filter_map(|label| {
            let uri = self.open_as(label.source, ids)?.uri.clone();
            let range = self.encoding.range(sources.get(label.source)?, label.span);
            Some((uri, range, label.message.clone()))
        });
        let primary = places.next();
        let related: Vec<_> = places
            .map(|(uri, range, message)| DiagnosticRelatedInformation {
                location: Location { uri, range },
                message: if message.is_empty() {
                    found.message.clone()
                } else {
                    message
                },
            })
            .collect();
        lsp_types::Diagnostic {
            range: primary.map(|(_, range, _)| range).unwrap_or_default(),
            severity: Some(match found.severity {
                Severity::Error => lsp_types::DiagnosticSeverity::ERROR,
                Severity::Warning => lsp_types::DiagnosticSeverity::WARNING,
                Severity::Note => lsp_types::DiagnosticSeverity::INFORMATION,
            }),
            code: Some(NumberOrString::String(found.code.clone())),
            source: Some("assize".to_owned()),
            message: report::message(found),
            related_information: Some(related).filter(|related| !related.is_empty()),
            ..lsp_types::Diagnostic::default()
        }
    }

    fn answer(&self, request: Request) -> Outcome<Response> {
        let Request { id, method, params } = request;
        Ok(match method.as_str() {
            HoverRequest::METHOD => respond(id, params, |params: lsp_types::HoverParams| {
                self.hover(&params.text_document_position_params)
            }),
            GotoDefinition::METHOD => {
                respond(id, params, |params: lsp_types::GotoDefinitionParams| {
                    self.other_places(&params.text_document_position_params)
                })
            }
            CodeActionRequest::METHOD => {
                respond(id, params, |params: lsp_types::CodeActionParams| {
                    self.actions(&params)
                })
            }
            Completion::METHOD => respond(id, params, |params: lsp_types::CompletionParams| {
                self.completions(&params.text_document_position)
            }),
            CodeLensRequest::METHOD => respond(id, params, |params: lsp_types::CodeLensParams| {
                self.lenses(&params.text_document.uri)
            }),
            ExecuteCommand::METHOD => self.execute(id, params)?,
            _ => Response::new_err(
                id,
                METHOD_NOT_FOUND,
                format!("`{method}` is not known here"),
            ),
        })
    }

    fn lenses(&self, uri: &Uri) -> Option<Vec<lsp_types::CodeLens>> {
        let open = self.open.get(uri.as_str())?;
        let lens = (open.kind == Kind::Pack)
            .then(|| examples::lens(&open.file, uri.as_str(), self.encoding));
        Some(lens.flatten().into_iter().collect())
    }

    /// Runs the examples of a rule file, answers what came of it, and says it in one line to whoever asked.
    fn execute(&self, id: RequestId, params: serde_json::Value) -> Outcome<Response> {
        let params: lsp_types::ExecuteCommandParams = match serde_json::from_value(params) {
            Ok(params) => params,
            Err(error) => return Ok(Response::new_err(id, INVALID_PARAMS, error.to_string())),
        };
        if params.command != examples::RUN {
            let message = format!("`{}` is no command of this server", params.command);
            return Ok(Response::new_err(id, INVALID_PARAMS, message));
        }
        let uri = params.arguments.first().and_then(|uri| uri.as_str());
        let ran = self.ran(uri.unwrap_or_default());
        let (typ, message) = match &ran {
            Ok(ran) => (ran.weight(), ran.message.clone()),
            Err(message) => (lsp_types::MessageType::ERROR, message.clone()),
        };
        self.say(typ, message)?;
        Ok(Response::new_ok(id, ran.ok()))
    }

    /// What the examples of an open rule file come to; a sentence where they cannot be run.
    fn ran(&self, uri: &str) -> Result<examples::Ran, String> {
        let open = self.open.get(uri).filter(|open| open.kind == Kind::Pack);
        let open = open.ok_or("no rule file of that name is open")?;
        let loaded = self.loaded.as_ref().filter(|_| self.sound);
        let loaded =
            loaded.ok_or("the rules have mistakes: mend them before their examples are run")?;
        let source = loaded.ids.get(uri).ok_or("the file holds no rule")?;
        examples::run(&loaded.packs, &open.file, *source)
    }

    /// The open file that has this id.
    fn open_as(&self, source: SourceId, ids: &BTreeMap<String, SourceId>) -> Option<&Open> {
        let (uri, _) = ids.iter().find(|(_, id)| **id == source)?;
        self.open.get(uri)
    }

    /// The file that a request is about, and the byte.
    fn asked(&self, at: &TextDocumentPositionParams) -> Option<(&Open, usize)> {
        let open = self.open.get(at.text_document.uri.as_str())?;
        Some((open, self.encoding.offset(&open.file, at.position)))
    }

    fn hover(&self, at: &TextDocumentPositionParams) -> Option<lsp_types::Hover> {
        let (open, offset) = self.asked(at)?;
        let loaded = self.loaded.as_ref()?;
        let (span, text) = match open.kind {
            Kind::Report(_) => {
                let id = *self.checked.ids.get(open.uri.as_str())?;
                report::hover(&self.checked, &loaded.packs.rules, id, offset)?
            }
            Kind::Pack | Kind::Config => {
                let of = pack::schema_of(&open.file, open.kind == Kind::Config);
                pack::hover(&open.file, of, &loaded.packs.rules, offset)?
            }
            Kind::Other => return None,
        };
        Some(lsp_types::Hover {
            contents: lsp_types::HoverContents::Markup(lsp_types::MarkupContent {
                kind: lsp_types::MarkupKind::Markdown,
                value: text,
            }),
            range: Some(self.encoding.range(&open.file, span)),
        })
    }

    /// Where else the problems stand that have a place at a position.
    fn other_places(
        &self,
        at: &TextDocumentPositionParams,
    ) -> Option<lsp_types::GotoDefinitionResponse> {
        let (open, offset) = self.asked(at)?;
        let id = *self.checked.ids.get(open.uri.as_str())?;
        let places = report::other_places(&self.checked, id, offset);
        let places = places.filter_map(|label| {
            let open = self.open_as(label.source, &self.checked.ids)?;
            Some(Location {
                uri: open.uri.clone(),
                range: self.encoding.range(&open.file, label.span),
            })
        });
        Some(lsp_types::GotoDefinitionResponse::Array(places.collect()))
    }

    fn actions(&self, params: &lsp_types::CodeActionParams) -> Option<Vec<CodeActionOrCommand>> {
        let open = self.open.get(params.text_document.uri.as_str())?;
        let Kind::Report(format) = open.kind else {
            return None;
        };
        let id = *self.checked.ids.get(open.uri.as_str())?;
        let [start, end] = [params.range.start, params.range.end]
            .map(|position| self.encoding.offset(&open.file, position));
        let touches = |label: &Label| {
            label.source == id && label.span.start <= end && start <= label.span.end
        };
        let mut actions = Vec::new();
        for found in &self.checked.report.diagnostics {
            if let Some(fix) = &found.fix
                && fix.source == id
                && found.labels.iter().any(touches)
                && let Some(edit) = report::fix(&open.file, format, found)
            {
                let was = open.file.text_of(edit.span);
                let title = format!("Write “{}” in the place of “{was}”", edit.text);
                actions.push(self.action(open, found, title, edit, true));
            }
            if found.primary().is_some_and(touches)
                && let Some(edit) = report::ignore(&open.file, format, found)
            {
                let title = format!("Ignore `{}` here, with a reason", found.code);
                actions.push(self.action(open, found, title, edit, false));
            }
        }
        Some(actions)
    }

    fn action(
        &self,
        open: &Open,
        found: &Diagnostic,
        title: String,
        edit: report::Edit,
        is_preferred: bool,
    ) -> CodeActionOrCommand {
        let edit = lsp_types::TextEdit {
            range: self.encoding.range(&open.file, edit.span),
            new_text: edit.text,
        };
        // The key holds what the protocol compares by its text alone.
        #[expect(clippy::mutable_key_type, reason = "the type of the protocol")]
        let changes = std::iter::once((open.uri.clone(), vec![edit])).collect();
        let shown = self.shown(found, &self.checked.sources, &self.checked.ids);
        CodeActionOrCommand::CodeAction(lsp_types::CodeAction {
            title,
            kind: Some(lsp_types::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![shown]),
            is_preferred: is_preferred.then_some(true),
            edit: Some(lsp_types::WorkspaceEdit {
                changes: Some(changes),
                ..lsp_types::WorkspaceEdit::default()
            }),
            ..lsp_types::CodeAction::default()
        })
    }

    fn completions(
        &self,
        at: &TextDocumentPositionParams,
    ) -> Option<lsp_types::CompletionResponse> {
        let (open, offset) = self.asked(at)?;
        let loaded = self.loaded.as_ref()?;
        matches!(open.kind, Kind::Pack | Kind::Config).then(|| {
            let of = pack::schema_of(&open.file, open.kind == Kind::Config);
            let items = pack::completions(&open.file, of, &loaded.packs.rules, offset);
            lsp_types::CompletionResponse::Array(items)
        })
    }
}

/// Whether a file is the one that is open.
fn is_same(file: &SourceFile, open: &Open) -> bool {
    let [one, other] = [file.name(), open.file.name()];
    one == other || source::is_same_file(Path::new(one), Path::new(other))
}

/// The text of a file after a change.
fn changed(
    file: &SourceFile,
    change: &TextDocumentContentChangeEvent,
    encoding: Encoding,
) -> String {
    let Some(range) = change.range else {
        return change.text.clone();
    };
    let start = encoding.offset(file, range.start);
    let end = encoding.offset(file, range.end).max(start);
    let mut text = file.text().to_owned();
    text.replace_range(start..end, &change.text);
    text
}

/// What is said of the examples of open rule files that do not hold.
fn failed_examples(packs: &Packs, ids: &BTreeMap<String, SourceId>) -> Vec<Diagnostic> {
    let open: Vec<SourceId> = ids.values().copied().collect();
    let rules = packs
        .rules
        .iter()
        .filter(|rule| open.contains(&rule.info.source));
    let (reports, mut problems) = lint::run_examples(&packs.rules, rules, &packs.frameworks);
    problems.extend(
        reports
            .iter()
            .filter_map(|report| test::failure(report, packs)),
    );
    problems
}

/// Reads the parameters of a request and answers it.
fn respond<P: DeserializeOwned, R: serde::Serialize>(
    id: RequestId,
    params: serde_json::Value,
    work: impl FnOnce(P) -> R,
) -> Response {
    match serde_json::from_value(params) {
        Ok(params) => Response::new_ok(id, work(params)),
        Err(error) => Response::new_err(id, INVALID_PARAMS, error.to_string()),
    }
}
