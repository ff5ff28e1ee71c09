//! What the derives expand to. A derive reads a struct, refuses what is wrong in it, and hands what is left to these
//! macros, which rustc expands itself: that takes it a fraction of the time that as many tokens from a derive would.
//!
//! Every impl delegates to a function that is compiled once, in this crate. What stands here is checked by rustc once for
//! each type of a catalog, so nothing stands here that could stand elsewhere. And all of it is `#[inline]`: no machine code
//! is made of it in the crate that defines hundreds of events, only in those that use some.

/// `Record`: what the fields are, and how the struct becomes a tuple of them and back.
#[doc(hidden)]
#[macro_export]
macro_rules! __record {
    // None: the general case would write a unit that clippy finds unneeded, in the crate of whoever derived.
    ([$(#[$attr:meta])*] $name:ident $names:literal $count:literal of () []) => {
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::Record for $name {
            type Fields = ();
            const NAMES: &'static str = $names;
            type Table = $crate::Named<Self, $count>;
            #[inline]
            fn fields(&self) -> <Self::Fields as $crate::Fields>::Refs<'_> {}
            #[inline]
            fn from_fields((): Self::Fields) -> Self { Self {} }
        }
    };
    // Up to 16 fields, which is nearly always.
    ([$(#[$attr:meta])*] $name:ident $names:literal $count:literal $(notes [$($notes:tt)*])? of $types:tt [$($field:ident $index:tt,)*]) => {
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::Record for $name {
            // in the derive's own parentheses, which stand where the struct's name does, and so does what rustc says of them
            type Fields = $types;
            const NAMES: &'static str = $names;
            $(const NOTES: &'static [(usize, $crate::__private::Note)] = &[$($notes)*];)?
            type Table = $crate::Named<Self, $count>;
            #[inline]
            fn fields(&self) -> <Self::Fields as $crate::Fields>::Refs<'_> { ($(&self.$field,)*) }
            #[inline]
            fn from_fields(fields: Self::Fields) -> Self { Self { $($field: fields.$index,)* } }
        }
    };
    // Some 16 and more.
    ([$(#[$attr:meta])*] $name:ident $names:literal $count:literal $(notes [$($notes:tt)*])? several $([$($field:ident ($($place:tt)*) $ty:ty,)*])*) => {
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::Record for $name {
            type Fields = $crate::__types!($([$($ty,)*])*);
            const NAMES: &'static str = $names;
            $(const NOTES: &'static [(usize, $crate::__private::Note)] = &[$($notes)*];)?
            type Table = $crate::Named<Self, $count>;
            #[inline]
            fn fields(&self) -> <Self::Fields as $crate::Fields>::Refs<'_> {
                $crate::__references!(self $([$($field)*])*)
            }
            #[inline]
            fn from_fields(fields: Self::Fields) -> Self { Self { $($($field: fields $($place)*,)*)* } }
        }
    };
}

/// `(A, B)`, or `More<(A, B), (C, D)>`.
#[doc(hidden)]
#[macro_export]
macro_rules! __types {
    ([$($ty:ty,)*]) => { ($($ty,)*) };
    ([$($ty:ty,)*] $($rest:tt)*) => { $crate::__private::More<($($ty,)*), $crate::__types!($($rest)*)> };
}

/// `(&self.a, &self.b)`, or `More((&self.a, &self.b), (&self.c, &self.d))`.
#[doc(hidden)]
#[macro_export]
macro_rules! __references {
    ($this:tt [$($field:ident)*]) => { ($(&$this.$field,)*) };
    ($this:tt [$($field:ident)*] $($rest:tt)*) => {
        $crate::__private::More(($(&$this.$field,)*), $crate::__references!($this $($rest)*))
    };
}

/// What a record has beside `Record`, which makes it the type of a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __value {
    ([$(#[$attr:meta])*] $name:ident) => {
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::Value for $name {
            const EXPECTED: &'static str = "an object";
            #[inline]
            fn get(&self) -> $crate::ValueRef<'_> { $crate::__private::record(self) }
            #[inline]
            fn read(node: $crate::Node<'_>) -> $crate::__private::Result<Self, $crate::Refusal> {
                $crate::__private::read_record(node)
            }
            #[inline]
            fn flat(members: &mut $crate::Members<'_>, optional: bool) -> $crate::__private::Result<::core::option::Option<Self>, $crate::Refusal> {
                $crate::__private::read_flat(members, optional)
            }
        }
        $crate::__seen!([$(#[$attr])*] $name);
        $crate::__formats!([$(#[$attr])*] $name);
    };
}

/// What is done with the fields of any record: `Clone`, `PartialEq` and `Debug`.
#[doc(hidden)]
#[macro_export]
macro_rules! __seen {
    ([$(#[$attr:meta])*] $name:ident) => {
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self { $crate::__private::clone_record(self) }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool { $crate::__private::equal(self, other) }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result { $crate::__private::debug(self, f) }
        }
    };
}

/// `Serialize` and `Deserialize` of the type of a field.
#[doc(hidden)]
#[macro_export]
macro_rules! __formats {
    ([$(#[$attr:meta])*] $name:ident) => {
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::serialize_value(self, serializer)
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::deserialize_value(deserializer)
            }
        }
    };
}

/// What an event has beside `Record`.
#[doc(hidden)]
#[macro_export]
macro_rules! __event {
    ([$(#[$attr:meta])*] $name:ident $wire:literal $version:literal $stream:ty [$($header:ident)?]) => {
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::Event for $name {
            const NAME: &'static str = $wire;
            const VERSION: u32 = $version;
            type Stream = $stream;
            #[inline]
            fn stream(&self) -> &$stream { &self$(.$header)? }
        }
        $crate::__seen!([$(#[$attr])*] $name);
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::serialize_event(self, serializer)
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::deserialize_event(deserializer)
            }
        }
    };
}

/// What an enum of events has beside `Events`.
#[doc(hidden)]
#[macro_export]
macro_rules! __events {
    ($name:ident $($held:ty => $variant:ident($($boxed:path)?),)*) => {
        $(
            #[automatically_derived]
            #[allow(deprecated)]
            impl ::core::convert::From<$held> for $name {
                #[inline]
                fn from(event: $held) -> Self { Self::$variant($($boxed)? (event)) }
            }
        )*
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::__private::equal_events($crate::Events::event(self), $crate::Events::event(other))
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::debug_event($crate::Events::event(self), f)
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl $crate::__private::serde::Serialize for $name {
            fn serialize<S: $crate::__private::serde::Serializer>(&self, serializer: S) -> $crate::__private::Result<S::Ok, S::Error> {
                $crate::__private::serialize_events($crate::Events::event(self), serializer)
            }
        }
        #[automatically_derived]
        #[allow(deprecated)]
        impl<'de> $crate::__private::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::__private::serde::Deserializer<'de>>(deserializer: D) -> $crate::__private::Result<Self, D::Error> {
                $crate::__private::deserialize_events(deserializer)
            }
        }
    };
}

/// All that an enum of values has.
#[doc(hidden)]
#[macro_export]
macro_rules! __enum {
    ([$(#[$attr:meta])*] [$vis:vis] $name:ident $rust:literal $expected:literal [$($value:ident $wire:literal)*] $($open:ident)?) => {
        #[automatically_derived]
        $(#[$attr])*
        impl $name {
            /// Every value that this build knows, in the order of the schema.
            $vis const ALL: &'static [Self] = &[$(Self::$value),*];
            /// The value as it is on the wire.
            #[must_use]
            #[inline]
            $vis fn as_str(&self) -> &str {
                match self { $(Self::$value => $wire,)* $(Self::$open(name) => name.as_str())? }
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::Enum for $name {
            const RUST: &'static str = $rust;
            const KNOWN: &'static [Self] = Self::ALL;
            const NAMES: &'static [&'static str] = &[$($wire),*];
            #[inline]
            fn name(&self) -> &str { self.as_str() }
            $(
                #[inline]
                fn unrecognized(name: $crate::Unrecognized) -> ::core::option::Option<Self> {
                    ::core::option::Option::Some(Self::$open(name))
                }
            )?
        }
        #[automatically_derived]
        $(#[$attr])*
        impl $crate::Value for $name {
            const EXPECTED: &'static str = $expected;
            #[inline]
            fn get(&self) -> $crate::ValueRef<'_> { $crate::ValueRef::Str(self.as_str()) }
            #[inline]
            fn read(node: $crate::Node<'_>) -> $crate::__private::Result<Self, $crate::Refusal> {
                $crate::__private::read_enum(node)
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::str::FromStr for $name {
            type Err = $crate::Invalid;
            #[inline]
            fn from_str(text: &str) -> $crate::__private::Result<Self, $crate::Invalid> {
                $crate::__private::parse_enum(text)
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::fmt::Display for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::pad(f, self.as_str())
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::fmt::Debug for $name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                $crate::__private::pad(f, self.as_str())
            }
        }
        $crate::__formats!([$(#[$attr])*] $name);
        $crate::__standard!([$(#[$attr])*] $name [$($value)*] $($open)?);
    };
}

/// The traits of the standard library, as its own derives would write them for an enum of values, and in fewer words.
#[doc(hidden)]
#[macro_export]
macro_rules! __standard {
    // Values that are numbers.
    ([$(#[$attr:meta])*] $name:ident [$($value:ident)*]) => {
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::marker::Copy for $name {}
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::clone::Clone for $name {
            #[inline]
            fn clone(&self) -> Self { *self }
        }
        $crate::__compared!([$(#[$attr])*] $name value => *value as u32);
    };
    // Values of which one holds what is not known.
    ([$(#[$attr:meta])*] $name:ident [$($value:ident)*] $open:ident) => {
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::clone::Clone for $name {
            fn clone(&self) -> Self {
                match self { $(Self::$value => Self::$value,)* Self::$open(name) => Self::$open(name.clone()) }
            }
        }
        $crate::__compared!([$(#[$attr])*] $name value => $crate::__private::order(value));
    };
}

/// `PartialEq`, `Eq`, `PartialOrd`, `Ord` and `Hash` by what stands for a value.
#[doc(hidden)]
#[macro_export]
macro_rules! __compared {
    ([$(#[$attr:meta])*] $name:ident $value:ident => $by:expr) => {
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::cmp::PartialEq for $name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                ({ let $value = self; $by }) == ({ let $value = other; $by })
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::cmp::Eq for $name {}
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::cmp::PartialOrd for $name {
            #[inline]
            fn partial_cmp(&self, other: &Self) -> ::core::option::Option<::core::cmp::Ordering> {
                ::core::option::Option::Some(::core::cmp::Ord::cmp(self, other))
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::cmp::Ord for $name {
            #[inline]
            fn cmp(&self, other: &Self) -> ::core::cmp::Ordering {
                ::core::cmp::Ord::cmp(&({ let $value = self; $by }), &({ let $value = other; $by }))
            }
        }
        #[automatically_derived]
        $(#[$attr])*
        impl ::core::hash::Hash for $name {
            #[inline]
            fn hash<H: ::core::hash::Hasher>(&self, state: &mut H) {
                ::core::hash::Hash::hash(&({ let $value = self; $by }), state);
            }
        }
    };
}
