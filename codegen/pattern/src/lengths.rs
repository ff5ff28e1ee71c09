//! How long the texts of a pattern are: the automaton without a look at what its characters are.

use crate::POSITIONS;
use crate::automaton::{Automaton, after};

impl Automaton {
    /// The fewest characters of a text that matches.
    pub(crate) fn shortest(&self) -> u64 {
        if self.whole.empty {
            return 0;
        }
        let (mut reached, mut length) = (self.whole.first, 1);
        // Each position is on a way to the end.
        while reached & self.whole.last == 0 {
            reached = after(&self.follow, reached);
            length += 1;
        }
        length
    }

    /// The most characters of a text that matches, if there are any so many.
    pub(crate) fn longest(&self) -> Option<u64> {
        if self.is_open() {
            return None;
        }
        let (mut reached, mut length) = (self.whole.first, 0);
        while reached != 0 {
            length += 1;
            // A walk longer than this comes round to a position again, and can do so for ever.
            if length > POSITIONS as u64 {
                return None;
            }
            reached = after(&self.follow, reached);
        }
        Some(length)
    }

    /// Whether a text of at least and at most so many characters matches.
    pub(crate) fn has_length(&self, least: u64, most: Option<u64>) -> bool {
        let most = most.unwrap_or(u64::MAX);
        if self.is_open() {
            return least <= most && self.shortest() <= most;
        }
        if least == 0 && self.whole.empty {
            return true;
        }
        let least = least.max(1);
        let mut reached = self.reached_by(least);
        // From wherever it is, the end is nearer than there are positions.
        for _ in least..=most.min(least.saturating_add(POSITIONS as u64)) {
            if reached & self.whole.last != 0 {
                return true;
            }
            reached = after(&self.follow, reached);
        }
        false
    }

    /// Whether anything may stand before or behind what matches.
    fn is_open(&self) -> bool {
        !(self.from_start && self.to_end)
    }

    /// The positions that a text of so many characters may have reached, which is at least one.
    fn reached_by(&self, characters: u64) -> u128 {
        let mut reached = self.whole.first;
        let mut steps = characters - 1;
        // What follows 1, 2, 4, 8, … characters later.
        let mut follow = self.follow;
        while steps != 0 {
            if steps & 1 == 1 {
                reached = after(&follow, reached);
            }
            steps >>= 1;
            follow = follow.map(|next| after(&follow, next));
        }
        reached
    }
}
