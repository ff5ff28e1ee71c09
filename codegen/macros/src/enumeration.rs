//! `derive(Enum)`: an enum of unit variants, text on the wire.

use crate::attributes::{entries, list, refuse_serde};
use crate::docs::text;
use crate::expansion::{Errors, allowed, article, item, refuse_generics, runtime};
use crate::input::{Body, Fields, Item, Variant};
use crate::record::runtime_path;
use crate::wire::{self, Named};
use proc_macro2::TokenStream;
use quote::{TokenStreamExt, quote};
use syn::Ident;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

fn expand(input: &Item, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Enum", errors);
    refuse_serde(&input.attributes, errors);
    let path = runtime_path(input, "an enum", &["crate"], errors);
    let eventc = &runtime(path.as_ref());
    let (known, open) = variants(input, errors);
    wire::refuse_equal_names(&known, errors);
    let (ident, visibility, allowed) = (&input.ident, &input.visibility, allowed(input));
    let (name, expected) = (text(&ident.to_string()), text(&expected(ident, &known)));
    let mut values = TokenStream::new();
    for variant in &known {
        values.append(variant.ident.clone());
        values.append(text(&variant.wire));
    }
    quote!(#eventc::__enum! { #allowed [#visibility] #ident #name #expected [#values] #open })
}

/// The known values, and the variant for those that are not.
fn variants<'a>(input: &'a Item, errors: &mut Errors) -> (Vec<Named<'a>>, Option<&'a Ident>) {
    let Body::Enum(all) = &input.body else {
        errors.at(
            &input.ident,
            "`derive(Enum)` is for an enum of values without fields",
        );
        return (Vec::new(), None);
    };
    let mut known = Vec::new();
    let mut open = None;
    for variant in all {
        refuse_serde(&variant.attributes, errors);
        match read(variant, errors) {
            Read::Known(named) => known.push(named),
            Read::Unrecognized if open.is_some() => {
                errors.at(
                    &variant.ident,
                    "one variant is enough for values that this build does not know",
                );
            }
            Read::Unrecognized => open = Some(&variant.ident),
            Read::Refused => {}
        }
    }
    if known.is_empty() && errors.is_empty() {
        errors.at(&input.ident, "an enum has at least one value");
    }
    (known, open)
}

enum Read<'a> {
    Known(Named<'a>),
    Unrecognized,
    Refused,
}

fn read<'a>(variant: &'a Variant, errors: &mut Errors) -> Read<'a> {
    let mut wire = None;
    let mut is_unrecognized = false;
    for entry in entries(&variant.attributes, errors) {
        match entry.key.to_string().as_str() {
            "wire" => wire = entry.text(errors),
            "unrecognized" => is_unrecognized = entry.word(errors),
            _ => entry.unknown("a value of an enum", &["wire", "unrecognized"], errors),
        }
    }
    match (&variant.fields, is_unrecognized) {
        (Fields::Unit, false) => Read::Known(Named::new(&variant.ident, wire)),
        (Fields::Unnamed(fields, _), true) if fields.len() == 1 => Read::Unrecognized,
        (_, true) => {
            errors.at(
                &variant.ident,
                "the variant for values that this build does not know holds their text: `Unrecognized(Unrecognized)`",
            );
            Read::Refused
        }
        (_, false) => {
            errors.at(
                &variant.ident,
                "a value of an enum holds nothing; an enum whose variants hold something is made by `derive(Union)`",
            );
            Read::Refused
        }
    }
}

/// "a `Platform` (`web` or `ios`)"
fn expected(ident: &Ident, known: &[Named<'_>]) -> String {
    const SHOWN: usize = 8;
    let name = ident.to_string();
    let wires: Vec<&str> = known.iter().map(|variant| variant.wire.as_str()).collect();
    let values = if wires.len() > SHOWN {
        let first: Vec<String> = wires
            .iter()
            .take(SHOWN)
            .map(|wire| format!("`{wire}`"))
            .collect();
        format!("{} and {} more", first.join(", "), wires.len() - SHOWN)
    } else {
        list(&wires).replace(" and ", " or ")
    };
    format!("{} `{name}` ({values})", article(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn messages(input: TokenStream) -> Vec<String> {
        let input = Item::read(input).unwrap();
        let mut errors = Errors::default();
        expand(&input, &mut errors);
        errors.messages()
    }

    #[test]
    fn reads_closed_and_open_enums() {
        let closed = derive(quote!(
            pub enum Platform {
                #[event(wire = "web")]
                Web,
                IosApp,
            }
        ))
        .to_string();
        assert!(closed.contains("IosApp \"ios_app\""), "{closed}");
        assert!(
            closed.contains("a `Platform` (`web` or `ios_app`)"),
            "{closed}"
        );
        let open = derive(quote! {
            pub enum Browser { Firefox, #[event(unrecognized)] Unrecognized(Unrecognized) }
        })
        .to_string();
        assert!(open.contains("] Unrecognized"), "{open}");
        assert!(!open.contains("compile_error"), "{open}");
    }

    #[test]
    fn reports_all_mistakes_at_once() {
        let found = messages(quote! {
            enum A {
                #[event(wrie = "b")] B,
                C(u8),
                #[event(wire = "b")] D,
                #[event(unrecognized)] E,
                #[event(unrecognized)] F(Unrecognized),
                #[event(unrecognized)] G(Unrecognized),
            }
        });
        assert_eq!(found.len(), 5, "{found:#?}");
        assert_eq!(
            messages(quote!(
                struct A {
                    b: u8,
                }
            ))
            .len(),
            1
        );
        assert_eq!(
            messages(quote!(
                enum A {}
            )),
            ["an enum has at least one value"]
        );
    }
}
