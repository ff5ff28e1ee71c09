//! A module: its imports, its types, and below them the same as values.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::{names, tsdoc, types, values};
use crate::catalog::{
    Body, Catalog, Contents, Context, Docs, Enum, Event, Field, Home, ModuleId, Storage, Stream,
    Type, TypeId, TypeRef, Union,
};
use crate::source::{Sources, Span};

/// So many optional contexts of an event are there whole or not at all for `tsc`, too. It looks at each way to have them or not, and
/// with one more those are twice as many; where there are more, half a context is found by `encode`.
const MOST_TOGETHER: usize = 5;

/// Writes one module.
pub(super) struct ModuleWriter<'c> {
    catalog: &'c Catalog,
    contents: &'c Contents,
    sources: &'c Sources,
    module: ModuleId,
    /// What is used of other modules.
    imports: BTreeMap<ModuleId, BTreeSet<String>>,
    types: String,
    values: String,
}

impl<'c> ModuleWriter<'c> {
    pub(super) fn new(
        catalog: &'c Catalog,
        contents: &'c Contents,
        sources: &'c Sources,
        module: ModuleId,
    ) -> Self {
        Self {
            catalog,
            contents,
            sources,
            module,
            imports: BTreeMap::new(),
            types: String::new(),
            values: String::new(),
        }
    }

    /// The text of the module below its own docs.
    pub(super) fn text(mut self) -> String {
        let catalog = self.catalog;
        let declared = self.contents.module(self.module);
        for &id in &declared.types {
            self.ty(&catalog[id]);
        }
        for &id in &declared.contexts {
            self.context(&catalog[id]);
        }
        for &id in &declared.streams {
            let events = self.contents.events_of(id);
            self.stream(&catalog[id]);
            if !events.is_empty() {
                let events: Vec<_> = events.iter().map(|&id| &catalog[id]).collect();
                self.stream_union(&catalog[id], &events);
            }
        }
        for &id in &declared.events {
            self.event(&catalog[id]);
        }
        let rule = "\n// The same as values, for `encode`, `decode` and `validate`. A bundler drops those that nobody names.\n";
        self.imports() + &self.types + rule + &self.values
    }

    fn imports(&self) -> String {
        let from = &self.catalog[self.module].path;
        let mut text = format!(
            "import * as eventc from {};\n",
            names::literal(&names::import(from, "eventc"))
        );
        for (module, imported) in &self.imports {
            let file = names::file(&self.catalog[*module].path);
            let list: Vec<_> = imported.iter().map(String::as_str).collect();
            let path = names::literal(&names::import(from, &file));
            let _ = writeln!(text, "import {{ {} }} from {path};", list.join(", "));
        }
        text
    }

    /// A name that may be of another module.
    fn import(&mut self, module: ModuleId, name: String) -> String {
        if module != self.module {
            self.imports.entry(module).or_default().insert(name.clone());
        }
        name
    }

    fn named(&mut self, id: TypeId) -> String {
        let ty = &self.catalog[id];
        self.import(ty.module, names::ty(self.catalog, ty))
    }

    fn place(&self, span: Span) -> String {
        self.sources.place(span)
    }

    /// A declaration with its docs.
    fn declare(&mut self, docs: &str, declaration: &str) {
        self.types.push('\n');
        self.types.push_str(docs);
        self.types.push_str(declaration);
    }

