//! Entropy-coded segments as bits (T.81, F.2.2.5), and the markers between them (E.2.4).

use bytemill_simd::U8x16;

/// How many bytes are made ready at a time.
const READY: usize = 2048;
/// Most bytes of a block: 64 codes of 16 bits with 15 of a value behind each.
const BLOCK: usize = 64 * 4;

/// Bytes without stuffing, the next one last: eight of them are a number whose highest bit comes next. So many more that an
/// index needs no check.
type Ready = [u8; READY + 8];

/// Entropy-coded segments, one after another. A segment that is over gives zeros.
pub(crate) struct Bits<'a> {
    data: &'a [u8],
    /// Of the next byte that is not yet ready; stays on the marker that ends the segment.
    at: usize,
    ready: Box<Ready>,
    /// How many zeros were appended after the end of the segment.
    padding: usize,
    pub(crate) place: Place,
}

/// Where a segment is read.
#[derive(Clone, Copy, Default)]
pub(crate) struct Place {
    /// How many bytes are ready that are not all in `window`.
    left: usize,
    /// The next bit is the highest. Those behind the first `count` are either zeros or what will be filled in.
    window: u64,
    /// How many bits of `window` are filled, padding included.
    count: u32,
}

/// Reads a few blocks; whoever is done with it puts its place back. As nothing points to it, it lives in registers.
#[derive(Clone, Copy)]
pub(crate) struct Cursor<'r> {
    ready: &'r Ready,
    pub(crate) place: Place,
}

impl Cursor<'_> {
    /// Fills up to at least 56 bits.
    #[inline(always)]
    pub(crate) fn refill(&mut self) {
        let Place { left, window, count } = &mut self.place;
        let next = self.ready.get(left.wrapping_sub(8) & (READY - 1)..);
        let Some(next) = next.and_then(<[u8]>::first_chunk) else { return };
        // No branch, which could not be foreseen: bytes that only go in in part are read again.
        *window |= u64::from_le_bytes(*next).wrapping_shr(*count);
        *left = left.wrapping_sub((63_u32.wrapping_sub(*count) >> 3) as usize);
        // At least 7 bytes of 8, and what is left of one.
        *count |= 7 << 3;
    }

    /// The next `COUNT` bits, of which there are enough after [`Self::refill`].
    #[inline(always)]
    pub(crate) fn peek<const COUNT: u32>(&self) -> usize {
        (self.place.window >> (64 - COUNT)) as usize
    }

    #[inline(always)]
    pub(crate) fn skip(&mut self, count: u32) {
        self.place.window <<= count & 63;
        self.place.count = self.place.count.wrapping_sub(count);
    }

    /// At most 16 bits as a number; no more than are filled.
    #[inline(always)]
    pub(crate) fn take(&mut self, count: u32) -> u32 {
        // Two shifts, as a shift by 64 is none.
        let value = (self.place.window >> 1 >> (63 - (count & 31))) as u32;
        self.skip(count);
        value
    }

    /// One bit, filled up if needed.
    #[inline(always)]
    pub(crate) fn bit(&mut self) -> bool {
        if self.place.count == 0 {
            self.refill();
        }
        self.take(1) != 0
    }
}

impl<'a> Bits<'a> {
    pub(crate) fn new(data: &'a [u8], at: usize) -> Self {
        Self { data, at, ready: Box::new([0; READY + 8]), padding: 0, place: Place::default() }
    }

