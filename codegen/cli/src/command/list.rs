//! `eventc list`.

use clap::Args;
use eventc_compiler::catalog::{Event, EventId, Field, Home, Stream, StreamId};
use eventc_compiler::{Catalog, Json, inert};
use glob::Pattern;

use crate::failure::Failure;
use crate::json::{array, line, object, text};
use crate::schema::{Checked, Schema};
use crate::terminal::{bold, count, width};
use crate::view::table::{Long, Row, table, wrap};
use crate::view::{Format, Thing, objects, words};

/// List the events by the stream that they go to.
#[derive(Debug, Args)]
pub(super) struct List {
    /// Only events with these words in their names; with `*` and `?`, only
    /// events whose whole names match: `'backend.*'`.
    #[arg(value_name = "PATTERN")]
    patterns: Vec<String>,
    #[command(flatten)]
    schema: Schema,
    /// Show the fields of streams, contexts and events, too.
    #[arg(long)]
    fields: bool,
    /// How it is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

impl List {
    pub(super) fn run(&self) -> Result<String, Failure> {
        let filter = Filter::new(&self.patterns)?;
        let checked = self.schema.checked()?;
        let catalog = &checked.catalog;
        let events: Vec<_> = Event::ids(catalog)
            .filter(|id| filter.takes(&catalog[*id].name))
            .collect();
        if events.is_empty() && !self.patterns.is_empty() {
            let what = format!("no event is called like `{}`", self.patterns.join("`, `"));
            return Err(Failure::usage(what, "`eventc list` lists all of them"));
        }
        Ok(match self.format {
            Format::Json => line(&catalog_object(&checked, &events)),
            Format::Text => Listing {
                catalog,
                events: &events,
                is_whole: self.patterns.is_empty(),
                fields: self.fields,
                width: width(),
            }
            .text(),
        })
    }
}

/// Which events are asked for.
struct Filter {
    words: Vec<String>,
    globs: Vec<Pattern>,
}

impl Filter {
    fn new(patterns: &[String]) -> Result<Self, Failure> {
        let is_glob = |pattern: &&String| pattern.contains(['*', '?', '[']);
        let (globs, words): (Vec<_>, Vec<_>) = patterns.iter().partition(is_glob);
        let glob = |pattern: &String| {
            Pattern::new(pattern).map_err(|error| {
                let what = format!("`{pattern}` is not a pattern: {error}");
                Failure::usage(what, "`*` is any text and `?` any character: `'backend.*'`")
            })
        };
        Ok(Self {
            words: words.into_iter().cloned().collect(),
            globs: globs.into_iter().map(glob).collect::<Result<_, _>>()?,
        })
    }

    fn takes(&self, name: &str) -> bool {
        let is_all = self.words.is_empty() && self.globs.is_empty();
        is_all
            || self.words.iter().any(|word| name.contains(word))
            || self.globs.iter().any(|glob| glob.matches(name))
    }
}

/// Everything of a catalog that has a name; of the events, those that are asked for.
fn catalog_object(checked: &Checked, events: &[EventId]) -> Json {
    let catalog = &checked.catalog;
    let all = Thing::all(catalog);
    let of = |kind: &str| {
        let things = all.iter().filter(|thing| thing.kind() == kind);
        array(things.map(|thing| objects::thing(checked, *thing)))
    };
    let events = events
        .iter()
        .map(|id| objects::thing(checked, Thing::Event(*id)));
    object([
        ("catalog", text(&catalog.name)),
        ("streams", of("stream")),
        ("contexts", of("context")),
        ("types", of("type")),
        ("events", array(events)),
    ])
}

/// Events under the streams that they go to.
struct Listing<'c> {
    catalog: &'c Catalog,
    events: &'c [EventId],
    /// Whether no event was left out; streams without events are then shown, too.
    is_whole: bool,
    fields: bool,
    width: Option<usize>,
}

impl Listing<'_> {
    fn text(&self) -> String {
        let catalog = self.catalog;
        let head = format!(
            "{}: {}, {}",
            catalog.name,
            count(self.events.len(), "event"),
            count(catalog.streams.len(), "stream")
        );
        let mut text = format!("{}\n", bold(&inert(&head)));
        for id in Stream::ids(catalog) {
            self.stream(id, &mut text);
        }
        let own: Vec<_> = self
            .events
            .iter()
            .copied()
            .filter(|id| matches!(catalog[*id].home, Home::Own(_)))
            .collect();
        if !own.is_empty() {
            text.push_str(&format!("\n{}\n", bold("streams of their own")));
            self.add_events(&own, &mut text);
        }
        text
    }

    fn stream(&self, id: StreamId, text: &mut String) {
        let stream = &self.catalog[id];
        let goes_there =
            |event: &EventId| matches!(self.catalog[*event].home, Home::Stream(home) if home == id);
        let events: Vec<_> = self.events.iter().copied().filter(goes_there).collect();
        if events.is_empty() && !self.is_whole {
            return;
        }
        let name = Thing::Stream(id).name(self.catalog);
        text.push_str(&format!("\n{}\n", bold(&format!("stream {name}"))));
        let storage = words::storage(&stream.storage, &stream.fields);
        text.push_str(&wrap(&storage, 2, self.width));
        text.push('\n');
        if self.fields {
            self.add_fields(&stream.fields, 4, text);
        }
        self.add_events(&events, text);
    }

    fn add_events(&self, events: &[EventId], text: &mut String) {
        let row = |id: &EventId| {
            let event = &self.catalog[*id];
            let notes: Vec<_> = words::deprecated(self.catalog, event.docs.deprecated.as_deref())
                .into_iter()
                .collect();
            let description = event.docs.description.as_deref().unwrap_or("");
            Row {
                cells: vec![event.name.clone()],
                text: words::with_notes(description, &notes),
            }
        };
        let rows: Vec<_> = events.iter().map(row).collect();
        if !self.fields {
            text.push_str(&table(&rows, 2, self.width, Long::Cut));
            return;
        }
        for (id, row) in events.iter().zip(rows) {
            text.push('\n');
            text.push_str(&table(&[row], 2, self.width, Long::Wrapped));
            self.add_contents(*id, text);
        }
    }

    /// The contexts of an event and its own fields.
    fn add_contents(&self, id: EventId, text: &mut String) {
        let event = &self.catalog[id];
        if let Home::Own(storage) = &event.home {
            let storage = words::storage(storage, &event.fields);
            text.push_str(&wrap(&storage, 4, self.width));
            text.push('\n');
        }
        for carried in &event.contexts {
            let context = &self.catalog[carried.context];
            let name = Thing::Context(carried.context).name(self.catalog);
            let mark = if carried.optional { "?" } else { "" };
            text.push_str(&format!("    with {name}{mark}\n"));
            self.add_fields(&context.fields, 6, text);
        }
        self.add_fields(&event.fields, 4, text);
    }

    fn add_fields(&self, fields: &[Field], indent: usize, text: &mut String) {
        text.push_str(&super::show::field_table(
            self.catalog,
            fields,
            indent,
            self.width,
        ));
    }
}
