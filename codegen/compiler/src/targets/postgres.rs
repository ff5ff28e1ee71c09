//! Partitioned tables in PostgreSQL 15 and newer, as scripts that `psql` loads: one for each stream, and one for what all share.
//!
//! ```text
//! catalog → tables → model → script, description
//!             columns, comment, fingerprint: what a table is made of
//!             heartbeat: the table of what eventc reports about itself
//! ```
//!
//! A table takes what the types take and refuses what they refuse, as far as a `CHECK` can say it; what stands inside of
//! `jsonb`, and rules that take a function of each entry of an array, are the types' alone.

mod check;
mod columns;
mod comment;
mod description;
pub(super) mod fingerprint;
pub mod heartbeat;
mod literal;
mod model;
pub(in crate::targets) mod query;
mod quote;
pub mod script;
mod tables;

pub(crate) use check::check;
pub use model::{
    Check, Column, ColumnType, Database, Expected, Level, Method, StreamTables, Table, Unit, View,
};
pub use quote::{Ident, Literal};

use super::{MARK, Output};
use crate::catalog::Catalog;
use crate::source::Sources;

/// Its name in `targets:`, and its folder.
pub(crate) const NAME: &str = "postgres";

/// The file beside the scripts that a sink knows the tables by, in the folder of generated files.
pub(crate) const DESCRIPTION: &str = "postgres/_tables.json";

/// Whether a catalog asks for the tables.
pub(crate) fn is_asked(catalog: &Catalog) -> bool {
    catalog.targets.iter().any(|name| name == NAME)
}

/// The tables of a catalog, as a sink reads them.
pub(crate) fn description(catalog: &Catalog, sources: &Sources) -> String {
    let database = Database::of(catalog, sources);
    description::description(catalog, &database, &mark(sources))
}

/// The scripts, and the description of the tables.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let database = Database::of(catalog, sources);
    let output = |name: &str, text: String| Output {
        path: format!("{NAME}/{name}.sql"),
        text: format!("-- {}\n\n{text}", mark(sources)),
    };
    let mut outputs = vec![output(SHARED, in_transaction(&script::shared(&database)))];
    let mut load = format!(
        "-- Everything, in order:  psql -v ON_ERROR_STOP=1 -f {LOAD}.sql\n\\ir {SHARED}.sql\n"
    );
    for stream in &database.streams {
        let file = &stream.name;
        let tables = in_transaction(&script::stream(&database, stream));
        let prepare = script::prepare(&database, stream);
        let script = match prepare.as_str() {
            "" => tables,
            prepare => format!("{tables}\n{prepare}"),
        };
        outputs.push(output(file, script));
        load.push_str(&format!("\\ir {file}.sql\n"));
    }
    outputs.push(output(LOAD, load));
    outputs.push(Output {
        path: DESCRIPTION.to_owned(),
        text: description::description(catalog, &database, &mark(sources)),
    });
    outputs
}

fn mark(sources: &Sources) -> String {
    format!("{MARK} from `{}`. Edit that, not this.", sources.root)
}

/// The files that belong to no stream. Names of streams do not begin with `_`.
const SHARED: &str = "_shared";
const LOAD: &str = "_load";

/// All of a script or nothing of it.
fn in_transaction(sql: &str) -> String {
    format!(
        "begin;\nset local client_min_messages = warning;\n\n{}\n\ncommit;\n",
        sql.trim_end()
    )
}
