//! What arrives is what was emitted.

use std::path::Path;
use std::time::{Duration, SystemTime};

use eventc_compiler::catalog::Event;
use eventc_compiler::{Sources, postgres};
use eventc_testing::postgres::Server;
use eventc_testing::samples::Samples;
use eventc_testing::schema::json;
use serde_json::Value;

use super::stage::{LeftLog, Stage, sink};

/// Samples of each event.
const SAMPLES: usize = 8;

/// What only the owner may do: a partition for any time, however far from the present it is.
const PLACE: &str = "
create function place(of_table text, at timestamptz, message jsonb) returns integer
language sql set timezone = 'UTC' as $$
  select @._ensure(
      to_regclass('@.' || of_table), of_table, array_agg(p order by level), at::timestamp, at::timestamp, message, false
    )
    from @._partitioning p where p.table_name = of_table
$$;
";

#[test]
fn every_event_of_the_catalog_arrives_as_it_was() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    arrives("catalog", &Sources::read(&folder, "schema").unwrap());
}

#[test]
fn every_type_arrives_as_it_was() {
    let text = include_str!("wide.yaml");
    let files = [("catalog.yaml".to_owned(), text.as_bytes().to_vec())];
    arrives("types", &Sources::new("schema", files));
}

/// Delivers samples of every event of a schema, and holds the rows against those that the compiler says an event is.
fn arrives(name: &str, sources: &Sources) {
    let Some(server) = Server::shared() else {
        return;
    };
    let stage = Stage::of(server, name, sources);
    stage.load();
    let schema = stage.catalog.name.clone();
    stage.sql(&PLACE.replace('@', &schema));
    let mirror = postgres::Database::in_schema(&stage.catalog, sources, "mirror");
    let mut script = String::from("create schema mirror;\n");
    for table in stage.tables.tables() {
        script.push_str(&format!(
            "create table mirror.\"{0}\" (like {schema}.\"{0}\");\n",
            table.name
        ));
    }
    let mut log = LeftLog::new();
    let mut samples = Samples::new(&stage.catalog, 7)
        .with_now(SystemTime::now())
        .with_nul(true);
    let mut count = 0;
    for _ in 0..SAMPLES {
        for id in Event::ids(&stage.catalog) {
            let message = samples.event(id);
            let event = &stage.catalog[id];
            let table = mirror.tables().find(|table| table.events.contains(&id));
            let table = table.unwrap();
            let member = |name: &String| message.get(name)?.as_str();
            let received = table.time.as_ref().and_then(member);
            let received = match received {
                Some(at) if at.contains('T') => at.to_owned(),
                Some(date) => format!("{date}T00:00:00Z"),
                None => "2026-01-01T00:00:00Z".to_owned(),
            };
            let at = &received;
            let text = message.to_string();
            if table.is_partitioned() {
                let levels = table.levels.iter().map(|level| &level.column);
                let known = levels.map(|column| (column.clone(), message[column].clone()));
                let known = Value::Object(known.collect()).to_string();
                script.push_str(&format!(
                    "select place('{}', '{at}', {});\n",
                    table.name,
                    postgres::Literal(&known)
                ));
            }
            script.push_str(&table.insert(&mirror, &json(&message), Some(at)));
            log.add(&event.name, u64::from(event.version), at, &text);
            count += 1;
        }
    }
    stage.sql(&script);
    log.leave(&stage);

    let emitter = stage.emitter();
    emitter.shutdown(Duration::from_secs(30));
    let health = sink(&emitter);
    assert_eq!(
        (health.delivered, health.dead, health.lag_bytes),
        (count, 0, 0),
        "{health:?}\n{}",
        stage.sql(&format!(
            "select event, sqlstate, reason, left(record, 300) from {schema}._dead_letter limit 3"
        ))
    );
    let mut rows = 0;
    for table in stage.tables.tables() {
        // As text, in which decimals have their digits; but SQL has no literal for a zero with a sign.
        let [ours, theirs] = [&schema, "mirror"].map(|schema| {
            let row = "regexp_replace(t::text, '(?<![\\d.])-0(?![\\d.])', '0', 'g')";
            format!("select {row} from {schema}.\"{}\" t", table.name)
        });
        let different = stage.sql(&format!(
            "({ours} except all {theirs}) union all ({theirs} except all {ours}) order by 1 limit 2"
        ));
        assert!(different.is_empty(), "{}:\n{different}", table.name);
        rows += stage.number(&format!("select count(*) from ({ours}) as all_rows"));
    }
    assert_eq!(rows, count);
    assert_eq!(
        stage.rows(&format!(
            "select sink, position > 0 from {schema}._delivery"
        )),
        ["postgres|t"]
    );
}
