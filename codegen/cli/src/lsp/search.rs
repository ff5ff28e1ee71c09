//! What is declared in all schemas of which a file is open, by a part of its name.

use eventc_compiler::index::{Place, Role, Symbol};
use lsp_types::{SymbolInformation, SymbolKind, WorkspaceSymbolParams, WorkspaceSymbolResponse};

use super::server::{Refusal, Server};
use super::snapshot::Snapshot;
use crate::view::Thing;

pub(super) fn search(
    server: &mut Server,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>, Refusal> {
    let mut found = Vec::new();
    for home in server.workspace.homes() {
        // What cannot be read is told where its diagnostics would be.
        if let Ok(snapshot) = server.workspace.snapshot(&home) {
            let places = snapshot.index().places().iter();
            let declared = places.filter(|place| place.role == Role::Definition);
            found.extend(declared.filter_map(|place| information(&snapshot, place, &params.query)));
        }
    }
    Ok(Some(WorkspaceSymbolResponse::Flat(found)))
}

fn information(snapshot: &Snapshot, place: &Place, query: &str) -> Option<SymbolInformation> {
    // Members are found where they belong.
    let Symbol::Thing(thing) = place.symbol else {
        return None;
    };
    let kind = match thing {
        Thing::Type(_) => SymbolKind::CLASS,
        Thing::Context(_) => SymbolKind::STRUCT,
        Thing::Stream(_) => SymbolKind::INTERFACE,
        Thing::Event(_) => SymbolKind::EVENT,
    };
    let name = thing.name(snapshot.catalog());
    if !matches(&name, query) {
        return None;
    }
    #[allow(
        deprecated,
        reason = "`tags` say it, but the struct has the field still"
    )]
    Some(SymbolInformation {
        name,
        kind,
        tags: None,
        deprecated: None,
        location: snapshot.location(place.span)?,
        container_name: None,
    })
}

/// Whether the letters of a query are in a name, in their order and in whatever case, as editors look for things.
fn matches(name: &str, query: &str) -> bool {
    let mut letters = name.chars().flat_map(char::to_lowercase);
    let mut query = query.chars().filter(|c| !c.is_whitespace());
    query.all(|wanted| wanted.to_lowercase().all(|it| letters.any(|c| c == it)))
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn letters_are_found_in_their_order() {
        for query in ["", "Orders.placed", "orpl", "PLACED", "o p"] {
            assert!(matches("orders.placed", query), "{query}");
        }
        for query in ["plor", "placedd", "x"] {
            assert!(!matches("orders.placed", query), "{query}");
        }
    }
}