    /// Makes up to 4 blocks ready.
    #[inline(always)]
    pub(crate) fn blocks(&mut self, count: usize) -> Cursor<'_> {
        // And what is looked at behind them.
        if self.place.left < count * BLOCK + 8 {
            self.fill();
        }
        Cursor { ready: &self.ready, place: self.place }
    }

    #[cold]
    #[inline(never)]
    fn fill(&mut self) {
        let mut to = READY - self.place.left;
        self.ready.copy_within(..self.place.left, to);
        self.place.left = READY;
        let ones = U8x16::splat(0xFF);
        while to > 0 {
            let bytes = self.data.get(self.at..).and_then(<[u8]>::first_chunk);
            let target = self.ready[..to].last_chunk_mut();
            if let (Some(bytes), Some(target)) = (bytes, target) {
                let bytes = U8x16::load(bytes);
                bytes.reverse().store(target);
                let plain = bytes.equal(ones).mask().trailing_zeros() as usize;
                self.at += plain;
                to -= plain;
                if plain == 16 {
                    continue;
                }
            }
            let Some(byte) = self.byte() else { break };
            to -= 1;
            self.ready[to] = byte;
        }
        self.ready[..to].fill(0);
        self.padding = self.padding.saturating_add(to);
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

    /// Bits that are ready, padding included.
    #[inline(always)]
    pub(crate) fn unread(&self) -> usize {
        8 * self.place.left + self.place.count as usize
    }

    /// Whether bits were taken that the segment does not have.
    #[inline(always)]
    pub(crate) fn exhausted(&self) -> bool {
        self.padding > self.unread() / 8
    }

    /// Whether the file is over.
    pub(crate) fn at_end(&self) -> bool {
        next_marker(self.data, self.at).is_none_or(|(_, marker)| marker == 0xD9)
    }

    /// Where the segment's next marker is looked for: there is none in the bytes that are ready.
    pub(crate) fn position(&self) -> usize {
        self.at
    }

    /// Forgets what is left of the segment and goes over restart marker `expected` (0 to 7) to the next.
    ///
    /// A marker that is missing or wrong is met as libjpeg does: one of the next two restart markers, or one of
    /// another kind, stays, so that this segment is empty; the last two are passed over; any other counts as the
    /// right one.
    pub(crate) fn restart(&mut self, expected: u8) -> Restart {
        // As many bytes too many as a reader that looks ahead passes over.
        let mut clean = self.unread() / 8 < self.padding.saturating_add(8);
        self.padding = 0;
        self.place = Place::default();
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

    fn take(bits: &mut Bits<'_>, count: u32) -> u32 {
        let mut cursor = bits.blocks(1);
        cursor.refill();
        let value = cursor.take(count);
        bits.place = cursor.place;
        value
    }

    /// More than is ready at once, with stuffing at every distance.
    #[test]
    fn long_segments_are_read_to_their_end() {
        let byte = |i: usize| if i.is_multiple_of(i / 100 + 1) { 0xFF } else { (i * 7) as u8 };
        let plain: Vec<u8> = (0..10_000).map(byte).collect();
        let mut data = Vec::new();
        for byte in &plain {
            data.push(*byte);
            data.extend((*byte == 0xFF).then_some(0));
        }
        data.extend([0xFF, 0xD0]);
        let mut bits = Bits::new(&data, 0);
        for byte in &plain {
            assert_eq!(take(&mut bits, 3) << 5 | take(&mut bits, 5), u32::from(*byte));
        }
        assert!(!bits.exhausted());
        assert_eq!(take(&mut bits, 9), 0);
        assert!(bits.exhausted());
        assert_eq!(bits.restart(0), Restart::Right);
    }

    #[test]
    fn stuffing_is_undone_and_markers_end_a_segment() {
        let data = [0x12, 0xFF, 0x00, 0x34, 0xFF, 0xFF, 0x00, 0x56, 0xFF, 0xD3, 0x78, 0xFF, 0xD9];
        let mut bits = Bits::new(&data, 0);
        let mut bytes = Vec::new();
        for _ in 0..5 {
            assert!(!bits.exhausted());
            bytes.push(take(&mut bits, 8));
        }
        assert_eq!(bytes, [0x12, 0xFF, 0x34, 0xFF, 0x56]);
        assert!(!bits.exhausted());
        assert_eq!(take(&mut bits, 0), 0);
        assert_eq!(take(&mut bits, 16), 0);
        assert!(bits.exhausted());
        assert_eq!(bits.restart(3), Restart::Right);
        assert_eq!(take(&mut bits, 8), 0x78);
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
