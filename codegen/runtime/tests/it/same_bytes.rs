//! `encode` writes JSON by itself, byte for byte as `serde_json` does through `Serialize`.

use std::collections::BTreeMap;
use std::net::IpAddr;

use eventc::{Bytes, Date, Decimal, Event, Json, Text, Timestamp, Union, Uuid, decode, encode};
use serde_json::json;

use crate::sample::*;

/// A field of every type that a message can hold.
#[derive(Event)]
#[event(name = "every.\"kind\"", partition = none)]
struct Every {
    #[event(wire = "te\"xt\\ \u{1}é")]
    text: String,
    short: Text,
    signed: i64,
    unsigned: u64,
    small: i8,
    double: f64,
    single: f32,
    flag: bool,
    maybe: Option<String>,
    bytes: Bytes,
    decimal: Decimal,
    uuid: Uuid,
    date: Date,
    at: Timestamp,
    address: IpAddr,
    json: Json,
    list: Vec<Option<f64>>,
    map: BTreeMap<String, Vec<BTreeMap<String, String>>>,
    union: Vec<Either>,
    place: Vec<Place>,
    browsers: Vec<Browser>,
}

#[derive(Clone, PartialEq, Union)]
#[event(tag = "ki\"nd")]
enum Either {
    #[event(wire = "c\u{7}ard")]
    Card(Card),
    Tree(Tree),
}

/// Numbers that look like chance and are the same in every run: xorshift.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, end: usize) -> usize {
        (self.next() % end as u64) as usize
    }

    fn of<T: Clone>(&mut self, values: &[T]) -> T {
        values[self.below(values.len())].clone()
    }

    fn text(&mut self) -> String {
        const LETTERS: [char; 24] = [
            'a', 'z', ' ', '"', '\\', '/', '\0', '\u{1}', '\u{8}', '\t', '\n', '\u{b}', '\u{c}',
            '\r', '\u{1f}', '\u{7f}', '\u{80}', 'é', '\u{2028}', '\u{2029}', '\u{feff}',
            '\u{fffd}', '世', '🦀',
        ];
        (0..self.below(7)).map(|_| self.of(&LETTERS)).collect()
    }

    fn double(&mut self) -> f64 {
        // without its feature `float_roundtrip`, `serde_json` reads some numbers one bit off
        let random = f64::from_bits(self.next());
        let is_exact =
            serde_json::from_str(&json!(random).to_string()).is_ok_and(|read: f64| read == random);
        let random = if is_exact { random } else { 0.5 };
        self.of(&[
            0.0,
            -0.0,
            0.1,
            1e300,
            -1e300,
            1e-7,
            1e-5,
            1e15,
            1e16,
            1e17,
            1e21,
            5e-324,
            f64::MAX,
            f64::MIN_POSITIVE,
            f64::EPSILON,
            1.0,
            -1.5,
            123_456_789.125,
            random,
        ])
    }

    fn single(&mut self) -> f32 {
        let random = f32::from_bits(self.next() as u32);
        let random = if random.is_finite() { random } else { 0.5 };
        self.of(&[
            0.0,
            -0.0,
            0.1,
            1e30,
            1e-7,
            16_777_216.0,
            f32::MAX,
            f32::MIN_POSITIVE,
            1e-45,
            random,
        ])
    }

    fn signed(&mut self) -> i64 {
        let random = self.next() as i64;
        self.of(&[0, -1, i64::MIN, i64::MAX, 9, 10, 99, 100, random])
    }

    fn unsigned(&mut self) -> u64 {
        let random = self.next();
        self.of(&[0, 1, u64::MAX, i64::MAX as u64 + 1, 1 << 53, random])
    }

    fn json(&mut self, levels: usize) -> Json {
        match self.below(if levels == 0 { 6 } else { 8 }) {
            0 => Json::Null,
            1 => json!(self.text()),
            2 => json!(self.double()),
            3 => json!(self.signed()),
            4 => json!(self.unsigned()),
            5 => json!(self.below(2) == 0),
            6 => (0..self.below(4)).map(|_| self.json(levels - 1)).collect(),
            _ => Json::Object(
                (0..self.below(4))
                    .map(|_| (self.text(), self.json(levels - 1)))
                    .collect(),
            ),
        }
    }

    fn tree(&mut self, levels: usize) -> Tree {
        Tree {
            label: self.text(),
            child: (levels > 0 && self.below(2) == 0).then(|| Box::new(self.tree(levels - 1))),
            others: (0..self.below(levels + 1))
                .map(|_| self.tree(levels - 1))
                .collect(),
        }
    }

    fn every(&mut self) -> Every {
        let texts = |numbers: &mut Self| -> BTreeMap<String, String> {
            (0..numbers.below(3))
                .map(|_| (numbers.text(), numbers.text()))
                .collect()
        };
        Every {
            text: self.text(),
            short: self.text().into(),
            signed: self.signed(),
            unsigned: self.unsigned(),
            small: self.signed() as i8,
            double: self.double(),
            single: self.single(),
            flag: self.below(2) == 0,
            maybe: (self.below(2) == 0).then(|| self.text()),
            bytes: (0..self.below(6))
                .map(|_| self.next() as u8)
                .collect::<Vec<u8>>()
                .into(),
            decimal: Decimal::new(self.signed().into(), self.below(20) as u8).unwrap(),
            uuid: Uuid::from_u64_pair(self.next(), self.next()),
            date: Date::from_days(self.below(40_000) as i32 - 10_000).unwrap(),
            at: Timestamp::from_micros(self.signed() / 1_000).unwrap(),
            address: if self.below(2) == 0 {
                IpAddr::from((self.next() as u32).to_be_bytes())
            } else {
                IpAddr::from((u128::from(self.next()) << self.below(65)).to_be_bytes())
            },
            json: self.json(3),
            list: (0..self.below(4))
                .map(|_| (self.below(3) > 0).then(|| self.double()))
                .collect(),
            map: (0..self.below(3))
                .map(|_| {
                    (
                        self.text(),
                        (0..self.below(3)).map(|_| texts(self)).collect(),
                    )
                })
                .collect(),
            union: (0..self.below(3))
                .map(|_| {
                    if self.below(2) == 0 {
                        Either::Card(Card {
                            number: self.text(),
                        })
                    } else {
                        Either::Tree(self.tree(2))
                    }
                })
                .collect(),
            place: (0..self.below(3))
                .map(|_| {
                    if self.below(2) == 0 {
                        Place::Shop(self.text())
                    } else {
                        Place::Home(self.tree(1))
                    }
                })
                .collect(),
            browsers: (0..self.below(3))
                .map(|_| {
                    // an unknown name comes from a message alone, and is never empty
                    let name = format!("{}x", self.text());
                    serde_json::from_value(json!(name)).unwrap()
                })
                .collect(),
        }
    }
}

