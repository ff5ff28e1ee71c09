//! The members of an event, its header and its contexts stand side by side, so their names must differ.

use crate::events::is_same;
use crate::table::{Field, Role, Table};

/// Refuses two members of one name.
///
/// # Panics
///
/// If there are two: at compile time, as the derive calls it there.
#[track_caller]
pub const fn distinct(own: &Table, flat: &[&Table]) {
    among(own, flat);
    let mut rest = flat;
    while let [table, after @ ..] = rest {
        among(table, after);
        rest = after;
    }
}

/// Compares the members of a table with each other and with those of the tables after it.
#[track_caller]
const fn among(table: &Table, others: &[&Table]) {
    let mut fields = table.fields;
    while let [field, after @ ..] = fields {
        if matches!(field.role, Role::Member) {
            let reserved = is(field.wire, "event") || is(field.wire, "version");
            if reserved || has(after, field.wire) {
                clash(field.wire);
            }
            let mut rest = others;
            while let [other, after @ ..] = rest {
                if has(other.fields, field.wire) {
                    clash(field.wire);
                }
                rest = after;
            }
        }
        fields = after;
    }
}

const fn has(fields: &[Field], wire: &str) -> bool {
    let mut rest = fields;
    while let [field, after @ ..] = rest {
        if matches!(field.role, Role::Member) && is(field.wire, wire) {
            return true;
        }
        rest = after;
    }
    false
}

const fn is(a: &str, b: &str) -> bool {
    is_same(a.as_bytes(), b.as_bytes())
}

#[track_caller]
const fn clash(wire: &str) -> ! {
    if is(wire, "event") || is(wire, "version") {
        panic!(
            "a member of an event can't be called `event` or `version`: every message has these already"
        )
    }
    // const code formats nothing, so the sentence is put together by hand
    let mut sentence = [b' '; 160];
    let end = append(&mut sentence, 0, "two members of this event are called `");
    let end = append(&mut sentence, end, wire);
    let end = append(
        &mut sentence,
        end,
        "`: its own, its header's and its contexts' names must differ",
    );
    match std::str::from_utf8(sentence.split_at(end).0) {
        Ok(sentence) => panic!("{}", sentence),
        // a long name was cut within a character
        Err(_) => panic!("two members of this event have the same name"),
    }
}

/// Writes the text into the buffer, as much as there is room for; where it ends.
const fn append(buffer: &mut [u8], start: usize, text: &str) -> usize {
    let mut end = start;
    let mut text = text.as_bytes();
    while let [from, after @ ..] = text {
        let Some(to) = buffer.split_at_mut(end).1.first_mut() else {
            return end;
        };
        *to = *from;
        end += 1;
        text = after;
    }
    end
}
