//! The runtime's own types in structs of other crates that serde reads and writes.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::bytes::Bytes;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::decode::deserialize;
use crate::enumeration::Unrecognized;
use crate::key::{Key, Keyed};
use crate::serialize::serialize;
use crate::text::Text;
use crate::timestamp::Timestamp;
use crate::value::Value;

macro_rules! formats {
    ($([$($generics:tt)*] $type:ty),*) => {$(
        impl<$($generics)*> Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize(Value::get(self), serializer)
            }
        }

        impl<'de, $($generics)*> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize(deserializer, <Self as Value>::read)
            }
        }
    )*};
}

formats!([] Bytes, [] Date, [] Decimal, [] Text, [] Timestamp, [T: Keyed] Key<T>);

/// Only written by itself: what reads it is the open enum that does not know it.
impl Serialize for Unrecognized {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
