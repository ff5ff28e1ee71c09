//! Checks: what every row fulfils, and whether the rows do that were there before.

use std::collections::BTreeSet;

use eventc_compiler::postgres::{self as model, Ident, script};

use super::super::plan::{Ask, Found, NoteKind, Phase, Premise, Step};
use super::super::snapshot::Check;
use super::{Comparison, GO_ON};

/// What a rule does to writers that do not know it.
const MAY_BREAK: Option<&str> =
    Some("go on as long as their rows fulfil it; one that does not is refused (23514)");

impl Comparison<'_> {
    pub(super) fn checks(&mut self) {
        for check in &self.model.checks {
            let Some(desired) = self.desired.checks.get(&check.name) else {
                continue;
            };
            match self.live.checks.get(&check.name) {
                None => self.new_check(check, desired),
                Some(live) if !is_same(&check.name, live, desired) => {
                    self.other_check(check, live, desired);
                }
                Some(live) if !live.validated => {
                    let premise = self.is_broken(check, desired);
                    self.validate(check, Some(premise));
                }
                Some(_) => {}
            }
        }
        for (name, check) in &self.live.checks {
            if !self.desired.checks.contains_key(name) {
                self.old_check(name, check);
            }
        }
    }

    fn new_check(&mut self, check: &model::Check, desired: &Check) {
        let knows = |column: &String| self.live.column(column).is_some();
        let writers = match desired.columns.iter().any(knows) {
            true => MAY_BREAK,
            false => GO_ON,
        };
        let what = format!("check `{}`: {}", check.name, check.condition);
        self.replace(check, what, writers);
        let premise = self.is_broken(check, desired);
        self.validate(check, Some(premise));
    }

    fn other_check(&mut self, check: &model::Check, live: &Check, desired: &Check) {
        if let Some(values) = Values::of(&check.name, live, desired) {
            return self.other_values(check, desired, &values);
        }
        let what = format!(
            "check `{}` becomes: {}; it was: {}",
            check.name, check.condition, live.definition
        );
        self.replace(check, what, MAY_BREAK);
        let premise = self.is_broken(check, desired);
        self.validate(check, Some(premise));
    }

    fn other_values(&mut self, check: &model::Check, desired: &Check, values: &Values) {
        let column = desired.columns.first().map_or("", String::as_str);
        let mut parts = Vec::new();
        if !values.added.is_empty() {
            parts.push(format!("takes {:?} as well", values.added));
        }
        if !values.removed.is_empty() {
            parts.push(format!("takes {:?} no more", values.removed));
        }
        let what = format!("`{column}` {}", parts.join(", and "));
        let writers = match values.removed.is_empty() {
            true => Some("go on: all values that they send are still taken"),
            false => Some(
                "go on, but for rows with a value that is taken no more: those are refused (23514)",
            ),
        };
        self.replace(check, what, writers);
        let asks = values.removed.iter().map(|value| Ask {
            sql: self.has_value(column, value),
            name: format!("{value:?}"),
        });
        let premise = Premise {
            asks: asks.collect(),
            found: Found::Refused {
                what: format!("rows have values of `{column}` that the schema takes no more"),
                why: "a table has only rows that its checks take".to_owned(),
                way: "leave the value in the schema and mark it as deprecated; or give those rows another one first".to_owned(),
            },
        };
        self.validate(check, (!values.removed.is_empty()).then_some(premise));
    }

    /// A check that the schema does not have refuses what the schema takes; but one that a person added is the person's.
    fn old_check(&mut self, name: &str, check: &Check) {
        // The proof that a column is never null, which is about to be used or soon will be.
        let is_required = |name| self.desired.column(name).is_some_and(|it| it.not_null);
        if matches!(check.columns.as_slice(), [column] if name.ends_with("_present") && is_required(column))
        {
            return;
        }
        if !is_ours(name) {
            let what = format!(
                "the check `{name}` is not of the schema, and may refuse what the schema takes: {}",
                check.definition
            );
            let by_hand = format!(
                "alter table {} drop constraint {};",
                self.name(),
                Ident(name)
            );
            self.note(NoteKind::Drift, what, by_hand);
            return;
        }
        let sql = format!(
            "alter table {} drop constraint if exists {};",
            self.name(),
            Ident(name)
        );
        let what = format!("no check `{name}` any more; it was: {}", check.definition);
        self.step(Phase::Alter, what, vec![sql], GO_ON);
    }

    /// Rows that come in are checked from then on; those that are there are looked at later, while writers go on.
    fn replace(&mut self, check: &model::Check, what: String, writers: Option<&'static str>) {
        let table = self.name();
        let statements = vec![
            format!(
                "alter table {table} drop constraint if exists {};",
                Ident(&check.name)
            ),
            format!(
                "alter table {table} add {} not valid;",
                script::check(check)
            ),
        ];
        self.step(Phase::Alter, what, statements, writers);
    }

    fn validate(&mut self, check: &model::Check, premise: Option<Premise>) {
        let sql = format!(
            "alter table {} validate constraint {};",
            self.name(),
            Ident(&check.name)
        );
        let what = format!("see that the rows that are there fulfil `{}`", check.name);
        let step = Step::new(&self.model.name, Phase::Validate, what, vec![sql], None);
        self.steps.push(Step { premise, ..step });
    }

    /// Whether a row breaks a check, asked before anything is done.
    fn is_broken(&self, check: &model::Check, desired: &Check) -> Premise {
        let ask = Ask {
            sql: format!(
                "select exists (select from {} where not ({}))",
                self.rows(&desired.columns),
                check.condition
            ),
            name: check.condition.clone(),
        };
        let name = &check.name;
        // `accept` is about the moment at which a row comes in; those that are there were taken by the rule of their time.
        let found = if check.name.ends_with("_accept") {
            Found::LeftOut {
                note: format!(
                    "`{}` holds for new rows alone: there are some that were taken by the rule of their time",
                    check.name
                ),
            }
        } else {
            Found::Refused {
                what: format!("there are rows that would break `{name}`"),
                why: "a table has only rows that its checks take".to_owned(),
                way: format!(
                    "put the rule back in the schema, or mend the rows; they are: select * from {} where not ({});",
                    self.rows(&desired.columns),
                    check.condition
                ),
            }
        };
        Premise {
            asks: vec![ask],
            found,
        }
    }
}

