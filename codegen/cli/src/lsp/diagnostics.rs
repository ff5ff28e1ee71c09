//! What the compiler says of a schema, as editors show it beside the text.

use std::collections::BTreeMap;

use eventc_compiler::{Code, Diagnostic, Label, Severity};
use lsp_types::{
    CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag,
    NumberOrString, Position, PublishDiagnosticsParams, Range, Uri,
};

use super::client::Client;
use super::explanations::Explanations;
use super::snapshot::Snapshot;

/// What is said of a file.
#[derive(Debug, Clone, PartialEq)]
struct Said {
    uri: Uri,
    version: Option<i32>,
    diagnostics: Vec<lsp_types::Diagnostic>,
}

/// What editors were told, by the address of a file.
#[derive(Debug, Default)]
pub(super) struct Published {
    said: BTreeMap<String, Said>,
}

impl Published {
    /// What to tell now that all schemas are as they are: only what is new. A file of which there is nothing more to say is told so.
    pub(super) fn update(
        &mut self,
        snapshots: &[&Snapshot],
        client: Client,
        explanations: &mut Explanations,
    ) -> Vec<PublishDiagnosticsParams> {
        let mut now = BTreeMap::new();
        for snapshot in snapshots {
            collect(snapshot, client, explanations, &mut now);
        }
        let mut news = Vec::new();
        for (address, said) in &now {
            let before = self.said.get(address);
            // A closed file without problems was never spoken of.
            let is_worth_it =
                before.is_some() || said.version.is_some() || !said.diagnostics.is_empty();
            if is_worth_it && before != Some(said) {
                news.push(said.clone());
            }
        }
        for (address, before) in &self.said {
            if !now.contains_key(address) {
                news.push(Said {
                    version: None,
                    diagnostics: Vec::new(),
                    uri: before.uri.clone(),
                });
            }
        }
        now.retain(|_, said| said.version.is_some() || !said.diagnostics.is_empty());
        self.said = now;
        let params =
            |said: Said| PublishDiagnosticsParams::new(said.uri, said.diagnostics, said.version);
        news.into_iter().map(params).collect()
    }
}

/// Puts what is said of each file of a schema by its address.
fn collect(
    snapshot: &Snapshot,
    client: Client,
    explanations: &mut Explanations,
    said: &mut BTreeMap<String, Said>,
) {
    let silent = |uri: &Uri, version| Said {
        uri: uri.clone(),
        version,
        diagnostics: Vec::new(),
    };
    for (_, file) in snapshot.files() {
        said.insert(
            file.uri.as_str().to_owned(),
            silent(&file.uri, file.version),
        );
    }
    for diagnostic in &snapshot.analysis.diagnostics {
        let file = diagnostic.span().and_then(|span| snapshot.file(span.file));
        // What no line shows is said of the root.
        let uri = file.map_or(&snapshot.root, |file| &file.uri);
        said.entry(uri.as_str().to_owned())
            .or_insert_with(|| silent(uri, None))
            .diagnostics
            .push(shown(snapshot, diagnostic, client, explanations));
    }
}

/// A diagnostic as an editor shows it.
pub(super) fn shown(
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    client: Client,
    explanations: &mut Explanations,
) -> lsp_types::Diagnostic {
    let (first, others) = match diagnostic.labels.split_first() {
        Some((first, others)) => (Some(first), others),
        None => (None, [].as_slice()),
    };
    let description = client
        .code_description
        .then(|| explanations.of(diagnostic.code))
        .flatten();
    let tags = tag(diagnostic.code).filter(|_| client.tags);
    let related = client.related_information && !others.is_empty();
    lsp_types::Diagnostic {
        range: first.map_or_else(top, |label| snapshot.range(label.span)),
        severity: Some(match diagnostic.severity {
            Severity::Error => DiagnosticSeverity::ERROR,
            Severity::Warning => DiagnosticSeverity::WARNING,
        }),
        code: Some(NumberOrString::String(diagnostic.code.id().to_owned())),
        code_description: description.map(|href| CodeDescription { href }),
        source: Some("eventc".to_owned()),
        message: message(
            snapshot,
            diagnostic,
            first,
            if related { &[] } else { others },
        ),
        related_information: related.then(|| related_information(snapshot, others)),
        tags: tags.map(|tag| vec![tag]),
        data: None,
    }
}

fn top() -> Range {
    let start = Position::new(0, 0);
    Range::new(start, start)
}

/// All that is said, in the order of the terminal; the other places only where an editor does not show them itself.
fn message(
    snapshot: &Snapshot,
    diagnostic: &Diagnostic,
    first: Option<&Label>,
    others: &[Label],
) -> String {
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(
        first
            .map(|label| label.text.clone())
            .filter(|text| !text.is_empty()),
    );
    lines.extend(others.iter().map(|label| {
        let file = snapshot.sources.file(label.span.file);
        format!(
            "{}:{}: {}",
            file.path,
            file.position(label.span.start),
            label.text
        )
    }));
    lines.extend(diagnostic.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(diagnostic.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

fn related_information(snapshot: &Snapshot, labels: &[Label]) -> Vec<DiagnosticRelatedInformation> {
    let information = |label: &Label| {
        Some(DiagnosticRelatedInformation {
            location: snapshot.location(label.span)?,
            message: label.text.clone(),
        })
    };
    labels.iter().filter_map(information).collect()
}

/// How the text itself is drawn.
fn tag(code: Code) -> Option<DiagnosticTag> {
    match code {
        Code::UnusedType | Code::UnusedContext | Code::UnusedStream | Code::UnusedAllow => {
            Some(DiagnosticTag::UNNECESSARY)
        }
        Code::DeprecatedInUse => Some(DiagnosticTag::DEPRECATED),
        _ => None,
    }
}
