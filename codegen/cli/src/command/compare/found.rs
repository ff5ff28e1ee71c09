//! What there is of an event in a store.

use std::collections::BTreeMap;

use eventc_compiler::Catalog;
use eventc_compiler::catalog::Event;
use eventc_compiler::postgres::{Database, Table};

use super::day::Day;

/// The ids of an event by day; what has no day is under `None`.
pub(super) type Found = BTreeMap<Option<Day>, Vec<Id>>;

/// What tells one event from another.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Id {
    /// The schema names no id: all are alike, and are counted.
    Unnamed,
    /// Sixteen bytes instead of the thirty-six that are written: there may be millions.
    Uuid(u128),
    Text(Box<str>),
}

/// An event, and by what it is compared.
pub(super) struct Kept<'c> {
    pub(super) name: &'c str,
    /// The member that says which event it is.
    pub(super) id: Option<&'c str>,
    /// The member with the time by which it is stored.
    pub(super) time: Option<&'c str>,
    /// Where it is in a database.
    #[cfg(feature = "postgres")]
    pub(super) table: &'c Table,
}

/// The events of a catalog, in its order.
pub(super) fn kept<'c>(catalog: &'c Catalog, tables: &'c Database) -> Vec<Kept<'c>> {
    let of_table = |table: &'c Table| {
        table.events.iter().map(move |id| {
            let event = &catalog[*id];
            Kept {
                name: &event.name,
                id: id_of(catalog, event),
                time: table.time.as_deref(),
                #[cfg(feature = "postgres")]
                table,
            }
        })
    };
    tables.tables().flat_map(of_table).collect()
}

fn id_of<'c>(catalog: &'c Catalog, event: &'c Event) -> Option<&'c str> {
    let (storage, fields) = catalog.storage_of(event)?;
    let field = fields.get(storage.id?.index)?;
    Some(field.wire())
}

impl Id {
    /// Reads it as it is written in JSON, without quotes, and in a database.
    pub(super) fn new(text: &str) -> Self {
        uuid(text).map_or_else(|| Id::Text(text.into()), Id::Uuid)
    }

    /// As it is written. `None` if it has no name.
    pub(super) fn written(&self) -> Option<String> {
        match self {
            Id::Unnamed => None,
            Id::Text(text) => Some(text.to_string()),
            Id::Uuid(number) => {
                let digits = format!("{number:032x}");
                let groups = [0..8, 8..12, 12..16, 16..20, 20..32];
                let groups: Vec<&str> =
                    groups.into_iter().filter_map(|at| digits.get(at)).collect();
                Some(groups.join("-"))
            }
        }
    }
}

/// The number of a uuid that is written as both stores write one.
fn uuid(text: &str) -> Option<u128> {
    let is_uuid = text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte),
        });
    is_uuid.then(|| u128::from_str_radix(&text.replace('-', ""), 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_written_as_it_was_read() {
        let uuid = "019445f2-b0d3-7234-bc36-867756c93a81";
        assert!(matches!(Id::new(uuid), Id::Uuid(_)));
        for text in [
            uuid,
            "00000000-0000-0000-0000-00000000000a",
            "019445F2-B0D3-7234-BC36-867756C93A81",
            "42",
            "",
        ] {
            assert_eq!(Id::new(text).written().as_deref(), Some(text));
        }
    }
}
