//! Random schemas, made of the dialect's types: what serde_yaml writes, the compiler accepts and reads as it was meant.

pub(crate) mod plan;

use std::collections::BTreeSet;

use eventc_cli::dialect::{
    Bare, Context, Deprecated, EnumValue, EnumValues, Event, Expect, Field, FieldDef, File, Fill,
    Form, LongEnumValue, LongType, Map, Partition, Root, Stream, Text, Texts, TypeDef, Value,
};
use proptest::prelude::*;

use self::plan::{EnumPlan, EventPlan, FieldPlan, FieldType, MERGE, Plan, TypePlan, plan};
use crate::emitted::assert_emits;
use crate::opinion::differences;
use crate::schema::{Document, Schema};

/// Makes a schema of a plan: names become different ones, and what needs a name in Rust gets one.
#[derive(Default)]
struct Build {
    /// Names as they are once casing is gone, and names on the wire.
    taken: BTreeSet<String>,
    types: Vec<String>,
}

fn without_casing(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_lowercase())
        .collect()
}

fn texts<const N: usize>(texts: &[Option<String>]) -> [Option<Text>; N] {
    std::array::from_fn(|index| texts[index].clone().map(Text::from))
}

impl Build {
    /// A name like this one that no other is like; `endings` are what generated code appends to it.
    fn name(&mut self, name: &str, endings: &[&str]) -> String {
        let candidates =
            std::iter::once(name.to_owned()).chain((2..).map(|count| format!("{name}{count}")));
        let keys = |name: &str| {
            endings
                .iter()
                .chain([&""])
                .map(|end| without_casing(&format!("{name}{end}")))
                .collect::<Vec<_>>()
        };
        let free = |name: &String| keys(name).iter().all(|key| !self.taken.contains(key));
        let name = candidates.into_iter().find(free).unwrap();
        self.taken.extend(keys(&name));
        name
    }

    fn wire(&mut self, wire: &str) -> Text {
        let like_a_name = wire.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let wire = if like_a_name || self.taken.contains(wire) {
            format!("{wire}-{}", self.taken.len())
        } else {
            wire.to_owned()
        };
        self.taken.insert(wire.clone());
        wire.into()
    }

    fn values(plan: &EnumPlan) -> EnumValues {
        let mut seen = BTreeSet::new();
        let mut values: Vec<_> = plan
            .values
            .iter()
            .filter(|(value, ..)| seen.insert(value.clone()))
            .collect();
        if plan.described {
            values.retain(|(value, ..)| value != MERGE);
        }
        let mut names = BTreeSet::new();
        let mut named = |value: &str| {
            value.is_ascii()
                && !without_casing(value).is_empty()
                && names.insert(without_casing(value))
        };
        if !plan.described {
            values.retain(|(value, ..)| named(value) && value != "unrecognized");
        }
        if values.is_empty() {
            return EnumValues::List(Texts::from_iter(["a"]));
        }
        if !plan.described {
            return EnumValues::List(values.iter().map(|(value, ..)| value.as_str()).collect());
        }
        let said = values
            .iter()
            .enumerate()
            .map(|(index, (value, description, long))| {
                let description = description.clone().map(Text::from);
                let said = match description {
                    None if value.starts_with('b') && value.len() == 1 => EnumValue::Nothing,
                    description => EnumValue::Long(Box::new(LongEnumValue {
                        deprecated: long
                            .then(|| Deprecated::Reason(value.trim().into()))
                            .filter(|_| !value.trim().is_empty()),
                        description,
                        rust: Some(format!("V{index}").into()),
                    })),
                };
                (value.as_str(), said)
            });
        EnumValues::Described(said.collect())
    }

