//! Messages as they are written: JSON-RPC in frames, each behind its length.
//!
//! Own code and no library, as those end with the first frame that holds no message, and take no id of more than 32 bits.

use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value as Json, json};

/// A line above a message is no longer than this, in bytes.
const LONGEST_LINE: u64 = 4096;

/// What comes in.
#[derive(Debug, PartialEq)]
pub(super) enum Message {
    Request(Request),
    Notification(Notification),
    /// An answer to what the server asked.
    Answer,
    /// A frame that holds none of these, and what is answered to it.
    Malformed(Json),
    /// What is in no frame: from here on nobody knows where a message begins.
    Lost(String),
}

#[derive(Debug, PartialEq)]
pub(super) struct Request {
    /// A number or a text, given back as it came.
    pub(super) id: Json,
    pub(super) method: String,
    pub(super) params: Json,
}

#[derive(Debug, PartialEq)]
pub(super) struct Notification {
    pub(super) method: String,
    pub(super) params: Json,
}

/// The protocol's numbers for what can go wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ErrorCode {
    ParseError = -32700,
    InvalidRequest = -32600,
    MethodNotFound = -32601,
    InvalidParams = -32602,
    InternalError = -32603,
    ServerNotInitialized = -32002,
    RequestCanceled = -32800,
    RequestFailed = -32803,
}

/// Reads the next message; none at the end of the input.
pub(super) fn read(input: &mut impl BufRead) -> Option<Message> {
    match frame(input) {
        Ok(body) => body.map(|body| message(&body)),
        Err(error) => Some(Message::Lost(error.to_string())),
    }
}

/// Writes a message in its frame.
pub(super) fn write(output: &mut impl Write, message: &Json) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

pub(super) fn request(id: &str, method: &str, params: Json) -> Json {
    json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params })
}

pub(super) fn notification(method: &str, params: Json) -> Json {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}

pub(super) fn result(id: Json, result: Json) -> Json {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

pub(super) fn error(id: Json, code: ErrorCode, why: &str) -> Json {
    let error = json!({ "code": code as i32, "message": why });
    json!({ "jsonrpc": "2.0", "id": id, "error": error })
}

/// The bytes of the next frame.
fn frame(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let mut length: Option<u64> = None;
    loop {
        let mut line = String::new();
        if input.by_ref().take(LONGEST_LINE).read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let line = line.trim_end_matches(['\r', '\n']);
        if line.is_empty() {
            break;
        }
        let wrong = || io::Error::other(format!("`{line}` is no `Content-Length: 123`"));
        let (name, value) = line.split_once(':').ok_or_else(wrong)?;
        if name.eq_ignore_ascii_case("Content-Length") {
            length = Some(value.trim().parse().map_err(|_| wrong())?);
        }
    }
    let length = length.ok_or_else(|| io::Error::other("no line says `Content-Length: 123`"))?;
    // As much memory as there are bytes, and not as much as a number says.
    let mut body = Vec::new();
    let read = input.by_ref().take(length).read_to_end(&mut body)?;
    match read as u64 == length {
        true => Ok(Some(body)),
        false => Err(io::Error::other(format!(
            "of {length} bytes {read} came before the end"
        ))),
    }
}

fn message(body: &[u8]) -> Message {
    let mut json: Json = match serde_json::from_slice(body) {
        Ok(json) => json,
        Err(why) => {
            let why = format!("this is no JSON: {why}");
            return Message::Malformed(error(Json::Null, ErrorCode::ParseError, &why));
        }
    };
    let mut take = |key: &str| json.get_mut(key).map(Json::take);
    let id = take("id");
    let params = take("params").unwrap_or_default();
    match (id, take("method")) {
        (Some(id @ (Json::Number(_) | Json::String(_))), Some(Json::String(method))) => {
            Message::Request(Request { id, method, params })
        }
        (None, Some(Json::String(method))) => {
            Message::Notification(Notification { method, params })
        }
        // What is wrong in an answer is not answered: that could go on without end.
        (_, None) if take("result").or_else(|| take("error")).is_some() => Message::Answer,
        (id, _) => Message::Malformed(error(
            id.filter(|id| id.is_number() || id.is_string())
                .unwrap_or_default(),
            ErrorCode::InvalidRequest,
            "a message has a `method`, which is text, and a request an `id`, which is a number or text",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut input: &[u8]) -> Vec<Message> {
        std::iter::from_fn(|| read(&mut input)).collect()
    }

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    #[test]
    fn what_is_written_is_read_again() {
        let id = json!(18_446_744_073_709_551_615_u64);
        let mut bytes = Vec::new();
        let params = json!({ "text": "Ä𝄞\r\n\r\n" });
        write(&mut bytes, &request("a", "ask", params.clone())).unwrap();
        write(&mut bytes, &notification("tell", Json::Null)).unwrap();
        write(&mut bytes, &result(id.clone(), Json::Null)).unwrap();
        let asked = Request {
            id: json!("a"),
            method: "ask".to_owned(),
            params,
        };
        let told = Notification {
            method: "tell".to_owned(),
            params: Json::Null,
        };
        assert_eq!(
            all(&bytes),
            [
                Message::Request(asked),
                Message::Notification(told),
                Message::Answer
            ]
        );
    }

    #[test]
    fn what_is_above_a_message_may_be_written_in_other_ways() {
        let input = "content-length:2\nContent-Type: x; charset=utf-8\n\n{}";
        assert!(matches!(all(input.as_bytes())[..], [Message::Malformed(_)]));
    }

    #[test]
    fn what_is_malformed_has_an_answer_and_hides_nothing_behind_it() {
        let deep = "[".repeat(100_000);
        let bodies = [
            "",
            "{bad}",
            &deep,
            "null",
            "[{}]",
            r#"{"id":7,"method":9}"#,
            r#"{"id":null,"method":"a"}"#,
            r#"{"id":[],"method":"a"}"#,
            r#"{"id":1}"#,
        ];
        let answers: Vec<_> = bodies
            .iter()
            .map(|body| {
                let input = framed(body) + &framed(r#"{"method":"next"}"#);
                let found = all(input.as_bytes());
                let [Message::Malformed(answer), Message::Notification(_)] = &found[..] else {
                    panic!("{body:.20}: {found:?}");
                };
                format!("{body:.20} → {answer}")
            })
            .collect();
        insta::assert_snapshot!(answers.join("\n"));
        let no_text = b"Content-Length: 1\r\n\r\n\xff";
        assert!(matches!(all(no_text)[..], [Message::Malformed(_)]));
    }

    #[test]
    fn what_is_in_no_frame_is_the_end() {
        let inputs = [
            "hello\r\n",
            "Content-Length: x\r\n\r\n{}",
            "Content-Type: x\r\n\r\n{}",
            "Content-Length: 99999999999999999\r\n\r\n{}",
        ];
        let lost: Vec<_> = inputs
            .iter()
            .map(|input| match read(&mut input.as_bytes()) {
                Some(Message::Lost(why)) => why,
                other => panic!("{input}: {other:?}"),
            })
            .collect();
        insta::assert_snapshot!(lost.join("\n"));
    }
}
