//! The types of a record's fields, as a tuple: what lets one piece of code make and take apart every record.
//!
//! A derived struct says how its fields become a tuple of references and how a tuple becomes the struct. All else
//! about them is written here, once for each number of fields, and checked here, once for all structs.

use crate::members::Taking;
use crate::refusal::Refusal;
use crate::value::{Value, ValueRef};

/// The types of a record's fields in their order: a tuple of up to 16, or several tuples in [`More`].
pub trait Fields: Sized {
    /// How many there are.
    const LEN: usize;

    /// A reference to each.
    type Refs<'a>: Copy
    where
        Self: 'a;

    /// The value at `index`; [`ValueRef::Absent`] after the last.
    fn get<'a>(refs: Self::Refs<'a>, index: usize) -> ValueRef<'a>;

    /// A copy of each.
    fn cloned(refs: Self::Refs<'_>) -> Self;

    /// Takes each from the members of an object.
    ///
    /// # Errors
    ///
    /// If one of them is missing or not of its type.
    fn take(members: &mut Taking<'_, '_>) -> Result<Self, Refusal>;
}

/// Fields beyond the first 16.
#[derive(Clone, Copy)]
pub struct More<A, B>(pub A, pub B);

impl<A: Fields, B: Fields> Fields for More<A, B> {
    const LEN: usize = A::LEN + B::LEN;

    type Refs<'a>
        = More<A::Refs<'a>, B::Refs<'a>>
    where
        Self: 'a;

    fn get<'a>(refs: Self::Refs<'a>, index: usize) -> ValueRef<'a> {
        match index.checked_sub(A::LEN) {
            None => A::get(refs.0, index),
            Some(index) => B::get(refs.1, index),
        }
    }

    fn cloned(refs: Self::Refs<'_>) -> Self {
        More(A::cloned(refs.0), B::cloned(refs.1))
    }

    fn take(members: &mut Taking<'_, '_>) -> Result<Self, Refusal> {
        Ok(More(A::take(members)?, B::take(members)?))
    }
}

macro_rules! tuples {
    ($($len:literal: $($T:ident $index:tt)*;)*) => {$(
        impl<$($T: Value),*> Fields for ($($T,)*) {
            const LEN: usize = $len;

            type Refs<'a> = ($(&'a $T,)*) where Self: 'a;

            #[inline]
            fn get<'a>(refs: Self::Refs<'a>, index: usize) -> ValueRef<'a> {
                let _ = refs;
                match index {
                    $($index => refs.$index.get(),)*
                    _ => ValueRef::Absent,
                }
            }

            #[inline]
            #[allow(clippy::unused_unit)]
            fn cloned(refs: Self::Refs<'_>) -> Self {
                let _ = refs;
                ($(refs.$index.clone(),)*)
            }

            fn take(members: &mut Taking<'_, '_>) -> Result<Self, Refusal> {
                let _ = &members;
                Ok(($(members.take::<$T>()?,)*))
            }
        }
    )*};
}

tuples! {
    0: ;
    1: A 0;
    2: A 0 B 1;
    3: A 0 B 1 C 2;
    4: A 0 B 1 C 2 D 3;
    5: A 0 B 1 C 2 D 3 E 4;
    6: A 0 B 1 C 2 D 3 E 4 F 5;
    7: A 0 B 1 C 2 D 3 E 4 F 5 G 6;
    8: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7;
    9: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8;
    10: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9;
    11: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10;
    12: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11;
    13: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12;
    14: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13;
    15: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14;
    16: A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11 M 12 N 13 O 14 P 15;
}
