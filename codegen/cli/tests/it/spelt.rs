//! What an enum, a record or a union is, wherever it is spelt out.

use eventc_cli::dialect::{EnumValues, Field, FieldDef, Inline, LongType, Map, Text, Texts, Type};

/// The keys that are the same in a type, in a field, and inside one.
#[derive(Default)]
pub(crate) struct Spelt<'d> {
    pub(crate) values: Option<Vec<(&'d Text, Option<&'d eventc_cli::dialect::EnumValue>)>>,
    pub(crate) open: bool,
    pub(crate) fields: Option<&'d Map<FieldDef>>,
    pub(crate) one_of: Option<&'d Map<Type>>,
    pub(crate) tag: Option<&'d str>,
}

macro_rules! spelt {
    ($($long:ident)*) => {$(
        impl<'d> From<&'d $long> for Spelt<'d> {
            fn from(long: &'d $long) -> Self {
                Self {
                    values: long.r#enum.as_ref().map(|values: &EnumValues| values.iter().collect()),
                    open: long.open.unwrap_or(false),
                    fields: long.fields.as_ref(),
                    one_of: long.one_of.as_ref(),
                    tag: long.tag.as_ref().map(Text::as_str),
                }
            }
        }
    )*};
}
spelt! { LongType Field Inline }

impl<'d> From<&'d Texts> for Spelt<'d> {
    fn from(values: &'d Texts) -> Self {
        Self {
            values: Some(values.iter().map(|value| (value, None)).collect()),
            ..Self::default()
        }
    }
}
