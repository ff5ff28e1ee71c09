//! The syntax tree: the four nouns as they were written, names not yet looked up.

use std::sync::Arc;

use super::tree::{Node, Text};
use crate::source::{FileId, Span, Spanned};
use crate::words::{Fill, TransformKind};

/// One file: a module.
#[derive(Debug)]
pub(crate) struct File<'s> {
    pub(crate) id: FileId,
    /// Empty for the root.
    pub(crate) module: Vec<String>,
    /// Whether a part of it was not read, so that a name missing from it may only be unread.
    pub(crate) broken: bool,
    /// The settings of the whole catalog; the root alone has them.
    pub(crate) settings: Settings,
    pub(crate) description: Option<String>,
    /// Who answers for what names nobody else.
    pub(crate) owner: Option<Arc<str>>,
    /// The stream of every event of this file that names none.
    pub(crate) stream: Option<Spanned<String>>,
    pub(crate) types: Vec<TypeDecl<'s>>,
    pub(crate) streams: Vec<Stream<'s>>,
    pub(crate) contexts: Vec<Context<'s>>,
    pub(crate) events: Vec<Event<'s>>,
}

impl File<'_> {
    /// A file of which nothing could be read.
    pub(crate) fn unread(id: FileId, module: &[String]) -> Self {
        Self {
            id,
            module: module.to_vec(),
            broken: true,
            settings: Settings::default(),
            description: None,
            owner: None,
            stream: None,
            types: Vec::new(),
            streams: Vec::new(),
            contexts: Vec::new(),
            events: Vec::new(),
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(crate) catalog: Option<Spanned<String>>,
    pub(crate) targets: Vec<Spanned<String>>,
    pub(crate) lints: Vec<(Spanned<String>, Level)>,
}

/// How much a lint weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    Allow,
    Warn,
    Deny,
}

/// What people read about a thing.
#[derive(Debug, Default)]
pub(crate) struct Docs {
    pub(crate) description: Option<String>,
    // Few things have them, and every field has docs.
    pub(crate) owner: Option<Box<Spanned<String>>>,
    pub(crate) since: Option<Box<Spanned<String>>>,
    pub(crate) deprecated: Option<Box<Deprecated>>,
}

#[derive(Debug)]
pub(crate) struct Deprecated {
    pub(crate) reason: Option<String>,
    /// The event to use in its place.
    pub(crate) instead: Option<Spanned<String>>,
}

#[derive(Debug)]
pub(crate) struct TypeDecl<'s> {
    pub(crate) name: Spanned<String>,
    pub(crate) docs: Docs,
    pub(crate) pii: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) body: Body<'s>,
}

#[derive(Debug)]
pub(crate) enum Body<'s> {
    Newtype(Box<Newtype<'s>>),
    Enum(Enum),
    Record(Vec<Field<'s>>),
    Union(Union<'s>),
    /// It was reported; nothing more is known about it.
    Unread,
}

#[derive(Debug)]
pub(crate) struct Newtype<'s> {
    pub(crate) of: Type<'s>,
    pub(crate) length: Option<Spanned<Range>>,
    pub(crate) pattern: Option<Text<'s>>,
    pub(crate) min: Option<Spanned<String>>,
    pub(crate) max: Option<Spanned<String>>,
}

/// `1..64`, both ends included, either left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

#[derive(Debug)]
pub(crate) struct Enum {
    pub(crate) values: Vec<EnumValue>,
    pub(crate) open: bool,
}

#[derive(Debug)]
pub(crate) struct EnumValue {
    pub(crate) wire: Spanned<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: Option<Box<Deprecated>>,
    /// The name of the variant, where casing cannot settle it.
    pub(crate) rust: Option<Box<Spanned<String>>>,
}

#[derive(Debug)]
pub(crate) struct Union<'s> {
    pub(crate) variants: Vec<Variant<'s>>,
    /// The member that names the variant; without it the variant is the only member.
    pub(crate) tag: Option<Spanned<String>>,
}

#[derive(Debug)]
pub(crate) struct Variant<'s> {
    pub(crate) name: Spanned<String>,
    pub(crate) ty: Option<Type<'s>>,
}

#[derive(Debug)]
pub(crate) struct Type<'s> {
    pub(crate) span: Span,
    pub(crate) kind: TypeKind<'s>,
}

#[derive(Debug)]
pub(crate) enum TypeKind<'s> {
    /// A built-in type, one of the file or of one around it, or a dotted path.
    Name(String),
    List(Box<Type<'s>>),
    Map(Box<Type<'s>>, Box<Type<'s>>),
    /// An enum, record or union that stands in place of a name.
    Inline(Box<Body<'s>>),
}

#[derive(Debug)]
pub(crate) struct Field<'s> {
    pub(crate) name: Spanned<String>,
    pub(crate) optional: bool,
    /// None if what was written is no type; that was reported.
    pub(crate) ty: Option<Type<'s>>,
    pub(crate) docs: Docs,
    /// What few fields say about themselves: in memory, fields are most of a schema.
    pub(crate) facts: Option<Box<FieldFacts<'s>>>,
}

#[derive(Debug, Default)]
pub(crate) struct FieldFacts<'s> {
    pub(crate) unit: Option<String>,
    pub(crate) pii: Option<String>,
    pub(crate) wire: Option<Spanned<String>>,
    pub(crate) backfill: Option<Node<'s>>,
    pub(crate) fill: Option<Spanned<Fill>>,
    /// Seconds before and after the current time.
    pub(crate) accept: Option<Spanned<(i64, i64)>>,
}

/// Where events go: of a stream, or of an event that is a stream of its own.
#[derive(Debug, Default)]
pub(crate) struct Storage {
    pub(crate) partition: Option<Partition>,
    pub(crate) key: Option<Spanned<String>>,
    pub(crate) id: Option<Spanned<String>>,
    /// Seconds.
    pub(crate) retain: Option<Spanned<u64>>,
}

#[derive(Debug)]
pub(crate) struct Partition {
    /// The word `partition`.
    pub(crate) key: Span,
    /// None for `partition: none`.
    pub(crate) transforms: Option<Vec<Transform>>,
}

#[derive(Debug)]
pub(crate) struct Transform {
    pub(crate) span: Span,
    pub(crate) kind: TransformKind,
    pub(crate) field: Spanned<String>,
}

#[derive(Debug)]
pub(crate) struct Stream<'s> {
    pub(crate) name: Spanned<String>,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<Field<'s>>,
    pub(crate) storage: Storage,
}

#[derive(Debug)]
pub(crate) struct Context<'s> {
    pub(crate) name: Spanned<String>,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<Field<'s>>,
}

#[derive(Debug)]
pub(crate) struct Event<'s> {
    pub(crate) name: Spanned<String>,
    pub(crate) docs: Docs,
    pub(crate) version: Option<Spanned<u32>>,
    pub(crate) stream: Option<Spanned<String>>,
    pub(crate) with: Vec<With>,
    pub(crate) fields: Vec<Field<'s>>,
    pub(crate) storage: Storage,
    pub(crate) examples: Vec<(Spanned<String>, Node<'s>)>,
    pub(crate) reserved: Vec<Spanned<String>>,
}

/// A context that an event carries.
#[derive(Debug)]
pub(crate) struct With {
    pub(crate) context: Spanned<String>,
    pub(crate) optional: bool,
}
