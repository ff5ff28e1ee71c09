//! What TypeScript cannot take: two names that become one, as a name is the same in all files.

use std::collections::BTreeMap;

use super::names::{self, Named};
use crate::catalog::{Catalog, Contents};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// The rule: what a catalog declares differs in its names once their modules' are before them.
pub(crate) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let all = names::all(catalog, &Contents::of(catalog));
    let mut seen: BTreeMap<&str, &Named> = BTreeMap::new();
    for named in &all {
        let Some(&first) = seen.get(named.name.as_str()) else {
            seen.insert(&named.name, named);
            continue;
        };
        let (first, second) = if first.span <= named.span {
            (first, named)
        } else {
            (named, first)
        };
        if diagnostics.has(Code::NameCollision, second.span) {
            // They are one name in Rust, too.
            continue;
        }
        let message = format!("two things become `{}` in TypeScript", named.name);
        diagnostics.push(
            Diagnostic::new(Code::NameCollision, second.span, message)
                .label(second.what.clone())
                .also(first.span, first.what.clone())
                .note("a name there begins with that of its file, and is one name in the whole catalog")
                .help("rename one of them"),
        );
    }
}
