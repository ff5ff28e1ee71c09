//! Grows a catalog of any size: everything follows from the number of an event, and nothing from chance.

use heck::ToUpperCamelCase;

use crate::words::{ENUMS, NOUNS, VERBS, fields};
use crate::{Area, Catalog, Enumeration, Event, Field, Newtype, Record, Scalar, Type};

/// Events in a file.
const EVENTS_IN_AN_AREA: usize = VERBS.len();

/// Of the thirteen kinds of fields, an event has all but one.
const KINDS: usize = 13;

/// The newtypes of string that events refer to.
const NAMES: [&str; 3] = ["UserId", "ServiceName", "Region"];

impl Catalog {
    /// A catalog of so many events.
    pub fn new(events: usize) -> Self {
        let areas = events.div_ceil(EVENTS_IN_AN_AREA);
        let in_area = |area: usize| EVENTS_IN_AN_AREA.min(events - area * EVENTS_IN_AN_AREA);
        Self {
            newtypes: newtypes(),
            header: header(),
            areas: (0..areas)
                .map(|index| area(index, in_area(index)))
                .collect(),
        }
    }

    /// The same after somebody added a field to one event, in the middle of the catalog and of its file.
    #[must_use]
    pub fn edited(&self) -> Self {
        let mut catalog = self.clone();
        let area = catalog.areas.len() / 2;
        if let Some(area) = catalog.areas.get_mut(area) {
            let event = area.events.len() / 2;
            if let Some(event) = area.events.get_mut(event) {
                event.fields.push(Field {
                    name: "edit_count".to_owned(),
                    ty: Type::U32,
                    optional: false,
                    description: Some("How often it was edited before.".to_owned()),
                });
            }
        }
        catalog
    }

    /// All events, in the order of their files.
    pub fn events(&self) -> impl Iterator<Item = (&Area, &Event)> {
        self.areas
            .iter()
            .flat_map(|area| area.events.iter().map(move |event| (area, event)))
    }
}

fn newtypes() -> Vec<Newtype> {
    let newtype = |name, of, description| Newtype {
        name,
        of,
        description,
    };
    vec![
        newtype("EventId", Scalar::Uuid, "An event and no other."),
        newtype("TenantId", Scalar::Uuid, "A company that is our customer."),
        newtype("UserId", Scalar::String, "A person with an account."),
        newtype(
            "ServiceName",
            Scalar::String,
            "A service of ours as it is deployed.",
        ),
        newtype("Region", Scalar::String, "Where data lives and must stay."),
    ]
}

fn header() -> Vec<Field> {
    let field = |name: &str, ty, description: &str| Field {
        name: name.to_owned(),
        ty,
        optional: false,
        description: Some(description.to_owned()),
    };
    vec![
        field(
            "event_id",
            Type::Shared("EventId"),
            "Made where the event is made.",
        ),
        field(
            "occurred_at",
            Type::Timestamp,
            "When it happened by our clock.",
        ),
        field("tenant_id", Type::Shared("TenantId"), "Whose data it is."),
    ]
}

fn area(index: usize, events: usize) -> Area {
    let noun = pick(&NOUNS, index);
    let enums: Vec<_> = (0..3)
        .map(|nth| enumeration(noun, index + 2 * nth))
        .collect();
    let records = records(noun);
    Area {
        name: format!("area_{index:03}"),
        description: format!("What happens to a {noun}."),
        events: (0..events)
            .map(|nth| event(noun, index * EVENTS_IN_AN_AREA + nth, &enums, &records))
            .collect(),
        enums,
        records,
    }
}

fn enumeration(noun: &str, index: usize) -> Enumeration {
    let (name, description, values) = pick(&ENUMS, index);
    Enumeration {
        name: format!("{}{name}", noun.to_upper_camel_case()),
        description: format!("{description}."),
        values,
    }
}

fn records(noun: &str) -> Vec<Record> {
    let field = |name: &str, ty, optional, description: Option<&str>| Field {
        name: name.to_owned(),
        ty,
        optional,
        description: description.map(str::to_owned),
    };
    let noun_camel = noun.to_upper_camel_case();
    vec![
        Record {
            name: format!("{noun_camel}Source"),
            description: format!("Where the {noun} came from."),
            fields: vec![
                field(
                    "service",
                    Type::Shared("ServiceName"),
                    false,
                    Some("What wrote it."),
                ),
                field("host", Type::String, false, None),
                field(
                    "attempts",
                    Type::U16,
                    false,
                    Some("How often it was tried."),
                ),
                field(
                    "queued_at",
                    Type::Timestamp,
                    true,
                    Some("Absent where nothing waited."),
                ),
            ],
        },
        Record {
            name: format!("{noun_camel}Measure"),
            description: format!("What was counted about the {noun}."),
            fields: vec![
                field("unit", Type::String, false, Some("What is counted.")),
                field("amount", Type::F64, false, None),
                field(
                    "samples",
                    Type::U32,
                    false,
                    Some("How many values went into it."),
                ),
                field(
                    "baseline_id",
                    Type::Uuid,
                    true,
                    Some("What it was compared with."),
                ),
            ],
        },
    ]
}

