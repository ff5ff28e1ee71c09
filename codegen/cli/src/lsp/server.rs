//! The life of the server: what comes in is taken one after the other, and what changed is spoken of when it is quiet.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use eventc_compiler::FileId;
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher,
    GlobPattern, InitializeParams, MessageType, Registration, RegistrationParams,
    ShowMessageParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use super::client::Client;
use super::diagnostics::Published;
use super::explanations::Explanations;
use super::grammar::Grammar;
use super::snapshot::Snapshot;
use super::spelling::Spelling;
use super::wire::{self, ErrorCode, Message, Notification, Request};
use super::workspace::Workspace;
use super::{capabilities, requests};

/// Who types is told nothing until so long after the last key.
const QUIET: Duration = Duration::from_millis(60);

/// And hears of the text at least so often, however fast the typing is.
const PATIENCE: Duration = Duration::from_millis(400);

/// How a session came to its end.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    /// As it should: `shutdown`, and then `exit`.
    Asked,
    /// The editor went away, or said `exit` out of turn.
    Abrupt,
    /// What came in is no message, nor does it say where the next one begins.
    Lost(String),
}

/// Why a request has no answer.
pub(super) type Refusal = (ErrorCode, String);

pub(super) struct Server {
    inbox: Receiver<Message>,
    outbox: Box<dyn Fn(&Json)>,
    /// What came in and was not yet looked at.
    waiting: VecDeque<Message>,
    /// The ids of requests that nobody waits for any more, as JSON.
    cancelled: BTreeSet<String>,
    phase: Phase,
    spelling: Spelling,
    /// Set by `initialize`.
    pub(super) client: Client,
    pub(super) workspace: Workspace,
    pub(super) explanations: Explanations,
    pub(super) grammar: Grammar,
    published: Published,
    /// What was last shown about files that cannot be read.
    trouble: Vec<String>,
    unsaid: Option<Unsaid>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    New,
    Running,
    ShutDown,
}

/// What to do next.
enum Next {
    Message(Message),
    /// It is time to tell what is wrong.
    Speak,
    /// The editor is gone.
    Gone,
}

/// Since when there is something to say, and when the last of it came.
#[derive(Debug, Clone, Copy)]
struct Unsaid {
    first: Instant,
    last: Instant,
}

impl Unsaid {
    fn due(self) -> Instant {
        (self.last + QUIET).min(self.first + PATIENCE)
    }
}

impl Server {
    pub(super) fn new(inbox: Receiver<Message>, outbox: Box<dyn Fn(&Json)>) -> Self {
        let client = Client::new(&lsp_types::ClientCapabilities::default());
        Self {
            inbox,
            outbox,
            waiting: VecDeque::new(),
            cancelled: BTreeSet::new(),
            phase: Phase::New,
            spelling: Spelling::default(),
            client,
            workspace: Workspace::new(client.encoding),
            explanations: Explanations::default(),
            grammar: Grammar::new(),
            published: Published::default(),
            trouble: Vec::new(),
            unsaid: None,
        }
    }

    /// Serves until the editor is done.
    pub(super) fn run(mut self) -> End {
        loop {
            self.look_ahead();
            match self.next() {
                Next::Message(Message::Request(request)) => self.request(request),
                Next::Message(Message::Notification(notification)) => {
                    if notification.method == notification::Exit::METHOD {
                        return match self.phase {
                            Phase::ShutDown => End::Asked,
                            Phase::New | Phase::Running => End::Abrupt,
                        };
                    }
                    self.notification(notification);
                }
                // To the registration of watchers: without them, files are read again with the next change.
                Next::Message(Message::Answer) => {}
                Next::Message(Message::Malformed(answer)) => self.send(answer),
                Next::Message(Message::Lost(why)) => return End::Lost(why),
                Next::Speak => self.publish(),
                Next::Gone => return End::Abrupt,
            }
        }
    }

