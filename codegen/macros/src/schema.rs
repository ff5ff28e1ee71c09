//! `schema!`: what is wrong with the schema, raised where an editor shows it.

use crate::docs::text;
use proc_macro2::{Span, TokenStream};
#[cfg(any(test, feature = "inline"))]
use quote::quote;
use quote::quote_spanned;
use syn::parse::{ParseStream, Parser};
use syn::{Ident, LitStr};

/// The file in `OUT_DIR` that `eventc-build` writes its diagnostics to.
const ERRORS: &str = "eventc-errors.txt";
/// What stands on a line of its own between two diagnostics.
const SEPARATOR: &str = "\u{1e}";

/// What stands between the parentheses.
enum Call {
    /// `schema!("schema")`: a folder that the build script compiles.
    Folder(LitStr),
    /// `schema!(include "folder")`
    Include(LitStr),
    /// `schema! { r#"…"# }`: the schema itself, which has newlines in it.
    Inline(LitStr),
}

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let errors = out_dir().and_then(|folder| std::fs::read_to_string(folder.join(ERRORS)).ok());
    match call.parse2(input) {
        Ok(Call::Folder(folder)) => raise(&errors.unwrap_or_default(), folder.span()),
        Ok(Call::Include(folder)) => include(&folder),
        Ok(Call::Inline(schema)) => inline(&schema),
        Err(error) => error.to_compile_error(),
    }
}

/// Where the build script of this crate wrote to; nothing where it has none or did not run.
fn out_dir() -> Option<std::path::PathBuf> {
    std::env::var_os("OUT_DIR").map(std::path::PathBuf::from)
}

fn call(input: ParseStream<'_>) -> syn::Result<Call> {
    const FORM: &str =
        "`schema!` takes the folder that the build script compiles, as in `schema!(\"schema\")`";
    if input.is_empty() {
        return Err(syn::Error::new(Span::call_site(), FORM));
    }
    let include = match input.parse::<Option<Ident>>()? {
        Some(word) if word == "include" => true,
        Some(word) => return Err(syn::Error::new(word.span(), FORM)),
        None => false,
    };
    let literal: LitStr = input
        .parse()
        .map_err(|error| syn::Error::new(error.span(), FORM))?;
    if !input.is_empty() {
        return Err(input.error(FORM));
    }
    Ok(match include {
        true => Call::Include(literal),
        false if literal.value().contains('\n') => Call::Inline(literal),
        false => Call::Folder(literal),
    })
}

