//! What PostgreSQL cannot take: names that are too long, its own, or one name for two things; and tables that are too wide.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::RECEIVED;
use super::model::longest_suffix;
use super::tables::{PAYLOAD, shared_contexts, shared_table_name, table_name};
use crate::catalog::{
    Carried, Catalog, Contents, Event, EventId, Field, Home, Storage, Store, Stream,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// The most bytes of a name; PostgreSQL would cut a longer one off in silence.
const NAME: usize = 63;

/// What the name of a check adds to that of its column, and what that is for.
const CHECK: (usize, &str) = ("_pattern".len(), "its checks");

/// The most columns of a table.
const COLUMNS: usize = 1_600;

/// Columns that every table has without being asked.
const SYSTEM: &[&str] = &["tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"];

pub(crate) fn check(catalog: &Catalog, diagnostics: &mut Diagnostics) {
    let mut check = Check {
        catalog,
        diagnostics,
        relations: BTreeMap::new(),
        columns: BTreeSet::new(),
    };
    check.schema();
    let contents = Contents::of(catalog);
    for id in Stream::ids(catalog) {
        let events = contents.events_of(id);
        if !events.is_empty() {
            check.stream(&catalog[id], events);
        }
    }
    for event in &catalog.events {
        let is_typed = match event.home {
            Home::Stream(id) => catalog[id].store == Store::Typed,
            Home::Own(_) => true,
            Home::Unresolved => false,
        };
        if is_typed {
            check.event(event);
        }
    }
}

struct Check<'c, 'd> {
    catalog: &'c Catalog,
    diagnostics: &'d mut Diagnostics,
    /// Tables and views by their names: what becomes one, and where it stands.
    relations: BTreeMap<String, (String, Span)>,
    /// The places of fields whose columns were looked at: many tables have those of a header.
    columns: BTreeSet<Span>,
}

impl<'c> Check<'c, '_> {
    /// The rule: the catalog's name can be that of a schema, and begin those of its roles.
    fn schema(&mut self) {
        let name = &self.catalog.name;
        let root = self.catalog.modules.first().and_then(|root| root.span);
        let Some(span) = root else { return };
        if name.starts_with("pg_") || name == "information_schema" {
            let message = format!("`{name}` cannot be the name of a schema in PostgreSQL");
            self.diagnostics.push(
                Diagnostic::new(Code::PostgresName, span, message)
                    .label("the catalog gives its name to the schema of its tables")
                    .help("give the catalog another `catalog:`"),
            );
        }
        self.length(name, ("_writer".len(), "its roles"), "catalog", span);
    }

    fn stream(&mut self, stream: &'c Stream, events: &[EventId]) {
        let module = &self.catalog[stream.module].path;
        let view = table_name(module, &stream.name);
        self.relation(
            view.clone(),
            format!("the stream `{}`", stream.name),
            stream.span,
        );
        if stream.store == Store::Typed {
            self.length(&view, (0, ""), "view", stream.span);
            return;
        }
        let name = shared_table_name(&view);
        let what = format!("the store of the stream `{}`", stream.name);
        self.table(name, what, stream.span, Some(&stream.storage));
        let shared = shared_contexts(self.catalog, events);
        self.columns(&stream.fields, &shared, &[], stream.span);
        let contexts = shared
            .iter()
            .map(|it| self.catalog[it.context].fields.as_slice());
        let mut fields = contexts.chain([stream.fields.as_slice()]).flatten();
        if let Some(field) = fields.find(|field| field.wire() == PAYLOAD) {
            let message = format!("`{PAYLOAD}` is the column for what has no column of its own");
            self.diagnostics.push(
                Diagnostic::new(Code::PostgresName, field.span, message)
                    .label("a second column of this name")
                    .also(stream.span, "this stream is stored in one table")
                    .help("give it another name, or `store: typed`"),
            );
        }
    }

    fn event(&mut self, event: &'c Event) {
        let name = table_name(&self.catalog[event.module].path, &event.ident);
        let storage = self.catalog.storage_of(event).map(|(storage, _)| storage);
        self.table(
            name,
            format!("the event `{}`", event.name),
            event.span,
            storage,
        );
        let header = self.catalog.stream_of(event);
        let header = header.map_or(&[][..], |stream| &stream.fields);
        self.columns(header, &event.contexts, &event.fields, event.span);
    }

    /// The rule: the name of a table and those of its partitions have at most 63 bytes.
    fn table(&mut self, name: String, what: String, span: Span, storage: Option<&Storage>) {
        let transforms = storage.map_or(&[][..], |storage| &storage.partition);
        let suffixes = transforms
            .iter()
            .map(|transform| longest_suffix(transform.kind));
        let suffix: usize = suffixes.sum();
        self.length(&name, (suffix, "its partitions"), "table", span);
        self.relation(name, what, span);
    }

    /// The rule: a name is never cut off, nor one that is made of it by adding some bytes.
    fn length(&mut self, name: &str, (added, by): (usize, &str), noun: &str, span: Span) {
        let most = NAME.saturating_sub(added);
        if name.len() <= most {
            return;
        }
        let message = format!(
            "`{name}` is too long for PostgreSQL: {} bytes, and a {noun} has at most {most}",
            name.len()
        );
        let mut diagnostic = Diagnostic::new(Code::PostgresName, span, message)
            .label("would be cut off")
            .help("give it a shorter name");
        if added > 0 {
            let note = format!(
                "a name has {NAME} bytes, and those of {by} are made of this one and {added} more"
            );
            diagnostic = diagnostic.note(note);
        }
        self.diagnostics.push(diagnostic);
    }

    /// The rule: a table and a view have different names.
    fn relation(&mut self, name: String, what: String, span: Span) {
        let Some((first, at)) = self.relations.get(&name) else {
            self.relations.insert(name, (what, span));
            return;
        };
        let both = (*at).max(span);
        if self.diagnostics.has(Code::NameCollision, both) {
            // They are one name in Rust, too.
            return;
        }
        let message = format!("two things become the table or view `{name}` in PostgreSQL");
        let ((first, at), (second, span)) = if *at <= span {
            ((first.clone(), *at), (what, span))
        } else {
            ((what, span), (first.clone(), *at))
        };
        self.diagnostics.push(
            Diagnostic::new(Code::NameCollision, span, message)
                .label(second)
                .also(at, first)
                .help("rename one of them"),
        );
    }

    /// The rule: a column has a name that is free and not cut off.
    fn column(&mut self, field: &Field) {
        if !self.columns.insert(field.span) {
            return;
        }
        let name = field.wire();
        if SYSTEM.contains(&name) || name == RECEIVED {
            let message = format!("`{name}` is a column that every table has");
            self.diagnostics.push(
                Diagnostic::new(Code::PostgresName, field.span, message)
                    .label("PostgreSQL would refuse a second one")
                    .help("give it another name, with `wire:` if only the table is in the way"),
            );
        }
        self.length(name, CHECK, "column", field.span);
    }

    /// The rule: a table has at most 1,600 columns.
    fn columns(&mut self, header: &[Field], contexts: &[Carried], own: &[Field], span: Span) {
        let contexts = contexts
            .iter()
            .map(|it| self.catalog[it.context].fields.as_slice());
        let groups = [header].into_iter().chain(contexts).chain([own]);
        let fields = groups.flatten();
        for field in fields.clone() {
            self.column(field);
        }
        // `version` and the time it came in.
        let beside = 2;
        let mut fields = fields;
        if let Some(field) = fields.nth(COLUMNS - beside) {
            let count = COLUMNS + 1 + fields.count();
            let message =
                format!("a table of {count} columns, and PostgreSQL has at most {COLUMNS}");
            self.diagnostics.push(
                Diagnostic::new(Code::PostgresColumns, span, message)
                    .label("becomes a table")
                    .also(field.span, "from here on there is no room")
                    .help("group fields that belong together in a record: a record is one column"),
            );
        }
    }
}
