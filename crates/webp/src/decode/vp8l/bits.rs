//! Bits, the least significant first (RFC 9649, section 3.2).

/// Reads bits; past the end they are zeros.
#[derive(Clone, Copy)]
pub(super) struct BitReader<'a> {
    data: &'a [u8],
    at: usize,
    value: u64,
    /// Bits of `value` that come from the data; negative once more were used up than there are.
    count: i32,
    exhausted: bool,
}

impl<'a> BitReader<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0, value: 0, count: 0, exhausted: false }
    }

    /// Whether bits past the end were used up.
    pub(super) fn is_exhausted(&self) -> bool {
        self.exhausted || self.count < 0
    }

    /// Makes at least 56 bits available.
    #[inline(always)]
    pub(super) fn fill(&mut self) {
        let word = self.data.get(self.at..).and_then(|rest| rest.first_chunk());
        if let Some(word) = word {
            // What is read of a byte that does not fit is read again later, to the same place.
            self.value |= u64::from_le_bytes(*word) << self.count;
            self.at += (63 - self.count as usize) >> 3;
            self.count |= 0x38;
        } else {
            *self = self.fill_end();
        }
    }

    #[cold]
    #[inline(never)]
    fn fill_end(mut self) -> Self {
        if self.count < 0 {
            self.exhausted = true;
            self.count = 0;
            self.value = 0;
        }
        while self.count <= 55 {
            let Some(byte) = self.data.get(self.at) else { break };
            self.value |= u64::from(*byte) << self.count;
            self.at += 1;
            self.count += 8;
        }
        self
    }

    /// Makes at least 32 bits available.
    #[inline(always)]
    pub(super) fn fill_half(&mut self) {
        if self.count < 32 {
            self.fill();
        }
    }

    /// The next bits; those that a fill made available are right.
    #[inline(always)]
    pub(super) fn peek(&self) -> u32 {
        self.value as u32
    }

    /// Uses up bits.
    #[inline(always)]
    pub(super) fn skip(&mut self, bits: u32) {
        self.value >>= bits;
        self.count -= bits.cast_signed();
    }

    /// A number of up to 31 bits that are available.
    #[inline(always)]
    pub(super) fn filled_number(&mut self, bits: u32) -> u32 {
        let number = self.peek() & ((1 << bits) - 1);
        self.skip(bits);
        number
    }

    /// A number of up to 31 bits.
    #[inline]
    pub(super) fn number(&mut self, bits: u32) -> u32 {
        self.fill_half();
        self.filled_number(bits)
    }

    pub(super) fn flag(&mut self) -> bool {
        self.number(1) != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_the_end_shows() {
        let data: Vec<u8> = (0..40).map(|i| (i * 77 + 5) as u8).collect();
        let bit = |at: usize| u32::from(data[at / 8] >> (at % 8) & 1);
        let mut reader = BitReader::new(&data);
        let mut at = 0;
        for bits in (1..=31).cycle() {
            if at + bits > 8 * data.len() {
                break;
            }
            let expected = (0..bits).fold(0, |sum, i| sum | bit(at + i) << i);
            assert_eq!(reader.number(bits as u32), expected);
            at += bits;
            assert!(!reader.is_exhausted());
        }
        reader.number((8 * data.len() - at) as u32);
        assert!(!reader.is_exhausted());
        assert_eq!(reader.number(1), 0);
        assert!(reader.is_exhausted());
        reader.fill();
        assert!(reader.is_exhausted());
    }
}
