//! What `#[event(…)]` on the struct of an event says.

use crate::attributes::entries;
use crate::expansion::Errors;
use crate::partition::{self, FieldPath, Part};
use syn::{DeriveInput, Ident, LitStr, Path};

/// What `#[event(…)]` on the struct says.
#[derive(Default)]
pub(super) struct Settings {
    pub(super) eventc: Option<Path>,
    pub(super) name: Option<LitStr>,
    pub(super) version: Option<u32>,
    pub(super) stream: Option<LitStr>,
    /// The parts of the partition, none of them for `none`; nothing if that was refused.
    pub(super) parts: Option<Vec<Part>>,
    pub(super) key: Option<FieldPath>,
    pub(super) id: Option<FieldPath>,
}

const KEYS: [&str; 7] = [
    "name",
    "version",
    "stream",
    "partition",
    "key",
    "id",
    "crate",
];

pub(super) fn read(input: &DeriveInput, errors: &mut Errors) -> Settings {
    let mut settings = Settings::default();
    let mut has_partition = false;
    let path = "a field, as in `{} = telemetry.tenant_id`";
    for entry in entries(&input.attrs, errors) {
        match entry.key.to_string().as_str() {
            "name" => settings.name = entry.text(errors),
            "version" => {
                settings.version = entry.number(errors);
                if settings.version == Some(0) {
                    errors.at(&entry, "versions count from 1");
                }
            }
            "stream" => settings.stream = entry.text(errors),
            "partition" => {
                has_partition = true;
                settings.parts = partition::read_parts(&entry, errors);
            }
            "key" => settings.key = entry.value(errors, path),
            "id" => settings.id = entry.value(errors, path),
            "crate" => {
                settings.eventc = entry.value_with(
                    errors,
                    "a path, as in `crate = ::events::eventc`",
                    Path::parse_mod_style,
                );
            }
            _ => {
                // A misspelt `partition` is one mistake, not two.
                has_partition |=
                    crate::suggest::nearest(&entry.key.to_string(), KEYS) == Some("partition");
                entry.unknown("an event", &KEYS, errors);
            }
        }
    }
    if !has_partition {
        require_partition(&input.ident, errors);
    }
    settings
}

/// Rule: every event says what it is partitioned by, or that it is not.
fn require_partition(ident: &Ident, errors: &mut Errors) {
    errors.at(
        ident,
        format_args!(
            "`{ident}` does not say what it is partitioned by, so no store could place it\n\
             name a field: `#[event(partition = day(occurred_at))]`; \
             or write that nothing needs it: `#[event(partition = none)]`"
        ),
    );
}

/// Rule: an event has a name, by which messages of it are known.
pub(super) fn name(input: &DeriveInput, settings: &Settings, errors: &mut Errors) -> String {
    match &settings.name {
        Some(name) => {
            let written = name.value();
            if written.is_empty()
                || written.contains(|letter: char| letter.is_whitespace() || letter.is_control())
            {
                errors.at(name, "the name of an event is words with dots between them, as in `backend.request.success`");
            }
            written
        }
        None => {
            errors.at(
                &input.ident,
                "an event has a name, by which its messages are known: `#[event(name = \"backend.request.success\")]`",
            );
            input.ident.to_string()
        }
    }
}
