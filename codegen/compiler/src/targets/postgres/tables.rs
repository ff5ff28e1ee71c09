//! From the catalog to tables.

use super::columns::{RECEIVED, Shape, checks};
use super::comment;
use super::fingerprint::fingerprint;
use super::heartbeat;
use super::literal::Form;
use super::model::{
    Check, Column, ColumnType, Database, Expected, Holds, Level, Method, StreamTables, Table, Unit,
    View,
};
use super::quote::{Ident, Literal};
use crate::catalog::{
    Carried, Catalog, Contents, Context, Event, EventId, Field, Home, Scalar, Storage, Store,
    Stream, StreamId, TransformKind,
};
use crate::source::Sources;

impl Database {
    /// The tables of a catalog, in the schema that has its name.
    pub fn of(catalog: &Catalog, sources: &Sources) -> Self {
        Self::in_schema(catalog, sources, &catalog.name)
    }

    /// The same tables in another schema: `pg_temp`, to see what a server makes of them.
    pub fn in_schema(catalog: &Catalog, sources: &Sources, schema: &str) -> Self {
        let mut streams = Self::of_catalog(catalog, sources, schema);
        let expected = expected(catalog, &streams);
        streams.extend(heartbeat::tables(schema));
        Self {
            schema: schema.to_owned(),
            streams,
            expected,
        }
    }

    /// The tables of the events of a catalog, and no others.
    pub(super) fn of_catalog(
        catalog: &Catalog,
        sources: &Sources,
        schema: &str,
    ) -> Vec<StreamTables> {
        let contents = Contents::of(catalog);
        let tables = Tables {
            catalog,
            sources,
            schema,
        };
        let streams = Stream::ids(catalog)
            .filter(|&id| !contents.events_of(id).is_empty())
            .map(|id| tables.of_stream(id, contents.events_of(id)));
        let own = Event::ids(catalog).filter_map(|id| tables.of_own_stream(id));
        streams.chain(own).collect()
    }
}

/// The events that are expected, and where they are counted.
fn expected(catalog: &Catalog, streams: &[StreamTables]) -> Vec<Expected> {
    let tables = streams.iter().flat_map(|stream| &stream.tables);
    let of_table = |table: &Table| {
        let events = table.events.iter().map(|&id| &catalog[id]);
        let expected = events.filter_map(|event| {
            let (storage, fields) = catalog.storage_of(event)?;
            Some(Expected {
                event: event.name.clone(),
                table: table.name.clone(),
                time: catalog.time_of(storage, fields)?.wire().to_owned(),
                least: event.expect?,
                is_shared: table.is_shared(),
            })
        });
        expected.collect::<Vec<_>>()
    };
    tables.flat_map(of_table).collect()
}

/// The name of a thing of a module in the schema of the database: `backend_request_success`.
pub(super) fn table_name(module: &[String], name: &str) -> String {
    let parts = module.iter().map(String::as_str).chain([name]);
    parts.collect::<Vec<_>>().join("_")
}

/// The table that holds all events of a stream.
pub(super) fn shared_table_name(stream: &str) -> String {
    format!("{stream}_store")
}

/// The column that holds what is not a column, in a table that all events of a stream share.
pub(super) const PAYLOAD: &str = "payload";

/// The contexts that all events of a stream carry, and whether one of them may go without.
pub(super) fn shared_contexts(catalog: &Catalog, events: &[EventId]) -> Vec<Carried> {
    let mut events = events.iter().map(|&id| &catalog[id]);
    let Some(first) = events.next() else {
        return Vec::new();
    };
    let mut shared = first.contexts.clone();
    for event in events {
        shared.retain_mut(|carried| {
            let same = |other: &&Carried| other.context == carried.context;
            let other = event.contexts.iter().find(same);
            carried.optional |= other.is_some_and(|other| other.optional);
            other.is_some()
        });
    }
    shared
}

struct Tables<'c> {
    catalog: &'c Catalog,
    sources: &'c Sources,
    schema: &'c str,
}

impl<'c> Tables<'c> {
    fn of_stream(&self, id: StreamId, events: &[EventId]) -> StreamTables {
        let stream = &self.catalog[id];
        let module = &self.catalog[stream.module].path;
        let name = table_name(module, &stream.name);
        let tables = match stream.store {
            Store::Typed => events.iter().map(|&id| self.of_event(id)).collect(),
            Store::Shared => vec![self.shared(stream, &name, events)],
        };
        let columns: Vec<_> = stream
            .fields
            .iter()
            .map(|field| field.wire().to_owned())
            .collect();
        StreamTables {
            view: Some(View {
                query: self.view_query(stream.store, &tables, &columns),
                comment: comment::item(
                    self.catalog,
                    &stream.docs,
                    &format!("all events of the stream `{}`", stream.name),
                    &self.sources.place(stream.span),
                ),
                columns,
                name: name.clone(),
            }),
            name,
            tables,
        }
    }

