//! One declaration that is added to one file: checked in memory, then written.

use std::fs;
use std::ops::Range;
use std::path::Path;

use eventc_compiler::{
    Catalog, Diagnostic, FileId, Outline, Sources, Style, compile, inert, outline, render,
};

use crate::failure::Failure;
use crate::schema::{Checked, Read, Schema};
use crate::terminal::{bold, remark};
use crate::yaml::{Block, Refusal, insert};

/// A file that a declaration is added to.
pub(super) struct Edit<'a> {
    schema: &'a Schema,
    checked: Checked,
    /// `event`
    noun: &'static str,
    /// `events`
    section: &'static str,
    /// `backend.request.slow`
    full_name: &'a str,
    /// `slow`
    name: &'a str,
    /// `backend/request.yaml`
    path: String,
    /// The file, if it is there.
    file: Option<FileId>,
    text: String,
    outline: Outline,
}

impl<'a> Edit<'a> {
    /// Finds the file. The schema must be right as it is: else nobody could say whose mistake an error is.
    pub(super) fn begin(
        schema: &'a Schema,
        noun: &'static str,
        section: &'static str,
        full_name: &'a str,
    ) -> Result<Self, Failure> {
        let checked = schema.checked()?;
        let (module, name) = match full_name.rsplit_once('.') {
            Some((module, name)) => (module.split('.').collect(), name),
            None => (Vec::new(), full_name),
        };
        let is_module = |part: &str| {
            let is_word =
                |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
            !part.is_empty() && part.bytes().all(is_word)
        };
        if name.is_empty() || !module.iter().all(|part| is_module(part)) {
            let what = format!("`{full_name}` names no file of a schema");
            let help =
                "folders and files are snake_case, with dots between them: `backend.request.slow`";
            return Err(Failure::usage(what, help));
        }
        let path = match module.as_slice() {
            [] => "catalog.yaml".to_owned(),
            parts => format!("{}.yaml", parts.join("/")),
        };
        let sources = &checked.sources;
        let is_it = |id: &FileId| sources.file(*id).module() == module.as_slice();
        let file = sources.iter().map(|(id, _)| id).find(is_it);
        let (text, outline) = match file {
            Some(id) => (sources.file(id).text().to_owned(), outline(sources, id)),
            None => (modeline(sources, module.len()), Outline::default()),
        };
        Ok(Self {
            schema,
            checked,
            noun,
            section,
            full_name,
            name,
            path,
            file,
            text,
            outline,
        })
    }

    pub(super) fn catalog(&self) -> &Catalog {
        &self.checked.catalog
    }

    /// The file, as messages name it.
    pub(super) fn file(&self) -> String {
        self.checked.sources.shown(&self.cited())
    }

    /// The file, as the compiler cites it.
    fn cited(&self) -> String {
        format!("{}/{}", self.checked.sources.root(), self.path)
    }

    /// The last part of the name.
    pub(super) fn name(&self) -> &str {
        self.name
    }

    /// Whether the file is yet to be made.
    pub(super) fn is_new(&self) -> bool {
        self.file.is_none()
    }

    /// What the file says of itself.
    pub(super) fn setting(&self, key: &str) -> Option<String> {
        self.outline.section(key)?.text.clone()
    }

