//! What derives say of two values: whether they are equal, and what a copy is.

use eventc::{Fill, Key, Newtype, Text};
use serde_json::json;

use crate::sample::*;

/// Each with another value in one field, of every kind of field that there is.
fn variations() -> Vec<(&'static str, Placed)> {
    let change = |name: &'static str, change: fn(&mut Placed)| {
        let mut event = placed();
        change(&mut event);
        (name, event)
    };
    vec![
        change("a member of the header", |event| {
            event.telemetry.event_id = Key::fill();
        }),
        change("an optional context", |event| event.viewer = None),
        change("a member of it", |event| {
            event.viewer.as_mut().unwrap().nickname = None;
        }),
        change("a decimal", |event| event.total = "12.51".parse().unwrap()),
        change("a number", |event| event.ratio = 0.2),
        change("a number of 32 bits", |event| event.rate = 2.25),
        change("an enum", |event| event.platform = Platform::Web),
        change("an optional one", |event| event.browser = None),
        change("a text", |event| event.country.push(' ')),
        change("the length of a list", |event| _ = event.lines.pop()),
        change("an item of a list", |event| event.lines[1].quantity += 1),
        change("a key of a map", |event| {
            let value = event.labels.remove("a b").unwrap();
            event.labels.insert("a c".to_owned(), value);
        }),
        change("a value of a map", |event| {
            event
                .labels
                .insert("a b".to_owned(), Percent::__literal(51));
        }),
        change("an entry of a map", |event| {
            event.guests.insert(UserId::__literal("carl"), 3);
        }),
        change("a personal value", |event| {
            event.friends[0] = UserId::__literal("zoé");
        }),
        change("a variant of a union", |event| {
            event.payment = Payment::Invoice(Box::new(Invoice { days: 30 }));
        }),
        change("the value of a variant", |event| {
            event.payment = Payment::Card(Card {
                number: "4112".to_owned(),
            });
        }),
        change("a variant without a tag", |event| {
            event.place = Some(Place::Shop("Mitte".to_owned()));
        }),
        change("bytes", |event| event.blob = vec![0, 255].into()),
        change("a date", |event| event.on = "2024-02-28".parse().unwrap()),
        change("an address", |event| {
            event.from = "2001:db8::2".parse().unwrap();
        }),
        change("any json", |event| event.extra = Some(json!([1, "y"]))),
        change("what is in a box", |event| {
            let tree = event.tree.as_mut().unwrap();
            tree.child.as_mut().unwrap().label.clear();
        }),
        change("an integer", |event| event.big -= 1),
        change("a boolean", |event| event.paid = false),
    ]
}

#[test]
fn a_copy_is_equal() {
    let event = placed();
    assert_eq!(event.clone(), event);
    assert_eq!(event.telemetry.clone(), event.telemetry);
    assert_eq!(event.viewer.clone(), event.viewer);
    assert_eq!(event.lines.clone(), event.lines);
    for (what, event) in variations() {
        assert_eq!(event.clone(), event, "{what}");
    }
}

#[test]
fn what_differs_in_one_field_is_another() {
    let mut events = variations();
    events.push(("nothing", placed()));
    for (index, (what, event)) in events.iter().enumerate() {
        for (other_index, (other_what, other)) in events.iter().enumerate() {
            assert_eq!(
                event == other,
                index == other_index,
                "{what} and {other_what}"
            );
        }
    }
}

#[test]
fn a_number_that_is_none_equals_nothing() {
    let nan = Placed {
        ratio: f64::NAN,
        ..placed()
    };
    assert!(nan != nan.clone());
    let nan = Placed {
        rate: f32::NAN,
        ..placed()
    };
    assert!(nan != nan.clone());
    let zero = |ratio| Placed { ratio, ..placed() };
    assert_eq!(zero(0.0), zero(-0.0));
}

#[test]
fn headers_records_and_enums_of_events() {
    let event = placed();
    let other = TenantId::try_from(eventc::Uuid::fill()).unwrap();
    let mut header = event.telemetry.clone();
    assert_eq!(header, event.telemetry);
    header.tenant_id = other;
    assert_ne!(header, event.telemetry);

    let opened = Opened {
        telemetry: event.telemetry.clone(),
    };
    // the same members, and another event
    assert_ne!(
        TelemetryEvent::from(opened.clone()),
        TelemetryEvent::from(event.clone())
    );
    assert_eq!(
        TelemetryEvent::from(opened.clone()),
        TelemetryEvent::from(opened.clone())
    );
    assert_ne!(
        TelemetryEvent::from(opened),
        TelemetryEvent::from(Opened { telemetry: header })
    );
}

/// A newtype compares as it derives, wherever it stands: what an event compares is what is written.
#[test]
fn enums_are_values_of_the_standard_library() {
    use std::collections::{BTreeSet, HashSet};

    let copy = Platform::Ios;
    assert_eq!((copy, Platform::Ios), (Platform::Ios, copy));
    assert!(Platform::Web < Platform::Ios);
    assert_eq!(HashSet::from([Platform::Web, Platform::Ios, copy]).len(), 2);
    assert_eq!("ios".parse(), Ok(Platform::Ios));
    assert_eq!(format!("{copy} {copy:?} {copy:>5}"), "ios ios   ios");

    let unknown: Browser = serde_json::from_str("\"netscape\"").unwrap();
    assert_eq!(unknown.clone(), unknown);
    assert_ne!(unknown, Browser::Firefox);
    assert!("netscape".parse::<Browser>().is_err());
    assert_eq!(
        BTreeSet::from([unknown.clone(), Browser::Firefox, unknown.clone()]).len(),
        2
    );
    assert_eq!(
        HashSet::from([unknown.clone(), Browser::Firefox, unknown]).len(),
        2
    );
}

#[test]
fn a_newtype_is_what_it_holds() {
    assert_eq!(
        UserId::__literal("ada"),
        UserId::try_from(Text::from("ada")).unwrap()
    );
    assert_eq!(UserId::__literal("ada").inner(), "ada");
}
