//! The items of a module: types, contexts, streams, events, in the order of the schema.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::declared::{EVENTS, UNRECOGNIZED, stream_enum, stream_variant};
use super::paths::Paths;
use super::{Layout, docs, names};
use crate::catalog::{
    Body, Catalog, Contents, Deprecated, Enum, Event, Field, Home, Newtype, Rules, Scalar, Storage,
    Stream, StreamId, Type, TypeId, TypeRef, Union,
};
use crate::source::{Sources, Span};

/// Writes the items of one module.
pub(super) struct ItemWriter<'c> {
    catalog: &'c Catalog,
    contents: &'c Contents,
    sources: &'c Sources,
    paths: Paths<'c>,
    text: String,
}

/// Which traits of the standard library the values of a type can have.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Traits {
    copy: bool,
    /// `Eq`, `Ord` and `Hash`.
    eq: bool,
}

impl Traits {
    fn names(self) -> Vec<&'static str> {
        let copy = self.copy.then_some("Copy");
        let eq = self.eq.then_some(["Eq", "PartialOrd", "Ord", "Hash"]);
        ["Clone"]
            .into_iter()
            .chain(copy)
            .chain(["PartialEq"])
            .chain(eq.into_iter().flatten())
            .collect()
    }
}

impl<'c> ItemWriter<'c> {
    pub(super) fn new(
        catalog: &'c Catalog,
        contents: &'c Contents,
        sources: &'c Sources,
        paths: Paths<'c>,
    ) -> Self {
        Self {
            catalog,
            contents,
            sources,
            paths,
            text: String::new(),
        }
    }

    /// The text of all items, and the names that it uses.
    pub(super) fn items(mut self) -> (Paths<'c>, String) {
        let (catalog, module) = (self.catalog, self.paths.module());
        let declared = self.contents.module(module);
        for &id in &declared.types {
            self.ty(&catalog[id]);
        }
        for &id in &declared.contexts {
            let context = &catalog[id];
            let facts = format!("The context `{}`.", context.name);
            self.open_item(&context.docs, &facts, context.span, &[], "Record");
            self.record(&names::camel(&context.name), &context.fields);
        }
        for &id in &declared.streams {
            self.stream(id, &catalog[id]);
        }
        for &id in &declared.events {
            self.event(&catalog[id]);
        }
        if catalog[module].path.is_empty() && !catalog.events.is_empty() {
            self.catalog_enum();
        }
        (self.paths, self.text)
    }

    fn place(&self, span: Span) -> String {
        self.sources.place(span)
    }

