//! What is refused when reading, and in which words.

use eventc::{Refusal, decode};
use serde_json::{Value as Json, json};

use crate::sample::*;

fn message() -> Json {
    serde_json::to_value(placed()).unwrap()
}

/// The message with one member changed; `path` is a JSON pointer.
fn changed(path: &str, value: Json) -> Result<Placed, Refusal> {
    let mut message = message();
    *message.pointer_mut(path).unwrap() = value;
    decode(&serde_json::to_vec(&message).unwrap())
}

fn without(names: &[&str]) -> Result<Placed, Refusal> {
    let mut message = message();
    for name in names {
        message.as_object_mut().unwrap().remove(*name).unwrap();
    }
    decode(&serde_json::to_vec(&message).unwrap())
}

#[track_caller]
fn says<T>(result: Result<T, Refusal>, words: &str) {
    assert_eq!(result.err().expect("it was read").to_string(), words);
}

#[test]
fn a_value_of_another_type() {
    says(
        changed("/tenant_id", json!("00000000-0000-0000-0000-000000000000")),
        "tenant_id: expected a uuid, found the nil uuid",
    );
    says(
        changed("/tenant_id", json!(5)),
        "tenant_id: expected a uuid, found 5",
    );
    says(
        changed("/tenant_id", json!("f79c3e09677c4bbda4793f349cb785e7")),
        r#"tenant_id: expected a uuid, found "f79c3e09677c4bbda4793f349cb785e7""#,
    );
    says(
        changed("/tenant_id", json!(null)),
        "tenant_id: expected a uuid, found null",
    );
    says(
        without(&["tenant_id"]),
        "tenant_id: expected a uuid, found nothing",
    );
    says(
        without(&["platform"]),
        "platform: expected a `Platform` (`web` or `ios`), found nothing",
    );
    says(
        changed("/occurred_at", json!("1970-01-01T00:00:00Z")),
        "occurred_at: expected a time of the years 2000 to 2100, found 1970-01-01T00:00:00Z",
    );
    says(
        changed("/platform", json!("wbe")),
        r#"platform: expected `web` or `ios`, found "wbe""#,
    );
    says(
        changed("/browser", json!("")),
        r#"browser: expected `firefox`, found """#,
    );
    says(
        changed("/lines/1/sku", json!("cup")),
        r#"lines[1].sku: a `Sku` matches `^[a-z]+-[0-9]+$`, this is "cup""#,
    );
    says(
        changed("/lines/1", json!([])),
        "lines[1]: expected an object, found a list",
    );
    says(
        changed("/lines", json!({})),
        "lines: expected a list, found an object",
    );
    says(
        changed("/lines/0/quantity", json!(-1)),
        "lines[0].quantity: expected an integer from 0 to 4294967295, found -1",
    );
    says(
        changed("/lines/0/quantity", json!(1.5)),
        "lines[0].quantity: expected an integer from 0 to 4294967295, found 1.5",
    );
    says(
        changed("/labels/a b", json!(101)),
        r#"labels["a b"]: a `Percent` is from 0 to 100, this is 101"#,
    );
    says(
        changed("/total", json!(12.5)),
        r#"total: expected a decimal number like "12.50", found 12.5"#,
    );
    says(
        changed("/rate", json!(1e300)),
        "rate: expected a finite number of 32 bits, found 1e300",
    );
    says(
        changed("/on", json!("2023-02-29")),
        r#"on: expected a date like 2026-11-23, found "2023-02-29""#,
    );
    says(
        changed("/blob", json!("??")),
        r#"blob: expected bytes in base64, found "??""#,
    );
    says(
        changed("/from", json!("::g")),
        r#"from: expected an ip address, found "::g""#,
    );
    says(
        changed("/paid", json!(true)).and(changed("/paid", json!("yes"))),
        r#"paid: expected a boolean, found "yes""#,
    );
    assert_eq!(
        changed("/total", json!(12)).unwrap().total.to_string(),
        "12"
    );
}

