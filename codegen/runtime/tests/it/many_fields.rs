//! Records of more fields than one tuple holds.

use eventc::{Event, Record, Timestamp, accepts, decode, encode};
use serde_json::{Value as Json, json};

/// 40 fields: two tuples of 16 and one of 8.
#[derive(Event)]
#[event(name = "many.forty", partition = none, version = 2)]
pub(crate) struct Forty {
    f0: u8,
    f1: u16,
    f2: u32,
    f3: u64,
    f4: i8,
    f5: i16,
    f6: i32,
    f7: i64,
    f8: bool,
    f9: String,
    f10: Option<String>,
    f11: Vec<u8>,
    f12: f64,
    f13: f32,
    f14: u8,
    last_of_first: u8,
    first_of_second: u8,
    g1: u8,
    g2: u8,
    g3: u8,
    g4: u8,
    g5: u8,
    g6: u8,
    g7: u8,
    g8: u8,
    g9: u8,
    g10: Option<u8>,
    g11: u8,
    g12: u8,
    g13: u8,
    g14: u8,
    last_of_second: String,
    first_of_third: String,
    h1: u8,
    h2: u8,
    h3: Option<Seventeen>,
    h4: u8,
    h5: u8,
    #[event(backfill = "\"old\"")]
    h6: String,
    #[event(wire = "theLast", accept(-10, 10))]
    last: Option<Timestamp>,
}

/// One more than a tuple holds.
#[derive(Record)]
pub(crate) struct Seventeen {
    f0: u8,
    f1: u8,
    f2: u8,
    f3: u8,
    f4: u8,
    f5: u8,
    f6: u8,
    f7: u8,
    f8: u8,
    f9: u8,
    f10: u8,
    f11: u8,
    f12: u8,
    f13: u8,
    f14: u8,
    f15: u8,
    last: String,
}

/// As many as one tuple holds.
#[derive(Record)]
pub(crate) struct Sixteen {
    f0: u8,
    f1: u8,
    f2: u8,
    f3: u8,
    f4: u8,
    f5: u8,
    f6: u8,
    f7: u8,
    f8: u8,
    f9: u8,
    f10: u8,
    f11: u8,
    f12: u8,
    f13: u8,
    f14: u8,
    last: String,
}

/// As many as two hold.
#[derive(Record)]
pub(crate) struct ThirtyTwo {
    f0: u8,
    f1: u8,
    f2: u8,
    f3: u8,
    f4: u8,
    f5: u8,
    f6: u8,
    f7: u8,
    f8: u8,
    f9: u8,
    f10: u8,
    f11: u8,
    f12: u8,
    f13: u8,
    f14: u8,
    f15: u8,
    g0: u8,
    g1: u8,
    g2: u8,
    g3: u8,
    g4: u8,
    g5: u8,
    g6: u8,
    g7: u8,
    g8: u8,
    g9: u8,
    g10: u8,
    g11: u8,
    g12: u8,
    g13: u8,
    g14: u8,
    last: String,
}

/// None at all.
#[derive(Event)]
#[event(name = "many.none", partition = none)]
pub(crate) struct Nothing {}

/// The numbers 0, 1, 2 … under the names of the fields, and a text in the last.
fn counted<T: Record>() -> Json {
    let fields = T::TABLE.fields;
    let mut message: serde_json::Map<String, Json> = (0..)
        .zip(fields)
        .map(|(number, field)| (field.wire.to_owned(), Json::from(number)))
        .collect();
    message.insert("last".to_owned(), json!("the end"));
    Json::Object(message)
}

const FORTY: &str = r#"{
    "event": "many.forty", "version": 2,
    "f0": 1, "f1": 2, "f2": 3, "f3": 4, "f4": -5, "f5": -6, "f6": -7, "f7": -8, "f8": true, "f9": "nine",
    "f10": "ten", "f11": [11, 12], "f12": 12.5, "f13": 13.5, "f14": 14, "last_of_first": 15,
    "first_of_second": 16, "g1": 17, "g2": 18, "g3": 19, "g4": 20, "g5": 21, "g6": 22, "g7": 23,
    "g8": 24, "g9": 25, "g10": 26, "g11": 27, "g12": 28, "g13": 29, "g14": 30, "last_of_second": "31",
    "first_of_third": "32", "h1": 33, "h2": 34, "h3": null, "h4": 36, "h5": 37, "h6": "38",
    "theLast": "2026-11-23T05:00:00Z"
}"#;

