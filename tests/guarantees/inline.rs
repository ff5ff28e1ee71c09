//! `schema!` with the schema right there: for tests, and for programs too small for a folder of it.

use events::eventc::{Bucket, Event, Hour, Key, Timestamp, Uuid, decode, encode, event, key};
use serde_json::{Value as Json, json};

mod clinic {
    events::eventc::schema! { r#"
        catalog: clinic
        eventc: 1
        types:
          PatientId: { newtype: uuid, pii: health }
          Ward: [north, south]
          Celsius: { newtype: decimal, min: 30, max: 45 }
          Finding:
            fields:
              text: { type: string, pii: health }
              follows_from: list<Finding>
          Outcome:
            one_of: { discharged: Discharge, moved: Move }
            tag: how
          Discharge:
            fields: { healthy: bool }
          Move:
            fields: { to: Ward }
        streams:
          visits:
            fields:
              visit_id: { type: uuid, fill: uuid_v7 }
              at: { type: timestamp, fill: now }
              ward: Ward
            partition: [day(at), ward]
            key: ward
            id: visit_id
        contexts:
          nurse:
            fields: { nurse_id: uuid, on_call?: bool }
        events:
          temperature_taken:
            description: Somebody held a thermometer to a patient.
            stream: visits
            with: [nurse?]
            fields:
              patient_id: PatientId
              temperature: Celsius
          visit_ended:
            version: 2
            stream: visits
            fields:
              outcome: Outcome
              findings: list<Finding>
              mood: { enum: [good, bad], open: true }
              bed: { type: u16, since: 2, backfill: 1 }
    "# }
}

/// Names that mean something in Rust, and names of what every program has in scope.
mod names {
    events::eventc::schema! { r#"
        catalog: names
        eventc: 1
        types:
          Self: [self, super, crate, 'true', none, '4k', 'a b']
          Vec: string
          Result: { newtype: u8, max: 9 }
        events:
          option:
            partition: day(some)
            fields:
              some: timestamp
              type: string
              match?: string
          string:
            partition: none
            fields: { ok: bool, err?: list<string> }
          box:
            partition: none
            fields: { vec: Vec, result?: Result, async: { one_of: { await: bool, move: string } } }
          struct:
            partition: none
            fields: { dyn: 'map<string, u8>', fn: Self }
    "# }
}

mod parcels {
    events::eventc::schema!(include "tests/guarantees/schema");
}

const NURSE: &str = "019cadd3-8790-789b-a4e5-39410a4a613d";

#[test]
fn a_schema_in_the_source_is_a_module_like_any_other() {
    use clinic::{Celsius, Nurse, PatientId, TemperatureTaken, Visits, Ward};

    let patient_id = key!(PatientId("019bd68b-c8a2-7969-9ad5-17a81bc7e031"));
    let event = event!(TemperatureTaken {
        visits: Visits::new(Ward::North),
        nurse: Some(Nurse {
            nurse_id: NURSE.parse::<Uuid>().unwrap(),
            on_call: None,
        }),
        patient_id,
        temperature: "37.4".parse::<Celsius>().unwrap(),
    });
    assert_eq!(TemperatureTaken::NAME, "temperature_taken");
    assert_eq!(TemperatureTaken::STREAM, "visits");
    assert!(format!("{event:?}").contains("patient_id: <redacted>"));
    let message: Json = serde_json::from_slice(&encode(&event).unwrap()).unwrap();
    assert_eq!(message["nurse_id"], NURSE);
    assert_eq!(message["temperature"], "37.4");
    assert_eq!(message["ward"], "north");
    assert_eq!(
        "45.1".parse::<Celsius>().unwrap_err().to_string(),
        "a `Celsius` is from 30 to 45, this is 45.1"
    );
}

#[test]
fn it_has_unions_records_open_enums_and_versions() {
    use clinic::{Events, Outcome, VisitEnded, VisitsEvent, Ward};

    let message = json!({
        "event": "visit_ended",
        "version": 1,
        "visit_id": NURSE,
        "at": "2026-11-23T05:00:00Z",
        "ward": "south",
        "outcome": { "how": "moved", "to": "north" },
        "findings": [{ "text": "cough", "follows_from": [{ "text": "cold", "follows_from": [] }] }],
        "mood": "so-so",
    });
    let bytes = serde_json::to_vec(&message).unwrap();
    let event: VisitEnded = decode(&bytes).unwrap();
    assert!(matches!(&event.outcome, Outcome::Moved(to) if to.to == Ward::North));
    assert_eq!((event.mood.as_str(), event.bed), ("so-so", 1));
    assert!(!format!("{event:?}").contains("cold"));
    assert_eq!(
        VisitsEvent::decode(&bytes).unwrap(),
        VisitsEvent::from(event.clone())
    );
    assert_eq!(Events::names(), ["temperature_taken", "visit_ended"]);
}

#[test]
fn no_name_of_a_schema_is_in_the_way_of_rust() {
    use names::{Box, BoxAsync, Events, Option, String, Struct};

    let event = event!(Option {
        some: "2026-11-23T05:00:00Z".parse::<Key<Timestamp>>().unwrap(),
        r#type: "a".to_owned(),
    });
    let message = br#"{"event":"option","version":1,"some":"2026-11-23T05:00:00Z","type":"a"}"#;
    assert_eq!(encode(&event).unwrap(), message);
    assert_eq!(Events::decode(message), Ok(Events::Option(event)));
    assert_eq!(String::NAME, "string");

    let event: Box = decode(br#"{"vec": "x", "async": {"await": true}}"#).unwrap();
    assert_eq!(event.r#async, BoxAsync::Await(true));
    assert_eq!((event.vec.as_str(), event.result), ("x", None));

    let event: Struct = decode(br#"{"dyn": {"": 1}, "fn": "self"}"#).unwrap();
    assert_eq!(serde_json::to_value(&event).unwrap()["fn"], "self");
}

#[test]
fn a_folder_of_schema_files_is_a_tree_of_modules() {
    use parcels::parcel::{Scanned, damage};
    use parcels::{Belt, BeltEvent, DepotId, ParcelId};

    let belt = Belt::new(key!(DepotId("019445f2-b0d3-7234-bc36-867756c93a81")));
    let parcel_id = key!(ParcelId("P1"));
    let scanned = event!(Scanned {
        belt: belt.clone(),
        parcel_id: parcel_id.clone()
    });
    let found = event!(damage::Found {
        belt,
        parcel_id,
        kind: damage::FoundKind::Wet,
    });
    let (hour, bucket): (Hour, Bucket<4>) = scanned.partition();
    assert_eq!(hour, Hour::of(&scanned.belt.seen_at));
    assert!(bucket.index() < 4);
    assert_eq!(damage::Found::NAME, "parcel.damage.found");
    assert_eq!(
        BeltEvent::decode(&encode(&found).unwrap()),
        Ok(BeltEvent::from(found))
    );
}

mod twice {
    events::eventc::schema! { r#"
        catalog: twice
        eventc: 1
        events:
          option: { partition: none, fields: { other: bool } }
    "# }
}

/// As in two tests of one crate, each with a small schema of its own.
#[test]
fn two_schemas_may_have_an_event_of_the_same_name() {
    let event = event!(twice::Option { other: true });
    assert_eq!(twice::Option::NAME, names::Option::NAME);
    assert_eq!(
        encode(&event).unwrap(),
        br#"{"event":"option","version":1,"other":true}"#
    );
}
