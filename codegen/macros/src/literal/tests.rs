use super::*;

fn filled(fields: TokenStream) -> String {
    fill(quote! {
        ($crate) "a.b" [
            telemetry header occurred_at #[doc = " What each carries."] #[doc = " `schema/a.yaml:8`"],
            event_id =,
            note ?,
            status #[doc = " The status. More."] #[doc = " `schema/a.yaml:9`"],
        ]
        (path::B) { #fields }
    })
    .to_string()
}

#[test]
fn hands_the_path_on() {
    assert_eq!(
        event(quote!(($crate) path::B { c: 1 }))
            .to_string()
            .replace(' ', ""),
        "path::B!{($crate)(path::B){c:1}}"
    );
}

#[test]
fn fills_what_may_be_left_out() {
    assert_eq!(
        filled(quote!(telemetry, status: 200)),
        "path :: B { telemetry , status : 200 , event_id : $ crate :: Fill :: fill () , note : :: core :: option :: Option :: None }"
    );
    assert!(!filled(quote!(telemetry, status: 200, note: None, event_id,)).contains("core"));
}

#[test]
fn names_all_that_is_missing() {
    let output = filled(quote!(note: None));
    let says = "event `a.b` is missing `telemetry`, `status`\\n\
                `telemetry` carries `occurred_at`, by which it is partitioned: \
                without it no store can place the event (schema/a.yaml:8)\\n\
                `status` is required: The status. (schema/a.yaml:9)";
    assert!(output.contains(says), "{output}");
    assert!(
        output.starts_with("path :: B { note : None , .. :: core :: compile_error"),
        "{output}"
    );
}

#[test]
fn a_rest_fills_the_rest() {
    assert_eq!(
        filled(quote!(status: 1, ..other)),
        "path :: B { status : 1 , .. other }"
    );
}

#[test]
fn a_misspelt_field_is_left_to_rustc() {
    assert_eq!(
        filled(quote!(telemetry, status: 1, note_: None)),
        "path :: B { telemetry , status : 1 , note_ : None }"
    );
}

#[test]
fn commas_in_types_do_not_make_fields() {
    let fields = quote!(telemetry: Foo::<status, note>::new(), #[cfg(all())] status: 1);
    assert_eq!(
        given.parse2(fields).unwrap().unwrap(),
        ["telemetry", "status"]
    );
}

#[test]
fn half_typed_fields_are_left_to_rustc() {
    for fields in [
        quote!(telemetry, status:),
        quote!(telemetry: x. , sta),
        quote!(telemetry a),
    ] {
        let output = filled(fields.clone());
        assert_eq!(output, quote!(path::B { #fields }).to_string());
    }
}

#[test]
fn half_typed_paths_stay() {
    for input in [
        quote!(($crate)),
        quote!(($crate) 12),
        quote!(($crate) a:: { }),
        quote!(($crate) a::B { } x),
    ] {
        assert!(event(input).to_string().contains("compile_error"));
    }
    let output = event(quote!(($crate) a::B)).to_string();
    assert!(
        output.starts_with("a :: B { .. :: core :: compile_error"),
        "{output}"
    );
}

#[test]
fn hidden_names_are_identifiers() {
    let hidden = |name, field| hidden_name(name, std::iter::once(field));
    assert!(hidden("a.b_c.d", "at").starts_with("__event_a__b_c__d_"));
    assert!(hidden("a-b c", "at").starts_with("__event_a_b_c_"));
    assert_ne!(hidden("a", "at"), hidden("a", "on"));
}
