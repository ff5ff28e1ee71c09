//! A plan as people read it, and as `psql` does.

use std::fmt::Write as _;

use super::plan::{Note, Plan, Refusal, Step};

/// The steps, by table. With `sql`, their statements as well.
pub(super) fn plan(plan: &Plan, sql: bool) -> String {
    let mut text = String::new();
    let steps = plan.steps.iter().filter(|step| !step.is_place);
    let mut subject = "";
    for step in steps {
        if step.subject != subject {
            let _ = writeln!(text, "\n{}", inert(&step.subject));
            subject = &step.subject;
        }
        text.push_str(&self::step(step, sql));
    }
    let places = plan.steps.iter().filter(|step| step.is_place).count();
    if places > 0 {
        let noun = if places == 1 {
            "table or view"
        } else {
            "tables and views"
        };
        let _ = writeln!(
            text,
            "\ncomments of {places} {noun}: only the place in the schema is another"
        );
    }
    text.push_str(&notes(&plan.notes));
    text
}

fn step(step: &Step, sql: bool) -> String {
    let mut text = format!(
        "  {}\n    lock: {}\n    writers of the old schema: {}\n",
        indented(&step.what, 4),
        step.phase.lock(),
        step.writers
    );
    if sql {
        for statement in &step.statements {
            let _ = writeln!(text, "      {}", indented(statement.trim_end(), 6));
        }
    }
    text
}

/// What is left as it is.
fn notes(notes: &[Note]) -> String {
    let mut text = String::new();
    for note in notes {
        let subject = inert(&note.subject);
        let _ = writeln!(text, "\nnote: {subject}: {}", indented(&note.what, 2));
        if !note.by_hand.is_empty() {
            let _ = writeln!(text, "  by hand: {}", indented(&note.by_hand, 4));
        }
    }
    text
}

/// All that is refused.
pub(super) fn refusals(refusals: &[Refusal]) -> String {
    let mut text = String::new();
    for Refusal {
        subject,
        what,
        why,
        way,
    } in refusals
    {
        let _ = writeln!(
            text,
            "error: {}: {}\n  why: {}\n  what to do: {}\n",
            inert(subject),
            indented(what, 2),
            indented(why, 4),
            indented(way, 4)
        );
    }
    text
}

/// A statement on one line or a few; the long ones of a script are only counted.
pub(super) fn brief(statement: &str) -> String {
    let statement = statement.trim_end();
    match statement.lines().count() {
        0..=4 => format!("  {}", indented(statement, 2)),
        lines => format!("  ({lines} lines of SQL)"),
    }
}

/// A script for `psql` that does the same, and can be run again where it stopped.
pub(super) fn script(plan: &Plan, schema: &str) -> String {
    let mut text = format!(
        "-- Brings the schema {schema} up, as `eventc postgres migrate` would:  psql -v ON_ERROR_STOP=1 -f <this file>\n\
         -- Each transaction waits for two seconds at most. If one stops at a lock that somebody else has, run all of it again: what is\n\
         -- done already is left as it is.\n\
         \\set ON_ERROR_STOP on\n\
         set client_min_messages = warning;\n"
    );
    for group in plan.groups() {
        let commits = group.iter().any(|step| step.phase.commits());
        text.push_str(match commits {
            true => "\n",
            false => "\nbegin;\nset local lock_timeout = '2s';\n",
        });
        for step in group {
            let _ = writeln!(
                text,
                "-- {}: {}",
                one_line(&step.subject),
                one_line(&step.what)
            );
            for statement in &step.statements {
                let _ = writeln!(text, "{}", statement.trim_end());
            }
        }
        text.push_str(if commits { "" } else { "commit;\n" });
    }
    text
}

/// Text of a schema or a server on a terminal: it can neither steer it nor hide in it.
pub(super) fn inert(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' => shown.push('\n'),
            c if c.is_control() || is_hidden(c) => shown.extend(c.escape_unicode()),
            c => shown.push(c),
        }
    }
    shown
}

fn one_line(text: &str) -> String {
    inert(text).replace('\n', " ")
}

fn indented(text: &str, by: usize) -> String {
    inert(text).replace('\n', &format!("\n{}", " ".repeat(by)))
}

fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
