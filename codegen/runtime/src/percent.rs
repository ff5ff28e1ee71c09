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
        for byte in text.bytes() {
            match byte {
                b'-' | b'_' | b'.' => self.0.push(char::from(byte)),
                _ if byte.is_ascii_alphanumeric() => self.0.push(char::from(byte)),
                _ => write!(self.0, "%{byte:02X}")?,
            }
        }
        Ok(())
    }
}
