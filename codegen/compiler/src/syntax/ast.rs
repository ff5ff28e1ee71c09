//! The syntax tree: the four nouns as they were written, names not yet looked up.

use std::borrow::Cow;

use super::tree::{Node, Text};
use crate::source::{FileId, Span, Spanned};
use crate::words::{Expect, Fill, Level, Lint, Store, TransformKind};

/// Text of the file, and where it stands.
pub(crate) type Name<'s> = Spanned<Cow<'s, str>>;

/// One file: a module.
#[derive(Debug)]
pub(crate) struct File<'s> {
    pub(crate) id: FileId,
    /// Empty for the root.
    pub(crate) module: Vec<String>,
    /// Whether a part of it was not read, so that a name missing from it may only be unread.
    pub(crate) broken: bool,
    /// The names of streams, contexts and events that could not be read, so that nothing is known of them but that they are there.
    pub(crate) unread: Vec<Name<'s>>,
    /// The settings of the whole catalog; the root alone has them.
    pub(crate) settings: Settings<'s>,
    /// What lints should not say in this file.
    pub(crate) allows: Vec<Allow>,
    pub(crate) description: Option<Cow<'s, str>>,
    /// Who answers for what names nobody else.
    pub(crate) owner: Option<Name<'s>>,
    /// The stream of every event of this file that names none.
    pub(crate) stream: Option<Name<'s>>,
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
            unread: Vec::new(),
            settings: Settings::default(),
            allows: Vec::new(),
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
pub(crate) struct Settings<'s> {
    pub(crate) catalog: Option<Name<'s>>,
    pub(crate) targets: Vec<Name<'s>>,
    pub(crate) lints: Vec<(Spanned<Lint>, Level)>,
}

/// That a lint says nothing about a part of the file.
#[derive(Debug)]
pub(crate) struct Allow {
    pub(crate) lint: Lint,
    /// Its name, where it was written.
    pub(crate) span: Span,
    /// The part: what has the key `allow`, or the whole file.
    pub(crate) covers: Span,
}

/// What people read about a thing.
#[derive(Debug, Default)]
pub(crate) struct Docs<'s> {
    pub(crate) description: Option<Cow<'s, str>>,
    /// What few things have; and every field has docs.
    pub(crate) rest: Option<Box<DocsRest<'s>>>,
}

#[derive(Debug, Default)]
pub(crate) struct DocsRest<'s> {
    pub(crate) owner: Option<Name<'s>>,
    pub(crate) since: Option<Name<'s>>,
    pub(crate) deprecated: Option<Deprecated<'s>>,
}

impl<'s> Docs<'s> {
    pub(crate) fn owner(&self) -> Option<&Name<'s>> {
        self.rest.as_ref()?.owner.as_ref()
    }

    pub(crate) fn since(&self) -> Option<&Name<'s>> {
        self.rest.as_ref()?.since.as_ref()
    }

    pub(crate) fn deprecated(&self) -> Option<&Deprecated<'s>> {
        self.rest.as_ref()?.deprecated.as_ref()
    }
}

#[derive(Debug)]
pub(crate) struct Deprecated<'s> {
    pub(crate) reason: Option<Cow<'s, str>>,
    /// The event to use in its place.
    pub(crate) instead: Option<Name<'s>>,
}

#[derive(Debug)]
pub(crate) struct TypeDecl<'s> {
    pub(crate) name: Name<'s>,
    pub(crate) docs: Docs<'s>,
    pub(crate) pii: Option<Cow<'s, str>>,
    pub(crate) unit: Option<Cow<'s, str>>,
    pub(crate) body: Body<'s>,
}

#[derive(Debug)]
pub(crate) enum Body<'s> {
    Newtype(Box<Newtype<'s>>),
    Enum(Enum<'s>),
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
    pub(crate) min: Option<Name<'s>>,
    pub(crate) max: Option<Name<'s>>,
}

/// `1..64`, both ends included, either left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) min: Option<u64>,
    pub(crate) max: Option<u64>,
}

#[derive(Debug)]
pub(crate) struct Enum<'s> {
    pub(crate) values: Vec<EnumValue<'s>>,
    pub(crate) open: bool,
}

