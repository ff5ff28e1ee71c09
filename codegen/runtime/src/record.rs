//! Records: what a struct of fields says about itself.

use crate::members::Members;
use crate::node::Node;
use crate::refusal::Refusal;
use crate::value::ValueRef;

/// A struct of fields: a record, header, context or event. Derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no record",
    label = "not a record, header or context",
    note = "derive `eventc::Record` for it"
)]
pub trait Record: Sized {
    /// Its fields, in order.
    const TABLE: &'static Table;

    /// The value of the field at `index` of the table; [`ValueRef::Absent`] after the last.
    fn get(&self, index: usize) -> ValueRef<'_>;

    /// Makes the record out of the members of an object.
    ///
    /// # Errors
    ///
    /// If a member is missing or not of its field's type.
    fn read(members: &mut Members<'_>) -> Result<Self, Refusal>;
}

/// The fields of a [`Record`].
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// The name of the Rust type.
    pub name: &'static str,
    /// Its fields, in order.
    pub fields: &'static [Field],
}

/// One field of a [`Record`].
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The name of the field in Rust.
    pub name: &'static str,
    /// Its name in a message.
    pub wire: &'static str,
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
    /// A field that is one member of the object.
    #[must_use]
    pub const fn member(name: &'static str, wire: &'static str, required: bool) -> Self {
        Field {
            name,
            wire,
            role: Role::Member,
            required,
            pii: None,
            backfill: None,
            accept: None,
        }
    }

    /// A header or context.
    #[must_use]
    pub const fn flat(name: &'static str, required: bool) -> Self {
        Field {
            role: Role::Flat,
            ..Field::member(name, name, required)
        }
    }

    /// The same field, holding personal data of the class.
    #[must_use]
    pub const fn with_pii(self, class: &'static str) -> Self {
        Field {
            pii: Some(class),
            ..self
        }
    }

    /// The same field, with the value that it has in messages older than the version.
    #[must_use]
    pub const fn with_backfill(self, since: u32, json: &'static str) -> Self {
        Field {
            backfill: Some(Backfill { since, json }),
            ..self
        }
    }

    /// The same field, whose time is to be so near to now, in seconds.
    #[must_use]
    pub const fn with_accept(self, from_seconds: i64, to_seconds: i64) -> Self {
        Field {
            accept: Some((from_seconds, to_seconds)),
            ..self
        }
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

/// A [`Record`] seen without its type.
#[derive(Clone, Copy)]
pub struct RecordRef<'a>(&'a dyn AnyRecord);

trait AnyRecord {
    fn table(&self) -> &'static Table;
    fn member(&self, index: usize) -> ValueRef<'_>;
}

impl<T: Record> AnyRecord for T {
    fn table(&self) -> &'static Table {
        T::TABLE
    }

    fn member(&self, index: usize) -> ValueRef<'_> {
        Record::get(self, index)
    }
}

impl<'a> RecordRef<'a> {
    /// Forgets the type.
    pub fn of<T: Record>(record: &'a T) -> Self {
        RecordRef(record)
    }

    /// The record's fields.
    #[must_use]
    pub fn table(self) -> &'static Table {
        self.0.table()
    }

    /// The value of the field at `index` of the table; [`ValueRef::Absent`] after the last.
    #[must_use]
    pub fn get(self, index: usize) -> ValueRef<'a> {
        self.0.member(index)
    }

    /// The fields with their values, in order.
    pub fn fields(self) -> impl Iterator<Item = (&'static Field, ValueRef<'a>)> {
        self.table()
            .fields
            .iter()
            .enumerate()
            .map(move |(index, field)| (field, self.get(index)))
    }
}

/// Reads the object of a record.
pub(crate) fn read_record<T: Record>(node: Node<'_>) -> Result<T, Refusal> {
    match node {
        Node::Map(object) => Members::read(object, T::read),
        other => Err(Refusal::expected("an object", &other)),
    }
}