    /// Takes in what has come, so that a request which was cancelled meanwhile is known as such.
    fn look_ahead(&mut self) {
        while let Ok(message) = self.inbox.try_recv() {
            self.take_in(message);
        }
    }

    fn take_in(&mut self, message: Message) {
        match message {
            Message::Notification(cancel) if cancel.method == notification::Cancel::METHOD => {
                let id = cancel.params.get("id");
                self.cancelled.extend(id.map(Json::to_string));
            }
            other => self.waiting.push_back(other),
        }
    }

    fn next(&mut self) -> Next {
        loop {
            let now = Instant::now();
            // However much there is to do.
            if self
                .unsaid
                .is_some_and(|unsaid| unsaid.first + PATIENCE <= now)
            {
                return Next::Speak;
            }
            if let Some(message) = self.waiting.pop_front() {
                return Next::Message(message);
            }
            // What is not waiting was answered: an id may be used again.
            self.cancelled.clear();
            let message = match self.unsaid {
                None => self.inbox.recv().map_err(RecvTimeoutError::from),
                Some(unsaid) => {
                    let pause = unsaid.due().saturating_duration_since(now);
                    self.inbox.recv_timeout(pause)
                }
            };
            match message {
                Ok(message) => self.take_in(message),
                Err(RecvTimeoutError::Timeout) => return Next::Speak,
                Err(RecvTimeoutError::Disconnected) => return Next::Gone,
            }
        }
    }

    fn request(&mut self, mut request: Request) {
        self.spelling.take_in(&mut request.params);
        let phase = self.phase;
        let answer = self.answer(&request);
        self.look_ahead();
        // What began or ended the session has happened.
        let answer = if self.cancelled.remove(&request.id.to_string()) && self.phase == phase {
            Err((ErrorCode::RequestCanceled, "cancelled".to_owned()))
        } else {
            answer
        };
        self.send(match answer {
            Ok(result) => wire::result(request.id, result),
            Err((code, why)) => wire::error(request.id, code, &why),
        });
    }

    fn answer(&mut self, request: &Request) -> Result<Json, Refusal> {
        if self.cancelled.contains(&request.id.to_string()) {
            return Err((ErrorCode::RequestCanceled, "cancelled".to_owned()));
        }
        let is_first = request.method == request::Initialize::METHOD;
        match self.phase {
            Phase::New if is_first => self.initialize(params(&request.params)?),
            Phase::New => Err((
                ErrorCode::ServerNotInitialized,
                "`initialize` comes first".to_owned(),
            )),
            Phase::Running if is_first => Err((
                ErrorCode::InvalidRequest,
                "`initialize` comes once".to_owned(),
            )),
            Phase::Running if request.method == request::Shutdown::METHOD => {
                self.phase = Phase::ShutDown;
                Ok(Json::Null)
            }
            Phase::Running => requests::answer(self, request),
            Phase::ShutDown => Err((
                ErrorCode::InvalidRequest,
                "nothing but `exit` follows `shutdown`".to_owned(),
            )),
        }
    }

    fn initialize(&mut self, params: InitializeParams) -> Result<Json, Refusal> {
        self.client = Client::new(&params.capabilities);
        self.workspace = Workspace::new(self.client.encoding);
        self.phase = Phase::Running;
        json(&capabilities::offered(self.client))
    }

