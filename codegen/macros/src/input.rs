//! What a derive stands on, read in one walk over its tokens.
//!
//! rustc has already parsed the item, so nothing in it can be out of place, and a derive needs little of it. `syn` would
//! build the whole tree, doc comments and all, in an unoptimised build, for every type of a catalog: more work than all else
//! that the derives do.

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Ident, Punct, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};

/// A struct, an enum or a union.
pub(crate) struct Item {
    pub(crate) attributes: Attributes,
    pub(crate) visibility: TokenStream,
    pub(crate) ident: Ident,
    /// What stands between `<` and `>` behind the name.
    pub(crate) generics: TokenStream,
    pub(crate) body: Body,
    /// Whether it or anything in it is deprecated.
    pub(crate) is_deprecated: bool,
}

pub(crate) enum Body {
    Struct(Fields),
    Enum(Vec<Variant>),
    Union,
}

pub(crate) enum Fields {
    Named(Vec<Field>),
    /// The fields, and all of them with their parentheses.
    Unnamed(Vec<Field>, Group),
    Unit,
}

pub(crate) struct Field {
    pub(crate) attributes: Attributes,
    /// None in parentheses.
    pub(crate) ident: Option<Ident>,
    pub(crate) ty: Type,
}

pub(crate) struct Variant {
    pub(crate) attributes: Attributes,
    pub(crate) ident: Ident,
    pub(crate) fields: Fields,
}

/// The attributes that a derive looks at; all others are somebody else's.
#[derive(Default)]
pub(crate) struct Attributes {
    /// `#[event(…)]`
    pub(crate) event: Vec<Attribute>,
    /// `#[serde(…)]`
    pub(crate) serde: Vec<Attribute>,
    /// Doc comments, each `#[doc = "…"]`.
    pub(crate) docs: Vec<TokenTree>,
}

/// One attribute.
#[derive(Clone)]
pub(crate) struct Attribute {
    hash: Punct,
    body: Group,
    /// What stands in its parentheses, with them.
    pub(crate) list: Option<Group>,
}

impl ToTokens for Attribute {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(self.hash.clone());
        tokens.append(self.body.clone());
    }
}

/// A type, as its tokens.
#[derive(Clone)]
pub(crate) struct Type(pub(crate) Vec<TokenTree>);

impl ToTokens for Type {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        for token in &self.0 {
            tokens.append(token.clone());
        }
    }
}

impl Item {
    /// Reads the item; nothing if it is none, which rustc has seen to.
    pub(crate) fn read(input: TokenStream) -> Option<Item> {
        let mut tokens = Tokens::of(input);
        let attributes = tokens.attributes();
        let visibility = tokens.visibility();
        // `union` is no keyword, and stands where the others do.
        let word = loop {
            let word = tokens.ident()?.to_string();
            if matches!(word.as_str(), "struct" | "enum" | "union") {
                break word;
            }
        };
        let ident = tokens.ident()?;
        let generics = tokens.generics();
        let fields = tokens.fields();
        let body = match (word.as_str(), fields) {
            ("struct", fields) => Body::Struct(fields.read(&mut tokens)),
            ("enum", Between::Braces(group)) => Body::Enum(variants(group, &mut tokens)),
            _ => Body::Union,
        };
        Some(Item {
            attributes,
            visibility,
            ident,
            generics,
            body,
            is_deprecated: tokens.is_deprecated,
        })
    }
}

/// What stands behind the name, before it is read.
enum Between {
    Braces(Group),
    Parentheses(Group),
    Nothing,
}

impl Between {
    fn read(self, outer: &mut Tokens) -> Fields {
        let (group, is_named) = match self {
            Between::Braces(group) => (group, true),
            Between::Parentheses(group) => (group, false),
            Between::Nothing => return Fields::Unit,
        };
        let mut tokens = Tokens::of(group.stream());
        let mut fields = Vec::new();
        while tokens.next.is_some() {
            let attributes = tokens.attributes();
            tokens.visibility();
            let ident = if is_named { tokens.ident() } else { None };
            if is_named {
                // the colon
                tokens.bump();
            }
            let ty = tokens.ty();
            fields.push(Field {
                attributes,
                ident,
                ty,
            });
        }
        outer.is_deprecated |= tokens.is_deprecated;
        if is_named {
            Fields::Named(fields)
        } else {
            Fields::Unnamed(fields, group)
        }
    }
}

fn variants(group: Group, outer: &mut Tokens) -> Vec<Variant> {
    let mut tokens = Tokens::of(group.stream());
    let mut variants = Vec::new();
    while tokens.next.is_some() {
        let attributes = tokens.attributes();
        tokens.visibility();
        let Some(ident) = tokens.ident() else { break };
        let fields = tokens.fields().read(&mut tokens);
        // a discriminant is of no interest, and the comma behind it ends the variant
        tokens.ty();
        variants.push(Variant {
            attributes,
            ident,
            fields,
        });
    }
    outer.is_deprecated |= tokens.is_deprecated;
    variants
}

