//! `assize lsp`: the language server, for editors.
//!
//! Reports are checked as they are typed, those that are open about one inspection together. Rule files are loaded as they are
//! typed too: their mistakes and the examples that do not hold are shown in them, and a file that is sound is in force for the
//! reports beside it at once.
//!
//! - `server`: what is open, what is asked and answered; `inbox`: what waits for it.
//! - `report`: what an editor asks about a report; `pack`: about a rule file, framework, lexicon or configuration, of which
//!   `schema` knows the keys.
//! - `examples`: running those of a rule file.
//! - `place`: positions of the protocol.

mod examples;
mod inbox;
mod pack;
mod place;
mod report;
mod schema;
mod server;

use std::{error::Error, io, io::Write as _, process::ExitCode};

use lsp_server::Connection;
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, CodeLensOptions,
    CompletionOptions, ExecuteCommandOptions, HoverProviderCapability, InitializeParams, OneOf,
    ServerCapabilities, ServerInfo, TextDocumentSyncCapability, TextDocumentSyncKind,
    TextDocumentSyncOptions, TextDocumentSyncSaveOptions,
};
use serde::Serialize;

use self::{place::Encoding, server::Server};
use super::args::LspArgs;

/// Serves an editor over standard input and output until it says that it is done.
pub(super) fn run(args: &LspArgs) -> ExitCode {
    let (connection, threads) = Connection::stdio();
    let served = serve(args, &connection);
    // The writing thread ends when nothing more can come.
    drop(connection);
    let joined = threads.join().map_err(Into::into);
    match served.and(joined) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Nobody is left to be told where standard error is closed too.
            let _ = writeln!(io::stderr(), "assize lsp: {error}");
            ExitCode::from(2)
        }
    }
}

/// What the server answers the first message of an editor.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Greeting {
    capabilities: ServerCapabilities,
    server_info: ServerInfo,
}

fn serve(args: &LspArgs, connection: &Connection) -> Result<(), Box<dyn Error + Send + Sync>> {
    let (id, params) = connection.initialize_start()?;
    let params: InitializeParams = serde_json::from_value(params)?;
    let encoding = Encoding::agreed(&params);
    let greeting = Greeting {
        capabilities: capabilities(encoding),
        server_info: ServerInfo {
            name: "assize".to_owned(),
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        },
    };
    connection.initialize_finish(id, serde_json::to_value(greeting)?)?;
    Server::new(args, encoding, connection).listen()
}

fn capabilities(encoding: Encoding) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(encoding.kind()),
        text_document_sync: Some(TextDocumentSyncCapability::Options(
            TextDocumentSyncOptions {
                open_close: Some(true),
                change: Some(TextDocumentSyncKind::INCREMENTAL),
                save: Some(TextDocumentSyncSaveOptions::Supported(true)),
                ..TextDocumentSyncOptions::default()
            },
        )),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        definition_provider: Some(OneOf::Left(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
            ..CodeActionOptions::default()
        })),
        code_lens_provider: Some(CodeLensOptions {
            resolve_provider: Some(false),
        }),
        execute_command_provider: Some(ExecuteCommandOptions {
            commands: vec![examples::RUN.to_owned()],
            ..ExecuteCommandOptions::default()
        }),
        completion_provider: Some(CompletionOptions {
            trigger_characters: Some(vec![".".to_owned()]),
            ..CompletionOptions::default()
        }),
        ..ServerCapabilities::default()
    }
}
