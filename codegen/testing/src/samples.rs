//! Random events of a catalog, as they are on the wire.
//!
//! They are valid, and near the ends of what is: the least and the greatest numbers, texts that are quoted wrongly somewhere,
//! lists of none and of many. Each is written as the generated types write it, so a reader that writes it again gives an
//! equal message. The same seed gives the same events.

mod height;
mod json;
mod mutants;
mod numbers;
mod pattern;
mod scalars;
mod text;
mod times;

use std::collections::HashMap;
use std::rc::Rc;
use std::time::{SystemTime, UNIX_EPOCH};

use eventc_compiler::Catalog;
use eventc_compiler::catalog::{Body, Enum, EventId, Field, Rules, Scalar, TypeRef, Union};
use fastrand::Rng;
use serde_json::{Map, Value};

use height::Heights;
use pattern::Shape;

/// The present, where nobody says which it is: 2026-01-01T00:00:00Z in microseconds.
const NOW: i64 = 1_767_225_600_000_000;

/// From this level on values hold as little as they may, so that types which hold themselves come to an end.
const DEPTH: usize = 5;

/// Random values of the types of a catalog.
pub struct Samples<'c> {
    catalog: &'c Catalog,
    random: Rng,
    now: i64,
    nul: bool,
    nulls: bool,
    /// Whether all that is optional is there.
    full: bool,
    heights: Heights,
    shapes: HashMap<(String, usize), Rc<Shape>>,
}

/// What a field asks of its value beside the type.
#[derive(Clone, Copy, Default)]
struct Place {
    /// Whether it places the event, and so stands for something.
    key: bool,
    /// Seconds around the present.
    accept: Option<(i64, i64)>,
}

impl<'c> Samples<'c> {
    /// Values by this seed. Where a field has `accept`, the present is the start of 2026.
    pub fn new(catalog: &'c Catalog, seed: u64) -> Self {
        Samples {
            catalog,
            random: Rng::with_seed(seed),
            now: NOW,
            nul: false,
            nulls: false,
            full: false,
            heights: Heights::of(catalog),
            shapes: HashMap::new(),
        }
    }

    /// Takes another present, around which `accept` is.
    ///
    /// # Panics
    ///
    /// If it is before 1970.
    #[must_use]
    pub fn with_now(mut self, now: SystemTime) -> Self {
        let since = now
            .duration_since(UNIX_EPOCH)
            .expect("a present after 1970");
        self.now = i64::try_from(since.as_micros()).expect("a present that is near");
        self
    }

    /// Whether texts may hold U+0000, which PostgreSQL cannot keep. They do not unless this is said.
    #[must_use]
    pub fn with_nul(mut self, nul: bool) -> Self {
        self.nul = nul;
        self
    }

    /// Whether an optional member that is absent may stand there as `null`, which reads the same and is not written back.
    /// None does unless this is said.
    #[must_use]
    pub fn with_nulls(mut self, nulls: bool) -> Self {
        self.nulls = nulls;
        self
    }

    /// An event: an object.
    ///
    /// Its members are in the order of the wire where `serde_json` keeps one, which it does with its feature `preserve_order`.
    pub fn event(&mut self, id: EventId) -> Value {
        let catalog = self.catalog;
        let event = &catalog[id];
        let mut members = Map::new();
        members.insert("event".to_owned(), event.name.clone().into());
        members.insert("version".to_owned(), event.version.into());
        if let Some(stream) = catalog.stream_of(event) {
            self.members(&stream.fields, 0, &mut members);
        }
        for carried in &event.contexts {
            let fields = &catalog[carried.context].fields;
            if !carried.optional || self.full || self.random.bool() {
                self.members(fields, 0, &mut members);
            } else {
                fields
                    .iter()
                    .for_each(|field| self.absent(field, &mut members));
            }
        }
        self.members(&event.fields, 0, &mut members);
        Value::Object(members)
    }

    /// A value of a type: never `null`.
    ///
    /// # Panics
    ///
    /// If the type has none, as where no text is both as long as it must be and of its pattern.
    pub fn value(&mut self, ty: &TypeRef) -> Value {
        self.value_at(ty, Place::default(), 0)
    }

    fn value_at(&mut self, ty: &TypeRef, place: Place, depth: usize) -> Value {
        let catalog = self.catalog;
        let TypeRef::Named(id) = ty else {
            return self.plain(ty, &Rules::default(), place, depth);
        };
        match &catalog[*id].body {
            Body::Newtype(newtype) => {
                let key = place.key || self.is_key(ty);
                let rules = catalog.rules_of(newtype);
                self.plain(
                    catalog.base(&newtype.of),
                    &rules,
                    Place { key, ..place },
                    depth,
                )
            }
            Body::Enum(enumeration) => self.enum_value(enumeration).into(),
            Body::Record(fields) => {
                let mut members = Map::new();
                self.members(fields, depth + 1, &mut members);
                Value::Object(members)
            }
            Body::Union(union) => self.union(union, depth + 1),
        }
    }

