//! `eventc new`: adds a declaration to the file that it belongs to.

mod declared;
mod edit;

use clap::{Args, Subcommand};
use eventc_compiler::Catalog;
use eventc_compiler::catalog::Stream;

use crate::failure::Failure;
use crate::schema::Schema;
use crate::view::Thing;
use crate::yaml::Block;
use declared::{Entry, entry, one_line};
use edit::Edit;

/// Add an event, a stream, a context or a type to the schema.
///
/// It goes to the file that its name says, which is made if it is not there: `backend.request.slow` to
/// `backend/request.yaml`, and `TenantId` to `catalog.yaml`. The rest of the file stays as it is, and what would not
/// compile is not written.
#[derive(Debug, Subcommand)]
pub(super) enum New {
    Event(NewEvent),
    Stream(NewStream),
    Context(NewContext),
    Type(NewType),
}

impl New {
    pub(super) fn run(&self) -> Result<String, Failure> {
        match self {
            Self::Event(event) => event.run(),
            Self::Stream(stream) => stream.run(),
            Self::Context(context) => context.run(),
            Self::Type(ty) => ty.run(),
        }
    }
}

/// What every declaration has.
#[derive(Debug, Args)]
struct Common {
    /// Its name, after the names of its folder and file: `backend.request.slow`.
    #[arg(value_name = "NAME")]
    name: String,
    /// What it is, in a sentence.
    #[arg(short, long, value_name = "TEXT")]
    description: Option<String>,
    /// A field, as the schema writes it: `status:u16`, `'coupon?:CouponCode'`,
    /// `'channel:[web, ios]'`; any number of times.
    #[arg(short, long = "field", value_name = "NAME:TYPE", value_parser = entry)]
    fields: Vec<Entry>,
    #[command(flatten)]
    schema: Schema,
}

/// By what something is stored.
#[derive(Debug, Args)]
struct Stored {
    /// What places it in a store: `'day(placed_at)'`; several times for
    /// several levels.
    #[arg(short, long, value_name = "TRANSFORM", value_parser = one_line)]
    partition: Vec<String>,
    /// The field whose events stay in order.
    #[arg(short, long, value_name = "FIELD", value_parser = one_line)]
    key: Option<String>,
    /// The field by which an event that arrives twice is one event.
    #[arg(short, long, value_name = "FIELD", value_parser = one_line)]
    id: Option<String>,
}

impl Stored {
    fn add_to(&self, block: &mut Block) {
        match self.partition.as_slice() {
            [one] => block.value(1, "partition", Some(one)),
            several => block.list(1, "partition", several),
        }
        block.value(1, "key", self.key.as_deref());
        block.value(1, "id", self.id.as_deref());
    }
}

/// Add an event.
///
/// It goes to the stream of its file, or to the one that `--stream` names, or, with `--partition`, to none; where the schema has only
/// one stream, to that.
#[derive(Debug, Args)]
#[command(
    after_help = "For example:\n  eventc new event backend.request.slow --field 'took:{ type: u32, unit: ms }'"
)]
pub(super) struct NewEvent {
    #[command(flatten)]
    common: Common,
    /// The stream that it goes to.
    #[arg(short, long, value_name = "NAME", value_parser = one_line, conflicts_with_all = ["partition", "key", "id"])]
    stream: Option<String>,
    /// A context that it carries; `'viewer?'` if it may be absent.
    #[arg(short, long, value_name = "CONTEXT", value_parser = one_line, value_delimiter = ',')]
    with: Vec<String>,
    #[command(flatten)]
    stored: Stored,
}

impl NewEvent {
    fn run(&self) -> Result<String, Failure> {
        let mut edit = Edit::begin(&self.common.schema, "event", "events", &self.common.name)?;
        let of_file = edit.setting("stream");
        let is_own = !self.stored.partition.is_empty();
        let stream = match (&self.stream, &of_file) {
            (Some(asked), Some(of_file)) if asked != of_file => {
                let what = format!(
                    "every event of {} goes to the stream `{of_file}`",
                    edit.file()
                );
                let help = format!(
                    "leave `--stream` out, or declare it in another file, as `other.{}`",
                    edit.name()
                );
                return Err(Failure::usage(what, help));
            }
            (_, Some(_)) => None,
            (Some(asked), None) => Some(asked.clone()),
            (None, None) if is_own => None,
            (None, None) => Some(only_stream(edit.catalog(), &self.common.name)?),
        };
        let mut block = edit.block();
        block.text(1, "description", self.common.description.as_deref());
        if edit.is_new() {
            edit.set("stream", stream.as_deref());
        } else {
            block.value(1, "stream", stream.as_deref());
        }
        self.stored.add_to(&mut block);
        block.list(1, "with", &self.with);
        block.entries(1, "fields", &declared::pairs(&self.common.fields));
        edit.add(block)
    }
}

