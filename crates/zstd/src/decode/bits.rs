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

/// Ones in the low `n` bits. Looked up and not computed: engines shift by a variable in one register alone.
const MASKS: [u32; 32] = {
    let mut masks = [0; 32];
    let mut n = 0;
    while n < 32 {
        masks[n] = (1 << n) - 1;
        n += 1;
    }
    masks
};

/// Reads fields of different widths.
#[derive(Clone, Copy)]
pub(super) struct Bits<'a> {
    source: &'a [u8],
    /// Where the loaded bytes start.
    at: usize,
    loaded: u64,
    /// How many of the loaded bits have not been read; below 0, modulo 2^32, where more were read than there are.
    left: u32,
}

impl<'a> Bits<'a> {
    /// Starts at the end of the stream `source[start..end]`.
    pub(super) fn new(source: &'a [u8], start: usize, end: usize) -> Option<Self> {
        let left = 64 - padding(source, start, end)?;
        let at = end.checked_sub(8)?;
        Some(Self { source, at, loaded: load(source, at)?, left })
    }

    /// Makes at least 57 bits readable; past the start of the slice none.
    #[inline(always)]
    pub(super) fn refill(&mut self) {
        let used = 64_u32.wrapping_sub(self.left);
        let at = self.at.wrapping_sub((used >> 3) as usize);
        if let Some(loaded) = load(self.source, at) {
            self.at = at;
            self.loaded = loaded;
            self.left = 64 - (used & 7);
        } else {
            (self.at, self.left) = (0, 0);
        }
    }

    /// The next `count` bits, at most 31.
    #[inline(always)]
    pub(super) fn read(&mut self, count: u8) -> u32 {
        self.under(MASKS[usize::from(count & 31)], count)
    }

    /// The next `count` bits, for which `mask` has as many ones.
    #[inline(always)]
    pub(super) fn under(&mut self, mask: u32, count: u8) -> u32 {
        self.left = self.left.wrapping_sub(u32::from(count));
        (self.loaded >> (self.left & 63)) as u32 & mask
    }

    /// Whether everything down to `start` was read and nothing below it.
    pub(super) fn is_at(&self, start: usize) -> bool {
        let used = 64_u32.wrapping_sub(self.left);
        used.is_multiple_of(8) && (self.at + 8).checked_sub((used >> 3) as usize) == Some(start)
    }

    /// Whether more was read than there is down to `start`.
    pub(super) fn is_past(&self, start: usize) -> bool {
        let used = 64_u32.wrapping_sub(self.left);
        (self.at + 8).checked_sub(used.div_ceil(8) as usize).is_none_or(|at| at < start)
    }
}