    /// Docs and derives: a blank line, and then everything above `pub`. Our derives bring what `std` would, but for newtypes
    /// and unions, which are few and of which not all have the same traits.
    fn open_item(
        &mut self,
        docs: &crate::catalog::Docs,
        facts: &str,
        span: Span,
        std: &[&'static str],
        derive: &str,
    ) {
        let docs = docs::item(docs, facts, &self.place(span));
        let mut derives: Vec<_> = std.iter().map(|name| self.paths.prelude(name)).collect();
        derives.push(self.paths.runtime(derive));
        let _ = write!(
            self.text,
            "\n{}#[derive({})]\n",
            docs::outer(&docs),
            derives.join(", ")
        );
    }

    /// `#[deprecated]`, so that those who use it hear of it; inline code has no place to allow its own use of it.
    fn deprecated(&mut self, deprecated: Option<&Deprecated>, indent: &str) {
        if let (Some(deprecated), Layout::Crate) = (deprecated, self.paths.layout()) {
            let note = names::literal(&docs::deprecation(self.catalog, deprecated));
            let _ = writeln!(self.text, "{indent}#[deprecated(note = {note})]");
        }
    }

    fn ty(&mut self, ty: &Type) {
        let unit = ty
            .unit
            .as_ref()
            .map(|unit| format!(", in {}", docs::code(unit)))
            .unwrap_or_default();
        let facts = format!("The type `{}`{unit}.", ty.name);
        let name = names::camel_type(&ty.name);
        match &ty.body {
            Body::Newtype(newtype) => {
                let std = self.traits(&ty.body, &mut BTreeSet::new()).names();
                self.open_item(&ty.docs, &facts, ty.span, &std, "Newtype");
                self.newtype(&name, ty, newtype);
            }
            Body::Enum(enumeration) => {
                self.open_item(&ty.docs, &facts, ty.span, &[], "Enum");
                self.enumeration(&name, ty, enumeration);
            }
            Body::Record(fields) => {
                self.open_item(&ty.docs, &facts, ty.span, &[], "Record");
                self.deprecated(ty.docs.deprecated.as_deref(), "");
                self.record(&name, fields);
            }
            Body::Union(union) => {
                self.open_item(&ty.docs, &facts, ty.span, &["Clone", "PartialEq"], "Union");
                self.union(&name, ty, union);
            }
        }
    }

    fn newtype(&mut self, name: &str, ty: &Type, newtype: &Newtype) {
        let Rules {
            length,
            pattern,
            min,
            max,
        } = self.catalog.rules_of(newtype);
        let mut rules = Vec::new();
        if length != (None, None) {
            let end = |end: Option<u64>| end.map_or_else(|| "_".to_owned(), |end| end.to_string());
            rules.push(format!("length({}, {})", end(length.0), end(length.1)));
        }
        rules.extend(pattern.map(|pattern| format!("pattern = {}", names::raw_literal(&pattern))));
        let base = self.catalog.base(&newtype.of).clone();
        let number = |text: &String| match &base {
            TypeRef::Scalar(Scalar::Decimal) => names::literal(text),
            TypeRef::Scalar(scalar) if scalar.is_float() => text
                .parse::<f64>()
                .map_or_else(|_| text.clone(), |n| format!("{n:?}")),
            _ => text.trim_start_matches('+').to_owned(),
        };
        rules.extend(min.map(|min| format!("min = {}", number(&min))));
        rules.extend(max.map(|max| format!("max = {}", number(&max))));
        rules.extend(
            self.catalog
                .pii_of(ty)
                .as_ref()
                .map(|class| format!("pii = {}", names::literal(class))),
        );
        let is_time = matches!(base, TypeRef::Scalar(Scalar::Timestamp | Scalar::Date));
        rules.extend((newtype.key && is_time).then(|| "key".to_owned()));
        self.attribute("", &rules);
        self.deprecated(ty.docs.deprecated.as_deref(), "");
        // A newtype of a newtype is made of the same value under the rules of both.
        let of = match &base {
            TypeRef::Scalar(Scalar::String) => self.paths.runtime("Text"),
            base => self.type_name(base, false),
        };
        let _ = writeln!(self.text, "pub struct {name}({of});");
    }

    fn enumeration(&mut self, name: &str, ty: &Type, enumeration: &Enum) {
        self.deprecated(ty.docs.deprecated.as_deref(), "");
        let _ = writeln!(self.text, "pub enum {name} {{");
        for value in &enumeration.values {
            let docs = docs::member(self.catalog, &value.docs, &[], &self.place(value.span));
            self.text.push_str(&docs::outer_indented(&docs));
            self.attribute("    ", &[format!("wire = {}", names::literal(&value.wire))]);
            self.deprecated(value.docs.deprecated.as_deref(), "    ");
            let _ = writeln!(self.text, "    {},", names::variant_of(value));
        }
        if enumeration.open {
            let unrecognized = self.paths.runtime("Unrecognized");
            self.text.push_str(
                "    /// A value that was not known when this was compiled; kept as it is.\n",
            );
            self.attribute("    ", &["unrecognized".to_owned()]);
            let _ = writeln!(self.text, "    {UNRECOGNIZED}({unrecognized}),");
        }
        self.text.push_str("}\n");
    }

    fn union(&mut self, name: &str, ty: &Type, union: &Union) {
        let rules: Vec<_> = union
            .tag
            .iter()
            .map(|tag| format!("tag = {}", names::literal(tag)))
            .collect();
        self.attribute("", &rules);
        self.deprecated(ty.docs.deprecated.as_deref(), "");
        let _ = writeln!(self.text, "pub enum {name} {{");
        for variant in &union.variants {
            let _ = writeln!(self.text, "    /// `{}`", self.place(variant.span));
            self.attribute(
                "    ",
                &[format!("wire = {}", names::literal(&variant.name))],
            );
            let holds = self.type_name(&variant.ty, false);
            let holds = if variant.recursive {
                format!("{}<{holds}>", self.paths.prelude("Box"))
            } else {
                holds
            };
            let _ = writeln!(self.text, "    {}({holds}),", names::camel(&variant.name));
        }
        self.text.push_str("}\n");
    }

    fn record(&mut self, name: &str, fields: &[Field]) {
        let _ = writeln!(self.text, "pub struct {name} {{");
        self.fields(fields);
        self.text.push_str("}\n");
    }

    fn stream(&mut self, id: StreamId, stream: &Stream) {
        let facts = format!("The header of every event of the stream `{}`.", stream.name);
        self.open_item(&stream.docs, &facts, stream.span, &[], "Stream");
        self.attribute("", &[format!("name = {}", names::literal(&stream.name))]);
        self.placement(&stream.storage, &stream.fields);
        self.record(&names::camel(&stream.name), &stream.fields);
        if !self.contents.events_of(id).is_empty() {
            self.stream_events(id);
        }
    }

    fn event(&mut self, event: &Event) {
        let to = match self.catalog.stream_of(event) {
            Some(stream) => format!("of the stream `{}`", stream.name),
            None => "a stream of its own".to_owned(),
        };
        let owner = event
            .docs
            .owner
            .as_ref()
            .map(|owner| format!(", owned by {}", docs::code(owner)))
            .unwrap_or_default();
        let since = event
            .docs
            .since
            .as_ref()
            .map(|since| format!(", since {}", docs::code(since)))
            .unwrap_or_default();
        let facts = format!(
            "The event `{}`, version {}, {to}{owner}{since}.{}",
            event.name,
            event.version,
            docs::expected(event)
        );
        self.open_item(&event.docs, &facts, event.span, &[], "Event");
        // The names of its members differ: `check` has compared them.
        let parts = [
            format!("name = {}", names::literal(&event.name)),
            format!("version = {}", event.version),
            "checked".to_owned(),
        ];
        self.attribute("", &parts);
        if let (None, Some((storage, fields))) = (
            self.catalog.stream_of(event),
            self.catalog.storage_of(event),
        ) {
            self.placement(storage, fields);
        }
        self.text
            .push_str("#[must_use = \"an event does nothing until it is emitted\"]\n");
        self.deprecated(event.docs.deprecated.as_deref(), "");
        let _ = writeln!(self.text, "pub struct {} {{", names::camel(&event.ident));
        if let Home::Stream(id) = event.home {
            let stream = &self.catalog[id];
            let ty = self.paths.item(stream.module, &names::camel(&stream.name));
            let _ = writeln!(
                self.text,
                "    /// What every event of the stream `{}` carries.",
                stream.name
            );
            let _ = writeln!(self.text, "    /// `{}`", self.place(stream.span));
            let places = placing(stream);
            self.attribute("    ", &[format!("header{places}")]);
            let _ = writeln!(self.text, "    pub {}: {ty},", names::snake(&stream.name));
        }
        for carried in &event.contexts {
            let context = &self.catalog[carried.context];
            let ty = self
                .paths
                .item(context.module, &names::camel(&context.name));
            let (ty, known) = if carried.optional {
                (
                    format!("{}<{ty}>", self.paths.prelude("Option")),
                    ", where it is known",
                )
            } else {
                (ty, "")
            };
            let _ = writeln!(self.text, "    /// The context `{}`{known}.", context.name);
            let _ = writeln!(self.text, "    /// `{}`", self.place(carried.span));
            self.attribute("    ", &["context".to_owned()]);
            let _ = writeln!(self.text, "    pub {}: {ty},", names::snake(&context.name));
        }
        self.fields(&event.fields);
        self.text.push_str("}\n");
    }

    /// `partition`, `key` and `id`, in the words of the schema.
    fn placement(&mut self, storage: &Storage, fields: &[Field]) {
        let name = |index: usize| field_name(fields, index);
        let mut parts = vec![format!("partition = {}", storage.partition_text(name))];
        parts.extend(storage.key.map(|key| format!("key = {}", name(key.index))));
        parts.extend(storage.id.map(|id| format!("id = {}", name(id.index))));
        self.attribute("", &parts);
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            let docs = docs::member(
                self.catalog,
                &field.docs,
                &docs::facts(field),
                &self.place(field.span),
            );
            self.text.push_str(&docs::outer_indented(&docs));
            let mut parts = Vec::new();
            parts.extend(field.fill.map(|_| "fill".to_owned()));
            parts.extend(
                field
                    .accept
                    .as_deref()
                    .map(|(from, to)| format!("accept({from}, {to})")),
            );
            // The derive knows the name in Rust, which is another one where that is reserved.
            if field.wire() != names::snake(&field.name).trim_start_matches("r#") {
                parts.push(format!("wire = {}", names::literal(field.wire())));
            }
            parts.extend(
                field
                    .pii
                    .as_ref()
                    .map(|class| format!("pii = {}", names::literal(class))),
            );
            if let Some(backfill) = &field.backfill {
                let since = field.since_version();
                parts.extend(since.map(|since| format!("since = {since}")));
                parts.push(format!(
                    "backfill = {}",
                    names::raw_literal(&backfill.to_string())
                ));
            }
            self.attribute("    ", &parts);
            let mut ty = self.type_name(&field.ty, field.key);
            if field.recursive {
                ty = format!("{}<{ty}>", self.paths.prelude("Box"));
            }
            if !field.required {
                ty = format!("{}<{ty}>", self.paths.prelude("Option"));
            }
            let _ = writeln!(self.text, "    pub {}: {ty},", names::snake(&field.name));
        }
    }