    fn notification(&mut self, notification: Notification) {
        if self.phase != Phase::Running {
            return;
        }
        let Notification { method, mut params } = notification;
        self.spelling.take_in(&mut params);
        let is_news = match method.as_str() {
            notification::Initialized::METHOD => {
                self.watch();
                false
            }
            notification::DidOpenTextDocument::METHOD => {
                take::<notification::DidOpenTextDocument>(params, |params| {
                    self.workspace.open(params.text_document);
                })
            }
            notification::DidChangeTextDocument::METHOD => {
                take::<notification::DidChangeTextDocument>(params, |params| {
                    let DidChangeTextDocumentParams {
                        text_document: document,
                        content_changes: changes,
                    } = params;
                    self.workspace
                        .change(&document.uri, document.version, changes);
                })
            }
            notification::DidCloseTextDocument::METHOD => {
                take::<notification::DidCloseTextDocument>(params, |params| {
                    self.workspace.close(&params.text_document.uri);
                })
            }
            notification::DidSaveTextDocument::METHOD
            | notification::DidChangeWatchedFiles::METHOD => {
                self.workspace.settle();
                true
            }
            // Whatever else there is to be told is nothing that was asked for.
            _ => false,
        };
        if is_news {
            let now = Instant::now();
            let first = self.unsaid.map_or(now, |unsaid| unsaid.first);
            self.unsaid = Some(Unsaid { first, last: now });
        }
    }

    /// Asks to be told of files that change on the disk.
    fn watch(&self) {
        if !self.client.watching {
            return;
        }
        let watcher = |glob: &str| FileSystemWatcher {
            glob_pattern: GlobPattern::String(glob.to_owned()),
            kind: None,
        };
        let options = DidChangeWatchedFilesRegistrationOptions {
            watchers: vec![watcher("**/*.{yaml,yml}")],
        };
        let registration = Registration {
            id: "files".to_owned(),
            method: notification::DidChangeWatchedFiles::METHOD.to_owned(),
            register_options: serde_json::to_value(options).ok(),
        };
        let params = RegistrationParams {
            registrations: vec![registration],
        };
        if let Ok(params) = serde_json::to_value(params) {
            let method = request::RegisterCapability::METHOD;
            self.send(wire::request("watch", method, params));
        }
    }

    /// Tells what is wrong in the files as they are now.
    fn publish(&mut self) {
        self.unsaid = None;
        let mut snapshots = Vec::new();
        let mut trouble = Vec::new();
        for home in self.workspace.homes() {
            match self.workspace.snapshot(&home) {
                Ok(snapshot) => snapshots.push(snapshot),
                Err(error) => trouble.push(error),
            }
        }
        let snapshots: Vec<&Snapshot> = snapshots.iter().map(Rc::as_ref).collect();
        let news = self
            .published
            .update(&snapshots, self.client, &mut self.explanations);
        for params in news {
            self.notify::<notification::PublishDiagnostics>(params);
        }
        for error in &trouble {
            if !self.trouble.contains(error) {
                self.notify::<notification::ShowMessage>(ShowMessageParams {
                    typ: MessageType::ERROR,
                    message: format!("eventc cannot read this schema: {error}"),
                });
            }
        }
        self.trouble = trouble;
    }

    /// The schema that an open file is in, and the file.
    pub(super) fn file(&mut self, uri: &Uri) -> Option<(Rc<Snapshot>, FileId)> {
        self.workspace.file(uri)
    }

    fn notify<N: notification::Notification>(&self, params: N::Params) {
        if let Ok(params) = json(&params) {
            self.send(wire::notification(N::METHOD, params));
        }
    }

    fn send(&self, mut message: Json) {
        self.spelling.give_back(&mut message);
        (self.outbox)(&message);
    }
}

/// Reads the parameters of a notification; what cannot be read tells nothing.
fn take<N: notification::Notification>(params: Json, take: impl FnOnce(N::Params)) -> bool {
    serde_json::from_value(params).map(take).is_ok()
}

/// Reads the parameters of a request.
pub(super) fn params<P: DeserializeOwned>(params: &Json) -> Result<P, Refusal> {
    P::deserialize(params).map_err(|error| (ErrorCode::InvalidParams, error.to_string()))
}

/// Writes an answer.
pub(super) fn json(result: &impl Serialize) -> Result<Json, Refusal> {
    serde_json::to_value(result).map_err(|error| (ErrorCode::InternalError, error.to_string()))
}
