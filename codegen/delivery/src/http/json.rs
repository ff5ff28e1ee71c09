//! The members of an event, and objects made of them.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::Write as _;

use eventc::Timestamp;
use serde_json::value::RawValue;

use crate::batch::Record;

/// The members of an event by name, each as the text that it is.
pub(super) struct Members<'a>(BTreeMap<String, &'a RawValue>);

impl<'a> Members<'a> {
    pub(super) fn of(record: &Record<'a>) -> Result<Self, String> {
        let members = serde_json::from_str(record.json());
        members
            .map(Members)
            .map_err(|error| format!("it is no JSON object: {error}"))
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// What the first of these says that is there: a text, or a number as text.
    pub(super) fn text(&self, names: &[String]) -> Option<String> {
        names.iter().find_map(|name| {
            let value = self.0.get(name)?.get();
            let is_number = value.starts_with(|c: char| c == '-' || c.is_ascii_digit());
            match is_number {
                true => Some(value.to_owned()),
                false => serde_json::from_str(value).ok(),
            }
        })
    }

    /// The time that the first of these says that is there.
    pub(super) fn time(&self, names: &[String]) -> Option<Timestamp> {
        self.text(names)?.parse().ok()
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (&str, &RawValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), *value))
    }
}

/// An object that is being written.
pub(super) struct Object<'o> {
    out: &'o mut Vec<u8>,
    is_empty: bool,
}

impl<'o> Object<'o> {
    pub(super) fn open(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Object {
            out,
            is_empty: true,
        }
    }

    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.raw(name, quoted(value));
    }

    /// A member that is JSON already.
    pub(super) fn raw(&mut self, name: &str, json: impl Display) {
        if !self.is_empty {
            self.out.push(b',');
        }
        self.is_empty = false;
        // memory takes everything
        let _ = write!(self.out, "{}:{json}", quoted(name));
    }

    pub(super) fn object(&mut self, name: &str) -> Object<'_> {
        self.raw(name, "");
        Object::open(self.out)
    }

    pub(super) fn close(self) {
        self.out.push(b'}');
    }
}

fn quoted(text: &str) -> impl Display {
    serde_json::Value::from(text)
}
