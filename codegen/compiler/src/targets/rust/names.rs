//! Names of the schema as Rust writes them. The only place where schema text becomes code.

use crate::catalog::EnumValue;
use crate::syntax::to_upper_camel_case;

/// Words that are reserved in some edition and can be written raw, in alphabetical order.
const RAW: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Words that cannot even be written raw. A trailing `_` is free: no name of the schema ends in one.
const NEVER: &[&str] = &["self", "super", "crate", "Self"];

/// Whether a word is reserved in Rust, so that no crate can be called so.
pub(crate) fn is_reserved(word: &str) -> bool {
    RAW.binary_search(&word).is_ok() || NEVER.contains(&word)
}

/// A field or a module. `name` is snake_case by the rules of the language.
pub(super) fn snake(name: &str) -> String {
    if RAW.binary_search(&name).is_ok() {
        format!("r#{name}")
    } else {
        avoid(name.to_owned())
    }
}

/// The modules on a path, from the root of the crate.
pub(super) fn modules(path: &[String]) -> Vec<String> {
    // `mod.rs` is the file of the folder around it.
    let module = |part: &String| {
        if part == "mod" {
            "mod_".to_owned()
        } else {
            snake(part)
        }
    };
    let mut modules: Vec<_> = path.iter().map(module).collect();
    if let Some(first) = modules
        .first_mut()
        .filter(|first| matches!(first.as_str(), "lib" | "main"))
    {
        // `lib.rs` is the root itself, and rustc takes `main.rs` for a program's.
        first.push('_');
    }
    modules
}

/// A type, made of a name or a dotted path.
pub(super) fn camel(name: &str) -> String {
    avoid(to_upper_camel_case(name))
}

fn avoid(name: String) -> String {
    if NEVER.contains(&name.as_str()) {
        format!("{name}_")
    } else {
        name
    }
}

/// The variant for a value of an enum: none if casing leaves nothing that Rust can write.
pub(super) fn variant(wire: &str) -> Option<String> {
    if !wire.is_ascii() {
        return None;
    }
    let name = to_upper_camel_case(wire);
    match name.chars().next()? {
        first if first.is_ascii_digit() => Some(format!("_{name}")),
        _ => Some(avoid(name)),
    }
}

/// The variant for a value of an enum of a checked catalog.
pub(super) fn variant_of(value: &EnumValue) -> String {
    value
        .rust()
        .map(str::to_owned)
        .or_else(|| variant(&value.wire))
        .unwrap_or_default()
}

/// A type that was declared as such. PascalCase by the rules of the language.
pub(super) fn camel_type(name: &str) -> String {
    avoid(name.to_owned())
}

/// Whether a name that was given for Rust can be the name of a variant.
pub(super) fn is_variant(name: &str) -> bool {
    crate::syntax::is_pascal_case(name) && !NEVER.contains(&name)
}

/// Text as a string literal.
pub(super) fn literal(text: &str) -> String {
    format!("{text:?}")
}

/// Text as a raw string literal, with as many `#` as it takes.
pub(super) fn raw_literal(text: &str) -> String {
    // What rustc refuses in a raw literal: it would not look like what it is.
    let hidden = |c| matches!(c, '\r' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if text.contains(hidden) {
        return literal(text);
    }
    let mut hashes = String::new();
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_words_are_found_by_their_order() {
        assert!(RAW.is_sorted());
    }

    #[test]
    fn hard_names_have_a_form() {
        assert_eq!(snake("type"), "r#type");
        assert_eq!(snake("self"), "self_");
        assert_eq!(snake("gen"), "r#gen");
        assert_eq!(camel("self"), "Self_");
        assert_eq!(camel("backend.request.success"), "BackendRequestSuccess");
        assert_eq!(variant("text/html").as_deref(), Some("TextHtml"));
        assert_eq!(variant("4k").as_deref(), Some("_4k"));
        assert_eq!(variant("+"), None);
        assert_eq!(variant("été"), None);
    }

    #[test]
    fn text_never_becomes_code() {
        assert_eq!(literal("a\"b\\\n\u{202e}"), r#""a\"b\\\n\u{202e}""#);
        assert_eq!(raw_literal("a\"#b"), "r##\"a\"#b\"##");
    }
}
