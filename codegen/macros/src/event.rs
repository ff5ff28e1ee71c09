//! `derive(Event)`.

use crate::attributes::{entries, refuse_serde};
use crate::docs::text;
use crate::expansion::{Errors, item, refuse_generics, runtime};
use crate::fields::{self, Field, Role};
use crate::impls;
use crate::literal;
use crate::partition::{self, FieldPath, Part, Purpose, Transform};
use crate::record::refuse_serde_of;
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{DeriveInput, LitStr, Path, Type};

pub(crate) fn derive(input: TokenStream) -> TokenStream {
    item(input, expand)
}

/// What `#[event(…)]` on the struct says.
#[derive(Default)]
struct Settings {
    eventc: Option<Path>,
    name: Option<LitStr>,
    version: Option<u32>,
    stream: Option<LitStr>,
    /// The parts of the partition, none of them for `none`; nothing if that was refused.
    parts: Option<Vec<Part>>,
    key: Option<FieldPath>,
    id: Option<FieldPath>,
}

/// An event as far as it could be read.
pub(crate) struct Event<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) name: String,
    pub(crate) parts: &'a [Part],
    pub(crate) key: Option<&'a FieldPath>,
    pub(crate) id: Option<&'a FieldPath>,
    pub(crate) fields: &'a [Field<'a>],
}

