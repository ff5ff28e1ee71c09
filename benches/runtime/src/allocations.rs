//! Counts allocations, where it is told to: one flag is looked at otherwise, for everybody alike.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

static COUNTS: AtomicBool = AtomicBool::new(false);
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

fn note() {
    if COUNTS.load(Relaxed) {
        ALLOCATIONS.fetch_add(1, Relaxed);
    }
}

// SAFETY: each call is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        note();
        // SAFETY: the caller keeps the contract of the same function.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        note();
        // SAFETY: the caller keeps the contract of the same function.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        note();
        // SAFETY: the caller keeps the contract of the same function.
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: the caller keeps the contract of the same function.
        unsafe { System.dealloc(block, layout) }
    }
}

/// How often something allocates; that a block grows counts, too.
pub(crate) fn count(run: impl FnOnce()) -> usize {
    let before = ALLOCATIONS.load(Relaxed);
    COUNTS.store(true, Relaxed);
    run();
    COUNTS.store(false, Relaxed);
    ALLOCATIONS.load(Relaxed) - before
}

#[cfg(test)]
mod tests {
    use std::hint::black_box;

    use super::*;

    #[test]
    fn counts_what_is_made_and_what_grows_and_only_when_told_to() {
        let made = count(|| {
            let mut numbers = black_box(vec![1]);
            numbers.reserve_exact(100);
            black_box(&numbers);
        });
        assert!(made >= 2, "{made}");
        let before = ALLOCATIONS.load(Relaxed);
        black_box(vec![1]);
        assert_eq!(ALLOCATIONS.load(Relaxed), before);
    }
}
