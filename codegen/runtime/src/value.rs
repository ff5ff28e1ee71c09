//! Values: what a field can hold, and how a value is looked at without knowing its type.

mod containers;
mod scalars;

use std::net::IpAddr;

use crate::date::Date;
use crate::decimal::Decimal;
use crate::members::Members;
use crate::node::Node;
use crate::record::RecordRef;
use crate::refusal::Refusal;
use crate::timestamp::Timestamp;
use crate::{Json, Uuid};

/// A type that a field can have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the type of a field",
    label = "not a type that events are made of",
    note = "derive `eventc::Record`, `Enum`, `Union` or `Newtype` for it"
)]
pub trait Value: Clone {
    /// What an error says was expected: `a uuid`, `an object`.
    const EXPECTED: &'static str;

    /// The value, seen without its type.
    fn get(&self) -> ValueRef<'_>;

    /// Makes the value out of what stood in a message.
    ///
    /// # Errors
    ///
    /// If it is not such a value.
    fn read(node: Node<'_>) -> Result<Self, Refusal>;

    /// The value of a field that a message does not have; `None` where a field must be there.
    #[must_use]
    fn absent() -> Option<Self> {
        None
    }

    /// Takes the members of a header or context, which stand beside those of the event; if it is optional, only where any
    /// of them is there and not null.
    ///
    /// # Errors
    ///
    /// If one of them is refused, or if it is no record.
    #[doc(hidden)]
    fn flat(members: &mut Members<'_>, optional: bool) -> Result<Option<Self>, Refusal> {
        let _ = (members, optional);
        Err(Refusal::new(format!(
            "{} is no header or context",
            Self::EXPECTED
        )))
    }
}

/// A value seen without its type: what every encoder works on.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum ValueRef<'a> {
    /// An optional value that is not there.
    Absent,
    /// A boolean.
    Bool(bool),
    /// An integer that may be negative.
    I64(i64),
    /// An integer that may not be negative.
    U64(u64),
    /// A number of 32 bits.
    F32(f32),
    /// A number of 64 bits.
    F64(f64),
    /// A text, or the name of an enum's value.
    Str(&'a str),
    /// Bytes: base64 where a format is text.
    Bytes(&'a [u8]),
    /// A decimal number.
    Decimal(&'a Decimal),
    /// A uuid.
    Uuid(&'a Uuid),
    /// A day.
    Date(Date),
    /// An instant.
    Timestamp(Timestamp),
    /// An address.
    Ip(&'a IpAddr),
    /// Any JSON.
    Json(&'a Json),
    /// A list.
    List(&'a dyn List),
    /// A map of texts.
    Map(&'a dyn Map),
    /// A record, header or context.
    Record(RecordRef<'a>),
    /// A union.
    Tagged(Tagged<'a>),
    /// A value that `Debug` and errors must not show.
    Sensitive(&'a dyn AnyValue),
}

/// The value a union holds, and under which name.
#[derive(Clone, Copy)]
pub struct Tagged<'a> {
    /// Which of the union's variants it is.
    pub variant: &'static Variant,
    /// What the variant holds.
    pub value: &'a dyn AnyValue,
}

/// One variant of a union, as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Variant {
    /// Its name in a message.
    pub wire: &'static str,
    /// The member that says the name, beside the members of the record; without it the name is the only member of an object.
    pub tag: Option<&'static str>,
}

/// A [`Value`] behind a reference.
pub trait AnyValue {
    /// The same as [`Value::get`].
    fn value(&self) -> ValueRef<'_>;
}

impl<T: Value> AnyValue for T {
    fn value(&self) -> ValueRef<'_> {
        self.get()
    }
}

/// A list behind a reference.
pub trait List {
    /// How many items there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The item at `index`, counted from 0; [`ValueRef::Absent`] after the last.
    fn item(&self, index: usize) -> ValueRef<'_>;
}

/// What is done with the entries of a map.
pub type Each<'a, 'f> = dyn FnMut(&'a str, ValueRef<'a>) -> Result<(), Refusal> + 'f;

/// A map behind a reference.
pub trait Map {
    /// How many entries there are.
    fn len(&self) -> usize;

    /// Whether there are none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether `Debug` and errors must not show the keys.
    fn sensitive_keys(&self) -> bool;

    /// Shows each entry, in the order of the keys, until one is refused.
    ///
    /// # Errors
    ///
    /// Whatever `each` says of the first that it refuses.
    fn each<'a>(&'a self, each: &mut Each<'a, '_>) -> Result<(), Refusal>;

    /// The entries in the order of their keys.
    fn entries(&self) -> Vec<(&str, ValueRef<'_>)> {
        let mut entries = Vec::with_capacity(self.len());
        let all = self.each(&mut |key, value| {
            entries.push((key, value));
            Ok(())
        });
        debug_assert!(all.is_ok(), "no entry was refused");
        entries
    }
}

/// A type that the keys of a map can have: `String`, an enum, a newtype of text.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be the key of a map",
    label = "not a text",
    note = "the keys of a map are `String`, an enum or a newtype of `Text`"
)]
pub trait MapKey: Clone {
    /// Whether `Debug` and errors must not show it.
    const SENSITIVE: bool = false;

    /// The key as a text.
    fn map_key(&self) -> &str;

    /// Makes the key out of its text.
    ///
    /// # Errors
    ///
    /// If the text is no such key.
    fn from_map_key(text: &str) -> Result<Self, Refusal>;
}
