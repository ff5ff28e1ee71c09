//! Pauses that grow.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

/// Exponential backoff with jitter: each pause is twice the one before, less up to half of it by chance, so that many
/// processes do not come back to a store all at once.
pub(crate) struct Backoff {
    first: Duration,
    longest: Duration,
    next: Duration,
    chance: RandomState,
    count: u64,
}

impl Backoff {
    pub(crate) fn new(first: Duration, longest: Duration) -> Self {
        Backoff {
            first,
            longest,
            next: first,
            chance: RandomState::new(),
            count: 0,
        }
    }

    /// The next pause.
    pub(crate) fn pause(&mut self) -> Duration {
        let pause = self.next;
        self.next = pause.saturating_mul(2).min(self.longest);
        self.count += 1;
        // keys of a hasher are random, and one in 1,024 is fine enough
        let share = u32::try_from(self.chance.hash_one(self.count) % 512).unwrap_or(0);
        pause - pause / 1024 * share
    }

    /// It worked.
    pub(crate) fn reset(&mut self) {
        self.next = self.first;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_up_to_the_longest_and_start_over() {
        let (first, longest) = (Duration::from_millis(100), Duration::from_secs(1));
        let mut backoff = Backoff::new(first, longest);
        for expected in [100, 200, 400, 800, 1000, 1000] {
            let (pause, expected) = (backoff.pause(), Duration::from_millis(expected));
            assert!(expected / 2 <= pause && pause <= expected, "{pause:?}");
        }
        backoff.reset();
        assert!(backoff.pause() <= first);
    }
}
