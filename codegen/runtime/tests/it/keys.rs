//! Values that place events.

use eventc::{
    Bucket, Date, Day, Decimal, Event, Fill, Hour, Key, Month, Record, Table, Text, Timestamp,
    Uuid, Value, Year,
};

use crate::sample::*;

const TENANT: TenantId = TenantId::__literal("f79c3e09-677c-4bbd-a479-3f349cb785e7");
const HALF: Percent = Percent::__literal(50);
const START: At = At::__literal("2026-11-23T05:00:00+01:00");
const TEA: Sku = Sku::__literal("tea-1");

fn time(text: &str) -> Result<Key<Timestamp>, eventc::Invalid> {
    text.parse()
}

#[test]
fn a_time_in_a_key_is_of_the_years_2000_to_2100() {
    for refused in [
        "1970-01-01T00:00:00Z",
        "1970-01-01T23:59:59Z",
        "1999-12-31T23:59:59.999999Z",
        "2101-01-01T00:00:00Z",
    ] {
        assert!(time(refused).is_err(), "{refused}");
        assert!(refused.parse::<At>().is_err(), "{refused}");
        assert!(refused[..10].parse::<Key<Date>>().is_err(), "{refused}");
    }
    for accepted in ["2000-01-01T00:00:00Z", "2100-12-31T23:59:59.999999Z"] {
        assert_eq!(time(accepted).unwrap().to_string(), accepted);
        assert!(accepted.parse::<At>().is_ok(), "{accepted}");
        assert!(accepted[..10].parse::<Key<Date>>().is_ok(), "{accepted}");
    }
    assert_eq!(
        Key::new("1999-12-31".parse::<Date>().unwrap())
            .unwrap_err()
            .to_string(),
        "expected a date of the years 2000 to 2100, found 1999-12-31"
    );
}

#[test]
fn the_nil_uuid_is_no_key() {
    assert_eq!(
        Key::new(Uuid::nil()).unwrap_err().to_string(),
        "expected a uuid, found the nil uuid"
    );
    assert!(TenantId::try_from(Uuid::nil()).is_err());
    assert!(Key::try_from(Uuid::now_v7()).is_ok());
    assert_eq!(Key::from(5_u8).get(), 5);
    assert_eq!(
        "12.50".parse::<Key<Decimal>>().unwrap().to_string(),
        "12.50"
    );
    assert_eq!(
        "x".parse::<Key<u8>>().unwrap_err().to_string(),
        "expected an integer from 0 to 255, found \"x\""
    );
}

#[test]
fn what_is_filled_in_is_a_key() {
    let before = Timestamp::now();
    let at = Key::<Timestamp>::fill();
    assert!(before <= at.get() && at.get() <= Timestamp::now());
    assert!(Key::<Uuid>::fill() != Key::<Uuid>::fill());
    assert_eq!(Key::<Date>::fill(), Key::today());
}

#[test]
fn literals() {
    assert_eq!(TENANT.to_string(), "f79c3e09-677c-4bbd-a479-3f349cb785e7");
    assert_eq!(HALF, 50.try_into().unwrap());
    assert_eq!(START, "2026-11-23T04:00:00Z".parse().unwrap());
    assert_eq!(TEA, Text::from("tea-1").try_into().unwrap());
    let refused = |make: fn()| std::panic::catch_unwind(make).is_err();
    assert!(refused(
        || _ = TenantId::__literal("00000000-0000-0000-0000-000000000000")
    ));
    assert!(refused(|| _ = TenantId::__literal("x")));
    assert!(refused(|| _ = Percent::__literal(101)));
    assert!(refused(|| _ = UserId::__literal("äöüäöüäöü")));
    assert!(!refused(|| _ = UserId::__literal("äöüäöüäö")));
    assert!(refused(|| _ = Sku::__literal("tea")));
    assert!(refused(|| _ = At::__literal("1970-01-01T00:00:00Z")));
}

/// An event that says somebody compared the names of its members, so that its derive does not.
#[derive(Event)]
#[event(name = "own", checked)]
struct Own {
    #[event(header)]
    telemetry: Telemetry,
    a: u8,
}

#[derive(Record)]
struct Context {
    #[event(wire = "tenant_id")]
    b: u8,
}

#[derive(Record)]
struct Reserved {
    #[event(wire = "event")]
    c: u8,
}

#[test]
fn two_members_of_one_name() {
    use eventc::__private::distinct;
    const OWN: &Table = Own::TABLE;
    const HEADER: &Table = Telemetry::TABLE;
    const CONTEXT: &Table = Context::TABLE;
    const RESERVED: &Table = Reserved::TABLE;
    const _: () = distinct(OWN, &[HEADER]);
    let says = |check: fn()| {
        *std::panic::catch_unwind(check)
            .unwrap_err()
            .downcast::<String>()
            .unwrap()
    };
    assert_eq!(
        says(|| distinct(OWN, &[HEADER, CONTEXT])),
        "two members of this event are called `tenant_id`: its own, its header's and its contexts' names must differ"
    );
    assert!(std::panic::catch_unwind(|| distinct(OWN, &[RESERVED])).is_err());
}

#[test]
fn partitions() {
    let at = time("2026-11-03T05:06:07+06:00").unwrap();
    assert_eq!(Hour::of(&at).to_string(), "2026-11-02T23");
    assert_eq!(Day::of(&at).to_string(), "2026-11-02");
    assert_eq!(Month::of(&at).to_string(), "2026-11");
    assert_eq!(Year::of(&at).to_string(), "2026");
    assert_eq!(Day::of(&START).to_string(), "2026-11-23");
    assert!(Hour::of(&at) < Hour::of(&time("2026-11-03T00:00:00Z").unwrap()));
    let mut segments = Vec::new();
    placed().partition_segments(&mut |name, value| segments.push(format!("{name}={value}")));
    assert_eq!(segments, ["day=2026-11-23", "tenant_id_bucket=12"]);
    assert_eq!(Bucket::<16>::of(&TENANT).index(), 1_488_055_340 % 16);
}

#[test]
fn a_key_is_text_that_can_stand_anywhere() {
    fn text(value: &impl Value) -> String {
        let mut text = "before ".to_owned();
        eventc::percent_encode_into(value.get(), &mut text);
        text.split_off("before ".len())
    }
    assert_eq!(text(&TENANT), "f79c3e09-677c-4bbd-a479-3f349cb785e7");
    assert_eq!(text(&TEA), "tea-1");
    assert_eq!(text(&START), "2026-11-23T04%3A00%3A00Z");
    assert_eq!(text(&Key::from(true)), "true");
    assert_eq!(text(&Key::from(-5_i64)), "-5");
    assert_eq!(text(&Key::from(u64::MAX)), "18446744073709551615");
    assert_eq!(text(&"12.50".parse::<Key<Decimal>>().unwrap()), "12.50");
    assert_eq!(text(&"2026-11-23".parse::<Date>().unwrap()), "2026-11-23");
    let address: std::net::IpAddr = "2001:db8::1".parse().unwrap();
    assert_eq!(text(&Key::from(address)), "2001%3Adb8%3A%3A1");
    assert_eq!(text(&"a/b\tø%".to_owned()), "a%2Fb%09%C3%B8%25");
    // neither can be a key
    assert_eq!(text(&vec!["a".to_owned()]), "");
    assert_eq!(text(&None::<String>), "");
}
