//! An editor: it sends what it is told to, and keeps what it hears.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value as Json, json};

use crate::run::Folder;

/// So long an answer may take on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(30);

/// What does not come in so long does not come.
const SILENCE: Duration = Duration::from_millis(800);

pub(super) struct Client<'f> {
    folder: &'f Folder,
    process: Child,
    input: Option<ChildStdin>,
    inbox: Receiver<Json>,
    last_id: i32,
    /// What was last published of each file.
    published: BTreeMap<String, Json>,
    /// All else that the server said of itself.
    pub(super) heard: Vec<Json>,
}

/// What most editors can do.
pub(super) fn capabilities() -> Json {
    json!({
        "workspace": {
            "workspaceEdit": { "documentChanges": true },
            "didChangeWatchedFiles": { "dynamicRegistration": true },
        },
        "textDocument": {
            "publishDiagnostics": {
                "relatedInformation": true,
                "codeDescriptionSupport": true,
                "tagSupport": { "valueSet": [1, 2] },
            },
            "documentSymbol": { "hierarchicalDocumentSymbolSupport": true },
        },
    })
}

impl<'f> Client<'f> {
    /// An editor that has said nothing yet.
    pub(super) fn silent(folder: &'f Folder) -> Self {
        let mut process = folder
            .prepared(&["lsp"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        let (sender, inbox) = channel();
        thread::spawn(move || {
            loop {
                let mut length = 0;
                let mut line = String::new();
                while output.read_line(&mut line).is_ok_and(|bytes| bytes > 0) && line != "\r\n" {
                    if let Some(value) = line.strip_prefix("Content-Length: ") {
                        length = value.trim().parse().unwrap();
                    }
                    line.clear();
                }
                let mut body = vec![0; length];
                if length == 0 || output.read_exact(&mut body).is_err() {
                    return;
                }
                if sender.send(serde_json::from_slice(&body).unwrap()).is_err() {
                    return;
                }
            }
        });
        Self {
            folder,
            input: process.stdin.take(),
            process,
            inbox,
            last_id: 0,
            published: BTreeMap::new(),
            heard: Vec::new(),
        }
    }

    /// An editor that can do these things.
    pub(super) fn able(folder: &'f Folder, capabilities: Json) -> Self {
        let mut client = Self::silent(folder);
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities });
        client.ask("initialize", params).unwrap();
        client.tell("initialized", json!({}));
        client
    }

    pub(super) fn new(folder: &'f Folder) -> Self {
        Self::able(folder, capabilities())
    }

    pub(super) fn send(&mut self, message: &Json) {
        let body = message.to_string();
        self.write(&format!("Content-Length: {}\r\n\r\n{body}", body.len()));
    }

