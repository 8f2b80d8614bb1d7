//! A writer of little-endian bit streams that are read from their end (RFC 8878, 4.1).

/// Collects bits in 64, writes whole bytes. Past the end of the buffer it writes nothing and remembers that.
pub(crate) struct BitWriter<'a> {
    out: &'a mut [u8],
    at: usize,
    bits: u64,
    count: u32,
    overflow: bool,
}

impl<'a> BitWriter<'a> {
    pub(crate) fn new(out: &'a mut [u8]) -> Self {
        Self { out, at: 0, bits: 0, count: 0, overflow: false }
    }

    /// Adds the low `count` bits of `value`; the others must be 0. At most 56 bits between two flushes.
    #[inline(always)]
    pub(crate) fn add(&mut self, value: u64, count: u32) {
        self.bits |= value << (self.count & 63);
        self.count += count;
    }

    /// Writes the whole bytes; up to 7 bits stay.
    #[inline(always)]
    pub(crate) fn flush(&mut self) {
        let at = self.at;
        if let Some(slot) = self.out.get_mut(at..).and_then(|rest| rest.first_chunk_mut::<8>()) {
            *slot = self.bits.to_le_bytes();
        } else {
            self.overflow = true;
        }
        self.at = at + (self.count >> 3) as usize;
        self.bits >>= self.count & !7;
        self.count &= 7;
    }

    /// Ends with the bit that marks the end. Returns the bytes written; `None` where the buffer was too small.
    pub(crate) fn finish(mut self) -> Option<usize> {
        self.add(1, 1);
        self.flush();
        let end = self.at + usize::from(self.count > 0);
        (!self.overflow && end <= self.out.len()).then_some(end)
    }

    /// Ends without a mark, for streams that are read forward.
    pub(crate) fn finish_forward(mut self) -> Option<usize> {
        self.flush();
        let end = self.at + usize::from(self.count > 0);
        (!self.overflow && end <= self.out.len()).then_some(end)
    }
}
