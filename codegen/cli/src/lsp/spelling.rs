//! Addresses that are written as no address may be, with spaces or letters that want `%20` or `%C3`: read as they were meant, and
//! given back as they were written.

use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::Value as Json;

/// What no address may hold as it is. Everything beyond ASCII is escaped as well.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b']')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// How a client wrote the addresses that it escaped too little of, by their right form.
#[derive(Debug, Default)]
pub(super) struct Spelling {
    written: BTreeMap<String, String>,
}

impl Spelling {
    /// Escapes the addresses in a message from the client.
    pub(super) fn take_in(&mut self, message: &mut Json) {
        each_address(message, &mut |address| {
            let escaped = escape(address);
            if escaped != *address {
                let written = std::mem::replace(address, escaped.clone());
                self.written.insert(escaped, written);
            }
        });
    }

    /// Puts the client's own into a message to it.
    pub(super) fn give_back(&self, message: &mut Json) {
        if self.written.is_empty() {
            return;
        }
        each_address(message, &mut |address| {
            if let Some(written) = self.written.get(address) {
                address.clone_from(written);
            }
        });
    }
}

fn escape(address: &str) -> String {
    let mut escaped = String::new();
    for (place, part) in address.split('%').enumerate() {
        if place > 0 {
            let is_escape =
                part.len() >= 2 && part.bytes().take(2).all(|it| it.is_ascii_hexdigit());
            escaped.push_str(if is_escape { "%" } else { "%25" });
        }
        escaped.extend(utf8_percent_encode(part, UNSAFE));
    }
    escaped
}

/// Changes the texts whose key says that they are addresses, and the keys of `changes`, which are some.
fn each_address(json: &mut Json, change: &mut impl FnMut(&mut String)) {
    match json {
        Json::Array(items) => items.iter_mut().for_each(|item| each_address(item, change)),
        Json::Object(members) => {
            for (key, value) in members.iter_mut() {
                match value {
                    Json::String(address) if key == "uri" || key.ends_with("Uri") => {
                        change(address)
                    }
                    Json::Object(changes) if key == "changes" => {
                        let renamed =
                            std::mem::take(changes).into_iter().map(|(mut key, value)| {
                                change(&mut key);
                                (key, value)
                            });
                        *changes = renamed.collect();
                    }
                    _ => each_address(value, change),
                }
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_an_address_already_stays() {
        for address in [
            "file:///a%20b/%C3%A4/(x)/@y+z~.yaml",
            "untitled:Untitled-1",
            "file:///c%3A/a",
        ] {
            assert_eq!(escape(address), address);
        }
    }

    #[test]
    fn an_address_is_read_as_it_was_meant_and_given_back_as_it_was_written() {
        let mut spelling = Spelling::default();
        let given = json!({
            "textDocument": { "uri": "file:///ä b/[slug]/100%.yaml", "text": "uri ä" },
            "rootUri": "file:///ä b",
            "changes": [{ "uri": "file:///c" }],
        });
        let mut message = given.clone();
        spelling.take_in(&mut message);
        let uri = "file:///%C3%A4%20b/%5Bslug%5D/100%25.yaml";
        assert_eq!(
            message,
            json!({
                "textDocument": { "uri": uri, "text": "uri ä" },
                "rootUri": "file:///%C3%A4%20b",
                "changes": [{ "uri": "file:///c" }],
            })
        );
        spelling.give_back(&mut message);
        assert_eq!(message, given);
        let mut edit = json!({ "changes": { uri: [] }, "other": { "uri": "file:///c" } });
        spelling.give_back(&mut edit);
        let written = json!({ "changes": { "file:///ä b/[slug]/100%.yaml": [] }, "other": { "uri": "file:///c" } });
        assert_eq!(edit, written);
    }
}