    fn ty(&mut self, ty: &Type) {
        let catalog = self.catalog;
        let name = names::ty(catalog, ty);
        let (declaration, choices) = match &ty.body {
            Body::Newtype(newtype) => {
                let of = if types::is_safe(catalog, newtype) {
                    "number".to_owned()
                } else {
                    types::value(catalog, catalog.base(&newtype.of), &mut |id| self.named(id))
                };
                let brand = names::literal(&name);
                (
                    format!("export type {name} = {of} & eventc.Brand<{brand}>;\n"),
                    Vec::new(),
                )
            }
            Body::Enum(it) => (enumeration(&name, it), self.values_of(it)),
            Body::Record(fields) => {
                let members = self.members(fields, None);
                (
                    format!("export interface {name} {{\n{members}}}\n"),
                    Vec::new(),
                )
            }
            Body::Union(it) => (self.union(&name, it), Vec::new()),
        };
        let mut facts = format!("The type `{}`.", ty.name);
        for (noun, of) in [("In", &ty.unit), ("Personal data:", &ty.pii)] {
            if let Some(of) = of {
                let _ = write!(facts, " {noun} `{}`.", of.replace('`', "'"));
            }
        }
        if !choices.is_empty() {
            facts = format!("{}\n\n{facts}", choices.join("\n"));
        }
        let docs = tsdoc::item(catalog, &ty.docs, &facts, &self.place(ty.span), &[]);
        self.declare(&docs, &declaration);
        let value = values::ty(catalog, &name, ty, &mut |id| self.named(id));
        self.values.push_str(&value);
    }

    /// What there is to know about the values of an enum.
    fn values_of(&self, it: &Enum) -> Vec<String> {
        let values = it.values.iter();
        values
            .filter_map(|value| tsdoc::choice(self.catalog, &value.wire, &value.docs))
            .collect()
    }

    fn union(&mut self, name: &str, it: &Union) -> String {
        let catalog = self.catalog;
        let mut variants = Vec::with_capacity(it.variants.len());
        for variant in &it.variants {
            let of = types::value(catalog, &variant.ty, &mut |id| self.named(id));
            let quoted = names::literal(&variant.name);
            variants.push(match &it.tag {
                Some(tag) => format!("({{ readonly {}: {quoted} }} & {of})", names::member(tag)),
                None => format!(
                    "({{ readonly {}: {} }} & eventc.Only<{name}_, {quoted}>)",
                    names::member(&variant.name),
                    present(&variant.ty, of)
                ),
            });
        }
        let declaration = types::union(name, &variants);
        if it.tag.is_some() {
            return declaration;
        }
        // No name of the schema ends in `_`.
        let all = types::literals(it.variants.iter().map(|variant| variant.name.as_str()));
        format!("{declaration}\ntype {name}_ = {all};\n")
    }

    fn context(&mut self, context: &Context) {
        let name = names::context(self.catalog, context);
        let facts = format!("The context `{}`.", context.name);
        self.record(
            &name,
            &context.docs,
            &facts,
            &context.fields,
            None,
            context.span,
        );
    }

    fn stream(&mut self, stream: &Stream) {
        let name = names::stream(self.catalog, stream);
        let fields = &stream.fields;
        let partition = partition(&stream.storage, fields);
        let facts = format!(
            "What every event of the stream `{}` has. {partition}",
            stream.name
        );
        self.record(
            &name,
            &stream.docs,
            &facts,
            fields,
            Some(&stream.storage),
            stream.span,
        );
    }

    fn record(
        &mut self,
        name: &str,
        docs: &Docs,
        facts: &str,
        fields: &[Field],
        storage: Option<&Storage>,
        span: Span,
    ) {
        let catalog = self.catalog;
        let docs = tsdoc::item(catalog, docs, facts, &self.place(span), &[]);
        let members = self.members(fields, storage);
        self.declare(&docs, &format!("export interface {name} {{\n{members}}}\n"));
        let members = values::members(fields, &mut |id| self.named(id));
        let call = format!("record({}, () => ({members}))", names::literal(name));
        let value = values::constant(name, &format!("eventc.RecordType<{name}>"), &call);
        self.values.push_str(&value);
    }

    fn stream_union(&mut self, stream: &Stream, events: &[&Event]) {
        let name = names::stream_union(self.catalog, stream);
        let members: Vec<_> = events
            .iter()
            .map(|event| self.import(event.module, names::event(self.catalog, event)))
            .collect();
        let docs = format!(
            "/** Every event of the stream `{}`; `event` tells them apart. */\n",
            stream.name
        );
        self.declare(&docs, &types::union(&name, &members));
        self.values.push_str(&values::events(&name, &members));
    }

