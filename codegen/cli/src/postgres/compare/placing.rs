//! How a table is cut, and what tells its rows apart: what never changes under rows that are there.

use eventc_compiler::postgres::{Ident, Literal, script};

use super::super::plan::{NoteKind, Phase};
use super::super::snapshot::Level;
use super::Comparison;

impl Comparison<'_> {
    pub(super) fn placing(&mut self) {
        self.partition_key();
        self.primary_key();
        self.levels();
        self.index();
    }

    fn partition_key(&mut self) {
        let (from, to) = (&self.live.partition_key, &self.desired.partition_key);
        if from == to {
            return;
        }
        let named = |key: &str| match key {
            "" => "in one piece".to_owned(),
            key => format!("cut by {key}"),
        };
        let what = format!("is {}, and in the schema {}", named(from), named(to));
        self.refuse_other_place(what);
    }

    fn primary_key(&mut self) {
        let (from, to) = (&self.live.primary_key, &self.desired.primary_key);
        if from == to {
            return;
        }
        let named = |key: &[String]| match key {
            [] => "no primary key".to_owned(),
            key => format!("the primary key ({})", key.join(", ")),
        };
        let what = format!("has {}, and in the schema {}", named(from), named(to));
        self.refuse(
            what,
            "a key is an index over all rows, and building it stops every writer; rows that are the same by the new one could not be kept",
            self.copy(),
        );
    }

    /// The rows of `_partitioning`: which partitions are made, and when they are dropped.
    fn levels(&mut self) {
        let (Some(from), Some(to)) = (&self.live.levels, &self.desired.levels) else {
            return;
        };
        if from == to {
            return;
        }
        let is_same_cut = from.len() <= to.len()
            && from
                .iter()
                .zip(to)
                .all(|(one, other)| cut(one) == cut(other))
            && (from.is_empty() || from.len() == to.len());
        if !is_same_cut {
            let listed = |levels: &[Level]| match levels {
                [] => "nothing".to_owned(),
                levels => levels.iter().map(shown).collect::<Vec<_>>().join(", "),
            };
            let what = format!(
                "is cut by {}, and in the schema by {}",
                listed(from),
                listed(to)
            );
            // Said already, if the outermost level is another.
            if self.live.partition_key == self.desired.partition_key {
                self.refuse_other_place(what);
            }
            return;
        }
        let (what, grows) = difference(from, to);
        let rows = script::partitioning(self.database, self.model);
        self.step(Phase::Known, what, vec![rows], None);
        if grows {
            let sql = script::prepare_table(self.database, self.model);
            self.step(
                Phase::Ensure,
                "make the partitions of the new values".to_owned(),
                vec![sql],
                None,
            );
        }
    }

    /// Building an index reads all rows under a lock that writers wait for, so when that is good is for a person to say.
    fn index(&mut self) {
        for column in self.desired.indexed.difference(&self.live.indexed) {
            let what = format!(
                "has no BRIN index on `{column}`: whoever asks for a range of time reads all rows of its partitions. Writers wait while one is built"
            );
            let by_hand = format!(
                "call {}._index_time({}, {});",
                Ident(&self.database.schema),
                Literal(&self.model.name),
                Literal(column)
            );
            self.plan
                .note(&self.model.name, NoteKind::Drift, what, by_hand);
        }
    }

    fn refuse_other_place(&mut self, what: String) {
        let way = self.copy();
        self.refuse(
            what,
            "the rows that are there would all have to move to other partitions",
            way,
        );
    }

    /// The way out where a table cannot become another one.
    fn copy(&self) -> String {
        format!(
            "put it back in the schema; or give the event a new name there, so that it gets a table of its own, let writers move over, \
             and copy the rows with `insert into … select … from {}` at leisure",
            self.name()
        )
    }
}

/// What of a level decides where rows are.
fn cut(level: &Level) -> (&str, &str, Option<i32>) {
    (&level.method, &level.column, level.buckets)
}

fn shown(level: &Level) -> String {
    match level.buckets {
        Some(buckets) => format!("bucket({buckets}, {})", level.column),
        None => format!("{}({})", level.method, level.column),
    }
}

/// What is another in rows that cut alike, and whether there are values that have no partitions yet.
fn difference(from: &[Level], to: &[Level]) -> (String, bool) {
    if from.is_empty() {
        return ("say how it is cut, which was lost".to_owned(), true);
    }
    let mut parts = Vec::new();
    let mut grows = false;
    for (one, other) in from.iter().zip(to) {
        let has = |known: &Option<Vec<String>>, value| {
            known.as_ref().is_some_and(|known| known.contains(value))
        };
        let known = other.known.iter().flatten();
        let new: Vec<_> = known.filter(|value| !has(&one.known, value)).collect();
        let known = one.known.iter().flatten();
        let gone: Vec<_> = known.filter(|value| !has(&other.known, value)).collect();
        grows |= !new.is_empty();
        if !new.is_empty() {
            parts.push(format!(
                "partitions for {new:?} of `{}` are known",
                one.column
            ));
        }
        if !gone.is_empty() {
            parts.push(format!(
                "none are made for {gone:?} of `{}` any more; those that are there stay",
                one.column
            ));
        }
    }
    let retain = |levels: &[Level]| match levels.first().and_then(|it| it.retain.as_ref()) {
        Some(time) => format!("for {time}"),
        None => "for ever".to_owned(),
    };
    let (kept, keeps) = (retain(from), retain(to));
    if kept != keeps {
        parts.push(format!("rows are kept {keeps}, and not {kept}"));
    }
    if parts.is_empty() {
        parts.push("the values are in another order".to_owned());
    }
    (parts.join("; "), grows)
}
