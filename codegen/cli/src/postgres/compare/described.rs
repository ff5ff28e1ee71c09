//! Rights and comments, and with them the fingerprint: the last of all that is done to a table.

use eventc_compiler::postgres::script;

use super::super::plan::Phase;
use super::super::snapshot::{fingerprint, without_place};
use super::Comparison;

impl Comparison<'_> {
    pub(super) fn described(&mut self) {
        self.grants();
        self.comments();
    }

    fn grants(&mut self) {
        let may = self.live.may;
        let lacks = match (may.writer_inserts, may.reader_selects) {
            (true, true) => return,
            (false, true) => "let writers insert",
            (true, false) => "let readers select",
            (false, false) => "let writers insert, and readers select",
        };
        let sql = script::table_grants(self.database, self.model);
        self.step(Phase::Grant, lacks.to_owned(), vec![sql], None);
    }

    fn comments(&mut self) {
        let mut statements = Vec::new();
        let mut is_place = true;
        for column in &self.model.columns {
            let live = self.live.column(&column.name);
            let live = live.map_or("", |column| column.comment.as_str());
            let desired = self.desired.column(&column.name);
            let desired = desired.map_or("", |column| column.comment.as_str());
            if live != desired {
                is_place &= without_place(live) == without_place(desired);
                statements.push(script::describe_column(self.database, self.model, column));
            }
        }
        let columns = statements.len();
        let (live, desired) = (&self.live.comment, &self.desired.comment);
        if live != desired {
            is_place &= without_place(live) == without_place(desired)
                && fingerprint(live) == fingerprint(desired);
            statements.push(script::comment_on_table(self.database, self.model));
        }
        if statements.is_empty() {
            return;
        }
        let what = match (is_place, columns) {
            (true, _) => "comments: only the place in the schema is another".to_owned(),
            (false, 0) => "the comment of the table, and what it is known by".to_owned(),
            (false, 1) => "comments: of a column, and what the table is known by".to_owned(),
            (false, columns) => {
                format!("comments: of {columns} columns, and what the table is known by")
            }
        };
        self.step(Phase::Describe, what, statements, None);
        if let Some(step) = self.steps.last_mut() {
            step.is_place = is_place;
        }
    }
}
