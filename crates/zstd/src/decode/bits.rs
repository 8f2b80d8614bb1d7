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
    let bytes = source.get(at..at.wrapping_add(8))?;
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
#[derive(Clone, Copy)]
pub(super) struct Bits<'a> {
    source: &'a [u8],
    /// Where the loaded bytes start.
    at: usize,
    /// What is loaded and not read, from the top.
    bits: u64,
    /// How many of the 64 loaded bits were read.
    used: u32,
}

impl<'a> Bits<'a> {
    /// Starts at the end of the stream `source[start..end]`.
    pub(super) fn new(source: &'a [u8], start: usize, end: usize) -> Option<Self> {
        let used = padding(source, start, end)?;
        let at = end.checked_sub(8)?;
        Some(Self { source, at, bits: load(source, at)? << used, used })
    }

    /// Makes at least 57 bits readable; past the start of the slice they are 0.
    #[inline(always)]
    pub(super) fn refill(&mut self) {
        let at = self.at.wrapping_sub((self.used >> 3) as usize);
        if let Some(word) = load(self.source, at) {
            self.at = at;
            self.used &= 7;
            self.bits = word << self.used;
        } else {
            (self.at, self.used, self.bits) = (0, 0, 0);
        }
    }

    /// The next `count` bits, at most 32.
    #[inline(always)]
    pub(super) fn read(&mut self, count: u8) -> u32 {
        // 63 - count, modulo 64 as shifts are: a count of 0 gives 0.
        let value = (self.bits >> 1).wrapping_shr(u32::from(!count));
        self.bits = self.bits.wrapping_shl(u32::from(count));
        self.used += u32::from(count);
        value as u32
    }

    /// Whether everything down to `start` was read and nothing below it.
    pub(super) fn is_at(&self, start: usize) -> bool {
        self.used & 7 == 0 && (self.at + 8).checked_sub((self.used >> 3) as usize) == Some(start)
    }

    /// Whether more was read than there is down to `start`.
    pub(super) fn is_past(&self, start: usize) -> bool {
        (self.at + 8).checked_sub(self.used.div_ceil(8) as usize).is_none_or(|at| at < start)
    }
}
