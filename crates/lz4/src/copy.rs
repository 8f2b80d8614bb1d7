//! Copies in steps of 16 bytes, which compile to one load and one store each. They may write up to [`SLACK`] bytes past
//! what was asked for, so callers keep that much room; a call of `memmove` costs more than most copies of LZ4 are long.

use alloc::collections::TryReserveError;
use alloc::vec::Vec;

/// What a copy may write past its end.
pub(crate) const SLACK: usize = 16;
/// From here on `memmove` is faster.
const LONG: usize = 256;
/// What a vector grows by at least: little enough to be in the cache still when it is written.
const STEP: usize = 64 << 10;

#[inline]
pub(crate) fn load<const N: usize>(bytes: &[u8], at: usize) -> [u8; N] {
    let mut value = [0; N];
    value.copy_from_slice(&bytes[at..at + N]);
    value
}

#[inline]
pub(crate) fn store<const N: usize>(bytes: &mut [u8], at: usize, value: [u8; N]) {
    bytes[at..at + N].copy_from_slice(&value);
}

/// Copies `len` bytes from `from[at..]` to `to[to_at..]`. `to` has [`SLACK`] bytes to spare.
#[inline]
pub(crate) fn copy(from: &[u8], at: usize, to: &mut [u8], to_at: usize, len: usize) {
    if len < LONG && at + len + SLACK <= from.len() {
        let mut done = 0;
        while done < len {
            store::<16>(to, to_at + done, load(from, at + done));
            done += 16;
        }
    } else {
        to[to_at..to_at + len].copy_from_slice(&from[at..at + len]);
    }
}

/// Repeats what stands `distance` bytes before `at`, 1 or more, for `len` bytes. `bytes` has [`SLACK`] bytes to spare.
#[inline]
pub(crate) fn repeat(bytes: &mut [u8], at: usize, distance: usize, len: usize) {
    let (mut done, mut distance) = (0, distance);
    if distance < 16 {
        if distance == 1 && len >= LONG {
            let byte = bytes[at - 1];
            return bytes[at..at + len].fill(byte);
        }
        let piece = &mut bytes[at - distance..at + 16];
        for to in distance..distance + 16 {
            piece[to] = piece[to - distance];
        }
        // What was just written repeats as well at any multiple of the distance.
        distance *= MULTIPLE[distance & 15] as usize;
        done = 16;
    } else if len >= LONG && distance >= len {
        return bytes.copy_within(at - distance..at - distance + len, at);
    }
    while done < len {
        let value = load::<16>(bytes, at + done - distance);
        store(bytes, at + done, value);
        done += 16;
    }
}

/// For each distance below 16 the least multiple of it that is 16 or more, as a factor.
const MULTIPLE: [u8; 16] = [0, 16, 8, 6, 4, 4, 3, 3, 2, 2, 2, 2, 2, 2, 2, 2];

/// Makes `bytes` longer than `at` by `needed` at least; `hint` is a guess at what will be needed in all.
#[cold]
#[inline(never)]
pub(crate) fn grow(
    bytes: &mut Vec<u8>,
    at: usize,
    needed: usize,
    hint: usize,
) -> Result<(), TryReserveError> {
    let len = at.saturating_add(needed.max(hint.min(STEP)));
    bytes.try_reserve(len.saturating_sub(bytes.len()))?;
    bytes.resize(len, 0);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_distance_and_length_repeats() {
        for distance in 1..70 {
            for len in (0..70).chain([255, 256, 300]) {
                let mut bytes: Vec<u8> = (0..70 + 300 + SLACK).map(|at| at as u8 ^ 0x5a).collect();
                let mut slow = bytes.clone();
                repeat(&mut bytes, 70, distance, len);
                for at in 70..70 + len {
                    slow[at] = slow[at - distance];
                }
                assert_eq!(bytes[..70 + len], slow[..70 + len], "{distance} {len}");
            }
        }
    }
}