/// The stream of a schema that has one.
fn only_stream(catalog: &Catalog, event: &str) -> Result<String, Failure> {
    let streams = Stream::ids(catalog).map(|id| Thing::Stream(id).name(catalog));
    let streams: Vec<_> = streams.collect();
    match streams.as_slice() {
        [only] => Ok(only.clone()),
        [] => Err(Failure::usage(
            format!("it is not said where `{event}` goes, and the schema has no stream"),
            "add one with `eventc new stream NAME`, or say what places the event: `--partition 'day(FIELD)'`",
        )),
        several => Err(Failure::usage(
            format!("it is not said where `{event}` goes"),
            format!(
                "name its stream with `--stream`: `{}`; or say what places it: `--partition 'day(FIELD)'`",
                several.join("`, `")
            ),
        )),
    }
}

/// Add a stream: where events go, and what each of them must carry.
///
/// Without `--partition` each event has an `event_id` and a time, `occurred_at`, by whose day it is stored.
#[derive(Debug, Args)]
pub(super) struct NewStream {
    #[command(flatten)]
    common: Common,
    #[command(flatten)]
    stored: Stored,
    /// How long events are kept: `400d`.
    #[arg(long, value_name = "TIME", value_parser = one_line)]
    retain: Option<String>,
}

impl NewStream {
    fn run(&self) -> Result<String, Failure> {
        let edit = Edit::begin(&self.common.schema, "stream", "streams", &self.common.name)?;
        let mut block = edit.block();
        block.text(1, "description", self.common.description.as_deref());
        let mut fields = declared::pairs(&self.common.fields);
        if self.stored.partition.is_empty() {
            let is_given = |name: &str| fields.iter().any(|(known, _)| known == name);
            let usual = [
                ("event_id", "{ type: uuid, fill: uuid_v7 }"),
                ("occurred_at", "{ type: timestamp, fill: now }"),
            ];
            let missing: Vec<_> = usual
                .into_iter()
                .filter(|(name, _)| !is_given(name))
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            fields.splice(0..0, missing);
            block.entries(1, "fields", &fields);
            block.value(1, "partition", Some("day(occurred_at)"));
            block.value(1, "key", self.stored.key.as_deref());
            block.value(
                1,
                "id",
                Some(self.stored.id.as_deref().unwrap_or("event_id")),
            );
        } else {
            block.entries(1, "fields", &fields);
            self.stored.add_to(&mut block);
        }
        block.value(1, "retain", self.retain.as_deref());
        edit.add(block)
    }
}

/// Add a context: fields that some events carry.
#[derive(Debug, Args)]
pub(super) struct NewContext {
    #[command(flatten)]
    common: Common,
}

impl NewContext {
    fn run(&self) -> Result<String, Failure> {
        let edit = Edit::begin(
            &self.common.schema,
            "context",
            "contexts",
            &self.common.name,
        )?;
        let mut block = edit.block();
        block.text(1, "description", self.common.description.as_deref());
        block.entries(1, "fields", &declared::pairs(&self.common.fields));
        edit.add(block)
    }
}

/// Add a type: a newtype, an enum, a record or a union.
///
/// With `--of` it is a newtype or an enum, with `--field` a record, with `--variant` a union.
#[derive(Debug, Args)]
#[command(
    after_help = "For example:\n  eventc new type TenantId --of uuid\n  eventc new type billing.Money --field amount:decimal --field currency:Currency"
)]
pub(super) struct NewType {
    #[command(flatten)]
    common: Common,
    /// What it is made of: `uuid`, `'list<Money>'`; or the values of an enum:
    /// `'[free, team]'`.
    #[arg(short, long, value_name = "TYPE", value_parser = one_line)]
    of: Option<String>,
    /// A variant of a union, `card:CardPayment`; any number of times.
    #[arg(short, long = "variant", value_name = "NAME:TYPE", value_parser = entry)]
    variants: Vec<Entry>,
}

impl NewType {
    fn run(&self) -> Result<String, Failure> {
        let Common {
            fields,
            description,
            ..
        } = &self.common;
        let kinds = [
            self.of.is_some(),
            !fields.is_empty(),
            !self.variants.is_empty(),
        ];
        if kinds.iter().filter(|kind| **kind).count() != 1 {
            let what = format!(
                "it is not said what `{}` is, or more than once",
                self.common.name
            );
            let help = "one of `--of uuid` (a newtype), `--of '[a, b]'` (an enum), `--field name:type` (a record), `--variant name:Type` (a union)";
            return Err(Failure::usage(what, help));
        }
        let edit = Edit::begin(&self.common.schema, "type", "types", &self.common.name)?;
        let description = description.as_deref();
        let block = match &self.of {
            // Text is a newtype and a list an enum; with a description they have their long form.
            Some(of) if description.is_none() => edit.short(of),
            Some(of) => {
                let key = if of.starts_with('[') {
                    "enum"
                } else {
                    "newtype"
                };
                let mut block = edit.block();
                block.text(1, "description", description);
                block.value(1, key, Some(of));
                block
            }
            None => {
                let mut block = edit.block();
                block.text(1, "description", description);
                block.entries(1, "fields", &declared::pairs(fields));
                block.entries(1, "one_of", &declared::pairs(&self.variants));
                block
            }
        };
        edit.add(block)
    }
}
