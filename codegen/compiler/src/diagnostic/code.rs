//! The table of codes. A code is never used again for another rule.
//!
//! Each has an explanation, `explain/<code>.md`: why the rule is there, and schemas that break it and keep it.

use std::fmt;

use super::nearest;

/// The rule that a diagnostic says was broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code {
    id: &'static str,
    rule: &'static str,
}

impl Code {
    /// `E0101`.
    pub fn id(self) -> &'static str {
        self.id
    }

    /// The rule in one sentence.
    pub fn rule(self) -> &'static str {
        self.rule
    }

    /// The code that is written so, in whatever case: `e0101`.
    ///
    /// # Errors
    /// The code that was most likely meant, if one is near enough.
    pub fn find(id: &str) -> Result<Self, Option<Self>> {
        let of_id = |id: &str| {
            Self::ALL
                .iter()
                .find(|code| code.id.eq_ignore_ascii_case(id))
        };
        let ids = Self::ALL.iter().map(|code| code.id);
        let near = || nearest(id, ids).and_then(of_id).copied();
        of_id(id).copied().ok_or_else(near)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)
    }
}

macro_rules! codes {
    ($($name:ident $id:literal $rule:literal)*) => {
        #[allow(non_upper_case_globals, reason = "codes read like the variants of an enum")]
        impl Code {
            $(#[doc = $rule] pub const $name: Self = Self { id: $id, rule: $rule };)*

            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Why the rule is there, with a schema that breaks it and one that keeps it, in Markdown.
            ///
            /// The rule itself is not said again. Each fenced block is a file, whose name is its first line.
            pub fn explanation(self) -> &'static str {
                match self.id {
                    $($id => include_str!(concat!("explain/", $id, ".md")),)*
                    _ => "",
                }
            }
        }
    };
}

