//! Where results lie, as six u32 that JavaScript reads through one view.

use bytemill_core::Results;

/// Addresses and counts of records, bytes and numbers.
#[derive(Debug, Default)]
#[repr(transparent)]
pub(crate) struct View([usize; 6]);

impl View {
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

    pub(crate) fn as_ptr(&self) -> *const usize {
        self.0.as_ptr()
    }
}

/// Makes `arena` exactly `len` bytes long; false when memory is short.
pub(crate) fn resize(arena: &mut Vec<u8>, len: usize) -> bool {
    let missing = len.saturating_sub(arena.len());
    if arena.try_reserve_exact(missing).is_err() {
        return false;
    }
    arena.resize(len, 0);
    true
}
