//! A small catalog, with the impls that the derives write.

use std::collections::BTreeMap;
use std::fmt::{self, Debug, Display, Formatter};

use eventc::__private as p;
use eventc::__private::serde;
use eventc::*;

/// `#[derive(Newtype)]`
macro_rules! newtype {
    ($name:ident($inner:ty), $rules:expr) => {
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub(crate) struct $name($inner);

        impl Newtype for $name {
            type Inner = $inner;
            const RULES: &'static Rules = &Rules {
                name: stringify!($name),
                ..$rules
            };
            fn wrap(inner: Accepted<$inner>) -> Self {
                Self(inner.get())
            }
            fn inner(&self) -> &$inner {
                &self.0
            }
        }

        impl Value for $name {
            const EXPECTED: &'static str = <$inner as Value>::EXPECTED;
            fn get(&self) -> ValueRef<'_> {
                p::newtype_get(self)
            }
            fn read(node: Node<'_>) -> Result<Self, Refusal> {
                p::newtype_read(node)
            }
        }

        impl Debug for $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                p::newtype_debug(self, f)
            }
        }

        impl TryFrom<$inner> for $name {
            type Error = Invalid;
            fn try_from(inner: $inner) -> Result<Self, Invalid> {
                p::newtype_new(inner)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Invalid;
            fn from_str(text: &str) -> Result<Self, Invalid> {
                p::newtype_parse(text)
            }
        }
    };
}

newtype!(TenantId(Uuid), Rules::NONE);
newtype!(
    UserId(Text),
    Rules {
        says: "a `UserId` has 1 to 8 characters",
        min_length: Some(1),
        max_length: Some(8),
        pii: Some("identifier"),
        ..Rules::NONE
    }
);
newtype!(
    Sku(Text),
    Rules {
        says: "a `Sku` matches `^[a-z]+-[0-9]+$`",
        pattern: Some(const { &p::pattern("^[a-z]+-[0-9]+$") }),
        ..Rules::NONE
    }
);
newtype!(
    Percent(i64),
    Rules {
        says: "a `Percent` is 0 to 100",
        min: Some(Bound::Integer(0)),
        max: Some(Bound::Integer(100)),
        ..Rules::NONE
    }
);
newtype!(
    At(Timestamp),
    Rules {
        key: true,
        ..Rules::NONE
    }
);

impl UserId {
    #[track_caller]
    pub(crate) const fn __literal(text: &'static str) -> Self {
        Self(p::literal_text(text, Self::RULES))
    }
}
impl Sku {
    #[track_caller]
    pub(crate) const fn __literal(text: &'static str) -> Self {
        Self(p::literal_text(text, Self::RULES))
    }
}
impl TenantId {
    #[track_caller]
    pub(crate) const fn __literal(text: &'static str) -> Self {
        Self(p::literal_uuid(text, Self::RULES))
    }
}
impl Percent {
    #[track_caller]
    pub(crate) const fn __literal(value: i64) -> Self {
        p::literal_integer(value as i128, Self::RULES);
        Self(value)
    }
}
impl At {
    #[track_caller]
    pub(crate) const fn __literal(text: &'static str) -> Self {
        Self(p::literal_timestamp(text, Self::RULES))
    }
}
impl TimeKey for At {
    fn date(&self) -> Date {
        p::Time::date(&self.0)
    }
}
impl Display for TenantId {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        Display::fmt(&self.0, f)
    }
}
impl PartitionKey for TenantId {}
impl BucketKey for TenantId {
    fn bucket_hash(&self) -> u32 {
        p::Hashed::hash(&self.0)
    }
}
impl MapKey for UserId {
    const SENSITIVE: bool = true;
    fn map_key(&self) -> &str {
        &self.0
    }
    fn from_map_key(text: &str) -> Result<Self, Refusal> {
        Value::read(Node::Str(text.into()))
    }
}

/// `#[derive(Enum)]`, closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Platform {
    Web,
    Ios,
}

const PLATFORMS: &[&str] = &["web", "ios"];

