//! Texts and numbers at the edges of what a type takes. Where schemas and types differ is said here by name, as LANGUAGE.md says it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::Stage;

/// A member of the wide catalog, and values for it.
type Edges = (&'static str, &'static str, &'static [&'static str]);

const TIMESTAMPS: &[&str] = &[
    "2026-11-23T05:00:00Z",
    "2026-11-23t05:00:00z",
    "2026-11-23T05:00:00.1234567890Z",
    "2026-11-23T05:00:00.Z",
    "2026-11-23T05:00:00+02:00",
    "2026-11-23T05:00:00-23:59",
    "2026-11-23T05:00:00+24:00",
    "2026-11-23T05:00:00+02",
    "2026-11-23T05:00:00+0200",
    "2026-11-23 05:00:00Z",
    "2026-11-23T05:00Z",
    "2026-11-23T23:59:60Z",
    "2026-11-23T23:59:60.5Z",
    "2026-11-23T23:59:61Z",
    "2026-11-23T12:59:60Z",
    "2026-11-23T18:59:60-05:00",
    "2026-02-29T05:00:00Z",
    "2024-02-29T05:00:00Z",
    "1900-02-29T05:00:00Z",
    "2000-02-29T05:00:00Z",
    "0000-02-29T05:00:00Z",
    "2026-00-10T05:00:00Z",
    "2026-13-10T05:00:00Z",
    "2026-04-31T05:00:00Z",
    "2026-04-00T05:00:00Z",
    "0001-01-01T00:00:00Z",
    "0001-01-01T00:00:00+00:01",
    "0001-01-01T00:01:00+00:01",
    "0000-12-31T00:00:00Z",
    "9999-12-31T23:59:59.999999Z",
    "9999-12-31T23:59:59-00:01",
    "9999-12-31T23:58:59-00:01",
    "9999-12-31T23:59:60Z",
    "1999-12-31T23:59:59Z",
    "1999-12-31T23:59:59-00:01",
    "2000-01-01T00:00:00Z",
    "2000-01-01T00:00:00+00:01",
    "2000-01-01T00:01:00+00:01",
    "2000-01-02T00:00:00+23:59",
    "2100-12-30T23:59:59-23:59",
    "2100-12-31T23:59:59Z",
    "2100-12-31T23:59:59-00:01",
    "2100-12-31T23:59:60Z",
    "2101-01-01T00:00:00Z",
    "+2026-11-23T05:00:00Z",
    " 2026-11-23T05:00:00Z",
    "2026-11-23T05:00:00Z\n",
    "２026-11-23T05:00:00Z",
];

const DATES: &[&str] = &[
    "2026-11-23",
    "2026-1-23",
    "2026-11-23\n",
    "0000-01-01",
    "0001-01-01",
    "0010-01-01",
    "0100-01-01",
    "1000-01-01",
    "9999-12-31",
    "10000-01-01",
    "0004-02-29",
    "0400-02-29",
    "0200-02-29",
    "2100-02-29",
    "1999-12-31",
    "2000-01-01",
    "2100-12-31",
    "2101-01-01",
    "2026-06-31",
    "2026-12-32",
];

const DECIMALS: &[&str] = &[
    "0",
    "-0",
    "-0.0",
    "00",
    "01",
    "0.",
    ".5",
    "+1",
    "1e3",
    "1.5",
    "1.5.5",
    "-",
    "",
    " 1",
    "1 ",
    "1\n",
    "99999999999999999999999999999999999999",
    "999999999999999999999999999999999999999",
    "-99999999999999999999999999999999999999",
    "9999999999999999999999999999999999999.9",
    "9999999999999999999999999999999999999.99",
    "0.99999999999999999999999999999999999999",
    "0.999999999999999999999999999999999999999",
    "0.00000000000000000000000000000000000001",
    "0.000000000000000000000000000000000000001",
    "1.0000000000000000000000000000000000000",
    "1.00000000000000000000000000000000000000",
    "0.01",
    "0.010",
    "0.009",
    "0.0099999",
    "-99999.5",
    "-99999.50",
    "-99999.51",
    "-99999.49",
    "-100000",
    "-9999",
    "0.001",
    "-0.5",
    "-0.50",
    "-0.51",
    "-0.6",
    "0.25",
    "0.26",
    "0.2",
    "1",
];

const ADDRESSES: &[&str] = &[
    "0.0.0.0",
    "255.255.255.255",
    "256.0.0.1",
    "1.2.3",
    "01.2.3.4",
    "1.2.3.4.5",
    "1.2.3.4\n",
    "::",
    "::1",
    "1::",
    "1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7::",
    "::2:3:4:5:6:7:8",
    "1::3:4:5:6:7:8",
    "1:2:3:4:5:6:7:8::",
    "1::2::3",
    "1:2:3:4:5:6:1.2.3.4",
    "1:2:3:4:5::1.2.3.4",
    "1:2:3:4:5:6::1.2.3.4",
    "::1.2.3.4",
    "::ffff:1.2.3.4",
    "1.2.3.4::",
    "::ffff:1.2.3.04",
    "12345::",
    "g::",
    "fe80::1%eth0",
    "[::1]",
    ":::",
    ":1",
    "1:",
];