    /// Lets a file that is yet to be made say something of itself.
    pub(super) fn set(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text.push_str(&format!("{key}: {value}\n"));
        }
    }

    /// The declaration, with nothing below its name.
    pub(super) fn block(&self) -> Block {
        let mut block = Block::default();
        block.line(0, format!("{}:", self.name));
        block
    }

    /// The declaration as a name and a value.
    pub(super) fn short(&self, value: &str) -> Block {
        let mut block = Block::default();
        block.line(0, format!("{}: {value}", self.name));
        block
    }

    /// Adds the declaration, if the schema compiles with it.
    pub(super) fn add(&self, block: Block) -> Result<String, Failure> {
        let inserted = insert(&self.text, &self.outline, self.section, self.name, &block);
        let (text, added) = inserted.map_err(|refusal| self.refused(refusal))?;
        let changed = self.compiled(&text);
        if changed.compilation.catalog.is_none() {
            return Err(changed.errors("the schema as it would be"));
        }
        for diagnostic in changed.compilation.warnings() {
            if is_within(diagnostic, &changed.sources, &self.cited(), &added) {
                let warning = render(diagnostic, &changed.sources, Style::Colored);
                remark(&format!("{warning}\n"));
            }
        }
        write(&self.schema.folder()?.join(&self.path), &text)?;
        let line = 1 + text.get(..added.start).unwrap_or("").matches('\n').count();
        let lines = text.get(added).unwrap_or("").replace('\r', "");
        let lines = inert(lines.trim_end());
        Ok(format!(
            "{}\n\n{lines}\n",
            bold(&format!(
                "{}:{line}: {} `{}` added",
                self.file(),
                self.noun,
                self.full_name
            )),
        ))
    }

    /// The schema with other text in this file.
    fn compiled(&self, text: &str) -> Read {
        let sources = &self.checked.sources;
        let below = format!("{}/", sources.root());
        let others = sources
            .iter()
            .filter(|(id, _)| Some(*id) != self.file)
            .map(|(_, file)| {
                let path = file.path.strip_prefix(&below).unwrap_or(&file.path);
                (path.to_owned(), file.text().as_bytes().to_vec())
            });
        let this = (self.path.clone(), text.as_bytes().to_vec());
        let prefix = sources.shown("");
        let sources = Sources::new(sources.root(), others.chain([this])).shown_below(&prefix);
        Read {
            compilation: compile(&sources),
            sources,
        }
    }

    fn refused(&self, refusal: Refusal) -> Failure {
        let line = |range: &Range<usize>| {
            let before = self.text.get(..range.start).unwrap_or("");
            1 + before.matches('\n').count()
        };
        let (noun, name, section) = (self.noun, self.name, self.section);
        match refusal {
            Refusal::Taken(range) => Failure::usage(
                format!(
                    "the {noun} `{name}` is there already: {}:{}",
                    self.file(),
                    line(&range)
                ),
                "change it there, or choose another name",
            ),
            Refusal::Unfit(range) => Failure::usage(
                format!(
                    "{}:{}: `{section}` is not written as a line for each {noun}, so there is no line to add",
                    self.file(),
                    line(&range)
                ),
                format!(
                    "write each {noun} on a line of its own below `{section}:`, without braces"
                ),
            ),
        }
    }
}

/// The line by which editors find the JSON Schema of the language, as the root has it, for a file so many modules deep.
fn modeline(sources: &Sources, depth: usize) -> String {
    const START: &str = "# yaml-language-server: $schema=";
    let root = sources.files().iter().find(|file| file.module().is_empty());
    let first = root.and_then(|root| root.text().lines().next());
    let Some(path) = first.and_then(|line| line.strip_prefix(START)) else {
        return String::new();
    };
    let is_relative = !path.contains("://") && !path.starts_with('/');
    if !is_relative || depth < 2 {
        return format!("{START}{path}\n");
    }
    let below = path.strip_prefix("./").unwrap_or(path);
    format!("{START}{}{below}\n", "../".repeat(depth - 1))
}

fn is_within(diagnostic: &Diagnostic, sources: &Sources, path: &str, added: &Range<usize>) -> bool {
    diagnostic.span().is_some_and(|span| {
        sources.file(span.file).path == path && added.contains(&(span.start as usize))
    })
}

/// Writes a file at once: whoever reads it meanwhile sees the old text or the new one.
fn write(path: &Path, text: &str) -> Result<(), Failure> {
    // What a link names is written, and the link stays.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let failure = |error| Failure::disk(path, &error);
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|error| Failure::disk(folder, &error))?;
    }
    let temporary = path.with_extension(format!("yaml.{}.tmp", std::process::id()));
    let written = fs::write(&temporary, text).and_then(|()| {
        if let Ok(found) = fs::metadata(path) {
            fs::set_permissions(&temporary, found.permissions())?;
        }
        fs::rename(&temporary, path)
    });
    written.map_err(|error| {
        // It may never have been made.
        let _ = fs::remove_file(&temporary);
        failure(error)
    })
}
