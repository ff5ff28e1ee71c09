//! What is compared.

use catalogs::{Catalog, Files, rust};
use generators::{Generator, PROST, TYPIFY};

/// One way to have the types of a catalog.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Variant {
    Empty,
    Floor,
    Ours,
    Serde,
    SerdeStd,
    Bon,
    TypedBuilder,
    Prost,
    Typify,
}

/// How the files of a crate come about.
pub(crate) enum Making {
    /// Written into `src/`.
    Written(fn(&Catalog) -> Files),
    /// Written into `schema/`, and compiled by our build script.
    Ours,
    /// Made by a peer's generator.
    Generated(Generator),
}

impl Variant {
    pub(crate) const ALL: [Self; 9] = [
        Self::Empty,
        Self::Floor,
        Self::Ours,
        Self::Serde,
        Self::SerdeStd,
        Self::Bon,
        Self::TypedBuilder,
        Self::Prost,
        Self::Typify,
    ];

    /// Those whose profiles stand side by side.
    pub(crate) const PROFILED: [Self; 4] = [Self::Floor, Self::Ours, Self::SerdeStd, Self::Prost];

    /// As it is called in options, in names of crates and in raw results.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Floor => "floor",
            Self::Ours => "ours",
            Self::Serde => "serde",
            Self::SerdeStd => "serde_std",
            Self::Bon => "bon",
            Self::TypedBuilder => "typed_builder",
            Self::Prost => "prost",
            Self::Typify => "typify",
        }
    }

    /// As it is called in the table.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Empty => "nothing",
            Self::Floor => "bare structs, the floor",
            Self::Ours => "**eventc**",
            Self::Serde => "serde: Serialize, Deserialize",
            Self::SerdeStd => "serde, Debug, Clone, PartialEq",
            Self::Bon => "… and bon",
            Self::TypedBuilder => "… and typed-builder",
            Self::Prost => "prost",
            Self::Typify => "typify",
        }
    }

    pub(crate) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.slug() == slug)
    }

    /// How its crate is made.
    pub(crate) fn making(self) -> Making {
        match self {
            Self::Empty => Making::Written(empty),
            Self::Floor => Making::Written(rust::bare),
            Self::Ours => Making::Ours,
            Self::Serde => Making::Written(rust::serde),
            Self::SerdeStd => Making::Written(rust::serde_std),
            Self::Bon => Making::Written(rust::bon),
            Self::TypedBuilder => Making::Written(rust::typed_builder),
            Self::Prost => Making::Generated(PROST),
            Self::Typify => Making::Generated(TYPIFY),
        }
    }

    /// What its types name, out of the dependencies of our workspace.
    pub(crate) fn dependencies(self) -> &'static [&'static str] {
        match self {
            Self::Empty | Self::Ours => &[],
            Self::Floor => &["jiff", "uuid"],
            Self::Serde | Self::SerdeStd => &["jiff", "serde", "uuid"],
            Self::Bon => &["bon", "jiff", "serde", "uuid"],
            Self::TypedBuilder => &["jiff", "serde", "typed-builder", "uuid"],
            Self::Prost => PROST.dependencies,
            Self::Typify => TYPIFY.dependencies,
        }
    }
}

/// A crate that says how many fields the catalog has, so that an edit changes it, and nothing else.
fn empty(catalog: &Catalog) -> Files {
    let fields: usize = catalog.events().map(|(_, event)| event.fields.len()).sum();
    vec![(
        "lib.rs".to_owned(),
        format!("//! Nothing, instead of {fields} fields.\n"),
    )]
}
