//! What is refused when writing, and how far times may be from now.

use std::collections::BTreeMap;

use eventc::{Event, Events, Json, Refusal, Timestamp, Union, accepts, encode};

use crate::sample::*;

#[track_caller]
fn says<T>(result: Result<T, Refusal>, words: &str) {
    assert_eq!(result.err().expect("it was accepted").to_string(), words);
}

#[test]
fn numbers_that_are_none() {
    says(
        encode(&Placed {
            ratio: f64::NAN,
            ..placed()
        }),
        "ratioOf: expected a finite number, found NaN",
    );
    says(
        encode(&Placed {
            rate: f32::INFINITY,
            ..placed()
        }),
        "rate: expected a finite number, found inf",
    );
    let error = rmp_serde::to_vec(&Placed {
        ratio: f64::NEG_INFINITY,
        ..placed()
    })
    .unwrap_err()
    .to_string();
    assert!(
        error.contains("ratioOf: expected a finite number, found -inf"),
        "{error}"
    );
}

/// Numbers, wherever a value can stand.
#[derive(Event)]
#[event(name = "measured", partition = none)]
struct Measured {
    list: Vec<Option<f64>>,
    map: BTreeMap<String, f32>,
    guests: BTreeMap<UserId, f32>,
    union: Option<Reading>,
    #[event(pii = "health", wire = "bodyTemperature")]
    temperature: Option<f64>,
    json: Json,
}

#[derive(Clone, PartialEq, Union)]
enum Reading {
    Celsius(f64),
}

#[derive(Events)]
enum Anything {
    Measured(Measured),
}

fn measured() -> Measured {
    Measured {
        list: vec![Some(1.0), None],
        map: BTreeMap::new(),
        guests: BTreeMap::new(),
        union: None,
        temperature: None,
        json: Json::Null,
    }
}

/// An event is refused in the same words by `encode`, which then leaves the buffer as it was, by the enum that holds it
/// and by `Serialize`.
#[track_caller]
fn refused(event: Measured, words: &str) {
    let mut buffer = b"before".to_vec();
    says(eventc::encode_into(&event, &mut buffer), words);
    assert_eq!(buffer, b"before");
    let error = serde_json::to_string(&event).unwrap_err().to_string();
    assert_eq!(error, words);
    says(Anything::from(event).encode(), words);
}

#[test]
fn a_refused_event_is_refused_with_the_path_and_leaves_the_buffer_alone() {
    refused(
        Measured {
            list: vec![Some(1.0), None, Some(f64::NAN)],
            ..measured()
        },
        "list[2]: expected a finite number, found NaN",
    );
    refused(
        Measured {
            map: [("a \"b\"".to_owned(), f32::NEG_INFINITY)].into(),
            ..measured()
        },
        r#"map["a \"b\""]: expected a finite number, found -inf"#,
    );
    refused(
        Measured {
            guests: [(UserId::__literal("ada"), f32::NAN)].into(),
            ..measured()
        },
        "guests[…]: expected a finite number, found NaN",
    );
    refused(
        Measured {
            union: Some(Reading::Celsius(f64::INFINITY)),
            ..measured()
        },
        "union.celsius: expected a finite number, found inf",
    );
    refused(
        Measured {
            temperature: Some(f64::NAN),
            ..measured()
        },
        "bodyTemperature: expected a finite number, found another",
    );
    let deep = |levels| (0..levels).fold(Json::Null, |inner, _| Json::from(vec![inner]));
    refused(
        Measured {
            json: deep(127),
            ..measured()
        },
        "json: expected at most 127 levels of objects and lists, found more",
    );
    let fits = Measured {
        json: deep(126),
        ..measured()
    };
    assert_eq!(
        eventc::decode::<Measured>(&encode(&fits).unwrap()).unwrap(),
        fits
    );
}

#[test]
fn what_nests_too_deep_to_be_read_again() {
    let deep = |levels| {
        let leaf = Tree {
            label: "leaf".into(),
            child: None,
            others: vec![],
        };
        (1..levels).fold(leaf, |child, _| Tree {
            label: "node".into(),
            child: Some(Box::new(child)),
            others: vec![],
        })
    };
    // the innermost has a list in it, and the event is one level itself
    let fits = Placed {
        tree: Some(deep(125)),
        ..placed()
    };
    assert_eq!(
        eventc::decode::<Placed>(&encode(&fits).unwrap()).unwrap(),
        fits
    );
    let error = encode(&Placed {
        tree: Some(deep(126)),
        ..placed()
    })
    .unwrap_err();
    assert_eq!(
        error.reason(),
        "expected at most 127 levels of objects and lists, found more"
    );
    assert!(
        error.path().starts_with("tree.child.child.child."),
        "{}",
        error.path()
    );
    assert!(
        encode(&Placed {
            tree: Some(deep(2_000)),
            ..placed()
        })
        .is_err()
    );
}

#[test]
fn times_near_now() {
    let now: Timestamp = "2026-11-23T05:06:30Z".parse().unwrap();
    assert_eq!(accepts(&placed(), now), Ok(()));
    says(
        accepts(&placed(), "2026-11-23T04:00:00Z".parse().unwrap()),
        "occurred_at: expected a time from 2026-11-16T04:00:00Z to 2026-11-23T05:00:00Z, found 2026-11-23T05:06:07.250Z",
    );
    says(
        accepts(&placed(), "2026-11-23T05:30:00Z".parse().unwrap()),
        "lines[1].seen_at: expected a time from 2026-11-23T05:29:00Z to 2026-11-23T05:31:00Z, found 2026-11-23T05:06:00Z",
    );
    assert!(accepts(&placed(), "2026-12-23T05:30:00Z".parse().unwrap()).is_err());
    // of a date, any instant may be near
    let gone = Gone {
        at: "2026-11-22".parse().unwrap(),
    };
    assert_eq!(accepts(&gone, now), Ok(()));
    assert_eq!(
        accepts(&gone, "2026-11-23T23:59:59Z".parse().unwrap()),
        Ok(())
    );
    assert!(accepts(&gone, "2026-11-24T00:00:00Z".parse().unwrap()).is_err());
    assert!(accepts(&gone, "2026-11-21T23:59:59Z".parse().unwrap()).is_err());
}
