//! What a catalog is made of, before it is written in anybody's language.

/// The events of one company.
#[derive(Debug, Clone, PartialEq)]
pub struct Catalog {
    /// Types that every area uses.
    pub newtypes: Vec<Newtype>,
    /// The fields of the stream `telemetry`, to which all events belong.
    pub header: Vec<Field>,
    /// A file each.
    pub areas: Vec<Area>,
}

/// A file of events, and the types that they share.
#[derive(Debug, Clone, PartialEq)]
pub struct Area {
    /// In snake case: the name of the file and of the module.
    pub name: String,
    /// What it is about.
    pub description: String,
    /// Enums that its events use.
    pub enums: Vec<Enumeration>,
    /// Records that its events use.
    pub records: Vec<Record>,
    /// At most ten.
    pub events: Vec<Event>,
}

/// A scalar with a name of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Newtype {
    /// In upper camel case.
    pub name: &'static str,
    /// What it wraps.
    pub of: Scalar,
    /// What it stands for.
    pub description: &'static str,
}

/// What a newtype may wrap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Scalar {
    /// An identifier.
    Uuid,
    /// A text that is not empty.
    String,
}

/// One of a few values.
#[derive(Debug, Clone, PartialEq)]
pub struct Enumeration {
    /// In upper camel case.
    pub name: String,
    /// What it tells apart.
    pub description: String,
    /// In snake case.
    pub values: [&'static str; 4],
}

/// Fields that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// In upper camel case.
    pub name: String,
    /// What it holds.
    pub description: String,
    /// Four.
    pub fields: Vec<Field>,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// In snake case.
    pub name: String,
    /// What happened.
    pub description: String,
    /// Its own ones, without the header.
    pub fields: Vec<Field>,
}

/// A field of an event, a record or the header.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// In snake case.
    pub name: String,
    /// What it holds.
    pub ty: Type,
    /// Whether it may be absent.
    pub optional: bool,
    /// Most have one.
    pub description: Option<String>,
}

/// The type of a field.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "they are what they are called")]
pub enum Type {
    Bool,
    U16,
    U32,
    I64,
    F64,
    String,
    Uuid,
    Timestamp,
    ListOfStrings,
    MapOfStrings,
    /// A newtype of the catalog.
    Shared(&'static str),
    /// An enum or a record of the same area.
    Local(String),
}
