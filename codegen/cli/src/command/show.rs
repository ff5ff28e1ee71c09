//! `eventc show`.

use clap::Args;
use eventc_compiler::catalog::{
    Body, Context, ContextId, Docs, EnumValue, EventId, Field, Home, Stream, StreamId, Type,
    TypeId, Variant,
};
use eventc_compiler::{Catalog, Span, inert};

use crate::failure::Failure;
use crate::json::line;
use crate::schema::{Checked, Schema};
use crate::terminal::{bold, width};
use crate::view::find::find;
use crate::view::table::{Long, Row, table, wrap};
use crate::view::{
    Format, Thing, events_of, events_with, names, objects, place, types_in, uses, words,
};

/// Show all of an event, a type, a stream or a context.
#[derive(Debug, Args)]
pub(super) struct Show {
    /// Its name: `backend.request.success`, or the last part of it.
    #[arg(value_name = "NAME")]
    name: String,
    #[command(flatten)]
    schema: Schema,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl Show {
    pub(super) fn run(&self) -> Result<String, Failure> {
        let checked = self.schema.checked()?;
        let things = find(&checked.catalog, &self.name)?;
        let text: Vec<_> = match self.format {
            Format::Json => {
                let object = |thing: &Thing| line(&objects::thing(&checked, *thing));
                things.iter().map(object).collect()
            }
            Format::Text => {
                let page = |thing: &Thing| {
                    let mut page = Page {
                        checked: &checked,
                        width: width(),
                        text: String::new(),
                    };
                    page.thing(*thing);
                    page.text
                };
                things.iter().map(page).collect()
            }
        };
        Ok(text.join("\n"))
    }
}

/// Fields as rows: name, type, and what is said of them.
pub(super) fn field_table(
    catalog: &Catalog,
    fields: &[Field],
    indent: usize,
    width: Option<usize>,
) -> String {
    let row = |field: &Field| Row {
        cells: vec![words::field_name(field), words::field_type(catalog, field)],
        text: words::about_field(catalog, field),
    };
    let rows: Vec<_> = fields.iter().map(row).collect();
    table(&rows, indent, width, Long::Wrapped)
}

fn types_of_fields<'c>(
    catalog: &'c Catalog,
    fields: impl IntoIterator<Item = &'c Field>,
) -> Vec<TypeId> {
    types_in(catalog, fields.into_iter().map(|field| &field.ty))
}

/// The page of one thing.
struct Page<'c> {
    checked: &'c Checked,
    width: Option<usize>,
    text: String,
}

