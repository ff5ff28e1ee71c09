//! `derive(Newtype)`: a struct around one value, which it checks.

mod rules;

use crate::attributes::refuse_serde;
use crate::expansion::{Errors, allowed, item, refuse_generics, runtime};
use crate::impls;
use crate::input::{Body, Fields, Item, Type};
use crate::shape::{Shape, argument};
use proc_macro2::Ident;
use proc_macro2::TokenStream;
use quote::quote;
use rules::Rules;

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

/// A newtype as far as it could be read.
struct Newtype<'a> {
    eventc: &'a TokenStream,
    ident: &'a Ident,
    visibility: &'a TokenStream,
    inner: &'a Type,
    shape: Shape,
    rules: &'a Rules,
}

fn expand(input: &Item, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Newtype", errors);
    refuse_serde(&input.attributes, errors);
    let Some(inner) = inner(input, errors) else {
        return TokenStream::new();
    };
    let shape = Shape::of(inner);
    refuse_inner(inner, shape, errors);
    let rules = Rules::read(input, shape, errors);
    let eventc = &runtime(rules.eventc.as_ref());
    let newtype = Newtype {
        eventc,
        ident: &input.ident,
        visibility: &input.visibility,
        inner,
        shape,
        rules: &rules,
    };
    let formats = impls::value_formats(
        eventc,
        &allowed(input),
        newtype.ident,
        quote!(#eventc::__private::newtype_debug(self, f)),
    );
    [
        newtype.core(),
        newtype.conversions(),
        newtype.text(),
        newtype.literal(),
        newtype.places(),
        formats,
    ]
    .into_iter()
    .collect()
}

/// Rule: a newtype holds one value, without a name.
fn inner<'a>(input: &'a Item, errors: &mut Errors) -> Option<&'a Type> {
    if let Body::Struct(Fields::Unnamed(fields, _)) = &input.body
        && let [field] = fields.as_slice()
    {
        refuse_serde(&field.attributes, errors);
        if let Some(attribute) = field.attributes.event.first() {
            errors.at(attribute, "the rules of a newtype stand above the struct");
        }
        return Some(&field.ty);
    }
    errors.at(
        &input.ident,
        format_args!(
            "a newtype is a struct around one value: `struct {}(Uuid);`",
            input.ident
        ),
    );
    None
}

/// Rule: what may be missing, or has a better form, is not what a newtype holds.
fn refuse_inner(inner: &Type, shape: Shape, errors: &mut Errors) {
    let message = match shape {
        Shape::Option => {
            "a newtype can't hold an `Option`: make the field optional where the newtype is used"
        }
        Shape::String => {
            "a newtype of text holds `Text`, which clones without copying and can be a constant"
        }
        Shape::Boxed => "a newtype can't hold a `Box`: write the type itself",
        _ => return,
    };
    errors.at(inner, message);
}