/// Tokens, and the next of them.
struct Tokens {
    rest: IntoIter,
    next: Option<TokenTree>,
    is_deprecated: bool,
}

impl Tokens {
    fn of(stream: TokenStream) -> Self {
        let mut rest = stream.into_iter();
        let next = rest.next();
        Tokens {
            rest,
            next,
            is_deprecated: false,
        }
    }

    fn bump(&mut self) -> Option<TokenTree> {
        let rest = self.rest.next();
        std::mem::replace(&mut self.next, rest)
    }

    fn is_punct(&self, character: char) -> bool {
        matches!(&self.next, Some(TokenTree::Punct(punct)) if punct.as_char() == character)
    }

    /// The next token, if it is a name; it is passed over in any case.
    fn ident(&mut self) -> Option<Ident> {
        match self.bump() {
            Some(TokenTree::Ident(ident)) => Some(ident),
            // what comes out of a `macro_rules!` may stand in a group that nobody sees
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                Tokens::of(group.stream()).ident()
            }
            _ => None,
        }
    }

    fn group(&mut self, delimiter: Delimiter) -> Option<Group> {
        match &self.next {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => {
                let group = group.clone();
                self.bump();
                Some(group)
            }
            _ => None,
        }
    }

    fn attributes(&mut self) -> Attributes {
        let mut attributes = Attributes::default();
        while self.is_punct('#') {
            let Some(TokenTree::Punct(hash)) = self.bump() else {
                break;
            };
            let Some(body) = self.group(Delimiter::Bracket) else {
                break;
            };
            let mut inside = Tokens::of(body.stream());
            let Some(name) = inside.ident() else { continue };
            match name.to_string().as_str() {
                "doc" => {
                    attributes.docs.push(hash.into());
                    attributes.docs.push(body.into());
                }
                "deprecated" => self.is_deprecated = true,
                name @ ("event" | "serde") => {
                    let list = inside.group(Delimiter::Parenthesis);
                    let attribute = Attribute { hash, body, list };
                    if name == "event" {
                        attributes.event.push(attribute);
                    } else {
                        attributes.serde.push(attribute);
                    }
                }
                _ => {}
            }
        }
        attributes
    }

    /// `pub`, `pub(crate)` or nothing.
    fn visibility(&mut self) -> TokenStream {
        let mut visibility = TokenStream::new();
        match &self.next {
            Some(TokenTree::Ident(ident)) if ident == "pub" => {
                visibility.extend(self.bump());
                // the parentheses of a tuple's field may stand there, too, but then those of `pub` are a known word
                if let Some(TokenTree::Group(group)) = &self.next
                    && group.delimiter() == Delimiter::Parenthesis
                    && restricts(group)
                {
                    visibility.extend(self.bump());
                }
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => {
                let mut inside = Tokens::of(group.stream());
                let written = inside.visibility();
                if inside.next.is_none() && (!written.is_empty() || group.stream().is_empty()) {
                    self.bump();
                    return written;
                }
            }
            _ => {}
        }
        visibility
    }

    /// `<…>`; a `where` clause behind it is passed over.
    fn generics(&mut self) -> TokenStream {
        let mut generics = TokenStream::new();
        let mut depth = 0_usize;
        loop {
            let was_inside = depth > 0;
            match &self.next {
                None => break,
                Some(TokenTree::Group(_)) if depth == 0 => break,
                Some(TokenTree::Punct(punct)) => match punct.as_char() {
                    ';' if depth == 0 => break,
                    '<' => depth += 1,
                    '>' => depth = depth.saturating_sub(1),
                    _ => {}
                },
                _ => {}
            }
            let token = self.bump();
            if was_inside || depth > 0 {
                generics.extend(token);
            }
        }
        generics
    }

    fn fields(&mut self) -> Between {
        if let Some(group) = self.group(Delimiter::Brace) {
            Between::Braces(group)
        } else if let Some(group) = self.group(Delimiter::Parenthesis) {
            Between::Parentheses(group)
        } else {
            Between::Nothing
        }
    }

    /// The tokens up to the next comma outside of `<` and `>`, which is passed over.
    fn ty(&mut self) -> Type {
        let mut tokens = Vec::new();
        let mut depth = 0_usize;
        let mut before = ' ';
        while let Some(token) = self.bump() {
            let mut character = ' ';
            if let TokenTree::Punct(punct) = &token {
                character = punct.as_char();
                match character {
                    ',' if depth == 0 => break,
                    '<' => depth += 1,
                    // `->` closes nothing
                    '>' if before != '-' => depth = depth.saturating_sub(1),
                    _ => {}
                }
            }
            before = character;
            tokens.push(token);
        }
        Type(tokens).ungrouped()
    }
}