impl Value for Platform {
    const EXPECTED: &'static str = "a `Platform`";
    fn get(&self) -> ValueRef<'_> {
        ValueRef::Str(PLATFORMS[*self as usize])
    }
    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        p::read_enum(node, "Platform", PLATFORMS).map(|index| [Self::Web, Self::Ios][index])
    }
}

/// `#[derive(Enum)]`, open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Browser {
    Firefox,
    Unrecognized(Unrecognized),
}

impl Value for Browser {
    const EXPECTED: &'static str = "a `Browser`";
    fn get(&self) -> ValueRef<'_> {
        match self {
            Self::Firefox => ValueRef::Str("firefox"),
            Self::Unrecognized(name) => ValueRef::Str(name.as_str()),
        }
    }
    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        Ok(match p::read_open_enum(node, "Browser", &["firefox"])? {
            Ok(_) => Self::Firefox,
            Err(name) => Self::Unrecognized(name),
        })
    }
}

pub(crate) const fn field(name: &'static str) -> Field {
    Field {
        name,
        wire: name,
        role: Role::Member,
        required: true,
        pii: None,
        backfill: None,
        accept: None,
    }
}

pub(crate) const fn optional(name: &'static str) -> Field {
    Field {
        required: false,
        ..field(name)
    }
}

pub(crate) const fn flat(name: &'static str) -> Field {
    Field {
        role: Role::Flat,
        ..field(name)
    }
}

/// `#[derive(Record)]`
macro_rules! record {
    ($name:ident { $($field:ident: $type:ty = $table:expr, $take:ident;)* }) => {
        #[derive(Clone, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $field: $type),* }

        impl Record for $name {
            const TABLE: &'static Table = &Table { name: stringify!($name), fields: &[$($table),*] };
            #[allow(unused_assignments)]
            fn get(&self, index: usize) -> ValueRef<'_> {
                let mut at = 0;
                $(if index == at { return Value::get(&self.$field); } at += 1;)*
                ValueRef::Absent
            }
            #[allow(unused_assignments)]
            fn read(members: &mut Members<'_>) -> Result<Self, Refusal> {
                let mut fields = Self::TABLE.fields.iter();
                Ok(Self { $($field: { let field = fields.next().unwrap(); record!(@take members field $take) }),* })
            }
        }

        impl Debug for $name {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                p::debug(self, f)
            }
        }
    };
    (@take $members:ident $field:ident take) => { $members.take($field)? };
    (@take $members:ident $field:ident flat) => {{ let _ = $field; $members.flat()? }};
    (@take $members:ident $field:ident flat_optional) => {{ let _ = $field; $members.flat_optional()? }};
}

macro_rules! record_value {
    ($($name:ident),*) => {$(
        impl Value for $name {
            const EXPECTED: &'static str = "an object";
            fn get(&self) -> ValueRef<'_> {
                p::record(self)
            }
            fn read(node: Node<'_>) -> Result<Self, Refusal> {
                p::read_record(node)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                p::serialize(p::record(self), s)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                p::deserialize(d, <Self as Value>::read)
            }
        }
    )*};
}

record!(Telemetry {
    event_id: Key<Uuid> = field("event_id"), take;
    occurred_at: Key<Timestamp> = Field { accept: Some((-604_800, 3_600)), ..field("occurred_at") }, take;
    tenant_id: TenantId = field("tenant_id"), take;
});

record!(Viewer {
    user_id: UserId = field("user_id"), take;
    nickname: Option<String> = Field { pii: Some("name"), ..optional("nickname") }, take;
});

record!(Line {
    sku: Sku = field("sku"), take;
    quantity: u32 = Field { backfill: Some(Backfill { since: 2, json: "1" }), ..field("quantity") }, take;
    seen_at: Option<Timestamp> = Field { accept: Some((-60, 60)), ..optional("seen_at") }, take;
});

record!(Tree {
    label: String = field("label"), take;
    child: Option<Box<Tree>> = optional("child"), take;
    others: Vec<Tree> = Field { backfill: Some(Backfill { since: 1, json: "[]" }), ..field("others") }, take;
});