#[track_caller]
fn same<E: Event + serde::Serialize>(event: &E) -> Vec<u8> {
    let ours = encode(event).unwrap();
    let theirs = serde_json::to_vec(event).unwrap();
    assert_eq!(
        String::from_utf8(ours.clone()).unwrap(),
        String::from_utf8(theirs).unwrap()
    );
    ours
}

#[test]
fn of_many_values() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    for _ in 0..5_000 {
        let event = numbers.every();
        let written = same(&event);
        // `null` is an optional value of JSON that is not there, wherever it stands in a field of `json`
        if event.json != Json::Null {
            assert_eq!(decode::<Every>(&written).unwrap(), event);
        }
    }
    same(&placed());
}

/// Each of the values alone, so that none is left to chance.
#[test]
fn of_each_value_that_is_at_an_end() {
    let mut numbers = Numbers(7);
    let mut one = |change: &dyn Fn(&mut Every)| {
        let mut event = numbers.every();
        change(&mut event);
        String::from_utf8(same(&event)).unwrap()
    };
    for letter in (0..=0x7f_u8).map(char::from).chain(['é', '\u{2028}', '🦀']) {
        let text = format!("a{letter}b");
        let written = one(&|event| {
            event.text.clone_from(&text);
            event.map = [(text.clone(), vec![])].into();
            event.maybe = Some(letter.to_string());
        });
        let read: Json = serde_json::from_str(&written).unwrap();
        assert_eq!(read["maybe"], letter.to_string());
        assert_eq!(read["map"][&text], json!([]));
    }
    for number in [
        1e300,
        0.1,
        -0.0,
        0.0,
        1e-7,
        1e16,
        f64::MIN,
        f64::MAX,
        5e-324,
    ] {
        let written = one(&|event| {
            event.double = number;
            event.single = number as f32;
            event.single = if event.single.is_finite() {
                event.single
            } else {
                f32::MAX
            };
            event.list = vec![Some(number), None];
        });
        assert!(
            written.contains(&format!(r#""double":{}"#, json!(number))),
            "{written}"
        );
    }
    for number in [i64::MIN, i64::MAX, 0, -1] {
        let written = one(&|event| event.signed = number);
        assert!(written.contains(&format!(r#""signed":{number},"#)));
    }
    for number in [u64::MAX, 0] {
        let written = one(&|event| event.unsigned = number);
        assert!(written.contains(&format!(r#""unsigned":{number},"#)));
    }
    for (length, base64) in ["", "AA==", "AAE=", "AAEC", "AAECAw==", "AAECAwQ="]
        .iter()
        .enumerate()
    {
        let written = one(&|event| event.bytes = (0..length as u8).collect::<Vec<u8>>().into());
        assert!(
            written.contains(&format!(r#""bytes":"{base64}","#)),
            "{written}"
        );
    }
}

#[test]
fn of_the_names_of_events_and_members() {
    let written = same(&Numbers(1).every());
    let written = String::from_utf8(written).unwrap();
    assert!(
        written.starts_with(r#"{"event":"every.\"kind\"","version":1,"te\"xt\\ \u0001é":"#),
        "{written}"
    );
}