impl Page<'_> {
    fn thing(&mut self, thing: Thing) {
        match thing {
            Thing::Event(id) => self.event(id),
            Thing::Type(id) => self.ty(id),
            Thing::Stream(id) => self.stream(id),
            Thing::Context(id) => self.context(id),
        }
    }

    fn catalog(&self) -> &Catalog {
        &self.checked.catalog
    }

    fn event(&mut self, id: EventId) {
        let checked = self.checked;
        let event = &checked.catalog[id];
        self.head(Thing::Event(id), event.span, &event.docs);
        let mut facts = vec![("version", event.version.to_string())];
        if !event.reserved.is_empty() {
            facts.push(("reserved", event.reserved.join(", ")));
        }
        if let Home::Own(storage) = &event.home {
            facts.push(("stored by", words::storage(storage, &event.fields)));
        }
        let examples: Vec<_> = event.examples.iter().map(|it| it.name.as_str()).collect();
        if !examples.is_empty() {
            facts.push(("examples", examples.join(", ")));
        }
        self.facts(&facts);
        let mut all: Vec<&Field> = Vec::new();
        if let Home::Stream(stream) = event.home {
            let Stream {
                fields, storage, ..
            } = &checked.catalog[stream];
            self.section(&words::home(&checked.catalog, event));
            self.line(&words::storage(storage, fields));
            self.fields(fields);
            all.extend(fields);
        }
        for carried in &event.contexts {
            let Context { fields, .. } = &checked.catalog[carried.context];
            let name = Thing::Context(carried.context).name(&checked.catalog);
            let all_or_none = if carried.optional {
                ", which may be absent"
            } else {
                ""
            };
            self.section(&format!("context {name}{all_or_none}"));
            self.fields(fields);
            all.extend(fields);
        }
        if !event.fields.is_empty() {
            self.section("fields");
            self.fields(&event.fields);
            all.extend(&event.fields);
        }
        self.types(&types_of_fields(&checked.catalog, all));
    }

    fn stream(&mut self, id: StreamId) {
        let checked = self.checked;
        let stream = &checked.catalog[id];
        self.head(Thing::Stream(id), stream.span, &stream.docs);
        self.facts(&[("stored by", words::storage(&stream.storage, &stream.fields))]);
        self.section("fields of each of its events");
        self.fields(&stream.fields);
        self.types(&types_of_fields(&checked.catalog, &stream.fields));
        self.list(
            "events",
            &names(&checked.catalog, &events_of(&checked.catalog, id)),
        );
    }

    fn context(&mut self, id: ContextId) {
        let checked = self.checked;
        let context = &checked.catalog[id];
        self.head(Thing::Context(id), context.span, &context.docs);
        self.section("fields");
        self.fields(&context.fields);
        self.types(&types_of_fields(&checked.catalog, &context.fields));
        let events = names(&checked.catalog, &events_with(&checked.catalog, id));
        self.list("events that carry it", &events);
    }

    fn ty(&mut self, id: TypeId) {
        let checked = self.checked;
        let catalog = &checked.catalog;
        let ty: &Type = &catalog[id];
        self.head(Thing::Type(id), ty.span, &ty.docs);
        let mut facts = Vec::new();
        let known = [("unit", &ty.unit), ("personal data", &ty.pii)];
        for (name, value) in known {
            facts.extend(value.clone().map(|value| (name, value)));
        }
        match &ty.body {
            Body::Newtype(newtype) => {
                facts.insert(0, ("newtype of", words::newtype_text(catalog, newtype)));
            }
            Body::Union(union) => {
                facts.extend(union.tag.clone().map(|tag| ("tag", tag)));
            }
            Body::Enum(values) if values.open => {
                facts.push(("open", "values that are not known are kept".to_owned()));
            }
            Body::Enum(_) | Body::Record(_) => {}
        }
        self.facts(&facts);
        match &ty.body {
            Body::Newtype(newtype) => {
                self.types(&types_in(catalog, [&newtype.of]));
            }
            Body::Enum(values) => {
                self.section("values");
                let row = |value: &EnumValue| {
                    let notes = words::deprecated(catalog, value.docs.deprecated.as_deref());
                    let notes: Vec<_> = notes.into_iter().collect();
                    let description = value.docs.description.as_deref().unwrap_or("");
                    Row {
                        cells: vec![value.wire.clone()],
                        text: words::with_notes(description, &notes),
                    }
                };
                self.rows(&values.values.iter().map(row).collect::<Vec<_>>());
            }
            Body::Record(fields) => {
                self.section("fields");
                self.fields(fields);
                self.types(&types_of_fields(catalog, fields));
            }
            Body::Union(union) => {
                self.section("one of");
                let row = |variant: &Variant| Row {
                    cells: vec![variant.name.clone()],
                    text: words::type_text(catalog, &variant.ty),
                };
                self.rows(&union.variants.iter().map(row).collect::<Vec<_>>());
            }
        }
        self.list("used by", &uses(catalog, id));
    }

    /// What it is called, what it is, where it stands and who answers for it.
    fn head(&mut self, thing: Thing, span: Span, docs: &Docs) {
        let title = format!("{} {}", thing.kind(), thing.name(self.catalog()));
        self.text.push_str(&format!("{}\n", bold(&inert(&title))));
        for paragraph in docs.description.as_deref().unwrap_or("").split("\n\n") {
            if !paragraph.trim().is_empty() {
                self.line(paragraph);
            }
        }
        let mut facts = vec![("declared in", place(self.checked, span))];
        if let Some(owner) = &docs.owner {
            facts.push(("owner", owner.to_string()));
        }
        if let Some(since) = &docs.since {
            facts.push(("since", since.to_string()));
        }
        if let Some(why) = words::deprecated(self.catalog(), docs.deprecated.as_deref()) {
            facts.push(("status", why));
        }
        self.text.push('\n');
        self.facts(&facts);
    }

    fn facts(&mut self, facts: &[(&str, String)]) {
        // All facts of a page stand under each other, whichever part of it they come from.
        const WIDTH: usize = 13;
        let row = |(name, value): &(&str, String)| Row {
            cells: vec![format!("{name:WIDTH$}")],
            text: value.clone(),
        };
        self.rows(&facts.iter().map(row).collect::<Vec<_>>());
    }

    fn section(&mut self, title: &str) {
        self.text.push_str(&format!("\n{}\n", bold(&inert(title))));
    }

    fn line(&mut self, text: &str) {
        self.text.push_str(&wrap(text, 2, self.width));
        self.text.push('\n');
    }

    fn rows(&mut self, rows: &[Row]) {
        self.text
            .push_str(&table(rows, 2, self.width, Long::Wrapped));
    }

    fn fields(&mut self, fields: &[Field]) {
        let table = field_table(self.catalog(), fields, 2, self.width);
        self.text.push_str(&table);
    }

    /// Named types, each on its line.
    fn types(&mut self, types: &[TypeId]) {
        if types.is_empty() {
            return;
        }
        self.section("types");
        let catalog = &self.checked.catalog;
        let row = |id: &TypeId| Row {
            cells: vec![Thing::Type(*id).name(catalog)],
            text: words::definition(catalog, &catalog[*id]),
        };
        let rows: Vec<_> = types.iter().map(row).collect();
        self.rows(&rows);
    }

    fn list(&mut self, title: &str, names: &[String]) {
        if names.is_empty() {
            return;
        }
        self.section(title);
        for name in names {
            self.text.push_str(&format!("  {}\n", inert(name)));
        }
    }
}
