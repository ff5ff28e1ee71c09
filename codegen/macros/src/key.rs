//! `key!`: a newtype's value from a literal, checked when the program is compiled.
//!
//! The value becomes a `const` item: `cargo check` evaluates that, but no inline `const {}` block.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::{Expr, Path, UnOp};

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    match call.parse2(input) {
        Ok((path, value)) => {
            // The user's own tokens all along: rustc then points at the literal, and not into this macro.
            let span = path_span(&path);
            let literal = Ident::new("__literal", span);
            let of = quote_spanned!(span=> ::#literal);
            quote!({ const __KEY: #path = #path #of #value; __KEY })
        }
        Err(error) => error.to_compile_error(),
    }
}

fn path_span(path: &Path) -> Span {
    path.segments
        .last()
        .map_or_else(Span::call_site, |segment| segment.ident.span())
}

/// `path::To(literal)`
fn call(input: ParseStream<'_>) -> syn::Result<(Path, Group)> {
    const FORM: &str = "`key!` takes a newtype and its literal, as in `key!(UserId(\"anna\"))`";
    if input.is_empty() {
        return Err(syn::Error::new(Span::call_site(), FORM));
    }
    let path = input
        .call(Path::parse_mod_style)
        .map_err(|error| syn::Error::new(error.span(), FORM))?;
    let Ok(TokenTree::Group(value)) = input.parse::<TokenTree>() else {
        return Err(syn::Error::new_spanned(&path, FORM));
    };
    if value.delimiter() != Delimiter::Parenthesis || !input.is_empty() {
        return Err(syn::Error::new_spanned(&path, FORM));
    }
    if value.stream().is_empty() {
        return Err(syn::Error::new_spanned(&path, FORM));
    }
    require_constant(&path, &value)?;
    Ok((path, value))
}

/// Rule: what is only known when the program runs can't be checked before.
fn require_constant(path: &Path, value: &Group) -> syn::Result<()> {
    let expression: Expr = syn::parse2(value.stream())?;
    if is_constant(&expression) {
        return Ok(());
    }
    let written = path.to_token_stream().to_string().replace(' ', "");
    Err(syn::Error::new_spanned(
        expression,
        format_args!(
            "`key!` checks its value when the program is compiled, so it takes a literal\n\
             for one that comes up at run time write `{written}::try_from(…)?`"
        ),
    ))
}

fn is_constant(expression: &Expr) -> bool {
    match expression {
        Expr::Lit(_) => true,
        Expr::Unary(unary) => matches!(unary.op, UnOp::Neg(_)) && is_constant(&unary.expr),
        Expr::Group(group) => is_constant(&group.expr),
        Expr::Paren(group) => is_constant(&group.expr),
        // `concat!("a", "b")`, `env!("…")`
        Expr::Macro(_) => true,
        // A constant, by its name.
        Expr::Path(path) => path.path.segments.last().is_some_and(|segment| {
            !segment
                .ident
                .to_string()
                .contains(|letter: char| letter.is_lowercase())
        }),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expanded(input: TokenStream) -> String {
        expand(input).to_string()
    }

    #[test]
    fn becomes_a_constant() {
        assert_eq!(
            expanded(quote!(path::Percent(-3))),
            "{ const __KEY : path :: Percent = path :: Percent :: __literal (- 3) ; __KEY }"
        );
        assert!(!expanded(quote!(TenantId(SYSTEM))).contains("compile_error"));
    }

    #[test]
    fn refuses_what_is_not_known_yet() {
        assert!(expanded(quote!(TenantId(id))).contains("TenantId::try_from"));
        assert!(expanded(quote!(TenantId(&id))).contains("compile_error"));
        assert!(expanded(quote!(TenantId(header.get("x")))).contains("compile_error"));
    }

    #[test]
    fn survives_half_typed_input() {
        for input in [
            quote!(),
            quote!(TenantId),
            quote!(TenantId()),
            quote!(TenantId {}),
            quote!("x"),
            quote!(a::),
        ] {
            assert!(expanded(input).contains("`key!` takes"));
        }
    }
}
