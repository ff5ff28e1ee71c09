//! The answer, as people and programs read it.

use std::fmt::Write as _;

use eventc_compiler::{Json, inert};

use super::Format;
use super::day::Days;
use super::difference::{Difference, Side};
use super::found::Kept;
use crate::json::{array, line, number, object, optional, text};
use crate::terminal::count;

pub(super) struct Report {
    all: bool,
    format: Format,
    rows: Vec<Row>,
    /// Events of both sides that have their match.
    same: usize,
    is_same: bool,
}

struct Row {
    event: String,
    is_named: bool,
    difference: Difference,
}

impl Report {
    pub(super) fn new(all: bool, format: Format) -> Self {
        Report {
            all,
            format,
            rows: Vec::new(),
            same: 0,
            is_same: true,
        }
    }

    pub(super) fn add(&mut self, event: &Kept<'_>, differences: Vec<Difference>) {
        for difference in differences {
            self.same += difference.left.events - difference.left.only;
            self.is_same &= difference.is_none();
            if self.all || !difference.is_none() {
                self.rows.push(Row {
                    event: event.name.to_owned(),
                    is_named: event.id.is_some(),
                    difference,
                });
            }
        }
    }

    /// The text, and whether both sides have the same.
    pub(super) fn close(self, left: &str, right: &str, days: &Days) -> (String, bool) {
        let text = match self.format {
            Format::Text => self.text(left, right, days),
            Format::Json => self.json(),
        };
        (text, self.is_same)
    }

    fn json(&self) -> String {
        let object_of = |row: &Row| {
            let Difference { day, left, right } = &row.difference;
            line(&object([
                ("event", text(&row.event)),
                ("day", optional(day.map(|day| day.to_string()))),
                ("left", side(left)),
                ("right", side(right)),
            ]))
        };
        self.rows
            .iter()
            .map(object_of)
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn text(&self, left: &str, right: &str, days: &Days) -> String {
        let mut text = format!(
            "left   {left}\nright  {right}\ndays   {} to {}, in UTC\n",
            days.first, days.last
        );
        let lines: Vec<[String; 6]> = self.rows.iter().map(Row::line).collect();
        if !lines.is_empty() {
            text.push('\n');
            table(&mut text, &lines);
        }
        for row in self.rows.iter().filter(|row| !row.difference.is_none()) {
            row.explain(&mut text);
        }
        let events = count(self.same, "event");
        text.push_str(&match (self.is_same, self.same) {
            (true, 0) => "\nneither has events of these days".to_owned(),
            (true, _) => format!("\nboth have the same: {events}"),
            (false, _) => format!("\nnot the same; {events} in both"),
        });
        inert(&text)
    }
}

impl Row {
    fn line(&self) -> [String; 6] {
        let Difference { day, left, right } = &self.difference;
        [
            self.event.clone(),
            day.map_or("any".to_owned(), |day| day.to_string()),
            left.events.to_string(),
            right.events.to_string(),
            left.only.to_string(),
            right.only.to_string(),
        ]
    }

    /// Which ones they are.
    fn explain(&self, text: &mut String) {
        let day = self
            .difference
            .day
            .map_or(String::new(), |day| format!(" on {day}"));
        let _ = writeln!(text, "\n{}{day}", self.event);
        if !self.is_named {
            let _ = writeln!(
                text,
                "  counted: the schema names no `id` for it, so which ones differ cannot be said"
            );
        }
        for (name, side) in [
            ("left", &self.difference.left),
            ("right", &self.difference.right),
        ] {
            if side.repeated > 0 {
                let _ = writeln!(
                    text,
                    "  {name} has {} more than once",
                    count(side.repeated, "event")
                );
            }
            if !side.named.is_empty() {
                let more = side.only - side.named.len();
                let more = if more > 0 {
                    format!(" and {more} more")
                } else {
                    String::new()
                };
                // an id is whatever a store holds
                let ids = side.named.join(", ").replace('\n', "\\n");
                let _ = writeln!(text, "  only in {name}: {ids}{more}");
            }
        }
    }
}

fn side(side: &Side) -> Json {
    object([
        ("events", number(side.events)),
        ("only", number(side.only)),
        ("repeated", number(side.repeated)),
        ("some_ids", array(side.named.iter().map(text))),
    ])
}

/// Columns as wide as what is in them; numbers stand at the right.
fn table(text: &mut String, lines: &[[String; 6]]) {
    let head = ["event", "day", "left", "right", "only left", "only right"].map(str::to_owned);
    let lines = || std::iter::once(&head).chain(lines);
    for line in lines() {
        let cells = line.iter().enumerate().map(|(at, cell)| {
            let width = lines()
                .filter_map(|line| line.get(at))
                .map(String::len)
                .max()
                .unwrap_or(0);
            match at {
                0 | 1 => format!("{cell:width$}"),
                _ => format!("{cell:>width$}"),
            }
        });
        let _ = writeln!(text, "{}", cells.collect::<Vec<_>>().join("  ").trim_end());
    }
}
