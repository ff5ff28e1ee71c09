//! Work on several files at once, where there is enough of it to pay for the threads.

use std::num::NonZero;
use std::panic;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// So many bytes of YAML take a build script longer to read than a thread takes to begin.
const BYTES_FOR_A_THREAD: usize = 32 * 1024;

/// As much as the main thread has: nested YAML is read by recursion.
const STACK: usize = 8 * 1024 * 1024;

/// What `work` makes of each item, in the order of the items. `bytes` is how much there is to read in all of them.
pub(super) fn map<I: Sync, O: Send>(
    items: &[I],
    bytes: usize,
    work: impl Fn(&I) -> O + Sync,
) -> Vec<O> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    map_with(cores.min(bytes / BYTES_FOR_A_THREAD), items, work)
}

fn map_with<I: Sync, O: Send>(
    threads: usize,
    items: &[I],
    work: impl Fn(&I) -> O + Sync,
) -> Vec<O> {
    if threads < 2 || items.len() < 2 {
        return items.iter().map(work).collect();
    }
    // Whoever is free takes the next one: files are of all sizes.
    let next = AtomicUsize::new(0);
    let take_all = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match items.get(index) {
                Some(item) => done.push((index, work(item))),
                None => return done,
            }
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads.min(items.len()))
            .map_while(|_| {
                let thread = thread::Builder::new().stack_size(STACK);
                // A thread that cannot be had is one less; this one is always there.
                thread.spawn_scoped(scope, take_all).ok()
            })
            .collect();
        let mut done = take_all();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_by_key(|&(index, _)| index);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_that_of_the_items_however_many_threads_there_are() {
        let items: Vec<u64> = (0..500).collect();
        let expected: Vec<u64> = items.iter().map(|item| item * 2).collect();
        for threads in [0, 1, 2, 3, 8, 1000] {
            assert_eq!(map_with(threads, &items, |item| item * 2), expected);
        }
        assert_eq!(map_with(4, &[], |item: &u64| *item), [0; 0]);
    }

    #[test]
    fn a_panic_of_one_thread_is_a_panic_of_all() {
        let items: Vec<u64> = (0..50).collect();
        let result = panic::catch_unwind(|| map_with(4, &items, |item| assert_ne!(*item, 30)));
        assert!(result.is_err());
    }
}
