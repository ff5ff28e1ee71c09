//! Lints: what is allowed, and yet worth a word, at the level that `catalog.yaml` gives it.

mod missing;
mod odd;
mod personal;
mod quoting;
mod storage;
mod units;
mod unused;
mod written;

use crate::catalog::Catalog;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;
use crate::syntax::ast::{Allow, File};
use crate::words::{Level, Lint};
use written::Written;

/// Reports by every lint that is not allowed: by its own level, by `lints:`, or by an `allow` around the place.
pub(crate) fn check(catalog: &Catalog, files: &[File<'_>], diagnostics: &mut Diagnostics) {
    let mut allows = Allows::of(files);
    let written = Written::of(files);
    let is_sound = !diagnostics.has_errors();
    for &lint in Lint::ALL {
        let (level, asked) = level(lint, files);
        let is_sure = is_sound || is_about_what_is_missing(lint);
        if !is_sure || (level == Level::Allow && !allows.name(lint)) {
            continue;
        }
        let mut found = match lint {
            Lint::AllOptional => odd::all_optional(catalog),
            Lint::AmbiguousYaml => quoting::ambiguous_yaml(catalog),
            Lint::DeprecatedInUse => odd::deprecated_in_use(catalog),
            Lint::FinePartition => storage::fine_partition(catalog),
            Lint::InconsistentField => odd::inconsistent_field(catalog),
            Lint::MissingDescription => missing::description(catalog),
            Lint::MissingId => missing::id(catalog),
            Lint::MissingOwner => missing::owner(catalog),
            Lint::MissingRetain => missing::retain(catalog),
            Lint::SingleValue => odd::single_value(catalog),
            Lint::UnitInName => units::unit_in_name(catalog, &written),
            Lint::UnmarkedPii => personal::unmarked_pii(catalog, &written),
            Lint::UnusedContext => unused::contexts(catalog),
            Lint::UnusedStream => unused::streams(catalog),
            Lint::UnusedType => unused::types(catalog),
            // Known once all others had their turn.
            Lint::UnusedAllow => continue,
        };
        found.retain(|diagnostic| !allows.take(lint, diagnostic));
        let is_meant = format!(
            "if it is meant so: `allow: [{}]` here or around it",
            lint.name()
        );
        let found = found
            .into_iter()
            .map(|diagnostic| diagnostic.note(&is_meant));
        report(found, level, asked, diagnostics);
    }
    let (level, asked) = level(Lint::UnusedAllow, files);
    if is_sound {
        report(allows.unused(), level, asked, diagnostics);
    }
}

/// Whether a lint is right about a schema with errors too. The others would judge what an error took away or made:
/// a type that nothing has, an enum of one value.
fn is_about_what_is_missing(lint: Lint) -> bool {
    matches!(
        lint,
        Lint::MissingDescription | Lint::MissingId | Lint::MissingOwner | Lint::MissingRetain
    )
}

/// How much a lint weighs, and where the root says so.
fn level(lint: Lint, files: &[File<'_>]) -> (Level, Option<Span>) {
    let mut settings = files
        .iter()
        .filter(|file| file.module.is_empty())
        .flat_map(|file| &file.settings.lints);
    match settings.find(|(asked, _)| asked.value == lint) {
        Some((asked, level)) => (*level, Some(asked.span)),
        None => (lint.level(), None),
    }
}

/// Reports what a lint found, as an error or a warning.
fn report(
    found: impl IntoIterator<Item = Diagnostic>,
    level: Level,
    asked: Option<Span>,
    diagnostics: &mut Diagnostics,
) {
    for diagnostic in found {
        let diagnostic = match asked {
            Some(place) => diagnostic.also(place, "asked for here"),
            None => diagnostic,
        };
        match level {
            Level::Allow => {}
            Level::Warn => diagnostics.push(diagnostic.warning()),
            Level::Deny => diagnostics.push(diagnostic),
        }
    }
}

/// Every `allow` of a schema, and whether it was needed.
struct Allows<'f> {
    all: Vec<(&'f Allow, bool)>,
}

impl<'f> Allows<'f> {
    fn of(files: &'f [File<'_>]) -> Self {
        let all = files.iter().flat_map(|file| &file.allows);
        Self {
            all: all.map(|allow| (allow, false)).collect(),
        }
    }

    /// Whether any names the lint.
    fn name(&self, lint: Lint) -> bool {
        self.all.iter().any(|(allow, _)| allow.lint == lint)
    }

    /// Whether what a lint found is allowed where it stands: by the innermost `allow` that is around it.
    fn take(&mut self, lint: Lint, found: &Diagnostic) -> bool {
        let Some(place) = found.span() else {
            return false;
        };
        let around = self.all.iter_mut().filter(|(allow, _)| {
            let Span { file, start, end } = allow.covers;
            allow.lint == lint && file == place.file && (start..end).contains(&place.start)
        });
        match around.max_by_key(|(allow, _)| allow.covers.start) {
            Some((_, is_needed)) => {
                *is_needed = true;
                true
            }
            None => false,
        }
    }

    /// The rule: what is allowed is there.
    fn unused(self) -> impl Iterator<Item = Diagnostic> {
        let unused = self.all.into_iter().filter(|(_, is_needed)| !is_needed);
        unused.map(|(allow, _)| {
            let name = allow.lint.name();
            let message = format!("`{name}` has nothing to allow here");
            Diagnostic::new(Code::UnusedAllow, allow.span, message)
                .label("what it was for is gone")
                .help("remove it, so that it hides nothing that comes later")
        })
    }
}
