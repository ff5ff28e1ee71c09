//! Files, spans, and the way from a byte offset to a line and a column.
//!
//! This room and `output` are the only two that touch the disk.

mod folder;

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::Path;

/// A file may hold this many bytes; more is a dump, not a schema.
pub(crate) const MAX_FILE_BYTES: usize = 8 * 1024 * 1024;

/// The file that is the root of the catalog.
pub(crate) const ROOT_FILE: &str = "catalog.yaml";

/// Which file of a [`Sources`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(u32);

impl FileId {
    /// The place of the file in the order of [`Sources::files`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// A part of this span: `len` bytes from `offset` on, both counted from its start.
    ///
    /// Only right where the text stands in the file as it was read, as a plain scalar does.
    pub(crate) fn part(self, offset: usize, len: usize) -> Self {
        let start = self.start.saturating_add(offset as u32).min(self.end);
        let end = start.saturating_add(len as u32).min(self.end);
        Self { start, end, ..self }
    }

    /// The empty span at the start of this one.
    pub(crate) fn at_start(self) -> Self {
        Self {
            end: self.start,
            ..self
        }
    }
}

/// A value and the place where it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Spanned<T> {
    pub(crate) value: T,
    pub(crate) span: Span,
}

impl<T> Spanned<T> {
    pub(crate) fn new(value: T, span: Span) -> Self {
        Self { value, span }
    }
}

/// A line and a column, both counted from one; the column counts characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One file of the schema.
#[derive(Debug, Clone, Default)]
pub struct SourceFile {
    /// How generated code cites it: the folder as it was given, then the path below it, with `/`.
    pub path: String,
    /// The modules its events belong to: none for the root, `["backend", "request"]` for `backend/request.yaml`.
    pub(crate) module: Vec<String>,
    /// The text. Where the file was not UTF-8, a lossy reading of it that only messages show.
    pub(crate) text: String,
    /// What kept the file from being read as it is.
    pub(crate) fault: Option<Fault>,
    line_starts: Vec<u32>,
}

/// What keeps a file from being parsed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The byte at this offset begins no UTF-8 character.
    NotUtf8 { at: usize },
    /// It has more than [`MAX_FILE_BYTES`].
    TooLarge,
}

impl SourceFile {
    /// Takes the bytes of a file apart into lines.
    fn new(path: String, module: Vec<String>, bytes: Vec<u8>) -> Self {
        let (text, fault) = if bytes.len() > MAX_FILE_BYTES {
            (String::new(), Some(Fault::TooLarge))
        } else {
            match String::from_utf8(bytes) {
                Ok(text) => (text, None),
                Err(error) => {
                    let at = error.utf8_error().valid_up_to();
                    (
                        String::from_utf8_lossy(error.as_bytes()).into_owned(),
                        Some(Fault::NotUtf8 { at }),
                    )
                }
            }
        };
        Self {
            path,
            module,
            line_starts: line_starts(&text),
            text,
            fault,
        }
    }

    /// The text; what was not UTF-8 in it is replaced.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The modules its events belong to: none for the root, `["backend", "request"]` for `backend/request.yaml`.
    pub fn module(&self) -> &[String] {
        &self.module
    }

    /// The line of a byte offset, from 1.
    fn line(&self, offset: u32) -> usize {
        self.line_starts
            .partition_point(|&start| start <= offset)
            .max(1)
    }

    /// The lines that hold these bytes: where they begin, the number of the first, and their text.
    pub(crate) fn lines(&self, start: u32, end: u32) -> (usize, usize, &str) {
        let first = self.line(start);
        let begin = self.line_starts.get(first - 1).map_or(0, |&at| at as usize);
        let next = self.line_starts.get(self.line(end));
        let end = next.map_or(self.text.len(), |&at| at as usize);
        (begin, first, self.text.get(begin..end).unwrap_or(""))
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line(offset);
        let start = self.line_starts.get(line - 1).copied().unwrap_or(0) as usize;
        let before = self
            .text
            .get(start..(offset as usize).min(self.text.len()))
            .unwrap_or("");
        Position {
            line,
            column: before.trim_start_matches('\u{feff}').chars().count() + 1,
        }
    }
}

