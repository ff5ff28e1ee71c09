//! Dates and times, against `jiff`.

use eventc::{Date, Decimal, Timestamp};
use jiff::civil;

#[test]
fn every_day_is_the_day_of_jiff() {
    let mut date = civil::date(1, 1, 1);
    for days in Date::MIN.days()..=Date::MAX.days() {
        let ours = Date::from_days(days).unwrap();
        assert_eq!(
            (ours.year(), ours.month(), ours.day()),
            (date.year().into(), date.month() as u8, date.day() as u8)
        );
        assert_eq!(
            Date::new(ours.year(), ours.month(), ours.day()).unwrap(),
            ours
        );
        match date.tomorrow() {
            Ok(next) => date = next,
            Err(_) => assert_eq!(ours, Date::MAX),
        }
    }
    assert!(Date::from_days(Date::MIN.days() - 1).is_err());
    assert!(Date::from_days(Date::MAX.days() + 1).is_err());
}

#[test]
fn times_are_the_times_of_jiff() {
    let mut micros = Timestamp::MIN.micros();
    // a stride that is no multiple of anything in a calendar
    while micros
        < "9999-12-30T22:00:00Z"
            .parse::<Timestamp>()
            .unwrap()
            .micros()
    {
        let ours = Timestamp::from_micros(micros).unwrap();
        let theirs = jiff::Timestamp::from_microsecond(micros).unwrap();
        assert_eq!(ours.to_string().parse::<jiff::Timestamp>().unwrap(), theirs);
        assert_eq!(theirs.to_string().parse::<Timestamp>().unwrap(), ours);
        micros += 31_556_952_000_017 * 7 / 5;
    }
}

#[test]
fn what_is_a_time() {
    let same = |text: &str, as_utc: &str| {
        assert_eq!(
            text.parse::<Timestamp>().unwrap().to_string(),
            as_utc,
            "{text}"
        )
    };
    same("2026-11-23T05:00:00Z", "2026-11-23T05:00:00Z");
    same("2026-11-23t05:00:00z", "2026-11-23T05:00:00Z");
    same("2026-11-23T05:00:00.5+05:30", "2026-11-22T23:30:00.500Z");
    same(
        "2026-11-23T05:00:00.123456789-00:00",
        "2026-11-23T05:00:00.123456Z",
    );
    same("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z");
    same("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z");
    same("0000-12-31T23:30:00-01:00", "0001-01-01T00:30:00Z");
    same("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z");
    same("2017-01-01T08:59:60+09:00", "2017-01-01T00:00:00Z");
    for none in [
        "",
        "2026-11-23",
        "2026-11-23T05:00:00",
        "2026-11-23T05:00Z",
        "2026-11-23 05:00:00Z",
        "2026-11-23T05:00:00.Z",
        "2026-11-23T05:00:00+0530",
        "2026-11-23T05:00:00+05",
        "2026-11-23T05:00:00+24:00",
        "2026-11-23T24:00:00Z",
        "2026-11-23T05:60:00Z",
        "2026-11-23T05:00:60Z",
        "2026-02-29T05:00:00Z",
        "2026-13-01T05:00:00Z",
        "2026-11-23T05:00:00Z[UTC]",
        " 2026-11-23T05:00:00Z",
        "2026-11-2３T05:00:00Z",
        "0000-12-31T22:30:00-01:00",
        "0001-01-01T00:30:00+01:00",
        "9999-12-31T23:30:00-01:00",
        "-001-01-01T00:00:00Z",
    ] {
        assert!(none.parse::<Timestamp>().is_err(), "{none}");
    }
}

#[test]
fn what_is_a_date() {
    for none in [
        "",
        "2026-1-01",
        "2026-00-01",
        "2026-01-00",
        "2026-04-31",
        "0000-01-01",
        "10000-01-01",
        "2026-01-01 ",
        "1900-02-29",
    ] {
        assert!(none.parse::<Date>().is_err(), "{none}");
    }
    assert_eq!("2000-02-29".parse::<Date>().unwrap().days(), 11_016);
    assert_eq!(
        Date::new(2026, 2, 30).unwrap_err().to_string(),
        "expected a date like 2026-11-23, found 2026-02-30"
    );
}

#[test]
fn decimals() {
    let decimal = |text: &str| text.parse::<Decimal>().unwrap();
    for text in [
        "0",
        "-12.50",
        "0.001",
        "-0.5",
        "99999999999999999999999999999999999999",
        "0.00000000000000000000000000000000000001",
    ] {
        assert_eq!(decimal(text).to_string(), text);
    }
    assert_eq!(decimal("-0").to_string(), "0");
    assert_eq!(decimal("12.50"), decimal("12.5"));
    assert!(
        decimal("-12.51") < decimal("-12.5")
            && decimal("-0.5") < decimal("0")
            && decimal("2") < decimal("10.0")
    );
    assert!(
        decimal("99999999999999999999999999999999999999")
            > decimal("0.00000000000000000000000000000000000001")
    );
    assert_eq!(Decimal::new(1250, 2).unwrap(), decimal("12.5"));
    for none in [
        "",
        "-",
        ".5",
        "5.",
        "1.2.3",
        "+1",
        "01",
        "1e5",
        "NaN",
        "1_000",
        "100000000000000000000000000000000000000",
    ] {
        assert!(none.parse::<Decimal>().is_err(), "{none}");
    }
}
