//! The small notations of the language, read a second time.

use eventc_cli::dialect::{Partition, Value};
use eventc_compiler::Json;
use eventc_compiler::catalog::{Field, Storage, TransformKind};

/// `400d` in seconds.
pub(crate) fn seconds(text: &str) -> u64 {
    let (count, unit) = text.split_at(text.len() - 1);
    let factor = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 3600,
        "d" => 86_400,
        "w" => 604_800,
        _ => panic!("{text} is not a duration"),
    };
    count.parse::<u64>().unwrap() * factor
}

/// `-7d..+1h` in seconds.
pub(crate) fn window(text: &str) -> (i64, i64) {
    let offset = |text: &str| match text.trim().trim_start_matches('+') {
        "0" => 0,
        text => match text.strip_prefix('-') {
            Some(text) => -(seconds(text) as i64),
            None => seconds(text) as i64,
        },
    };
    let (from, to) = text.split_once("..").unwrap();
    (offset(from), offset(to))
}

/// `1..64`, either end left out, or one number for both.
pub(crate) fn length(text: &str) -> (Option<u64>, Option<u64>) {
    let end = |text: &str| text.trim().parse().ok();
    let (min, max) = text.split_once("..").unwrap_or((text, text));
    (end(min), end(max))
}

/// Transforms without spaces.
pub(crate) fn transforms(partition: &Partition) -> Vec<String> {
    let texts = match partition {
        Partition::One(text) if text.as_str() == "none" => return Vec::new(),
        Partition::One(text) => std::slice::from_ref(text),
        Partition::Many(texts) => texts,
    };
    texts.iter().map(|text| text.replace(' ', "")).collect()
}

/// The same of a catalog.
pub(crate) fn stored_transforms(storage: &Storage, fields: &[Field]) -> Vec<String> {
    let written = |kind: TransformKind, field: &str| match kind {
        TransformKind::Hour => format!("hour({field})"),
        TransformKind::Day => format!("day({field})"),
        TransformKind::Month => format!("month({field})"),
        TransformKind::Year => format!("year({field})"),
        TransformKind::Bucket(count) => format!("bucket({count},{field})"),
        TransformKind::Identity => field.to_owned(),
    };
    storage
        .partition
        .iter()
        .map(|part| written(part.kind, &fields[part.field.index].name))
        .collect()
}

/// Whether a value that was read for its type is the one that serde_yaml read without a type.
///
/// Legitimate differences: where the type is text, `18.5` is text here and a number there; and a member
/// that is `null` there is left out here.
pub(crate) fn is_same_value(typed: &Json, untyped: &Value) -> bool {
    let is_number = |text: &str, number: &serde_yaml::Number| text.parse().ok() == number.as_f64();
    match (typed, untyped) {
        (Json::Null, Value::Null) => true,
        (Json::Bool(typed), Value::Bool(untyped)) => typed == untyped,
        (Json::Number(text) | Json::String(text), Value::Number(number)) => is_number(text, number),
        (Json::String(text), Value::Bool(value)) => text.eq_ignore_ascii_case(&value.to_string()),
        (Json::String(text), Value::Null) => text == "null" || text == "~",
        (Json::String(typed), Value::String(untyped)) => typed == untyped,
        (Json::Array(typed), Value::Sequence(untyped)) => {
            typed.len() == untyped.len()
                && typed
                    .iter()
                    .zip(untyped)
                    .all(|(typed, untyped)| is_same_value(typed, untyped))
        }
        (Json::Object(typed), Value::Mapping(untyped)) => {
            let is_there = |name: &str| untyped.keys().any(|key| text_of(key) == name);
            typed.iter().all(|(name, _)| is_there(name))
                && untyped
                    .iter()
                    .all(|(key, value)| is_same_member(typed, &text_of(key), value))
        }
        _ => false,
    }
}

/// Whether an object has a member that is the same; one that is `null` may be left out.
pub(crate) fn is_same_member(members: &[(String, Json)], name: &str, untyped: &Value) -> bool {
    match members.iter().find(|(member, _)| member == name) {
        Some((_, typed)) => is_same_value(typed, untyped),
        None => untyped.is_null(),
    }
}

fn text_of(key: &Value) -> String {
    match key {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(value) => value.to_string(),
        Value::Null => "null".to_owned(),
        _ => panic!("a key is text"),
    }
}
