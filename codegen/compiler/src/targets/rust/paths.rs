//! How generated code names what it uses: plainly after a `use` line, or by the whole path where the plain name is taken.

use std::collections::{BTreeMap, BTreeSet};

use super::{Layout, names};
use crate::catalog::{Catalog, Contents, ModuleId};

/// Names that every module has without a `use` line, and where they come from.
const PRELUDE: &[(&str, &str)] = &[
    ("Box", "::std::boxed"),
    ("Clone", "::core::clone"),
    ("Copy", "::core::marker"),
    ("Eq", "::core::cmp"),
    ("Hash", "::core::hash"),
    ("Option", "::core::option"),
    ("Ord", "::core::cmp"),
    ("PartialEq", "::core::cmp"),
    ("PartialOrd", "::core::cmp"),
    ("String", "::std::string"),
    ("Vec", "::std::vec"),
];

/// Names by which the derives know what a field holds. A type of the catalog with such a name is written
/// with a path that begins in this crate, which the derives take for what it is.
const KNOWN_TO_DERIVES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Bytes",
    "Date",
    "Decimal",
    "IpAddr",
    "Json",
    "Key",
    "Option",
    "String",
    "Text",
    "Timestamp",
    "Uuid",
    "Vec",
];

/// The names of one module.
pub(super) struct Paths<'c> {
    catalog: &'c Catalog,
    module: ModuleId,
    layout: Layout,
    /// Names of the module's own items.
    own: BTreeSet<String>,
    /// Imported names and where they come from.
    imported: BTreeMap<String, String>,
}

impl<'c> Paths<'c> {
    pub(super) fn new(
        catalog: &'c Catalog,
        contents: &Contents,
        module: ModuleId,
        layout: Layout,
    ) -> Self {
        let own = super::declared::type_names(catalog, contents, module)
            .into_iter()
            .map(|named| named.rust)
            .collect();
        Self {
            catalog,
            module,
            layout,
            own,
            imported: BTreeMap::new(),
        }
    }

    /// The module whose names these are.
    pub(super) fn module(&self) -> ModuleId {
        self.module
    }

    pub(super) fn layout(&self) -> Layout {
        self.layout
    }

    /// Something of the runtime crate.
    pub(super) fn runtime(&mut self, name: &str) -> String {
        self.import("::eventc", name)
    }

    pub(super) fn btree_map(&mut self) -> String {
        self.import("::std::collections", "BTreeMap")
    }

    pub(super) fn ip_addr(&mut self) -> String {
        self.import("::std::net", "IpAddr")
    }

    /// A name of the prelude.
    pub(super) fn prelude(&self, name: &'static str) -> String {
        let home = PRELUDE
            .iter()
            .find(|(known, _)| *known == name)
            .map_or("::core", |(_, home)| home);
        let is_taken = self.own.contains(name) || self.layout == Layout::Inline;
        if is_taken {
            format!("{home}::{name}")
        } else {
            name.to_owned()
        }
    }

    /// An item of the catalog, for a field's type.
    pub(super) fn item(&mut self, module: ModuleId, name: &str) -> String {
        if KNOWN_TO_DERIVES.contains(&name) {
            let path = match self.layout {
                Layout::Crate if module == self.module => "self".to_owned(),
                _ => self.path_to(module),
            };
            return format!("{path}::{name}");
        }
        if module == self.module {
            return name.to_owned();
        }
        let path = self.path_to(module);
        self.import(&path, name)
    }

    /// An item of the catalog, by its whole path from here.
    pub(super) fn whole(&self, module: ModuleId, name: &str) -> String {
        if module == self.module {
            return name.to_owned();
        }
        format!("{}::{name}", self.path_to(module))
    }

    fn path_to(&self, module: ModuleId) -> String {
        let from = &self.catalog[self.module].path;
        let to = names::modules(&self.catalog[module].path);
        let root = match self.layout {
            Layout::Crate => vec!["crate".to_owned()],
            Layout::Inline if from.is_empty() => vec!["self".to_owned()],
            Layout::Inline => vec!["super".to_owned(); from.len()],
        };
        root.into_iter().chain(to).collect::<Vec<_>>().join("::")
    }

    fn import(&mut self, path: &str, name: &str) -> String {
        let is_prelude = PRELUDE.iter().any(|(known, _)| *known == name);
        let other = self.imported.get(name).is_some_and(|from| from != path);
        if self.layout == Layout::Inline || self.own.contains(name) || is_prelude || other {
            return format!("{path}::{name}");
        }
        self.imported.insert(name.to_owned(), path.to_owned());
        name.to_owned()
    }

    /// One line for each place that names come from.
    pub(super) fn use_lines(&self) -> String {
        let mut by_path: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (name, path) in &self.imported {
            by_path.entry(path).or_default().push(name);
        }
        // The standard library, the runtime, then this crate.
        let rank = |path: &str| (!path.starts_with("::std"), !path.starts_with("::"));
        let mut lines: Vec<_> = by_path.into_iter().collect();
        lines.sort_by_key(|(path, _)| (rank(path), *path));
        let lines = lines
            .into_iter()
            .map(|(path, names)| match names.as_slice() {
                [name] => format!("use {path}::{name};\n"),
                names => format!("use {path}::{{{}}};\n", names.join(", ")),
            });
        let lines: String = lines.collect();
        if lines.is_empty() {
            lines
        } else {
            format!("\n{lines}")
        }
    }
}
