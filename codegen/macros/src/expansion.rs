//! What every expansion shares: collected errors, and the path of the runtime.

use crate::input::Item;
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Path;

/// Errors, collected so that one run shows all of them.
#[derive(Default)]
pub(crate) struct Errors(Option<syn::Error>);

impl Errors {
    /// An error under all of these tokens.
    pub(crate) fn at(&mut self, tokens: impl ToTokens, message: impl std::fmt::Display) {
        self.push(syn::Error::new_spanned(tokens, message));
    }

    pub(crate) fn push(&mut self, error: syn::Error) {
        match &mut self.0 {
            Some(errors) => errors.combine(error),
            None => self.0 = Some(error),
        }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// The errors as items, one `compile_error!` each.
    pub(crate) fn into_items(self) -> TokenStream {
        self.0
            .map(|error| error.to_compile_error())
            .unwrap_or_default()
    }

    #[cfg(test)]
    pub(crate) fn messages(self) -> Vec<String> {
        self.0
            .into_iter()
            .flatten()
            .map(|error| error.to_string())
            .collect()
    }
}

/// `::eventc`, unless `#[event(crate = path)]` says otherwise.
pub(crate) fn runtime(path: Option<&Path>) -> TokenStream {
    match path {
        Some(path) => quote!(#path),
        None => quote!(::eventc),
    }
}

/// Reads what a derive stands on; tokens that are no item come out as the error.
pub(crate) fn item(
    input: TokenStream,
    expand: impl FnOnce(&Item, &mut Errors) -> TokenStream,
) -> TokenStream {
    let Some(input) = Item::read(input) else {
        let message = "expected a struct or an enum";
        return syn::Error::new(Span::call_site(), message).to_compile_error();
    };
    let mut errors = Errors::default();
    let mut output = expand(&input, &mut errors);
    if input.is_deprecated {
        output = allow_deprecated(output);
    }
    output.extend(errors.into_items());
    output
}

/// The attributes of the impls of an item: `[#[allow(deprecated)]]` where it or anything in it is deprecated.
pub(crate) fn allowed(input: &Item) -> Group {
    let allow = input.is_deprecated.then(|| quote!(#[allow(deprecated)]));
    Group::new(Delimiter::Bracket, quote!(#allow))
}

/// The same items, which may name what is deprecated: that is for the people who write it to read, and
/// they did not write these.
pub(crate) fn allow_deprecated(items: TokenStream) -> TokenStream {
    let mut output = TokenStream::new();
    for token in items {
        let is_mark = matches!(&token, TokenTree::Group(group) if group.stream().to_string() == "automatically_derived");
        output.extend([token]);
        if is_mark {
            output.extend(quote!(#[allow(deprecated)]));
        }
    }
    output
}

/// Rule: these types have no generic parameters, since each stands for one shape on the wire.
pub(crate) fn refuse_generics(input: &Item, derive: &str, errors: &mut Errors) {
    if !input.generics.is_empty() {
        errors.at(
            &input.generics,
            format_args!(
                "`derive({derive})` takes no generic parameters: one type is one shape on the wire"
            ),
        );
    }
}

/// "a" or "an" before the name of a type; `U` is said "you" more often than not.
pub(crate) fn article(name: &str) -> &'static str {
    if name.starts_with(['A', 'E', 'I', 'O', 'a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    }
}
