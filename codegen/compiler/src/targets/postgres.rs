//! Partitioned tables in PostgreSQL 15 and newer, as scripts that `psql` loads: one for each stream, and one for what all share.
//!
//! ```text
//! catalog → tables → model → script
//!             columns, comment, fingerprint: what a table is made of
//!             heartbeat: the table of what eventc reports about itself
//! ```
//!
//! A table takes what the types take and refuses what they refuse, as far as a `CHECK` can say it; what stands inside of
//! `jsonb`, and rules that take a function of each entry of an array, are the types' alone.

mod check;
mod columns;
mod comment;
mod fingerprint;
pub mod heartbeat;
mod literal;
mod model;
mod pattern;
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

/// The scripts.
pub(crate) fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let database = Database::of(catalog, sources);
    let output = |name: &str, text: String| Output {
        path: format!("{NAME}/{name}.sql"),
        text: format!(
            "-- {MARK} from `{}`. Edit that, not this.\n\n{text}",
            sources.root
        ),
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
    outputs
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
