//! The boolean entropy decoder (RFC 6386, section 7).

/// Reads decisions out of one partition.
///
/// Bits that were not used yet are at the top of `value`, and zeros below them. A decision compares the uppermost 8 of
/// them with its split, and uses up at most 7.
#[derive(Clone, Copy)]
pub(super) struct BoolReader<'a> {
    data: &'a [u8],
    at: usize,
    value: u64,
    /// How many bits of `value` come from the data.
    bits: i32,
    /// 128 to 255.
    range: u32,
    exhausted: bool,
}

/// Bytes that have to be left before a block of coefficients so that [`BoolReader::fill`] finds four whenever it needs
/// them: 16 coefficients of up to 19 decisions of up to 7 bits, and 16 more for runs of zeros.
const BLOCK: usize = (16 * 19 + 16) * 7 / 8 + 16;

impl<'a> BoolReader<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, value: 0, bits: 0, range: 255, exhausted: false }
    }

    /// Whether a decision needed bits past the end, which are zeros: where libwebp gives up.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Whether a block of coefficients cannot reach the end of the data.
    #[inline(always)]
    pub(super) fn has_block(&self) -> bool {
        self.data.len() - self.at >= BLOCK
    }

    /// Adds 32 bits if fewer than that are there. Only where [`BoolReader::has_block`].
    #[inline(always)]
    pub(super) fn fill(&mut self) {
        if self.bits < 32 {
            self.fill_four();
        }
    }

    #[inline(always)]
    fn fill_four(&mut self) -> bool {
        let Some(word) = self.data.get(self.at..).and_then(|rest| rest.first_chunk()) else {
            return false;
        };
        self.value |= u64::from(u32::from_be_bytes(*word)) << (32 - self.bits);
        self.bits += 32;
        self.at += 4;
        true
    }

    #[cold]
    #[inline(never)]
    fn fill_end(mut self) -> Self {
        match self.data.get(self.at) {
            Some(byte) => {
                self.value |= u64::from(*byte) << (56 - self.bits);
                self.at += 1;
            }
            None => self.exhausted = true,
        }
        self.bits += 8;
        self
    }

    /// One decision; `probability` of 256 that it is 0.
    #[inline(always)]
    pub(super) fn bit(&mut self, probability: u8) -> bool {
        if self.bits < 8 && !self.fill_four() {
            *self = self.fill_end();
        }
        self.filled_bit(probability)
    }

    /// As [`BoolReader::bit`], if at least 8 bits are there.
    #[inline(always)]
    pub(super) fn filled_bit(&mut self, probability: u8) -> bool {
        let split = 1 + (((self.range - 1) * u32::from(probability)) >> 8);
        let threshold = u64::from(split) << 56;
        let bit = self.value >= threshold;
        let range = if bit {
            self.value -= threshold;
            self.range - split
        } else {
            split
        };
        let shift = range.leading_zeros() - 24;
        self.range = range << shift;
        self.value <<= shift;
        self.bits -= shift.cast_signed();
        bit
    }

    /// `number`, or its opposite after a decision for 1, both as likely. Needs 8 bits, and a decision before it.
    #[inline(always)]
    pub(super) fn filled_sign(&mut self, number: i32) -> i32 {
        // Whichever half is taken, it is normalized by a shift by 1.
        let split = (self.range + 1) >> 1;
        let threshold = u64::from(split) << 56;
        let negative = self.value >= threshold;
        let mask = u64::from(negative).wrapping_neg();
        self.value = (self.value - (threshold & mask)) << 1;
        let range = if negative { self.range - split } else { split };
        self.range = range << 1;
        self.bits -= 1;
        let mask = mask as i32;
        (number ^ mask) - mask
    }

    /// As [`BoolReader::filled_sign`], wherever the data ends.
    #[inline(always)]
    pub(super) fn sign(&mut self, number: i32) -> i32 {
        if self.bits < 8 && !self.fill_four() {
            *self = self.fill_end();
        }
        self.filled_sign(number)
    }

    /// As [`BoolReader::bit`], where size matters more than time.
    #[inline(never)]
    pub(super) fn header_bit(&mut self, probability: u8) -> bool {
        self.bit(probability)
    }

    /// A flag: a decision without a probability.
    pub(super) fn flag(&mut self) -> bool {
        self.header_bit(128)
    }

    /// A number of some bits, the first the most significant.
    #[inline(never)]
    pub(super) fn number(&mut self, bits: u32) -> i32 {
        (0..bits).fold(0, |number, _| number << 1 | i32::from(self.flag()))
    }

    /// A number, then its sign.
    pub(super) fn signed(&mut self, bits: u32) -> i32 {
        let number = self.number(bits);
        if self.flag() { -number } else { number }
    }

    /// A flag, and if it is set a number with sign; otherwise 0.
    #[inline(never)]
    pub(super) fn optional(&mut self, bits: u32) -> i32 {
        if self.flag() { self.signed(bits) } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The encoder of RFC 6386, section 7.3.
    struct Writer {
        output: Vec<u8>,
        range: u32,
        bottom: u32,
        count: i32,
    }

    impl Writer {
        fn carry(&mut self) {
            for byte in self.output.iter_mut().rev() {
                *byte = byte.wrapping_add(1);
                if *byte != 0 {
                    break;
                }
            }
        }

        fn write(&mut self, probability: u8, bit: bool) {
            let split = 1 + (((self.range - 1) * u32::from(probability)) >> 8);
            if bit {
                let (bottom, over) = self.bottom.overflowing_add(split);
                self.bottom = bottom;
                assert!(!over);
                self.range -= split;
            } else {
                self.range = split;
            }
            while self.range < 128 {
                self.range <<= 1;
                if self.bottom >> 31 != 0 {
                    self.carry();
                }
                self.bottom <<= 1;
                self.count -= 1;
                if self.count == 0 {
                    self.output.push((self.bottom >> 24) as u8);
                    self.bottom &= 0xFF_FFFF;
                    self.count = 8;
                }
            }
        }

        fn finish(mut self) -> Vec<u8> {
            for _ in 0..32 {
                self.write(128, false);
            }
            self.output
        }
    }

    fn decisions() -> Vec<(u8, bool)> {
        let mut state = 7_u32;
        let mut next = move || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state >> 16
        };
        (0..5000).map(|_| (next() as u8, next() % 3 == 0)).collect()
    }

    #[test]
    fn decisions_come_back() {
        let mut writer = Writer { output: Vec::new(), range: 255, bottom: 0, count: 24 };
        for (probability, bit) in decisions() {
            writer.write(probability, bit);
        }
        for bit in [true, false, true] {
            writer.write(128, bit);
        }
        let data = writer.finish();
        let mut reader = BoolReader::new(&data);
        for (i, (probability, bit)) in decisions().into_iter().enumerate() {
            if reader.has_block() && i % 3 == 0 {
                reader.fill();
                assert_eq!(reader.filled_bit(probability), bit);
            } else {
                assert_eq!(reader.bit(probability), bit);
            }
        }
        assert_eq!([1, 1, 1].map(|number| reader.sign(number)), [-1, 1, -1]);
        assert!(!reader.is_exhausted());
        for _ in 0..100 {
            reader.flag();
        }
        assert!(reader.is_exhausted());
    }
}