/// What is another in the values of an enum.
struct Values {
    added: Vec<String>,
    removed: Vec<String>,
}

impl Values {
    /// None if the check is not that a column is one of some values.
    fn of(name: &str, live: &Check, desired: &Check) -> Option<Self> {
        let is_enum = name.ends_with("_value")
            || [live, desired]
                .iter()
                .all(|check| name.ends_with("_items") && check.definition.contains("<@ ARRAY["));
        if !is_enum || live.columns != desired.columns {
            return None;
        }
        let (from, to) = (literals(&live.definition), literals(&desired.definition));
        Some(Self {
            added: to.difference(&from).cloned().collect(),
            removed: from.difference(&to).cloned().collect(),
        })
    }
}

/// Whether two definitions take the same; those of an enum may have another order.
fn is_same(name: &str, live: &Check, desired: &Check) -> bool {
    live.definition == desired.definition
        || Values::of(name, live, desired)
            .is_some_and(|values| values.added.is_empty() && values.removed.is_empty())
}

/// Whether the name is one that a rule of the schema gives: `status_range`.
fn is_ours(name: &str) -> bool {
    const RULES: &[&str] = &[
        "range", "length", "pattern", "address", "accept", "value", "filled", "items", "form",
        "context",
    ];
    name.rsplit_once('_')
        .is_some_and(|(_, rule)| RULES.contains(&rule))
}

/// The texts in a definition as the server writes it.
fn literals(definition: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut characters = definition.chars().peekable();
    let mut before = ' ';
    while let Some(c) = characters.next() {
        if c == '"' {
            // A name, which may have quotes of the other kind in it.
            while characters.next_if(|&c| c != '"').is_some() {}
            characters.next();
        } else if c == '\'' {
            let is_escaped = before == 'E';
            let mut text = String::new();
            while let Some(c) = characters.next() {
                match c {
                    '\'' if characters.next_if_eq(&'\'').is_none() => break,
                    '\\' if is_escaped => text.extend(characters.next()),
                    c => text.push(c),
                }
            }
            found.insert(text);
        }
        before = c;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::literals;

    #[test]
    fn texts_are_found_in_what_the_server_writes() {
        let definition =
            r#"CHECK (("it's" = ANY (ARRAY['a'::text, 'b''c'::text, E'd\\e'::text, ''::text])))"#;
        let found: Vec<_> = literals(definition).into_iter().collect();
        assert_eq!(found, ["", "a", "b'c", r"d\e"]);
        assert!(literals("CHECK ((status >= 0))").is_empty());
    }
}