    /// Sends any text at all.
    pub(super) fn write(&mut self, text: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(text.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    pub(super) fn tell(&mut self, method: &str, params: Json) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Sends a request, and gives its id.
    pub(super) fn request(&mut self, method: &str, params: Json) -> i32 {
        self.last_id += 1;
        let id = self.last_id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        id
    }

    /// The answer to a request: a result, or an error.
    pub(super) fn answer(&mut self, id: impl Into<Json>) -> Result<Json, Json> {
        let id = id.into();
        let end = Instant::now() + PATIENCE;
        loop {
            let message = self.hear(end).expect("no answer");
            if message["id"] == id && message.get("method").is_none() {
                return match message.get("error") {
                    Some(error) => Err(error.clone()),
                    None => Ok(message["result"].clone()),
                };
            }
        }
    }

    pub(super) fn ask(&mut self, method: &str, params: Json) -> Result<Json, Json> {
        let id = self.request(method, params);
        self.answer(id)
    }

    /// The next message, if one comes in time.
    fn hear(&mut self, end: Instant) -> Option<Json> {
        let left = end.saturating_duration_since(Instant::now());
        match self.inbox.recv_timeout(left) {
            Ok(message) => {
                if message["method"] == "textDocument/publishDiagnostics" {
                    let uri = message["params"]["uri"].as_str().unwrap().to_owned();
                    self.published.insert(uri, message["params"].clone());
                } else if message.get("method").is_some() {
                    self.heard.push(message.clone());
                }
                Some(message)
            }
            Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => None,
        }
    }

    /// Listens until nothing more is said, and gives how many messages there were.
    pub(super) fn listen(&mut self) -> usize {
        let mut count = 0;
        while self.hear(Instant::now() + SILENCE).is_some() {
            count += 1;
        }
        count
    }

    pub(super) fn uri(&self, path: &str) -> String {
        format!("file://{}", self.folder.0.join(path).display())
    }

    pub(super) fn open(&mut self, path: &str, text: &str) {
        let uri = self.uri(path);
        let document = json!({ "uri": uri, "languageId": "yaml", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub(super) fn change(&mut self, path: &str, version: i32, changes: Json) {
        let document = json!({ "uri": self.uri(path), "version": version });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        self.tell("textDocument/didChange", params);
    }

    pub(super) fn close(&mut self, path: &str) {
        let params = json!({ "textDocument": { "uri": self.uri(path) } });
        self.tell("textDocument/didClose", params);
    }

    /// Asks something about a place of a file.
    pub(super) fn ask_at(
        &mut self,
        method: &str,
        path: &str,
        position: Json,
        more: Json,
    ) -> Result<Json, Json> {
        let mut params = json!({ "textDocument": { "uri": self.uri(path) }, "position": position });
        let more = more.as_object().cloned().unwrap_or_default();
        params.as_object_mut().unwrap().extend(more);
        self.ask(&format!("textDocument/{method}"), params)
    }

    /// What is said of a version of a file, once it is; the version is null for one that is not open.
    pub(super) fn diagnostics(&mut self, path: &str, version: Json) -> String {
        let uri = self.uri(path);
        let end = Instant::now() + PATIENCE;
        loop {
            let known = self.published.get(&uri);
            if let Some(known) = known.filter(|known| known["version"] == version) {
                let list = known["diagnostics"].as_array().unwrap();
                return list.iter().map(line).collect::<Vec<_>>().join("\n");
            }
            self.hear(end)
                .unwrap_or_else(|| panic!("nothing of version {version} of {path}"));
        }
    }

    /// What was last said of a file.
    pub(super) fn published(&self, path: &str) -> Option<&Json> {
        self.published_at(&self.uri(path))
    }

    pub(super) fn published_at(&self, uri: &str) -> Option<&Json> {
        self.published.get(uri)
    }

    /// Closes the connection, and gives how the server ended.
    pub(super) fn end(mut self) -> Option<i32> {
        self.input = None;
        self.process.wait().unwrap().code()
    }
}

impl Drop for Client<'_> {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.process.wait();
    }
}

/// `1:2-1:5 error[E0301]: there is no type …`, with what else is said below it.
fn line(diagnostic: &Json) -> String {
    let severity = if diagnostic["severity"] == 1 {
        "error"
    } else {
        "warning"
    };
    let mut text = format!(
        "{} {severity}[{}]: {}",
        range(&diagnostic["range"]),
        diagnostic["code"].as_str().unwrap(),
        diagnostic["message"].as_str().unwrap()
    );
    for other in diagnostic["relatedInformation"]
        .as_array()
        .into_iter()
        .flatten()
    {
        let file = other["location"]["uri"]
            .as_str()
            .unwrap()
            .rsplit('/')
            .next()
            .unwrap();
        let place = range(&other["location"]["range"]);
        text.push_str(&format!(
            "\n  {file} {place} {}",
            other["message"].as_str().unwrap()
        ));
    }
    text
}

/// `0:4-0:9`, as the protocol counts.
pub(super) fn range(range: &Json) -> String {
    let (start, end) = (&range["start"], &range["end"]);
    format!(
        "{}:{}-{}:{}",
        start["line"], start["character"], end["line"], end["character"]
    )
}

/// The position of a text in another, so many units of UTF-16 behind its beginning.
pub(super) fn at(text: &str, needle: &str, behind: usize) -> Json {
    let offset = text.find(needle).unwrap_or_else(|| panic!("no {needle}"));
    position(text, offset, behind)
}

pub(super) fn position(text: &str, offset: usize, behind: usize) -> Json {
    let before = &text[..offset];
    let line = before.matches('\n').count();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let character = before[start..].encode_utf16().count() + behind;
    json!({ "line": line, "character": character })
}

/// Puts edits into a text, from its end to its beginning.
pub(super) fn apply(text: &str, edits: &Json) -> String {
    let offset = |position: &Json| {
        let line = position["line"].as_u64().unwrap() as usize;
        let mut left = position["character"].as_u64().unwrap() as usize;
        let start = text
            .split_inclusive('\n')
            .take(line)
            .map(str::len)
            .sum::<usize>();
        let mut at = start;
        for c in text[start..].chars() {
            if left == 0 {
                break;
            }
            left -= c.len_utf16();
            at += c.len_utf8();
        }
        at
    };
    let mut edits: Vec<_> = edits
        .as_array()
        .unwrap()
        .iter()
        .map(|edit| {
            let range = offset(&edit["range"]["start"])..offset(&edit["range"]["end"]);
            (range, edit["newText"].as_str().unwrap())
        })
        .collect();
    edits.sort_by_key(|(range, _)| range.start);
    let mut new = text.to_owned();
    for (range, replacement) in edits.into_iter().rev() {
        new.replace_range(range, replacement);
    }
    new
}
