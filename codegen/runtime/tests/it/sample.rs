//! A small catalog, in which every derive and every kind of field stands.

use std::collections::BTreeMap;

use eventc::*;

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Newtype)]
pub(crate) struct TenantId(Uuid);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Newtype)]
#[event(length(1, 8), pii = "identifier")]
pub(crate) struct UserId(Text);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Newtype)]
#[event(pattern = "^[a-z]+-[0-9]+$")]
pub(crate) struct Sku(Text);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Newtype)]
#[event(min = 0, max = 100)]
pub(crate) struct Percent(i64);

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Newtype)]
#[event(key)]
pub(crate) struct At(Timestamp);

#[derive(Enum)]
pub(crate) enum Platform {
    Web,
    Ios,
}

/// An open one.
#[derive(Enum)]
pub(crate) enum Browser {
    Firefox,
    #[event(unrecognized)]
    Unrecognized(Unrecognized),
}

#[derive(Stream)]
#[event(name = "telemetry", partition = [day(occurred_at), bucket(16, tenant_id)], key = tenant_id, id = event_id)]
pub(crate) struct Telemetry {
    pub(crate) event_id: Key<Uuid>,
    #[event(accept(-604_800, 3_600))]
    pub(crate) occurred_at: Key<Timestamp>,
    pub(crate) tenant_id: TenantId,
}

#[derive(Record)]
pub(crate) struct Viewer {
    pub(crate) user_id: UserId,
    #[event(pii = "name")]
    pub(crate) nickname: Option<String>,
}

#[derive(Record)]
pub(crate) struct Line {
    pub(crate) sku: Sku,
    #[event(since = 2, backfill = "1")]
    pub(crate) quantity: u32,
    #[event(accept(-60, 60))]
    pub(crate) seen_at: Option<Timestamp>,
}

#[derive(Record)]
pub(crate) struct Tree {
    pub(crate) label: String,
    pub(crate) child: Option<Box<Tree>>,
    #[event(since = 1, backfill = "[]")]
    pub(crate) others: Vec<Tree>,
}

#[derive(Record)]
pub(crate) struct Card {
    #[event(pii = "card")]
    pub(crate) number: String,
}

#[derive(Record)]
pub(crate) struct Invoice {
    pub(crate) days: u8,
}

#[derive(Clone, PartialEq, Union)]
#[event(tag = "kind")]
pub(crate) enum Payment {
    Card(Card),
    Invoice(Box<Invoice>),
}

/// Without a tag.
#[derive(Clone, PartialEq, Union)]
pub(crate) enum Place {
    Shop(String),
    Home(Tree),
}

#[derive(Event)]
#[event(name = "checkout.placed", version = 3)]
pub(crate) struct Placed {
    #[event(header)]
    pub(crate) telemetry: Telemetry,
    #[event(context)]
    pub(crate) viewer: Option<Viewer>,
    pub(crate) total: Decimal,
    #[event(wire = "ratioOf")]
    pub(crate) ratio: f64,
    pub(crate) rate: f32,
    pub(crate) platform: Platform,
    pub(crate) browser: Option<Browser>,
    #[event(since = 3, backfill = "\"ZZ\"")]
    pub(crate) country: String,
    pub(crate) lines: Vec<Line>,
    pub(crate) labels: BTreeMap<String, Percent>,
    pub(crate) guests: BTreeMap<UserId, u8>,
    pub(crate) friends: Vec<UserId>,
    pub(crate) payment: Payment,
    pub(crate) place: Option<Place>,
    pub(crate) blob: Bytes,
    pub(crate) on: Date,
    pub(crate) from: std::net::IpAddr,
    pub(crate) extra: Option<Json>,
    pub(crate) tree: Option<Tree>,
    pub(crate) big: u64,
    pub(crate) paid: bool,
}

/// A stream of its own.
#[derive(Event)]
#[event(name = "checkout.gone", partition = month(at))]
pub(crate) struct Gone {
    #[event(accept(-86_400, 0))]
    pub(crate) at: Key<Date>,
}

/// The other event of the stream `telemetry`, with nothing of its own.
#[derive(Event)]
#[event(name = "checkout.opened")]
pub(crate) struct Opened {
    #[event(header(occurred_at, tenant_id))]
    pub(crate) telemetry: Telemetry,
}

#[derive(Events)]
pub(crate) enum AnyEvent {
    Placed(Box<Placed>),
    Gone(Gone),
}

/// Every event of the stream `telemetry`.
#[derive(Events)]
pub(crate) enum TelemetryEvent {
    Placed(Box<Placed>),
    Opened(Opened),
}

/// An event of its own, and those of a stream.
#[derive(Events)]
pub(crate) enum Catalog {
    #[event(stream)]
    Telemetry(TelemetryEvent),
    Gone(Gone),
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
