//! What types and fields become.

use std::collections::BTreeSet;

use super::names;
use crate::catalog::{Body, Catalog, Enum, Event, Field, Scalar, Type, TypeId, TypeRef, Union};
use crate::json::Json;
use crate::syntax::to_upper_camel_case;
use crate::targets::about;

/// The members of an object, in the order in which they are written.
type Members = Vec<(String, Json)>;

/// Writes the types of one file, each named one once.
pub(super) struct Types<'c> {
    catalog: &'c Catalog,
    /// The full names of those that were written.
    written: BTreeSet<String>,
}

impl<'c> Types<'c> {
    pub(super) fn new(catalog: &'c Catalog) -> Self {
        let written = BTreeSet::new();
        Self { catalog, written }
    }

    /// An event as a record, called like its type in Rust; its name and version stand beside it.
    pub(super) fn event(&mut self, event: &Event) -> Members {
        let catalog = self.catalog;
        let mut fields = Vec::new();
        if let Some(stream) = catalog.stream_of(event) {
            self.add(&stream.fields, false, &mut fields);
        }
        for carried in &event.contexts {
            let of_context = &catalog[carried.context].fields;
            self.add(of_context, carried.optional, &mut fields);
        }
        self.add(&event.fields, false, &mut fields);
        let mut members = object([
            ("type", "record".into()),
            ("name", to_upper_camel_case(&event.ident).into()),
            ("namespace", names::namespace(catalog, event.module).into()),
        ]);
        members.extend(doc(about::event(catalog, event)));
        members.extend(object([
            ("event", event.name.as_str().into()),
            ("version", u64::from(event.version).into()),
            ("fields", Json::Array(fields)),
        ]));
        members
    }

    /// The fields of a group; all of one that may be absent are optional.
    fn add(&mut self, fields: &[Field], is_optional: bool, to: &mut Vec<Json>) {
        for field in fields {
            to.push(self.field(field, field.required && !is_optional));
        }
    }

    fn field(&mut self, field: &Field, is_required: bool) -> Json {
        let ty = self.ty(&field.ty);
        let mut members = object([("name", names::field(field).into())]);
        members.extend(doc(self.about(field)));
        if names::field(field) != field.wire() {
            members.extend(object([("wire", field.wire().into())]));
        }
        members.extend(if is_required {
            let default = field.backfill.as_deref();
            let default = default.and_then(|value| self.default(&field.ty, value));
            let default = default.map(|value| ("default".to_owned(), value));
            object([("type", ty)]).into_iter().chain(default).collect()
        } else {
            optional(ty)
        });
        Json::Object(members)
    }

    /// What people read about a field, and about its type where that has no name in Avro and so no place for it.
    fn about(&self, field: &Field) -> Option<String> {
        let mut parts = Vec::from_iter(about::field(self.catalog, field));
        if let TypeRef::Named(id) = field.ty {
            let ty = &self.catalog[id];
            match &ty.body {
                Body::Newtype(_) if !self.holds_itself(id) => {
                    parts.extend(about::ty(self.catalog, ty));
                }
                Body::Enum(enumeration) if !has_symbols(enumeration) => {
                    parts.extend(about::ty(self.catalog, ty));
                    let values = enumeration.values.iter().map(|value| value.wire.as_str());
                    let values: Vec<_> = values.collect();
                    parts.push(format!("values: {}", values.join(", ")));
                }
                _ => {}
            }
        }
        (!parts.is_empty()).then(|| parts.join("\n\n"))
    }

    fn ty(&mut self, ty: &TypeRef) -> Json {
        let id = match ty {
            TypeRef::Scalar(of) => return scalar(*of),
            TypeRef::List(item) => return compound("array", "items", self.ty(item)),
            // Keys are texts.
            TypeRef::Map(_, value) => return compound("map", "values", self.ty(value)),
            TypeRef::Named(id) => *id,
        };
        match &self.catalog[id].body {
            // Only what has a name can hold itself.
            Body::Newtype(newtype) if self.holds_itself(id) => self.named(id, "record", |types| {
                let value = object([("name", "value".into()), ("type", types.ty(&newtype.of))]);
                ("fields", Json::Array(vec![Json::Object(value)]))
            }),
            Body::Newtype(newtype) => self.ty(&newtype.of),
            Body::Enum(enumeration) if has_symbols(enumeration) => self.named(id, "enum", |_| {
                let values = enumeration.values.iter();
                let symbols = values.map(|value| value.wire.as_str());
                ("symbols", Json::from_iter(symbols))
            }),
            Body::Enum(_) => "string".into(),
            Body::Record(fields) => self.named(id, "record", |types| {
                let fields = fields
                    .iter()
                    .map(|field| types.field(field, field.required));
                ("fields", Json::Array(fields.collect()))
            }),
            Body::Union(union) => self.named(id, "record", |types| types.variants(union)),
        }
    }

