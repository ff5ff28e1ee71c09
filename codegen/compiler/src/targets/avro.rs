//! Apache Avro: a schema for each event, `avro/<event>.avsc`, of a record with the members of the message.
//!
//! A record is whole in itself: what it is made of is defined where it stands first, and named after that.

mod check;
mod names;
mod types;

pub(crate) use check::check;

use super::{MARK, Output, print};
use crate::catalog::{Catalog, Event};
use crate::source::Sources;
use types::Types;

/// Its name in `targets:`, and its folder.
pub(crate) const NAME: &str = "avro";

const ENDING: &str = ".avsc";

/// A schema for each event.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let output = |event: &Event| {
        let place = sources.place(event.span);
        let mark = format!("{MARK} from `{place}`. Edit that, not this.");
        // Members that Avro does not know are remarks.
        let mut members = vec![("//".to_owned(), mark.into())];
        members.extend(Types::new(catalog).event(event));
        Output {
            path: format!("{NAME}/{}{ENDING}", event.name),
            text: print::file(&members),
        }
    };
    catalog.events.iter().map(output).collect()
}
