//! What goes into a table comes back equal.

use std::time::SystemTime;

use eventc_compiler::catalog::Event;
use eventc_compiler::postgres::{Column, Ident, Literal, Table};
use eventc_testing::samples::Samples;
use events::Events;
use serde_json::Value;

use crate::stage::{Stage, value};

/// What has no column, in a table that all events of a stream share.
const PAYLOAD: &str = "payload";

/// Samples of each event.
const SAMPLES: usize = 6;

#[test]
fn every_example_and_samples_of_every_event_come_back_equal() {
    let Some(stage) = Stage::real("round_trip") else {
        return;
    };
    let mut samples = Samples::new(&stage.catalog, 2026).with_now(SystemTime::now());
    let mut messages = Vec::new();
    for id in Event::ids(&stage.catalog) {
        let examples = stage.catalog[id].examples.iter();
        messages.extend(examples.map(|example| value(&example.json)));
        messages.extend((0..SAMPLES).map(|_| samples.event(id)));
    }
    let mut script = String::from("begin;\n");
    for message in &messages {
        let table = stage.table_of(message["event"].as_str().unwrap());
        // A row alone in its table is the one that was written.
        script.push_str(&stage.place(table, message));
        script.push_str(&stage.insert(table, message));
        // In hex, as psql drops U+10FFFF from what it prints.
        let row = read(&stage, table, message);
        script.push_str(&format!(
            "select 'row ' || encode(convert_to(({row}), 'utf8'), 'hex');\n"
        ));
        script.push_str(&format!(
            "delete from {};\n",
            stage.tables.qualified(&table.name)
        ));
    }
    let answer = stage.sql(&(script + "rollback;\n"));
    let rows: Vec<_> = answer
        .lines()
        .filter_map(|line| line.strip_prefix("row "))
        .collect();
    assert_eq!(rows.len(), messages.len());
    for (message, row) in messages.iter().zip(rows) {
        let written = Events::decode(message.to_string().as_bytes()).unwrap();
        let row = String::from_utf8(bytes(row)).unwrap();
        let read =
            Events::decode(row.as_bytes()).unwrap_or_else(|refusal| panic!("{refusal}\n{row}"));
        assert_eq!(read, written, "{message}\n{row}");
    }
}

fn bytes(hex: &str) -> Vec<u8> {
    let digits = hex
        .as_bytes()
        .chunks(2)
        .map(|pair| str::from_utf8(pair).unwrap());
    digits
        .map(|pair| u8::from_str_radix(pair, 16).unwrap())
        .collect()
}

/// A query for the row of a table as its message.
fn read(stage: &Stage, table: &Table, message: &Value) -> String {
    let is_member = |column: &&Column| !matches!(column.name.as_str(), "_received_at" | PAYLOAD);
    let members = table.columns.iter().filter(is_member);
    let members = members.map(|column| {
        let name = Literal(&column.name).to_string();
        format!(
            "select {name} as name, {} as value from row",
            as_json(column)
        )
    });
    let members: Vec<_> = members.collect();
    let payload = if table.is_shared() {
        " || (select payload from row)"
    } else {
        ""
    };
    let event = Literal(message["event"].as_str().unwrap()).to_string();
    format!(
        "with row as (select * from {}), members as ({}) \
         select (jsonb_object_agg(name, value) filter (where value is not null) \
         || jsonb_build_object('event', {event}::text){payload})::text from members",
        stage.tables.qualified(&table.name),
        members.join(" union all ")
    )
}

/// The value of a column as it is on the wire.
fn as_json(column: &Column) -> String {
    let name = Ident(&column.name).to_string();
    let one = |value: &str| match column.ty.element {
        "bytea" => format!("to_jsonb(translate(encode({value}, 'base64'), E'\\n', ''))"),
        "timestamp with time zone" => format!(
            "to_jsonb(to_char({value} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"'))"
        ),
        "numeric" => format!("to_jsonb({value}::text)"),
        "inet" => format!("to_jsonb(host({value}))"),
        _ => format!("to_jsonb({value})"),
    };
    if column.ty.is_array {
        let items = one("item");
        return format!(
            "case when {name} is not null then (select coalesce(jsonb_agg({items} order by place), '[]') \
             from unnest({name}) with ordinality as each(item, place)) end"
        );
    }
    one(&name)
}
