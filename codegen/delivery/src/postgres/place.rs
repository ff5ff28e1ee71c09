//! Where in a table a row belongs, as far as somebody has to make that place.

use std::collections::HashMap;

use eventc::{Date, Timestamp};

use super::tables::{Cut, Level};

/// The partition of a row. Two rows with the same one are in the same partition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Place {
    /// A time within it, if the table is cut by time, in microseconds since 1970.
    pub(super) at: Option<i64>,
    /// Columns by which it is cut whose values the schema does not list, and the value of each.
    pub(super) values: Vec<(usize, String)>,
}

/// The different places of some rows.
#[derive(Default)]
pub(super) struct Places {
    places: Vec<Place>,
    numbers: HashMap<Place, usize>,
}

impl Place {
    /// Adds what one level of the table says.
    pub(super) fn add(&mut self, level: &Level, value: &str) {
        match level.cut {
            Cut::Time(seconds) => {
                let span = seconds * 1_000_000;
                let at = value.parse::<Timestamp>().ok();
                let at = at.or_else(|| Some(Timestamp::start_of(value.parse::<Date>().ok()?)));
                self.at = at.map(|at| at.micros().div_euclid(span) * span);
            }
            Cut::Value => {
                let value = value.replace('\0', "\u{fffd}");
                self.values.push((level.column, value));
            }
        }
    }

    /// Whether the clock makes it, and nobody has to be asked.
    pub(super) fn is_given(&self) -> bool {
        self.at.is_none() && self.values.is_empty()
    }
}

impl Places {
    /// The number of a place.
    pub(super) fn add(&mut self, place: Place) -> usize {
        // Rows that follow each other mostly have the same.
        if self.places.last() == Some(&place) {
            return self.places.len() - 1;
        }
        if let Some(number) = self.numbers.get(&place) {
            return *number;
        }
        self.numbers.insert(place.clone(), self.places.len());
        self.places.push(place);
        self.places.len() - 1
    }

    pub(super) fn get(&self, number: usize) -> Option<&Place> {
        self.places.get(number)
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = &Place> {
        self.places.iter()
    }
}
