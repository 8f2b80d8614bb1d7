//! What a match finder finds in a block: literals, and sequences with offsets already in the format's terms.

use alloc::vec::Vec;

use crate::codes::FIRST_OFFSETS;

/// Most bytes of a block.
pub(crate) const BLOCK: usize = 128 * 1024;
/// Copies of literals may write this much past their end.
const SLACK: usize = 32;

/// Literals, then a match.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Sequence {
    /// `Offset_Value`: 1 to 3 repeat, else the distance and 3.
    pub(crate) offset: u32,
    pub(crate) literals: u32,
    pub(crate) length: u32,
}

/// The sequences of one block.
pub(crate) struct Store {
    literals: Vec<u8>,
    used: usize,
    pub(crate) sequences: Vec<Sequence>,
    /// The offsets that repeat codes mean now (RFC 8878, 3.1.1.5).
    pub(crate) offsets: [u32; 3],
}

impl Store {
    pub(crate) fn new() -> Self {
        Self { literals: Vec::new(), used: 0, sequences: Vec::new(), offsets: FIRST_OFFSETS }
    }

    /// Empties the store for a block of at most `size` bytes.
    pub(crate) fn clear(&mut self, size: usize) {
        self.used = 0;
        self.sequences.clear();
        if self.literals.len() < size + SLACK {
            self.literals.resize(size + SLACK, 0);
        }
    }

    pub(crate) fn literals(&self) -> &[u8] {
        &self.literals[..self.used]
    }

    /// Adds the `literals` bytes of `buf` from `at` on, without a match.
    pub(crate) fn tail(&mut self, buf: &[u8], at: usize, literals: usize) {
        let end = self.used + literals;
        self.literals[self.used..end].copy_from_slice(&buf[at..at + literals]);
        self.used = end;
    }

    /// Adds `literals` bytes of `buf` from `at` on and a match of `length` from `distance` back.
    #[inline(always)]
    pub(crate) fn push(
        &mut self,
        buf: &[u8],
        at: usize,
        literals: usize,
        distance: u32,
        length: usize,
    ) {
        debug_assert!(length >= 3, "a match has three bytes at least");
        let source = buf.get(at..).and_then(|rest| rest.first_chunk::<16>());
        let target = self.literals.get_mut(self.used..).and_then(|rest| rest.first_chunk_mut());
        if let (true, Some(source), Some(target)) = (literals <= 16, source, target) {
            *target = *source;
            self.used += literals;
        } else {
            self.copy(buf, at, literals);
        }
        let offset = self.offset_value(distance, literals == 0);
        self.sequences.push(Sequence { offset, literals: literals as u32, length: length as u32 });
    }

    #[inline(never)]
    fn copy(&mut self, buf: &[u8], at: usize, literals: usize) {
        let source = &buf[at..at + literals];
        let target = &mut self.literals[self.used..self.used + literals];
        let (from, rest) = source.as_chunks::<16>();
        let (to, last) = target.as_chunks_mut::<16>();
        for (to, from) in to.iter_mut().zip(from) {
            *to = *from;
        }
        last.copy_from_slice(rest);
        self.used += literals;
    }

    /// The value that means `distance`, and the history after it.
    #[inline(always)]
    fn offset_value(&mut self, distance: u32, after_match: bool) -> u32 {
        let [first, second, third] = self.offsets;
        let after = u32::from(after_match);
        if distance == first && !after_match {
            return 1;
        }
        if distance == second {
            self.offsets = [second, first, third];
            return 2 - after;
        }
        self.offsets = [distance, first, second];
        if distance == third {
            return 3 - after;
        }
        if after_match && distance == first.wrapping_sub(1) {
            return 3;
        }
        distance + 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8878, 3.1.1.5, from the decoder's side.
    fn decode(offsets: &mut [u32; 3], value: u32, literals: u32) -> u32 {
        let distance = match value + u32::from(literals == 0) {
            _ if value > 3 => value - 3,
            1 => offsets[0],
            2 => offsets[1],
            3 => offsets[2],
            _ => offsets[0] - 1,
        };
        match value + u32::from(literals == 0) {
            1 if value <= 3 => {}
            2 if value <= 3 => offsets.swap(0, 1),
            _ => *offsets = [distance, offsets[0], offsets[1]],
        }
        distance
    }

    #[test]
    fn offsets_mean_what_a_decoder_takes_them_for() {
        let buf = [0; 64];
        let mut store = Store::new();
        store.clear(BLOCK);
        let mut theirs = FIRST_OFFSETS;
        let mut state = 1_u32;
        for _ in 0..10_000 {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let distance = 1 + (state >> 24) % 9;
            let literals = (state >> 16) & 1;
            store.push(&buf, 0, literals as usize, distance, 4);
            let sequence = *store.sequences.last().unwrap();
            assert_eq!(decode(&mut theirs, sequence.offset, literals), distance);
            assert_eq!(theirs, store.offsets);
        }
    }
}