    fn field(&mut self, owner: &str, plan: &FieldPlan, fields: &mut Map<FieldDef>) {
        let name = self.name(&plan.name, &[]);
        let mut field = Field::default();
        [field.description, field.unit, field.pii, field.wire, ..] = texts::<4>(&plan.texts);
        field.wire = field.wire.map(|wire| self.wire(&wire));
        // A number would be a version of the event.
        let since = plan.texts[4]
            .clone()
            .filter(|since| since.parse::<f64>().is_err());
        field.since = since.map(Bare::from);
        field.deprecated = plan.texts[5]
            .clone()
            .map(|text| Deprecated::Reason(text.into()));
        match &plan.ty {
            FieldType::Declared(index) if !self.types.is_empty() => {
                field.r#type = Some(Form::name(self.types[index % self.types.len()].as_str()));
            }
            FieldType::Declared(_) => field.r#type = Some(Form::name("string")),
            FieldType::Named(ty) => field.r#type = Some(Form::name(ty.as_str())),
            FieldType::Enum(plan_of_enum) => {
                field.r#enum = Some(Self::values(plan_of_enum));
                field.open = plan.open.then_some(true);
                // The type gets a name of both.
                self.taken.insert(without_casing(&format!("{owner}{name}")));
            }
        }
        fields.insert(
            if plan.optional {
                format!("{name}?")
            } else {
                name
            }
            .into(),
            Form::long(field),
        );
    }

    fn fields(&mut self, owner: &str, plans: &[FieldPlan]) -> Map<FieldDef> {
        let mut fields = Map::default();
        plans
            .iter()
            .for_each(|plan| self.field(owner, plan, &mut fields));
        fields
    }