    /// Every event of the catalog: the enums of its streams, and the events that are streams of their own.
    fn catalog_enum(&mut self) {
        let catalog = self.catalog;
        self.open_events(&format!("Every event of the catalog `{}`.", catalog.name));
        let _ = writeln!(self.text, "pub enum {EVENTS} {{");
        let has_events = |id: &StreamId| !self.contents.events_of(*id).is_empty();
        for id in Stream::ids(catalog).filter(has_events) {
            let stream = &catalog[id];
            let path = self.paths.whole(stream.module, &stream_enum(&stream.name));
            let _ = writeln!(self.text, "    /// The stream `{}`.", stream.name);
            self.attribute("    ", &["stream".to_owned()]);
            let _ = writeln!(
                self.text,
                "    {}({path}),",
                stream_variant(catalog, stream)
            );
        }
        let own = catalog.events.iter();
        self.variants(own.filter(|event| catalog.stream_of(event).is_none()));
        self.text.push_str("}\n");
    }

    /// Every event of a stream.
    fn stream_events(&mut self, id: StreamId) {
        let stream = &self.catalog[id];
        self.open_events(&format!("Every event of the stream `{}`.", stream.name));
        let _ = writeln!(self.text, "pub enum {} {{", stream_enum(&stream.name));
        self.variants(
            self.contents
                .events_of(id)
                .iter()
                .map(|&id| &self.catalog[id]),
        );
        self.text.push_str("}\n");
    }

