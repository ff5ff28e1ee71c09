//! A new name for something, everywhere in the schema.
//!
//! Whether a name will do is not guessed: the schema is compiled with it, and must say the same as before.

use eventc_compiler::index::{Place, Symbol};
use eventc_compiler::{Analysis, Code, Severity, Sources, Span, analyze};
use lsp_types::{PrepareRenameResponse, RenameParams, TextDocumentPositionParams, WorkspaceEdit};

use super::edits::workspace_edit;
use super::mended::with_texts;
use super::server::{Refusal, Server};
use super::snapshot::{Snapshot, symbol_name};
use super::wire::ErrorCode;

pub(super) fn prepare(
    server: &mut Server,
    params: TextDocumentPositionParams,
) -> Result<Option<PrepareRenameResponse>, Refusal> {
    let Some((snapshot, file)) = server.file(&params.text_document.uri) else {
        return Ok(None);
    };
    let Some(&place) = snapshot.place(file, params.position) else {
        return Ok(None);
    };
    let name = nameable(&snapshot, place.symbol)?;
    let span = name_in(&snapshot, place, &name)?;
    Ok(
        span.map(|span| PrepareRenameResponse::RangeWithPlaceholder {
            range: snapshot.range(span),
            placeholder: name,
        }),
    )
}

pub(super) fn rename(
    server: &mut Server,
    params: RenameParams,
) -> Result<Option<WorkspaceEdit>, Refusal> {
    let asked = params.text_document_position;
    let Some((snapshot, file)) = server.file(&asked.text_document.uri) else {
        return Ok(None);
    };
    let Some(&Place { symbol, .. }) = snapshot.place(file, asked.position) else {
        return Err(refused("there is nothing here that has a name"));
    };
    let (old, new) = (nameable(&snapshot, symbol)?, params.new_name);
    if old == new {
        return Ok(None);
    }
    if new.is_empty() {
        return Err(refused("a name has a letter at the least"));
    }
    if new.contains(|c: char| !c.is_alphanumeric() && c != '_') {
        let why = "a name is made of letters, digits and `_`";
        return Err(refused(format!("`{new}` will not do: {why}")));
    }
    let lost = snapshot.mended();
    if let Some((path, line)) = lost.and_then(|it| it.lost(&snapshot.sources, &old)) {
        return Err(refused(format!(
            "`{old}` stands at {path}:{line} as well, where the file cannot be read; mend that line first"
        )));
    }
    let places = snapshot.index().of(symbol);
    let spans: Vec<Option<Span>> = places
        .map(|place| name_in(&snapshot, *place, &old))
        .collect::<Result<_, _>>()?;
    let spans: Vec<Span> = spans.into_iter().flatten().collect();
    check(&snapshot, symbol, &spans, &new)?;
    let edits = spans.into_iter().map(|span| (span, new.clone()));
    Ok(Some(workspace_edit(&snapshot, server.client, edits)))
}

fn refused(why: impl Into<String>) -> Refusal {
    (ErrorCode::RequestFailed, why.into())
}

/// The name of a symbol, if it can have another one.
fn nameable(snapshot: &Snapshot, symbol: Symbol) -> Result<String, Refusal> {
    match symbol {
        Symbol::Value(..) => Err(refused(
            "a value of an enum is what stands in stored messages: add the new one beside it, and deprecate this",
        )),
        _ => symbol_name(snapshot.catalog(), symbol).ok_or_else(|| refused("it has no name")),
    }
}

/// Where the name itself stands in a place: behind its path, and inside its quotes. A member of an example with another name
/// on the wire keeps that.
fn name_in(snapshot: &Snapshot, place: Place, name: &str) -> Result<Option<Span>, Refusal> {
    let span = place.span;
    let written = snapshot.text_of(span).trim_end_matches(QUOTES);
    let before = written.strip_suffix(name);
    if before.is_some_and(|before| before.is_empty() || before.ends_with(['.', '\'', '"'])) {
        let end = span.start + written.len() as u32;
        return Ok(Some(Span {
            start: end - name.len() as u32,
            end,
            ..span
        }));
    }
    if let Symbol::Field(owner, index) = place.symbol {
        let fields = snapshot.catalog().fields_of(owner);
        let wire = fields.get(index).map(|field| field.wire());
        if wire == Some(written.trim_start_matches(QUOTES)) {
            return Ok(None);
        }
    }
    let file = snapshot.sources.file(span.file);
    let line = file.position(span.start).line;
    Err(refused(format!(
        "`{name}` is written with escapes at {}:{line}; write it plainly there first",
        file.path
    )))
}

/// What may stand around a name.
const QUOTES: [char; 3] = ['\'', '"', '?'];

/// The rule: with the new name nothing is wrong that was right, and every name in the schema stands for what it stood for.
fn check(snapshot: &Snapshot, symbol: Symbol, spans: &[Span], new: &str) -> Result<(), Refusal> {
    let (sources, before) = snapshot.readable();
    let after = analyze(&with(sources, spans, new));
    if let Some(error) = new_error(before, &after, new) {
        return Err(refused(format!("`{new}` will not do: {error}")));
    }
    // A reader of YAML may see another name than the one that was given.
    let is_read = symbol_name(&after.draft, symbol).as_deref() == Some(new);
    let named = |place: &Place| (place.span.file, place.symbol, place.role);
    let mut later = after.index.places().iter();
    let mut places = before.index.places().iter();
    let is_kept = places.all(|place| later.any(|other| named(other) == named(place)));
    match is_read && is_kept {
        true => Ok(()),
        false => Err(refused(format!(
            "`{new}` will not do: with it, some name in the schema would stand for another thing"
        ))),
    }
}

/// What the compiler says that it did not say before; of several things what it says of the name itself.
fn new_error(before: &Analysis, after: &Analysis, new: &str) -> Option<String> {
    let errors = |analysis: &Analysis| -> Vec<(Code, String)> {
        let errors = analysis.diagnostics.iter();
        let errors = errors.filter(|diagnostic| diagnostic.severity == Severity::Error);
        errors
            .map(|error| (error.code, error.message.clone()))
            .collect()
    };
    let (before, after) = (errors(before), errors(after));
    let count = |errors: &[(Code, String)], code| errors.iter().filter(|it| it.0 == code).count();
    // What was said of the old name is said of the new one now, and is not new.
    let is_new = |error: &&(Code, String)| {
        count(&after, error.0) > count(&before, error.0) && !before.contains(error)
    };
    let news: Vec<_> = after.iter().filter(is_new).collect();
    let name = format!("`{new}`");
    let of_name = news.iter().find(|(_, message)| message.contains(&name));
    let error = of_name.or_else(|| news.first())?;
    Some(error.1.clone())
}

/// The schema with other text at some places.
fn with(sources: &Sources, spans: &[Span], new: &str) -> Sources {
    with_texts(sources, |id, file| {
        let mut text = file.text().to_owned();
        // From the last to the first, so that those before it stay where they are.
        for span in spans.iter().rev().filter(|span| span.file == id) {
            text.replace_range(span.start as usize..span.end as usize, new);
        }
        text
    })
}
