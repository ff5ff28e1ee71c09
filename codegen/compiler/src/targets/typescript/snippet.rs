//! Code for people to begin with: how a value is made. What it is made of are variables of the fields' names, each with its type behind it.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::{names, package_name, types, values};
use crate::catalog::{
    Body, Catalog, ContextId, EventId, Field, Fill, StreamId, TypeId, TypeRef, Union,
};

/// How an event is encoded.
pub(in crate::targets) fn event(catalog: &Catalog, id: EventId) -> String {
    let event = &catalog[id];
    let name = names::event(catalog, event);
    let mut snippet = Snippet::new(catalog);
    snippet.values.extend([name.clone(), "encode".to_owned()]);
    let header = catalog.stream_of(event).map(|stream| &stream.fields);
    let header = header.into_iter().flatten().map(|field| (true, field));
    let carried = event.contexts.iter().flat_map(|carried| {
        let fields = &catalog[carried.context].fields;
        fields.iter().map(|field| (!carried.optional, field))
    });
    let own = event.fields.iter().map(|field| (true, field));
    let members = snippet.members(header.chain(carried).chain(own));
    snippet.finish(&format!(
        "const text = encode({name}, {{\n  event: {},\n  version: {},\n{members}}});",
        names::literal(&event.name),
        event.version
    ))
}

/// How the members of a header are made.
pub(in crate::targets) fn stream(catalog: &Catalog, id: StreamId) -> String {
    let stream = &catalog[id];
    object(catalog, names::stream(catalog, stream), &stream.fields)
}

/// How the members of a context are made.
pub(in crate::targets) fn context(catalog: &Catalog, id: ContextId) -> String {
    let context = &catalog[id];
    object(catalog, names::context(catalog, context), &context.fields)
}

/// How a value of a type is made.
pub(in crate::targets) fn ty(catalog: &Catalog, id: TypeId) -> String {
    let ty = &catalog[id];
    let name = names::ty(catalog, ty);
    let mut snippet = Snippet::new(catalog);
    let code = match &ty.body {
        Body::Newtype(newtype) => {
            let base = catalog.base(&newtype.of);
            let given = values::given(catalog, newtype, base, &mut |id| snippet.named(id));
            format!("const value = {name}(given); // {}", plain(&given))
        }
        Body::Enum(of) => {
            let first = of.values.first().map(|value| names::literal(&value.wire));
            format!("const value: {name} = {};", first.unwrap_or_default())
        }
        Body::Record(fields) => return object(catalog, name, fields),
        Body::Union(union) => snippet.variant(&name, union),
    };
    match ty.body {
        Body::Newtype(_) => snippet.values.insert(name),
        _ => snippet.types.insert(name),
    };
    snippet.finish(&code)
}

fn object(catalog: &Catalog, name: String, fields: &[Field]) -> String {
    let mut snippet = Snippet::new(catalog);
    let members = snippet.members(fields.iter().map(|field| (true, field)));
    let code = format!("const value: {name} = {{\n{members}}};");
    snippet.types.insert(name);
    snippet.finish(&code)
}

/// Code that is being written, and what it imports.
struct Snippet<'c> {
    catalog: &'c Catalog,
    values: BTreeSet<String>,
    types: BTreeSet<String>,
}

impl<'c> Snippet<'c> {
    fn new(catalog: &'c Catalog) -> Self {
        Self {
            catalog,
            values: BTreeSet::new(),
            types: BTreeSet::new(),
        }
    }

    /// The imports, and the code below them.
    fn finish(self, code: &str) -> String {
        let package = names::literal(&package_name(self.catalog));
        let mut imports = String::new();
        for (keyword, names) in [("import", self.values), ("import type", self.types)] {
            if !names.is_empty() {
                let names: Vec<_> = names.into_iter().collect();
                let _ = writeln!(
                    imports,
                    "{keyword} {{ {} }} from {package};",
                    names.join(", ")
                );
            }
        }
        format!("{imports}\n{code}")
    }