fn forty() -> Json {
    let mut message: Json = serde_json::from_str(FORTY).unwrap();
    message["h3"] = counted::<Seventeen>();
    message
}

fn read(message: &Json) -> Result<Forty, eventc::Refusal> {
    decode(&serde_json::to_vec(message).unwrap())
}

#[test]
fn they_are_written_as_they_were_read() {
    let event = read(&forty()).unwrap();
    assert_eq!(event.f0, 1);
    assert_eq!(event.last_of_first, 15);
    assert_eq!(event.first_of_second, 16);
    assert_eq!(event.last_of_second, "31");
    assert_eq!(event.first_of_third, "32");
    assert_eq!(event.h6, "38");
    let written = encode(&event).unwrap();
    assert_eq!(serde_json::from_slice::<Json>(&written).unwrap(), forty());
    assert_eq!(written, serde_json::to_vec(&event).unwrap());
    let pack = rmp_serde::to_vec(&event).unwrap();
    assert_eq!(rmp_serde::from_slice::<Forty>(&pack).unwrap(), event);

    fn round_trip<T: Record + PartialEq + serde::Serialize + serde::de::DeserializeOwned>() {
        let message = counted::<T>();
        let record: T = serde_json::from_value(message.clone()).unwrap();
        assert_eq!(serde_json::to_value(&record).unwrap(), message);
    }
    round_trip::<Sixteen>();
    round_trip::<Seventeen>();
    round_trip::<ThirtyTwo>();
    assert_eq!(Forty::TABLE.fields.len(), 40);
    assert_eq!(<<Forty as Record>::Fields as eventc::Fields>::LEN, 40);
}

#[test]
fn they_are_copied_and_compared_field_by_field() {
    let event = read(&forty()).unwrap();
    assert_eq!(event.clone(), event);
    for name in ["f0", "last_of_first", "first_of_second", "g14", "h5"] {
        let mut other = forty();
        other[name] = json!(99);
        let other = read(&other).unwrap();
        assert!(other != event, "{name}");
        assert_eq!(other.clone(), other, "{name}");
    }
    let seventeen = event.h3.clone().unwrap();
    let mut other = seventeen.clone();
    assert_eq!(other, seventeen);
    other.last.push('.');
    assert!(other != seventeen);
    let wrong = Seventeen {
        f15: 99,
        ..seventeen.clone()
    };
    assert!(wrong != seventeen);
}

#[test]
fn what_is_said_of_a_field_is_said_of_that_one() {
    let shown = format!("{:?}", read(&forty()).unwrap());
    assert!(shown.starts_with("Forty { f0: 1, f1: 2, "), "{shown}");
    assert!(
        shown.contains("last_of_first: 15, first_of_second: 16, "),
        "{shown}"
    );
    assert!(
        shown.contains("last_of_second: \"31\", first_of_third: \"32\", "),
        "{shown}"
    );
    assert!(shown.ends_with("last: 2026-11-23T05:00:00Z }"), "{shown}");

    for (name, says) in [
        (
            "last_of_first",
            "last_of_first: expected an integer from 0 to 255, found null",
        ),
        (
            "first_of_second",
            "first_of_second: expected an integer from 0 to 255, found null",
        ),
        (
            "first_of_third",
            "first_of_third: expected a text, found null",
        ),
    ] {
        let mut message = forty();
        message[name] = json!(null);
        assert_eq!(read(&message).unwrap_err().to_string(), says);
    }
    let mut old = forty();
    old["version"] = json!(1);
    old.as_object_mut().unwrap().remove("h6");
    assert_eq!(read(&old).unwrap().h6, "old");
    old["version"] = json!(2);
    assert!(read(&old).is_err());

    let late = accepts(
        &read(&forty()).unwrap(),
        "2026-11-23T06:00:00Z".parse().unwrap(),
    );
    assert!(
        late.unwrap_err()
            .to_string()
            .starts_with("theLast: expected a time from "),
    );
}

#[test]
fn an_event_may_have_no_field() {
    let nothing = Nothing {};
    let written = encode(&nothing).unwrap();
    assert_eq!(written, br#"{"event":"many.none","version":1}"#);
    assert_eq!(decode::<Nothing>(&written).unwrap(), nothing.clone());
    assert_eq!(format!("{nothing:?}"), "Nothing");
    assert_eq!(
        decode::<Nothing>(br#"{"a":1,"a":1}"#)
            .unwrap_err()
            .to_string(),
        "a: expected one, found two"
    );
}
