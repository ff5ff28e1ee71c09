//! A plan as people read it, and as `psql` does.

use std::fmt::Write as _;

use eventc_compiler::inert;

use super::plan::{Note, Plan, Refusal, Step};

/// The steps, by table and lock. With `sql`, their statements as well.
pub(super) fn plan(plan: &Plan, sql: bool) -> String {
    let mut text = String::new();
    let mut subject = "";
    for group in plan.groups() {
        let mut steps = group.iter().filter(|step| !step.is_place).peekable();
        let Some(first) = steps.peek() else { continue };
        if first.subject != subject {
            let _ = writeln!(text, "\n{}", inert(&first.subject));
        }
        subject = &first.subject;
        let _ = writeln!(text, "  lock: {}", first.phase.lock());
        text.extend(steps.map(|step| self::step(step, sql)));
    }
    let places = plan.steps.iter().filter(|step| step.is_place).count();
    if places > 0 {
        let noun = match places {
            1 => "table or view",
            _ => "tables and views",
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
    let mut text = format!("    {}\n", indented(&step.what, 6));
    if let Some(writers) = step.writers {
        let _ = writeln!(text, "      writers of the old schema {writers}");
    }
    if sql {
        for statement in &step.statements {
            let _ = writeln!(
                text,
                "      {}",
                shortened(statement, LONG).replace('\n', "\n      ")
            );
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

/// So many lines of a statement are read; of more, nobody reads any.
const LONG: usize = 40;

/// A statement as it is said while it runs.
pub(super) fn brief(statement: &str) -> String {
    format!("  {}", shortened(statement, 4).replace('\n', "\n  "))
}

fn shortened(statement: &str, most: usize) -> String {
    let statement = statement.trim_end();
    match statement.lines().count() {
        lines if lines > most => format!("({lines} lines of SQL; `--to-file` writes them)"),
        _ => inert(statement),
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

fn one_line(text: &str) -> String {
    inert(text).replace('\n', " ")
}

fn indented(text: &str, by: usize) -> String {
    inert(text).replace('\n', &format!("\n{}", " ".repeat(by)))
}