/// The offset of each line's first byte.
fn line_starts(text: &str) -> Vec<u32> {
    let mut starts = vec![0];
    let mut start = 0;
    let has_return = text.contains('\r');
    for line in text.split_inclusive('\n') {
        if has_return {
            // A carriage return alone ends a line too, as YAML has it.
            let alone = line.strip_suffix("\r\n").unwrap_or(line);
            starts.extend(
                alone
                    .match_indices('\r')
                    .map(|(at, _)| (start + at + 1) as u32),
            );
        }
        start += line.len();
        if line.ends_with('\n') {
            starts.push(start as u32);
        }
    }
    starts
}

/// All files of a schema, in the order of their paths.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    /// Paths below the folder that look like a schema but cannot be read as one.
    pub(crate) misnamed: Vec<String>,
    /// The folder's name as generated code cites it.
    pub(crate) root: String,
    /// What messages put before a path, so that a terminal can open it.
    prefix: String,
    /// What an id of other sources names.
    none: SourceFile,
}

impl Sources {
    /// Takes files that are already in memory.
    ///
    /// `root` is the folder's name as generated code cites it (`schema`); each path is relative to it and
    /// separated by `/`. The order does not matter.
    pub fn new(root: &str, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let root = &cited(root);
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort();
        let mut sources = Self {
            root: root.clone(),
            ..Self::default()
        };
        // A root by another spelling is read as the root: only its name is wrong.
        let has_root = files.iter().any(|(path, _)| path == ROOT_FILE);
        let is_root = |path: &str| {
            let lower = path.to_ascii_lowercase();
            path == ROOT_FILE || (!has_root && matches!(lower.as_str(), ROOT_FILE | "catalog.yml"))
        };
        for (path, bytes) in files {
            let display = if root.is_empty() {
                path.clone()
            } else {
                format!("{root}/{path}")
            };
            let module = match path.strip_suffix(".yaml") {
                _ if is_root(&path) => Vec::new(),
                Some(stem) => stem.split('/').map(str::to_owned).collect(),
                None => {
                    sources.misnamed.push(display);
                    continue;
                }
            };
            sources.files.push(SourceFile::new(display, module, bytes));
        }
        sources
    }

    /// One file by whatever path messages shall show; it need not be named as a module.
    pub fn one(path: &str, bytes: Vec<u8>) -> Self {
        Self {
            files: vec![SourceFile::new(path.to_owned(), Vec::new(), bytes)],
            ..Self::default()
        }
    }

    /// Reads every `*.yaml` file below `folder`, which generated code cites as `root`.
    ///
    /// Files with other endings are left alone, but for `*.yml`, which is reported by the compiler;
    /// names that begin with a dot are skipped. Links are followed.
    ///
    /// # Errors
    /// Whatever the disk says, with the path it said it about; a link that leads back to a folder above it; something
    /// that is called like a schema file and is none; more than 10,000 files, or more than 64 MiB.
    pub fn read(folder: &Path, root: &str) -> io::Result<Self> {
        Ok(Self::new(root, folder::read(folder)?))
    }

    /// The same, with some files as they are in an editor and not yet on the disk, by their paths below the folder.
    ///
    /// # Errors
    /// See [`Sources::read`].
    pub fn read_with(
        folder: &Path,
        root: &str,
        open: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> io::Result<Self> {
        let mut files: BTreeMap<_, _> = folder::read(folder)?.into_iter().collect();
        files.extend(open);
        Ok(Self::new(root, files))
    }

    /// Puts a folder before every path that messages show, and that generated code does not cite: the
    /// way from where people stand to where the schema's crate is.
    #[must_use]
    pub fn shown_below(mut self, prefix: &str) -> Self {
        self.prefix = if prefix.is_empty() {
            String::new()
        } else {
            format!("{}/", prefix.trim_end_matches('/'))
        };
        self
    }

    /// How messages name a path of the schema: the one of a [`SourceFile`].
    pub fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// The folder as generated code cites it, with `/`.
    pub fn root(&self) -> &str {
        &self.root
    }

    /// The files, in the order of their paths.
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// The files with their ids.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(index, file)| (FileId(index as u32), file))
    }

