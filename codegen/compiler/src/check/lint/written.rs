//! From a field of the catalog to what was written, for edits. Looked for only once there is an edit to make.

use std::cell::OnceCell;
use std::collections::HashMap;

use crate::source::Span;
use crate::syntax::ast::{Body, Field, File, TypeKind};

/// The fields of a schema by the places of their names.
pub(super) struct Written<'f, 's> {
    files: &'f [File<'s>],
    fields: OnceCell<HashMap<Span, &'f Field<'s>>>,
}

impl<'f, 's> Written<'f, 's> {
    pub(super) fn of(files: &'f [File<'s>]) -> Self {
        Self {
            files,
            fields: OnceCell::new(),
        }
    }

    /// The name of a field's type and its place, if that is all that was written of the field.
    pub(super) fn lone_type(&self, field: Span) -> Option<(&'f str, Span)> {
        let fields = self.fields.get_or_init(|| all(self.files));
        let field = fields.get(&field)?;
        let ty = field.ty.as_ref().filter(|_| field.short)?;
        match &ty.kind {
            TypeKind::Name(name) => Some((name, ty.span)),
            _ => None,
        }
    }
}

fn all<'f, 's>(files: &'f [File<'s>]) -> HashMap<Span, &'f Field<'s>> {
    let mut fields = HashMap::new();
    for file in files {
        let types = file.types.iter();
        types.for_each(|declared| add_body(&declared.body, &mut fields));
        let contexts = file.contexts.iter();
        contexts.for_each(|context| add(&context.fields, &mut fields));
        let streams = file.streams.iter();
        streams.for_each(|stream| add(&stream.fields, &mut fields));
        let events = file.events.iter();
        events.for_each(|event| add(&event.fields, &mut fields));
    }
    fields
}

fn add<'f, 's>(more: &'f [Field<'s>], fields: &mut HashMap<Span, &'f Field<'s>>) {
    for field in more {
        fields.insert(field.name.span, field);
        if let Some(TypeKind::Inline(body)) = field.ty.as_ref().map(|ty| &ty.kind) {
            add_body(body, fields);
        }
    }
}

fn add_body<'f, 's>(body: &'f Body<'s>, fields: &mut HashMap<Span, &'f Field<'s>>) {
    match body {
        Body::Record(more) => add(more, fields),
        Body::Union(union) => {
            for variant in &union.variants {
                if let Some(TypeKind::Inline(body)) = variant.ty.as_ref().map(|ty| &ty.kind) {
                    add_body(body, fields);
                }
            }
        }
        Body::Newtype(_) | Body::Enum(_) | Body::Unread => {}
    }
}
