//! A schema at one moment: the files as editors have them, what came of them, and the way between bytes and places.

use std::cell::OnceCell;
use std::path::{Path, PathBuf};

use eventc_compiler::catalog::{Body, Thing};
use eventc_compiler::index::{Index, Place, Symbol};
use eventc_compiler::{
    Analysis, Catalog, FileId, Outline, SourceFile, Sources, Span, analyze, outline,
};
use lsp_types::{Location, Position, Range, Uri};

use super::mended::Mended;
use super::text::{Encoding, Lines};

pub(super) struct Snapshot {
    pub(super) sources: Sources,
    /// What the compiler says of it.
    pub(super) analysis: Analysis,
    /// What it says without the lines that are no YAML; found when it is first asked for.
    mended: OnceCell<Option<Mended>>,
    /// What an editor calls each file.
    files: Vec<File>,
    /// The root, which may not be there.
    pub(super) root: Uri,
}

/// A file of a schema as an editor knows it.
pub(super) struct File {
    pub(super) path: PathBuf,
    pub(super) uri: Uri,
    /// Of which version it is, if it is open.
    pub(super) version: Option<i32>,
    lines: Lines,
}

/// The address of a file, and its version if it is open.
pub(super) type Known = (Uri, Option<i32>);

impl Snapshot {
    /// Compiles the files of a folder. `known` is what an editor calls a path.
    pub(super) fn new(
        folder: &Path,
        sources: Sources,
        encoding: Encoding,
        known: impl Fn(&Path) -> Option<Known>,
    ) -> Option<Self> {
        let around = folder.parent()?;
        let file = |file: &SourceFile| {
            // As the folder is the root, paths of files begin with its name.
            let path = around.join(&file.path);
            let (uri, version) = known(&path)?;
            let lines = Lines::new(file.text(), encoding);
            Some(File {
                path,
                uri,
                version,
                lines,
            })
        };
        Some(Self {
            files: sources.files().iter().map(file).collect::<Option<_>>()?,
            root: known(&folder.join(super::home::ROOT))?.0,
            analysis: analyze(&sources),
            mended: OnceCell::new(),
            sources,
        })
    }

    /// The schema without its lines that are no YAML, if there are such.
    pub(super) fn mended(&self) -> Option<&Mended> {
        let find = || Mended::of(&self.sources, &self.analysis.diagnostics);
        self.mended.get_or_init(find).as_ref()
    }

    /// The files, as far as they can be read. What is in them is where it is in those of the editor.
    pub(super) fn readable(&self) -> (&Sources, &Analysis) {
        match self.mended() {
            Some(mended) => (&mended.sources, &mended.analysis),
            None => (&self.sources, &self.analysis),
        }
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.readable().1.draft
    }

    pub(super) fn index(&self) -> &Index {
        &self.readable().1.index
    }

    pub(super) fn outline(&self, file: FileId) -> Outline {
        outline(self.readable().0, file)
    }

    /// The file at a path.
    pub(super) fn find(&self, path: &Path) -> Option<FileId> {
        let mut files = self.sources.iter().zip(&self.files);
        files.find_map(|((id, _), file)| (file.path == path).then_some(id))
    }

    /// All files with what an editor calls them.
    pub(super) fn files(&self) -> impl Iterator<Item = (FileId, &File)> {
        let ids = self.sources.iter().map(|(id, _)| id);
        ids.zip(&self.files)
    }

    pub(super) fn file(&self, id: FileId) -> Option<&File> {
        self.files.get(id.index())
    }

    pub(super) fn text(&self, id: FileId) -> &str {
        self.sources.file(id).text()
    }

    /// The text at a place.
    pub(super) fn text_of(&self, span: Span) -> &str {
        let text = self.text(span.file);
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    pub(super) fn offset(&self, id: FileId, position: Position) -> usize {
        let text = self.text(id);
        self.file(id)
            .map_or(0, |file| file.lines.offset(text, position))
    }

    pub(super) fn range(&self, span: Span) -> Range {
        self.range_of(span.file, span.start as usize..span.end as usize)
    }

    pub(super) fn range_of(&self, id: FileId, range: std::ops::Range<usize>) -> Range {
        let text = self.text(id);
        let file = self.file(id);
        file.map_or_else(Range::default, |file| file.lines.range(text, range))
    }

    pub(super) fn location(&self, span: Span) -> Option<Location> {
        let file = self.file(span.file)?;
        Some(Location::new(file.uri.clone(), self.range(span)))
    }

    /// What is named at a position.
    pub(super) fn place(&self, id: FileId, position: Position) -> Option<&Place> {
        let offset = self.offset(id, position) as u32;
        self.index().at(id, offset)
    }
}

/// The name of something, as it is written where it is declared.
pub(super) fn symbol_name(catalog: &Catalog, symbol: Symbol) -> Option<String> {
    Some(match symbol {
        Symbol::Thing(Thing::Type(id)) => catalog[id].name.clone(),
        Symbol::Thing(Thing::Context(id)) => catalog[id].name.clone(),
        Symbol::Thing(Thing::Stream(id)) => catalog[id].name.clone(),
        Symbol::Thing(Thing::Event(id)) => catalog[id].ident.clone(),
        Symbol::Field(owner, place) => catalog.fields_of(owner).get(place)?.name.clone(),
        Symbol::Value(id, place) => match &catalog[id].body {
            Body::Enum(values) => values.values.get(place)?.wire.clone(),
            _ => return None,
        },
        Symbol::Variant(id, place) => match &catalog[id].body {
            Body::Union(union) => union.variants.get(place)?.name.clone(),
            _ => return None,
        },
    })
}
