//! Random events, which the generated types judge.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

use eventc::{Timestamp, decode};
use eventc_compiler::catalog::{Body, Event, Type, TypeRef};
use eventc_compiler::{Catalog, Sources};
use eventc_testing::samples::Samples;
use eventc_testing::schema::checked;
use serde_json::Value;

use crate::{right, wide};

/// Reads a message and writes it again.
pub(crate) type Judge = fn(&[u8]) -> Result<Vec<u8>, String>;

pub(crate) const REAL: Judge = |json| {
    let event = events::Events::decode(json).map_err(|refusal| refusal.to_string())?;
    event.encode().map_err(|refusal| refusal.to_string())
};

pub(crate) const WIDE: Judge = |json| {
    let event = wide::types::Events::decode(json).map_err(|refusal| refusal.to_string())?;
    event.encode().map_err(|refusal| refusal.to_string())
};

/// The catalog of these files, which has no error.
pub(crate) fn compile(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Catalog {
    checked(&Sources::new("schema", files))
}

/// The schema of this repository.
pub(crate) fn real_sources() -> Sources {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema");
    Sources::read(&folder, "schema").unwrap()
}

fn real() -> Catalog {
    checked(&real_sources())
}

fn wide() -> Catalog {
    compile([("catalog.yaml".to_owned(), wide::TEXT.into())])
}

#[test]
fn the_real_catalog_reads_every_event_and_writes_it_again() {
    every_event_comes_back(&real(), REAL, 120);
}

#[test]
fn the_wide_catalog_reads_every_event_and_writes_it_again() {
    every_event_comes_back(&wide(), WIDE, 300);
}

#[test]
fn the_real_catalog_refuses_every_mutant() {
    every_mutant_is_refused(&real(), REAL, 3);
}

#[test]
fn the_wide_catalog_refuses_every_mutant() {
    every_mutant_is_refused(&wide(), WIDE, 3);
}

/// How many times as much is tried as it takes to find what is often wrong: `EVENTC_TEST_SAMPLES`, or once.
pub(crate) fn factor() -> usize {
    let factor = std::env::var("EVENTC_TEST_SAMPLES");
    factor.map_or(1, |factor| {
        factor.parse().expect("`EVENTC_TEST_SAMPLES` is a number")
    })
}

fn every_event_comes_back(catalog: &Catalog, judge: Judge, count: usize) {
    let mut samples = Samples::new(catalog, 1).with_nul(true);
    let mut nulls = Samples::new(catalog, 2).with_nulls(true);
    for id in Event::ids(catalog) {
        for _ in 0..count * factor() {
            let event = samples.event(id);
            let again = judge(event.to_string().as_bytes())
                .unwrap_or_else(|refusal| panic!("{refusal}\n{event:#}"));
            assert_eq!(serde_json::from_slice::<Value>(&again).unwrap(), event);

            let mut event = nulls.event(id);
            let again = judge(event.to_string().as_bytes())
                .unwrap_or_else(|refusal| panic!("{refusal}\n{event:#}"));
            let members = event.as_object_mut().unwrap();
            members.retain(|_, value| !value.is_null());
            let again: Value = serde_json::from_slice(&again).unwrap();
            assert!(
                again
                    .as_object()
                    .unwrap()
                    .keys()
                    .eq(event.as_object().unwrap().keys())
            );
        }
    }
}

fn every_mutant_is_refused(catalog: &Catalog, judge: Judge, count: usize) {
    let mut samples = Samples::new(catalog, 3);
    let mut accepted = BTreeMap::new();
    let mut total = 0;
    for id in Event::ids(catalog) {
        for _ in 0..count * factor() {
            for (what, mutant) in samples.mutants(id) {
                total += 1;
                if judge(mutant.to_string().as_bytes()).is_ok() {
                    accepted.insert((catalog[id].name.clone(), what), mutant);
                }
            }
        }
    }
    assert!(
        accepted.is_empty(),
        "{} of {total}: {accepted:#?}",
        accepted.len()
    );
}

#[test]
fn times_are_accepted_around_the_present_that_was_given() {
    let catalog = wide();
    let present = UNIX_EPOCH + Duration::from_secs(2_000_000_000);
    let mut samples = Samples::new(&catalog, 4).with_now(present);
    let now = Timestamp::try_from(present).unwrap();
    for id in Event::ids(&catalog) {
        for _ in 0..200 {
            let json = samples.event(id).to_string();
            match catalog[id].name.as_str() {
                "scalars" => {
                    let event: wide::types::Scalars = decode(json.as_bytes()).unwrap();
                    eventc::accepts(&event, now).unwrap();
                }
                "containers" => {
                    let event: wide::types::Containers = decode(json.as_bytes()).unwrap();
                    eventc::accepts(&event, now).unwrap();
                }
                _ => {}
            }
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_events() {
    let catalog = wide();
    let all = |seed| {
        let mut samples = Samples::new(&catalog, seed);
        let events = Event::ids(&catalog).map(|id| (samples.event(id), samples.mutants(id)));
        events.collect::<Vec<_>>()
    };
    assert_eq!(all(5), all(5));
    assert_ne!(all(5), all(6));
}

#[test]
fn every_value_of_an_enum_and_every_variant_of_a_union_comes() {
    let catalog = wide();
    for id in Type::ids(&catalog) {
        let mut samples = Samples::new(&catalog, 7);
        let values = (0..400).map(|_| samples.value(&TypeRef::Named(id)));
        let values: Vec<_> = values.collect();
        match &catalog[id].body {
            Body::Enum(enumeration) => {
                let names: BTreeSet<_> =
                    values.iter().map(|value| value.as_str().unwrap()).collect();
                let mut known = enumeration.values.iter();
                assert!(known.all(|value| names.contains(&*value.wire)));
                assert_eq!(names.len() > enumeration.values.len(), enumeration.open);
            }
            Body::Union(union) => {
                for variant in &union.variants {
                    let is_it = |value: &Value| match &union.tag {
                        Some(tag) => value[tag] == *variant.name,
                        None => value.get(&variant.name).is_some(),
                    };
                    assert!(values.iter().any(is_it), "{}", variant.name);
                }
            }
            Body::Newtype(_) | Body::Record(_) => {}
        }
    }
}

/// Catalogs of every shape that the compiler takes: their types have an end, and a value.
#[test]
fn every_catalog_that_is_right_has_events() {
    let mut seen = 0;
    for (name, sources) in right::fixtures() {
        // One is of a pattern that no text of its length has.
        if name == "bounds_at_the_ends_of_their_types" {
            continue;
        }
        let catalog = checked(&sources);
        let mut samples = Samples::new(&catalog, 8);
        for id in Event::ids(&catalog) {
            seen += 1;
            let event = samples.event(id);
            assert_eq!(event["event"], *catalog[id].name);
            assert!(!samples.mutants(id).is_empty());
        }
    }
    assert!(seen > 100, "only {seen} events");
}