/// One `compile_error!` for each diagnostic, under the literal: on any other token rustc would add
/// that the error originates in the macro.
fn raise(errors: &str, span: Span) -> TokenStream {
    diagnostics(errors)
        .map(|diagnostic| {
            let diagnostic = text(&without_level(diagnostic));
            quote_spanned!(span=> ::core::compile_error! { #diagnostic })
        })
        .collect()
}

/// The diagnostics of a file of them.
fn diagnostics(errors: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(errors);
    std::iter::from_fn(move || {
        let text = rest?;
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.len();
            if line.trim_end_matches(['\r', '\n']) == SEPARATOR {
                rest = text.get(end..);
                return text.get(..start);
            }
            start = end;
        }
        rest = None;
        Some(text)
    })
    .map(|diagnostic| diagnostic.trim_matches(['\r', '\n']))
    .filter(|diagnostic| !diagnostic.is_empty())
}

/// `error[E0401]: …` as `[E0401] …`: rustc writes `error: ` itself.
fn without_level(diagnostic: &str) -> String {
    let rest = diagnostic.strip_prefix("error").unwrap_or(diagnostic);
    match rest.strip_prefix(": ") {
        Some(message) => message.to_owned(),
        None => rest.replacen("]: ", "] ", 1),
    }
}

#[cfg(not(feature = "inline"))]
fn without_the_compiler(literal: &LitStr) -> TokenStream {
    let message = "the schema compiler is not built in: write `features = [\"inline\"]` at the dependency `eventc` in Cargo.toml\n\
                   (a crate whose build script compiles the schema needs no feature: `schema!(\"schema\")`)";
    syn::Error::new(literal.span(), message).to_compile_error()
}

#[cfg(not(feature = "inline"))]
fn include(folder: &LitStr) -> TokenStream {
    without_the_compiler(folder)
}

#[cfg(not(feature = "inline"))]
fn inline(schema: &LitStr) -> TokenStream {
    without_the_compiler(schema)
}

/// A folder of schema files, compiled right here.
#[cfg(feature = "inline")]
fn include(folder: &LitStr) -> TokenStream {
    let root = std::env::var_os("CARGO_MANIFEST_DIR")
        .map(std::path::PathBuf::from)
        .unwrap_or_default();
    let path = root.join(folder.value());
    if !path.is_dir() {
        let message = format!(
            "there is no folder `{}` beside the Cargo.toml of this crate",
            folder.value()
        );
        return syn::Error::new(folder.span(), message).to_compile_error();
    }
    let sources = match eventc_compiler::Sources::read(&path, &folder.value()) {
        Ok(sources) => sources.shown_below(&eventc_compiler::below_workspace(&root)),
        Err(error) => {
            let message = format!("the schema can't be read: {error}");
            return syn::Error::new(folder.span(), message).to_compile_error();
        }
    };
    // What rustc has included, it looks at again when it has changed.
    let files = sources
        .files()
        .iter()
        .map(|file| text(&root.join(&file.path).to_string_lossy()));
    let compiled = compile(&sources, folder.span(), &str::to_owned);
    quote!(#(const _: &[u8] = ::core::include_bytes!(#files);)* #compiled)
}

/// The name of a schema that stands in the source.
#[cfg(feature = "inline")]
const ROOT: &str = "catalog.yaml";

/// A schema that stands in the source. What is said about it names that source, where it is known.
#[cfg(feature = "inline")]
fn inline(schema: &LitStr) -> TokenStream {
    let place = place(schema);
    let lines_before = place.as_ref().map_or(0, |(_, line)| line.saturating_sub(1));
    let text = "\n".repeat(lines_before) + &schema.value();
    let sources = eventc_compiler::Sources::new("", [(ROOT.to_owned(), text.into_bytes())]);
    let name_source = |text: &str| match &place {
        Some((file, _)) => text
            .replace(&format!("--> {ROOT}:"), &format!("--> {file}:"))
            .replace(&format!("`{ROOT}:"), &format!("`{file}:")),
        None => text.to_owned(),
    };
    compile(&sources, schema.span(), &name_source)
}

/// The file and the line of a literal whose lines are those of the file: of a raw one.
#[cfg(feature = "inline")]
fn place(schema: &LitStr) -> Option<(String, usize)> {
    let is_raw = schema.token().to_string().starts_with('r');
    if !is_raw || !proc_macro::is_available() {
        return None;
    }
    let span = schema.span().unwrap();
    let file = span.file();
    // an editor may know the tokens, and not where they stand
    (file.ends_with(".rs")).then(|| (file, span.line()))
}

/// The types that schema files describe, or one `compile_error!` for each diagnostic. Both cite places
/// in those files, which `name_source` may word in another way.
#[cfg(feature = "inline")]
fn compile(
    sources: &eventc_compiler::Sources,
    span: Span,
    name_source: &dyn Fn(&str) -> String,
) -> TokenStream {
    use eventc_compiler::{Style, compile, emit_inline, render};

    let compilation = compile(sources);
    let Some(catalog) = &compilation.catalog else {
        let (first, others) = compilation.first_errors();
        let mut errors: Vec<_> = first
            .map(|diagnostic| name_source(&render(diagnostic, sources, Style::Plain)))
            .collect();
        if others > 0 {
            errors.push(format!("and {others} more problems in the schema"));
        }
        return raise(&errors.join(&format!("\n{SEPARATOR}\n")), span);
    };
    match name_source(&emit_inline(catalog, sources)).parse() {
        Ok(items) => items,
        Err(error) => {
            let message =
                format!("the generated code can't be read, which is a bug of eventc: {error}");
            syn::Error::new(span, message).to_compile_error()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_diagnostics() {
        let file = "error[E0101]: one\n --> a.yaml:1:1\n\u{1e}\nerror: two\r\n\u{1e}\r\n\n";
        let found: Vec<String> = diagnostics(file).map(without_level).collect();
        assert_eq!(found, ["[E0101] one\n --> a.yaml:1:1", "two"]);
        assert_eq!(diagnostics("").count(), 0);
    }

    #[test]
    fn raises_each() {
        let output = raise("a\n\u{1e}\nb", Span::call_site()).to_string();
        assert_eq!(output.matches("compile_error").count(), 2);
    }

    #[test]
    fn says_nothing_without_a_build_script() {
        assert!(expand(quote!("schema")).is_empty());
    }

    #[test]
    fn refuses_what_is_no_folder() {
        for input in [quote!(), quote!(schema), quote!("schema" "x"), quote!(12)] {
            assert!(expand(input).to_string().contains("takes the folder"));
        }
    }

    #[cfg(not(feature = "inline"))]
    #[test]
    fn asks_for_the_feature() {
        for input in [quote!(include "schema"), quote!("catalog: a\n")] {
            assert!(expand(input).to_string().contains("features = "));
        }
    }
}
