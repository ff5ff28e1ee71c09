//! What the files declare.

use std::collections::BTreeSet;

use eventc_cli::dialect::Map;

use crate::schema::Document;

/// What the files declare, as `module:Name`.
pub(super) struct Names {
    pub(super) types: BTreeSet<String>,
    pub(super) contexts: BTreeSet<String>,
    pub(super) streams: BTreeSet<String>,
    pub(super) events: BTreeSet<String>,
}

impl Names {
    pub(super) fn of(documents: &[Document]) -> Self {
        fn names<V>(document: &Document, map: Option<Map<V>>) -> Vec<String> {
            let module = document.module().join(".");
            map.into_iter()
                .flatten()
                .map(|(name, _)| format!("{module}:{name}"))
                .collect()
        }
        Self {
            types: documents
                .iter()
                .flat_map(|document| names(document, document.file().types))
                .collect(),
            contexts: documents
                .iter()
                .flat_map(|document| names(document, document.file().contexts))
                .collect(),
            streams: documents
                .iter()
                .flat_map(|document| names(document, document.file().streams))
                .collect(),
            events: documents
                .iter()
                .flat_map(|document| names(document, document.file().events))
                .collect(),
        }
    }
}
