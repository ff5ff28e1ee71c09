//! Whatever bytes come in: what is read can be written, and is then read as the same. `codegen/fuzz` makes the bytes.

use events::Events;

/// Reads bytes as any event of the catalog, and panics where something does not hold.
pub(crate) fn holds(bytes: &[u8]) {
    match Events::decode(bytes) {
        Ok(event) => {
            let written = event.encode().expect("what was read can be written");
            let again = Events::decode(&written).expect("what was written can be read");
            assert_eq!(event, again);
            assert_eq!(written, again.encode().expect("written a moment ago"));
            assert!(!format!("{event:?}").is_empty());
        }
        Err(refusal) => assert!(!refusal.to_string().is_empty()),
    }
}

#[test]
fn messages_that_were_found_hold() {
    let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/codegen/fuzz/corpus/decode");
    let mut read = 0;
    for message in std::fs::read_dir(corpus).unwrap() {
        let message = std::fs::read(message.unwrap().path()).unwrap();
        holds(&message);
        read += usize::from(Events::decode(&message).is_ok());
    }
    assert!(read > 0, "some messages of the corpus are events");
}
