//! The schema language as types, for writing YAML and for reading what a machine wrote.
//!
//! People's files are read by the compiler, which knows places and says everything that is wrong at
//! once. These types say only what can be written where: that names exist and fit together is not
//! asked. What they write is short where the long form has nothing more to say, and the compiler reads
//! it as it was meant.
//!
//! ```
//! use eventc_cli::dialect::{Context, Field, File, Form, Text};
//!
//! let mut context = Context::default();
//! context.add_field("route", Form::name("string"));
//! context.add_field("user_agent?", Form::long(Field { r#type: Some(Form::name("string")), ..Field::default() }));
//! let mut file = File::default();
//! file.contexts.get_or_insert_default().insert(Text::from("request"), context);
//! let written = "contexts:\n  request:\n    fields:\n      route: string\n      user_agent?: string\n";
//! assert_eq!(serde_yaml::to_string(&file)?, written);
//! assert_eq!(serde_yaml::from_str::<File>(written)?.contexts.unwrap_or_default().len(), 1);
//! # Ok::<(), serde_yaml::Error>(())
//! ```
//!
//! Reading differs from the compiler's in these points, which come from serde_yaml:
//!
//! - In `examples` and `backfill`, and in the short forms of `deprecated` and of an enum's values, a
//!   plain `1.10` or `0x10` is a number, and its spelling is lost; a plain `~` or `null` is nothing.
//! - Whole numbers and booleans are as YAML has them: `True` and `0x10`, but not `'2'`.
//! - Anchors, aliases and tags are resolved or dropped; the compiler refuses them.
//! - A text or a declaration without a value (`owner:`, `ping:`) is an empty one; the compiler asks for
//!   the value.
//! - A file that begins with a byte order mark is refused: strip it.

mod event;
mod file;
mod form;
mod json_schema;
mod map;
mod text;
mod ty;

pub use event::{Context, Deprecated, Event, Expect, Instead, Partition, Period, Store, Stream};
pub use file::{File, Level, Root};
pub use form::{Form, Long, Short};
pub use json_schema::json_schema;
pub use map::Map;
pub use text::{Bare, Text, Texts};
pub use ty::{EnumValue, EnumValues, Field, Fill, Inline, LongEnumValue, LongType};

/// A type under `types:`. Text is a newtype, a list an enum, a map the long form.
pub type TypeDef = Form<LongType>;

/// A field under `fields:`. Text names its type, a list is an enum, a map the long form.
pub type FieldDef = Form<Field>;

/// A type where one is named: by its name, as a list that is an enum, or spelt out.
pub type Type = Form<Inline>;

/// A value that people wrote for a type: any YAML without tags.
pub type Value = serde_yaml::Value;
