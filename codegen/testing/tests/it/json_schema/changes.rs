//! Messages with something changed anywhere, valid or not: schemas and types take the same ones.

use eventc_compiler::catalog::Event;
use eventc_testing::samples::Samples;
use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::Stage;
use crate::samples::factor;

#[test]
fn schemas_and_types_agree_on_whatever_a_message_becomes() {
    for (stage, count) in [(Stage::real(), 150), (Stage::wide(), 700)] {
        let catalog = &stage.catalog;
        let mut samples = Samples::new(catalog, 21);
        let mut random = Rng::with_seed(22);
        let mut valid = 0;
        let mut total = 0;
        for id in Event::ids(catalog) {
            let name = &catalog[id].name;
            for _ in 0..count * factor() {
                let mut message = samples.event(id);
                let other = samples.event(id);
                change(&mut message, &other, &mut random);
                total += 1;
                valid += u32::from(stage.types_take(&message));
                // The name decides which schema is asked, and stands in its schema as a constant.
                if message["event"] == **name {
                    stage.agree(name, &message);
                }
            }
        }
        assert!(
            valid > total / 10 && valid < total * 9 / 10,
            "{valid} of {total}"
        );
    }
}

/// Something is removed, added, or replaced by something else.
fn change(value: &mut Value, other: &Value, random: &mut Rng) {
    match value {
        Value::Object(members) if !members.is_empty() && random.u8(..4) > 0 => {
            let place = random.usize(..members.len());
            let name = members.keys().nth(place).unwrap().clone();
            match random.u8(..8) {
                0 => drop(members.remove(&name)),
                1 => drop(members.insert("nobody_knows_it".to_owned(), anything(random))),
                2 => drop(members.insert(name, Value::Null)),
                3 => swap(members, other, random),
                _ => change(&mut members[&name], other, random),
            }
        }
        Value::Array(items) if !items.is_empty() && random.u8(..4) > 0 => {
            let place = random.usize(..items.len());
            match random.u8(..4) {
                0 => drop(items.remove(place)),
                1 => items.push(items[place].clone()),
                _ => change(&mut items[place], other, random),
            }
        }
        Value::String(text) if random.bool() => {
            let place = random.usize(..=text.chars().count());
            let at = text
                .char_indices()
                .nth(place)
                .map_or(text.len(), |(at, _)| at);
            if at < text.len() && random.bool() {
                text.remove(at);
            } else {
                const OTHERS: [char; 16] = [
                    '0', '9', 'a', 'z', 'A', 'Z', '-', '.', ':', '/', '=', '+', 'T', ' ', 'é', '\n',
                ];
                text.insert(at, OTHERS[random.usize(..OTHERS.len())]);
            }
        }
        value => *value = anything(random),
    }
}

/// A member of another event in place of one of this.
fn swap(members: &mut Map<String, Value>, other: &Value, random: &mut Rng) {
    let others = other.as_object().unwrap();
    let (from, to) = (random.usize(..others.len()), random.usize(..members.len()));
    let value = others.values().nth(from).unwrap().clone();
    let name = members.keys().nth(to).unwrap().clone();
    members.insert(name, value);
}

/// Values that some type takes, or nearly does.
fn anything(random: &mut Rng) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(0),
        json!(1),
        json!(-1),
        json!(255),
        json!(256),
        json!(-129),
        json!(65_536),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1.5),
        json!(0.2),
        json!(1e300),
        json!(-1e39),
        json!(""),
        json!("a"),
        json!("0"),
        json!("-0.00"),
        json!("12.50"),
        json!("00"),
        json!("eu"),
        json!("aGk="),
        json!("2026-02-29"),
        json!("2024-02-29"),
        json!("2026-11-23T05:00:00Z"),
        json!("1999-11-23T05:00:00.123456Z"),
        json!("018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f"),
        json!("00000000-0000-0000-0000-000000000000"),
        json!("127.0.0.1"),
        json!("::1"),
        json!([]),
        json!([1]),
        json!([null]),
        json!({}),
        json!({ "a": 1 }),
        json!({ "card": null }),
        json!({ "kind": "card" }),
    ];
    values[random.usize(..values.len())].clone()
}