record!(Card { number: String = Field { pii: Some("card"), ..field("number") }, take; });
record!(Invoice { days: u8 = field("days"), take; });

record_value!(Telemetry, Viewer, Line, Tree, Card, Invoice);

/// `#[derive(Union)] #[event(tag = "kind")]`
#[derive(Clone, PartialEq)]
pub(crate) enum Payment {
    Card(Card),
    Invoice(Box<Invoice>),
}

impl Value for Payment {
    const EXPECTED: &'static str = "an object";
    fn get(&self) -> ValueRef<'_> {
        match self {
            Self::Card(value) => p::tagged(
                &Variant {
                    wire: "card",
                    tag: Some("kind"),
                },
                value,
            ),
            Self::Invoice(value) => p::tagged(
                &Variant {
                    wire: "invoice",
                    tag: Some("kind"),
                },
                value,
            ),
        }
    }
    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        p::read_union(
            node,
            "Payment",
            Some("kind"),
            &["card", "invoice"],
            |index, node| match index {
                0 => Value::read(node).map(Self::Card),
                _ => Value::read(node).map(Self::Invoice),
            },
        )
    }
}

/// `#[derive(Union)]` without a tag.
#[derive(Clone, PartialEq)]
pub(crate) enum Place {
    Shop(String),
    Home(Tree),
}

impl Value for Place {
    const EXPECTED: &'static str = "an object";
    fn get(&self) -> ValueRef<'_> {
        match self {
            Self::Shop(value) => p::tagged(
                &Variant {
                    wire: "shop",
                    tag: None,
                },
                value,
            ),
            Self::Home(value) => p::tagged(
                &Variant {
                    wire: "home",
                    tag: None,
                },
                value,
            ),
        }
    }
    fn read(node: Node<'_>) -> Result<Self, Refusal> {
        p::read_union(
            node,
            "Place",
            None,
            &["shop", "home"],
            |index, node| match index {
                0 => Value::read(node).map(Self::Shop),
                _ => Value::read(node).map(Self::Home),
            },
        )
    }
}

record!(Placed {
    telemetry: Telemetry = flat("telemetry"), flat;
    viewer: Option<Viewer> = Field { required: false, ..flat("viewer") }, flat_optional;
    total: Decimal = field("total"), take;
    ratio: f64 = Field { wire: "ratioOf", ..field("ratio") }, take;
    rate: f32 = field("rate"), take;
    platform: Platform = field("platform"), take;
    browser: Option<Browser> = optional("browser"), take;
    country: String = Field { backfill: Some(Backfill { since: 3, json: "\"ZZ\"" }), ..field("country") }, take;
    lines: Vec<Line> = field("lines"), take;
    labels: BTreeMap<String, Percent> = field("labels"), take;
    guests: BTreeMap<UserId, u8> = field("guests"), take;
    friends: Vec<UserId> = field("friends"), take;
    payment: Payment = field("payment"), take;
    place: Option<Place> = optional("place"), take;
    blob: Bytes = field("blob"), take;
    on: Date = field("on"), take;
    from: std::net::IpAddr = field("from"), take;
    extra: Option<Json> = optional("extra"), take;
    tree: Option<Tree> = optional("tree"), take;
    big: u64 = field("big"), take;
    paid: bool = field("paid"), take;
});

impl Event for Placed {
    const NAME: &'static str = "checkout.placed";
    const VERSION: u32 = 3;
    const STREAM: &'static str = "telemetry";
    type Partition = (Day, Bucket<16>);
    fn partition(&self) -> Self::Partition {
        (
            Day::of(&self.telemetry.occurred_at),
            Bucket::of(&self.telemetry.tenant_id),
        )
    }
    fn partition_segments(&self, each: &mut dyn FnMut(&'static str, &dyn Display)) {
        let partition = self.partition();
        each("day", &partition.0);
        each("tenant_id_bucket", &partition.1);
    }
    fn key(&self) -> Option<ValueRef<'_>> {
        Some(p::key(&self.telemetry.tenant_id))
    }
    fn id(&self) -> Option<ValueRef<'_>> {
        Some(p::key(&self.telemetry.event_id))
    }
}

