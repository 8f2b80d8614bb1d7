//! The bits of the input, least significant first (RFC 1951, section 3.1.1).

/// Up to 63 bits that were read ahead.
///
/// Above the counted bits `buffer` may hold further bits of the input: those of the bytes that come next.
/// They are put there again when their turn comes, which changes nothing.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Bits {
    pub(crate) buffer: u64,
    pub(crate) count: u32,
}

impl Bits {
    /// Reads ahead until at least 56 bits are there or the input ends.
    #[inline]
    pub(crate) fn refill(&mut self, input: &[u8], position: &mut usize) {
        if let Some(word) = input.get(*position..).and_then(<[u8]>::first_chunk) {
            self.buffer |= u64::from_le_bytes(*word) << self.count;
            *position += (63 - self.count as usize) >> 3;
            self.count |= 0x38;
        } else {
            while self.count < 56
                && let Some(&byte) = input.get(*position)
            {
                self.buffer |= u64::from(byte) << self.count;
                *position += 1;
                self.count += 8;
            }
        }
    }

    /// The next `count` bits, at most 32, if the input has them.
    #[inline]
    pub(crate) fn take(&mut self, count: u32, input: &[u8], position: &mut usize) -> Option<u32> {
        if self.count < count {
            self.refill(input, position);
            if self.count < count {
                return None;
            }
        }
        let value = self.buffer & ((1 << count) - 1);
        self.skip(count);
        Some(value as u32)
    }

    /// Drops bits that are known to be there.
    #[inline]
    pub(crate) fn skip(&mut self, count: u32) {
        self.buffer >>= count;
        self.count -= count;
    }

    /// Drops the rest of a byte.
    pub(crate) fn align(&mut self) {
        self.skip(self.count & 7);
    }

    /// Whole bytes that were read ahead and not used.
    pub(crate) fn ahead(&self) -> usize {
        self.count as usize / 8
    }
}
