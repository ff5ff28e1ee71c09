//! Events, and where they go.

use super::{
    Catalog, ContextId, Docs, Expect, Field, ModuleId, Scalar, Store, StreamId, TransformKind,
    TypeRef,
};
use crate::json::Json;
use crate::source::Span;

/// A group of fields that some events carry.
#[derive(Debug)]
pub struct Context {
    /// Where it is declared.
    pub module: ModuleId,
    /// snake_case.
    pub name: String,
    /// Its name in its declaration.
    pub span: Span,
    /// Its documentation.
    pub docs: Docs,
    /// Its fields.
    pub fields: Vec<Field>,
}

/// Where events go, and what each of them must carry: its fields are their header.
#[derive(Debug)]
pub struct Stream {
    /// Where it is declared.
    pub module: ModuleId,
    /// snake_case.
    pub name: String,
    /// Its name in its declaration.
    pub span: Span,
    /// Its documentation.
    pub docs: Docs,
    /// The header.
    pub fields: Vec<Field>,
    /// How its events are stored.
    pub storage: Storage,
    /// How they are kept in tables.
    pub store: Store,
    /// Whether a field that it names could not be resolved; never in a catalog that is handed out.
    pub(crate) unresolved: bool,
}

/// How events are stored.
#[derive(Debug, Default)]
pub struct Storage {
    /// None for `partition: none`.
    pub partition: Vec<Transform>,
    /// Events with the same key stay in order.
    pub key: Option<FieldRef>,
    /// An event that arrives twice is one event.
    pub id: Option<FieldRef>,
    /// Seconds.
    pub retain: Option<u64>,
}

/// A part of a partition.
#[derive(Debug, Clone, Copy)]
pub struct Transform {
    /// What is made of the field's value.
    pub kind: TransformKind,
    /// The field.
    pub field: FieldRef,
    /// Where it was written.
    pub span: Span,
}

/// A field of the header, or of an event that is a stream of its own, and where it is named.
#[derive(Debug, Clone, Copy)]
pub struct FieldRef {
    /// Its place among the fields.
    pub index: usize,
    /// Where it is named.
    pub span: Span,
}

/// Something that happened.
#[derive(Debug)]
pub struct Event {
    /// Where it is declared.
    pub module: ModuleId,
    /// The last part of its name, in snake_case.
    pub ident: String,
    /// `backend.request.success`: its module's path and its own name.
    pub name: String,
    /// Its name in its declaration.
    pub span: Span,
    /// Its documentation.
    pub docs: Docs,
    /// From 1.
    pub version: u32,
    /// Where it goes.
    pub home: Home,
    /// The contexts it carries, in the order they were written.
    pub contexts: Vec<Carried>,
    /// Its own fields.
    pub fields: Vec<Field>,
    /// How many there are at the least, where silence is an alarm.
    pub expect: Option<Expect>,
    /// Whole events.
    pub examples: Vec<Example>,
    /// Names that may never come back.
    pub reserved: Vec<String>,
    /// Whether a name in it could not be resolved; never in a catalog that is handed out.
    pub(crate) unresolved: bool,
}

/// Where an event goes.
#[derive(Debug)]
pub enum Home {
    /// To a stream, whose header it has.
    Stream(StreamId),
    /// To a stream of its own.
    Own(Storage),
    /// The stream could not be resolved; never in a catalog that is handed out.
    Unresolved,
}

/// A context that an event carries.
#[derive(Debug, Clone, Copy)]
pub struct Carried {
    /// The context.
    pub context: ContextId,
    /// Whether it may be absent.
    pub optional: bool,
    /// Where it was written.
    pub span: Span,
}

/// A whole event, as it is on the wire.
#[derive(Debug)]
pub struct Example {
    /// Its name.
    pub name: String,
    /// Its place.
    pub span: Span,
    /// An object with all members, `event` and `version` among them.
    pub json: Json,
}

impl Storage {
    /// Every field that places an event, with the key that names it.
    pub fn references(&self) -> impl Iterator<Item = (&'static str, FieldRef)> {
        let partition = self
            .partition
            .iter()
            .map(|transform| ("partition", transform.field));
        partition
            .chain(self.key.map(|key| ("key", key)))
            .chain(self.id.map(|id| ("id", id)))
    }

    /// The partition in the words of the language: `day(occurred_at)`, `[…, …]` for several, or `none`.
    ///
    /// `name` is how the field at a place is called.
    pub fn partition_text(&self, name: impl Fn(usize) -> String) -> String {
        let transform = |transform: &Transform| transform.kind.text(&name(transform.field.index));
        let transforms: Vec<_> = self.partition.iter().map(transform).collect();
        match transforms.as_slice() {
            [] => "none".to_owned(),
            [only] => only.clone(),
            several => format!("[{}]", several.join(", ")),
        }
    }
}

impl Catalog {
    /// The header, if the event has one.
    pub fn stream_of(&self, event: &Event) -> Option<&Stream> {
        match event.home {
            Home::Stream(id) => Some(&self[id]),
            Home::Own(_) | Home::Unresolved => None,
        }
    }

    /// The timestamp of a partition, of which events are counted; none if it is cut by nothing or by dates.
    pub fn time_of<'c>(&self, storage: &Storage, fields: &'c [Field]) -> Option<&'c Field> {
        let mut times = storage.partition.iter().filter(|it| it.kind.is_time());
        let field = fields.get(times.next()?.field.index)?;
        (*self.base(&field.ty) == TypeRef::Scalar(Scalar::Timestamp)).then_some(field)
    }

    /// How an event is stored, and the fields that `Storage` speaks of.
    pub fn storage_of<'c>(&'c self, event: &'c Event) -> Option<(&'c Storage, &'c [Field])> {
        match &event.home {
            Home::Stream(id) => Some((&self[*id].storage, &self[*id].fields)),
            Home::Own(storage) => Some((storage, &event.fields)),
            Home::Unresolved => None,
        }
    }
}
