//! Bits of a stream that is read from its end (RFC 8878, 4.1).

/// Reads backwards, 64 bits at a time.
#[derive(Clone, Copy)]
pub(crate) struct Bits<'a> {
    bytes: &'a [u8],
    /// Where the container was loaded from.
    at: usize,
    container: u64,
    /// Bits of the container that have been read, from the top.
    used: u32,
}

/// Eight bytes at `at`, little-endian.
#[inline]
pub(crate) fn load(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    eight.try_into().ok().map(u64::from_le_bytes)
}

impl<'a> Bits<'a> {
    /// Begins below the mark, the highest set bit of the last byte. `None` where there is no mark.
    pub(crate) fn new(bytes: &'a [u8]) -> Option<Self> {
        let last = *bytes.last()?;
        if last == 0 {
            return None;
        }
        let mark = last.leading_zeros() + 1;
        if let Some(at) = bytes.len().checked_sub(8) {
            let container = load(bytes, at)?;
            return Some(Self { bytes, at, container, used: mark });
        }
        let container = bytes.iter().rev().fold(0, |bits, byte| (bits << 8) | u64::from(*byte));
        let missing = 64 - 8 * bytes.len() as u32;
        Some(Self { bytes, at: 0, container, used: mark + missing })
    }

    /// Continues where a faster loop stopped: `used` bits of the eight bytes at `at` have been read.
    pub(crate) fn resume(bytes: &'a [u8], at: usize, used: u32) -> Option<Self> {
        Some(Self { bytes, at, container: load(bytes, at)?, used })
    }

    /// The next `count` bits, up to 56; zeros and nonsense past the end, which [`Bits::ended`] tells.
    #[inline]
    pub(crate) fn peek(&self, count: u32) -> u64 {
        // In two steps, because a shift by 64 is none.
        ((self.container << (self.used & 63)) >> 1) >> (63 - count)
    }

    /// Passes over bits.
    #[inline]
    pub(crate) fn skip(&mut self, count: u32) {
        self.used += count;
    }

    /// Takes the next `count` bits.
    #[inline]
    pub(crate) fn take(&mut self, count: u32) -> u64 {
        let bits = self.peek(count);
        self.used += count;
        bits
    }

    /// Makes 57 bits available, or all that there are.
    #[inline]
    pub(crate) fn refill(&mut self) {
        let back = (self.used >> 3) as usize;
        if back <= self.at {
            self.at -= back;
            self.used &= 7;
        } else {
            self.used -= 8 * self.at as u32;
            self.at = 0;
        }
        if let Some(container) = load(self.bytes, self.at) {
            self.container = container;
        }
    }

    /// Whether more bits were read than there were.
    #[inline]
    pub(crate) fn overrun(&self) -> bool {
        self.at == 0 && self.used > 64
    }

    /// Whether exactly all bits were read.
    pub(crate) fn ended(&self) -> bool {
        self.at == 0 && self.used == 64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All bits below the mark, first read first.
    fn obvious(bytes: &[u8]) -> Vec<u8> {
        let mut bits: Vec<u8> =
            bytes.iter().flat_map(|byte| (0..8).map(move |bit| (byte >> bit) & 1)).collect();
        while bits.pop() == Some(0) {}
        bits.reverse();
        bits
    }

    #[test]
    fn reads_what_the_obvious_way_reads() {
        for len in 1..40_u8 {
            let bytes: Vec<u8> =
                (0..len).map(|i| i.wrapping_mul(73).wrapping_add(len) | 1).collect();
            let expected = obvious(&bytes);
            let mut bits = Bits::new(&bytes).unwrap();
            let mut at = 0;
            for count in (0..=13).cycle() {
                if at + count > expected.len() {
                    break;
                }
                bits.refill();
                let value = expected[at..at + count]
                    .iter()
                    .fold(0, |value, bit| (value << 1) | u64::from(*bit));
                assert_eq!(bits.take(count as u32), value, "{len} bytes, bit {at}");
                at += count;
            }
            bits.refill();
            bits.take((expected.len() - at) as u32);
            assert!(bits.ended() && !bits.overrun());
            bits.take(1);
            assert!(bits.overrun() && !bits.ended());
        }
    }

    #[test]
    fn needs_a_mark() {
        assert!(Bits::new(&[]).is_none() && Bits::new(&[1, 0]).is_none());
        assert!(Bits::new(&[1]).unwrap().ended());
    }
}