fn expand(input: &DeriveInput, errors: &mut Errors) -> TokenStream {
    refuse_generics(input, "Event", errors);
    refuse_serde(&input.attrs, errors);
    let fields = fields::read(input, "event", errors);
    refuse_reserved_names(&fields, errors);
    refuse_second_header(&fields, errors);
    impls::refuse_idle_attributes(&fields, errors);
    let mut settings = settings(input, errors);
    let ident = &input.ident;
    let name = name(input, &settings, errors);

    let placed = check_paths(&mut settings, &name, &fields, errors);
    for field in &fields {
        if field.serde_default().is_none() || !is_place(field, &settings) {
            refuse_serde_of(field, errors);
        }
    }

    let eventc = &runtime(settings.eventc.as_ref());
    let version = settings.version.unwrap_or(1);
    let stream = settings
        .stream
        .as_ref()
        .map_or_else(|| name.clone(), LitStr::value);
    let parts = settings.parts.as_deref().unwrap_or_default();
    let record = impls::record(eventc, ident, &fields, version);
    let partition = if placed {
        by_partition(eventc, ident, parts, &fields)
    } else {
        by_nothing(eventc, ident)
    };
    let key = value_of(eventc, "key", settings.key.as_ref(), &fields);
    let id = value_of(eventc, "id", settings.id.as_ref(), &fields);
    let (
        Placement {
            ty,
            partition,
            segments,
        },
        impls,
    ) = partition;
    let formats = impls::formats(
        eventc,
        ident,
        quote!(#eventc::__private::serialize_event(#eventc::__private::event(self), serializer)),
        quote!(#eventc::__private::deserialize(deserializer, #eventc::__private::read_event::<Self>)),
        quote!(#eventc::__private::debug(self, f)),
    );
    let distinct = if errors.is_empty() {
        distinct(eventc, ident, &fields)
    } else {
        None
    };
    let event = Event {
        ident,
        name: name.clone(),
        parts,
        key: settings.key.as_ref(),
        id: settings.id.as_ref(),
        fields: &fields,
    };
    let literal = literal::table(&event, &input.vis);
    let (name, stream, version) = (text(&name), text(&stream), Literal::u32_unsuffixed(version));
    quote! {
        #record
        #[automatically_derived]
        impl #eventc::Event for #ident {
            const NAME: &'static str = #name;
            const VERSION: u32 = #version;
            const STREAM: &'static str = #stream;
            type Partition = #ty;
            fn partition(&self) -> Self::Partition { #partition }
            fn partition_segments(&self, each: &mut dyn ::core::ops::FnMut(&'static str, &dyn ::core::fmt::Display)) { #segments }
            #key
            #id
        }
        #impls
        #formats
        #distinct
        #literal
    }
}

const KEYS: [&str; 7] = [
    "name",
    "version",
    "stream",
    "partition",
    "key",
    "id",
    "crate",
];

fn settings(input: &DeriveInput, errors: &mut Errors) -> Settings {
    let mut settings = Settings::default();
    let mut has_partition = false;
    let path = "a field, as in `{} = telemetry.tenant_id`";
    for entry in entries(&input.attrs, errors) {
        match entry.key.to_string().as_str() {
            "name" => settings.name = entry.text(errors),
            "version" => {
                settings.version = entry.number(errors);
                if settings.version == Some(0) {
                    errors.at(&entry, "versions count from 1");
                }
            }
            "stream" => settings.stream = entry.text(errors),
            "partition" => {
                has_partition = true;
                settings.parts = partition::read_parts(&entry, errors);
            }
            "key" => settings.key = entry.value(errors, path),
            "id" => settings.id = entry.value(errors, path),
            "crate" => {
                settings.eventc = entry.value_with(
                    errors,
                    "a path, as in `crate = ::events::eventc`",
                    Path::parse_mod_style,
                );
            }
            _ => {
                // A misspelt `partition` is one mistake, not two.
                has_partition |=
                    crate::suggest::nearest(&entry.key.to_string(), KEYS) == Some("partition");
                entry.unknown("an event", &KEYS, errors);
            }
        }
    }
    if !has_partition {
        require_partition(&input.ident, errors);
    }
    settings
}

/// Rule: every event says what it is partitioned by, or that it is not.
fn require_partition(ident: &Ident, errors: &mut Errors) {
    errors.at(
        ident,
        format_args!(
            "`{ident}` does not say what it is partitioned by, so no store could place it\n\
             name a field: `#[event(partition = day(occurred_at))]`; \
             or write that nothing needs it: `#[event(partition = none)]`"
        ),
    );
}

/// Rule: an event has a name, by which messages of it are known.
fn name(input: &DeriveInput, settings: &Settings, errors: &mut Errors) -> String {
    match &settings.name {
        Some(name) => {
            let written = name.value();
            if written.is_empty()
                || written.contains(|letter: char| letter.is_whitespace() || letter.is_control())
            {
                errors.at(name, "the name of an event is words with dots between them, as in `backend.request.success`");
            }
            written
        }
        None => {
            errors.at(
                &input.ident,
                "an event has a name, by which its messages are known: `#[event(name = \"backend.request.success\")]`",
            );
            input.ident.to_string()
        }
    }
}

/// Rule: `event` and `version` are the message's own members.
fn refuse_reserved_names(fields: &[Field<'_>], errors: &mut Errors) {
    for field in fields.iter().filter(|field| !field.is_flat()) {
        let wire = field.wire_name();
        if wire == "event" || wire == "version" {
            let message = format!(
                "no field is called `{wire}` on the wire: every message has a member of this name, \
                 with the {} of the event",
                if wire == "event" { "name" } else { "version" }
            );
            match &field.wire {
                Some(name) => errors.at(name, message),
                None => errors.at(field.ident, message),
            }
        }
    }
}

/// Rule: an event belongs to one stream, so it has one header.
fn refuse_second_header(fields: &[Field<'_>], errors: &mut Errors) {
    let mut headers = fields.iter().filter(|field| field.role == Role::Header);
    let Some(first) = headers.next() else { return };
    for header in headers {
        errors.at(
            header.ident,
            format_args!(
                "an event belongs to one stream and has its header in `{}`; make `{}` a `context`",
                first.name, header.name
            ),
        );
    }
}

/// Checks the paths of partition, key and id, each field once; what was refused is taken out.
/// Says whether the partition stands.
fn check_paths(
    settings: &mut Settings,
    event: &str,
    fields: &[Field<'_>],
    errors: &mut Errors,
) -> bool {
    let mut refused: Vec<String> = Vec::new();
    let mut check = |path: &FieldPath, purpose: Purpose| {
        let words = path.words();
        if refused.contains(&words) {
            return false;
        }
        let stands = partition::check(path, purpose, event, fields, errors);
        if !stands {
            refused.push(words);
        }
        stands
    };
    let mut placed = settings.parts.is_some();
    for part in settings.parts.iter().flatten() {
        placed &= check(&part.path, Purpose::Partition);
    }
    settings.key = settings.key.take().filter(|path| check(path, Purpose::Key));
    settings.id = settings.id.take().filter(|path| check(path, Purpose::Id));
    placed
}

/// Whether the partition, the key or the id is this field.
fn is_place(field: &Field<'_>, settings: &Settings) -> bool {
    let parts = settings.parts.iter().flatten().map(|part| &part.path);
    parts
        .chain(&settings.key)
        .chain(&settings.id)
        .any(|path| path.rest.is_empty() && path.first == *field.ident)
}

/// The bodies that make up a partition.
struct Placement {
    ty: TokenStream,
    partition: TokenStream,
    segments: TokenStream,
}

/// The partition, and `PartitionedBy` for each part of a type that stands there once.
fn by_partition(
    eventc: &TokenStream,
    ident: &Ident,
    parts: &[Part],
    fields: &[Field<'_>],
) -> (Placement, TokenStream) {
    let types: Vec<TokenStream> = parts
        .iter()
        .map(|part| part_type(eventc, part, fields))
        .collect();
    let values: Vec<TokenStream> = parts
        .iter()
        .map(|part| part_value(eventc, part, fields))
        .collect();
    let place = |index: usize| {
        let index = Literal::usize_unsuffixed(index);
        if parts.len() == 1 {
            TokenStream::new()
        } else {
            quote!(.#index)
        }
    };
    let segments = segment_names(parts)
        .into_iter()
        .enumerate()
        .map(|(index, name)| {
            let (name, place) = (text(&name), place(index));
            quote!(each(#name, &partition #place);)
        });
    let written: Vec<String> = types.iter().map(ToString::to_string).collect();
    let impls = types.iter().enumerate().filter(|(index, _)| {
        let own = written.get(*index);
        let once = written.iter().filter(|other| Some(*other) == own).count() == 1;
        once && has_known_type(parts, *index)
    });
    let impls: TokenStream = impls
        .map(|(index, ty)| {
            let place = place(index);
            // Between tokens of the struct's own, rustc shows the struct and not the derive.
            let implement = quote_spanned!(ident.span()=> impl);
            let mut body = Group::new(
                Delimiter::Brace,
                quote!(fn partition_key(&self) -> #ty { #eventc::Event::partition(self) #place }),
            );
            body.set_span(ident.span());
            let implementation = quote! {
                #[automatically_derived]
                #[diagnostic::do_not_recommend]
                #implement #eventc::PartitionedBy<#ty> for #ident #body
            };
            // The type of a header's field may turn out not to exist: then all of this points there.
            match parts.get(index) {
                Some(part) if is_foreign(part) => {
                    impls::respanned(implementation, part.path.last().span())
                }
                _ => implementation,
            }
        })
        .collect();
    let placement = match (types.as_slice(), values.as_slice()) {
        ([ty], [value]) => Placement {
            ty: ty.clone(),
            partition: value.clone(),
            segments: quote!(let partition = #eventc::Event::partition(self); #(#segments)*),
        },
        ([], _) => Placement {
            ty: quote!(()),
            partition: TokenStream::new(),
            segments: quote!(let _ = each;),
        },
        _ => Placement {
            ty: match parts.iter().find(|part| is_foreign(part)) {
                Some(part) => impls::respanned(quote!((#(#types,)*)), part.path.last().span()),
                None => quote!((#(#types,)*)),
            },
            partition: quote!((#(#values,)*)),
            segments: quote!(let partition = #eventc::Event::partition(self); #(#segments)*),
        },
    };
    (placement, impls)
}

/// After an error: impls that satisfy every caller, so that one mistake is one error.
fn by_nothing(eventc: &TokenStream, ident: &Ident) -> (Placement, TokenStream) {
    let placement = Placement {
        ty: quote!(()),
        partition: quote!(::core::unreachable!()),
        segments: quote!(let _ = each;),
    };
    let impls = quote! {
        #[automatically_derived]
        #[diagnostic::do_not_recommend]
        impl<K> #eventc::PartitionedBy<K> for #ident {
            fn partition_key(&self) -> K { ::core::unreachable!() }
        }
    };
    (placement, impls)
}

/// The type of a part; that of `header.field` is looked up in the header.
fn part_type(eventc: &TokenStream, part: &Part, fields: &[Field<'_>]) -> TokenStream {
    match &part.transform {
        Transform::Time(_, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(#eventc::#ty)
        }
        Transform::Bucket(count) => quote!(#eventc::Bucket<#count>),
        Transform::Identity => {
            let Some(field) = part.path.start(fields) else {
                return quote!(());
            };
            let ty = field.ty;
            let ty = part.path.rest.iter().fold(quote!(#ty), |ty, segment| {
                let name = impls::member_name(&segment.unraw().to_string());
                quote!(<#ty as #eventc::__private::Member<#name>>::Of)
            });
            if part.path.rest.is_empty() {
                ty
            } else {
                impls::respanned(ty, part.path.last().span())
            }
        }
    }
}

fn part_value(eventc: &TokenStream, part: &Part, fields: &[Field<'_>]) -> TokenStream {
    let field = partition::borrow(&part.path);
    let of = own_type(&part.path, fields).map(|ty| quote!(::<#ty>));
    match &part.transform {
        Transform::Time(_, ty) => {
            let ty = Ident::new(ty, Span::call_site());
            quote!(#eventc::#ty::of #of (#field))
        }
        Transform::Bucket(count) => quote!(#eventc::Bucket::<#count>::of #of (#field)),
        Transform::Identity => quote!(#eventc::__private::identity #of (#field)),
    }
}

/// The type of a field of the event's own, by which rustc's word on it stands under that type.
fn own_type<'a>(path: &FieldPath, fields: &'a [Field<'_>]) -> Option<&'a Type> {
    if path.rest.is_empty() {
        path.start(fields).map(|field| field.ty)
    } else {
        None
    }
}

/// The names of the parts, as they stand in a path: `day`, `tenant_id_bucket`, `region`.
/// Two parts of one name are told apart by their fields.
fn segment_names(parts: &[Part]) -> Vec<String> {
    let short = |part: &Part| {
        let field = part.path.last().to_string();
        match &part.transform {
            Transform::Time(name, _) => name.to_string(),
            Transform::Bucket(_) => format!("{field}_bucket"),
            Transform::Identity => field,
        }
    };
    let names: Vec<String> = parts.iter().map(short).collect();
    parts
        .iter()
        .zip(&names)
        .map(|(part, name)| {
            let once = names.iter().filter(|other| *other == name).count() == 1;
            if once {
                name.clone()
            } else {
                format!("{}_{name}", part.path.words().replace('.', "_"))
            }
        })
        .collect()
}

/// Whether a part is the value of a header's field itself, whose type is not known here.
fn is_foreign(part: &Part) -> bool {
    matches!(part.transform, Transform::Identity) && !part.path.rest.is_empty()
}

/// Whether the type of a part is certain to differ from that of all others. The type of a header's
/// field is not known here, so it is certain only where no other part is the value itself.
fn has_known_type(parts: &[Part], index: usize) -> bool {
    let Some(part) = parts.get(index) else {
        return false;
    };
    let identities = parts
        .iter()
        .filter(|part| matches!(part.transform, Transform::Identity))
        .count();
    !is_foreign(part) || identities == 1
}

/// `fn key` or `fn id`; without a path the trait's own says that there is none.
fn value_of(
    eventc: &TokenStream,
    function: &str,
    path: Option<&FieldPath>,
    fields: &[Field<'_>],
) -> TokenStream {
    let function = Ident::new(function, Span::call_site());
    let value = match path {
        Some(path) => {
            let field = partition::borrow(path);
            let of = own_type(path, fields).map(|ty| quote!(::<#ty>));
            quote!(::core::option::Option::Some(#eventc::__private::key #of (#field)))
        }
        None => quote!(::core::option::Option::None),
    };
    quote!(fn #function(&self) -> ::core::option::Option<#eventc::ValueRef<'_>> { #value })
}

/// Rule: the names of an event's own fields, its header's and its contexts' differ. Only a
/// constant can see the members of a header.
fn distinct(eventc: &TokenStream, ident: &Ident, fields: &[Field<'_>]) -> Option<TokenStream> {
    let tables: Vec<TokenStream> = fields
        .iter()
        .filter(|field| field.is_flat())
        .map(|field| {
            let ty = if field.is_optional() {
                crate::shape::argument(field.ty).unwrap_or(field.ty)
            } else {
                field.ty
            };
            quote!(<#ty as #eventc::Record>::TABLE)
        })
        .collect();
    if tables.is_empty() {
        return None;
    }
    let first = fields.iter().find(|field| field.is_flat())?;
    let call =
        quote!(#eventc::__private::distinct(<#ident as #eventc::Record>::TABLE, &[#(#tables),*]));
    let call = impls::respanned(call, first.ident.span());
    Some(quote!(const _: () = #call;))
}

#[cfg(test)]
mod tests;
