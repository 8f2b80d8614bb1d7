//! Where results lie, as six u32 that JavaScript reads through one view.

use alloc::vec::Vec;

use bytemill_core::Results;

/// Addresses and counts of records, bytes and numbers.
#[derive(Debug, Default)]
#[repr(transparent)]
pub(crate) struct View([usize; 6]);

impl View {
    #[cfg(not(feature = "threads"))]
    pub(crate) const fn new() -> Self {
        Self([0; 6])
    }

    pub(crate) fn of(results: &Results) -> Self {
        Self([
            results.records.as_ptr().addr(),
            results.records.len(),
            results.bytes.as_ptr().addr(),
            results.bytes.len(),
            results.numbers.as_ptr().addr(),
            results.numbers.len(),
        ])
    }

    /// The only record, without a way round: status, bytes, their length, numbers, their count.
    #[cfg(not(feature = "threads"))]
    pub(crate) fn one(results: &Results) -> Self {
        let record = results.records.first().copied().unwrap_or_default();
        Self([
            record.status as usize,
            results.bytes.as_ptr().addr() + record.bytes_at,
            record.bytes_len,
            results.numbers.as_ptr().addr() + record.numbers_at * size_of::<f64>(),
            record.numbers_len,
            0,
        ])
    }

    pub(crate) fn as_ptr(&self) -> *const usize {
        self.0.as_ptr()
    }
}

/// A large arena grows in steps: one that is a little too small leaves a hole in which the next has no room.
const STEP_BYTES: usize = 1 << 20;

/// Makes `arena` at least `len` bytes long, forgetting what it held; false when memory is short.
pub(crate) fn resize(arena: &mut Vec<u8>, len: usize) -> bool {
    if arena.len() >= len {
        return true;
    }
    // Given back first, so that nothing is copied and the old one makes room for the new one.
    *arena = Vec::new();
    let stepped = len.checked_next_multiple_of(STEP_BYTES).filter(|_| len > STEP_BYTES);
    for size in [stepped.unwrap_or(len), len] {
        if arena.try_reserve_exact(size).is_ok() {
            arena.resize(size, 0);
            return true;
        }
    }
    false
}