    /// The members of an object as they stand on the wire, by whether they stand in something that is always there: a line for each
    /// that it needs, and one for all that it may have.
    fn members<'f>(&mut self, fields: impl Iterator<Item = (bool, &'f Field)>) -> String {
        let (required, optional): (Vec<_>, Vec<_>) =
            fields.partition(|(is_sure, field)| *is_sure && field.required);
        let required = required.into_iter().map(|(_, field)| self.member(field));
        let mut members: String = required.collect();
        if !optional.is_empty() {
            let optional = optional.iter().map(|(_, field)| names::key(field.wire()));
            let names: Vec<_> = optional.collect();
            let _ = writeln!(members, "  // may be added: {}", names.join(", "));
        }
        members
    }

    /// A field that has its value from a variable, or is filled in.
    fn member(&mut self, field: &Field) -> String {
        let key = names::key(field.wire());
        if let Some(fill) = field.fill {
            return format!("  {key}: {},\n", self.filled(fill, &field.ty));
        }
        let variable = variable(&field.name);
        let ty = types::value(self.catalog, &field.ty, &mut |id| self.named(id));
        let ty = match types::holds_null(&field.ty) {
            true => format!("NonNullable<{ty}>"),
            false => ty,
        };
        let value = match key == variable {
            true => key,
            false => format!("{key}: {variable}"),
        };
        format!("  {value}, // {}\n", plain(&ty))
    }

    fn filled(&mut self, fill: Fill, ty: &TypeRef) -> String {
        let call = match fill {
            Fill::UuidV7 => "uuidV7",
            Fill::Now => "now",
        };
        self.values.insert(call.to_owned());
        match ty {
            TypeRef::Named(id) => {
                let name = self.named(*id);
                self.values.insert(name.clone());
                format!("{name}({call}())")
            }
            _ => format!("{call}()"),
        }
    }

    /// A value of the first variant.
    fn variant(&self, name: &str, union: &Union) -> String {
        let all: Vec<_> = union.variants.iter().map(|it| it.name.as_str()).collect();
        let Some(first) = union.variants.first() else {
            return String::new();
        };
        let (key, variable) = (names::key(&first.name), variable(&first.name));
        let value = match &union.tag {
            Some(tag) => format!(
                "{}: {}, ...{variable}",
                names::key(tag),
                names::literal(&first.name)
            ),
            None if key == variable => key,
            None => format!("{key}: {variable}"),
        };
        let ty = types::value(self.catalog, &first.ty, &mut |id| self.named(id));
        format!(
            "// one of: {}\nconst value: {name} = {{ {value} }}; // {}",
            all.join(", "),
            plain(&ty)
        )
    }

    fn named(&self, id: TypeId) -> String {
        names::ty(self.catalog, &self.catalog[id])
    }
}

/// A type as those write it who import from the package.
fn plain(ty: &str) -> String {
    ty.replace("eventc.", "")
}

/// Names of fields that no variable has: words of the language, and what the code itself calls so.
const TAKEN: &[&str] = &[
    "arguments",
    "await",
    "break",
    "case",
    "catch",
    "class",
    "const",
    "continue",
    "debugger",
    "default",
    "delete",
    "do",
    "else",
    "encode",
    "enum",
    "eval",
    "export",
    "extends",
    "false",
    "finally",
    "for",
    "function",
    "if",
    "implements",
    "import",
    "in",
    "instanceof",
    "interface",
    "let",
    "new",
    "now",
    "null",
    "package",
    "private",
    "protected",
    "public",
    "return",
    "static",
    "super",
    "switch",
    "text",
    "this",
    "throw",
    "true",
    "try",
    "typeof",
    "undefined",
    "value",
    "var",
    "void",
    "while",
    "with",
    "yield",
];

/// The variable that holds the value of a field.
fn variable(field: &str) -> String {
    match TAKEN.contains(&field) {
        true => format!("{field}_"),
        false => field.to_owned(),
    }
}
