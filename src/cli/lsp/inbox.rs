//! What an editor has sent and nobody has looked at yet.
//!
//! An editor sends each keystroke. While one text is checked others come in, and of them the last alone is worth it; so whatever
//! waits is taken in before anything is checked.

use std::{collections::VecDeque, time::Duration};

use lsp_server::{Connection, Message, Request, RequestId};
use lsp_types::{
    CancelParams, NumberOrString,
    notification::{Cancel, DidChangeTextDocument, Notification as _},
    request::{
        CodeActionRequest, CodeLensRequest, Completion, GotoDefinition, HoverRequest, Request as _,
        Shutdown,
    },
};
use serde::Deserialize as _;
use serde_json::Value;

/// Nothing more waits when nothing comes for this long: the messages are handed over one by one.
const QUIET: Duration = Duration::from_millis(3);
/// Messages that are taken in at most, whatever an editor sends.
const MOST: usize = 4096;
/// What the protocol says where a text was changed after a request about it.
const CONTENT_MODIFIED: i32 = -32801;
/// What the protocol says where the editor no longer wants an answer.
const REQUEST_CANCELLED: i32 = -32800;
/// Requests about a text as it is shown, which the editor sends again when it shows another.
const OF_A_TEXT: [&str; 5] = [
    HoverRequest::METHOD,
    GotoDefinition::METHOD,
    CodeActionRequest::METHOD,
    CodeLensRequest::METHOD,
    Completion::METHOD,
];

/// Messages in the order in which they came.
pub(super) struct Inbox<'a> {
    connection: &'a Connection,
    waiting: VecDeque<Message>,
}

impl<'a> Inbox<'a> {
    pub(super) const fn new(connection: &'a Connection) -> Self {
        Self {
            connection,
            waiting: VecDeque::new(),
        }
    }

    /// Whether nothing waits.
    pub(super) fn is_empty(&mut self) -> bool {
        if self.waiting.is_empty() {
            self.take_in();
        }
        self.waiting.is_empty()
    }

    /// The next message, as soon as there is one; `None` when no other can come.
    pub(super) fn next(&mut self) -> Option<Message> {
        if self.waiting.is_empty() {
            let first = self.connection.receiver.recv().ok()?;
            self.waiting.push_back(first);
            self.take_in();
        }
        self.waiting.pop_front()
    }

    /// Why a request needs no answer, with the code of that: its text was changed since, or the editor changed its mind.
    pub(super) fn is_moot(&self, request: &Request) -> Option<(i32, &'static str)> {
        let mut later = self.waiting.iter().filter_map(|message| match message {
            Message::Notification(notification) => Some(notification),
            Message::Request(_) | Message::Response(_) => None,
        });
        let cancelled = later.clone().filter(|later| later.method == Cancel::METHOD);
        let mut cancelled =
            cancelled.filter_map(|later| CancelParams::deserialize(&later.params).ok());
        if cancelled.any(|cancel| request.id == id(cancel.id)) {
            return Some((REQUEST_CANCELLED, "it was cancelled"));
        }
        let text = |params: &Value| params["textDocument"]["uri"].as_str().map(str::to_owned);
        let of = text(&request.params);
        let changed = OF_A_TEXT.contains(&&*request.method)
            && later.any(|later| {
                later.method == DidChangeTextDocument::METHOD && text(&later.params) == of
            });
        changed.then_some((CONTENT_MODIFIED, "the text was changed since"))
    }

    /// Takes in what waits, up to a farewell, whose end is waited for elsewhere.
    fn take_in(&mut self) {
        let is_farewell = |message: &Message| match message {
            Message::Request(request) => request.method == Shutdown::METHOD,
            Message::Notification(_) | Message::Response(_) => false,
        };
        while self.waiting.len() < MOST && !self.waiting.back().is_some_and(is_farewell) {
            match self.connection.receiver.recv_timeout(QUIET) {
                Ok(message) => self.waiting.push_back(message),
                Err(_) => break,
            }
        }
    }
}

/// The id that a request has.
fn id(of: NumberOrString) -> RequestId {
    match of {
        NumberOrString::Number(number) => number.into(),
        NumberOrString::String(text) => text.into(),
    }
}
