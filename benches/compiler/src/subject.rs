//! What is compared: build scripts that make Rust of definitions.

use catalogs::{Catalog, Files, yaml};
use generators::{Generator, PROST, TYPIFY};

/// Somebody's build script.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Ours,
    Prost,
    Typify,
}

impl Subject {
    pub(crate) const ALL: [Self; 3] = [Self::Ours, Self::Prost, Self::Typify];

    /// As it is called in options, in names of crates and in raw results.
    pub(crate) fn slug(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::Prost => "prost",
            Self::Typify => "typify",
        }
    }

    /// As it is called in tables.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Ours => "**eventc**",
            Self::Prost => "prost-build, protox",
            Self::Typify => "typify, prettyplease",
        }
    }

    pub(crate) fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.slug() == slug)
    }

    pub(crate) fn generator(self) -> Option<Generator> {
        match self {
            Self::Ours => None,
            Self::Prost => Some(PROST),
            Self::Typify => Some(TYPIFY),
        }
    }

    /// The folder in a crate that holds the definitions.
    pub(crate) fn folder(self) -> &'static str {
        self.generator()
            .map_or("schema", |generator| generator.folder)
    }

    /// The definitions of a catalog.
    pub(crate) fn render(self, catalog: &Catalog) -> Files {
        match self.generator() {
            Some(generator) => (generator.render)(catalog),
            None => yaml::render(catalog),
        }
    }
}
