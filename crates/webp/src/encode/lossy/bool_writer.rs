//! The boolean entropy encoder; RFC 6386, section 7.

use super::super::error::{EncodeError, reserve};

/// Bits of uneven probability to bytes.
pub(super) struct BoolWriter {
    bytes: Vec<u8>,
    /// The lower end of the interval: what is not written yet, `pending` bits and 8 more, and a carry above them.
    low: u64,
    /// The interval's length, 128 to 255.
    range: u32,
    pending: u32,
}

impl BoolWriter {
    pub(super) fn new() -> Self {
        Self { bytes: Vec::new(), low: 0, range: 255, pending: 0 }
    }

    /// Makes room for some hundreds of bits.
    ///
    /// # Errors
    ///
    /// [`EncodeError::TooLarge`] where more than `limit` bytes are written, and [`EncodeError::OutOfMemory`].
    pub(super) fn check(&mut self, limit: u64) -> Result<(), EncodeError> {
        if self.bytes.len() as u64 > limit {
            return Err(EncodeError::TooLarge { limit });
        }
        reserve(&mut self.bytes, 256)
    }

    /// Writes a bit that is 0 in `probability` of 256 cases.
    #[inline]
    pub(super) fn put(&mut self, bit: bool, probability: u8) {
        let split = 1 + (((self.range - 1) * u32::from(probability)) >> 8);
        if bit {
            self.low += u64::from(split);
            self.range -= split;
        } else {
            self.range = split;
        }
        let shift = self.range.leading_zeros() - 24;
        self.range <<= shift;
        self.low <<= shift;
        self.pending += shift;
        if self.pending >= 32 {
            self.drain();
        }
    }

    /// Writes the lower `bits` bits of a number, the highest first, each as likely 0 as 1.
    pub(super) fn put_bits(&mut self, value: u32, bits: u32) {
        for bit in (0..bits).rev() {
            self.put(value >> bit & 1 == 1, 128);
        }
    }

    /// Writes whether a number is other than zero, and if so the number and its sign.
    pub(super) fn put_optional(&mut self, value: i32, bits: u32) {
        self.put(value != 0, 128);
        if value != 0 {
            self.put_bits(value.unsigned_abs(), bits);
            self.put(value < 0, 128);
        }
    }

    /// What was written. After its end, a decoder reads zeros.
    pub(super) fn finish(mut self) -> Vec<u8> {
        let padding = self.pending.wrapping_neg() % 8;
        self.low <<= padding;
        self.pending += padding + 8;
        self.low <<= 8;
        self.drain();
        self.bytes
    }

    fn drain(&mut self) {
        while self.pending >= 8 {
            let byte = self.low >> self.pending;
            if byte > 0xFF {
                self.carry();
            }
            self.bytes.push(byte as u8);
            self.low &= (1 << self.pending) - 1;
            self.pending -= 8;
        }
    }

    #[cold]
    fn carry(&mut self) {
        for byte in self.bytes.iter_mut().rev() {
            *byte = byte.wrapping_add(1);
            if *byte != 0 {
                break;
            }
        }
    }
}
