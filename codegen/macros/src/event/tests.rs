use super::*;
use crate::placement::segment_names;

fn messages(input: TokenStream) -> Vec<String> {
    let input = Item::read(input).unwrap();
    let mut errors = Errors::default();
    expand(&input, &mut errors);
    errors.messages()
}

/// An event of these fields, partitioned by this.
fn partitioned(partition: TokenStream, fields: TokenStream) -> Vec<String> {
    messages(quote!(#[event(name = "a.b", partition = #partition)] pub struct B { #fields }))
}

#[test]
fn a_complete_event_compiles() {
    let output = derive(quote! {
        #[event(name = "backend.request.success", version = 2, stream = "telemetry")]
        #[event(partition = [day(telemetry.occurred_at), bucket(16, telemetry.tenant_id), region])]
        #[event(key = telemetry.tenant_id, id = telemetry.event_id)]
        pub struct Success {
            #[event(header)] pub telemetry: Telemetry,
            #[event(context)] pub viewer: Option<Viewer>,
            pub region: Region,
            #[event(wire = "userAgent", pii = "device", since = 2, backfill = "\"ZZ\"")] pub user_agent: Option<String>,
        }
    })
    .to_string();
    assert!(!output.contains("compile_error"), "{output}");
    for part in [
        "const VERSION : u32 = 2",
        "type Partition = (:: eventc :: Day , :: eventc :: Bucket < 16 > , Region ,)",
        "each (\"tenant_id_bucket\" , & :: eventc :: Bucket :: < 16 > :: of (& self . telemetry . tenant_id))",
        "PartitionedBy < Region >",
        "with_backfill (2 , \"\\\"ZZ\\\"\")",
        "macro_rules ! __event_backend__request__success",
    ] {
        assert!(output.contains(part), "{part}\n{output}");
    }
}

#[test]
fn the_runtime_may_have_another_path() {
    let output = derive(quote! {
        #[event(name = "a", partition = none, crate = ::events::eventc)]
        struct A { b: u8 }
    })
    .to_string();
    assert!(
        output.contains("impl :: events :: eventc :: Record for A"),
        "{output}"
    );
    assert!(
        !output.contains(":: eventc :: Record for") || output.contains("events :: eventc"),
        "{output}"
    );
}

#[test]
fn a_partition_must_be_written() {
    let found = messages(quote!(
        #[event(name = "a.b")]
        struct B {
            c: u8,
        }
    ));
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("`B` does not say what it is partitioned by"),
        "{found:?}"
    );
    assert_eq!(
        messages(quote!(
            #[event(name = "a.b", partiton = none)]
            struct B {
                c: u8,
            }
        ))
        .len(),
        1
    );
    assert_eq!(
        messages(quote!(
            #[event(name = "a.b", partition)]
            struct B {
                c: u8,
            }
        ))
        .len(),
        1
    );
    assert_eq!(partitioned(quote!([]), quote!(c: u8)).len(), 1);
    assert_eq!(partitioned(quote!(None), quote!(c: u8)).len(), 1);
}

#[test]
fn a_path_begins_with_a_field() {
    let found = partitioned(quote!(dya), quote!(tenant: TenantId, day: Key<Date>));
    assert_eq!(
        found,
        ["no field `dya` in this event to partition by; it has `day` and `tenant`"]
    );
}

#[test]
fn a_path_goes_through_nothing_optional() {
    let found = partitioned(
        quote!(day(viewer.at)),
        quote!(#[event(context)] viewer: Option<Viewer>),
    );
    assert_eq!(
        found,
        [
            "a partition field can't come from `viewer`, which is an optional context: \
          `a.b` is partitioned by `viewer.at`, and no store can place an event without it"
        ]
    );
}

#[test]
fn no_empty_value_places_an_event() {
    let types = [
        quote!(Option<Day>),
        quote!(String),
        quote!(Text),
        quote!(f32),
        quote!(f64),
        quote!(Vec<u8>),
        quote!(std::collections::BTreeMap<String, u8>),
        quote!(Json),
        quote!(Bytes),
        quote!(Timestamp),
        quote!(Uuid),
        quote!(u64),
        quote!(Box<Region>),
    ];
    for ty in types {
        assert_eq!(partitioned(quote!(at), quote!(at: #ty)).len(), 1, "{ty}");
        for place in [quote!(key), quote!(id)] {
            let found = messages(
                quote!(#[event(name = "a.b", partition = none, #place = at)] struct B { at: #ty }),
            );
            assert_eq!(found.len(), 1, "{place} {ty}");
        }
    }
    assert_eq!(partitioned(quote!(at), quote!(at: Region)).len(), 0);
    assert_eq!(
        partitioned(quote!(day(at)), quote!(at: Key<Timestamp>)).len(),
        0
    );
}

#[test]
fn one_mistake_is_one_error() {
    let found = messages(quote! {
        #[event(name = "a.b", partition = [day(at), bucket(4, at)], key = at, id = at)]
        struct B { at: Option<At> }
    });
    assert_eq!(found.len(), 1, "{found:#?}");
}

#[test]
fn what_places_an_event_has_no_default() {
    let found = partitioned(quote!(day), quote!(#[serde(default)] day: Key<Date>));
    assert_eq!(
        found,
        [
            "a partition field can't have a default: a stored event without `day` must fail to decode"
        ]
    );
    let found = partitioned(
        quote!(day),
        quote!(#[event(backfill = "\"2026-01-01\"")] day: Key<Date>),
    );
    assert_eq!(
        found,
        [
            "a partition field can't have a `backfill`: every old event without `day` would get the same one"
        ]
    );
}

#[test]
fn names_differ() {
    assert_eq!(
        partitioned(
            quote!(none),
            quote!(event: u8, #[event(wire = "version")] v: u8)
        )
        .len(),
        2
    );
    assert_eq!(
        partitioned(quote!(none), quote!(a: u8, #[event(wire = "a")] b: u8)).len(),
        1
    );
}

#[test]
fn there_is_one_header_and_it_is_there() {
    assert_eq!(
        partitioned(
            quote!(none),
            quote!(#[event(header)] a: A, #[event(header)] b: B)
        )
        .len(),
        1
    );
    assert_eq!(
        partitioned(quote!(none), quote!(#[event(header)] a: Option<A>)).len(),
        1
    );
    assert_eq!(
        partitioned(quote!(a), quote!(#[event(header)] a: A)).len(),
        1
    );
}

#[test]
fn after_a_mistake_the_impls_are_there() {
    let output = derive(quote!(
        #[event(name = "a.b")]
        struct B {
            c: u8,
        }
    ))
    .to_string();
    assert!(output.contains("impl :: eventc :: Event for B"), "{output}");
    assert!(
        output.contains("impl < K > :: eventc :: PartitionedBy < K > for B"),
        "{output}"
    );
    assert!(output.contains("macro_rules"), "{output}");
}

#[test]
fn parts_of_one_name_are_told_apart() {
    let parts: Vec<Part> = [quote!(day(a.at)), quote!(day(b.at)), quote!(region)]
        .into_iter()
        .map(|part| syn::parse2(part).unwrap())
        .collect();
    assert_eq!(segment_names(&parts), ["a_at_day", "b_at_day", "region"]);
}
