//! Compiles event definitions in YAML into files, or into diagnostics that say what to mend.
//!
//! ```text
//! source → syntax → resolve → check → catalog → targets → output
//! ```
//!
//! Nothing here prints, exits, reads the environment or the clock; `source` reads files and `output` writes them.

#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod catalog;
mod check;
mod diagnostic;
pub mod index;
mod json;
pub mod output;
mod resolve;
mod source;
mod syntax;
mod targets;
mod words;

pub use diagnostic::{
    Code, Diagnostic, Edit, Label, Severity, Style, inert, is_hidden, nearest, render, render_short,
};
pub use json::Json;
pub use source::{FileId, Position, SourceFile, Sources, Span, below_workspace};
pub use syntax::outline::{Outline, Section, Shape, outline};
pub use targets::{Output, postgres};

pub use catalog::Catalog;
use diagnostic::Diagnostics;
pub use words::Lint;

/// What came of a schema.
#[derive(Debug)]
pub struct Compilation {
    /// The checked catalog; none if there was an error.
    pub catalog: Option<Catalog>,
    /// Every problem of every file, in file and line order; of thousands of them, the first that were found.
    pub diagnostics: Vec<Diagnostic>,
    /// The errors that are only counted.
    omitted: usize,
}

/// So many errors are drawn; who has more will mend these first.
const MOST_SHOWN: usize = 100;

impl Compilation {
    /// What must be mended before anything is generated.
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of_severity(Severity::Error)
    }

    /// The errors to draw, and how many there are beside them.
    pub fn first_errors(&self) -> (impl Iterator<Item = &Diagnostic>, usize) {
        let others = self.error_count().saturating_sub(MOST_SHOWN);
        (self.errors().take(MOST_SHOWN), others)
    }

    /// How many errors there are, with those that are only counted.
    pub fn error_count(&self) -> usize {
        self.errors().count() + self.omitted
    }

    /// What is worth a look.
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of_severity(Severity::Warning)
    }

    fn of_severity(&self, severity: Severity) -> impl Iterator<Item = &Diagnostic> {
        let of_severity = move |diagnostic: &&Diagnostic| diagnostic.severity == severity;
        self.diagnostics.iter().filter(of_severity)
    }
}

/// Reads, resolves and checks a schema.
pub fn compile(sources: &Sources) -> Compilation {
    let (draft, diagnostics) = run(sources, |_, _| {});
    let catalog = (!diagnostics.has_errors()).then_some(draft);
    Compilation {
        catalog,
        omitted: diagnostics.omitted(),
        diagnostics: diagnostics.into_sorted(),
    }
}

/// What came of a schema, for editors: with or without errors, all that is known of it.
#[derive(Debug)]
pub struct Analysis {
    /// Every problem of every file, in file and line order.
    pub diagnostics: Vec<Diagnostic>,
    /// What could be understood. Where there are errors it is no checked catalog, and nothing is emitted from it.
    pub draft: Catalog,
    /// What every name in the text stands for.
    pub index: index::Index,
}

/// Compiles a schema that somebody is just writing.
pub fn analyze(sources: &Sources) -> Analysis {
    let mut index = index::Index::default();
    let (draft, diagnostics) = run(sources, |resolved, files| {
        let declared = files.iter().map(|file| file.types.len()).sum();
        index = index::Index::new(resolved, declared);
    });
    Analysis {
        diagnostics: diagnostics.into_sorted(),
        draft,
        index,
    }
}

/// The whole way to a catalog that was checked; `resolved` sees the draft before that.
fn run(
    sources: &Sources,
    resolved: impl FnOnce(&resolve::Draft<'_>, &[syntax::ast::File<'_>]),
) -> (Catalog, Diagnostics) {
    let mut diagnostics = Diagnostics::default();
    let files = syntax::parse(sources, &mut diagnostics);
    let mut draft = resolve::resolve(&files, &mut diagnostics);
    resolved(&draft, &files);
    check::check(&mut draft, &files, &mut diagnostics);
    targets::check(&draft.catalog, &mut diagnostics);
    check::lint::check(&draft.catalog, &files, &mut diagnostics);
    (draft.catalog, diagnostics)
}

/// The files of every target, in the order of their paths.
///
/// The same catalog gives the same bytes on every machine.
pub fn emit(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    targets::emit(catalog, sources)
}

/// The site that shows a catalog, whether it asks for the target `docs` or not: paths below the folder of the site.
pub fn emit_docs(catalog: &Catalog, sources: &Sources) -> Vec<Output> {
    let mut outputs = targets::docs::emit(catalog, sources);
    for output in &mut outputs {
        output.path = output.path.split_off(targets::docs::NAME.len() + 1);
    }
    outputs
}

/// The Rust crate of a schema of which nothing could be generated yet: it says what is wrong, and has no events.
pub fn placeholder(root: &str) -> Output {
    targets::rust::placeholder(root)
}

/// The keys of the language, in alphabetical order: for who has to know whether there is a new one.
pub fn keys() -> impl Iterator<Item = &'static str> {
    syntax::keys().into_iter()
}

/// The names that `targets:` knows, in alphabetical order. Rust is always written, and not among them.
pub fn targets() -> impl Iterator<Item = &'static str> {
    targets::names()
}

/// Whether a word is reserved in Rust, so that no crate can be called so.
pub fn is_reserved_in_rust(word: &str) -> bool {
    targets::rust::is_reserved(word)
}

/// The whole catalog as Rust items to be put into a module: for `include!` and for macros.
pub fn emit_inline(catalog: &Catalog, sources: &Sources) -> String {
    targets::rust::emit_inline(catalog, sources)
}
