//! What is written looks as if a person had written it.

use eventc_cli::dialect::{
    Bare, Context, Deprecated, EnumValue, EnumValues, Event, Field, File, Form, Instead,
    LongEnumValue, LongType, Map, Partition, Root, Text, Texts,
};

#[test]
fn the_long_form_is_written_only_if_it_says_more() {
    let mut context = Context::default();
    context.add_field(
        "a",
        Form::long(Field {
            r#type: Some(Form::name("u8")),
            ..Field::default()
        }),
    );
    context.add_field(
        "b",
        Form::long(Field {
            r#type: Some(Form::values(["x", "y"])),
            ..Field::default()
        }),
    );
    let silent = Map::from_iter([
        ("x", EnumValue::Nothing),
        ("y", EnumValue::Long(Box::default())),
    ]);
    let values = EnumValues::Described(silent);
    let closed = Field {
        r#enum: Some(values.clone()),
        open: Some(false),
        ..Field::default()
    };
    context.add_field("c", Form::long(closed));
    context.add_field(
        "d",
        Form::long(Field {
            r#enum: Some(values),
            open: Some(true),
            ..Field::default()
        }),
    );
    let unit = Field {
        r#type: Some(Form::name("u8")),
        unit: Some("ms".into()),
        ..Field::default()
    };
    context.add_field("e?", Form::long(unit));
    let written = serde_yaml::to_string(&context).unwrap();
    let expected = "
fields:
  a: u8
  b:
  - x
  - y
  c:
  - x
  - y
  d:
    enum:
    - x
    - y
    open: true
  e?:
    type: u8
    unit: ms
";
    assert_eq!(written, expected.trim_start());
}

#[test]
fn what_has_one_part_is_not_a_list_or_a_map() {
    let event = Event {
        partition: Some(Partition::Many(Texts::from_iter(["day(at)"]))),
        deprecated: Some(Deprecated::Instead(Instead {
            reason: Some("Old.".into()),
            ..Instead::default()
        })),
        since: Some(Bare::from("2")),
        ..Event::default()
    };
    assert_eq!(
        serde_yaml::to_string(&event).unwrap(),
        "since: 2\ndeprecated: Old.\npartition: day(at)\n"
    );
    let described = LongEnumValue {
        description: Some("One.".into()),
        ..LongEnumValue::default()
    };
    let values = [
        ("a", EnumValue::Long(Box::new(described))),
        ("b", EnumValue::Nothing),
    ];
    let values = EnumValues::Described(Map::from_iter(values));
    assert_eq!(serde_yaml::to_string(&values).unwrap(), "a: One.\nb: {}\n");
}

#[test]
fn numbers_have_no_quotes_and_their_own_spelling() {
    let numbers = ["0", "-5", "0.5", "8", "1..64"];
    let quoted = ["0.50", "1e3", "007", "+1", ".5", "9223372036854775808"];
    for text in numbers.iter().chain(&quoted) {
        let ty = LongType {
            min: Some(Bare::from(*text)),
            ..LongType::default()
        };
        let quotes = if quoted.contains(text) { "'" } else { "" };
        let written = format!("min: {quotes}{text}{quotes}\n");
        assert_eq!(serde_yaml::to_string(&ty).unwrap(), written);
        assert_eq!(serde_yaml::from_str::<LongType>(&written).unwrap(), ty);
    }
}

#[test]
fn a_new_root_is_two_lines() {
    assert_eq!(
        serde_yaml::to_string(&Root::new("acme")).unwrap(),
        "catalog: acme\neventc: 1\n"
    );
}

#[test]
fn text_keeps_its_spelling() {
    let file: File =
        serde_yaml::from_str("types: { A: [1.10, no, 0x10, ~, 2024-01-01, 1_000] }\nowner: 1.10")
            .unwrap();
    assert_eq!(file.owner, Some(Text::from("1.10")));
    let expected = Map::from_iter([(
        "A",
        Form::values(["1.10", "no", "0x10", "~", "2024-01-01", "1_000"]),
    )]);
    assert_eq!(file.types, Some(expected));
}

#[test]
fn a_comma_inside_a_transform_ends_no_item() {
    let event: Event = serde_yaml::from_str("partition: [bucket(16, tenant_id), day(at)]").unwrap();
    let transforms = Partition::Many(Texts::from_iter(["bucket(16, tenant_id)", "day(at)"]));
    assert_eq!(event.partition, Some(transforms));
    assert_eq!(
        serde_yaml::to_string(&event).unwrap(),
        "partition:\n- bucket(16, tenant_id)\n- day(at)\n"
    );
}
