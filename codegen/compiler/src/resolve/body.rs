//! Types and fields. An enum, record or union that stands in place of a name gets one here.

use super::lookup::Noun;
use super::{FieldPath, Resolver, STAND_IN, Scope};
use crate::catalog::{
    Body, Docs, Enum, EnumValue, Field, FieldRest, MemberDocs, Newtype, RareText, Scalar, Thing,
    Type, TypeId, TypeRef, Union, Variant,
};
use crate::json::Json;
use crate::source::Spanned;
use crate::syntax::{ast, to_upper_camel_case};

impl<'s> Resolver<'s, '_> {
    /// Resolves the body of a declared type.
    pub(super) fn type_body(&mut self, scope: Scope<'s>, id: TypeId, ast: &'s ast::Body<'s>) {
        let name = self.draft.catalog[id].name.clone();
        let body = match ast {
            ast::Body::Newtype(newtype) => {
                let of = self.type_ref(scope, &|| name.clone(), &newtype.of);
                let length = newtype.length.as_ref();
                let pattern = newtype.pattern.as_ref();
                Body::Newtype(Box::new(Newtype {
                    unresolved: of.is_none(),
                    of: of.unwrap_or(TypeRef::Scalar(STAND_IN)),
                    length: length.map(|range| (range.value.min, range.value.max)),
                    pattern: pattern.map(|pattern| pattern.value.to_string()),
                    min: newtype.min.as_ref().map(|min| min.value.to_string()),
                    max: newtype.max.as_ref().map(|max| max.value.to_string()),
                    key: false,
                }))
            }
            ast::Body::Enum(enumeration) => Body::Enum(self.enumeration(scope, enumeration)),
            ast::Body::Record(fields) => {
                Body::Record(self.fields(scope, Thing::Type(id), &name, fields))
            }
            ast::Body::Union(union) => Body::Union(self.union(scope, &name, union)),
            ast::Body::Unread => return,
        };
        self.draft.catalog[id].body = body;
    }

    fn enumeration(&mut self, scope: Scope<'s>, ast: &'s ast::Enum) -> Enum {
        let values = ast.values.iter().map(|value| {
            let deprecated = value.deprecated.as_ref();
            let deprecated = deprecated.map(|ast| Box::new(self.deprecated(scope, ast)));
            EnumValue {
                wire: value.wire.value.to_string(),
                rust: value
                    .rust
                    .as_ref()
                    .map(|rust| Box::new(Spanned::new(rust.value.to_string(), rust.span))),
                span: value.wire.span,
                docs: MemberDocs {
                    description: value.description.as_deref().map(Box::from),
                    deprecated,
                    since: None,
                },
            }
        });
        Enum {
            values: values.collect(),
            open: ast.open,
        }
    }

    fn union(&mut self, scope: Scope<'s>, name: &str, ast: &'s ast::Union<'s>) -> Union {
        let variants = ast.variants.iter().map(|variant| {
            let name = || format!("{name}{}", to_upper_camel_case(&variant.name.value));
            let ty = variant
                .ty
                .as_ref()
                .and_then(|ty| self.type_ref(scope, &name, ty));
            Variant {
                name: variant.name.value.to_string(),
                unresolved: ty.is_none(),
                ty: ty.unwrap_or(TypeRef::Scalar(STAND_IN)),
                recursive: false,
                span: variant.name.span,
            }
        });
        let variants = variants.collect();
        Union {
            variants,
            tag: ast.tag.as_ref().map(|tag| tag.value.to_string()),
        }
    }

    /// Resolves fields. `owner_name` begins the names of the types that they spell out.
    pub(super) fn fields(
        &mut self,
        scope: Scope<'s>,
        owner: Thing,
        owner_name: &str,
        ast: &'s [ast::Field<'s>],
    ) -> Vec<Field> {
        let mut fields = Vec::with_capacity(ast.len());
        let no_facts = ast::FieldFacts::default();
        for (index, field) in ast.iter().enumerate() {
            let name = || {
                let (owner, field) = (owner_name, &field.name.value);
                to_upper_camel_case(owner) + &to_upper_camel_case(field)
            };
            let ty = field
                .ty
                .as_ref()
                .and_then(|ty| self.type_ref(scope, &name, ty));
            let facts = field.facts.as_deref().unwrap_or(&no_facts);
            let backfill = field
                .facts
                .as_ref()
                .and_then(|facts| facts.backfill.as_ref());
            if let Some(node) = backfill {
                self.draft
                    .backfills
                    .push((FieldPath { owner, index }, node));
            }
            fields.push(Field {
                name: field.name.value.to_string(),
                unresolved: ty.is_none(),
                ty: ty.unwrap_or(TypeRef::Scalar(STAND_IN)),
                required: !field.optional,
                docs: self.member_docs(scope, &field.docs),
                unit: facts.unit.as_deref().map(rare),
                pii: facts.pii.as_deref().map(rare),
                // Its value is read once the types are known.
                backfill: facts.backfill.as_ref().map(|_| Box::new(Json::Null)),
                fill: facts.fill.as_ref().map(|fill| fill.value),
                accept: facts.accept.as_ref().map(|accept| Box::new(accept.value)),
                rest: rest(facts),
                key: false,
                recursive: false,
                span: field.name.span,
            });
        }
        fields
    }

    /// The type that was written. `inline_name` makes the name it gets if it has none.
    fn type_ref(
        &mut self,
        scope: Scope<'s>,
        inline_name: &dyn Fn() -> String,
        ast: &'s ast::Type<'s>,
    ) -> Option<TypeRef> {
        match &ast.kind {
            ast::TypeKind::Name(name) => {
                let scalar = Scalar::ALL.iter().find(|scalar| scalar.name() == name);
                match scalar {
                    Some(&scalar) => Some(TypeRef::Scalar(scalar)),
                    None => {
                        let name = crate::source::Spanned::new(name.clone(), ast.span);
                        self.lookup(Noun::Type, scope, &name).map(TypeRef::Named)
                    }
                }
            }
            ast::TypeKind::List(item) => {
                let item = self.type_ref(scope, inline_name, item)?;
                Some(TypeRef::List(Box::new(item)))
            }
            ast::TypeKind::Map(key, value) => {
                let (key, value) = (
                    self.type_ref(scope, inline_name, key),
                    self.type_ref(scope, inline_name, value),
                );
                Some(TypeRef::Map(Box::new(key?), Box::new(value?)))
            }
            ast::TypeKind::Inline(body) => {
                if matches!(**body, ast::Body::Unread) {
                    return None;
                }
                let id = Type {
                    module: scope.module,
                    name: inline_name(),
                    span: ast.span,
                    docs: Docs::default(),
                    pii: None,
                    unit: None,
                    body: Body::Record(Vec::new()),
                }
                .add_to(&mut self.draft.catalog);
                self.type_body(scope, id, body);
                Some(TypeRef::Named(id))
            }
        }
    }
}

fn rare(text: &str) -> RareText {
    Box::new(text.into())
}

fn rest(facts: &ast::FieldFacts<'_>) -> Option<Box<FieldRest>> {
    let rest = FieldRest {
        wire: facts.wire.as_ref().map(|wire| (*wire.value).into()),
        fill: facts.fill.as_ref().map(|fill| fill.span),
        accept: facts.accept.as_ref().map(|accept| accept.span),
    };
    let is_needed = rest.wire.is_some() || rest.fill.is_some() || rest.accept.is_some();
    is_needed.then(|| Box::new(rest))
}
