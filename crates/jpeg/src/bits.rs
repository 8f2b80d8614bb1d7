//! Entropy-coded segments as bits (T.81, F.2.2.5), and the markers between them (E.2.4).

/// Bits of one entropy-coded segment after another. A segment that is over gives zeros.
#[derive(Clone, Copy)]
pub(crate) struct Bits<'a> {
    data: &'a [u8],
    /// Of the next byte that is not yet in `window`; stays on the marker that ends the segment.
    at: usize,
    /// The next bit is the highest.
    window: u64,
    /// How many bits of `window` are filled, padding included.
    count: u32,
    /// How many zeros were appended after the end of the segment.
    padding: u32,
}

impl<'a> Bits<'a> {
    pub(crate) fn new(data: &'a [u8], at: usize) -> Self {
        Self { data, at, window: 0, count: 0, padding: 0 }
    }

    /// Fills up to at least 33 bits: a Huffman code of 16 and what may follow it.
    #[inline(always)]
    pub(crate) fn refill(&mut self) {
        if self.count <= 32 {
            if let Some(word) = self.data.get(self.at..self.at + 4).and_then(<[u8]>::first_chunk) {
                let word = u32::from_be_bytes(*word);
                // No byte is 0xFF: none of the complement is zero.
                if (!word).wrapping_sub(0x0101_0101) & word & 0x8080_8080 == 0 {
                    self.window |= u64::from(word) << (32 - self.count);
                    self.count += 32;
                    self.at += 4;
                    return;
                }
            }
            *self = self.refilled();
        }
    }

    /// By value, so that the callers' copies may live in registers.
    #[cold]
    #[inline(never)]
    fn refilled(mut self) -> Self {
        while self.count <= 56 {
            let byte = self.byte().unwrap_or_else(|| {
                self.padding = self.padding.saturating_add(8);
                0
            });
            self.window |= u64::from(byte) << (56 - self.count);
            self.count += 8;
        }
        self
    }

    /// The next byte of the segment; none at a marker or the end of the file.
    fn byte(&mut self) -> Option<u8> {
        let byte = *self.data.get(self.at)?;
        if byte != 0xFF {
            self.at += 1;
            return Some(byte);
        }
        // Any number of fill bytes, then a zero where 0xFF was meant as data.
        let fill = self.data[self.at..].iter().take_while(|byte| **byte == 0xFF).count();
        if self.data.get(self.at + fill) == Some(&0) {
            self.at += fill + 1;
            Some(0xFF)
        } else {
            None
        }
    }

    /// The next `COUNT` bits, of which there are enough after [`Self::refill`].
    #[inline(always)]
    pub(crate) fn peek<const COUNT: u32>(&self) -> usize {
        (self.window >> (64 - COUNT)) as usize
    }

    #[inline(always)]
    pub(crate) fn skip(&mut self, count: u32) {
        self.window <<= count & 63;
        self.count = self.count.wrapping_sub(count);
    }

    /// At most 16 bits as a number; no more than are filled.
    #[inline(always)]
    pub(crate) fn take(&mut self, count: u32) -> u32 {
        // Two shifts, as a shift by 64 is none.
        let value = (self.window >> 1 >> (63 - (count & 31))) as u32;
        self.skip(count);
        value
    }

    /// One bit, filled up if needed.
    #[inline(always)]
    pub(crate) fn bit(&mut self) -> bool {
        self.refill();
        self.take(1) != 0
    }

    /// Whether bits were taken that the segment does not have.
    #[inline(always)]
    pub(crate) fn exhausted(&self) -> bool {
        self.padding > self.count
    }

    /// Whether the file is over.
    pub(crate) fn at_end(&self) -> bool {
        next_marker(self.data, self.at).is_none_or(|(_, marker)| marker == 0xD9)
    }

    /// Where the segment's next marker is looked for: the bits that are left are padding.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Forgets what is left of the segment and goes over restart marker `expected` (0 to 7) to the next.
    ///
    /// A marker that is missing or wrong is met as libjpeg does: one of the next two restart markers, or one of
    /// another kind, stays, so that this segment is empty; the last two are passed over; any other counts as the
    /// right one.
    pub(crate) fn restart(&mut self, expected: u8) -> Restart {
        self.window = 0;
        self.count = 0;
        self.padding = 0;
        let mut clean = true;
        loop {
            let Some((at, marker)) = next_marker(self.data, self.at) else {
                self.at = self.data.len();
                return Restart::Empty;
            };
            clean &= at == self.at;
            self.at = at;
            match marker {
                0xD0..=0xD7 => {
                    let ahead = marker.wrapping_sub(0xD0).wrapping_sub(expected) & 7;
                    match ahead {
                        1 | 2 => return Restart::Empty,
                        6 | 7 => self.at += 2,
                        _ => {
                            self.at += 2;
                            let right = clean && ahead == 0;
                            return if right { Restart::Right } else { Restart::Wrong };
                        }
                    }
                }
                0xC0..=0xFE => return Restart::Empty,
                _ => self.at += 2,
            }
            clean = false;
        }
    }
}

/// How a segment begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Restart {
    /// After the marker that was expected.
    Right,
    /// After another, or after bytes that belong nowhere.
    Wrong,
    /// There is nothing in it: its marker is missing.
    Empty,
}

/// The next marker at or after `at`, with where its last 0xFF is.
pub(crate) fn next_marker(data: &[u8], mut at: usize) -> Option<(usize, u8)> {
    loop {
        at += data.get(at..)?.iter().position(|byte| *byte == 0xFF)?;
        match *data.get(at + 1)? {
            0xFF => at += 1,
            0 => at += 2,
            marker => return Some((at, marker)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stuffing_is_undone_and_markers_end_a_segment() {
        let data = [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xFF, 0x00, 0x56, 0xFF, 0xD3, 0x78, 0xFF, 0xD9];
        let mut bits = Bits::new(&data, 0);
        let mut bytes = Vec::new();
        for _ in 0..5 {
            assert!(!bits.exhausted());
            bits.refill();
            bytes.push(bits.take(8));
        }
        assert_eq!(bytes, [0x12, 0xFF, 0x34, 0xFF, 0x56]);
        assert!(!bits.exhausted());
        bits.refill();
        assert_eq!(bits.take(0), 0);
        assert_eq!(bits.take(16), 0);
        assert!(bits.exhausted());
        assert_eq!(bits.restart(3), Restart::Right);
        bits.refill();
        assert_eq!(bits.take(8), 0x78);
        assert!(!bits.exhausted());
        assert_eq!(bits.restart(4), Restart::Empty);
        assert_eq!(next_marker(&data, bits.position()), Some((11, 0xD9)));
    }

    #[test]
    fn lost_restart_markers_are_met_as_libjpeg_does() {
        for (expected, found, end, result) in [
            (0, 0xD0, 3, Restart::Right),
            (0, 0xD1, 1, Restart::Empty),
            (0, 0xD2, 1, Restart::Empty),
            (0, 0xD3, 3, Restart::Wrong),
            (0, 0xD5, 3, Restart::Wrong),
            // Passed over, up to the end marker.
            (0, 0xD6, 4, Restart::Empty),
            (7, 0xD0, 1, Restart::Empty),
            (7, 0xD9, 1, Restart::Empty),
        ] {
            let data = [0x11, 0xFF, found, 0x22, 0xFF, 0xD9];
            let mut bits = Bits::new(&data, 1);
            assert_eq!(bits.restart(expected), result);
            assert_eq!(bits.position(), end, "{expected} {found:x}");
        }
    }
}
