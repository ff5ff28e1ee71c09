//! Code for people to begin with: how a value is made. What it is made of are variables of the fields' names.

use std::fmt::Write as _;

use super::names;
use crate::catalog::{
    Body, Catalog, ContextId, Event, EventId, Field, Module, Stream, StreamId, TypeId,
};

/// The crate of the events, by the name that the README gives it.
const CRATE: &str = "events";

/// How an event is made.
pub(in crate::targets) fn event(catalog: &Catalog, id: EventId) -> String {
    let event = &catalog[id];
    let name = names::camel(&event.ident);
    let stream = catalog.stream_of(event);
    let mut code = format!("use {};\n", path(&catalog[event.module], &name));
    let header = stream.map(|stream| header_path(catalog, stream, &name));
    match (&header, stream) {
        // Both may come from the root.
        (Some(header), Some(stream)) if !header.contains("::") => {
            let module = &catalog[stream.module];
            if module.path.is_empty() {
                let _ = writeln!(code, "use {CRATE}::{{{header}, event}};");
            } else {
                let _ = writeln!(code, "use {};\nuse {CRATE}::event;", path(module, header));
            }
        }
        _ => {
            let _ = writeln!(code, "use {CRATE}::event;");
        }
    }
    let variable = names::snake(&event.ident);
    let _ = writeln!(code, "\nlet {variable} = event!({name} {{");
    if let (Some(header), Some(stream)) = (&header, stream) {
        let field = names::snake(&stream.name);
        let _ = writeln!(code, "    {field}: {},", made(header, stream));
    }
    let (required, optional) = members(catalog, event);
    for (member, ty) in required {
        let _ = writeln!(code, "    {member}, // {ty}");
    }
    if !optional.is_empty() {
        let _ = writeln!(code, "    // may be added: {}", optional.join(", "));
    }
    code.push_str("});");
    code
}

/// The contexts and fields of an event: those that it needs, with their types, and those that it may have.
fn members(catalog: &Catalog, event: &Event) -> (Vec<(String, String)>, Vec<String>) {
    let (mut required, mut optional) = (Vec::new(), Vec::new());
    let mut add = |is_required: bool, name: &str, ty: String| match is_required {
        true => required.push((names::snake(name), ty)),
        false => optional.push(names::snake(name)),
    };
    for carried in &event.contexts {
        let name = &catalog[carried.context].name;
        add(!carried.optional, name, names::camel(name));
    }
    for field in &event.fields {
        add(field.required, &field.name, type_of(catalog, field));
    }
    (required, optional)
}

/// The type of a field and its unit, as the schema says them.
fn type_of(catalog: &Catalog, field: &Field) -> String {
    let ty = catalog.type_name(&field.ty);
    match &field.unit {
        Some(unit) => format!("{ty}, {}", super::docs::code(unit).trim_matches('`')),
        None => ty,
    }
}

/// How the header of a stream is made.
pub(in crate::targets) fn stream(catalog: &Catalog, id: StreamId) -> String {
    let stream = &catalog[id];
    let name = names::camel(&stream.name);
    let variable = names::snake(&stream.name);
    format!(
        "use {};\n\nlet {variable} = {};",
        path(&catalog[stream.module], &name),
        made(&name, stream)
    )
}

/// `Telemetry::new(tenant_id)` where the schema fills something in, and else the whole literal.
fn made(path: &str, stream: &Stream) -> String {
    let is_filled = stream.fields.iter().any(|field| field.fill.is_some());
    let fields = stream.fields.iter();
    let fields = fields.filter(|field| !is_filled || (field.fill.is_none() && field.required));
    let fields: Vec<_> = fields.map(|field| names::snake(&field.name)).collect();
    let fields = fields.join(", ");
    match is_filled {
        true => format!("{path}::new({fields})"),
        false => format!("{path} {{ {fields} }}"),
    }
}

/// How a context is made.
pub(in crate::targets) fn context(catalog: &Catalog, id: ContextId) -> String {
    let context = &catalog[id];
    let name = names::camel(&context.name);
    let module = &catalog[context.module];
    let value = literal(&name, &context.fields);
    format!(
        "use {};\n\nlet {} = {value};",
        path(module, &name),
        names::snake(&context.name)
    )
}

/// How a value of a type is made.
pub(in crate::targets) fn ty(catalog: &Catalog, id: TypeId) -> String {
    let ty = &catalog[id];
    let name = names::camel_type(&ty.name);
    let value = match &ty.body {
        Body::Newtype(_) => format!("{name}::try_from(value)?"),
        Body::Enum(of) => {
            let first = of.values.first().map(names::variant_of);
            format!("{name}::{}", first.unwrap_or_default())
        }
        Body::Record(fields) => literal(&name, fields),
        Body::Union(of) => {
            let first = of.variants.first();
            let variant = first.map(|it| (names::camel(&it.name), names::snake(&it.name)));
            let (variant, held) = variant.unwrap_or_default();
            format!("{name}::{variant}({held})")
        }
    };
    format!(
        "use {};\n\nlet value = {value};",
        path(&catalog[ty.module], &name)
    )
}

/// A struct of which all fields are variables; what may be absent is an `Option`.
fn literal(name: &str, fields: &[Field]) -> String {
    let mut code = format!("{name} {{\n");
    for field in fields {
        let optional = if field.required { "" } else { ", an Option" };
        let name = names::snake(&field.name);
        let _ = writeln!(
            code,
            "    {name},{optional}",
            optional = optional.replace(", ", " // ")
        );
    }
    code.push('}');
    code
}

/// How the header is named where `taken` is a name already.
fn header_path(catalog: &Catalog, stream: &Stream, taken: &str) -> String {
    let name = names::camel(&stream.name);
    if name == taken {
        return path(&catalog[stream.module], &name);
    }
    name
}

/// `events::backend::request::Success`
fn path(module: &Module, name: &str) -> String {
    let modules = names::modules(&module.path);
    let parts = [CRATE.to_owned()].into_iter().chain(modules);
    let parts: Vec<_> = parts.chain([name.to_owned()]).collect();
    parts.join("::")
}
