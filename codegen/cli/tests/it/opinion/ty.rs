//! Types and fields.

use eventc_cli::dialect::{
    EnumValue, Field, FieldDef, Fill, Form, LongType, Map, Text, Type, TypeDef,
};
use eventc_compiler::catalog::{self, Body, Scalar, TypeRef};

use super::{Comparison, bare, owned, prose};
use crate::language::{is_same_value, length, window};
use crate::spelt::Spelt;

impl Comparison<'_> {
    pub(super) fn type_def(&mut self, name: &str, def: &TypeDef) {
        let catalog = self.catalog;
        let is_it =
            |ty: &&catalog::Type| catalog[ty.module].path == self.module && ty.name == *name;
        let Some(ty) = catalog.types.iter().find(is_it) else {
            return self.found.push(format!(
                "{}: there is no type {name}",
                self.module.join(".")
            ));
        };
        self.see(ty);
        match def {
            Form::Name(of) => self.newtype(name, of, &LongType::default(), &ty.body),
            Form::Values(values) => self.body(name, &Spelt::from(values), &ty.body),
            Form::Long(long) => {
                self.docs(
                    name,
                    (
                        &long.description,
                        &long.owner,
                        &long.since,
                        &long.deprecated,
                    ),
                    &ty.docs,
                );
                self.same(&format!("{name}.pii"), owned(&long.pii), ty.pii.clone());
                self.same(&format!("{name}.unit"), owned(&long.unit), ty.unit.clone());
                match &long.newtype {
                    Some(of) => self.newtype(name, of, long, &ty.body),
                    None => self.body(name, &Spelt::from(&**long), &ty.body),
                }
            }
        }
    }

    /// Notes that a type was compared.
    fn see(&mut self, ty: &catalog::Type) {
        let index = self
            .catalog
            .types
            .iter()
            .position(|other| std::ptr::eq(other, ty));
        self.types.extend(index);
    }

    fn newtype(&mut self, place: &str, of: &str, long: &LongType, body: &Body) {
        let Body::Newtype(newtype) = body else {
            return self.found.push(format!("{place}: {body:?} is no newtype"));
        };
        self.same(place, self.meant_type(of), self.type_text(&newtype.of));
        self.same(
            &format!("{place}.length"),
            bare(&long.length).as_deref().map(length),
            newtype.length,
        );
        self.same(
            &format!("{place}.pattern"),
            owned(&long.pattern),
            newtype.pattern.clone(),
        );
        self.same(
            &format!("{place}.min"),
            bare(&long.min),
            newtype.min.clone(),
        );
        self.same(
            &format!("{place}.max"),
            bare(&long.max),
            newtype.max.clone(),
        );
    }

    fn body(&mut self, place: &str, spelt: &Spelt<'_>, body: &Body) {
        match (spelt, body) {
            (
                Spelt {
                    values: Some(values),
                    ..
                },
                Body::Enum(ours),
            ) => {
                self.same(&format!("{place}.open"), spelt.open, ours.open);
                let names = values.iter().map(|(value, _)| value.as_str()).collect();
                self.same::<Vec<_>>(
                    place,
                    names,
                    ours.values
                        .iter()
                        .map(|value| value.wire.as_str())
                        .collect(),
                );
                for ((value, said), ours) in values.iter().zip(&ours.values) {
                    self.enum_value(&format!("{place}.{value}"), *said, ours);
                }
            }
            (
                Spelt {
                    fields: Some(fields),
                    ..
                },
                Body::Record(ours),
            ) => self.fields(place, Some(fields), ours),
            (
                Spelt {
                    one_of: Some(variants),
                    ..
                },
                Body::Union(ours),
            ) => {
                self.same(&format!("{place}.tag"), spelt.tag, ours.tag.as_deref());
                let names = variants.keys().map(Text::as_str).collect();
                self.same::<Vec<_>>(
                    place,
                    names,
                    ours.variants
                        .iter()
                        .map(|variant| variant.name.as_str())
                        .collect(),
                );
                for ((name, ty), ours) in variants.iter().zip(&ours.variants) {
                    self.ty(&format!("{place}.{name}"), ty, &ours.ty);
                }
            }
            _ => self
                .found
                .push(format!("{place}: another kind of type, {body:?}")),
        }
    }

    fn enum_value(&mut self, place: &str, said: Option<&EnumValue>, ours: &catalog::EnumValue) {
        let (description, rust, deprecated) = match said {
            None | Some(EnumValue::Nothing) => (None, None, None),
            Some(EnumValue::Description(text)) => (Some(text.trim().to_owned()), None, None),
            Some(EnumValue::Long(long)) => (
                prose(&long.description),
                owned(&long.rust),
                long.deprecated.as_ref(),
            ),
        };
        self.same(
            &format!("{place}.description"),
            description,
            ours.docs.description.as_deref().map(str::to_owned),
        );
        self.same(
            &format!("{place}.rust"),
            rust,
            ours.rust().map(str::to_owned),
        );
        self.deprecated(place, deprecated, ours.docs.deprecated.as_deref());
    }

    pub(super) fn fields(
        &mut self,
        place: &str,
        fields: Option<&Map<FieldDef>>,
        ours: &[catalog::Field],
    ) {
        let names = fields
            .into_iter()
            .flatten()
            .map(|(name, _)| name.to_string())
            .collect();
        let mark = |field: &catalog::Field| {
            format!("{}{}", field.name, if field.required { "" } else { "?" })
        };
        self.same::<Vec<_>>(place, names, ours.iter().map(mark).collect());
        for ((name, field), ours) in fields.into_iter().flatten().zip(ours) {
            self.field(&format!("{place}.{name}"), field, ours);
        }
    }

    fn field(&mut self, place: &str, def: &FieldDef, ours: &catalog::Field) {
        let short = Field::default();
        let field = if let Form::Long(long) = def {
            long
        } else {
            &short
        };
        self.docs(
            place,
            (&field.description, &None, &field.since, &field.deprecated),
            &whole(&ours.docs),
        );
        self.same(
            &format!("{place}.unit"),
            owned(&field.unit),
            ours.unit.as_deref().map(|unit| unit.to_string()),
        );
        // A field of a personal type is personal, too: that is for the compiler's own tests.
        if field.pii.is_some() {
            self.same(
                &format!("{place}.pii"),
                owned(&field.pii),
                ours.pii.as_deref().map(|pii| pii.to_string()),
            );
        }
        let wire = owned(&field.wire).unwrap_or_else(|| ours.name.clone());
        self.same(&format!("{place}.wire"), wire, ours.wire().to_owned());
        let fill = field.fill.map(|fill| match fill {
            Fill::UuidV7 => catalog::Fill::UuidV7,
            Fill::Now => catalog::Fill::Now,
        });
        self.same(&format!("{place}.fill"), fill, ours.fill);
        self.same(
            &format!("{place}.accept"),
            owned(&field.accept).as_deref().map(window),
            ours.accept.as_deref().copied(),
        );
        match (&field.backfill, &ours.backfill) {
            (Some(theirs), Some(ours)) if is_same_value(ours, theirs) => {}
            (None, None) => {}
            (theirs, ours) => self
                .found
                .push(format!("{place}.backfill: {theirs:?} or {ours:?}")),
        }
        match (def, &field.r#type) {
            (Form::Name(name), _) => {
                self.same(place, self.meant_type(name), self.type_text(&ours.ty))
            }
            (Form::Values(values), _) => self.inline(place, &Spelt::from(values), &ours.ty),
            (Form::Long(_), Some(ty)) => self.ty(place, ty, &ours.ty),
            (Form::Long(long), None) => self.inline(place, &Spelt::from(&**long), &ours.ty),
        }
    }

    fn ty(&mut self, place: &str, ty: &Type, ours: &TypeRef) {
        match ty {
            Form::Name(name) => self.same(place, self.meant_type(name), self.type_text(ours)),
            Form::Values(values) => self.inline(place, &Spelt::from(values), ours),
            Form::Long(long) => self.inline(place, &Spelt::from(&**long), ours),
        }
    }

    fn inline(&mut self, place: &str, spelt: &Spelt<'_>, ours: &TypeRef) {
        let TypeRef::Named(id) = ours else {
            return self
                .found
                .push(format!("{place}: {ours:?} is not spelt out"));
        };
        let catalog = self.catalog;
        self.see(&catalog[*id]);
        self.body(place, spelt, &catalog[*id].body);
    }

    /// A type as it was written, with every name looked up and without spaces.
    fn meant_type(&self, written: &str) -> String {
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '.');
        let is_built_in = |word: &str| {
            matches!(word, "list" | "map") || Scalar::ALL.iter().any(|scalar| scalar.name() == word)
        };
        let mut text = String::new();
        let mut rest = written.trim();
        while !rest.is_empty() {
            let (word, after) = rest.split_at(rest.find(|c| !is_word(c)).unwrap_or(rest.len()));
            let (mark, after) = after.split_at(after.find(is_word).unwrap_or(after.len()));
            match word {
                "" => {}
                word if is_built_in(word) => text.push_str(word),
                word => text.push_str(&self.meaning(&self.names.types, word)),
            }
            text.push_str(&mark.replace(' ', ""));
            rest = after;
        }
        text
    }

    /// The same of a catalog.
    fn type_text(&self, ty: &TypeRef) -> String {
        match ty {
            TypeRef::Scalar(scalar) => scalar.name().to_owned(),
            TypeRef::List(item) => format!("list<{}>", self.type_text(item)),
            TypeRef::Map(key, value) => {
                format!("map<{},{}>", self.type_text(key), self.type_text(value))
            }
            TypeRef::Named(id) => self.full_name(self.catalog[*id].module, &self.catalog[*id].name),
        }
    }
}

/// The docs of a field as those of a thing that nobody in particular owns.
fn whole(docs: &catalog::MemberDocs) -> catalog::Docs {
    catalog::Docs {
        description: docs.description.clone(),
        owner: None,
        since: docs.since.as_deref().cloned(),
        deprecated: docs.deprecated.clone(),
    }
}