record!(Gone {
    at: Key<Date> = Field { accept: Some((-86_400, 0)), ..field("at") }, take;
});

impl Event for Gone {
    const NAME: &'static str = "checkout.gone";
    const VERSION: u32 = 1;
    const STREAM: &'static str = "checkout.gone";
    type Partition = Month;
    fn partition(&self) -> Month {
        Month::of(&self.at)
    }
    fn partition_segments(&self, each: &mut dyn FnMut(&'static str, &dyn Display)) {
        each("month", &self.partition());
    }
    fn key(&self) -> Option<ValueRef<'_>> {
        None
    }
    fn id(&self) -> Option<ValueRef<'_>> {
        None
    }
}

macro_rules! event_serde {
    ($($name:ident),*) => {$(
        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                p::serialize_event(p::event(self), s)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                p::deserialize(d, p::read_event::<Self>)
            }
        }
    )*};
}

event_serde!(Placed, Gone);

/// `#[derive(Events)]`
#[derive(PartialEq, Debug)]
pub(crate) enum AnyEvent {
    Placed(Box<Placed>),
    Gone(Gone),
}

impl Events for AnyEvent {
    const READERS: &'static [(&'static str, Reader<Self>)] = &p::sorted([
        (
            Placed::NAME,
            (|node| p::read_event(node).map(|event| Self::Placed(Box::new(event)))) as Reader<Self>,
        ),
        (Gone::NAME, |node| p::read_event(node).map(Self::Gone)),
    ]);
    fn event(&self) -> EventRef<'_> {
        match self {
            Self::Placed(event) => p::event(&**event),
            Self::Gone(event) => p::event(event),
        }
    }
}

impl AnyEvent {
    pub(crate) const NAMES: &'static [&'static str] =
        &p::names::<_, { Self::READERS.len() }>(Self::READERS);
}

/// One of everything.
pub(crate) fn placed() -> Placed {
    Placed {
        telemetry: Telemetry {
            event_id: "018f4d2e-7b3a-7c11-8a51-0242ac120002".parse().unwrap(),
            occurred_at: "2026-11-23T05:06:07.25Z".parse().unwrap(),
            tenant_id: TenantId::__literal("f79c3e09-677c-4bbd-a479-3f349cb785e7"),
        },
        viewer: Some(Viewer {
            user_id: UserId::__literal("ada"),
            nickname: Some("Countess".into()),
        }),
        total: "12.50".parse().unwrap(),
        ratio: 0.1,
        rate: 2.5,
        platform: Platform::Ios,
        browser: Some(Browser::Firefox),
        country: "DE".into(),
        lines: vec![
            Line {
                sku: Sku::__literal("tea-1"),
                quantity: 2,
                seen_at: None,
            },
            Line {
                sku: Sku::__literal("cup-22"),
                quantity: 1,
                seen_at: Some("2026-11-23T05:06:00Z".parse().unwrap()),
            },
        ],
        labels: [("a b".to_owned(), Percent::__literal(50))].into(),
        guests: [(UserId::__literal("bob"), 3)].into(),
        friends: vec![UserId::__literal("zoe")],
        payment: Payment::Card(Card {
            number: "4111".into(),
        }),
        place: Some(Place::Shop("Mitte \"1\"\n".into())),
        blob: vec![0, 255, 16].into(),
        on: "2024-02-29".parse().unwrap(),
        from: "2001:db8::1".parse().unwrap(),
        extra: Some(Json::from(vec![Json::from(1), Json::from("x")])),
        tree: Some(Tree {
            label: "root".into(),
            child: Some(Box::new(Tree {
                label: "leaf".into(),
                child: None,
                others: vec![],
            })),
            others: vec![],
        }),
        big: u64::MAX >> 1,
        paid: true,
    }
}