    fn open_events(&mut self, docs: &str) {
        let (std, derive) = (
            self.paths.prelude("Clone"),
            self.paths.runtime(EVENTS_DERIVE),
        );
        let docs = docs::outer(docs);
        let _ = write!(self.text, "\n{docs}#[derive({std}, {derive})]\n");
        if self.paths.layout() == Layout::Inline {
            // A crate of its own allows it for all of it.
            self.text.push_str("#[allow(clippy::large_enum_variant)]\n");
        }
    }

    fn variants<'e>(&mut self, events: impl Iterator<Item = &'e Event>) {
        for event in events {
            let path = self.paths.whole(event.module, &names::camel(&event.ident));
            let _ = writeln!(self.text, "    /// `{}`", event.name);
            let _ = writeln!(self.text, "    {}({path}),", names::camel(&event.name));
        }
    }

    fn attribute(&mut self, indent: &str, parts: &[String]) {
        if !parts.is_empty() {
            let _ = writeln!(self.text, "{indent}#[event({})]", parts.join(", "));
        }
    }

    /// The type of a value. `key` says that it places the event, and so is never empty.
    fn type_name(&mut self, ty: &TypeRef, key: bool) -> String {
        match ty {
            TypeRef::Scalar(scalar) if key => {
                let scalar = self.scalar(*scalar);
                format!("{}<{scalar}>", self.paths.runtime("Key"))
            }
            TypeRef::Scalar(scalar) => self.scalar(*scalar),
            TypeRef::List(item) => {
                let item = self.type_name(item, false);
                format!("{}<{item}>", self.paths.prelude("Vec"))
            }
            TypeRef::Map(of, value) => {
                let (of, value) = (self.type_name(of, false), self.type_name(value, false));
                format!("{}<{of}, {value}>", self.paths.btree_map())
            }
            TypeRef::Named(id) => {
                let ty = &self.catalog[*id];
                self.paths.item(ty.module, &names::camel_type(&ty.name))
            }
        }
    }

    fn scalar(&mut self, scalar: Scalar) -> String {
        match scalar {
            Scalar::String => self.paths.prelude("String"),
            Scalar::Ip => self.paths.ip_addr(),
            Scalar::Decimal => self.paths.runtime("Decimal"),
            Scalar::Bytes => self.paths.runtime("Bytes"),
            Scalar::Uuid => self.paths.runtime("Uuid"),
            Scalar::Date => self.paths.runtime("Date"),
            Scalar::Timestamp => self.paths.runtime("Timestamp"),
            Scalar::Json => self.paths.runtime("Json"),
            // The others have the names of Rust's own types.
            scalar => scalar.name().to_owned(),
        }
    }

    /// The traits of a type. `above` are the newtypes around it: one that comes round again through a list says nothing new.
    fn traits(&self, body: &Body, above: &mut BTreeSet<TypeId>) -> Traits {
        match body {
            Body::Newtype(newtype) => self.traits_of(&newtype.of, above),
            Body::Enum(enumeration) => Traits {
                copy: !enumeration.open,
                eq: true,
            },
            Body::Record(_) | Body::Union(_) => Traits {
                copy: false,
                eq: false,
            },
        }
    }

    fn traits_of(&self, ty: &TypeRef, above: &mut BTreeSet<TypeId>) -> Traits {
        match ty {
            TypeRef::Scalar(Scalar::String | Scalar::Bytes) => Traits {
                copy: false,
                eq: true,
            },
            TypeRef::Scalar(Scalar::Json) => Traits {
                copy: false,
                eq: false,
            },
            TypeRef::Scalar(scalar) => Traits {
                copy: true,
                eq: !scalar.is_float(),
            },
            TypeRef::List(item) => Traits {
                copy: false,
                eq: self.traits_of(item, above).eq,
            },
            TypeRef::Map(_, value) => Traits {
                copy: false,
                eq: self.traits_of(value, above).eq,
            },
            TypeRef::Named(id) if !above.insert(*id) => Traits {
                copy: true,
                eq: true,
            },
            TypeRef::Named(id) => self.traits(&self.catalog[*id].body, above),
        }
    }
}

/// The derive of the enums of events has the name of the enum over all of them.
const EVENTS_DERIVE: &str = EVENTS;

fn field_name(fields: &[Field], index: usize) -> String {
    fields
        .get(index)
        .map(|field| names::snake(&field.name))
        .unwrap_or_default()
}

/// `(occurred_at)`: what a header carries that its events are partitioned by, for `event!` to say where it is missing.
fn placing(stream: &Stream) -> String {
    let mut names: Vec<String> = Vec::new();
    for transform in &stream.storage.partition {
        let name = field_name(&stream.fields, transform.field.index);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        return String::new();
    }
    format!("({})", names.join(", "))
}
