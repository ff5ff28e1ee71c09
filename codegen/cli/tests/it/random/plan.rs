//! What a random schema is made of.

use eventc_cli::dialect::Period;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// Names that some reader of YAML takes for something else, or that Rust cannot write as they are.
const NAMES: &[&str] = &[
    "no", "on", "y", "n", "yes", "off", "null", "true", "false", "nan", "inf", "type", "self",
    "e1", "key", "x86_64",
];

const TYPE_NAMES: &[&str] = &[
    "Null", "NULL", "True", "No", "Y", "Off", "NaN", "Self", "A1", "Money",
];

/// Text that has to be written with care.
const TEXTS: &[&str] = &[
    "no",
    "on",
    "Yes",
    "y",
    "n",
    "null",
    "Null",
    "~",
    "true",
    "False",
    "1.10",
    "1e3",
    "0x10",
    "0o17",
    "007",
    "1_000",
    "+1",
    "-1",
    ".5",
    ".inf",
    "-.INF",
    ".nan",
    "2024-01-01",
    "12:30:00",
    "a: b",
    "a:",
    ": a",
    "a:b",
    "# x",
    "a # b",
    "a#b",
    "'",
    "\"",
    "it's",
    "'a'",
    "\"a\"",
    "say \"it's\"",
    "-",
    "- a",
    "?",
    "? a",
    "[a]",
    "{a}",
    "[",
    "]",
    "{",
    "}",
    ",",
    "a, b",
    "&a",
    "*a",
    "!a",
    "!!str",
    "%a",
    "@a",
    "`a`",
    "|",
    ">",
    "|-",
    "<<",
    "=",
    "---",
    "--- a",
    "...",
    "\\",
    "a\\nb",
    "%YAML 1.2",
    "{{ a }}",
    "${A}",
    " ",
    "  a",
    "a  ",
    " a: b ",
    "a\u{a0}",
    "\u{a0}",
    "é",
    "e\u{301}",
    "日本語",
    "🎿",
    "👩‍🚀",
    "\u{200b}",
    "\u{202e}abc",
    "\u{fffd}",
    "/",
    "text/html",
    "4k",
    "a?",
    "*",
    ".",
];

const TYPES: &[&str] = &[
    "bool",
    "i8",
    "u64",
    "f32",
    "f64",
    "decimal",
    "string",
    "bytes",
    "uuid",
    "date",
    "timestamp",
    "ip",
    "json",
    "list<string>",
    "map<string, i64>",
    "list<map<string, list<u8>>>",
];

/// As a key, it is refused by the writer.
pub(super) const MERGE: &str = "<<";

fn text() -> impl Strategy<Value = String> {
    // The writer does not keep the line breaks of Unicode, and refuses them.
    let any = "[\\PC--\\u{2028}\\u{2029}]{1,12}";
    let long = any.prop_map(|text| text.repeat(40).chars().take(300).collect());
    prop_oneof![
        6 => select(TEXTS).prop_map(str::to_owned),
        3 => any,
        1 => (" {0,2}", select(TEXTS), " {0,2}").prop_map(|(before, text, after)| format!("{before}{text}{after}")),
        1 => long,
    ]
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        select(NAMES).prop_map(str::to_owned),
        "[a-z][a-z0-9]{0,4}(_[a-z0-9]{1,3}){0,2}"
    ]
}

fn type_name() -> impl Strategy<Value = String> {
    prop_oneof![
        select(TYPE_NAMES).prop_map(str::to_owned),
        "[A-Z][a-z0-9]{0,4}([A-Z][a-z]{0,3})?"
    ]
}

/// An enum before its values have names in Rust.
#[derive(Debug, Clone)]
pub(super) struct EnumPlan {
    pub(super) values: Vec<(String, Option<String>, bool)>,
    pub(super) described: bool,
}

#[derive(Debug, Clone)]
pub(super) enum FieldType {
    Named(String),
    /// One of the types of the schema, if it has some.
    Declared(usize),
    Enum(EnumPlan),
}

#[derive(Debug, Clone)]
pub(super) struct FieldPlan {
    pub(super) name: String,
    pub(super) optional: bool,
    pub(super) ty: FieldType,
    pub(super) open: bool,
    pub(super) texts: Vec<Option<String>>,
}