#[test]
fn what_is_personal_is_not_told() {
    says(
        changed("/user_id", json!("a secret name")),
        "user_id: a `UserId` has 1 to 8 characters, this has 13",
    );
    says(
        changed("/user_id", json!(4711)),
        "user_id: expected a text, found another number",
    );
    says(
        changed("/friends/0", json!("a secret name")),
        "friends[0]: a `UserId` has 1 to 8 characters, this has 13",
    );
    says(
        changed("/nickname", json!([1])),
        "nickname: expected a text, found a list",
    );
    says(
        changed("/nickname", json!(4711)),
        "nickname: expected a text, found another number",
    );
    says(
        changed("/guests/bob", json!("x")),
        r#"guests[…]: expected an integer from 0 to 255, found "x""#,
    );
    says(
        changed("/guests", json!({"a secret name": 1})),
        "guests[…]: a `UserId` has 1 to 8 characters, this has 13",
    );
}

#[test]
fn unions() {
    says(
        changed("/payment", json!({"number": "4"})),
        "payment.kind: expected `card` or `invoice`, found nothing",
    );
    says(
        changed("/payment", json!({"kind": "cash"})),
        r#"payment.kind: expected `card` or `invoice`, found "cash""#,
    );
    says(
        changed("/payment", json!({"kind": "invoice", "days": 300})),
        "payment.days: expected an integer from 0 to 255, found 300",
    );
    says(
        changed("/place", json!({})),
        "place: expected one of `shop` and `home`, found nothing",
    );
    says(
        changed("/place", json!({"shop": "x", "home": {}})),
        "place: expected one of `shop` and `home`, found two",
    );
    says(
        changed("/place", json!({"home": {"others": []}})),
        "place.home.label: expected a text, found nothing",
    );
    assert!(changed("/place", json!({"shop": "x", "home": null, "moon": 1})).is_ok());
}

