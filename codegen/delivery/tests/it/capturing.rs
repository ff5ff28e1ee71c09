//! What tests of services see.

use eventc::{Day, event};
use eventc_delivery::{By, Dropped, Emitter};

use crate::event::{Counted, Noted, counted};

#[test]
fn a_test_sees_what_was_emitted() {
    let (emitter, captured) = Emitter::capture();
    let first = counted(1, 2);
    emitter.emit(first.clone());
    emitter.clone().emit(event!(Noted { weight: 0.5 }));
    assert_eq!(captured.of::<Counted>(), [first]);
    assert_eq!(captured.of::<Noted>(), [Noted { weight: 0.5 }]);
    assert_eq!(captured.names(), ["test.counted", "test.noted"]);
    let json = r#"{"event":"test.noted","version":2,"weight":0.5}"#;
    assert_eq!(captured.json()[1], json);
    captured.clear();
    assert!(captured.json().is_empty());
}

#[test]
fn an_event_that_is_no_json_is_dropped_and_counted() {
    let (emitter, captured) = Emitter::capture();
    let dropped = emitter.try_emit(event!(Noted { weight: f64::NAN }));
    let Err(Dropped::Refused(refusal)) = dropped else {
        panic!("{dropped:?}");
    };
    assert!(refusal.to_string().starts_with("weight: "), "{refusal}");
    let health = emitter.health();
    assert_eq!((health.accepted, health.dropped), (0, 1));
    assert_eq!(health.events["test.noted"].refused, 1);
    assert!(
        health
            .last_refusal
            .unwrap()
            .starts_with("event `test.noted`: weight: ")
    );
    assert!(captured.json().is_empty());
}

#[test]
fn an_emitter_with_a_requirement_is_captured_as_well() {
    fn report(emitter: &Emitter<By<Day>>) {
        emitter.emit(counted(0, 7));
    }
    let (emitter, captured) = Emitter::<By<Day>>::capture_for();
    report(&emitter);
    assert_eq!(captured.of::<Counted>()[0].number, 7);
}
