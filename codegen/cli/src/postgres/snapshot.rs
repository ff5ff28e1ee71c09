//! What a schema of a database is, in the words of the server; the same of one that is live and of one that is only wished for.

use std::collections::{BTreeMap, BTreeSet};

/// The relations of a schema, without the partitions.
#[derive(Debug, Default)]
pub(super) struct Snapshot {
    /// Tables, and what else is in the way of one.
    pub(super) tables: BTreeMap<String, Table>,
    pub(super) views: BTreeMap<String, View>,
}

#[derive(Debug, Default)]
pub(super) struct Table {
    /// `relkind`: `p` is cut into partitions, `r` is not, and anything else is no table.
    pub(super) kind: String,
    pub(super) owner: Owner,
    pub(super) comment: String,
    /// In the order of the table.
    pub(super) columns: Vec<Column>,
    pub(super) checks: BTreeMap<String, Check>,
    pub(super) primary_key: Vec<String>,
    /// As `pg_get_partkeydef` says it: `RANGE (occurred_at)`.
    pub(super) partition_key: String,
    /// Columns with an index of block ranges.
    pub(super) indexed: BTreeSet<String>,
    /// The rows of `_partitioning`; none if who asks may not read them.
    pub(super) levels: Option<Vec<Level>>,
    pub(super) may: May,
}

#[derive(Debug, Default)]
pub(super) struct View {
    pub(super) owner: Owner,
    pub(super) comment: String,
    pub(super) columns: Vec<Column>,
    pub(super) definition: String,
    /// Views that are made of it.
    pub(super) dependents: Vec<String>,
    pub(super) may: May,
}

#[derive(Debug, Default)]
pub(super) struct Owner {
    pub(super) name: String,
    /// Whether who asks may act as the owner.
    pub(super) is_me: bool,
}

/// What the two roles may do.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct May {
    pub(super) writer_inserts: bool,
    pub(super) reader_selects: bool,
}

#[derive(Debug)]
pub(super) struct Column {
    pub(super) name: String,
    /// As `format_type` says it.
    pub(super) ty: String,
    pub(super) not_null: bool,
    pub(super) default: Option<String>,
    pub(super) comment: String,
}

#[derive(Debug)]
pub(super) struct Check {
    /// As `pg_get_constraintdef` says it, without `NOT VALID`.
    pub(super) definition: String,
    pub(super) validated: bool,
    pub(super) columns: Vec<String>,
}

/// A row of `_partitioning`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Level {
    pub(super) method: String,
    pub(super) column: String,
    pub(super) buckets: Option<i32>,
    pub(super) known: Option<Vec<String>>,
    pub(super) retain: Option<String>,
}

/// The schema itself and who asks, as far as what is to be done depends on it.
#[derive(Debug)]
pub(super) struct Surroundings {
    pub(super) user: String,
    /// Whether the user may create schemas.
    pub(super) may_create: bool,
    /// Whether the user may create roles.
    pub(super) may_create_roles: bool,
    /// Whether the user may create temporary tables.
    pub(super) may_compare: bool,
    pub(super) writer_exists: bool,
    pub(super) reader_exists: bool,
    /// None if there is no such schema.
    pub(super) schema: Option<SchemaFacts>,
}

#[derive(Debug)]
pub(super) struct SchemaFacts {
    pub(super) owner: Owner,
    pub(super) comment: String,
    pub(super) writer_uses: bool,
    pub(super) reader_uses: bool,
    /// Whether the writer may call `ensure_partitions`; none if there is no such function.
    pub(super) writer_ensures: Option<bool>,
    /// Whether the writer may keep how far it is, and what no table takes; none if a table for that is missing.
    pub(super) writer_delivers: Option<bool>,
}

/// A live database.
#[derive(Debug)]
pub(super) struct Live {
    pub(super) around: Surroundings,
    pub(super) snapshot: Snapshot,
}

impl Table {
    pub(super) fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// The fingerprint that a comment ends with.
pub(super) fn fingerprint(comment: &str) -> Option<&str> {
    let (_, last) = comment.rsplit_once('\n').unwrap_or(("", comment));
    let print = last.strip_prefix("eventc:")?;
    let is_print = print.len() == 32 && print.bytes().all(|b| b.is_ascii_hexdigit());
    is_print.then_some(print)
}

/// A comment without the fingerprint, and without the place in the schema, which moves with every line above it.
pub(super) fn without_place(comment: &str) -> &str {
    let text = match fingerprint(comment) {
        Some(_) => comment.rsplit_once('\n').map_or("", |(text, _)| text),
        None => comment,
    };
    let (before, last) = text.rsplit_once('\n').unwrap_or(("", text));
    let is_place = last
        .rsplit_once(":")
        .is_some_and(|(file, line)| file.ends_with(".yaml") && line.parse::<u32>().is_ok());
    if is_place { before } else { text }
}

#[cfg(test)]
mod tests {
    use super::{fingerprint, without_place};

    #[test]
    fn a_comment_ends_in_a_place_and_a_fingerprint() {
        let print = "7b1295aa31ed06234f8927609d106288";
        let comment = format!("It is: so.\nschema/a.yaml:75\neventc:{print}");
        assert_eq!(fingerprint(&comment), Some(print));
        assert_eq!(without_place(&comment), "It is: so.");
        assert_eq!(without_place("A column.\na.yaml:x"), "A column.\na.yaml:x");
        assert_eq!(fingerprint("eventc:7b12"), None);
        assert_eq!(without_place("a.yaml:1"), "");
    }
}
