//! The picture of a stream: what places its events, its events, and the tables or partitions that they end up in.
//!
//! Three boxes beside each other, or below each other where a window is narrow: `site.css` moves them, so each has both places.

use std::fmt::Write as _;

use super::super::reading::{self, transform};
use super::html::Text;
use super::site::{Site, UP};
use crate::catalog::{EventId, Field, Storage, Thing, TransformKind, duration_text};

/// A stream, or an event that is one of its own.
pub(super) struct Stream<'s> {
    pub(super) name: &'s str,
    pub(super) is_event: bool,
    /// What `storage` speaks of.
    pub(super) fields: &'s [Field],
    pub(super) storage: &'s Storage,
    pub(super) events: &'s [EventId],
}

/// Sizes in pixels of the page.
const WIDTH: usize = 288;
const GAP: usize = 48;
const ROW: usize = 28;
const TOP: usize = 56;
const PADDING: usize = 16;
/// A box has so many rows; what is more is a number in the last one.
const ROWS: usize = 8;
/// So many characters of a row are sure to fit.
const CHARACTERS: usize = 33;

/// One of the boxes.
struct Column {
    label: &'static str,
    title: String,
    rows: Vec<Row>,
    /// What stands below the rows, as SVG, and its height.
    below: (String, usize),
}

struct Row {
    text: String,
    /// Where it leads.
    link: Option<String>,
    /// A few words at its right end.
    mark: String,
}

impl Column {
    fn height(&self) -> usize {
        TOP + self.rows.len() * ROW + self.below.1 + PADDING / 2
    }

    fn svg(&self, class: &str, x: usize, y: usize) -> String {
        let height = self.height();
        let mut svg = format!(
            "<g class=\"{class}\" style=\"--x:{x}px;--y:{y}px\"><rect class=\"box\" width=\"{WIDTH}\" height=\"{height}\" rx=\"10\"/><text class=\"label\" x=\"{PADDING}\" y=\"23\">{}</text><text class=\"title\" x=\"{PADDING}\" y=\"43\">{}</text>\n",
            self.label,
            Text(&shortened(&self.title))
        );
        for (index, row) in self.rows.iter().enumerate() {
            let y = middle(index) + 5;
            let text = Text(&row.text);
            let shown = Text(&shortened(&row.text)).to_string();
            let whole = match shown == text.to_string() {
                true => String::new(),
                false => format!("<title>{text}</title>"),
            };
            let line = format!("<text x=\"{PADDING}\" y=\"{y}\">{whole}{shown}</text>");
            let _ = match &row.link {
                Some(path) => writeln!(svg, "<a href=\"{path}\">{line}</a>"),
                None => writeln!(svg, "{line}"),
            };
            if !row.mark.is_empty() {
                let right = WIDTH - PADDING;
                let _ = writeln!(
                    svg,
                    "<text class=\"mark\" x=\"{right}\" y=\"{y}\">{}</text>",
                    row.mark
                );
            }
        }
        let (below, _) = &self.below;
        if !below.is_empty() {
            let y = TOP + self.rows.len() * ROW;
            let _ = writeln!(svg, "<g transform=\"translate(0,{y})\">{below}</g>");
        }
        svg.push_str("</g>\n");
        svg
    }
}

/// The section of a page that has the picture.
pub(super) fn section(site: &Site<'_>, stream: &Stream<'_>) -> String {
    let (header, events, stores) = (header(stream), events(site, stream), stores(site, stream));
    let columns = [&header, &events, &stores];
    let heights = columns.map(Column::height);
    let height = heights.into_iter().max().unwrap_or(0);
    let stacked = heights.iter().sum::<usize>() + 2 * GAP;
    let [first, second, _] = heights;
    let (below_first, below_second) = (first + GAP, first + second + 2 * GAP);
    let wide = 3 * WIDTH + 2 * GAP;
    let across = lines(events.rows.len(), stores.rows.len());
    let half = WIDTH / 2;
    let title = if stream.is_event {
        "How it is stored"
    } else {
        "From header to store"
    };
    let boxes = [
        header.svg("header", 0, 0),
        events.svg("events", WIDTH + GAP, below_first),
        stores.svg("stores", 2 * (WIDTH + GAP), below_second),
    ];
    format!(
        "<section aria-labelledby=\"the-picture\">\n<h2 id=\"the-picture\">{title}</h2>\n\
         <svg class=\"flow\" role=\"group\" aria-labelledby=\"the-picture\" style=\"--wide:{wide}px;--high:{height}px;--narrow:{WIDTH}px;--stacked:{stacked}px\">\n\
         <path class=\"across\" d=\"{across}\"/>\
         <path class=\"down\" d=\"M{half} {first}V{below_first}M{half} {}V{below_second}\"/>\n{}</svg>\n</section>\n",
        below_first + second,
        boxes.concat()
    )
}

fn middle(row: usize) -> usize {
    TOP + row * ROW + ROW / 2
}