#[derive(Debug)]
pub(crate) struct EnumValue<'s> {
    pub(crate) wire: Name<'s>,
    pub(crate) description: Option<Cow<'s, str>>,
    pub(crate) deprecated: Option<Box<Deprecated<'s>>>,
    /// The name of the variant, where casing cannot settle it.
    pub(crate) rust: Option<Box<Name<'s>>>,
}

#[derive(Debug)]
pub(crate) struct Union<'s> {
    pub(crate) variants: Vec<Variant<'s>>,
    /// The member that names the variant; without it the variant is the only member.
    pub(crate) tag: Option<Name<'s>>,
}

#[derive(Debug)]
pub(crate) struct Variant<'s> {
    pub(crate) name: Name<'s>,
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
    Name(Cow<'s, str>),
    List(Box<Type<'s>>),
    Map(Box<Type<'s>>, Box<Type<'s>>),
    /// An enum, record or union that stands in place of a name.
    Inline(Box<Body<'s>>),
}

#[derive(Debug)]
pub(crate) struct Field<'s> {
    pub(crate) name: Name<'s>,
    pub(crate) optional: bool,
    /// Whether nothing but its type was written.
    pub(crate) short: bool,
    /// None if what was written is no type; that was reported.
    pub(crate) ty: Option<Type<'s>>,
    pub(crate) docs: Docs<'s>,
    /// What few fields say about themselves: in memory, fields are most of a schema.
    pub(crate) facts: Option<Box<FieldFacts<'s>>>,
}

#[derive(Debug, Default)]
pub(crate) struct FieldFacts<'s> {
    pub(crate) unit: Option<Cow<'s, str>>,
    pub(crate) pii: Option<Cow<'s, str>>,
    pub(crate) wire: Option<Name<'s>>,
    pub(crate) backfill: Option<Node<'s>>,
    pub(crate) fill: Option<Spanned<Fill>>,
    /// Seconds before and after the current time.
    pub(crate) accept: Option<Spanned<(i64, i64)>>,
}

/// Where events go: of a stream, or of an event that is a stream of its own.
#[derive(Debug, Default)]
pub(crate) struct Storage<'s> {
    pub(crate) partition: Option<Partition<'s>>,
    pub(crate) key: Option<Name<'s>>,
    pub(crate) id: Option<Name<'s>>,
    /// Seconds.
    pub(crate) retain: Option<Spanned<u64>>,
}

#[derive(Debug)]
pub(crate) struct Partition<'s> {
    /// The word `partition`.
    pub(crate) key: Span,
    /// None for `partition: none`.
    pub(crate) transforms: Option<Vec<Transform<'s>>>,
}

#[derive(Debug)]
pub(crate) struct Transform<'s> {
    pub(crate) span: Span,
    pub(crate) kind: TransformKind,
    pub(crate) field: Name<'s>,
}

#[derive(Debug)]
pub(crate) struct Stream<'s> {
    pub(crate) name: Name<'s>,
    pub(crate) docs: Docs<'s>,
    pub(crate) fields: Vec<Field<'s>>,
    pub(crate) storage: Storage<'s>,
    pub(crate) store: Store,
}

#[derive(Debug)]
pub(crate) struct Context<'s> {
    pub(crate) name: Name<'s>,
    pub(crate) docs: Docs<'s>,
    pub(crate) fields: Vec<Field<'s>>,
}

#[derive(Debug)]
pub(crate) struct Event<'s> {
    pub(crate) name: Name<'s>,
    pub(crate) docs: Docs<'s>,
    pub(crate) version: Option<Spanned<u32>>,
    pub(crate) stream: Option<Name<'s>>,
    pub(crate) with: Vec<With<'s>>,
    pub(crate) fields: Vec<Field<'s>>,
    pub(crate) storage: Storage<'s>,
    /// At its key.
    pub(crate) expect: Option<Spanned<Expect>>,
    pub(crate) examples: Vec<(Name<'s>, Node<'s>)>,
    pub(crate) reserved: Vec<Name<'s>>,
}

/// A context that an event carries.
#[derive(Debug)]
pub(crate) struct With<'s> {
    pub(crate) context: Name<'s>,
    pub(crate) optional: bool,
}