    fn type_def(&mut self, name: &str, plan: &TypePlan, description: &Option<String>) -> TypeDef {
        let mut long = LongType {
            description: description.clone().map(Text::from),
            ..LongType::default()
        };
        match plan {
            TypePlan::Short(of) => long.newtype = Some(of.as_str().into()),
            TypePlan::Text { length, pii } => {
                long.newtype = Some("string".into());
                long.length = Some(length.as_str().into());
                long.pii = pii.clone().map(Text::from);
            }
            TypePlan::Number { min } => {
                long.newtype = Some("decimal".into());
                long.min = Some(min.as_str().into());
            }
            TypePlan::Enum(plan, open) => {
                (long.r#enum, long.open) = (Some(Self::values(plan)), Some(*open))
            }
            // Of built-in types alone, so that no record is in itself.
            TypePlan::Record(fields) => {
                let types = std::mem::take(&mut self.types);
                long.fields = Some(self.fields(name, fields));
                self.types = types;
            }
        }
        Form::long(long)
    }

    fn stream(&mut self, (name, bucket): &(String, bool)) -> (String, Stream) {
        let name = self.name(name, &["event"]);
        let (at, id) = (self.name("at", &[]), self.name("id", &[]));
        let mut stream = Stream::default();
        let filled = |ty: &str, fill| {
            Form::long(Field {
                r#type: Some(Form::name(ty)),
                fill: Some(fill),
                ..Field::default()
            })
        };
        stream.add_field(at.as_str(), filled("timestamp", Fill::Now));
        stream.add_field(id.as_str(), filled("uuid", Fill::UuidV7));
        let day = format!("day({at})");
        let transforms = if *bucket {
            vec![format!("bucket(16, {id})"), day]
        } else {
            vec![day]
        };
        stream.partition = Some(Partition::Many(transforms.into_iter().collect()));
        stream.key = Some(id.as_str().into());
        stream.retain = Some("400d".into());
        (name, stream)
    }

    fn event(&mut self, plan: &EventPlan, stream: &str, contexts: &[String]) -> (String, Event) {
        let name = self.name(&plan.name, &[]);
        let mut event = Event {
            fields: Some(self.fields(&name, &plan.fields)),
            version: plan.version,
            ..Event::default()
        };
        let [description, owner, reason, _] = texts::<4>(&plan.texts);
        (event.description, event.owner) = (description, owner);
        event.deprecated = reason.map(Deprecated::Reason);
        event.since = plan.texts[3].clone().map(Bare::from);
        if plan.in_stream {
            event.stream = Some(stream.into());
            event.expect = plan.expect.map(|(at_least, per)| Expect {
                at_least: Some(at_least),
                per: Some(per),
            });
        } else {
            event.partition = Some(Partition::none());
        }
        let carried = plan.with.iter().filter_map(|(index, optional)| {
            let context = contexts.get(*index)?;
            Some(format!("{context}{}", if *optional { "?" } else { "" }))
        });
        event.with = Some(carried.collect());
        let reserved: BTreeSet<_> = plan
            .reserved
            .iter()
            .map(|text| format!("{text}-"))
            .collect();
        event.reserved = Some(reserved.into_iter().collect());
        (name, event)
    }

    /// An event with an example whose values are text, once of the type `string` and once of `json`.
    fn said(&mut self, (text, name): &(String, String)) -> (String, Event) {
        let name = name.replace(MERGE, "merge");
        let event_name = self.name("said", &[]);
        let mut event = Event {
            partition: Some(Partition::none()),
            ..Event::default()
        };
        event.add_field("words", Form::name("string"));
        event.add_field("data", Form::name("json"));
        let list = Value::Sequence(vec![
            Value::String(text.clone()),
            Value::Null,
            Value::Bool(true),
            Value::from(-12),
        ]);
        let data = Value::Mapping([(Value::String(name.clone()), list)].into_iter().collect());
        let members = [("words", Value::String(text.clone())), ("data", data)];
        event.examples = Some(Map::from_iter([(
            name.as_str(),
            members.into_iter().collect(),
        )]));
        (event_name, event)
    }

    fn schema(mut self, plan: &Plan) -> Vec<Document> {
        self.taken.extend(
            [
                "event", "version", "events", "words", "data", "catalog", "eventc",
            ]
            .map(str::to_owned),
        );
        let mut root = Root::new("acme");
        let types = root.types.get_or_insert_default();
        for (name, ty, description) in &plan.types {
            let name = self.name(name, &[]);
            let ty = self.type_def(&name, ty, description);
            types.insert(name.as_str().into(), ty);
            self.types.push(name);
        }
        let (stream_name, stream) = self.stream(&plan.stream);
        root.streams = Some(Map::from_iter([(stream_name.as_str(), stream)]));
        let mut contexts = Vec::new();
        for (name, fields) in &plan.contexts {
            let name = self.name(name, &[]);
            let context = Context {
                fields: Some(self.fields(&name, fields)),
                ..Context::default()
            };
            root.contexts
                .get_or_insert_default()
                .insert(name.as_str().into(), context);
            contexts.push(name);
        }
        let mut file = File {
            owner: plan.owner.clone().map(Text::from),
            ..File::default()
        };
        let events = file.events.get_or_insert_default();
        for plan in &plan.events {
            let (name, event) = self.event(plan, &stream_name, &contexts);
            events.insert(name.into(), event);
            let (name, event) = self.said(&plan.said);
            events.insert(name.into(), event);
        }
        vec![
            Document::Root(root),
            Document::File {
                path: "shop.yaml".to_owned(),
                file,
            },
        ]
    }
}

/// The documents of a schema that a plan stands for.
pub(crate) fn schema_of(plan: &Plan) -> Vec<Document> {
    Build::default().schema(plan)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_compiler_reads_what_was_meant(plan in plan()) {
        let documents = schema_of(&plan);
        let written = Schema::written("random", &documents);
        let catalog = written.catalog();
        let found = differences(&documents, &catalog);
        prop_assert!(found.is_empty(), "{}\n{:?}", found.join("\n"), written.files);
        let read = written.documents();
        prop_assert_eq!(&differences(&read, &catalog), &Vec::<String>::new());
        prop_assert_eq!(Schema::written("again", &read).files, written.files);
    }

    #[test]
    fn what_is_generated_is_rust_in_any_order(plan in plan()) {
        assert_emits(&Schema::written("random", &Build::default().schema(&plan)));
    }
}
