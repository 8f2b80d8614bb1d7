//! Copying literals and matches: in steps of 16 bytes, which may write past the end, so that short copies are
//! one load and one store.

/// Copies may write this many bytes past their end.
pub(super) const SLACK: usize = 32;

/// No slice is longer; masked positions tell the compiler that what it adds to them does not overflow.
const MASK: usize = usize::MAX >> 1;

/// Copies 16 bytes from `from` of one slice to `to` of another; nothing where they are not there.
#[inline(always)]
fn sixteen(target: &mut [u8], to: usize, source: &[u8], from: usize) {
    let (to, from) = (to & MASK, from & MASK);
    if let (Some(target), Some(source)) = (target.get_mut(to..to + 16), source.get(from..from + 16))
    {
        target.copy_from_slice(source);
    }
}

/// Copies 16 bytes within a slice as if through a buffer.
#[inline(always)]
fn sixteen_within(bytes: &mut [u8], to: usize, from: usize) {
    let (to, from) = (to & MASK, from & MASK);
    let Some(source) = bytes.get(from..from + 16) else { return };
    let Ok(source) = <[u8; 16]>::try_from(source) else { return };
    if let Some(target) = bytes.get_mut(to..to + 16) {
        target.copy_from_slice(&source);
    }
}

/// Copies `len` literals. Both slices go on for [`SLACK`] bytes after them.
#[inline(always)]
pub(super) fn literals(target: &mut [u8], to: usize, source: &[u8], from: usize, len: usize) {
    sixteen(target, to, source, from);
    let mut done = 16;
    while done < len {
        sixteen(target, to + done, source, from + done);
        done += 16;
    }
}

/// Copies a match of `len` bytes to `to` from `offset` bytes before; `offset` is neither 0 nor more than `to`.
#[inline(always)]
pub(super) fn repeat(bytes: &mut [u8], to: usize, offset: usize, len: usize) {
    if offset >= 16 {
        let from = to.wrapping_sub(offset);
        sixteen_within(bytes, to, from);
        sixteen_within(bytes, to + 16, from + 16);
        let mut done = 32;
        while done < len {
            sixteen_within(bytes, to + done, from + done);
            sixteen_within(bytes, to + done + 16, from + done + 16);
            done += 32;
        }
    } else {
        repeat_near(bytes, to, offset, len);
    }
}

/// Factors that repeat the lowest bytes of a word, as many as the index, over all of it.
const PATTERNS: [u64; 8] = {
    let mut patterns = [1; 8];
    let mut offset = 1;
    while offset < 8 {
        let mut at = offset;
        while at < 8 {
            patterns[offset] |= 1 << (8 * at);
            at += offset;
        }
        offset += 1;
    }
    patterns
};

/// The same for offsets below 16, where source and target overlap.
#[inline(always)]
fn repeat_near(bytes: &mut [u8], to: usize, offset: usize, len: usize) {
    let from = to.wrapping_sub(offset);
    let eight = |bytes: &[u8], at: usize| {
        bytes.get(at..at.wrapping_add(8)).and_then(|eight| eight.try_into().ok())
    };
    let mut done = 0;
    if offset >= 8 {
        while done < len {
            let word: [u8; 8] = eight(bytes, from + done).unwrap_or_default();
            if let Some(target) = bytes.get_mut(to + done..to.wrapping_add(done + 8)) {
                target.copy_from_slice(&word);
            }
            done += 8;
        }
        return;
    }
    // The first `offset` bytes, repeated over a word.
    let word = u64::from_le_bytes(eight(bytes, from).unwrap_or_default());
    let first = word & ((1_u64 << (8 * (offset & 7))) - 1);
    let word = first.wrapping_mul(PATTERNS[offset & 7]).to_le_bytes();
    // As many bytes as are whole repetitions.
    let step = [8, 8, 8, 6, 8, 5, 6, 7][offset & 7];
    while done < len {
        if let Some(target) = bytes.get_mut(to + done..to.wrapping_add(done + 8)) {
            target.copy_from_slice(&word);
        }
        done += step;
    }
}

