//! Names of the schema as TypeScript writes them. The only place where schema text becomes code.

use std::fmt::Write as _;

use crate::catalog::{Catalog, Contents, Context, Event, Module, ModuleId, Stream, Type};
use crate::diagnostic::is_hidden;
use crate::source::Span;
use crate::syntax::to_upper_camel_case;

/// A name in TypeScript, and what it is made from.
pub(super) struct Named {
    pub(super) name: String,
    pub(super) what: String,
    pub(super) span: Span,
}

/// The name of a type: that of its module, and its own.
pub(super) fn ty(catalog: &Catalog, ty: &Type) -> String {
    to_upper_camel_case(&catalog[ty.module].path.join(".")) + &ty.name
}

/// The type of a context's members.
pub(super) fn context(catalog: &Catalog, context: &Context) -> String {
    below(catalog, context.module, &context.name)
}

/// The type of a stream's header.
pub(super) fn stream(catalog: &Catalog, stream: &Stream) -> String {
    below(catalog, stream.module, &stream.name)
}

/// The union of a stream's events.
pub(super) fn stream_union(catalog: &Catalog, of: &Stream) -> String {
    stream(catalog, of) + "Event"
}

/// The type of an event.
pub(super) fn event(catalog: &Catalog, event: &Event) -> String {
    below(catalog, event.module, &event.ident)
}

fn below(catalog: &Catalog, module: ModuleId, name: &str) -> String {
    let mut path = catalog[module].path.clone();
    path.push(name.to_owned());
    to_upper_camel_case(&path.join("."))
}

/// Every name that a catalog declares, module by module, and that of the index at the end.
pub(super) fn all(catalog: &Catalog, contents: &Contents) -> Vec<Named> {
    let mut all = Vec::new();
    let mut add = |name: String, what: String, span: Span| all.push(Named { name, what, span });
    for id in Module::ids(catalog) {
        let declared = contents.module(id);
        for &id in &declared.types {
            let it = &catalog[id];
            add(ty(catalog, it), format!("the type `{}`", it.name), it.span);
        }
        for &id in &declared.contexts {
            let it = &catalog[id];
            add(
                context(catalog, it),
                format!("the context `{}`", it.name),
                it.span,
            );
        }
        for &id in &declared.streams {
            let it = &catalog[id];
            add(
                stream(catalog, it),
                format!("the stream `{}`", it.name),
                it.span,
            );
            if !contents.events_of(id).is_empty() {
                let what = format!("all events of the stream `{}`", it.name);
                add(stream_union(catalog, it), what, it.span);
            }
        }
        for &id in &declared.events {
            let it = &catalog[id];
            add(
                event(catalog, it),
                format!("the event `{}`", it.name),
                it.span,
            );
        }
    }
    let root = catalog.modules.first().and_then(|root| root.span);
    if let (Some(span), false) = (root, catalog.events.is_empty()) {
        add(
            super::EVENTS.to_owned(),
            "all events of the catalog".to_owned(),
            span,
        );
    }
    all
}

/// The file of a module, without its ending.
pub(super) fn file(path: &[String]) -> String {
    match path {
        [] => "catalog".to_owned(),
        // `index.ts` is all of them.
        [index] if index == "index" => "index_".to_owned(),
        path => path.join("/"),
    }
}

/// How one module names the file of another: `../catalog.js`, as the file is called once it is compiled.
pub(super) fn import(from: &[String], to: &str) -> String {
    let up = match from.len() {
        0 | 1 => "./".to_owned(),
        depth => "../".repeat(depth - 1),
    };
    format!("{up}{to}.js")
}

/// The name of a member in a type.
pub(super) fn member(name: &str) -> String {
    let is_plain = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    if is_plain {
        name.to_owned()
    } else {
        literal(name)
    }
}

/// The name of a member in an object, where `__proto__` is not a member unless it is computed.
pub(super) fn key(name: &str) -> String {
    if name == "__proto__" {
        "[\"__proto__\"]".to_owned()
    } else {
        member(name)
    }
}

/// Text as a string literal of ECMAScript and of JSON.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len() + 2);
    literal.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => literal.extend(['\\', c]),
            '\n' => literal.push_str("\\n"),
            // Ends of lines and what turns the direction of text among them.
            c if is_hidden(c) => {
                let _ = write!(literal, "\\u{:04x}", c as u32);
            }
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_never_becomes_code() {
        assert_eq!(
            literal("a\"b\\\n\u{2028}\u{202e}${c}"),
            "\"a\\\"b\\\\\\n\\u2028\\u202e${c}\""
        );
        assert_eq!(member("class"), "class");
        assert_eq!(member("a-b"), "\"a-b\"");
        assert_eq!(key("__proto__"), "[\"__proto__\"]");
    }

    #[test]
    fn files_are_found_from_each_other() {
        let path = |text: &str| {
            text.split_terminator('.')
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        assert_eq!(import(&[], "backend/job"), "./backend/job.js");
        assert_eq!(import(&path("web"), "catalog"), "./catalog.js");
        assert_eq!(import(&path("backend.job"), "catalog"), "../catalog.js");
        assert_eq!(file(&path("index")), "index_");
    }
}