/// Whether the parentheses belong to `pub`: `(crate)`, `(super)`, `(self)`, `(in path)`.
fn restricts(group: &Group) -> bool {
    match group.stream().into_iter().next() {
        Some(TokenTree::Ident(ident)) => {
            ident == "crate" || ident == "super" || ident == "self" || ident == "in"
        }
        _ => false,
    }
}

impl Type {
    /// A type that came through a `macro_rules!` fragment is wrapped in an invisible group.
    fn ungrouped(self) -> Type {
        match self.0.as_slice() {
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
                Type(group.stream().into_iter().collect()).ungrouped()
            }
            _ => self,
        }
    }

    /// The type among the tokens up to the first comma: an argument of another type.
    pub(crate) fn first(tokens: &[TokenTree]) -> Type {
        let stream: TokenStream = tokens.iter().cloned().collect();
        Tokens::of(stream).ty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use quote::quote;

    fn read(input: TokenStream) -> Item {
        Item::read(input).unwrap()
    }

    #[test]
    fn reads_a_struct() {
        let item = read(quote! {
            /// Something.
            #[event(name = "a")]
            #[rustfmt::skip]
            pub(crate) struct A<'a, T: Into<Vec<u8>>> where T: Copy {
                /// A field.
                /// Of two lines.
                #[event(wire = "x")]
                pub(in crate::a) b: Option<BTreeMap<String, Vec<u8>>>,
                #[deprecated] r#type: fn(u8, u8) -> Vec<u8>,
            }
        });
        assert_eq!(item.ident, "A");
        assert_eq!(item.visibility.to_string(), "pub (crate)");
        assert!(item.generics.to_string().starts_with("< 'a , T"));
        assert_eq!(item.attributes.event.len(), 1);
        assert!(item.is_deprecated);
        let Body::Struct(Fields::Named(fields)) = item.body else {
            panic!("a struct with named fields");
        };
        let fields: Vec<_> = fields
            .iter()
            .map(|field| {
                (
                    field.ident.as_ref().unwrap().to_string(),
                    field.ty.to_token_stream().to_string(),
                    field.attributes.event.len(),
                    field.attributes.docs.len(),
                )
            })
            .collect();
        let expected = [
            ("b", "Option < BTreeMap < String , Vec < u8 >> >", 1, 4),
            ("r#type", "fn (u8 , u8) -> Vec < u8 >", 0, 0),
        ]
        .map(|(name, ty, event, docs)| (name.to_owned(), ty.to_owned(), event, docs));
        assert_eq!(fields, expected);
    }

    #[test]
    fn reads_tuples_and_nothing() {
        let item = read(quote!(
            pub struct A(pub (u8, u8), pub(crate) Vec<u8>);
        ));
        let Body::Struct(Fields::Unnamed(fields, _)) = item.body else {
            panic!("a tuple");
        };
        let types: Vec<_> = fields
            .iter()
            .map(|field| field.ty.to_token_stream().to_string())
            .collect();
        assert_eq!(types, ["(u8 , u8)", "Vec < u8 >"]);
        for empty in [
            quote!(
                struct A;
            ),
            quote!(
                struct A
                where
                    u8: Copy;
            ),
        ] {
            assert!(matches!(read(empty).body, Body::Struct(Fields::Unit)));
        }
        assert!(matches!(
            read(quote!(struct A {})).body,
            Body::Struct(Fields::Named(fields)) if fields.is_empty()
        ));
    }

    #[test]
    fn reads_an_enum() {
        let item = read(quote! {
            enum A { #[event(wire = "b")] B = { 1 + 2 }, C(Box<C>), D { e: u8 }, F = 4 }
        });
        let Body::Enum(variants) = item.body else {
            panic!("an enum");
        };
        let names: Vec<_> = variants
            .iter()
            .map(|variant| variant.ident.to_string())
            .collect();
        assert_eq!(names, ["B", "C", "D", "F"]);
        assert!(matches!(&variants[1].fields, Fields::Unnamed(fields, _) if fields.len() == 1));
        assert!(matches!(&variants[2].fields, Fields::Named(fields) if fields.len() == 1));
        assert!(matches!(read(quote!(union A { b: u8 })).body, Body::Union));
    }

    #[test]
    fn sees_through_invisible_groups() {
        let ty = Group::new(Delimiter::None, quote!(Vec<u8>));
        let vis = Group::new(Delimiter::None, quote!(pub(crate)));
        let none = Group::new(Delimiter::None, quote!());
        let name = Group::new(Delimiter::None, quote!(b));
        let item = read(quote!(#vis struct A { #vis #name: #ty, #none c: #ty }));
        assert_eq!(item.visibility.to_string(), "pub (crate)");
        let Body::Struct(Fields::Named(fields)) = item.body else {
            panic!("a struct with named fields");
        };
        assert_eq!(fields.len(), 2);
        assert_eq!(fields[0].ident.as_ref().unwrap(), "b");
        assert_eq!(fields[1].ty.to_token_stream().to_string(), "Vec < u8 >");
    }
}