    /// A union holds one of its variants: Avro's own take no two of one type, and do not name them.
    fn variants(&mut self, union: &Union) -> (&'static str, Json) {
        let variants = union.variants.iter().map(|variant| {
            let mut members = object([("name", variant.name.as_str().into())]);
            members.extend(optional(self.ty(&variant.ty)));
            Json::Object(members)
        });
        ("fields", Json::Array(variants.collect()))
    }

    /// A type where it stands first, and its name from there on.
    fn named(
        &mut self,
        id: TypeId,
        of_type: &str,
        content: impl FnOnce(&mut Self) -> (&'static str, Json),
    ) -> Json {
        let ty: &Type = &self.catalog[id];
        let namespace = names::namespace(self.catalog, ty.module);
        let full_name = format!("{namespace}.{}", ty.name);
        if !self.written.insert(full_name.clone()) {
            return full_name.into();
        }
        let mut members = object([
            ("type", of_type.into()),
            ("name", ty.name.as_str().into()),
            ("namespace", namespace.into()),
        ]);
        members.extend(doc(about::ty(self.catalog, ty)));
        members.extend(object([content(self)]));
        Json::Object(members)
    }

    /// Whether a newtype is of a list or a map that holds it, with nothing between them that has a name.
    fn holds_itself(&self, id: TypeId) -> bool {
        let mut seen = BTreeSet::new();
        let mut open = vec![id];
        while let Some(outer) = open.pop() {
            let Body::Newtype(newtype) = &self.catalog[outer].body else {
                continue;
            };
            let mut ty = &newtype.of;
            while let TypeRef::List(inner) | TypeRef::Map(_, inner) = ty {
                ty = inner;
            }
            if let TypeRef::Named(inner) = ty {
                if *inner == id {
                    return true;
                }
                if seen.insert(*inner) {
                    open.push(*inner);
                }
            }
        }
        false
    }

    /// A value as Avro writes it for readers of older messages; none where that is not as JSON writes it.
    fn default(&self, ty: &TypeRef, value: &Json) -> Option<Json> {
        if let TypeRef::Named(id) = ty {
            return match &self.catalog[*id].body {
                Body::Newtype(_) if self.holds_itself(*id) => None,
                Body::Newtype(newtype) => self.default(&newtype.of, value),
                Body::Enum(_) => Some(value.clone()),
                Body::Record(_) | Body::Union(_) => None,
            };
        }
        match (ty, value) {
            (TypeRef::Scalar(Scalar::Json), value) => Some(value.to_string().into()),
            (
                TypeRef::Scalar(Scalar::U64 | Scalar::Bytes | Scalar::Date | Scalar::Timestamp),
                _,
            ) => None,
            (TypeRef::List(item), Json::Array(items)) => {
                let items = items.iter().map(|value| self.default(item, value));
                items.collect::<Option<_>>().map(Json::Array)
            }
            (TypeRef::Map(_, of), Json::Object(members)) => {
                let member =
                    |(name, value): &(String, Json)| Some((name.clone(), self.default(of, value)?));
                let members = members.iter().map(member);
                members.collect::<Option<_>>().map(Json::Object)
            }
            (_, value) => Some(value.clone()),
        }
    }
}

/// An open enum has values that nobody knows yet, and Avro's symbols are names.
fn has_symbols(enumeration: &Enum) -> bool {
    !enumeration.open
        && enumeration
            .values
            .iter()
            .all(|value| names::is_name(&value.wire))
}

fn scalar(scalar: Scalar) -> Json {
    let logical = |of_type: &str, name: &str| {
        Json::Object(object([
            ("type", of_type.into()),
            ("logicalType", name.into()),
        ]))
    };
    match scalar {
        Scalar::Bool => "boolean".into(),
        Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::U8 | Scalar::U16 => "int".into(),
        Scalar::I64 | Scalar::U32 => "long".into(),
        // `long` is signed.
        Scalar::U64 => Json::Object(object([
            ("type", "bytes".into()),
            ("logicalType", "decimal".into()),
            ("precision", 20.into()),
            ("scale", 0.into()),
        ])),
        Scalar::F32 => "float".into(),
        Scalar::F64 => "double".into(),
        Scalar::Bytes => "bytes".into(),
        Scalar::Uuid => logical("string", "uuid"),
        Scalar::Date => logical("int", "date"),
        Scalar::Timestamp => logical("long", "timestamp-micros"),
        // A decimal of Avro has one number of digits behind the point, and ours have any.
        Scalar::Decimal | Scalar::String | Scalar::Ip | Scalar::Json => "string".into(),
    }
}

/// What may be absent, and then is null.
fn optional(ty: Json) -> Members {
    object([
        ("type", Json::from_iter(["null".into(), ty])),
        ("default", Json::Null),
    ])
}

fn compound(of_type: &str, what: &str, of: Json) -> Json {
    Json::Object(object([("type", of_type.into()), (what, of)]))
}

fn doc(text: Option<String>) -> Option<(String, Json)> {
    text.map(|text| ("doc".to_owned(), text.into()))
}

fn object<const N: usize>(members: [(&str, Json); N]) -> Members {
    let members = members.into_iter();
    members
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}
