//! Newtypes: a value with a name of its own, and rules about it.

mod checked;
mod literal;

use std::fmt;
use std::str::FromStr;

use eventc_pattern::Pattern;

pub use checked::Checked;
pub use literal::{
    literal_date, literal_decimal, literal_float, literal_integer, literal_text, literal_timestamp,
    literal_uuid, pattern,
};

use crate::invalid::Invalid;
use crate::node::Node;
use crate::reason::Reason;
use crate::refusal::Refusal;
use crate::value::{Value, ValueRef};

/// A value with a name of its own. Derived, on a struct of one private field.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no newtype",
    label = "not a newtype",
    note = "derive `eventc::Newtype` for it"
)]
pub trait Newtype: Sized {
    /// What it holds.
    type Inner: Checked;

    /// What must hold for the value.
    const RULES: &'static Rules;

    /// Makes it out of a value that the rules were checked against.
    fn wrap(inner: Accepted<Self::Inner>) -> Self;

    /// The value it holds.
    fn inner(&self) -> &Self::Inner;
}

/// A value that fits the rules of a newtype; only this crate makes one.
pub struct Accepted<T>(T);

impl<T> Accepted<T> {
    /// The value.
    pub fn get(self) -> T {
        self.0
    }
}

/// What must hold for the value of a newtype.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// The name of the newtype.
    pub name: &'static str,
    /// The rules in words, for errors: ``a `UserId` has 1 to 64 characters``; empty if there are none.
    pub says: &'static str,
    /// How many characters, bytes, items or entries it has at least.
    pub min_length: Option<u32>,
    /// How many characters, bytes, items or entries it has at most.
    pub max_length: Option<u32>,
    /// What a text must match.
    pub pattern: Option<&'static Pattern>,
    /// The least number it may be.
    pub min: Option<Bound>,
    /// The greatest number it may be.
    pub max: Option<Bound>,
    /// The class of personal data that it is; such a value is not shown.
    pub pii: Option<&'static str>,
    /// Whether a time is one that places an event: of the years 2000 to 2100.
    pub key: bool,
}

impl Rules {
    /// No rules at all, for a newtype without a name.
    pub const NONE: Rules = Rules {
        name: "",
        says: "",
        min_length: None,
        max_length: None,
        pattern: None,
        min: None,
        max: None,
        pii: None,
        key: false,
    };
}

/// The end of a range of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Bound {
    /// Of integers.
    Integer(i128),
    /// Of numbers with a fraction.
    Float(f64),
    /// Of decimals, as text.
    Text(&'static str),
}

/// Makes the newtype out of a value, if the rules allow.
pub fn newtype_new<N: Newtype>(inner: N::Inner) -> Result<N, Invalid> {
    match inner.check(N::RULES) {
        Ok(()) => Ok(N::wrap(Accepted(inner))),
        Err(invalid) if N::RULES.pii.is_some() => Err(invalid.hidden()),
        Err(invalid) => Err(invalid),
    }
}

/// Makes the newtype out of its text.
pub fn newtype_parse<N: Newtype>(text: &str) -> Result<N, Invalid>
where
    N::Inner: FromStr,
{
    let inner = text.parse().map_err(|_| {
        let invalid = Invalid::from(Reason::text(N::Inner::EXPECTED, text));
        if N::RULES.pii.is_some() {
            invalid.hidden()
        } else {
            invalid
        }
    })?;
    newtype_new(inner)
}

/// Reads the newtype from a message.
pub fn newtype_read<N: Newtype>(node: Node<'_>) -> Result<N, Refusal> {
    let read = || Ok(newtype_new::<N>(N::Inner::read(node)?)?);
    read().map_err(|refusal: Refusal| {
        if N::RULES.pii.is_some() {
            refusal.hidden()
        } else {
            refusal
        }
    })
}

/// The value of the newtype, behind a curtain if it is personal.
pub fn newtype_get<N: Newtype>(newtype: &N) -> ValueRef<'_> {
    match N::RULES.pii {
        Some(_) => ValueRef::Sensitive(newtype.inner()),
        None => newtype.inner().get(),
    }
}

/// Shows the newtype as `Name(value)`.
pub fn newtype_debug<N: Newtype>(newtype: &N, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_tuple(N::RULES.name)
        .field(&newtype_get(newtype))
        .finish()
}
