//! A message of each event, as it is on the wire.

use serde_json::{Map, Value, json};

use crate::{Area, Catalog, Event, Field, Scalar, Type};

/// The name of an event on the wire: `area_000.cart_opened`.
pub fn name(area: &Area, event: &Event) -> String {
    format!("{}.{}", area.name, event.name)
}

/// A message of an event of the catalog, in the order of its fields; every other field that may be absent is.
pub fn render(catalog: &Catalog, area: &Area, event: &Event) -> String {
    let mut members = vec![
        ("event".to_owned(), json!(name(area, event))),
        ("version".to_owned(), json!(1)),
    ];
    members.extend(fields(catalog, area, &catalog.header));
    members.extend(fields(catalog, area, &event.fields));
    let members: Vec<_> = members
        .iter()
        .map(|(name, value)| format!("{}:{value}", json!(name)))
        .collect();
    // Not by way of a `Map`, which sorts.
    format!("{{{}}}", members.join(","))
}

fn fields(catalog: &Catalog, area: &Area, fields: &[Field]) -> Vec<(String, Value)> {
    let mut optional = 0;
    let present = fields.iter().filter(|field| {
        optional += usize::from(field.optional);
        !field.optional || optional % 2 == 1
    });
    present
        .map(|field| (field.name.clone(), value(catalog, area, field)))
        .collect()
}

fn value(catalog: &Catalog, area: &Area, field: &Field) -> Value {
    let text = format!("the {} of it", field.name.replace('_', " "));
    let uuid = "0194a7c3-52f0-7d3e-9b1c-4f0e2a6d8b35";
    match &field.ty {
        Type::Bool => json!(true),
        Type::U16 => json!(443),
        Type::U32 => json!(86_400),
        Type::I64 => json!(1_753_000_000_123_i64),
        Type::F64 => json!(0.8125),
        Type::String => json!(text),
        Type::Uuid => json!(uuid),
        Type::Timestamp => json!("2026-11-23T07:16:26.352550Z"),
        Type::ListOfStrings => json!(["first", "second", "third"]),
        Type::MapOfStrings => json!({ "build": "4711", "region": "eu-central" }),
        Type::Shared(shared) => {
            let newtype = catalog
                .newtypes
                .iter()
                .find(|newtype| newtype.name == *shared);
            match newtype.map(|newtype| newtype.of) {
                Some(Scalar::Uuid) => json!(uuid),
                _ => json!(text),
            }
        }
        Type::Local(local) => {
            if let Some(item) = area.enums.iter().find(|item| item.name == *local) {
                return json!(item.values[2]);
            }
            let record = area.records.iter().find(|record| record.name == *local);
            let members = record.map(|record| fields(catalog, area, &record.fields));
            Value::Object(Map::from_iter(members.unwrap_or_default()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_the_members_of_its_event_in_order() {
        let catalog = Catalog::new(10);
        for (area, event) in catalog.events() {
            let message = render(&catalog, area, event);
            assert!(message.starts_with("{\"event\":\"area_000.cart_"));
            let parsed: Map<String, Value> = serde_json::from_str(&message).unwrap();
            let absent = event.fields.iter().filter(|field| field.optional).count() / 2;
            assert_eq!(parsed.len(), 2 + 3 + 12 - absent, "{message}");
        }
    }
}
