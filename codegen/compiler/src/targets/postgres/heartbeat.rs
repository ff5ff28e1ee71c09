//! The table of the heartbeats that `eventc-delivery` sends: one more table, made from a schema of our own as those of users are.

use super::model::{Database, StreamTables};
use crate::catalog::Catalog;
use crate::compile;
use crate::source::Sources;

/// The event that an emitter sends about itself, and its table.
pub const HEARTBEAT: Heartbeat = Heartbeat {
    event: "eventc.heartbeat",
    table: "_heartbeat",
};

/// The event that an emitter sends about itself, and its table. No catalog has an event of such a name.
#[derive(Debug)]
pub struct Heartbeat {
    /// Its name on the wire.
    pub event: &'static str,
    /// Its table in the schema of every catalog.
    pub table: &'static str,
}

/// Its only version.
const VERSION: u32 = 1;

/// Its fields, in the language.
pub fn schema() -> Sources {
    let root = (
        "catalog.yaml".to_owned(),
        include_bytes!("heartbeat/catalog.yaml").to_vec(),
    );
    Sources::new("eventc", [root])
}

/// Its table, in this schema. That there is one, a test holds.
pub(super) fn tables(schema: &str) -> Option<StreamTables> {
    let sources = self::schema();
    let catalog: Catalog = compile(&sources).catalog?;
    let mut table = Database::of_catalog(&catalog, &sources, schema)
        .into_iter()
        .flat_map(|stream| stream.tables)
        .next()?;
    HEARTBEAT.table.clone_into(&mut table.name);
    // It is the event of another catalog, and the place of another schema.
    table.events.clear();
    let description = table.comment.lines().next().unwrap_or("");
    table.comment = format!(
        "{description}\nthe event `{}`, version {VERSION}, of eventc itself",
        HEARTBEAT.event
    );
    for column in &mut table.columns {
        if let Some((comment, _place)) = column.comment.rsplit_once('\n') {
            column.comment = comment.to_owned();
        }
    }
    Some(StreamTables {
        name: table.name.clone(),
        view: None,
        tables: vec![table],
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn its_schema_has_no_mistake() {
        let sources = schema();
        let compilation = compile(&sources);
        assert!(
            compilation.diagnostics.is_empty(),
            "{:#?}",
            compilation.diagnostics
        );
        let table = tables("acme").unwrap().tables.pop().unwrap();
        assert_eq!(table.retain, Some(30 * 86_400));
        assert_eq!(table.time.as_deref(), Some("at"));
        assert!(!table.comment.contains(".yaml"), "{}", table.comment);
    }
}
