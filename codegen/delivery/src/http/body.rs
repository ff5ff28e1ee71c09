//! Records as the body of a request.

use super::mapping::Mapping;
use crate::batch::Record;
use crate::sink::Fail;

/// How events become one body.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Framing {
    /// A JSON array.
    Array,
    /// A JSON array with this text before and after it: `{"batch":` and `}`.
    ArrayIn(String, String),
    /// A line for each, with a line feed at its end (NDJSON).
    Lines,
    /// The event alone: each has a request of its own.
    Single,
}

/// How much a server takes.
#[derive(Clone, Debug)]
pub(super) struct Limits {
    pub(super) records: usize,
    pub(super) bytes: usize,
    pub(super) record_bytes: usize,
}

impl Framing {
    pub(super) fn content_type(&self) -> &'static str {
        match self {
            Framing::Lines => "application/x-ndjson",
            Framing::Array | Framing::ArrayIn(..) | Framing::Single => "application/json",
        }
    }

    /// What stands before, between and after events.
    fn texts(&self) -> (String, &'static str, String) {
        match self {
            Framing::Array => ("[".to_owned(), ",", "]".to_owned()),
            Framing::ArrayIn(before, after) => (format!("{before}["), ",", format!("]{after}")),
            Framing::Lines => (String::new(), "\n", "\n".to_owned()),
            Framing::Single => (String::new(), "", String::new()),
        }
    }
}

impl Limits {
    pub(super) fn check(&self) -> Result<(), String> {
        let limits = [
            ("batch_records", self.records),
            ("batch_bytes", self.bytes),
            ("record_bytes", self.record_bytes),
        ];
        match limits.iter().find(|(_, most)| *most == 0) {
            Some((name, _)) => Err(format!(
                "`{name}` is 0, so nothing could be sent; leave it out, or say how much the server takes"
            )),
            None => Ok(()),
        }
    }
}

/// The body with all records in it, or the reason why they cannot be in one.
pub(super) fn compose(
    mapping: &impl Mapping,
    framing: &Framing,
    limits: &Limits,
    records: &[Record<'_>],
) -> Result<Vec<u8>, Fail> {
    let (before, between, after) = framing.texts();
    let mut body = before.into_bytes();
    for (index, record) in records.iter().enumerate() {
        if index > 0 {
            body.extend_from_slice(between.as_bytes());
        }
        let start = body.len();
        let reject = |reason| Err(Fail::Reject { index, reason });
        if let Err(reason) = mapping.write(record, &mut body) {
            return reject(reason);
        }
        let length = body.len() - start;
        if length > limits.record_bytes {
            return reject(too_long(length, "an event", limits.record_bytes));
        }
        let whole = body.len() + after.len();
        if whole > limits.bytes {
            return match index {
                0 => reject(too_long(whole, "a request", limits.bytes)),
                _ => Err(Fail::Fewer(index)),
            };
        }
    }
    body.extend_from_slice(after.as_bytes());
    Ok(body)
}

fn too_long(bytes: usize, what: &str, most: usize) -> String {
    format!("it has {bytes} bytes as it is sent, and {what} may have {most}")
}
