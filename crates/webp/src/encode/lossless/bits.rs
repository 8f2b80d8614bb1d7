//! Bits to bytes, the lowest first; RFC 9649, section 3.2.

use super::super::error::{EncodeError, reserve};

/// Bits of a VP8L image.
pub(super) struct BitWriter {
    bytes: Vec<u8>,
    bits: u64,
    count: u32,
    /// How many bytes there may be.
    limit: u64,
}

impl BitWriter {
    pub(super) fn new(limit: u64) -> Self {
        Self { bytes: Vec::new(), bits: 0, count: 0, limit }
    }

    /// Makes room for 4096 more bytes.
    ///
    /// # Errors
    ///
    /// [`EncodeError::TooLarge`] and [`EncodeError::OutOfMemory`].
    pub(super) fn check(&mut self) -> Result<(), EncodeError> {
        if self.bytes.len() as u64 > self.limit {
            return Err(EncodeError::TooLarge { limit: self.limit });
        }
        reserve(&mut self.bytes, 4096)
    }

    /// Writes the lower `count` bits, at most 32; the others have to be zero.
    #[inline(never)]
    pub(super) fn put(&mut self, bits: u32, count: u32) {
        self.put_inline(bits, count);
    }

    /// [`Self::put`] for symbols; elsewhere, code would be large for nothing.
    #[inline(always)]
    pub(super) fn put_inline(&mut self, bits: u32, count: u32) {
        self.bits |= u64::from(bits) << self.count;
        self.count += count;
        if self.count >= 32 {
            self.bytes.extend_from_slice(&(self.bits as u32).to_le_bytes());
            self.bits >>= 32;
            self.count -= 32;
        }
    }

    pub(super) fn finish(mut self) -> Vec<u8> {
        let rest = self.count.div_ceil(8) as usize;
        self.bytes.extend_from_slice(&self.bits.to_le_bytes()[..rest]);
        self.bytes
    }
}
