//! Columns: they come, they are retired, and they never go.

use eventc_compiler::postgres::{self as model, Ident, Literal, script};

use super::super::plan::{NoteKind, Phase};
use super::super::snapshot::Column;
use super::{Comparison, GO_ON};

impl Comparison<'_> {
    pub(super) fn columns(&mut self) {
        for column in &self.model.columns {
            let Some(desired) = self.desired.column(&column.name) else {
                continue;
            };
            match self.live.column(&column.name) {
                None => self.new_column(column),
                Some(live) if live.ty != desired.ty => self.other_type(live, desired),
                Some(live) => {
                    self.nulls(column, live, desired);
                    self.default(live, desired);
                }
            }
        }
        for column in &self.live.columns {
            if self.desired.column(&column.name).is_none() {
                self.retired(column);
            }
        }
    }

    fn new_column(&mut self, column: &model::Column) {
        let name = &column.name;
        if column.required && column.default.is_none() {
            self.refuse(
                format!("`{name}` is new and required"),
                "writers of the old schema do not send it, so each of their rows would be refused; and the rows that are there have no value for it",
                format!("give the field a `backfill`, or make it optional: `{name}?`"),
            );
            return;
        }
        if column.default.as_deref() == Some("clock_timestamp()") {
            self.refuse(
                format!("`{name}` was dropped"),
                "the server would give every row that is there a time of its own, and write the whole table anew while everybody waits",
                format!(
                    "in an hour when writers may wait: alter table {} add column {};",
                    self.name(),
                    script::column(column)
                ),
            );
            return;
        }
        let what = match &column.default {
            Some(value) => format!(
                "add the column `{name}`, required; rows that are there, and those of writers that do not know it, have {value}"
            ),
            None => format!("add the column `{name}`, optional"),
        };
        let sql = format!(
            "alter table {} add column if not exists {};",
            self.name(),
            script::column(column)
        );
        self.step(Phase::Alter, what, vec![sql], GO_ON);
    }

    fn other_type(&mut self, live: &Column, desired: &Column) {
        let name = &live.name;
        self.refuse(
            format!(
                "the type of `{name}` would become {}, and is {}",
                desired.ty, live.ty
            ),
            "the server would write every row anew while all writers and readers wait, and writers of the old schema send the old type",
            format!(
                "put the type back, and add a field of another name with the new type; once all writers fill it, retire `{name}`"
            ),
        );
    }

    fn nulls(&mut self, column: &model::Column, live: &Column, desired: &Column) {
        match (live.not_null, desired.not_null) {
            (true, false) => {
                let what = format!("`{}` becomes optional", column.name);
                self.alter(&column.name, "drop not null", what, GO_ON);
            }
            (false, true) => self.required(column),
            _ => {}
        }
    }

    /// That no writer sends null any more is nothing that the rows of the past could say. A check that has been refusing null for a while says it.
    fn required(&mut self, column: &model::Column) {
        let name = &column.name;
        let proven = self
            .live
            .checks
            .iter()
            .find(|(_, check)| check.validated && refuses_null(&check.definition, name));
        if let Some((check, _)) = proven {
            let sql = format!(
                "alter table {0} alter column {1} set not null;\nalter table {0} drop constraint if exists {2};",
                self.name(),
                Ident(name),
                Ident(check)
            );
            let what = format!("`{name}` becomes required, as the check `{check}` has proven");
            let writers = Some("go on: the check refuses the same rows already");
            self.step(Phase::Alter, what, vec![sql], writers);
            return;
        }
        let (table, column_name) = (self.name(), Ident(name));
        let check = Ident(&format!("{name}_present")).to_string();
        let fill = match &column.default {
            Some(value) => {
                format!("\nupdate {table} set {column_name} = {value} where {column_name} is null;")
            }
            None => format!(
                "\n-- give the rows that have none a value: update {table} set {column_name} = … where {column_name} is null;"
            ),
        };
        self.refuse(
            format!("`{name}` may be null, and in the schema it is required"),
            "a writer that still sends null would have its rows refused, and the rows that are there say nothing about the writers",
            format!(
                "prove it, and run this again; the first statement refuses null from now on, so look at the writers after it:\n\
                 alter table {table} add constraint {check} check ({column_name} is not null) not valid;{fill}\n\
                 alter table {table} validate constraint {check};"
            ),
        );
    }

    fn default(&mut self, live: &Column, desired: &Column) {
        let name = &live.name;
        match (&live.default, &desired.default) {
            (from, to) if from == to => {}
            (_, Some(_)) => {
                let column = self.model.columns.iter().find(|it| it.name == *name);
                let value = column.and_then(|it| it.default.clone()).unwrap_or_default();
                let what = format!("rows of writers that do not know `{name}` have {value}");
                let action = format!("set default {value}");
                self.alter(name, &action, what, GO_ON);
            }
            (Some(value), None) => {
                let what = format!(
                    "`{name}` keeps its default {value}, on which writers that do not know it rely; there may come a time when there are none"
                );
                let by_hand = format!(
                    "alter table {} alter column {} drop default;",
                    self.name(),
                    Ident(name)
                );
                self.note(NoteKind::Information, what, by_hand);
            }
            (None, None) => {}
        }
    }

    /// A column that the schema no longer has keeps its values; only who does not know it any more must be able to leave it out.
    fn retired(&mut self, column: &Column) {
        let name = &column.name;
        // Then the key itself is refused.
        if self.live.primary_key.contains(name) || is_cut_by(&self.live.partition_key, name) {
            return;
        }
        if column.not_null && column.default.is_none() {
            let what = format!("`{name}` is retired: new writers may leave it out");
            self.alter(name, "drop not null", what, GO_ON);
        }
        let what = format!(
            "the column `{name}` is not in the schema; it stays with its values until nobody reads or writes it"
        );
        let by_hand = format!("alter table {} drop column {};", self.name(), Ident(name));
        self.note(NoteKind::Information, what, by_hand);
    }

    fn alter(&mut self, column: &str, action: &str, what: String, writers: Option<&'static str>) {
        let sql = format!(
            "alter table {} alter column {} {action};",
            self.name(),
            Ident(column)
        );
        self.step(Phase::Alter, what, vec![sql], writers);
    }

    /// The rows as they will be: what a condition is asked of whose columns are not all there yet. Where none is, one row stands for all.
    pub(super) fn rows(&self, columns: &[String]) -> String {
        let new = self.model.columns.iter().filter(|column| {
            columns.contains(&column.name) && self.live.column(&column.name).is_none()
        });
        let values: Vec<_> = new
            .map(|column| {
                let value = column.default.as_deref().unwrap_or("null");
                format!("({value})::{} as {}", column.ty, Ident(&column.name))
            })
            .collect();
        if !columns.is_empty() && values.len() == columns.len() {
            return format!("(select {}) as t", values.join(", "));
        }
        match values.as_slice() {
            [] => self.name(),
            values => format!(
                "(select t.*, {} from {} as t) as t",
                values.join(", "),
                self.name()
            ),
        }
    }

    /// Whether a row has this value in a column, or in the array that the column is.
    pub(super) fn has_value(&self, column: &str, value: &str) -> String {
        let (name, literal) = (Ident(column), Literal(value));
        let is_array = self
            .live
            .column(column)
            .is_some_and(|column| column.ty.ends_with("[]"));
        let condition = match is_array {
            true => format!("{literal} = any ({name})"),
            false => format!("{name} = {literal}"),
        };
        format!(
            "select exists (select from {} where {condition})",
            self.name()
        )
    }
}

/// Whether a check, as the server writes it, is that a column is not null.
fn refuses_null(definition: &str, column: &str) -> bool {
    let name = definition.strip_prefix("CHECK ((");
    let name = name.and_then(|rest| rest.strip_suffix(" IS NOT NULL))"));
    name.is_some_and(|name| is_name(name, column))
}

/// Whether a partition key, as the server writes it, is this column.
fn is_cut_by(partition_key: &str, column: &str) -> bool {
    let name = partition_key.split_once('(');
    let name = name.and_then(|(_, rest)| rest.strip_suffix(')'));
    name.is_some_and(|name| is_name(name, column))
}

/// The server puts a name in quotes only where it needs them.
fn is_name(written: &str, name: &str) -> bool {
    written == name || written == Ident(name).to_string()
}