codes! {
    // 00: the files of a schema.
    NoCatalog "E0001" "the folder of a schema holds `catalog.yaml`, its root"
    FileName "E0002" "files and folders are modules: snake_case names, ending in `.yaml`"
    NotUtf8 "E0003" "a schema file is UTF-8"
    FileTooLarge "E0004" "a schema file has at most 8 MiB, and a million values"

    // 01: YAML.
    YamlSyntax "E0101" "a schema file is one YAML 1.2 document"
    DuplicateKey "E0102" "a key stands once in its map"
    Anchor "E0103" "there are no anchors, aliases and merge keys: what is shared has a name"
    Tag "E0104" "there are no YAML tags"
    SeveralDocuments "E0105" "a schema file is one document"
    Tab "E0106" "YAML is indented with spaces"
    Nesting "E0107" "nothing nests deeper than 64 levels"
    Unclosed "E0108" "every bracket and every quote is closed"
    KeyNotText "E0109" "a key is plain text"
    Directive "E0110" "there are no YAML directives"

    // 02: shapes.
    UnknownKey "E0201" "only known keys have a meaning"
    MissingKey "E0202" "what has no default must be written"
    WrongShape "E0203" "text names a type, a list is an enum, a map is the long form"
    EmptyValue "E0204" "a key is followed by its value"
    WrongValue "E0205" "a setting has one of its values"
    NameCasing "E0206" "events, fields, contexts and streams are snake_case, types are PascalCase"
    TypeSyntax "E0207" "a type is a name, `list<T>` or `map<string, T>`"
    Syntax "E0208" "ranges, durations and transforms are written as the language says"
    RootOnly "E0209" "the settings of the whole catalog stand in `catalog.yaml` alone"
    Conflict "E0210" "a thing is one thing: keys of two kinds do not go together"
    LanguageVersion "E0211" "`eventc` names a version of the language that this compiler knows"

    // 03: names.
    UnknownType "E0301" "a type is built in or defined in this file or in one around it"
    UnknownContext "E0302" "a context is defined in this file or in one around it"
    UnknownStream "E0303" "a stream is defined in this file or in one around it"
    UnknownEvent "E0304" "an event that is referred to is defined"
    NameCollision "E0305" "two names that become one in a target cannot be told apart"
    NoRustName "E0306" "every name has a form that Rust can write"
    FieldCollision "E0307" "the fields of an event, its header and its contexts share one flat message"
    ReservedMember "E0308" "`event` and `version` are members of every message"
    ReservedName "E0309" "a name under `reserved` may never come back"
    ContextTwice "E0310" "an event carries a context once"
    OwnName "E0311" "what is called `eventc` is eventc's own: its runtime, and its events"

    // 04: partitions.
    NoPartition "E0401" "every event has a partition: its stream's, or its own"
    NoSuchField "E0402" "`partition`, `key` and `id` name fields of the stream's header"
    ContextField "E0403" "`partition`, `key` and `id` never name a context's field: a context can be skipped"
    OptionalField "E0404" "a field of `partition`, `key` or `id` is never optional"
    BackfilledField "E0405" "a field of `partition`, `key` or `id` has no value to fall back to"
    EmptyableType "E0406" "a field of `partition`, `key` or `id` has a type without an empty value"
    TransformType "E0407" "a partition's transform fits the type of its field"
    TwoPartitions "E0408" "an event is partitioned by its stream or by itself"
    RepeatedTransform "E0409" "a partition takes one transform of time, and no other twice of the same field"
    FillType "E0410" "`fill: uuid_v7` is for a uuid, `fill: now` for a timestamp, in a header"
    AcceptType "E0411" "`accept` is a window around now, for a timestamp"
    ExpectTime "E0412" "an event that is expected is partitioned by a timestamp, by which it is counted"

    // 05: types.
    CheckType "E0501" "a check fits the type it is for"
    BadPattern "E0502" "a pattern is a regular expression that every target reads alike"
    EmptyRange "E0503" "a range holds at least one value of its type"
    TaggedVariant "E0504" "the variants of a tagged union are records without the tag among their fields"
    MapKey "E0505" "the key of a map is `string`, a newtype of it, or an enum"
    NoMembers "E0506" "an enum has a value, a union a variant"
    InfiniteType "E0507" "a type that holds itself does so through a list or a map that may be empty, or an optional field"
    CheckPlace "E0508" "checks belong to named types"
    NewtypeOf "E0509" "a newtype is made of a built-in type, a list, a map, or another newtype"

    // 06: events over time.
    BadExample "E0601" "an example is a whole event, as it is on the wire"
    BadBackfill "E0602" "a `backfill` is a value of its field's type, for a required field"
    BadSince "E0603" "a field is no newer than its event"
    OwnReplacement "E0604" "what is deprecated is replaced by something else"

    // 07: lints, at the level that `catalog.yaml` gives them.
    MissingDescription "E0701" "what people read has a description"
    MissingOwner "E0702" "every event has an owner"
    MissingId "E0703" "an event has an `id`, so that one that arrives twice is one event"
    MissingRetain "E0705" "it is said how long events are kept"
    UnitInName "E0706" "the unit of a number stands under `unit`, and not in its name"
    UnmarkedPii "E0707" "personal data is marked with `pii`"
    AmbiguousYaml "E0708" "what other readers of YAML take for a boolean, a number or nothing stands in quotes"
    SingleValue "E0709" "an enum has more than one value, or says that it is open"
    AllOptional "E0710" "an event of three fields and more has one that is always there"
    UnusedType "E0711" "a type is the type of something"
    UnusedContext "E0712" "a context is carried by an event"
    UnusedStream "E0713" "events go to a stream"
    DeprecatedInUse "E0714" "what is not deprecated does without what is"
    InconsistentField "E0715" "in the events of a stream a field of one name is one thing"
    FinePartition "E0716" "a partition makes no more parts than a store can look through"
    UnusedAllow "E0717" "what is allowed is there"

    // 08: what one target alone cannot take.
    PostgresName "E0801" "a name in PostgreSQL has at most 63 bytes, and is none of its own"
    PostgresColumns "E0802" "a table in PostgreSQL has at most 1,600 columns"
    LongFileName "E0803" "an event that has a file of its own has a name that fits one"
}

#[cfg(test)]
mod tests {
    use super::Code;

    #[test]
    fn codes_are_in_order_and_used_once() {
        let ids: Vec<_> = Code::ALL.iter().map(|code| code.id()).collect();
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(ids, sorted);
    }

    #[test]
    fn a_code_is_found_by_its_id() {
        assert_eq!(Code::find("E0101"), Ok(Code::YamlSyntax));
        assert_eq!(Code::find("e0101"), Ok(Code::YamlSyntax));
        assert_eq!(Code::find("E201"), Err(Some(Code::UnknownKey)));
        assert_eq!(Code::find("partition"), Err(None));
    }
}
