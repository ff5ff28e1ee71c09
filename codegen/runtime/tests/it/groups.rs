//! Enums of events that hold enums of events.

use eventc::{Events, Refusal};

use crate::sample::*;

#[track_caller]
fn says<T>(result: Result<T, Refusal>, words: &str) {
    assert_eq!(result.err().expect("it was read").to_string(), words);
}

fn read(text: &str) -> Result<Catalog, Refusal> {
    Catalog::decode(text.as_bytes())
}

fn gone() -> Gone {
    Gone {
        at: "2026-11-23".parse().unwrap(),
    }
}

fn opened() -> Opened {
    Opened {
        telemetry: placed().telemetry,
    }
}

#[test]
fn each_event_is_read_by_its_name() {
    assert_eq!(
        read(r#"{"event":"checkout.gone","at":"2026-11-23"}"#).unwrap(),
        Catalog::Gone(gone())
    );
    let message = eventc::encode(&placed()).unwrap();
    assert!(matches!(
        Catalog::decode(&message),
        Ok(Catalog::Telemetry(TelemetryEvent::Placed(event))) if *event == placed()
    ));
    let message = eventc::encode(&opened()).unwrap();
    assert!(matches!(
        Catalog::decode(&message),
        Ok(Catalog::Telemetry(TelemetryEvent::Opened(event))) if event == opened()
    ));
    // one that is of the catalog is not of each of its streams
    says(
        TelemetryEvent::decode(&eventc::encode(&gone()).unwrap()),
        "event: no event is called `checkout.gone`, did you mean `checkout.opened`?",
    );
}

#[test]
fn names_are_in_the_order_of_the_variants() {
    assert_eq!(
        TelemetryEvent::names(),
        ["checkout.placed", "checkout.opened"]
    );
    // its own first, then those of the enums it holds
    assert_eq!(
        Catalog::names(),
        ["checkout.gone", "checkout.placed", "checkout.opened"]
    );
}

#[test]
fn a_name_that_is_nearly_one_of_any_of_them() {
    says(
        read(r#"{"event":"checkout.gon"}"#),
        "event: no event is called `checkout.gon`, did you mean `checkout.gone`?",
    );
    says(
        read(r#"{"event":"checkout.opend"}"#),
        "event: no event is called `checkout.opend`, did you mean `checkout.opened`?",
    );
    says(
        read(r#"{"event":"checkout.plaecd"}"#),
        "event: no event is called `checkout.plaecd`, did you mean `checkout.placed`?",
    );
    says(
        read(r#"{"event":"payroll.paid"}"#),
        "event: no event is called `payroll.paid`",
    );
}

#[test]
fn a_refusal_says_of_which_event_it_is() {
    says(
        read(r#"{"event":"checkout.gone"}"#),
        "event `checkout.gone`: at: expected a date like 2026-11-23, found nothing",
    );
    says(
        read(r#"{"event":"checkout.opened"}"#),
        "event `checkout.opened`: event_id: expected a uuid, found nothing",
    );
    says(
        read(r#"{"event":"checkout.opened","event":"checkout.gone"}"#),
        "event `checkout.opened`: event_id: expected a uuid, found nothing",
    );
    says(
        read("{}"),
        "event: expected the name of an event, found nothing",
    );
    says(read("[]"), "expected an object, found a list");
}

#[test]
fn all_of_them_are_written_alike() {
    let event = placed();
    let message = eventc::encode(&event).unwrap();
    let of_stream = TelemetryEvent::from(event.clone());
    assert_eq!(of_stream.name(), "checkout.placed");
    assert_eq!(of_stream.encode().unwrap(), message);
    assert_eq!(serde_json::to_vec(&of_stream).unwrap(), message);
    assert_eq!(format!("{of_stream:?}"), format!("{event:?}"));
    let of_catalog = Catalog::from(of_stream);
    assert_eq!(of_catalog.name(), "checkout.placed");
    assert_eq!(of_catalog.encode().unwrap(), message);
    assert_eq!(serde_json::to_vec(&of_catalog).unwrap(), message);
    assert_eq!(format!("{of_catalog:?}"), format!("{event:?}"));
    assert_eq!(Events::event(&of_catalog).version(), 3);
    assert_eq!(Catalog::decode(&message).unwrap(), of_catalog);
    assert_ne!(Catalog::from(gone()), of_catalog);
}

/// Whichever the format, an event, the enum of its stream and that of the catalog have one shape.
#[test]
fn in_every_format() {
    let event = placed();
    let catalog = Catalog::from(TelemetryEvent::from(placed()));

    let pack = rmp_serde::to_vec(&event).unwrap();
    assert_eq!(rmp_serde::to_vec(&catalog).unwrap(), pack);
    assert_eq!(rmp_serde::from_slice::<Catalog>(&pack).unwrap(), catalog);
    assert_eq!(rmp_serde::from_slice::<Placed>(&pack).unwrap(), event);

    let cbor = |value: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = Vec::new();
        value(&mut bytes);
        bytes
    };
    let bytes = cbor(&|bytes| ciborium::into_writer(&event, bytes).unwrap());
    assert_eq!(
        cbor(&|bytes| ciborium::into_writer(&catalog, bytes).unwrap()),
        bytes
    );
    assert_eq!(
        ciborium::from_reader::<Catalog, _>(bytes.as_slice()).unwrap(),
        catalog
    );
    assert_eq!(
        ciborium::from_reader::<Placed, _>(bytes.as_slice()).unwrap(),
        event
    );

    let text = toml::to_string(&event).unwrap();
    assert_eq!(toml::to_string(&catalog).unwrap(), text);
    assert_eq!(toml::from_str::<Catalog>(&text).unwrap(), catalog);
    assert_eq!(toml::from_str::<Placed>(&text).unwrap(), event);

    let json = serde_json::to_value(&event).unwrap();
    assert_eq!(serde_json::to_value(&catalog).unwrap(), json);
    assert_eq!(serde_json::from_value::<Catalog>(json).unwrap(), catalog);
}
