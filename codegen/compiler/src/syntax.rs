//! Bytes in, the syntax tree of the four nouns out. Never fails: what cannot be read is reported and left out.

pub(crate) mod ast;
mod lower;
mod names;
mod notation;
pub(crate) mod outline;
mod parallel;
mod reader;
pub(crate) mod tree;
mod yaml;

pub(crate) use names::{is_pascal_case, is_snake_case, to_upper_camel_case};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{Fault, FileId, ROOT_FILE, SourceFile, Sources, Span};

/// Reads every file of a schema.
pub(crate) fn parse<'s>(sources: &'s Sources, diagnostics: &mut Diagnostics) -> Vec<ast::File<'s>> {
    check_file_names(sources, diagnostics);
    let files: Vec<_> = sources.iter().collect();
    let bytes = files.iter().map(|(_, file)| file.text.len()).sum();
    let parsed = parallel::map(&files, bytes, |&(id, file)| {
        let mut found = Diagnostics::default();
        (parse_file(id, file, &mut found), found)
    });
    let mut files = Vec::with_capacity(parsed.len());
    for (file, found) in parsed {
        files.push(file);
        diagnostics.append(found);
    }
    files
}

fn parse_file<'s>(
    id: FileId,
    file: &'s SourceFile,
    diagnostics: &mut Diagnostics,
) -> ast::File<'s> {
    if let Some(fault) = file.fault {
        diagnostics.push(unreadable(id, fault));
        return ast::File::unread(id, &file.module);
    }
    let document = yaml::parse(id, file, diagnostics);
    lower::file(
        id,
        &file.module,
        document.root,
        document.broken,
        diagnostics,
    )
}

/// The rule: a schema file is UTF-8 and has at most 8 MiB.
fn unreadable(file: FileId, fault: Fault) -> Diagnostic {
    let at = |start: usize| Span {
        file,
        start: start as u32,
        end: start as u32,
    };
    match fault {
        Fault::NotUtf8 { at: start } => {
            Diagnostic::new(Code::NotUtf8, at(start), "the file is not UTF-8")
                .label(format!("byte {start} begins no UTF-8 character"))
                .help("save it as UTF-8 without changing the text; most editors can")
        }
        Fault::TooLarge => {
            let message = format!(
                "the file has more than the {} bytes that a schema file may have",
                crate::source::MAX_FILE_BYTES
            );
            Diagnostic::new(Code::FileTooLarge, at(0), message)
                .help("split it: each file is a module of its own")
        }
    }
}

/// The rule: the folder holds `catalog.yaml`, and every other file is named as a module.
fn check_file_names(sources: &Sources, diagnostics: &mut Diagnostics) {
    for path in &sources.misnamed {
        let message = format!(
            "`{}` is not read: a schema file ends in `.yaml`",
            sources.shown(path)
        );
        diagnostics.push(Diagnostic::without_place(Code::FileName, message).help("rename it"));
    }
    if !sources.files().iter().any(|file| file.module.is_empty()) {
        let message = format!(
            "there is no `{}/{}`",
            sources.shown(&sources.root),
            ROOT_FILE
        );
        diagnostics.push(
            Diagnostic::without_place(Code::NoCatalog, message)
                .note("it is the root: the name of the catalog, and what every file shares")
                .help("begin with the two lines `catalog: my_company` and `eventc: 1`"),
        );
    }
    for (id, file) in sources.iter() {
        let start = Span {
            file: id,
            start: 0,
            end: 0,
        };
        if file.module.is_empty() && !file.path.ends_with(ROOT_FILE) {
            let message = format!("the root of a catalog is called `{ROOT_FILE}`");
            let diagnostic = Diagnostic::new(Code::NoCatalog, start, message);
            diagnostics.push(diagnostic.help(format!("rename this file to `{ROOT_FILE}`")));
        }
        let wrong = file.module.iter().find(|name| !is_snake_case(name));
        if let Some(name) = wrong {
            let message = format!("`{name}` cannot be a module: its name is not snake_case");
            let diagnostic = Diagnostic::new(Code::FileName, start, message);
            diagnostics.push(diagnostic.help(format!(
                "rename it, for example to `{}`",
                names::to_snake_case(name)
            )));
        } else if file.module.first().is_some_and(|name| name == "catalog") {
            let message = "a folder cannot be called `catalog`: that is the root's own name";
            diagnostics
                .push(Diagnostic::new(Code::FileName, start, message).help("rename the folder"));
        }
    }
}
