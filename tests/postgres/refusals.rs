//! What a type refuses, its column refuses: for those who write past the types.

use std::time::SystemTime;

use eventc_compiler::catalog::Event;
use eventc_compiler::postgres::{Column, Literal};
use eventc_testing::samples::Samples;
use events::Events;
use serde_json::{Value, json};

use crate::stage::Stage;

/// Says why a statement is refused, and undoes one that is not.
const REFUSED: &str = "
create function refused(statement text) returns text language plpgsql as $$
begin
  execute statement;
  raise exception using errcode = 'EV000';
exception
  when sqlstate 'EV000' then return 'accepted';
  when others then return sqlstate;
end
$$;
";

/// Values that stand for nothing, or for something that nobody knows.
fn poisons(column: &Column) -> Vec<Value> {
    if column.ty.is_array {
        return vec![Value::Null];
    }
    match column.ty.element {
        "text" => vec![Value::Null, json!(""), json!("no such value")],
        "uuid" => vec![Value::Null, json!("00000000-0000-0000-0000-000000000000")],
        "timestamp with time zone" => vec![
            Value::Null,
            json!("1970-01-01T00:00:00Z"),
            json!("2200-01-01T00:00:00Z"),
        ],
        "date" => vec![Value::Null, json!("1970-01-01"), json!("2200-01-01")],
        "smallint" | "integer" | "bigint" => {
            vec![
                Value::Null,
                json!(-1),
                json!(0),
                json!(101),
                json!(70_000),
                json!(5_000_000_000_u64),
            ]
        }
        _ => vec![Value::Null],
    }
}

#[test]
fn tables_and_types_give_the_same_verdict() {
    let Some(stage) = Stage::real("refusals") else {
        return;
    };
    stage.sql(REFUSED);
    let mut samples = Samples::new(&stage.catalog, 1970).with_now(SystemTime::now());
    let (mut script, mut expected) = (String::from("begin;\n"), Vec::new());
    for id in Event::ids(&stage.catalog) {
        let table = stage.table_of(&stage.catalog[id].name);
        let message = samples.event(id);
        // So that nothing is refused for want of a partition alone.
        script.push_str(&stage.place(table, &message));
        let members = |column: &&Column| {
            let is_member =
                column.default.is_none() && column.name != "event" && column.name != "version";
            is_member && !(table.is_shared() && column.name == "payload")
        };
        for column in table.columns.iter().filter(members) {
            for poison in poisons(column) {
                let mut changed = message.clone();
                changed[&column.name] = poison;
                let statement = stage.insert(table, &changed);
                script.push_str(&format!(
                    "select 'verdict ' || refused({});\n",
                    Literal(&statement)
                ));
                let is_read = Events::decode(changed.to_string().as_bytes()).is_ok();
                expected.push((is_read, column.name.clone(), changed));
            }
        }
    }
    let answer = stage.sql(&(script + "rollback;\n"));
    let verdicts: Vec<_> = answer
        .lines()
        .filter_map(|line| line.strip_prefix("verdict "))
        .collect();
    assert_eq!(verdicts.len(), expected.len());
    let (mut refused, mut accepted) = (0, 0);
    for ((is_read, column, message), verdict) in expected.iter().zip(&verdicts) {
        assert_eq!(
            *verdict == "accepted",
            *is_read,
            "{column}: {verdict}\n{message}"
        );
        *(if *is_read {
            &mut accepted
        } else {
            &mut refused
        }) += 1;
    }
    // Both happen, and often: a test that refuses everything proves nothing.
    assert!(refused > 300 && accepted > 100, "{refused} {accepted}");
}

/// The refactor of the outage cannot be written in Rust, which the tests of `guarantees` and `ui` show. Whoever writes SQL
/// by hand is told by the table, as they were.
#[test]
fn the_row_of_the_outage_is_refused() {
    let Some(stage) = Stage::real("outage") else {
        return;
    };
    let row = "insert into acme.backend_request_success (version, event_id, tenant_id) \
               values (1, gen_random_uuid(), gen_random_uuid())";
    let refused = stage
        .database
        .psql(&format!("\\set VERBOSITY verbose\n{row}"))
        .unwrap_err();
    assert!(refused.contains("23514"), "{refused}");
    assert!(refused.contains("(occurred_at) = (null)"), "{refused}");
}

#[test]
fn half_a_context_is_refused() {
    let Some(stage) = Stage::small(
        "half_a_context",
        "contexts:\n  viewer: { fields: { user: string, plan: string, country?: string } }\n\
         events:\n  seen: { partition: none, with: [viewer?], fields: { page: string } }\n",
    ) else {
        return;
    };
    let insert = |columns: &str| {
        let names: Vec<_> = columns.split(' ').collect();
        let values = names
            .iter()
            .map(|name| format!("'{name}'"))
            .collect::<Vec<_>>();
        let names = names
            .iter()
            .map(|name| format!("\"{name}\""))
            .collect::<Vec<_>>();
        stage.database.psql(&format!(
            "insert into acme.seen (version, page, {}) values (1, '', {})",
            names.join(", "),
            values.join(", ")
        ))
    };
    assert!(insert("user plan").is_ok());
    assert!(insert("user plan country").is_ok());
    for half in ["user", "plan country", "country"] {
        let refused = insert(half).unwrap_err();
        assert!(refused.contains("\"viewer_context\""), "{refused}");
    }
}

#[test]
fn an_optional_list_with_a_length_may_be_absent() {
    let Some(stage) = Stage::small(
        "optional_list",
        "types:\n  Point: { fields: { x: f64 } }\n  Line: { newtype: list<Point>, length: 2..3 }\n\
         events:\n  drawn: { partition: none, fields: { line?: Line, tags?: list<Point> } }\n",
    ) else {
        return;
    };
    let insert = |line: &str| {
        let row = format!("insert into acme.drawn (version, line) values (1, {line})");
        stage.database.psql(&row).is_ok()
    };
    assert!(insert("null"));
    assert!(insert(r#"'[{"x":1},{"x":2}]'"#));
    for wrong in ["'[]'", "'{}'", "'null'", r#"'[{"x":1}]'"#] {
        assert!(!insert(wrong), "{wrong}");
    }
}