#[derive(Debug, Clone)]
pub(super) enum TypePlan {
    Short(String),
    Text { length: String, pii: Option<String> },
    Number { min: String },
    Enum(EnumPlan, bool),
    Record(Vec<FieldPlan>),
}

#[derive(Debug, Clone)]
pub(super) struct EventPlan {
    pub(super) name: String,
    pub(super) fields: Vec<FieldPlan>,
    pub(super) with: Vec<(usize, bool)>,
    pub(super) in_stream: bool,
    pub(super) version: Option<u32>,
    pub(super) expect: Option<(u32, Period)>,
    pub(super) texts: Vec<Option<String>>,
    pub(super) reserved: Vec<String>,
    pub(super) said: (String, String),
}

#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(super) types: Vec<(String, TypePlan, Option<String>)>,
    pub(super) stream: (String, bool),
    pub(super) contexts: Vec<(String, Vec<FieldPlan>)>,
    pub(super) events: Vec<EventPlan>,
    pub(super) owner: Option<String>,
}

fn enum_plan() -> impl Strategy<Value = EnumPlan> {
    let value = (text(), prop::option::of(text()), any::<bool>());
    (prop::collection::vec(value, 1..5), any::<bool>())
        .prop_map(|(values, described)| EnumPlan { values, described })
}

fn field() -> impl Strategy<Value = FieldPlan> {
    let ty = prop_oneof![
        4 => select(TYPES).prop_map(|ty| FieldType::Named(ty.to_owned())),
        2 => (0..8_usize).prop_map(FieldType::Declared),
        1 => enum_plan().prop_map(FieldType::Enum),
    ];
    let texts = prop::collection::vec(prop::option::weighted(0.3, text()), 6);
    let parts = (name(), any::<bool>(), ty, any::<bool>(), texts);
    parts.prop_map(|(name, optional, ty, open, texts)| FieldPlan {
        name,
        optional,
        ty,
        open,
        texts,
    })
}

fn fields() -> impl Strategy<Value = Vec<FieldPlan>> {
    prop::collection::vec(field(), 0..4)
}

fn event() -> impl Strategy<Value = EventPlan> {
    let with = subsequence(vec![0, 1, 2], 0..=2).prop_flat_map(|with| {
        let optional = prop::collection::vec(any::<bool>(), with.len());
        optional.prop_map(move |optional| with.iter().copied().zip(optional).collect::<Vec<_>>())
    });
    let texts = prop::collection::vec(prop::option::weighted(0.4, text()), 4);
    let version = prop::option::of(1..9_u32);
    let periods = &[Period::Minute, Period::Hour, Period::Day][..];
    let parts = (
        name(),
        fields(),
        with,
        any::<bool>(),
        version,
        prop::option::of((1..=u32::MAX, select(periods))),
        texts,
        prop::collection::vec(text(), 0..3),
        (text(), text()),
    );
    parts.prop_map(
        |(name, fields, with, in_stream, version, expect, texts, reserved, said)| EventPlan {
            name,
            fields,
            with,
            in_stream,
            version,
            expect,
            texts,
            reserved,
            said,
        },
    )
}

pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    let ty = prop_oneof![
        select(TYPES).prop_map(|ty| TypePlan::Short(ty.to_owned())),
        (
            select(&["1..64", "8", "1..", "..9"][..]),
            prop::option::of(text())
        )
            .prop_map(|(length, pii)| TypePlan::Text {
                length: length.to_owned(),
                pii
            }),
        select(&["0", "-1", "0.10", "12.5", "1.0", "100000000000000000000"][..]).prop_map(|min| {
            TypePlan::Number {
                min: min.to_owned(),
            }
        }),
        (enum_plan(), any::<bool>()).prop_map(|(plan, open)| TypePlan::Enum(plan, open)),
        fields().prop_map(TypePlan::Record),
    ];
    let types = prop::collection::vec((type_name(), ty, prop::option::of(text())), 0..4);
    let contexts = prop::collection::vec((name(), fields()), 0..3);
    let parts = (
        types,
        (name(), any::<bool>()),
        contexts,
        prop::collection::vec(event(), 1..4),
        prop::option::of(text()),
    );
    parts.prop_map(|(types, stream, contexts, events, owner)| Plan {
        types,
        stream,
        contexts,
        events,
        owner,
    })
}
