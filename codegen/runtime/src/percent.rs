//! Values that place an event, as text that can stand in a path, in a line and in a name.

use std::fmt::{self, Display, Write};

use crate::value::ValueRef;

/// Writes a key or an id as percent-encoded text after what the text holds: `order%2042`. It is as [`encode`](crate::encode)
/// writes it, without quotes.
///
/// What is not an ASCII letter, a digit, `-`, `_` or `.` is encoded. A value that can be neither key nor id, as a list, writes
/// nothing.
pub fn percent_encode_into(value: ValueRef<'_>, text: &mut String) {
    match value {
        ValueRef::Bool(value) => shown(value, text),
        ValueRef::I64(value) => shown(value, text),
        ValueRef::U64(value) => shown(value, text),
        ValueRef::Str(value) => shown(value, text),
        ValueRef::Decimal(value) => shown(value, text),
        ValueRef::Uuid(value) => shown(value, text),
        ValueRef::Date(value) => shown(value, text),
        ValueRef::Timestamp(value) => shown(value, text),
        ValueRef::Ip(value) => shown(value, text),
        ValueRef::Sensitive(value) => percent_encode_into(value.value(), text),
        _ => {}
    }
}

/// Percent-encodes what is shown of a value.
pub(crate) fn shown(value: impl Display, text: &mut String) {
    // what it writes into takes everything, so only a value that refuses to be shown could fail: it is then cut short
    let _ = write!(Encoded(text), "{value}");
}

struct Encoded<'a>(&'a mut String);

impl Write for Encoded<'_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        // mostly nothing has to be encoded, and what is between is taken whole
        let mut rest = text;
        while let Some(at) = rest.bytes().position(|byte| !is_plain(byte)) {
            let (plain, encoded) = rest.split_at_checked(at).unwrap_or((rest, ""));
            self.0.push_str(plain);
            let Some(c) = encoded.chars().next() else {
                return Ok(());
            };
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                write!(self.0, "%{byte:02X}")?;
            }
            rest = encoded.get(c.len_utf8()..).unwrap_or_default();
        }
        self.0.push_str(rest);
        Ok(())
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}
