//! Buckets: a hash of a key that every store computes alike.

use std::fmt;

use crate::Uuid;
use crate::date::Date;
use crate::key::Key;
use crate::text::Text;
use crate::timestamp::Timestamp;

/// A type whose values can be spread over buckets.
#[diagnostic::on_unimplemented(
    message = "`{Self}` can't be spread over buckets",
    label = "has no hash that stores agree on",
    note = "`bucket` takes a newtype of a text, uuid or integer, or a `Key` of a uuid, integer, date or timestamp"
)]
pub trait BucketKey {
    /// The 32-bit hash of Apache Iceberg's specification, appendix B.
    fn bucket_hash(&self) -> u32;
}

/// Which of `N` buckets a key falls into, by the `bucket` transform of Apache Iceberg.
///
/// ```
/// use eventc::{Bucket, Key};
///
/// assert_eq!(Bucket::<16>::of(&Key::from(34_i64)).to_string(), "3");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket<const N: u32>(u32);

impl<const N: u32> Bucket<N> {
    /// The bucket of the key.
    pub fn of<T: BucketKey>(key: &T) -> Self {
        const { assert!(N > 0, "there are no events in 0 buckets") };
        Bucket((key.bucket_hash() & (u32::MAX >> 1)) % N)
    }

    /// Its number, from 0 to `N` - 1.
    #[must_use]
    pub fn index(self) -> u32 {
        self.0
    }
}

impl<const N: u32> fmt::Display for Bucket<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<const N: u32> fmt::Debug for Bucket<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} of {N}", self.0)
    }
}

/// A value that a newtype or a [`Key`] is hashed by.
pub trait Hashed {
    /// The hash of Apache Iceberg's specification.
    fn hash(&self) -> u32;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Hashed for $type {
            fn hash(&self) -> u32 {
                // every integer is hashed as 64 bits, so that a column may be widened; an unsigned one by its bits
                murmur3(&(*self as i64).to_le_bytes())
            }
        }
    )*};
}

integers!(i8, i16, i32, i64, u8, u16, u32, u64);

impl Hashed for str {
    fn hash(&self) -> u32 {
        murmur3(self.as_bytes())
    }
}

impl Hashed for String {
    fn hash(&self) -> u32 {
        murmur3(self.as_bytes())
    }
}

impl Hashed for Text {
    fn hash(&self) -> u32 {
        murmur3(self.as_bytes())
    }
}

impl Hashed for Uuid {
    fn hash(&self) -> u32 {
        murmur3(self.as_bytes())
    }
}

impl Hashed for Date {
    fn hash(&self) -> u32 {
        Hashed::hash(&self.days())
    }
}

impl Hashed for Timestamp {
    fn hash(&self) -> u32 {
        Hashed::hash(&self.micros())
    }
}

impl<T: Hashed> Hashed for Key<T> {
    fn hash(&self) -> u32 {
        self.inner().hash()
    }
}

#[diagnostic::do_not_recommend]
impl<T: Hashed> BucketKey for Key<T> {
    fn bucket_hash(&self) -> u32 {
        self.inner().hash()
    }
}

/// Murmur3, the variant x86 of 32 bits, with seed 0.
fn murmur3(bytes: &[u8]) -> u32 {
    let mix = |block: u32| {
        block
            .wrapping_mul(0xcc9e_2d51)
            .rotate_left(15)
            .wrapping_mul(0x1b87_3593)
    };
    let mut hash = 0_u32;
    let (blocks, tail) = bytes.as_chunks::<4>();
    for block in blocks {
        hash = (hash ^ mix(u32::from_le_bytes(*block)))
            .rotate_left(13)
            .wrapping_mul(5)
            .wrapping_add(0xe654_6b64);
    }
    // the last bytes count as a block whose missing bytes are zero, and which is not stirred in as the others are
    let last = tail
        .iter()
        .rev()
        .fold(0_u32, |last, byte| last << 8 | u32::from(*byte));
    hash ^= mix(last);
    hash ^= bytes.len() as u32;
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of the specification, "32-bit hash requirements".
    #[test]
    fn published_vectors() {
        let hash = |value: &dyn Hashed| value.hash() as i32;
        assert_eq!(hash(&34_i32), 2_017_239_379);
        assert_eq!(hash(&34_i64), 2_017_239_379);
        assert_eq!(hash(&34_u8), 2_017_239_379);
        assert_eq!(hash(&"2017-11-16".parse::<Date>().unwrap()), -653_330_422);
        assert_eq!(
            hash(&"2017-11-16T22:31:08Z".parse::<Timestamp>().unwrap()),
            -2_047_944_441
        );
        assert_eq!(
            hash(&"2017-11-16T14:31:08-08:00".parse::<Timestamp>().unwrap()),
            -2_047_944_441
        );
        assert_eq!(hash(&String::from("iceberg")), 1_210_000_089);
        assert_eq!(
            hash(&Uuid::try_parse("f79c3e09-677c-4bbd-a479-3f349cb785e7").unwrap()),
            1_488_055_340
        );
        assert_eq!(murmur3(&[0, 1, 2, 3]) as i32, -188_683_207);
    }

    #[test]
    fn buckets() {
        assert_eq!(
            Bucket::<16>::of(&Key::from(34_i64)).index(),
            (2_017_239_379 % 16)
        );
        assert_eq!(
            format!("{:?}", Bucket::<16>::of(&Key::from(34_i64))),
            "3 of 16"
        );
    }
}
