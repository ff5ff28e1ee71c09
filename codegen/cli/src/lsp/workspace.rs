//! What is open in the editor, and the schemas that it belongs to.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use eventc_compiler::{FileId, Sources};
use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem, Uri};

use super::document::Document;
use super::home;
use super::snapshot::{Known, Snapshot};
use super::text::Encoding;
use super::uri;

pub(super) struct Workspace {
    pub(super) encoding: Encoding,
    /// By their paths, of which there may be several addresses; what has none by its address.
    documents: BTreeMap<PathBuf, Document>,
    /// By their folders; those of which a file is open.
    schemas: BTreeMap<PathBuf, Option<Rc<Snapshot>>>,
}

/// What came of the files of a schema, or why they cannot be read.
pub(super) type Outcome = Result<Rc<Snapshot>, String>;

impl Workspace {
    pub(super) fn new(encoding: Encoding) -> Self {
        Self {
            encoding,
            documents: BTreeMap::new(),
            schemas: BTreeMap::new(),
        }
    }

    pub(super) fn open(&mut self, item: TextDocumentItem) {
        let document = Document {
            path: uri::path(&item.uri),
            home: None,
            version: item.version,
            text: item.text,
            uri: item.uri,
        };
        self.documents.insert(key(&document.uri), document);
        self.settle();
    }

    pub(super) fn change(
        &mut self,
        uri: &Uri,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
    ) {
        let encoding = self.encoding;
        let Some(document) = self.documents.get_mut(&key(uri)) else {
            return;
        };
        document.change(version, changes, encoding);
        if let Some(snapshot) = document
            .home
            .as_ref()
            .and_then(|home| self.schemas.get_mut(home))
        {
            *snapshot = None;
        }
    }

    pub(super) fn close(&mut self, uri: &Uri) {
        if self.documents.remove(&key(uri)).is_some() {
            self.settle();
        }
    }

    /// Looks at all files again: which are there, and what they say.
    pub(super) fn settle(&mut self) {
        let homes: Vec<_> = self
            .documents
            .values()
            .map(|document| self.home(document))
            .collect();
        for (document, home) in self.documents.values_mut().zip(&homes) {
            document.home.clone_from(home);
        }
        let homes = homes.into_iter().flatten();
        self.schemas = homes.map(|home| (home, None)).collect();
    }

    /// The schema of a file. One whose root was just deleted is the same one, and has an error more.
    fn home(&self, document: &Document) -> Option<PathBuf> {
        let path = document.path.as_ref()?;
        let open = |path: &Path| self.at(path).map(|document| document.text.as_str());
        let kept = || document.home.clone().filter(|home| home.is_dir());
        let home = home::find(path, open).or_else(kept)?;
        home::below(&home, path)?;
        Some(home)
    }

    fn at(&self, path: &Path) -> Option<&Document> {
        self.documents.get(path)
    }

    /// The folders of all schemas of which a file is open.
    pub(super) fn homes(&self) -> Vec<PathBuf> {
        self.schemas.keys().cloned().collect()
    }

    /// A schema as it is now; compiled again only if something has changed.
    pub(super) fn snapshot(&mut self, home: &Path) -> Outcome {
        if let Some(Some(snapshot)) = self.schemas.get(home) {
            return Ok(snapshot.clone());
        }
        let snapshot = Rc::new(self.compile(home)?);
        if let Some(kept) = self.schemas.get_mut(home) {
            *kept = Some(snapshot.clone());
        }
        Ok(snapshot)
    }

    fn compile(&self, home: &Path) -> Result<Snapshot, String> {
        let text = |document: &Document| {
            let path = document.path.as_ref()?;
            Some((home::below(home, path)?, document.text.clone().into_bytes()))
        };
        let is_inside = |document: &&Document| document.home.as_deref() == Some(home);
        let open = self.documents.values().filter(is_inside).filter_map(text);
        let name = home.file_name().unwrap_or_default().to_string_lossy();
        let sources = if home.is_dir() {
            Sources::read_with(home, &name, open).map_err(|error| error.to_string())?
        } else {
            // Nothing in it was saved yet.
            Sources::new(&name, open)
        };
        let known = |path: &Path| -> Option<Known> {
            let open = self.at(path);
            let open = open.map(|document| (document.uri.clone(), Some(document.version)));
            open.or_else(|| Some((uri::of(path)?, None)))
        };
        Snapshot::new(home, sources, self.encoding, known).ok_or_else(|| {
            format!(
                "{}: no editor has an address for a file in it",
                home.display()
            )
        })
    }

    /// The schema that an open file is in, and the file.
    pub(super) fn file(&mut self, uri: &Uri) -> Option<(Rc<Snapshot>, FileId)> {
        let document = self.documents.get(&key(uri))?;
        let (home, path) = (document.home.clone()?, document.path.clone()?);
        let snapshot = self.snapshot(&home).ok()?;
        let file = snapshot.find(&path)?;
        Some((snapshot, file))
    }
}

fn key(uri: &Uri) -> PathBuf {
    uri::path(uri).unwrap_or_else(|| PathBuf::from(uri.as_str()))
}