    fn of_own_stream(&self, id: EventId) -> Option<StreamTables> {
        let event = &self.catalog[id];
        matches!(event.home, Home::Own(_)).then(|| {
            let table = self.of_event(id);
            StreamTables {
                name: table.name.clone(),
                view: None,
                tables: vec![table],
            }
        })
    }

    /// A table with a column for each member of the event.
    fn of_event(&self, id: EventId) -> Table {
        let event = &self.catalog[id];
        let mut rows = Rows::new(self);
        if let Some(stream) = self.catalog.stream_of(event) {
            rows.fields(&stream.fields, true);
        }
        for &carried in &event.contexts {
            rows.context(carried);
        }
        rows.fields(&event.fields, true);
        let module = &self.catalog[event.module].path;
        let comment = comment::item(
            self.catalog,
            &event.docs,
            &format!("the event `{}`, version {}", event.name, event.version),
            &self.sources.place(event.span),
        );
        let storage = self.catalog.storage_of(event);
        rows.table(table_name(module, &event.ident), vec![id], storage, comment)
    }

    /// A table of what all events of a stream have; the rest of each is in its payload.
    fn shared(&self, stream: &'c Stream, name: &str, events: &[EventId]) -> Table {
        let mut rows = Rows::new(self);
        rows.event_name(events);
        rows.fields(&stream.fields, true);
        for carried in shared_contexts(self.catalog, events) {
            rows.context(carried);
        }
        rows.payload();
        let comment = comment::item(
            self.catalog,
            &stream.docs,
            &format!(
                "all events of the stream `{}`; `{PAYLOAD}` has what is not a column",
                stream.name
            ),
            &self.sources.place(stream.span),
        );
        let storage = Some((&stream.storage, stream.fields.as_slice()));
        rows.table(shared_table_name(name), events.to_vec(), storage, comment)
    }

    fn view_query(&self, store: Store, tables: &[Table], columns: &[String]) -> String {
        let mut list = vec![Ident("version").to_string()];
        list.extend(columns.iter().map(|column| Ident(column).to_string()));
        list.push(Ident(RECEIVED).to_string());
        let list = list.join(", ");
        let selects = tables.iter().map(|table| {
            let event = match (store, table.events.as_slice()) {
                (Store::Typed, [event]) => {
                    format!("{}::text as \"event\"", Literal(&self.catalog[*event].name))
                }
                _ => Ident("event").to_string(),
            };
            let (schema, table) = (Ident(self.schema), Ident(&table.name));
            format!("  select {event}, {list} from {schema}.{table}")
        });
        selects.collect::<Vec<_>>().join("\n  union all\n")
    }
}

/// The columns and checks of a table while they are put together.
struct Rows<'t, 'c> {
    tables: &'t Tables<'c>,
    columns: Vec<Column>,
    checks: Vec<Check>,
}

impl<'t, 'c> Rows<'t, 'c> {
    fn new(tables: &'t Tables<'c>) -> Self {
        let comment = "The version of the event that was written.";
        let version = own_column("version", "integer", Form::Plain, comment);
        Self {
            tables,
            columns: vec![version],
            checks: Vec::new(),
        }
    }

    fn fields(&mut self, fields: &'c [Field], required: bool) {
        for field in fields {
            let shape = Shape::of(self.tables.catalog, &field.ty, field.key);
            let form = shape.form();
            self.columns.push(Column {
                name: field.wire().to_owned(),
                ty: shape.column_type(),
                required: required && field.required,
                // Writers of an older schema know nothing of the field.
                default: field
                    .backfill
                    .as_deref()
                    .filter(|_| required)
                    .map(|value| form.literal(value)),
                backfill: field.backfill.as_deref().filter(|_| required).cloned(),
                holds: None,
                comment: comment::field(self.tables.catalog, field, self.tables.sources),
                form,
            });
            checks(field, &shape, &mut self.checks);
        }
    }

