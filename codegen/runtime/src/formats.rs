//! The runtime's own types in structs of other crates that serde reads and writes.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::bytes::Bytes;
use crate::date::Date;
use crate::decimal::Decimal;
use crate::decode::deserialize_value;
use crate::enumeration::Unrecognized;
use crate::key::{Key, Keyed};
use crate::serialize::serialize_value;
use crate::text::Text;
use crate::timestamp::Timestamp;

macro_rules! formats {
    ($([$($generics:tt)*] $type:ty),*) => {$(
        impl<$($generics)*> Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serialize_value(self, serializer)
            }
        }

        impl<'de, $($generics)*> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserialize_value(deserializer)
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