/// Lines from the header to each event, and from each to its table, or all to one.
fn lines(events: usize, stores: usize) -> String {
    let mut path = String::new();
    let (start, end) = (WIDTH, WIDTH + GAP);
    let bend = GAP / 2;
    for row in 0..events {
        let _ = write!(path, "M{start} {}", middle(0));
        let _ = write!(path, "c{bend} 0 {bend} {dy} {GAP} {dy}", dy = row * ROW);
        let to = if stores == events { row } else { 0 };
        let (x, from) = (end + WIDTH, middle(row));
        let _ = write!(
            path,
            "M{x} {from}C{} {from} {} {to} {} {to}",
            x + bend,
            x + bend,
            x + GAP,
            to = middle(to)
        );
    }
    path
}

/// The fields that every event of the stream carries; of an event, those that place it.
fn header(stream: &Stream<'_>) -> Column {
    let roles = |index: usize| reading::roles(stream.storage, index).join(" · ");
    let fields = stream.fields.iter().enumerate();
    let rows = fields.map(|(index, field)| Row {
        text: field.name.clone(),
        link: None,
        mark: roles(index),
    });
    let rows = rows.filter(|row| !stream.is_event || !row.mark.is_empty());
    Column {
        label: if stream.is_event {
            "placed by"
        } else {
            "header"
        },
        title: if stream.is_event {
            "its own fields".to_owned()
        } else {
            stream.name.to_owned()
        },
        rows: at_most(rows.collect(), (!stream.is_event).then_some("#the-fields")),
        below: (String::new(), 0),
    }
}

fn events(site: &Site<'_>, stream: &Stream<'_>) -> Column {
    let row = |&id: &EventId| Row {
        text: site.reading.catalog[id].name.clone(),
        link: (!stream.is_event).then(|| UP.to_owned() + &site.path(Thing::Event(id))),
        mark: String::new(),
    };
    let count = stream.events.len();
    Column {
        label: if count == 1 { "event" } else { "events" },
        title: match count {
            1 => "one".to_owned(),
            count => count.to_string(),
        },
        rows: at_most(stream.events.iter().map(row).collect(), Some("#the-events")),
        below: (String::new(), 0),
    }
}

/// The tables, where there are some, and the partitions that they are cut into.
fn stores(site: &Site<'_>, stream: &Stream<'_>) -> Column {
    let tables = stream
        .events
        .iter()
        .filter_map(|&id| site.reading.tables_of(id));
    let mut names: Vec<&str> = tables.map(|(_, table)| table.name.as_str()).collect();
    names.dedup();
    if !site.has_tables {
        names.clear();
    }
    let row = |name: &&str| Row {
        text: (*name).to_owned(),
        link: None,
        mark: String::new(),
    };
    let (label, title) = match names.len() {
        0 => ("store", "partitions".to_owned()),
        1 => ("table", site.reading.database.schema.clone()),
        _ => ("tables", site.reading.database.schema.clone()),
    };
    Column {
        label,
        title,
        rows: at_most(names.iter().map(row).collect(), None),
        below: partitions(stream),
    }
}

/// A strip of cells for each level at which the store is cut, and how long it keeps rows.
fn partitions(stream: &Stream<'_>) -> (String, usize) {
    const CELL: usize = 13;
    let mut svg = String::new();
    let mut y = 22;
    let mut line = |y: usize, text: &str| {
        let _ = write!(
            svg,
            "<text class=\"small\" x=\"{PADDING}\" y=\"{y}\">{}</text>",
            Text(text)
        );
    };
    let mut cells = Vec::new();
    for part in &stream.storage.partition {
        line(y, &format!("cut by {}", transform(part, stream.fields)));
        let count = match part.kind {
            TransformKind::Bucket(buckets) => buckets.min(19) as usize,
            _ => 19,
        };
        cells.push((y + 8, count));
        y += 46;
    }
    if stream.storage.partition.is_empty() {
        line(y, "not cut into partitions");
        y += 22;
    }
    if let Some(seconds) = stream.storage.retain {
        line(y, &format!("kept for {}", duration_text(seconds)));
        y += 22;
    }
    for (y, count) in cells {
        let mut path = String::new();
        for cell in 0..count {
            let _ = write!(path, "M{} {y}h11v11h-11z", PADDING + cell * CELL);
        }
        let _ = write!(svg, "<path class=\"cells\" d=\"{path}\"/>");
    }
    (svg, y - 14)
}

/// So many rows as there is room for, the last of them a number if there are more, which leads to `all` of them.
fn at_most(mut rows: Vec<Row>, all: Option<&str>) -> Vec<Row> {
    if rows.len() > ROWS {
        let rest = rows.len() - (ROWS - 1);
        rows.truncate(ROWS - 1);
        rows.push(Row {
            text: format!("and {rest} more"),
            link: all.map(str::to_owned),
            mark: String::new(),
        });
    }
    rows
}

/// A text that fits a row; its end is what tells names of one module apart.
fn shortened(text: &str) -> String {
    let count = text.chars().count();
    match count.checked_sub(CHARACTERS) {
        None | Some(0) => text.to_owned(),
        Some(over) => {
            let end: String = text.chars().skip(over + 1).collect();
            format!("…{end}")
        }
    }
}
