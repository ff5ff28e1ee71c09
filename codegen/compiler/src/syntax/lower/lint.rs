//! How much lints weigh, and where they should say nothing.

use super::super::ast::Allow;
use super::super::reader::Reader;
use super::super::tree::Entry;
use super::Lowering;
use crate::diagnostic::{Code, Diagnostic, quoted};
use crate::source::{Span, Spanned};
use crate::words::{Level, Lint};

impl Lowering<'_> {
    /// The lints of the whole catalog, and their levels.
    pub(super) fn levels(&mut self, reader: &mut Reader<'_>) -> Vec<(Spanned<Lint>, Level)> {
        let entries = reader.take("lints").and_then(|entry| {
            self.expect
                .map(entry, "lints and their levels", "missing_owner: warn")
        });
        let entries = entries.unwrap_or_default();
        entries
            .iter()
            .filter_map(|entry| self.level(entry))
            .collect()
    }

    /// The rule: a lint has one of three levels.
    fn level(&mut self, entry: &Entry<'_>) -> Option<(Spanned<Lint>, Level)> {
        let text = self.expect.text(entry)?;
        let lint = self.lint(&entry.key.value, entry.key.span)?;
        let level = Level::of(&text.value);
        if level.is_none() {
            let message = format!("`{}` is not the level of a lint", text.value);
            let diagnostic = Diagnostic::new(Code::WrongValue, text.span, message)
                .label("expected `allow`, `warn` or `deny`");
            self.report(match other_word(&text.value) {
                Some(meant) => diagnostic.suggest_exactly(meant),
                None => diagnostic.suggest(&text.value, Level::NAMES.iter().copied()),
            });
        }
        Some((Spanned::new(lint, entry.key.span), level?))
    }

    /// `allow: [unused_type]`: these lints say nothing from `start` to the end of what has the key.
    ///
    /// Before anything else is taken from `reader`, as what is left in it is what the key is for.
    pub(super) fn allow(&mut self, reader: &mut Reader<'_>, start: Span) {
        if reader.place("allow").is_none() {
            return;
        }
        let covers = Span {
            end: reader.end().unwrap_or(start.end),
            ..start
        };
        let names = reader.take("allow").and_then(|entry| {
            self.expect
                .texts(entry, "the names of lints", "unused_type")
        });
        for name in names.unwrap_or_default() {
            if let Some(lint) = self.lint(&name.value, name.span) {
                self.allows.push(Allow {
                    lint,
                    span: name.span,
                    covers,
                });
            }
        }
    }

    /// The rule: a lint that is named is there.
    fn lint(&mut self, name: &str, span: Span) -> Option<Lint> {
        let lint = Lint::of(name);
        if lint.is_none() {
            let message = format!("there is no lint `{name}`");
            let help = format!("the lints are {}", quoted(Lint::NAMES.iter().copied()));
            self.report(
                Diagnostic::new(Code::UnknownKey, span, message)
                    .label("not a lint")
                    .suggest_or(name, Lint::NAMES.iter().copied(), help),
            );
        }
        lint
    }
}

/// The level that other tools call so.
fn other_word(level: &str) -> Option<&'static str> {
    Some(match level {
        "off" | "ignore" | "none" | "false" => "allow",
        "on" | "info" | "true" => "warn",
        "error" | "denied" | "forbid" | "fatal" => "deny",
        _ => return None,
    })
}
