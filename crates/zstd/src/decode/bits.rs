//! The bit streams of RFC 8878, which are read from their last byte to their first.
//!
//! A stream is a range of a longer slice of which at least ten bytes come before it: every stream of a frame
//! lies behind a frame header and a block header, and the reader counts on it. It always loads eight bytes
//! at once, which near the start of a stream are partly those before. What was read too much shows in where
//! the reader stands at the end: it only ever goes back, and has to stop exactly at the start.

/// At least so many bytes come before a stream in its slice.
pub(crate) const BEFORE_STREAM: usize = 10;

/// Eight bytes at `at`, the last of them uppermost.
#[inline(always)]
pub(super) fn load(source: &[u8], at: usize) -> Option<u64> {
    // No slice is longer than this; without the mask the compiler would check the addition.
    let at = at & (usize::MAX >> 1);
    let bytes = source.get(at..at + 8)?;
    Some(u64::from_le_bytes(bytes.try_into().ok()?))
}

/// How many bits of the last byte of a stream are padding: the highest bit that is set and all above it.
/// `None` where the stream is empty or the byte 0.
#[inline]
pub(super) fn padding(source: &[u8], start: usize, end: usize) -> Option<u32> {
    let last = *source.get(start..end)?.last()?;
    (last != 0 && start >= BEFORE_STREAM).then(|| last.leading_zeros() + 1)
}

/// Reads fields of different widths.
///
/// The lowest bit of `bits` that is set is not part of the stream: it marks where the loaded bits end, so that
/// no count of read bits has to be kept. For it the lowest loaded bit is given up, which is read with the next
/// load.
#[derive(Clone, Copy)]
pub(super) struct Bits {
    /// Where the loaded bytes start.
    at: usize,
    /// What is loaded and not read, from the top, then the mark.
    bits: u64,
}

impl Bits {
    /// Starts at the end of the stream `source[start..end]`.
    pub(super) fn new(source: &[u8], start: usize, end: usize) -> Option<Self> {
        let padding = padding(source, start, end)?;
        let at = end.checked_sub(8)?;
        Some(Self { at, bits: (load(source, at)? | 1) << padding })
    }

    /// Makes at least 56 bits readable; past the start of the slice they are 0.
    #[inline(always)]
    pub(super) fn refill(&mut self, source: &[u8]) {
        let used = self.bits.trailing_zeros();
        let at = self.at.wrapping_sub((used >> 3) as usize);
        if let Some(word) = load(source, at) {
            self.at = at;
            self.bits = (word | 1) << (used & 7);
        } else {
            (self.at, self.bits) = (0, 1);
        }
    }

    /// As [`Self::refill`], but returns `false` at the start of the slice, which is far past a stream's.
    #[inline(always)]
    pub(super) fn try_refill(&mut self, source: &[u8]) -> bool {
        let used = self.bits.trailing_zeros();
        let at = self.at.wrapping_sub((used >> 3) as usize);
        let Some(word) = load(source, at) else {
            (self.at, self.bits) = (0, 1);
            return false;
        };
        self.at = at;
        self.bits = (word | 1) << (used & 7);
        true
    }

    /// The next `count` bits, at most 31.
    #[inline(always)]
    pub(super) fn read(&mut self, count: u8) -> u32 {
        let value = field(self.bits, 0, count);
        self.skip(u32::from(count));
        value
    }

    /// What is loaded and not read, from the top, for [`field`].
    #[inline(always)]
    pub(super) fn word(&self) -> u64 {
        self.bits
    }

    /// Passes over `count` bits.
    #[inline(always)]
    pub(super) fn skip(&mut self, count: u32) {
        self.bits = self.bits.wrapping_shl(count);
    }

    /// The next bits, as many as tell one of `N` entries; a power of two.
    #[inline(always)]
    pub(super) fn top<const N: usize>(&self) -> usize {
        (self.bits >> (64 - N.trailing_zeros())) as usize
    }

    /// Whether everything down to `start` was read and nothing below it.
    pub(super) fn is_at(&self, start: usize) -> bool {
        let used = self.bits.trailing_zeros();
        used.is_multiple_of(8) && (self.at + 8).checked_sub((used >> 3) as usize) == Some(start)
    }

    /// How many bits are left down to `start`, in a stream that is not long.
    pub(super) fn left(&self, start: usize) -> i32 {
        let bytes = (self.at + 8).wrapping_sub(start) as u32;
        (bytes * 8).wrapping_sub(self.bits.trailing_zeros()).cast_signed()
    }
}

/// The `count` bits that come after the first `after` of a word. Fields that are read like this instead of one
/// by one do not wait for each other.
#[inline(always)]
pub(super) fn field(word: u64, after: u32, count: u8) -> u32 {
    // 63 - count, modulo 64 as shifts are: a count of 0 gives 0.
    (word.wrapping_shl(after) >> 1).wrapping_shr(u32::from(!count)) as u32
}
