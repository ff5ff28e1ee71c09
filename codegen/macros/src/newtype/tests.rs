use super::*;

fn messages(input: TokenStream) -> Vec<String> {
    let input = Item::read(input).unwrap();
    let mut errors = Errors::default();
    expand(&input, &mut errors);
    errors.messages()
}

fn derived(input: TokenStream) -> String {
    let output = derive(input).to_string();
    assert!(!output.contains("compile_error"), "{output}");
    output
}

#[test]
fn says_its_rules() {
    let cases = [
        (
            quote!(
                #[event(length(1, 64), pattern = "^[a-z]+$")]
                struct UserId(Text);
            ),
            "a `UserId` has 1 to 64 characters and matches `^[a-z]+$`",
        ),
        (
            quote!(
                #[event(length(1, _))]
                struct Area(Text);
            ),
            "an `Area` has at least 1 character",
        ),
        (
            quote!(
                struct EventId(Uuid);
            ),
            "",
        ),
        (
            quote!(
                #[event(min = 0, max = 100)]
                struct Percent(i64);
            ),
            "a `Percent` is from 0 to 100",
        ),
        (
            quote!(
                #[event(min = "0.01")]
                struct Price(Decimal);
            ),
            "a `Price` is at least 0.01",
        ),
        (
            quote!(
                #[event(length(_, 10))]
                struct Tags(Vec<String>);
            ),
            "a `Tags` has at most 10 items",
        ),
        (
            quote!(
                #[event(key)]
                struct At(Timestamp);
            ),
            "an `At` is of the years 2000 to 2100",
        ),
    ];
    for (input, says) in cases {
        let output = derived(input);
        assert!(
            output.contains(&format!("says : {says:?}")),
            "{says}: {output}"
        );
    }
}

#[test]
fn only_what_is_never_empty_places_an_event() {
    let places = |input| derived(input).contains("PartitionKey");
    assert!(places(quote!(
        struct A(Uuid);
    )));
    assert!(places(quote!(
        #[event(length(1, _))]
        struct A(Text);
    )));
    assert!(places(quote!(
        struct A(u64);
    )));
    assert!(places(quote!(
        #[event(key)]
        struct A(Timestamp);
    )));
    assert!(!places(quote!(
        struct A(Text);
    )));
    assert!(!places(quote!(
        #[event(length(0, 3))]
        struct A(Text);
    )));
    assert!(!places(quote!(
        struct A(f64);
    )));
    assert!(!places(quote!(
        struct A(Timestamp);
    )));
    assert!(!places(quote!(
        #[event(length(1, _))]
        struct A(Bytes);
    )));
}

#[test]
fn what_has_no_rules_converts_without_a_check() {
    assert!(
        derived(quote!(
            struct A(u64);
        ))
        .contains("From < u64 >")
    );
    assert!(
        derived(quote!(
            struct A(Uuid);
        ))
        .contains("TryFrom < Uuid >")
    );
    assert!(
        derived(quote!(
            #[event(length(1, _))]
            struct A(Text);
        ))
        .contains("TryFrom < & str >")
    );
}

#[test]
fn reports_all_mistakes_at_once() {
    let found = messages(quote! {
        #[event(length(5, 1), min = 3, patern = "x", key)]
        #[event(max = "a b")]
        struct A(Text);
    });
    assert_eq!(found.len(), 5, "{found:#?}");
    assert_eq!(
        messages(quote!(
            struct A(Option<u8>);
        ))
        .len(),
        1
    );
    assert_eq!(
        messages(quote!(
            #[event(length(1, 2))]
            struct A(String);
        ))
        .len(),
        1
    );
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
            struct A(u8, u8);
        ))
        .len(),
        1
    );
    assert_eq!(
        messages(quote!(
            #[event(min = 3, max = 2)]
            struct A(i8);
        ))
        .len(),
        1
    );
    assert_eq!(
        messages(quote!(
            #[event(pattern = "(")]
            struct A(Text);
        ))
        .len(),
        1
    );
    assert_eq!(
        messages(quote!(
            #[event(min = 0.5)]
            struct A(i8);
        ))
        .len(),
        1
    );
}
