use super::*;

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
        #[event(name = "backend.request.success", version = 2)]
        #[event(partition = [day(occurred_at), bucket(16, tenant_id), region])]
        #[event(key = tenant_id, id = event_id)]
        pub struct Success {
            #[event(fill)] pub event_id: Key<Uuid>,
            pub occurred_at: Key<Timestamp>,
            pub tenant_id: TenantId,
            #[event(context)] pub viewer: Option<Viewer>,
            pub region: Region,
            #[event(wire = "userAgent", pii = "device", since = 2, backfill = "\"ZZ\"")] pub user_agent: Option<String>,
        }
    })
    .to_string();
    assert!(!output.contains("compile_error"), "{output}");
    for part in [
        "__event ! { [] Success \"backend.request.success\" 2 Self [] }",
        "\"Success event_id occurred_at tenant_id viewer*? region user_agent?\" 6",
        "type Partition = (:: eventc :: Day , :: eventc :: Bucket < 16 > , Region ,)",
        "each (\"tenant_id_bucket\" , & :: eventc :: Bucket :: < 16 > :: of :: < TenantId > (& self . tenant_id))",
        "StreamBy < Region > for Success",
        "const NAME_OF_STREAM : & 'static str = \"backend.request.success\"",
        "(5 , :: eventc :: __private :: Note :: Backfill (2 , \"\\\"ZZ\\\"\"))",
        "(5 , :: eventc :: __private :: Note :: Wire (\"userAgent\"))",
        "(5 , :: eventc :: __private :: Note :: Pii (\"device\"))",
        "macro_rules ! __event_backend__request__success",
        // what stands in a context may be called like a field, which only a constant sees
        "const _ : () = :: eventc :: __private :: distinct",
    ] {
        assert!(output.contains(part), "{part}\n{output}");
    }
}

#[test]
fn an_event_with_a_header_is_placed_by_it() {
    let event = |settings: TokenStream| {
        derive(quote! {
            #[event(name = "backend.request.success" #settings)]
            pub struct Success { #[event(header)] pub telemetry: Telemetry, pub status: u16 }
        })
        .to_string()
    };
    let output = event(quote!());
    assert!(!output.contains("compile_error"), "{output}");
    assert!(
        output.contains("Success \"backend.request.success\" 1 Telemetry [telemetry]"),
        "{output}"
    );
    assert!(!output.contains(":: Stream for"), "{output}");
    assert!(output.contains(":: distinct"), "{output}");
    // whose names somebody has already compared
    assert!(!event(quote!(, checked)).contains(":: distinct"));
}

#[test]
fn an_event_with_a_header_says_nothing_of_its_place() {
    for (key, value) in [
        ("partition", quote!(day(at))),
        ("partition", quote!(none)),
        // however wrong it is by itself
        ("partition", quote!([dya(telemetry.at), telemetry.region])),
        ("key", quote!(telemetry.tenant)),
        ("key", quote!(tenant)),
        ("id", quote!(tenant)),
    ] {
        let word = Ident::new(key, proc_macro2::Span::call_site());
        assert_eq!(
            messages(quote! {
                #[event(name = "a.b", #word = #value)]
                struct B { #[event(header)] telemetry: catalog::Telemetry, at: Key<Timestamp>, tenant: TenantId }
            }),
            [format!(
                "an event with a header is placed by it, so `{key}` belongs on `Telemetry`: \
                 `#[derive(Stream)] #[event({key} = …)]`"
            )]
        );
    }
    assert_eq!(
        messages(quote! {
            #[event(name = "a.b", stream = "telemetry")]
            struct B { #[event(header)] telemetry: Telemetry }
        }),
        [
            "an event belongs to the stream of its header, a field that says `#[event(header)]`; \
             without one it is a stream of its own"
        ]
    );
}

#[test]
fn a_header_may_name_what_its_events_are_partitioned_by() {
    let event = |header: TokenStream| {
        derive(quote! {
            #[event(name = "a.b")]
            struct B { #[event(#header)] telemetry: Telemetry }
        })
        .to_string()
    };
    for (header, says) in [
        (quote!(header), "telemetry header ,"),
        (
            quote!(header(occurred_at)),
            "telemetry header occurred_at ,",
        ),
        (
            quote!(header(occurred_at, r#type)),
            "telemetry header occurred_at type ,",
        ),
    ] {
        let output = event(header);
        assert!(output.contains(says), "{says}\n{output}");
    }
    assert_eq!(
        messages(quote! {
            #[event(name = "a.b")]
            struct B { #[event(header("occurred_at"))] telemetry: Telemetry }
        }),
        [
            "`header` takes the members that its events are partitioned by, as in `header(occurred_at)`"
        ]
    );
}

#[test]
fn the_runtime_may_have_another_path() {
    let output = derive(quote! {
        #[event(name = "a", partition = none, crate = ::events::eventc)]
        struct A { b: u8 }
    })
    .to_string();
    assert!(
        output.contains(":: events :: eventc :: __record !"),
        "{output}"
    );
    assert!(
        !output
            .replace(":: events :: eventc", "")
            .contains("eventc ::"),
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
fn what_places_an_event_is_a_field() {
    let found = partitioned(quote!(dya), quote!(tenant: TenantId, day: Key<Date>));
    assert_eq!(
        found,
        ["no field `dya` in this event to partition by; it has `day` and `tenant`"]
    );
}

#[test]
fn what_places_an_event_is_its_own() {
    let says = [
        "an event is placed by fields of its own, or by its header: `at` is neither\n\
         if `viewer` is the header, say it on its struct: `#[derive(Stream)] #[event(partition = day(at))]`",
    ];
    for viewer in [
        quote!(#[event(context)] viewer: Option<Viewer>),
        quote!(#[event(context)] viewer: Viewer),
        quote!(viewer: Viewer),
    ] {
        assert_eq!(partitioned(quote!(day(viewer.at)), viewer), says);
    }
    assert_eq!(
        messages(quote! {
            #[event(name = "a.b", partition = none, key = viewer.at, id = viewer.at)]
            struct B { #[event(context)] viewer: Viewer }
        }),
        [says, says].concat()
    );
    assert_eq!(
        partitioned(
            quote!(day(viewer)),
            quote!(#[event(context)] viewer: Viewer)
        ),
        ["a partition field is one field of the event's own, and `viewer` is a struct of several"]
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
    let headers =
        |fields: TokenStream| messages(quote!(#[event(name = "a.b")] struct B { #fields }));
    assert_eq!(
        headers(quote!(#[event(header)] a: A, #[event(header)] b: B)),
        ["an event belongs to one stream and has its header in `a`; make `b` a `context`"]
    );
    assert_eq!(
        headers(quote!(#[event(header)] a: Option<A>)),
        [
            "a header can't be optional: it is what every event of its stream carries; \
          what only some carry is a `context`"
        ]
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
    assert!(output.contains(":: eventc :: __event !"), "{output}");
    assert!(
        output.contains("impl < K > :: eventc :: StreamBy < K > for B"),
        "{output}"
    );
    assert!(output.contains("macro_rules"), "{output}");
}
