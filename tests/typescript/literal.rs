//! Messages as somebody writes them in TypeScript, who has imported the package as `all`.

use eventc_compiler::catalog::{Body, Catalog, Event, Field, ModuleId, Newtype, Scalar, TypeRef};
use serde_json::{Map, Value};

/// The name of an event's type.
pub(crate) fn name(event: &Event) -> String {
    camel(&event.name)
}

/// An event as an object, in which newtypes are made by their functions.
pub(crate) fn event(catalog: &Catalog, event: &Event, message: &Value) -> String {
    let message = message.as_object().unwrap();
    let header = catalog.stream_of(event).map(|stream| &stream.fields);
    let contexts = event.contexts.iter().map(|it| &catalog[it.context].fields);
    let groups = header.into_iter().chain(contexts).chain([&event.fields]);
    let mut members = vec![
        format!("event: {}", message["event"]),
        format!("version: {}", message["version"]),
    ];
    members.extend(groups.flat_map(|fields| self::members(catalog, fields, message)));
    format!("{{ {} }}", members.join(", "))
}

fn members(catalog: &Catalog, fields: &[Field], given: &Map<String, Value>) -> Vec<String> {
    let member = |field: &Field| {
        let value = given.get(field.wire())?;
        let value = literal(catalog, &field.ty, value);
        Some(format!("{}: {value}", key(field.wire())))
    };
    fields.iter().filter_map(member).collect()
}

fn literal(catalog: &Catalog, ty: &TypeRef, value: &Value) -> String {
    match ty {
        TypeRef::Scalar(Scalar::I64 | Scalar::U64) => format!("{value}n"),
        TypeRef::Scalar(Scalar::Json) => json(value),
        TypeRef::Scalar(_) => value.to_string(),
        TypeRef::List(item) => {
            let items = value.as_array().unwrap().iter();
            list(items.map(|it| literal(catalog, item, it)))
        }
        TypeRef::Map(_, entry) => {
            let entries = value.as_object().unwrap().iter();
            object(entries.map(|(name, it)| (name, literal(catalog, entry, it))))
        }
        TypeRef::Named(id) => match &catalog[*id].body {
            Body::Newtype(newtype) => {
                let name = full(catalog, catalog[*id].module, &catalog[*id].name);
                let inner = match is_small(catalog, newtype) {
                    true => value.to_string(),
                    false => literal(catalog, catalog.base(ty), value),
                };
                format!("all.{name}({inner})")
            }
            Body::Enum(_) => value.to_string(),
            Body::Record(fields) => {
                let members = members(catalog, fields, value.as_object().unwrap());
                format!("{{ {} }}", members.join(", "))
            }
            Body::Union(union) => {
                let given = value.as_object().unwrap();
                let Some(tag) = &union.tag else {
                    let (name, value) = given.iter().next().unwrap();
                    let variant = union.variants.iter().find(|it| it.name == *name).unwrap();
                    return object([(name, literal(catalog, &variant.ty, value))].into_iter());
                };
                let variant = union
                    .variants
                    .iter()
                    .find(|it| given[tag] == it.name.as_str());
                let rest = literal(catalog, &variant.unwrap().ty, value);
                format!("{{ {}: {}, ...{rest} }}", key(tag), given[tag])
            }
        },
    }
}

/// Whether a newtype of an integer is a `number`.
fn is_small(catalog: &Catalog, newtype: &Newtype) -> bool {
    let TypeRef::Scalar(scalar @ (Scalar::I64 | Scalar::U64)) = catalog.base(&newtype.of) else {
        return false;
    };
    let rules = catalog.rules_of(newtype);
    let is_near = |bound: Option<String>| {
        bound.is_some_and(|bound| bound.parse::<i128>().unwrap().unsigned_abs() < 1 << 53)
    };
    is_near(rules.max) && (*scalar == Scalar::U64 || is_near(rules.min))
}

/// What a value of JSON is in memory.
fn json(value: &Value) -> String {
    match value {
        Value::Number(number) => match number.as_i128() {
            Some(integer) if integer.unsigned_abs() >= 1 << 53 => format!("{integer}n"),
            _ => number.to_string(),
        },
        Value::Array(items) => list(items.iter().map(json)),
        Value::Object(members) => object(members.iter().map(|(name, it)| (name, json(it)))),
        other => other.to_string(),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn object<'n>(members: impl Iterator<Item = (&'n String, String)>) -> String {
    let members = members.map(|(name, value)| format!("{}: {value}", key(name)));
    format!("{{ {} }}", members.collect::<Vec<_>>().join(", "))
}

/// A name that is computed is a member even if it is `__proto__`.
fn key(name: &str) -> String {
    format!("[{}]", Value::from(name))
}

fn full(catalog: &Catalog, module: ModuleId, name: &str) -> String {
    camel(&catalog[module].path.join(".")) + name
}

fn camel(name: &str) -> String {
    let words = name.split(['.', '_']).map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_ascii_uppercase() + rest
    });
    words.collect()
}