const UUIDS: &[&str] = &[
    "018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f",
    "018F4E2A-7C3A-7B1E-9A55-1F0C4C1D2E3F",
    "00000000-0000-0000-0000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff",
    "018f4e2a7c3a7b1e9a551f0c4c1d2e3f",
    "{018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f}",
    "urn:uuid:018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f",
    "018f4e2a-7c3a-7b1e-9a551-f0c4c1d2e3f",
    "018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3f\n",
    "018f4e2a-7c3a-7b1e-9a55-1f0c4c1d2e3g",
];

const BYTES: &[&str] = &[
    "",
    "AA==",
    "AAA=",
    "AAAA",
    "AAAAAA==",
    "AAAAAAA=",
    "AAAAAAAA",
    "AA",
    "AA=",
    "A===",
    "AB==",
    "AAB=",
    "A-A=",
    "AAAA\n",
    "====",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

const EDGES: &[Edges] = &[
    ("scalars", "q", TIMESTAMPS),
    ("scalars", "at", TIMESTAMPS),
    ("containers", "at", TIMESTAMPS),
    ("newtypes", "x", TIMESTAMPS),
    ("scalars", "p", DATES),
    ("scalars", "on", DATES),
    ("containers", "day", DATES),
    ("scalars", "l", DECIMALS),
    ("newtypes", "t", DECIMALS),
    ("newtypes", "u", DECIMALS),
    ("newtypes", "v", DECIMALS),
    ("scalars", "r", ADDRESSES),
    ("newtypes", "z", ADDRESSES),
    ("scalars", "o", UUIDS),
    ("scalars", "id", UUIDS),
    ("newtypes", "bb", UUIDS),
    ("scalars", "n", BYTES),
    ("newtypes", "g", BYTES),
    ("newtypes", "h", BYTES),
];

/// What the types alone take: an instant with an offset that is of another year, on a first or last day, or ends a day in UTC.
const ONLY_TYPES: &[&str] = &[
    "0001-01-01T00:01:00+00:01",
    "1999-12-31T23:59:59-00:01",
    "2000-01-01T00:01:00+00:01",
    "2026-11-23T18:59:60-05:00",
    "9999-12-31T23:58:59-00:01",
];

#[test]
fn texts_at_the_edges() {
    let stage = Stage::wide();
    let mut narrower = BTreeSet::new();
    for (event, member, texts) in EDGES {
        let message = stage.full(event);
        for text in *texts {
            let mut message = message.clone();
            message[member] = (*text).into();
            match (stage.takes(event, &message), stage.types_take(&message)) {
                (false, true) => {
                    narrower.insert(*text);
                }
                (true, false) => panic!("only the schema takes {text:?} for {event}.{member}"),
                _ => {}
            }
        }
    }
    assert!(narrower.iter().eq(ONLY_TYPES), "{narrower:?}");
}

#[test]
fn numbers_at_the_edges() {
    let stage = Stage::wide();
    let numbers: Vec<Value> = [
        "0",
        "-1",
        "1",
        "5",
        "6",
        "-5",
        "-6",
        "127",
        "128",
        "-128",
        "-129",
        "255",
        "256",
        "65535",
        "65536",
        "4294967295",
        "4294967296",
        "9223372036854775807",
        "9223372036854775808",
        "-9223372036854775808",
        "18446744073709551615",
        "18446744073709553664",
        "1e300",
        "-1e300",
        "1.5",
        "1.25",
        "3.4028235e38",
        "3.5e38",
        "-3.4028235e38",
        "-3.5e38",
        "0.1",
        "0.3",
        "0.09",
        "0.31",
        "1.51",
        "-1000",
        "-999.5",
        "100",
        "101",
        "0.5",
    ]
    .into_iter()
    .map(|number| serde_json::from_str(number).unwrap())
    .collect();
    for event in ["scalars", "newtypes"] {
        let full = stage.full(event);
        let members = full.as_object().unwrap().keys();
        for member in members.filter(|member| !["event"].contains(&member.as_str())) {
            for number in &numbers {
                let mut message = full.clone();
                message[member] = number.clone();
                stage.agree(event, &message);
            }
        }
    }
}

/// A schema calls `1.0` an integer, and a reader of ours does not. The last one is of the first number of 64 bits to whoever rounds.
#[test]
fn a_whole_number_with_a_point_is_no_integer_to_the_types_alone() {
    let stage = Stage::wide();
    for number in ["1.0", "1e2", "-0", "-9223372036854775809"] {
        let mut message = stage.full("scalars");
        message["e"] = serde_json::from_str(number).unwrap();
        assert!(stage.takes("scalars", &message), "{number}");
        assert!(!stage.types_take(&message), "{number}");
    }
}

/// `event` may be left out where the event is clear, and `null` there is only read by the types.
#[test]
fn the_name_of_the_event() {
    let stage = Stage::wide();
    let mut message = stage.full("keyed");
    message.as_object_mut().unwrap().remove("event");
    assert!(stage.takes("keyed", &message));
    for event in [json!("empty"), json!(1)] {
        message["event"] = event;
        let [plain, _] = &stage.events["keyed"];
        assert!(!plain.is_valid(&message));
    }
}
