//! What is known about the fields of a record beside their types: a table, made by the compiler out of one text.
//!
//! The derive writes `"Success telemetry* route referrer?"` and, for the few fields of which more is to be said, notes. A list of
//! calls would say the same, and take rustc some twenty times as long to check.

use crate::refusal::Refusal;

/// The fields of a record.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name of the Rust type.
    pub name: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
}

/// One field of a record.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name of the field in Rust.
    pub name: &'static str,
    /// Its name in a message.
    pub wire: &'static str,
    /// Whether that needs no escape in JSON, as no name in Rust does.
    pub plain: bool,
    /// Whether it is one member of the object or several.
    pub role: Role,
    /// Whether it must be there.
    pub required: bool,
    /// The class of personal data it holds; such a value is not shown.
    pub pii: Option<&'static str>,
    /// The value it has in messages that are older than it.
    pub backfill: Option<Backfill>,
    /// How far the time may be from now, in seconds: from, to.
    pub accept: Option<(i64, i64)>,
}

impl Field {
    /// The refusal of its value seen from the record, without the value where that is personal.
    #[cold]
    pub(crate) fn refused(&self, refusal: Refusal) -> Refusal {
        let refusal = if self.pii.is_some() {
            refusal.hidden()
        } else {
            refusal
        };
        refusal.within(self.wire)
    }
}

/// How a field stands in a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// One member.
    Member,
    /// A header or context: its members stand beside those of the event.
    Flat,
}

/// The value of a field in messages that are older than the field.
#[derive(Debug, Clone, Copy)]
pub struct Backfill {
    /// The first version of the event that has the field; never more than its present version is meant, so `u32::MAX` is "the present one".
    pub since: u32,
    /// The value as JSON.
    pub json: &'static str,
}

/// What is to be said of few fields.
#[derive(Debug, Clone, Copy)]
pub enum Note {
    /// Its name in a message, where that is another one.
    Wire(&'static str),
    /// The class of personal data it holds.
    Pii(&'static str),
    /// The first version that has it, and its value in older messages, as JSON.
    Backfill(u32, &'static str),
    /// How far the time may be from now, in seconds.
    Accept(i64, i64),
}

/// `N` fields out of the name of their record and their own names, with a space between each two: `name*` is flat, `name?`
/// may be missing. A note begins with the place of its field.
///
/// # Panics
///
/// If the text does not have `N` names, or a note is of another field: at compile time, as the derive calls it there.
#[must_use]
pub(crate) const fn fields<const N: usize>(
    text: &'static str,
    notes: &[(usize, Note)],
) -> [Field; N] {
    const NONE: Field = Field {
        name: "",
        wire: "",
        plain: true,
        role: Role::Member,
        required: true,
        pii: None,
        backfill: None,
        accept: None,
    };
    let mut fields = [NONE; N];
    let mut rest = first_word(text).1;
    let mut places = fields.as_mut_slice();
    while let [field, after @ ..] = places {
        let (word, behind) = first_word(rest);
        field.name = without_marks(word, field);
        assert!(!field.name.is_empty(), "a field without a name");
        field.wire = field.name;
        rest = behind;
        places = after;
    }
    assert!(rest.is_empty(), "more names than fields");
    let mut rest = notes;
    while let [(index, note), after @ ..] = rest {
        let (_, from) = fields.split_at_mut(*index);
        let [field, ..] = from else {
            panic!("a note of no field");
        };
        match *note {
            Note::Wire(wire) => {
                field.wire = wire;
                field.plain = is_plain(wire.as_bytes());
            }
            Note::Pii(class) => field.pii = Some(class),
            Note::Backfill(since, json) => field.backfill = Some(Backfill { since, json }),
            Note::Accept(from, to) => field.accept = Some((from, to)),
        }
        rest = after;
    }
    fields
}

/// Whether the text can stand between quotes as it is.
const fn is_plain(text: &[u8]) -> bool {
    let mut rest = text;
    while let [byte, after @ ..] = rest {
        if matches!(byte, ..b' ' | b'"' | b'\\') {
            return false;
        }
        rest = after;
    }
    true
}

/// The text up to the first space, and what follows it.
pub(crate) const fn first_word(text: &'static str) -> (&'static str, &'static str) {
    let mut end = 0;
    let mut bytes = text.as_bytes();
    while let [byte, after @ ..] = bytes {
        if *byte == b' ' {
            let (word, rest) = text.split_at(end);
            return (word, rest.split_at(1).1);
        }
        end += 1;
        bytes = after;
    }
    (text, "")
}

/// The name before `*` and `?`, which the field takes note of.
const fn without_marks(word: &'static str, field: &mut Field) -> &'static str {
    let mut word = word;
    loop {
        match word.as_bytes() {
            [.., b'*'] => field.role = Role::Flat,
            [.., b'?'] => field.required = false,
            _ => return word,
        }
        word = word.split_at(word.len() - 1).0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_names_marks_and_notes() {
        const FIELDS: [Field; 3] = fields(
            "Success telemetry* viewer*? route",
            &[(2, Note::Wire("path")), (2, Note::Pii("contact"))],
        );
        let names = FIELDS.map(|field| (field.name, field.wire, field.role, field.required));
        assert_eq!(
            names,
            [
                ("telemetry", "telemetry", Role::Flat, true),
                ("viewer", "viewer", Role::Flat, false),
                ("route", "path", Role::Member, true),
            ]
        );
        assert_eq!(FIELDS.map(|field| field.pii), [None, None, Some("contact")]);
        assert_eq!(FIELDS.map(|field| field.plain), [true; 3]);
        for wire in ["a\"b", "a\\b", "a\nb", "\0"] {
            assert!(!fields::<1>("A b", &[(0, Note::Wire(wire))])[0].plain);
        }
        assert!(fields::<0>("Success", &[]).is_empty());
    }

    #[test]
    #[should_panic(expected = "more names than fields")]
    fn refuses_more_names_than_fields() {
        let _ = fields::<1>("A b c", &[]);
    }

    #[test]
    #[should_panic(expected = "a field without a name")]
    fn refuses_fewer_names_than_fields() {
        let _ = fields::<2>("A b", &[]);
    }
}
