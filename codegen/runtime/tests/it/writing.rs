//! What is refused when writing, and how far times may be from now.

use eventc::{Refusal, Timestamp, accepts, encode};

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

#[test]
fn a_refused_event_leaves_the_buffer_alone() {
    let mut buffer = b"before".to_vec();
    assert!(
        eventc::encode_into(
            &Placed {
                ratio: f64::NAN,
                ..placed()
            },
            &mut buffer
        )
        .is_err()
    );
    assert_eq!(buffer, b"before");
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