    fn event(&mut self, event: &Event) {
        let catalog = self.catalog;
        let name = names::event(catalog, event);
        let mut facts = tsdoc::event(catalog, event);
        let mut required = Vec::new();
        let mut optional = Vec::new();
        let mut parts = Vec::new();
        let storage = match &event.home {
            Home::Own(storage) => {
                let _ = write!(facts, " {}", partition(storage, &event.fields));
                Some(storage)
            }
            Home::Stream(id) => {
                let stream = &catalog[*id];
                let header = self.import(stream.module, names::stream(catalog, stream));
                parts.push(header.clone());
                required.push(header);
                None
            }
            Home::Unresolved => None,
        };
        for carried in &event.contexts {
            let context = &catalog[carried.context];
            let name = self.import(context.module, names::context(catalog, context));
            if carried.optional {
                parts.push(format!("eventc.optional({name})"));
                optional.push(name);
            } else {
                parts.push(name.clone());
                required.push(name);
            }
        }
        let docs = tsdoc::item(
            catalog,
            &event.docs,
            &facts,
            &self.place(event.span),
            &event.examples,
        );
        let quoted = names::literal(&event.name);
        let version = event.version;
        let members = format!(
            "{{\n  readonly event: {quoted};\n  readonly version: {version};\n{}}}",
            self.members(&event.fields, storage)
        );
        let extends = if required.is_empty() {
            String::new()
        } else {
            format!(" extends {}", required.join(", "))
        };
        if optional.is_empty() {
            let declaration = format!("export interface {name}{extends} {members}\n");
            self.declare(&docs, &declaration);
        } else {
            // An interface cannot have members that are there together or not at all, and is named in short errors.
            let utility = if optional.len() > MOST_TOGETHER {
                "Some"
            } else {
                "Optional"
            };
            let optional = optional
                .iter()
                .map(|context| format!("eventc.{utility}<{context}>"));
            let optional = optional.collect::<Vec<_>>().join(" & ");
            self.declare(
                &docs,
                &format!("export type {name} = {name}_ & {optional};\n"),
            );
            self.declare("", &format!("interface {name}_{extends} {members}\n"));
        }
        let fields = values::members(&event.fields, &mut |id| self.named(id));
        let call = format!(
            "event({quoted}, {version}, () => [{}], () => ({fields}))",
            parts.join(", ")
        );
        let value = values::constant(&name, &format!("eventc.EventType<{name}>"), &call);
        self.values.push_str(&value);
    }

    /// Fields with their docs, a line for each.
    fn members(&mut self, fields: &[Field], storage: Option<&Storage>) -> String {
        let catalog = self.catalog;
        let mut text = String::new();
        for (index, field) in fields.iter().enumerate() {
            let purpose = tsdoc::purpose(storage, index);
            text.push_str(&tsdoc::field(
                catalog,
                field,
                &purpose,
                &self.place(field.span),
            ));
            let of = types::value(catalog, &field.ty, &mut |id| self.named(id));
            let of = present(&field.ty, of);
            let name = names::member(field.wire());
            let _ = if field.required {
                writeln!(text, "  readonly {name}: {of};")
            } else {
                writeln!(text, "  readonly {name}?: {of} | undefined;")
            };
        }
        text
    }
}

/// The type of a member: one that is null is absent.
fn present(ty: &TypeRef, text: String) -> String {
    if types::holds_null(ty) {
        format!("eventc.Present<{text}>")
    } else {
        text
    }
}

/// An enum; an open one takes any text, and editors know its values all the same.
fn enumeration(name: &str, it: &Enum) -> String {
    let values = it.values.iter().map(|value| names::literal(&value.wire));
    let other = it.open.then(|| "eventc.Other".to_owned());
    types::union(name, &values.chain(other).collect::<Vec<_>>())
}

/// How events are cut, as a sentence.
fn partition(storage: &Storage, fields: &[Field]) -> String {
    let name = |index: usize| {
        fields
            .get(index)
            .map_or_else(String::new, |field| field.name.clone())
    };
    match storage.partition.as_slice() {
        [] => "It is not partitioned.".to_owned(),
        _ => format!("It is partitioned by `{}`.", storage.partition_text(name)),
    }
}
