//! Events with one thing wrong.

mod wrong;

use eventc_compiler::catalog::{Body, EventId, Field, Scalar, TypeRef, Union};
use serde_json::{Map, Value, json};

use super::Samples;
use wrong::Wrong;

/// What is wrong, and the value with it.
type Mutant = (String, Value);

impl Samples<'_> {
    /// What reading an event must refuse: one event in which all is there that may be, each time with one thing wrong,
    /// and before it what that is: ``"`total.amount`: a text that is no number"``.
    ///
    /// What only `accept` is against is not among them, as reading does not ask for it.
    pub fn mutants(&mut self, id: EventId) -> Vec<(String, Value)> {
        let was_full = std::mem::replace(&mut self.full, true);
        let event = self.event(id);
        self.full = was_full;
        let members = event.as_object().expect("an event is an object").clone();
        let mut mutants = vec![
            ("a list of the event".to_owned(), json!([event])),
            ("no object".to_owned(), Value::Null),
        ];
        let set = |name: &str, value: Value| with(&members, name, value);
        mutants.push((
            "`event`: one that there is not".to_owned(),
            set("event", "no.such_event".into()),
        ));
        mutants.push(("`event`: no text".to_owned(), set("event", 1.into())));
        mutants.push((
            "`version`: none is before 1".to_owned(),
            set("version", 0.into()),
        ));
        mutants.push(("`version`: a text".to_owned(), set("version", "1".into())));

        let catalog = self.catalog;
        let event = &catalog[id];
        if let Some(stream) = catalog.stream_of(event) {
            mutants.extend(self.broken_members(&stream.fields, &members, ""));
        }
        for carried in &event.contexts {
            let fields = &catalog[carried.context].fields;
            if !carried.optional {
                mutants.extend(self.broken_members(fields, &members, ""));
                continue;
            }
            mutants.extend(self.broken_values(fields, &members, ""));
            // Without its last member the context is absent, and the event is whole.
            let is_there = |field: &&Field| members.contains_key(field.wire());
            if fields.iter().filter(is_there).count() > 1 {
                for field in fields.iter().filter(|field| field.required) {
                    let what = format!("`{}`: missing in half a context", field.wire());
                    mutants.push((what, without(&members, field.wire())));
                }
            }
        }
        mutants.extend(self.broken_members(&event.fields, &members, ""));
        mutants
    }

    /// A required member is removed, or null, or any is of a wrong value.
    fn broken_members(
        &mut self,
        fields: &[Field],
        members: &Map<String, Value>,
        path: &str,
    ) -> Vec<Mutant> {
        let mut mutants = self.broken_values(fields, members, path);
        for field in fields.iter().filter(|field| field.required) {
            let name = field.wire();
            let at = below(path, name);
            mutants.push((format!("`{at}`: missing"), without(members, name)));
            let null = with(members, name, Value::Null);
            mutants.push((format!("`{at}`: null"), null));
        }
        mutants
    }

    fn broken_values(
        &mut self,
        fields: &[Field],
        members: &Map<String, Value>,
        path: &str,
    ) -> Vec<Mutant> {
        let mut mutants = Vec::new();
        for field in fields {
            let name = field.wire();
            if let Some(value) = members.get(name) {
                let broken = self.broken(&field.ty, field.key, value, &below(path, name));
                let set = |(what, value)| (what, with(members, name, value));
                mutants.extend(broken.into_iter().map(set));
            }
        }
        mutants
    }

    /// A value of a type, with one thing wrong.
    fn broken(&mut self, ty: &TypeRef, key: bool, value: &Value, path: &str) -> Vec<Mutant> {
        let catalog = self.catalog;
        let said = |(what, value): (&'static str, Value)| (format!("`{path}`: {what}"), value);
        let mut mutants = Vec::new();
        let mut wrong = Wrong {
            key,
            ..Wrong::default()
        };
        let plain = match ty {
            TypeRef::Named(id) => match &catalog[*id].body {
                Body::Newtype(newtype) => {
                    wrong.rules = catalog.rules_of(newtype);
                    wrong.key |= self.is_key(ty);
                    wrong.named = true;
                    catalog.base(&newtype.of)
                }
                Body::Enum(enumeration) => {
                    mutants.push(said(("a number in place of a name", 1.into())));
                    mutants.push(said(("an empty name", "".into())));
                    if !enumeration.open {
                        mutants.push(said(("a name that is not known", "no such value".into())));
                    }
                    return mutants;
                }
                Body::Record(fields) => {
                    mutants.push(said(("a list in place of an object", json!([]))));
                    let members = value.as_object().expect("a record is an object");
                    mutants.extend(self.broken_members(fields, members, path));
                    return mutants;
                }
                Body::Union(union) => return self.broken_union(union, value, path),
            },
            plain => plain,
        };
        let length = wrong.rules.length;
        match plain {
            TypeRef::Scalar(scalar) => {
                mutants.extend(
                    self.wrong_scalars(*scalar, &wrong, value)
                        .into_iter()
                        .map(said),
                );
            }
            TypeRef::List(item) => {
                mutants.push(said(("an object in place of a list", json!({}))));
                let items = value.as_array().expect("a list is an array");
                mutants.extend(wrong_counts(length, items.len()).into_iter().map(
                    |(what, count)| {
                        said((what, items.iter().cycle().take(count).cloned().collect()))
                    },
                ));
                if let [first, rest @ ..] = items.as_slice() {
                    let broken = self.broken_item(item, first, &format!("{path}[0]"));
                    let put = |(what, item)| {
                        let items = std::iter::once(item).chain(rest.iter().cloned());
                        (what, items.collect())
                    };
                    mutants.extend(broken.into_iter().map(put));
                }
            }
            TypeRef::Map(key, item) => {
                mutants.push(said(("a list in place of an object", json!([]))));
                let members = value.as_object().expect("a map is an object");
                if length.0.is_some_and(|min| min > 0) {
                    mutants.push(said(("too few entries", json!({}))));
                }
                if let Some((name, first)) = members.iter().next() {
                    let broken = self.broken_item(item, first, &below(path, name));
                    mutants.extend(
                        broken
                            .into_iter()
                            .map(|(what, item)| (what, with(members, name, item))),
                    );
                    let broken =
                        self.broken(key, false, &name.clone().into(), &format!("{path} (a key)"));
                    for (what, key) in broken {
                        if let Value::String(key) = key {
                            let mut members = members.clone();
                            let item = members.remove(name).expect("a member that is there");
                            members.insert(key, item);
                            mutants.push((what, Value::Object(members)));
                        }
                    }
                }
            }
            TypeRef::Named(_) => unreachable!("a newtype is of no record, enum or union"),
        }
        mutants
    }

    /// A value of a list or a map.
    fn broken_item(&mut self, ty: &TypeRef, value: &Value, path: &str) -> Vec<Mutant> {
        let mut mutants = self.broken(ty, false, value, path);
        if *self.catalog.base(ty) != TypeRef::Scalar(Scalar::Json) {
            mutants.push((format!("`{path}`: null"), Value::Null));
        }
        mutants
    }

    fn broken_union(&mut self, union: &Union, value: &Value, path: &str) -> Vec<Mutant> {
        let members = value.as_object().expect("a union is an object");
        let mut mutants = vec![
            (
                format!("`{path}`: a text in place of an object"),
                "x".into(),
            ),
            (format!("`{path}`: no variant"), json!({})),
        ];
        if let Some(tag) = &union.tag {
            let at = below(path, tag);
            mutants.push((format!("`{at}`: missing"), without(members, tag)));
            mutants.push((format!("`{at}`: a number"), with(members, tag, 1.into())));
            let unknown = with(members, tag, "no_such_variant".into());
            mutants.push((format!("`{at}`: a variant that there is not"), unknown));
            let chosen = union.variants.iter().find(|one| members[tag] == *one.name);
            if let Some(TypeRef::Named(id)) = chosen.map(|variant| &variant.ty)
                && let Body::Record(fields) = &self.catalog[*id].body
            {
                mutants.extend(self.broken_members(fields, members, path));
            }
            return mutants;
        }
        let unknown = json!({ "no_such_variant": 1 });
        mutants.push((format!("`{path}`: a variant that there is not"), unknown));
        for variant in &union.variants {
            let Some(value) = members.get(&variant.name) else {
                let two = with(members, &variant.name, 1.into());
                mutants.push((format!("`{path}`: two variants"), two));
                continue;
            };
            let null = with(members, &variant.name, Value::Null);
            mutants.push((format!("`{path}`: a variant that is null"), null));
            let broken = self.broken(&variant.ty, false, value, &below(path, &variant.name));
            let set = |(what, value)| (what, with(members, &variant.name, value));
            mutants.extend(broken.into_iter().map(set));
        }
        mutants
    }
}

/// One less than there must be, and one more than there may be.
fn wrong_counts(
    (min, max): (Option<u64>, Option<u64>),
    count: usize,
) -> Vec<(&'static str, usize)> {
    let least = min.filter(|min| *min > 0).map(|min| min - 1);
    // More than this is no message any more.
    let most = max
        .filter(|max| *max < 10_000 && count > 0)
        .map(|max| max + 1);
    let few = least.map(|least| ("too few", least as usize));
    few.into_iter()
        .chain(most.map(|most| ("too many", most as usize)))
        .collect()
}

fn below(path: &str, name: &str) -> String {
    match path {
        "" => name.to_owned(),
        path => format!("{path}.{name}"),
    }
}

fn with(members: &Map<String, Value>, name: &str, value: Value) -> Value {
    let mut members = members.clone();
    members.insert(name.to_owned(), value);
    Value::Object(members)
}

fn without(members: &Map<String, Value>, name: &str) -> Value {
    let mut members = members.clone();
    members.remove(name);
    Value::Object(members)
}
