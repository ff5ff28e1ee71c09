//! What `#[event(…)]` on the struct of an event or of a header says.

use crate::attributes::{Entry, entries};
use crate::expansion::Errors;
use crate::fields::Field;
use crate::input::Item;
use crate::partition::{self, Part, Place, Purpose};
use syn::{Ident, LitStr, Path};

/// What `#[event(…)]` on the struct says.
#[derive(Default)]
pub(crate) struct Settings {
    pub(crate) eventc: Option<Path>,
    pub(crate) name: Option<LitStr>,
    pub(crate) version: Option<u32>,
    /// Whether somebody has already compared the names of the members.
    pub(crate) checked: bool,
    pub(crate) placement: Settled,
}

/// What places an event: what it is partitioned, ordered and known by.
#[derive(Default)]
pub(crate) struct Settled {
    /// The first of `partition`, `key` and `id` that is there, right or wrong.
    pub(crate) written: Option<Ident>,
    /// Whether `partition` is there, right or wrong.
    pub(crate) has_partition: bool,
    /// What they say, which is read only where it is theirs to say: one mistake is one error.
    entries: Vec<Entry>,
    /// The parts of the partition, none of them for `none`; nothing if that was refused.
    pub(crate) parts: Option<Vec<Part>>,
    pub(crate) key: Option<Place>,
    pub(crate) id: Option<Place>,
    /// The fields that one of them named and may not: what was said of them is said once.
    refused: Vec<String>,
}

/// The keys of a header, and those of an event.
pub(crate) const STREAM: [&str; 5] = ["name", "partition", "key", "id", "crate"];
pub(crate) const EVENT: [&str; 7] = [
    "name",
    "version",
    "partition",
    "key",
    "id",
    "checked",
    "crate",
];

/// Reads the attributes of the struct; `noun` is "an event" or "a header", and `keys` are those it may have.
pub(crate) fn read(input: &Item, noun: &str, keys: &[&str], errors: &mut Errors) -> Settings {
    let mut settings = Settings::default();
    for entry in entries(&input.attributes, errors) {
        match entry.key.to_string().as_str() {
            "stream" if keys == EVENT => errors.at(
                &entry.key,
                "an event belongs to the stream of its header, a field that says `#[event(header)]`; \
                 without one it is a stream of its own",
            ),
            key if !keys.contains(&key) => {
                // A misspelt `partition` is one mistake, not two.
                settings.placement.has_partition |=
                    crate::suggest::nearest(key, keys.iter().copied()) == Some("partition");
                entry.unknown(noun, keys, errors);
            }
            "name" => settings.name = entry.text(errors),
            "version" => settings.version = version(&entry, errors),
            "checked" => settings.checked = entry.word(errors),
            "crate" => {
                settings.eventc = entry.value_with(
                    errors,
                    "a path, as in `crate = ::events::eventc`",
                    Path::parse_mod_style,
                );
            }
            _ => settings.placement.put(entry),
        }
    }
    settings
}

fn version(entry: &Entry, errors: &mut Errors) -> Option<u32> {
    let version = entry.number(errors);
    if version == Some(0) {
        errors.at(entry, "versions count from 1");
    }
    version
}

impl Settled {
    fn put(&mut self, entry: Entry) {
        self.written.get_or_insert_with(|| entry.key.clone());
        self.has_partition |= entry.is("partition");
        self.entries.push(entry);
    }

    fn read(&mut self, errors: &mut Errors) {
        let path = "a field, as in `{} = tenant_id`";
        for entry in std::mem::take(&mut self.entries) {
            if entry.is("partition") {
                self.parts = partition::read_parts(&entry, errors);
            } else if entry.is("key") {
                self.key = entry.place(path, errors);
            } else {
                self.id = entry.place(path, errors);
            }
        }
    }

    /// Rule: every stream, and every event that is its own, says what it is partitioned by, or that it is not.
    pub(crate) fn require_partition(&self, ident: &Ident, errors: &mut Errors) {
        if self.has_partition {
            return;
        }
        errors.at(
            ident,
            format_args!(
                "`{ident}` does not say what it is partitioned by, so no store could place it\n\
                 name a field: `#[event(partition = day(occurred_at))]`; \
                 or write that nothing needs it: `#[event(partition = none)]`"
            ),
        );
    }

    /// Reads and checks what partition, key and id name, each field once; what was refused is taken out.
    pub(crate) fn check(
        &mut self,
        noun: &str,
        name: &str,
        fields: &[Field<'_>],
        errors: &mut Errors,
    ) {
        self.read(errors);
        let refused = &mut self.refused;
        let mut check = |place: &Place, purpose: Purpose| {
            let field = place.name();
            if refused.contains(&field) {
                return false;
            }
            let stands = partition::check(place, purpose, noun, name, fields, errors);
            if !stands {
                refused.push(field);
            }
            stands
        };
        let mut placed = true;
        for part in self.parts.iter().flatten() {
            placed &= check(&part.place, Purpose::Partition);
        }
        self.key = self.key.take().filter(|place| check(place, Purpose::Key));
        self.id = self.id.take().filter(|place| check(place, Purpose::Id));
        if !placed {
            self.parts = None;
        }
    }

    /// Whether the partition, the key or the id is this field, or was before that was refused.
    pub(crate) fn names(&self, field: &Field<'_>) -> bool {
        let parts = self.parts.iter().flatten().map(|part| &part.place);
        self.refused.contains(&field.name)
            || parts
                .chain(&self.key)
                .chain(&self.id)
                .any(|place| place.0 == *field.ident)
    }
}

/// Rule: an event and a stream have a name, by which messages are known and streams are found.
pub(crate) fn name(input: &Item, settings: &Settings, noun: &str, errors: &mut Errors) -> String {
    let example = match noun {
        "event" => "backend.request.success",
        _ => "telemetry",
    };
    match &settings.name {
        Some(name) => {
            let written = name.value();
            if written.is_empty()
                || written.contains(|letter: char| letter.is_whitespace() || letter.is_control())
            {
                errors.at(
                    name,
                    format_args!(
                        "the name of {} {noun} is words with dots between them, as in `{example}`",
                        crate::expansion::article(noun)
                    ),
                );
            }
            written
        }
        None => {
            errors.at(
                &input.ident,
                format_args!(
                    "{} {noun} has a name, by which it is known: `#[event(name = \"{example}\")]`",
                    crate::expansion::article(noun)
                ),
            );
            input.ident.to_string()
        }
    }
}