impl Newtype<'_> {
    /// Whether there are values of the inner type that it refuses.
    fn is_checked(&self) -> bool {
        self.shape == Shape::Uuid || self.rules.has_any()
    }

    /// `Newtype`, `Value`, and `get`.
    fn core(&self) -> TokenStream {
        let Newtype {
            eventc,
            ident,
            visibility,
            inner,
            ..
        } = self;
        let rules = self.rules.constant(eventc, ident, self.shape);
        let get = if self.is_copy() {
            quote!(#visibility const fn get(&self) -> #inner { self.0 })
        } else {
            quote!(#visibility const fn get(&self) -> &#inner { &self.0 })
        };
        quote! {
            #[automatically_derived]
            impl #eventc::Newtype for #ident {
                type Inner = #inner;
                const RULES: &'static #eventc::Rules = &#rules;
                #[inline]
                fn wrap(inner: #eventc::Accepted<#inner>) -> Self { Self(inner.get()) }
                #[inline]
                fn inner(&self) -> &#inner { &self.0 }
            }
            #[automatically_derived]
            impl #eventc::Value for #ident {
                const EXPECTED: &'static str = <#inner as #eventc::Value>::EXPECTED;
                #[inline]
                fn get(&self) -> #eventc::ValueRef<'_> { #eventc::__private::newtype_get(self) }
                #[inline]
                fn read(node: #eventc::Node<'_>) -> ::core::result::Result<Self, #eventc::Refusal> {
                    #eventc::__private::newtype_read(node)
                }
            }
            #[automatically_derived]
            impl #ident {
                /// The value.
                #[must_use]
                #get
            }
        }
    }

    /// `TryFrom` of the inner type, or `From` where every value will do.
    fn conversions(&self) -> TokenStream {
        let Newtype { eventc, inner, .. } = self;
        let mut from = self.conversion(&quote!(#inner), &quote!(value));
        if self.shape == Shape::Text {
            let value = quote!(<#inner as ::core::convert::From<_>>::from(value));
            from.extend(self.conversion(&quote!(&str), &value));
            from.extend(self.conversion(&quote!(::std::string::String), &value));
        }
        if self.shape == Shape::Key
            && let Some(held) = argument(inner)
            && !self.is_checked()
        {
            // Of a `Key<u64>` any number will do; of a `Key<Timestamp>` not any time.
            if matches!(
                Shape::of(&held),
                Shape::Integer | Shape::Bool | Shape::Decimal | Shape::Ip
            ) {
                from.extend(self.conversion(&quote!(#held), &quote!(#eventc::Key::from(value))));
            }
        }
        from
    }

    fn conversion(&self, source: &TokenStream, value: &TokenStream) -> TokenStream {
        let Newtype { eventc, ident, .. } = self;
        if self.is_checked() {
            quote! {
                #[automatically_derived]
                impl ::core::convert::TryFrom<#source> for #ident {
                    type Error = #eventc::Invalid;
                    #[inline]
                    fn try_from(value: #source) -> ::core::result::Result<Self, #eventc::Invalid> {
                        #eventc::__private::newtype_new(#value)
                    }
                }
            }
        } else {
            quote! {
                #[automatically_derived]
                impl ::core::convert::From<#source> for #ident {
                    #[inline]
                    fn from(value: #source) -> Self { Self(#value) }
                }
            }
        }
    }

    /// `Display`, `FromStr`, and what a newtype of text has beside.
    fn text(&self) -> TokenStream {
        let Newtype {
            eventc,
            ident,
            visibility,
            ..
        } = self;
        if matches!(
            self.shape,
            Shape::Bytes | Shape::Json | Shape::List | Shape::Map | Shape::Named
        ) {
            return TokenStream::new();
        }
        let sensitive = self.rules.is_sensitive();
        let as_text = (self.shape == Shape::Text).then(|| {
            quote! {
                #[automatically_derived]
                impl #ident {
                    /// The text.
                    #[must_use]
                    #visibility fn as_str(&self) -> &str { self.0.as_str() }
                }
                #[automatically_derived]
                impl ::core::convert::AsRef<str> for #ident {
                    #[inline]
                    fn as_ref(&self) -> &str { self.0.as_str() }
                }
                #[automatically_derived]
                impl #eventc::MapKey for #ident {
                    const SENSITIVE: bool = #sensitive;
                    #[inline]
                    fn map_key(&self) -> &str { self.0.as_str() }
                    #[inline]
                    fn from_map_key(text: &str) -> ::core::result::Result<Self, #eventc::Refusal> {
                        #eventc::Value::read(#eventc::Node::Str(::std::borrow::Cow::Borrowed(text)))
                    }
                }
            }
        });
        quote! {
            #[automatically_derived]
            impl ::core::fmt::Display for #ident {
                #[inline]
                fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                    ::core::fmt::Display::fmt(&self.0, f)
                }
            }
            #[automatically_derived]
            impl ::core::str::FromStr for #ident {
                type Err = #eventc::Invalid;
                #[inline]
                fn from_str(text: &str) -> ::core::result::Result<Self, #eventc::Invalid> {
                    #eventc::__private::newtype_parse(text)
                }
            }
            #as_text
        }
    }

    /// `literal`, which `key!` calls in a constant: what it refuses does not compile.
    fn literal(&self) -> TokenStream {
        let Newtype {
            eventc,
            ident,
            visibility,
            inner,
            ..
        } = self;
        let rules = quote!(<Self as #eventc::Newtype>::RULES);
        let text = quote!(&'static str);
        let (argument, body) = match self.shape {
            Shape::Text => (
                text,
                quote!(Self(#eventc::__private::literal_text(value, #rules))),
            ),
            Shape::Uuid => (
                text,
                quote!(Self(#eventc::__private::literal_uuid(value, #rules))),
            ),
            Shape::Decimal => (
                text,
                quote!(Self(#eventc::__private::literal_decimal(value, #rules))),
            ),
            Shape::Date => (
                text,
                quote!(Self(#eventc::__private::literal_date(value, #rules))),
            ),
            Shape::Timestamp => (
                text,
                quote!(Self(#eventc::__private::literal_timestamp(value, #rules))),
            ),
            Shape::Integer => (
                quote!(#inner),
                quote!(#eventc::__private::literal_integer(value as i128, #rules); Self(value)),
            ),
            Shape::Float => (
                quote!(#inner),
                quote!(#eventc::__private::literal_float(value as f64, ::core::mem::size_of_val(&value) == 4, #rules); Self(value)),
            ),
            Shape::Bool => (quote!(#inner), quote!(Self(value))),
            _ => return TokenStream::new(),
        };
        quote! {
            #[automatically_derived]
            impl #ident {
                /// What `key!` calls in a `const` item, where a panic is an error of the compiler's.
                /// Hidden, since anywhere else it is one at run time.
                #[doc(hidden)]
                #[must_use]
                #[track_caller]
                #visibility const fn __literal(value: #argument) -> Self { #body }
            }
        }
    }

    /// What makes it stand in a partition, a key or an id, and be filled in.
    fn places(&self) -> TokenStream {
        let Newtype {
            eventc,
            ident,
            inner,
            rules,
            ..
        } = self;
        let mut places = TokenStream::new();
        let held = argument(inner).map_or(Shape::Named, |held| Shape::of(&held));
        let is_key = match self.shape {
            Shape::Text => rules.refuses_empty(),
            Shape::Uuid
            | Shape::Key
            | Shape::Integer
            | Shape::Bool
            | Shape::Decimal
            | Shape::Ip => true,
            Shape::Date | Shape::Timestamp => rules.key.is_some(),
            _ => false,
        };
        if is_key {
            places.extend(quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl #eventc::PartitionKey for #ident {}
            });
        }
        let has_hash = match self.shape {
            Shape::Key => matches!(
                held,
                Shape::Uuid | Shape::Integer | Shape::Date | Shape::Timestamp
            ),
            Shape::Text | Shape::Uuid | Shape::Integer | Shape::Date | Shape::Timestamp => is_key,
            _ => false,
        };
        if has_hash {
            places.extend(quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl #eventc::BucketKey for #ident {
                    #[inline]
                    fn bucket_hash(&self) -> u32 { #eventc::__private::Hashed::hash(&self.0) }
                }
            });
        }
        let (time, value) = match self.shape {
            Shape::Key => (held, quote!(self.0.get())),
            shape => (shape, quote!(self.0)),
        };
        if is_key && matches!(time, Shape::Date | Shape::Timestamp) {
            let date = if time == Shape::Date {
                value.clone()
            } else {
                quote!(#value.date())
            };
            places.extend(quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl #eventc::TimeKey for #ident {
                    #[inline]
                    fn date(&self) -> #eventc::Date { #date }
                }
            });
        }
        if is_key && time == Shape::Timestamp {
            places.extend(quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                impl #eventc::HourKey for #ident {
                    #[inline]
                    fn timestamp(&self) -> #eventc::Timestamp { #value }
                }
            });
        }
        if matches!(time, Shape::Uuid | Shape::Date | Shape::Timestamp) {
            // A bare time may be out of a key's years when the clock is off; that of a `Key` never is.
            let fill = if rules.key.is_some() && self.shape != Shape::Key {
                quote!(<#eventc::Key<#inner> as #eventc::Fill>::fill().get())
            } else {
                quote!(#eventc::Fill::fill())
            };
            places.extend(quote! {
                #[automatically_derived]
                impl #eventc::Fill for #ident {
                    fn fill() -> Self { Self(#fill) }
                }
            });
        }
        places
    }

    fn is_copy(&self) -> bool {
        matches!(
            self.shape,
            Shape::Bool
                | Shape::Integer
                | Shape::Float
                | Shape::Decimal
                | Shape::Uuid
                | Shape::Date
                | Shape::Timestamp
                | Shape::Ip
                | Shape::Key
        )
    }
}

#[cfg(test)]
mod tests;