/// A match of `len` bytes that starts with `tail`, the end of a dictionary, and may go on at the start of the
/// history.
pub(super) fn across(history: &mut [u8], to: usize, tail: &[u8], len: usize) {
    if let Some(target) = history.get_mut(to..to + tail.len()) {
        target.copy_from_slice(tail);
    }
    for from in 0..len.saturating_sub(tail.len()) {
        let byte = history.get(from).copied().unwrap_or_default();
        if let Some(target) = history.get_mut(to + tail.len() + from) {
            *target = byte;
        }
    }
}

/// Most literals of a short sequence.
const SHORT_LITERALS: usize = 16;
/// Longest match of a short sequence, and its least offset.
const SHORT_MATCH: usize = 32;

/// Where a sequence reads and writes.
#[derive(Clone, Copy)]
pub(super) struct Places {
    /// Where in the history its literals go, below 2^31.
    pub(super) at: usize,
    /// Where the literals are, below 2^31.
    pub(super) literals_at: usize,
    pub(super) literals: usize,
    pub(super) offset: usize,
    pub(super) len: usize,
}

/// Carries out a sequence if it is short, as most are: three loads and three stores, and no more tests than
/// they need. Up to [`SLACK`] bytes more than there are may be used as literals, which has to be noticed at the
/// end of the block.
#[inline(always)]
pub(super) fn short(history: &mut [u8], literals: &[u8], places: Places) -> bool {
    let Places { at, literals_at, offset, .. } = places;
    let match_at = at + places.literals;
    if places.literals > SHORT_LITERALS
        || places.len > SHORT_MATCH
        || offset < SHORT_MATCH
        || offset > match_at
    {
        return false;
    }
    let from = (match_at - offset) & MASK;
    let Some(source) = literals.get(literals_at..literals_at + SHORT_LITERALS) else {
        return false;
    };
    let Some(target) = history.get_mut(at..at + SHORT_LITERALS) else { return false };
    target.copy_from_slice(source);
    let Some(source) = history.get(from..from + SHORT_MATCH) else { return false };
    let Ok(source) = <[u8; SHORT_MATCH]>::try_from(source) else { return false };
    let Some(target) = history.get_mut(match_at..match_at + SHORT_MATCH) else { return false };
    target.copy_from_slice(&source);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a sequence gives, byte by byte.
    fn slow(mut bytes: Vec<u8>, literals: &[u8], offset: usize, len: usize) -> Vec<u8> {
        bytes.extend_from_slice(literals);
        for _ in 0..len {
            bytes.push(bytes[bytes.len() - offset]);
        }
        bytes
    }

    #[test]
    fn every_offset_and_length() {
        let before: Vec<u8> = (0..90_u8).map(|i| i.wrapping_mul(37)).collect();
        let literals: Vec<u8> = (100..200_u8).collect();
        for literals_len in [0, 1, 15, 16, 17, 31, 32, 33, 50] {
            for offset in 1..=before.len() {
                for len in (3..70).chain([100, 300]) {
                    let expected = slow(before.clone(), &literals[..literals_len], offset, len);
                    let mut bytes = before.clone();
                    bytes.resize(expected.len() + SLACK, 0);
                    let at = before.len();
                    let places = Places { at, literals_at: 0, literals: literals_len, offset, len };
                    let done = short(&mut bytes, &literals, places);
                    assert_eq!(done, literals_len <= 16 && offset >= 32 && len <= 32);
                    if !done {
                        super::literals(&mut bytes, at, &literals, 0, literals_len);
                        repeat(&mut bytes, at + literals_len, offset, len);
                    }
                    assert!(bytes[..expected.len()] == expected, "{literals_len} {offset} {len}");
                }
            }
        }
    }

    #[test]
    fn dictionaries_run_into_the_history() {
        let mut bytes = b"history....................".to_vec();
        across(&mut bytes, 7, b"tail", 4 + 7 + 4);
        assert_eq!(&bytes[..22], b"historytailhistorytail");
        across(&mut bytes, 7, b"tail", 3);
        assert_eq!(&bytes[..11], b"historytail");
    }
}
