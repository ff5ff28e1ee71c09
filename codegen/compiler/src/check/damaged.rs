//! What an error was found in, so that nothing more is said of values of it.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostics;
use crate::source::Span;
use crate::syntax::ast::File;

/// The declarations that an error points into, by the places of their names.
#[derive(Default)]
pub(super) struct Damaged {
    names: BTreeSet<Span>,
}

impl Damaged {
    /// What the errors that were found so far point into: of a file, the last declaration that begins before them.
    pub(super) fn of(diagnostics: &Diagnostics, files: &[File<'_>]) -> Self {
        let places: Vec<_> = diagnostics
            .errors()
            .flat_map(|error| error.span().into_iter().chain(error.again.iter().copied()))
            .collect();
        if places.is_empty() {
            return Self::default();
        }
        let declared: BTreeSet<_> = files.iter().flat_map(names).collect();
        let around = |place: Span| {
            let end = Span {
                end: u32::MAX,
                ..place
            };
            let name = declared.range(..=end).next_back();
            name.copied().filter(|name| name.file == place.file)
        };
        Self {
            names: places.into_iter().filter_map(around).collect(),
        }
    }

    /// Whether an error was found in the declaration of this name.
    pub(super) fn has(&self, name: Span) -> bool {
        self.names.contains(&name)
    }
}

/// The names of what a file declares.
fn names(file: &File<'_>) -> Vec<Span> {
    let types = file.types.iter().map(|declared| declared.name.span);
    let streams = file.streams.iter().map(|declared| declared.name.span);
    let contexts = file.contexts.iter().map(|declared| declared.name.span);
    let events = file.events.iter().map(|declared| declared.name.span);
    types.chain(streams).chain(contexts).chain(events).collect()
}
