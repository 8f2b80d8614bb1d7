//! Copying literals and matches: in steps of 16 bytes, which may write past the end, so that short copies are
//! one load and one store.

/// Copies may write this many bytes past their end.
pub(super) const SLACK: usize = 32;

/// Copies 16 bytes from `from` of one slice to `to` of another; nothing where they are not there.
#[inline(always)]
fn sixteen(target: &mut [u8], to: usize, source: &[u8], from: usize) {
    if let (Some(target), Some(source)) =
        (target.get_mut(to..to.wrapping_add(16)), source.get(from..from.wrapping_add(16)))
    {
        target.copy_from_slice(source);
    }
}

/// Copies 16 bytes within a slice as if through a buffer.
#[inline(always)]
fn sixteen_within(bytes: &mut [u8], to: usize, from: usize) {
    let Some(source) = bytes.get(from..from.wrapping_add(16)) else { return };
    let Ok(source) = <[u8; 16]>::try_from(source) else { return };
    if let Some(target) = bytes.get_mut(to..to.wrapping_add(16)) {
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
        let mut done = 16;
        while done < len {
            sixteen_within(bytes, to + done, from + done);
            done += 16;
        }
    } else {
        repeat_near(bytes, to, offset, len);
    }
}

/// The same for offsets below 16, where source and target overlap.
#[inline]
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
    // The first `offset` bytes, repeated over a word by a multiplication.
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