    /// A value of what a newtype is made of in the end.
    fn plain(&mut self, ty: &TypeRef, rules: &Rules, place: Place, depth: usize) -> Value {
        match ty {
            TypeRef::Scalar(scalar) => self.scalar(*scalar, rules, place),
            TypeRef::List(item) => {
                let count = self.count(rules.length, depth);
                let items = (0..count).map(|_| self.item(item, depth + 1));
                Value::Array(items.collect())
            }
            TypeRef::Map(key, value) => {
                let count = self.count(rules.length, depth);
                let mut members = Map::new();
                // There may be fewer keys than there may be entries.
                for _ in 0..count * 20 {
                    if members.len() == count {
                        break;
                    }
                    let Value::String(key) = self.value_at(key, Place::default(), depth + 1) else {
                        unreachable!("the keys of maps are texts");
                    };
                    let value = self.item(value, depth + 1);
                    members.insert(key, value);
                }
                Value::Object(members)
            }
            TypeRef::Named(_) => self.value_at(ty, place, depth),
        }
    }

    /// A value in a list or a map: the one place where JSON may be `null`.
    fn item(&mut self, ty: &TypeRef, depth: usize) -> Value {
        let is_json = *self.catalog.base(ty) == TypeRef::Scalar(Scalar::Json);
        if is_json && self.random.u8(..) < 32 {
            return Value::Null;
        }
        self.value_at(ty, Place::default(), depth)
    }

    fn members(&mut self, fields: &[Field], depth: usize, members: &mut Map<String, Value>) {
        for field in fields {
            let is_there = self.full || self.random.u8(..) < 150;
            if field.required || (depth < DEPTH && is_there) {
                let place = Place {
                    key: field.key,
                    accept: field.accept.as_deref().copied(),
                };
                let value = self.value_at(&field.ty, place, depth);
                members.insert(field.wire().to_owned(), value);
            } else {
                self.absent(field, members);
            }
        }
    }

    fn absent(&mut self, field: &Field, members: &mut Map<String, Value>) {
        if self.nulls && self.random.bool() {
            members.insert(field.wire().to_owned(), Value::Null);
        }
    }

    /// A value of an enum; of an open one also such that it does not know.
    fn enum_value(&mut self, enumeration: &Enum) -> String {
        if enumeration.open && self.random.u8(..) < 64 {
            let unknown = self.text((Some(1), Some(60)));
            if enumeration.values.iter().all(|value| value.wire != unknown) {
                return unknown;
            }
        }
        let value = self.random.choice(&enumeration.values);
        value.expect("an enum has a value").wire.clone()
    }

    fn union(&mut self, union: &Union, depth: usize) -> Value {
        let variant = if depth < DEPTH {
            self.random.choice(&union.variants)
        } else {
            let height = |ty| self.heights.of_type(self.catalog, ty);
            union.variants.iter().min_by_key(|one| height(&one.ty))
        };
        let variant = variant.expect("a union has a variant");
        let value = self.value_at(&variant.ty, Place::default(), depth);
        let mut members = Map::new();
        match (&union.tag, value) {
            (Some(tag), Value::Object(fields)) => {
                members.insert(tag.clone(), variant.name.clone().into());
                members.extend(fields);
            }
            (_, value) => {
                members.insert(variant.name.clone(), value);
            }
        }
        Value::Object(members)
    }

    /// How many items a list has, or entries a map.
    fn count(&mut self, (min, max): (Option<u64>, Option<u64>), depth: usize) -> usize {
        let least = usize::try_from(min.unwrap_or(0)).expect("a list that fits into memory");
        let most = max.map_or(usize::MAX, |max| usize::try_from(max).unwrap_or(usize::MAX));
        if depth >= DEPTH {
            return least;
        }
        let count = match self.random.u8(..) {
            _ if self.full => least.max(1),
            0..40 => least,
            40..70 if most <= 32 => most,
            70..74 if depth == 0 => least + self.random.usize(20..60),
            _ => least + self.random.usize(0..=2),
        };
        count.min(most)
    }

    /// Whether a newtype, or one that it is made of, is of what places events.
    fn is_key(&self, ty: &TypeRef) -> bool {
        let TypeRef::Named(id) = ty else { return false };
        match &self.catalog[*id].body {
            Body::Newtype(newtype) => newtype.key || self.is_key(&newtype.of),
            _ => false,
        }
    }
}