    /// The rule: a context is there as a whole or not at all.
    fn context(&mut self, carried: Carried) {
        let context: &'c Context = &self.tables.catalog[carried.context];
        self.fields(&context.fields, !carried.optional);
        if !carried.optional {
            return;
        }
        let list = |fields: &mut dyn Iterator<Item = &Field>| {
            let names: Vec<_> = fields
                .map(|field| Ident(field.wire()).to_string())
                .collect();
            (names.len(), names.join(", "))
        };
        let required = &mut context.fields.iter().filter(|field| field.required);
        let (count, required) = list(required);
        let (_, all) = list(&mut context.fields.iter());
        if count > 0 {
            self.checks.push(Check {
                name: format!("{}_context", context.name),
                condition: format!("num_nulls({required}) = 0 or num_nonnulls({all}) = 0"),
            });
        }
    }

    fn event_name(&mut self, events: &[EventId]) {
        let names = events.iter().map(|&id| &self.tables.catalog[id].name);
        let names: Vec<_> = names.map(|name| Literal(name).to_string()).collect();
        self.checks.push(Check {
            name: "event_value".to_owned(),
            condition: format!("\"event\" in ({})", names.join(", ")),
        });
        let column = own_column("event", "text", Form::Text, "The name of the event.");
        self.columns.insert(0, column);
    }

    fn payload(&mut self) {
        self.checks.push(Check {
            name: format!("{PAYLOAD}_form"),
            condition: format!("jsonb_typeof(\"{PAYLOAD}\") = 'object'"),
        });
        let comment = "The members that are not columns, as they are on the wire.";
        self.columns.push(Column {
            holds: Some(Holds::Rest),
            ..own_column(PAYLOAD, "jsonb", Form::Json, comment)
        });
    }

    fn table(
        mut self,
        name: String,
        events: Vec<EventId>,
        storage: Option<(&Storage, &[Field])>,
        comment: String,
    ) -> Table {
        let about = "When the event came in: `accept` is measured from it.";
        let received = own_column(RECEIVED, "timestamp with time zone", Form::Text, about);
        self.columns.push(Column {
            default: Some("clock_timestamp()".to_owned()),
            holds: Some(Holds::Received),
            ..received
        });
        let mut table = Table {
            name,
            events,
            columns: self.columns,
            checks: self.checks,
            primary_key: Vec::new(),
            levels: Vec::new(),
            time: None,
            retain: None,
            comment,
            fingerprint: String::new(),
        };
        if let Some((storage, fields)) = storage {
            place(self.tables.catalog, &mut table, storage, fields);
        }
        table.fingerprint = fingerprint(&table);
        table
    }
}

/// How a table is cut, and what tells its rows apart.
fn place(catalog: &Catalog, table: &mut Table, storage: &Storage, fields: &[Field]) {
    let column = |index: usize| fields.get(index).map_or("", Field::wire).to_owned();
    for transform in &storage.partition {
        let name = column(transform.field.index);
        let method = match (Unit::of(transform.kind), transform.kind) {
            (Some(unit), _) => Method::Range(unit),
            (None, TransformKind::Bucket(buckets)) => Method::Hash(buckets),
            (None, _) => by_value(catalog, fields.get(transform.field.index)),
        };
        if matches!(method, Method::Range(_)) {
            table.time = Some(name.clone());
        }
        table.levels.push(Level {
            column: name,
            method,
        });
    }
    if let Some(id) = storage.id {
        // A unique key of a table that is cut has the columns by which it is.
        for level in &table.levels {
            if !table.primary_key.contains(&level.column) {
                table.primary_key.push(level.column.clone());
            }
        }
        let id = column(id.index);
        if !table.primary_key.contains(&id) {
            table.primary_key.push(id);
        }
    }
    table.retain = storage.retain;
}

/// The partitions of a field that stands alone.
fn by_value(catalog: &Catalog, field: Option<&Field>) -> Method {
    match field.map(|field| Shape::of(catalog, &field.ty, true)) {
        // A day is a value of its own, and the clock knows which come next.
        Some(Shape::Scalar(Scalar::Date, ..)) => Method::Range(Unit::Day),
        Some(Shape::Enum(known)) if !known.open => Method::List(
            known
                .values
                .iter()
                .map(|value| value.wire.clone())
                .collect(),
        ),
        _ => Method::List(Vec::new()),
    }
}

/// A column that belongs to no field: every row has it.
fn own_column(name: &str, element: &'static str, form: Form, comment: &str) -> Column {
    Column {
        name: name.to_owned(),
        ty: ColumnType::one(element),
        required: true,
        default: None,
        backfill: None,
        holds: None,
        comment: comment.to_owned(),
        form,
    }
}
