//! The target `avro`: a reader and a writer of Avro take what is in every event, and give it back.

use std::collections::HashMap;

use apache_avro::types::Value as Avro;
use apache_avro::{Decimal, Schema, from_avro_datum, to_avro_datum};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use eventc::{Date, Timestamp, Uuid};
use eventc_compiler::catalog::{Body, Enum, Event, Field, Scalar, TypeRef};
use eventc_compiler::{Catalog, Sources, emit};
use eventc_testing::samples::Samples;
use eventc_testing::schema::checked;
use serde_json::{Map, Value};

use crate::samples::{factor, real_sources};
use crate::{right, wide};

/// A catalog and the schemas of its events.
struct Stage {
    catalog: Catalog,
    schemas: HashMap<String, Schema>,
}

impl Stage {
    fn real() -> Self {
        Self::of(&real_sources())
    }

    fn small(text: &str) -> Self {
        let files = [("catalog.yaml".to_owned(), text.as_bytes().to_vec())];
        Self::of(&Sources::new("schema", files))
    }

    fn of(sources: &Sources) -> Self {
        let mut catalog = checked(sources);
        catalog.targets = vec!["avro".to_owned()];
        let schemas = emit(&catalog, sources).into_iter().filter_map(|output| {
            let event = output.path.strip_prefix("avro/")?.strip_suffix(".avsc")?;
            let schema = Schema::parse_str(&output.text);
            let schema = schema.unwrap_or_else(|error| panic!("{error}: {}", output.text));
            Some((event.to_owned(), schema))
        });
        let schemas: HashMap<_, _> = schemas.collect();
        Self { catalog, schemas }
    }

    /// A message is written by the schema of its event and read again.
    fn comes_back(&self, event: &Event, message: &Value) {
        let catalog = &self.catalog;
        let members = message.as_object().unwrap();
        let mut values = Vec::new();
        if let Some(stream) = catalog.stream_of(event) {
            self.fields(&stream.fields, false, members, &mut values);
        }
        for carried in &event.contexts {
            let fields = &catalog[carried.context].fields;
            self.fields(fields, carried.optional, members, &mut values);
        }
        self.fields(&event.fields, false, members, &mut values);
        let written = Avro::Record(values);
        let schema = &self.schemas[&event.name];
        let bytes = to_avro_datum(schema, written.clone());
        let bytes = bytes.unwrap_or_else(|error| panic!("{error}\n{message:#}"));
        let read = from_avro_datum(schema, &mut bytes.as_slice(), None).unwrap();
        assert_eq!(read, written, "{message:#}");
    }

    fn fields(
        &self,
        fields: &[Field],
        may_be_absent: bool,
        members: &Map<String, Value>,
        values: &mut Vec<(String, Avro)>,
    ) {
        for field in fields {
            let value = members.get(field.wire());
            let value = match field.required && !may_be_absent {
                true => self.value(&field.ty, value.unwrap()),
                false => self.optional(&field.ty, value),
            };
            let is_name = is_name(field.wire());
            let name = if is_name { field.wire() } else { &field.name };
            values.push((name.to_owned(), value));
        }
    }

    fn optional(&self, ty: &TypeRef, value: Option<&Value>) -> Avro {
        match value {
            Some(value) => Avro::Union(1, Box::new(self.value(ty, value))),
            None => Avro::Union(0, Box::new(Avro::Null)),
        }
    }

    /// A value as it is on the wire, as Avro has it.
    fn value(&self, ty: &TypeRef, value: &Value) -> Avro {
        let id = match ty {
            TypeRef::Scalar(scalar) => return plain(*scalar, value),
            TypeRef::List(item) => {
                let items = value.as_array().unwrap().iter();
                return Avro::Array(items.map(|value| self.value(item, value)).collect());
            }
            TypeRef::Map(_, of) => {
                let members = value.as_object().unwrap().iter();
                let members = members.map(|(name, value)| (name.clone(), self.value(of, value)));
                return Avro::Map(members.collect());
            }
            TypeRef::Named(id) => *id,
        };
        match &self.catalog[id].body {
            Body::Newtype(newtype) => self.value(&newtype.of, value),
            Body::Enum(enumeration) => name(enumeration, value.as_str().unwrap()),
            Body::Record(fields) => {
                let mut values = Vec::new();
                self.fields(fields, false, value.as_object().unwrap(), &mut values);
                Avro::Record(values)
            }
            Body::Union(union) => {
                let variants = union.variants.iter().map(|variant| {
                    let held = match &union.tag {
                        Some(tag) => Some(value).filter(|value| value[tag] == *variant.name),
                        None => value.get(&variant.name),
                    };
                    (variant.name.clone(), self.optional(&variant.ty, held))
                });
                Avro::Record(variants.collect())
            }
        }
    }
}

fn is_name(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphabetic() || c == '_';
    text.starts_with(is_letter) && text.chars().all(|c| is_letter(c) || c.is_ascii_digit())
}

