//! What one side has and the other lacks.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::day::Day;
use super::found::{Found, Id};

/// So many ids are named of each side.
const NAMED: usize = 3;

/// An event on a day.
pub(super) struct Difference {
    pub(super) day: Option<Day>,
    pub(super) left: Side,
    pub(super) right: Side,
}

/// What a store has of it.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Side {
    /// Events.
    pub(super) events: usize,
    /// Events that the other side lacks. One that is here twice and there once is one that it lacks.
    pub(super) only: usize,
    /// Events that are here once more than once.
    pub(super) repeated: usize,
    /// Ids of some that the other side lacks.
    pub(super) named: Vec<String>,
}

impl Difference {
    /// Compares an event, day by day.
    pub(super) fn between(mut left: Found, mut right: Found) -> Vec<Self> {
        let days: BTreeSet<Option<Day>> = left.keys().chain(right.keys()).copied().collect();
        let difference = |day| {
            let (left, right) = sides(
                left.remove(&day).unwrap_or_default(),
                right.remove(&day).unwrap_or_default(),
            );
            Difference { day, left, right }
        };
        days.into_iter().map(difference).collect()
    }

    pub(super) fn is_none(&self) -> bool {
        self.left.only == 0 && self.right.only == 0
    }
}

/// Goes through both in order, as a merge does.
fn sides(mut left: Vec<Id>, mut right: Vec<Id>) -> (Side, Side) {
    left.sort_unstable();
    right.sort_unstable();
    let (mut of_left, mut of_right) = (Side::of(&left), Side::of(&right));
    let (mut lefts, mut rights) = (left.iter().peekable(), right.iter().peekable());
    loop {
        match (lefts.peek(), rights.peek()) {
            (None, None) => return (of_left, of_right),
            (Some(_), None) => of_left.lacks(lefts.next()),
            (None, Some(_)) => of_right.lacks(rights.next()),
            (Some(one), Some(other)) => match one.cmp(other) {
                Ordering::Less => of_left.lacks(lefts.next()),
                Ordering::Greater => of_right.lacks(rights.next()),
                Ordering::Equal => {
                    lefts.next();
                    rights.next();
                }
            },
        }
    }
}

impl Side {
    fn of(ids: &[Id]) -> Self {
        let repeated = ids.windows(2).filter(|pair| match pair {
            [one, next] => one == next && *one != Id::Unnamed,
            _ => false,
        });
        Side {
            events: ids.len(),
            repeated: repeated.count(),
            ..Side::default()
        }
    }

    /// The other side has no match for this one.
    fn lacks(&mut self, id: Option<&Id>) {
        self.only += 1;
        if self.named.len() < NAMED {
            self.named.extend(id.and_then(Id::written));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &str) -> Vec<Id> {
        text.split_whitespace().map(Id::new).collect()
    }

    #[test]
    fn what_is_there_twice_is_missing_once_where_it_is_there_once() {
        let (left, right) = sides(ids("c a b a"), ids("b d a"));
        assert_eq!((left.events, left.only, left.repeated), (4, 2, 1));
        assert_eq!(left.named, ["a", "c"]);
        assert_eq!((right.events, right.only, right.repeated), (3, 1, 0));
        assert_eq!(right.named, ["d"]);
    }

    #[test]
    fn what_has_no_id_is_counted() {
        let some = |number| {
            std::iter::repeat_with(|| Id::Unnamed)
                .take(number)
                .collect()
        };
        let (left, right) = sides(some(5), some(3));
        assert_eq!((left.only, left.repeated, right.only), (2, 0, 0));
        assert!(left.named.is_empty());
    }
}
