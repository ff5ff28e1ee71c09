//! Code for people to begin with: how an event is written. What it is made of are variables of the fields' names.

use std::fmt::Write as _;

use super::{names, package_name};
use crate::catalog::{Catalog, Event, EventId, Field};

/// How an event is encoded.
pub(in crate::targets) fn event(catalog: &Catalog, id: EventId) -> String {
    let event = &catalog[id];
    let name = names::event(catalog, event);
    let mut code = format!(
        "import {{ {name}, encode }} from {};\n\nconst text = encode({name}, {{\n  event: {},\n  version: {},\n",
        names::literal(&package_name(catalog)),
        names::literal(&event.name),
        event.version
    );
    let (required, optional) = members(catalog, event);
    for field in required {
        let (key, ty) = (names::key(field.wire()), catalog.type_name(&field.ty));
        let value = match key == field.name {
            true => key,
            false => format!("{key}: {}", field.name),
        };
        let _ = writeln!(code, "  {value}, // {ty}");
    }
    if !optional.is_empty() {
        let names: Vec<_> = optional.iter().map(|field| field.wire()).collect();
        let _ = writeln!(code, "  // may be added: {}", names.join(", "));
    }
    code.push_str("});");
    code
}

/// The members of an event as they stand on the wire: those that it needs, and those that it may have.
fn members<'c>(catalog: &'c Catalog, event: &'c Event) -> (Vec<&'c Field>, Vec<&'c Field>) {
    let header = catalog.stream_of(event).map(|stream| &stream.fields);
    let needed = header.into_iter().flatten().map(|field| (true, field));
    let carried = event.contexts.iter().flat_map(|carried| {
        let fields = &catalog[carried.context].fields;
        fields.iter().map(|field| (!carried.optional, field))
    });
    let own = event.fields.iter().map(|field| (true, field));
    let all = needed.chain(carried).chain(own);
    let (required, optional): (Vec<_>, Vec<_>) =
        all.partition(|(is_needed, field)| *is_needed && field.required);
    let fields = |all: Vec<(bool, &'c Field)>| all.into_iter().map(|(_, field)| field).collect();
    (fields(required), fields(optional))
}