#[test]
fn a_member_that_stands_twice() {
    let twice = |from: &str, to: &str| {
        decode::<Placed>(
            String::from_utf8(eventc::encode(&placed()).unwrap())
                .unwrap()
                .replace(from, to)
                .as_bytes(),
        )
    };
    says(
        twice(r#""paid":true"#, r#""paid":true,"paid":true"#),
        "paid: expected one, found two",
    );
    says(
        twice(r#""sku":"cup-22""#, r#""sku":"cup-22","sku":"cup-22""#),
        "lines[1].sku: expected one, found two",
    );
    says(
        twice(r#""extra":[1"#, r#""extra":[{"a":{"b":1,"b":2}}"#),
        "extra[0][\"a\"][\"b\"]: expected one, found two",
    );
    says(
        twice(r#""paid":true"#, r#""paid":true,"unknown":{"a":1,"a":1}"#),
        "unknown[…]: expected one, found two",
    );
    says(
        twice(r#""paid":true"#, r#""paid":true,"version":3"#),
        "version: expected one, found two",
    );
    // one that no field has, in a format that is not text
    let mut pack = vec![0x83, 0xa1, b'a', 1, 0xa1, b'a', 1, 0xa2, b'a', b't', 0xaa];
    pack.extend_from_slice(b"2026-11-23");
    assert!(
        rmp_serde::from_slice::<Gone>(&pack)
            .unwrap_err()
            .to_string()
            .contains("a: expected one, found two")
    );
    // and among so many that they are not compared each with each
    let many: Vec<String> = (0..40).map(|number| format!(r#""m{number}":0"#)).collect();
    says(
        decode::<Gone>(format!(r#"{{"at":"2026-11-23",{},"m7":1}}"#, many.join(",")).as_bytes()),
        "m7: expected one, found two",
    );
}

/// Wherever the second one is: before the first is looked for, where the next field is expected, or where none is.
#[test]
fn a_member_of_a_field_that_stands_twice_anywhere() {
    let text = String::from_utf8(eventc::encode(&placed()).unwrap()).unwrap();
    let object: Json = serde_json::from_str(&text).unwrap();
    let members: Vec<String> = object
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| format!("{}:{value}", Json::from(name.as_str())))
        .collect();
    for (at, member) in members.iter().enumerate() {
        let name = object.as_object().unwrap().keys().nth(at).unwrap();
        for place in 0..=members.len() {
            let mut members = members.clone();
            members.insert(place, member.clone());
            let message = format!("{{{}}}", members.join(","));
            assert_eq!(
                decode::<Placed>(message.as_bytes())
                    .unwrap_err()
                    .to_string(),
                format!("{name}: expected one, found two")
            );
        }
    }
    // null is one, too, and so is one of a context that is not there
    for (from, to) in [
        (r#""paid":true"#, r#""paid":true,"paid":null"#),
        (
            r#""user_id":"ada","nickname":"Countess""#,
            r#""nickname":null,"nickname":null"#,
        ),
        (r#""browser":"firefox""#, r#""browser":null,"browser":null"#),
        (
            r#""event":"checkout.placed""#,
            r#""event":null,"event":"checkout.placed""#,
        ),
    ] {
        let message = text.replace(from, to);
        assert_ne!(message, text);
        let refusal = decode::<Placed>(message.as_bytes()).unwrap_err();
        assert_eq!(refusal.reason(), "expected one, found two", "{to}");
    }
}

#[test]
fn null_is_absent_and_the_unknown_is_ignored() {
    let event = changed("/browser", json!(null)).unwrap();
    assert_eq!(event.browser, None);
    assert!(
        !String::from_utf8(eventc::encode(&event).unwrap())
            .unwrap()
            .contains("browser")
    );
    assert!(
        without(&["browser", "extra", "place", "tree"])
            .unwrap()
            .place
            .is_none()
    );
    assert!(changed("/extra", json!(null)).unwrap().extra.is_none());
    assert_eq!(
        changed("/extra", json!([null])).unwrap().extra,
        Some(json!([null]))
    );
}

#[test]
fn an_optional_context_is_there_if_any_of_it_is() {
    assert_eq!(without(&["user_id", "nickname"]).unwrap().viewer, None);
    assert_eq!(
        without(&["nickname"]).unwrap().viewer.unwrap().nickname,
        None
    );
    says(
        without(&["user_id"]),
        "user_id: expected a text, found nothing",
    );
    says(
        changed("/user_id", json!(null)),
        "user_id: expected a text, found null",
    );
    let mut message = message();
    message["user_id"] = json!(null);
    message["nickname"] = json!(null);
    assert_eq!(
        serde_json::from_value::<Placed>(message).unwrap().viewer,
        None
    );
}

#[test]
fn only_older_versions_are_backfilled() {
    let read = |version: Json| {
        let mut message = message();
        message["version"] = version;
        message.as_object_mut().unwrap().remove("country");
        message["lines"][0]
            .as_object_mut()
            .unwrap()
            .remove("quantity");
        decode::<Placed>(&serde_json::to_vec(&message).unwrap())
    };
    let old = read(json!(1)).unwrap();
    assert_eq!((old.country.as_str(), old.lines[0].quantity), ("ZZ", 1));
    says(
        read(json!(2)),
        "lines[0].quantity: expected an integer from 0 to 4294967295, found nothing",
    );
    says(read(json!(3)), "country: expected a text, found nothing");
    says(read(json!(4)), "country: expected a text, found nothing");
    says(read(json!(null)), "country: expected a text, found nothing");
    says(
        read(json!(0)),
        "version: expected an integer from 1, found 0",
    );
    says(
        read(json!("1")),
        r#"version: expected an integer from 1, found "1""#,
    );
    // what an old message has is read
    assert_eq!(changed("/version", json!(1)).unwrap().country, "DE");
    // a record by itself is of no version
    assert!(serde_json::from_str::<Line>(r#"{"sku":"tea-1"}"#).is_err());
}

#[test]
fn what_is_no_event() {
    says(
        changed("/event", json!("checkout.gone")),
        r#"event: expected "checkout.placed", found "checkout.gone""#,
    );
    assert!(without(&["event", "version"]).is_ok());
    says(decode::<Gone>(b"[]"), "expected an object, found a list");
    says(
        decode::<Gone>(b"{"),
        "not JSON: EOF while parsing an object at line 1 column 1",
    );
    says(
        decode::<Gone>(b"{} {}"),
        "not JSON: trailing characters at line 1 column 4",
    );
    says(
        decode::<Gone>(br#"{"at":NaN}"#),
        "not JSON: expected value at line 1 column 7",
    );
}

#[test]
fn one_of_several_events() {
    assert_eq!(AnyEvent::names(), ["checkout.placed", "checkout.gone"]);
    let read = |text: &str| AnyEvent::decode(text.as_bytes());
    assert!(matches!(
        read(r#"{"event":"checkout.gone","at":"2026-11-23"}"#),
        Ok(AnyEvent::Gone(_))
    ));
    assert!(
        matches!(AnyEvent::decode(&eventc::encode(&placed()).unwrap()), Ok(AnyEvent::Placed(event)) if *event == placed())
    );
    says(
        read("{}"),
        "event: expected the name of an event, found nothing",
    );
    says(
        read(r#"{"event":5}"#),
        "event: expected the name of an event, found 5",
    );
    says(
        read(r#"{"event":"checkout.gon"}"#),
        "event: no event is called `checkout.gon`, did you mean `checkout.gone`?",
    );
    says(read(r#"{"event":"x"}"#), "event: no event is called `x`");
    says(
        read(r#"{"event":"checkout.gone"}"#),
        "event `checkout.gone`: at: expected a date like 2026-11-23, found nothing",
    );
}

#[test]
fn an_open_enum_keeps_what_it_does_not_know() {
    let event = changed("/browser", json!("netscape")).unwrap();
    assert!(
        matches!(&event.browser, Some(Browser::Unrecognized(name)) if name.as_str() == "netscape")
    );
    assert!(
        String::from_utf8(eventc::encode(&event).unwrap())
            .unwrap()
            .contains(r#""browser":"netscape""#)
    );
}

#[test]
fn numbers_that_are_none() {
    let mut message = Vec::new();
    let mut value = ciborium::Value::serialized(&placed()).unwrap();
    let members = value.as_map_mut().unwrap();
    members
        .iter_mut()
        .find(|(name, _)| name.as_text() == Some("ratioOf"))
        .unwrap()
        .1 = f64::NAN.into();
    ciborium::into_writer(&value, &mut message).unwrap();
    let error = ciborium::from_reader::<Placed, _>(message.as_slice())
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("ratioOf: expected a finite number, found NaN"),
        "{error}"
    );
}

/// Its digits, read as a number of 64 bits, come to the middle between it and the next one of 32 bits.
#[test]
fn a_number_of_32_bits_is_the_one_that_was_written() {
    for number in [
        7.038_531e-26_f32,
        -7.038_531e-26,
        f32::MAX,
        f32::MIN_POSITIVE,
        1e-45,
    ] {
        let event = Placed {
            rate: number,
            ..placed()
        };
        let read: Placed = decode(&eventc::encode(&event).unwrap()).unwrap();
        assert_eq!(read.rate, number);
    }
    // Such a middle that no number of 32 bits is written as goes to the even one, as ever.
    let middle = (f64::from(1.0_f32) + f64::from(1.0_f32.next_up())) / 2.0;
    assert_eq!(changed("/rate", json!(middle)).unwrap().rate, 1.0);
}

#[test]
fn deep_messages_are_refused_and_do_not_overflow() {
    let nested = |levels: usize| {
        format!(
            "{}{}{}",
            r#"{"label":"a","others":[],"child":"#.repeat(levels),
            "null",
            "}".repeat(levels)
        )
    };
    assert!(serde_json::from_str::<Tree>(&nested(126)).is_ok());
    assert!(serde_json::from_str::<Tree>(&nested(127)).is_err());
    // MessagePack has its own limit of 1024 levels, which is too many for a small stack
    let mut deep = vec![0x91; 900];
    deep.push(0xc0);
    let error = rmp_serde::from_slice::<Gone>(&deep)
        .unwrap_err()
        .to_string();
    assert!(error.contains("nest deeper than 127 levels"), "{error}");
}

#[test]
fn numbers_that_a_format_hands_out_as_objects() {
    // what `serde_json` does where some crate of the build switched on `arbitrary_precision`
    let number = |text: &str| json!({"$serde_json::private::Number": text});
    assert_eq!(changed("/ratioOf", number("0.25")).unwrap().ratio, 0.25);
    assert_eq!(
        changed("/big", number("18446744073709551615")).unwrap().big,
        u64::MAX
    );
    assert_eq!(
        changed("/lines/0/quantity", number("7")).unwrap().lines[0].quantity,
        7
    );
}