fn event(noun: &str, index: usize, enums: &[Enumeration], records: &[Record]) -> Event {
    let verb = pick(&VERBS, index);
    let left_out = index * 5 % KINDS;
    // Where the fields begin differs from event to event, so that no two neighbours are alike.
    let kinds = (0..KINDS)
        .map(|nth| (nth + index * 7) % KINDS)
        .filter(|kind| *kind != left_out);
    Event {
        name: format!("{noun}_{verb}"),
        description: format!("A {noun} was {verb}."),
        fields: kinds
            .map(|kind| field(noun, index, kind, enums, records))
            .collect(),
    }
}

/// A field of one of the thirteen kinds.
fn field(
    noun: &str,
    index: usize,
    kind: usize,
    enums: &[Enumeration],
    records: &[Record],
) -> Field {
    // Areas have as many events as some lists have multiples of words: the area shifts the choice.
    let word = index + index / EVENTS_IN_AN_AREA + kind;
    let named = |names: &[&str; 6], ty, optional| (pick(names, word).to_owned(), ty, optional);
    let (name, ty, optional) = match kind {
        0 => named(&fields::TEXT, Type::String, false),
        1 => named(&fields::OPTIONAL_TEXT, Type::String, true),
        2 => {
            let width = pick(&[0, 1, 2], index);
            let ty = if width == 0 {
                Type::U16
            } else if width == 1 {
                Type::U32
            } else {
                Type::I64
            };
            named(&fields::NUMBER, ty, false)
        }
        3 => named(&fields::SHARE, Type::F64, false),
        4 => named(&fields::FLAG, Type::Bool, false),
        5 => named(&fields::ID, Type::Uuid, false),
        6 => named(&fields::OPTIONAL_ID, Type::Uuid, true),
        7 => named(&fields::OPTIONAL_TIME, Type::Timestamp, true),
        8 => {
            let name = &enums[index % enums.len()].name;
            (after(noun, name), Type::Local(name.clone()), false)
        }
        9 => named(&fields::LIST, Type::ListOfStrings, false),
        10 => {
            let name = &records[index % records.len()].name;
            (after(noun, name), Type::Local(name.clone()), false)
        }
        11 => named(&fields::MAP, Type::MapOfStrings, false),
        _ => {
            let name = pick(&NAMES, index);
            (
                heck::ToSnakeCase::to_snake_case(name),
                Type::Shared(name),
                false,
            )
        }
    };
    // One in four goes without, as people do.
    let description =
        (!word.is_multiple_of(4)).then(|| format!("The {} of the {noun}.", name.replace('_', " ")));
    Field {
        name,
        ty,
        optional,
        description,
    }
}

/// The name of a field for a type that is called after the noun: `status` for `CartStatus`.
fn after(noun: &str, name: &str) -> String {
    heck::ToSnakeCase::to_snake_case(&name[noun.len()..])
}

fn pick<T: Copy, const N: usize>(words: &[T; N], index: usize) -> T {
    words[index % N]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn has_as_many_events_as_asked_for_in_files_of_ten() {
        for events in [0, 1, 10, 25, 1000] {
            let catalog = Catalog::new(events);
            assert_eq!(catalog.events().count(), events);
            assert_eq!(catalog.areas.len(), events.div_ceil(10));
        }
    }

    #[test]
    fn is_the_same_each_time_and_differs_from_event_to_event() {
        assert_eq!(Catalog::new(300), Catalog::new(300));
        let catalog = Catalog::new(300);
        let shapes: BTreeSet<_> = catalog
            .events()
            .map(|(_, event)| {
                event
                    .fields
                    .iter()
                    .map(|field| &field.name)
                    .collect::<Vec<_>>()
            })
            .collect();
        assert!(shapes.len() > 100, "{} shapes", shapes.len());
    }

    #[test]
    fn an_event_has_twelve_fields_of_different_names() {
        for (_, event) in Catalog::new(1000).events() {
            let names: BTreeSet<_> = event.fields.iter().map(|field| &field.name).collect();
            assert_eq!(
                (names.len(), event.fields.len()),
                (12, 12),
                "{}",
                event.name
            );
        }
    }

    #[test]
    fn an_edit_adds_one_field_to_one_event() {
        let (before, after) = (Catalog::new(30), Catalog::new(30).edited());
        let fields = |catalog: &Catalog| {
            catalog
                .events()
                .map(|(_, event)| event.fields.len())
                .sum::<usize>()
        };
        assert_eq!(fields(&before) + 1, fields(&after));
    }
}
