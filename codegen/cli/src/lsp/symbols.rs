//! What a file declares, as an outline.

use std::ops::Range;

use eventc_compiler::{FileId, Section, Shape};
use lsp_types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, Location, SymbolInformation,
    SymbolKind, Uri,
};

use super::server::{Refusal, Server};
use super::snapshot::Snapshot;

pub(super) fn symbols(
    server: &mut Server,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, Refusal> {
    let Some((snapshot, file)) = server.file(&params.text_document.uri) else {
        return Ok(None);
    };
    let outline = snapshot.outline(file);
    let reader = Reader {
        snapshot: &snapshot,
        file,
    };
    let mut tree = Vec::new();
    for (key, kind) in DECLARED {
        if let Some(section) = outline.section(key) {
            tree.extend(reader.entries(section, kind));
        }
    }
    tree.sort_by_key(|symbol| symbol.range.start);
    if server.client.symbol_tree {
        return Ok(Some(DocumentSymbolResponse::Nested(tree)));
    }
    let mut flat = Vec::new();
    for symbol in tree {
        flatten(symbol, None, &params.text_document.uri, &mut flat);
    }
    Ok(Some(DocumentSymbolResponse::Flat(flat)))
}

/// The sections of a file, and what an editor shows for an entry of each.
const DECLARED: [(&str, SymbolKind); 4] = [
    ("types", SymbolKind::CLASS),
    ("streams", SymbolKind::INTERFACE),
    ("contexts", SymbolKind::STRUCT),
    ("events", SymbolKind::EVENT),
];

/// What is declared below the keys of a thing.
const MEMBERS: [(&str, SymbolKind); 3] = [
    ("fields", SymbolKind::FIELD),
    ("enum", SymbolKind::ENUM_MEMBER),
    ("one_of", SymbolKind::ENUM_MEMBER),
];

struct Reader<'s> {
    snapshot: &'s Snapshot,
    file: FileId,
}

impl Reader<'_> {
    /// What a map declares, or the texts of a list.
    fn entries(&self, section: &Section, kind: SymbolKind) -> Vec<DocumentSymbol> {
        let symbol = |entry: &Section| match &entry.text {
            Some(text) if section.shape == Shape::List => {
                self.symbol(text, kind, entry.value.clone(), entry)
            }
            _ => self.symbol(&entry.key, kind, entry.range.clone(), entry),
        };
        let entries = section.sections.iter().map(symbol);
        // Editors show no symbol without a name.
        entries.filter(|symbol| !symbol.name.is_empty()).collect()
    }

    fn symbol(
        &self,
        name: &str,
        kind: SymbolKind,
        range: Range<usize>,
        section: &Section,
    ) -> DocumentSymbol {
        let mut children = Vec::new();
        if section.shape == Shape::List {
            // `[web, ios]` is an enum.
            children = self.entries(section, SymbolKind::ENUM_MEMBER);
        }
        for (key, kind) in MEMBERS {
            let members = section.section(key).into_iter();
            children.extend(members.flat_map(|members| self.entries(members, kind)));
        }
        let is_typed = matches!(kind, SymbolKind::CLASS | SymbolKind::FIELD);
        #[allow(
            deprecated,
            reason = "`tags` say it, but the struct has the field still"
        )]
        DocumentSymbol {
            name: name.to_owned(),
            detail: section.text.clone().filter(|_| is_typed),
            kind,
            tags: None,
            deprecated: None,
            range: self.snapshot.range_of(self.file, section.whole()),
            selection_range: self.snapshot.range_of(self.file, range),
            children: Some(children).filter(|children| !children.is_empty()),
        }
    }
}

/// A symbol and those in it one after the other, for editors that show no tree.
fn flatten(
    symbol: DocumentSymbol,
    container: Option<&str>,
    uri: &Uri,
    flat: &mut Vec<SymbolInformation>,
) {
    #[allow(
        deprecated,
        reason = "`tags` say it, but the struct has the field still"
    )]
    flat.push(SymbolInformation {
        name: symbol.name.clone(),
        kind: symbol.kind,
        tags: None,
        deprecated: None,
        location: Location::new(uri.clone(), symbol.range),
        container_name: container.map(str::to_owned),
    });
    for child in symbol.children.into_iter().flatten() {
        flatten(child, Some(&symbol.name), uri, flat);
    }
}