    /// The file that `id` names; an empty one if it is of other sources.
    pub fn file(&self, id: FileId) -> &SourceFile {
        self.files.get(id.index()).unwrap_or(&self.none)
    }

    /// Writes everything that a compilation of these sources can depend on: the same bytes, the same outcome.
    ///
    /// # Errors
    /// What `identity` says.
    pub fn write_identity(&self, identity: &mut impl io::Write) -> io::Result<()> {
        let mut put = |bytes: &[u8]| {
            identity.write_all(&(bytes.len() as u64).to_le_bytes())?;
            identity.write_all(bytes)
        };
        // Taken apart, so that a field to come cannot be forgotten here.
        let Self {
            files,
            misnamed,
            root,
            prefix,
            none: _,
        } = self;
        put(root.as_bytes())?;
        put(prefix.as_bytes())?;
        put(&(misnamed.len() as u64).to_le_bytes())?;
        for path in misnamed {
            put(path.as_bytes())?;
        }
        put(&(files.len() as u64).to_le_bytes())?;
        for file in files {
            let SourceFile {
                path,
                module,
                text,
                fault,
                line_starts: _,
            } = file;
            put(path.as_bytes())?;
            put(module.join("/").as_bytes())?;
            put(text.as_bytes())?;
            // What was not UTF-8 may have the text of what is.
            put(format!("{fault:?}").as_bytes())?;
        }
        Ok(())
    }

    /// `schema/backend/request.yaml:12`, as generated code and messages cite a place.
    pub(crate) fn place(&self, span: Span) -> String {
        let file = self.file(span.file);
        format!("{}:{}", file.path, file.line(span.start))
    }
}

/// The way from the workspace's root, where people stand, to the folder of a crate; with `/`.
pub fn below_workspace(folder: &Path) -> String {
    let root = folder
        .ancestors()
        .find(|folder| folder.join("Cargo.lock").is_file());
    let below = root
        .and_then(|root| folder.strip_prefix(root).ok())
        .unwrap_or(Path::new(""));
    below.to_string_lossy().replace('\\', "/")
}

/// How generated code cites a folder: the same on every machine. Of an absolute path that is its last part.
fn cited(root: &str) -> String {
    let parts: Vec<_> = root
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    match parts.last() {
        Some(last) if root.starts_with('/') => (*last).to_owned(),
        _ => parts.join("/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_counts_characters_and_not_the_byte_order_mark() {
        let text = "\u{feff}äb: c\nd: e\n";
        let sources = Sources::new(
            "schema",
            [("catalog.yaml".to_owned(), text.as_bytes().to_vec())],
        );
        let file = &sources.files()[0];
        assert_eq!(file.position(3).to_string(), "1:1");
        assert_eq!(file.position(5).to_string(), "1:2");
        assert_eq!(
            file.position(text.find('d').unwrap() as u32).to_string(),
            "2:1"
        );
    }

    #[test]
    fn a_line_ends_with_a_line_feed_a_return_or_both() {
        assert_eq!(line_starts(""), [0]);
        assert_eq!(line_starts("a\nb\n"), [0, 2, 4]);
        assert_eq!(line_starts("a\r\nb\r\n"), [0, 3, 6]);
        assert_eq!(line_starts("a\rb\r\r\nc\n\rd\r"), [0, 2, 4, 6, 8, 9, 11]);
    }

    #[test]
    fn files_are_ordered_by_path_and_named_below_the_root() {
        let sources = Sources::new(
            "schema",
            ["b.yaml", "a/c.yaml", "catalog.yaml", "x.yml"].map(|p| (p.to_owned(), vec![])),
        );
        let paths: Vec<_> = sources
            .files()
            .iter()
            .map(|file| file.path.as_str())
            .collect();
        assert_eq!(
            paths,
            ["schema/a/c.yaml", "schema/b.yaml", "schema/catalog.yaml"]
        );
        assert_eq!(sources.misnamed, ["schema/x.yml"]);
    }
}
