//! What may be written where the cursor is: keys of the language, and names of the schema.

mod names;
mod values;

pub(super) use names::is_type;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit,
    Documentation, MarkupContent, MarkupKind, TextEdit,
};

use eventc_compiler::FileId;

use super::cursor::{self, Cursor, Slot};
use super::grammar::{Grammar, Step};
use super::server::{Refusal, Server};
use super::snapshot::Snapshot;

pub(super) fn complete(
    server: &mut Server,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>, Refusal> {
    let asked = params.text_document_position;
    let Some((snapshot, file)) = server.file(&asked.text_document.uri) else {
        return Ok(None);
    };
    let offset = snapshot.offset(file, asked.position);
    let place = Place {
        snapshot: &snapshot,
        file,
        grammar: &server.grammar,
    };
    let readings = cursor::read(snapshot.text(file), offset);
    let items = readings.iter().map(|cursor| {
        let offers = place.offers(cursor);
        let item = |(rank, offer): (usize, Offer)| place.item(cursor, rank, offer);
        offers.into_iter().enumerate().map(item).collect::<Vec<_>>()
    });
    let items = items.into_iter().find(|items| !items.is_empty());
    Ok(Some(CompletionResponse::Array(items.unwrap_or_default())))
}

/// Something that may be written.
struct Offer {
    label: String,
    kind: CompletionItemKind,
    /// What it is, on one line.
    detail: Option<String>,
    /// What is said about it, in Markdown.
    about: Option<String>,
    /// What is written, where that is more than the label.
    text: Option<String>,
}

impl Offer {
    fn new(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        Self {
            label: label.into(),
            kind,
            detail: None,
            about: None,
            text: None,
        }
    }

    fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    fn about(mut self, about: Option<&str>) -> Self {
        self.about = about.filter(|about| !about.is_empty()).map(str::to_owned);
        self
    }

    fn text(mut self, text: String) -> Self {
        self.text = Some(text);
        self
    }
}

/// Where things are offered.
struct Place<'p> {
    snapshot: &'p Snapshot,
    file: FileId,
    grammar: &'p Grammar,
}

impl Place<'_> {
    fn offers(&self, cursor: &Cursor) -> Vec<Offer> {
        match &cursor.slot {
            Slot::Key { beside, in_braces } => self.keys(cursor, beside, *in_braces),
            Slot::Value => {
                let text = self.snapshot.text(self.file);
                self.values(&cursor.path, line_before(text, cursor.word.start))
            }
        }
    }

    /// Keys of the language, and members of an example, but for those that are there.
    fn keys(&self, cursor: &Cursor, beside: &[String], in_braces: bool) -> Vec<Offer> {
        let known = self.grammar.keys(self.is_root(), &cursor.path);
        let key = |key: &super::grammar::Key<'_>| {
            let offer = Offer::new(key.name, CompletionItemKind::PROPERTY).about(Some(key.about));
            (offer, key.is_section && !in_braces)
        };
        let mut offers: Vec<_> = known.iter().map(key).collect();
        offers.extend(
            self.members(&cursor.path)
                .into_iter()
                .map(|offer| (offer, false)),
        );
        offers.retain(|(offer, _)| !beside.contains(&offer.label));
        let text = self.snapshot.text(self.file);
        let rest = text.get(cursor.word.end..).unwrap_or("");
        if rest.trim_start_matches('?').starts_with(':') {
            return offers.into_iter().map(|(offer, _)| offer).collect();
        }
        let finish = |(offer, is_section): (Offer, bool)| {
            let label = offer.label.clone();
            offer.text(match is_section {
                true => format!(
                    "{label}:\n{}",
                    " ".repeat(indentation(text, cursor.word.start) + 2)
                ),
                false => format!("{label}: "),
            })
        };
        offers.into_iter().map(finish).collect()
    }

    fn is_root(&self) -> bool {
        self.snapshot.sources.file(self.file).module().is_empty()
    }

    fn item(&self, cursor: &Cursor, rank: usize, offer: Offer) -> CompletionItem {
        let range = self.snapshot.range_of(self.file, cursor.word.clone());
        let mut text = offer.text.unwrap_or_else(|| offer.label.clone());
        if cursor.lacks_space {
            text.insert(0, ' ');
        }
        let about = offer.about.map(|value| {
            Documentation::MarkupContent(MarkupContent {
                kind: MarkupKind::Markdown,
                value,
            })
        });
        CompletionItem {
            kind: Some(offer.kind),
            detail: offer.detail,
            documentation: about,
            filter_text: Some(offer.label.clone()),
            label: offer.label,
            // As they are listed here: what is near comes first.
            sort_text: Some(format!("{rank:05}")),
            text_edit: Some(CompletionTextEdit::Edit(TextEdit::new(range, text))),
            ..CompletionItem::default()
        }
    }
}

/// What stands before a byte on its line.
fn line_before(text: &str, at: usize) -> &str {
    let before = text.get(..at).unwrap_or("");
    before.rsplit(['\n', '\r']).next().unwrap_or("")
}

/// How far to the right the line of a byte begins.
fn indentation(text: &str, at: usize) -> usize {
    let line = line_before(text, at);
    line.len() - line.trim_start_matches(' ').len()
}

/// The keys of a path from its end.
fn last_keys(path: &[Step]) -> impl Iterator<Item = &str> {
    path.iter().rev().filter_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Item => None,
    })
}
