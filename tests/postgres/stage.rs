//! A schema that is loaded into a database of its own.

use std::path::Path;

use eventc_compiler::postgres::{Level, Literal, Table};
use eventc_compiler::{Catalog, Json, Sources, postgres};
use eventc_testing::postgres::{Database, Server};
use eventc_testing::schema::{self, json};
use serde_json::{Map, Value};

/// A schema, its tables, and a database that has them.
pub(crate) struct Stage {
    pub(crate) catalog: Catalog,
    pub(crate) tables: postgres::Database,
    pub(crate) database: Database,
    /// The scripts, in the order in which they are loaded.
    pub(crate) scripts: String,
}

impl Stage {
    /// The schema of this repository; none if there is no server.
    pub(crate) fn real(name: &str) -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("schema");
        Self::of(name, &Sources::read(&folder, "schema").unwrap())
    }

    /// A schema of one file, its root, for the target `postgres`.
    pub(crate) fn small(name: &str, root: &str) -> Option<Self> {
        let text = format!("catalog: acme\neventc: 1\ntargets: [postgres]\n{root}");
        let files = [("catalog.yaml".to_owned(), text.into_bytes())];
        Self::of(name, &Sources::new("schema", files))
    }

    fn of(name: &str, sources: &Sources) -> Option<Self> {
        let database = Server::shared()?.database(name);
        let catalog = schema::checked(sources);
        let stage = Self {
            tables: postgres::Database::of(&catalog, sources),
            scripts: schema::script(&catalog, sources),
            catalog,
            database,
        };
        stage.sql(&stage.scripts);
        stage.sql(PLACE);
        Some(stage)
    }

    /// What a script answers.
    pub(crate) fn sql(&self, sql: &str) -> String {
        let answer = self.database.psql(sql);
        answer.unwrap_or_else(|error| panic!("{error}"))
    }

    /// What a script answers to a role that may do little.
    pub(crate) fn sql_as(&self, role: &str, sql: &str) -> Result<String, String> {
        self.database.psql(&format!("set role {role};\n{sql}"))
    }

    /// The table that has an event.
    pub(crate) fn table_of(&self, event: &str) -> &Table {
        let is_it = |table: &&Table| {
            let mut events = table.events.iter();
            events.any(|&id| self.catalog[id].name == event)
        };
        self.tables.tables().find(is_it).unwrap()
    }

    /// Puts an event into its table: what came in just then, and has a partition.
    pub(crate) fn insert(&self, table: &Table, message: &Value) -> String {
        let received = received_at(table, message);
        table.insert(&self.tables, &json(message), Some(&received))
    }

    /// Makes the partition of an event, of whatever time it is.
    pub(crate) fn place(&self, table: &Table, message: &Value) -> String {
        if table.levels.is_empty() {
            return String::new();
        }
        let of_level =
            |level: &Level| Some((level.column.clone(), message.get(&level.column)?.clone()));
        let placing: Map<_, _> = table.levels.iter().filter_map(of_level).collect();
        format!(
            "select place({}, {}, {});\n",
            Literal(&table.name),
            Literal(&received_at(table, message)),
            Literal(&Value::from(placing).to_string())
        )
    }
}

/// When an event came in: when it happened.
fn received_at(table: &Table, message: &Value) -> String {
    let time = table
        .time
        .as_deref()
        .and_then(|time| message.get(time)?.as_str());
    time.unwrap_or("2026-01-01T00:00:00Z").to_owned()
}

/// What the owner may do: a partition for one time, however far from the present it is.
const PLACE: &str = "
create function place(of_table text, at timestamptz, message jsonb) returns integer
language sql set timezone = 'UTC' as $$
  select acme._ensure(
      to_regclass('acme.' || of_table), of_table, array_agg(p order by level),
      at::timestamp, at::timestamp, message, false
    )
    from acme._partitioning p where p.table_name = of_table
$$;
";

/// A message of the compiler's as others have it.
pub(crate) fn value(json: &Json) -> Value {
    serde_json::from_str(&json.to_string()).unwrap()
}
