//! What an emitter reports about itself fits its table, whoever changes the one or the other.

use std::time::Duration;

use eventc_compiler::catalog::{Body, Field};
use eventc_compiler::postgres::heartbeat::{self, HEARTBEAT};
use eventc_delivery::{Any, Batch, Emitter, Fail, Heartbeat, HeartbeatState, Sink, SinkReport};
use events::eventc::{Event, Key, Timestamp, Uuid, decode, encode};
use serde_json::{Map, Value};

use crate::stage::Stage;

/// The types that the table's schema becomes.
mod schema {
    eventc::schema!(include "codegen/compiler/src/targets/postgres/heartbeat");
}

/// One that has everything.
fn full() -> Heartbeat {
    Heartbeat {
        heartbeat_id: Key::<Uuid>::now_v7(),
        at: Key::<Timestamp>::now(),
        producer: Key::<Uuid>::now_v7().get(),
        started_at: Timestamp::now(),
        sequence: u64::MAX,
        state: HeartbeatState::Running,
        every: 60_000,
        service: Some("checkout".to_owned()),
        host: Some("web-3".to_owned()),
        pid: u32::MAX,
        accepted: 1,
        dropped: 2,
        memory_bytes: 3,
        log_bytes: 4,
        log_errors: 5,
        log_full: 6,
        log_torn: 7,
        log_damaged: 8,
        log_passed: 9,
        log_lost: 10,
        log_error: Some("No space left on device".to_owned()),
        sinks: vec![SinkReport {
            name: "files".to_owned(),
            delivered: 11,
            retries: 12,
            dead: 13,
            missed: 14,
            lag_bytes: 15,
            oldest_undelivered: Some(16),
            last_error: Some("no route to host".to_owned()),
        }],
    }
}

/// Its members, without its name: that of the table's schema is another.
fn members<E: Event>(event: &E) -> Map<String, Value> {
    let mut members: Map<_, _> = serde_json::from_slice(&encode(event).unwrap()).unwrap();
    members.remove("event");
    members
}

#[test]
fn the_struct_and_the_schema_of_the_table_have_the_same_fields() {
    assert_eq!(Heartbeat::NAME, HEARTBEAT.event);
    assert_eq!(Heartbeat::VERSION, schema::Heartbeat::VERSION);
    let sent = members(&full());
    let message = Value::from(sent.clone()).to_string();
    let read: schema::Heartbeat = decode(message.as_bytes()).unwrap();
    // What either does not know is left out, so they know the same; in this order, too, as it is on the wire.
    assert_eq!(Value::from(members(&read)).to_string(), message);
    // Nor is there anything in the schema that may be absent, and is.
    let catalog = eventc_compiler::compile(&heartbeat::schema())
        .catalog
        .unwrap();
    let names = |fields: &[Field]| fields.iter().map(|field| field.name.clone()).collect();
    let mut declared: Vec<String> = names(&catalog.events[0].fields);
    let records = catalog.types.iter().filter_map(|ty| match &ty.body {
        Body::Record(fields) => Some(fields),
        _ => None,
    });
    declared.extend(records.flat_map(|fields| names(fields)));
    let of_sinks = sent["sinks"][0].as_object().unwrap();
    let mut written: Vec<_> = sent.keys().filter(|name| *name != "version").collect();
    written.extend(of_sinks.keys());
    declared.sort();
    written.sort();
    assert_eq!(declared.iter().collect::<Vec<_>>(), written);
    for state in [HeartbeatState::Started, HeartbeatState::Stopped] {
        let message = Value::from(members(&Heartbeat { state, ..full() })).to_string();
        let read = decode::<schema::Heartbeat>(message.as_bytes());
        assert!(read.is_ok(), "{read:?}");
    }
    // One that has nothing that it may go without.
    let mut bare = sent;
    bare.retain(|name, _| !matches!(name.as_str(), "service" | "host" | "log_error"));
    bare.insert("sinks".to_owned(), Value::Array(Vec::new()));
    let message = Value::from(bare).to_string();
    let ours: Heartbeat = decode(message.as_bytes()).unwrap();
    let theirs: schema::Heartbeat = decode(message.as_bytes()).unwrap();
    assert_eq!(members(&ours), members(&theirs));
}

/// Keeps what comes for the test.
struct Kept(std::sync::mpsc::Sender<String>);

impl Sink for Kept {
    type Requires = Any;

    fn name(&self) -> &str {
        "kept"
    }

    fn write(&mut self, batch: &Batch<'_>) -> Result<(), Fail> {
        let mut records = batch.records().iter();
        let kept = records.try_for_each(|record| self.0.send(record.json().to_owned()));
        kept.map_err(|error| Fail::Retry(error.to_string()))
    }
}

/// What real emitters send: they are heard, and are missed when they end without a word.
#[test]
fn who_ends_without_a_word_is_missed() {
    let Some(stage) = Stage::small("heartbeats", "") else {
        return;
    };
    let folder = std::env::temp_dir().join(format!("eventc-heartbeats-{}", std::process::id()));
    let (kept, sent) = std::sync::mpsc::channel();
    let emitter = Emitter::builder()
        .spool(&folder)
        .service("checkout")
        .sink(Kept(kept))
        .start()
        .unwrap();
    assert!(emitter.shutdown(Duration::from_secs(10)).is_complete());
    drop(emitter);
    let sent: Vec<String> = sent.iter().collect();
    std::fs::remove_dir_all(folder).unwrap();
    let tables = &stage.tables;
    let table = tables
        .tables()
        .find(|it| it.name == HEARTBEAT.table)
        .unwrap();
    let rows = sent.iter().map(|json| {
        let message: Value = serde_json::from_str(json).unwrap();
        stage.insert(table, &message)
    });
    let rows: Vec<_> = rows.collect();
    let [started, stopped] = rows.as_slice() else {
        panic!("{rows:#?}");
    };
    let silent = "select alarm, about ~ '^checkout, ' from acme.alarms(silent_after => '-1 hour')";
    let later = "update acme._heartbeat set every = 0;";
    assert_eq!(stage.sql("select * from acme.alarms()").trim(), "");
    assert_eq!(
        stage.sql(&format!("{started}{later}{silent}")).trim(),
        "silent|t"
    );
    assert_eq!(stage.sql(&format!("{stopped}{later}{silent}")).trim(), "");
}
