//! Records: what a struct of fields says about itself.

use std::marker::PhantomData;

use crate::fields::Fields;
use crate::members::Members;
use crate::node::Node;
use crate::refusal::Refusal;
use crate::table::{Field, Note, Table, fields, first_word};
use crate::value::ValueRef;

/// A struct of fields: a record, header, context or event. Derived.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no record",
    label = "not a record, header or context",
    note = "derive `eventc::Record` for it"
)]
pub trait Record: Sized {
    /// The types of its fields, in order.
    type Fields: Fields;

    /// Its name in Rust and those of its fields, with a space between each two: `name*` is flat,
    /// `name?` may be missing.
    const NAMES: &'static str;

    /// What is to be said of few of them.
    const NOTES: &'static [(usize, Note)] = &[];

    /// What reads the names: [`Named`] with the number of fields.
    type Table: Tabled;

    /// What there is to know about the fields beside their types.
    const TABLE: &'static Table = Self::Table::TABLE;

    /// A reference to each field.
    fn fields(&self) -> <Self::Fields as Fields>::Refs<'_>;

    /// The record of these fields.
    fn from_fields(fields: Self::Fields) -> Self;
}

/// The table of a record, read from the names where a program first asks for it. It stands between the two so that a crate
/// which only defines records is checked without reading any.
pub trait Tabled {
    /// The table.
    const TABLE: &'static Table;
}

/// The `N` fields of the record `T`.
pub struct Named<T, const N: usize>(PhantomData<T>);

impl<T: Record, const N: usize> Named<T, N> {
    const FIELDS: [Field; N] = fields(T::NAMES, T::NOTES);
}

impl<T: Record, const N: usize> Tabled for Named<T, N> {
    const TABLE: &'static Table = &Table {
        name: first_word(T::NAMES).0,
        fields: &Self::FIELDS,
    };
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
        T::Fields::get(self.fields(), index)
    }
}

impl<'a> RecordRef<'a> {
    /// Forgets the type.
    pub fn of<T: Record>(record: &'a T) -> Self {
        RecordRef(record)
    }

    /// What there is to know about the fields.
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

/// A copy of the record.
pub fn clone_record<T: Record>(record: &T) -> T {
    T::from_fields(T::Fields::cloned(record.fields()))
}

/// Reads the object of a record.
pub fn read_record<T: Record>(node: Node<'_>) -> Result<T, Refusal> {
    match node {
        Node::Map(object) => Members::read(object, Members::record),
        other => Err(Refusal::expected("an object", &other)),
    }
}

/// Takes the record from among the members of an object; if it is optional, only where any of its members is there.
pub fn read_flat<T: Record>(
    members: &mut Members<'_>,
    optional: bool,
) -> Result<Option<T>, Refusal> {
    if optional && !members.has_any(T::TABLE) {
        return Ok(None);
    }
    members.record().map(Some)
}