fn name(enumeration: &Enum, value: &str) -> Avro {
    let values = &enumeration.values;
    if enumeration.open || values.iter().any(|value| !is_name(&value.wire)) {
        return Avro::String(value.to_owned());
    }
    let place = values.iter().position(|known| known.wire == value);
    Avro::Enum(place.unwrap().try_into().unwrap(), value.to_owned())
}

fn plain(scalar: Scalar, value: &Value) -> Avro {
    let text = || value.as_str().unwrap();
    match scalar {
        Scalar::Bool => Avro::Boolean(value.as_bool().unwrap()),
        Scalar::I8 | Scalar::I16 | Scalar::I32 | Scalar::U8 | Scalar::U16 => {
            Avro::Int(value.as_i64().unwrap().try_into().unwrap())
        }
        Scalar::I64 | Scalar::U32 => Avro::Long(value.as_i64().unwrap()),
        Scalar::U64 => Avro::Decimal(Decimal::from(signed(value.as_u64().unwrap()))),
        Scalar::F32 => Avro::Float(value.as_f64().unwrap() as f32),
        Scalar::F64 => Avro::Double(value.as_f64().unwrap()),
        Scalar::Decimal | Scalar::String | Scalar::Ip => Avro::String(text().to_owned()),
        Scalar::Json => Avro::String(value.to_string()),
        Scalar::Bytes => Avro::Bytes(STANDARD.decode(text()).unwrap()),
        Scalar::Uuid => Avro::Uuid(text().parse::<Uuid>().unwrap()),
        Scalar::Date => Avro::Date(text().parse::<Date>().unwrap().days()),
        Scalar::Timestamp => Avro::TimestampMicros(text().parse::<Timestamp>().unwrap().micros()),
    }
}

/// The fewest bytes of a number whose first bit is its sign.
fn signed(number: u64) -> Vec<u8> {
    let bytes = i128::from(number).to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count();
    let first = zeros.min(bytes.len() - 1);
    let is_negative = bytes[first] >= 0x80;
    bytes[first - usize::from(is_negative)..].to_vec()
}

#[test]
fn every_example_comes_back() {
    let stage = Stage::real();
    for event in &stage.catalog.events {
        for example in &event.examples {
            let message = serde_json::from_str(&example.json.to_string()).unwrap();
            stage.comes_back(event, &message);
        }
    }
}

#[test]
fn every_sample_comes_back() {
    for (stage, count) in [(Stage::real(), 30), (Stage::small(wide::TEXT), 100)] {
        let mut samples = Samples::new(&stage.catalog, 31).with_nul(true);
        for id in Event::ids(&stage.catalog) {
            for _ in 0..count * factor() {
                stage.comes_back(&stage.catalog[id], &samples.event(id));
            }
        }
    }
}

/// Types that hold themselves, names of every kind, modules of all.
#[test]
fn the_schemas_of_everything_that_is_right_are_schemas() {
    for (_, sources) in right::fixtures() {
        let stage = Stage::of(&sources);
        assert_eq!(stage.schemas.len(), stage.catalog.events.len());
    }
}

/// A reader of the present schema takes what was written by the one before it.
#[test]
fn what_has_a_backfill_is_read_from_older_messages() {
    let event = |fields: &str| {
        format!(
            "catalog: shop\neventc: 1\nevents:\n  sold: {{ version: 2, partition: none, fields: {{ {fields} }} }}\n"
        )
    };
    let old = Stage::small(&event("a: u8"));
    let new = Stage::small(&event(
        "a: u8, b: { type: string, backfill: x }, c: { type: f64, backfill: 0.5 }, d: { type: json, backfill: { e: [1] } }, \
         f: { type: [g, h], backfill: h }, i: { type: list<bool>, backfill: [true] }, j: { type: 'map<string, i64>', backfill: { k: 1 } }, l?: u8",
    ));
    let written = Avro::Record(vec![("a".to_owned(), Avro::Int(1))]);
    let bytes = to_avro_datum(&old.schemas["sold"], written).unwrap();
    let (old, new) = (&old.schemas["sold"], &new.schemas["sold"]);
    let Avro::Record(read) = from_avro_datum(old, &mut bytes.as_slice(), Some(new)).unwrap() else {
        panic!("an event is a record");
    };
    let expected = [
        ("a", Avro::Int(1)),
        ("b", Avro::String("x".to_owned())),
        ("c", Avro::Double(0.5)),
        ("d", Avro::String(r#"{"e":[1]}"#.to_owned())),
        ("f", Avro::Enum(1, "h".to_owned())),
        ("i", Avro::Array(vec![Avro::Boolean(true)])),
        ("j", Avro::Map([("k".to_owned(), Avro::Long(1))].into())),
        ("l", Avro::Union(0, Box::new(Avro::Null))),
    ];
    assert_eq!(read, expected.map(|(name, value)| (name.to_owned(), value)));
}
