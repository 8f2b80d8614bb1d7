//! CRC-32 as in RFC 1952, section 8: reflected polynomial 0xEDB88320.

use std::sync::OnceLock;

/// Bytes that the tables take in one step.
const SLICES: usize = 8;

/// `TABLES[k][b]` is what byte `b` contributes when `k` more bytes follow. Computed at first use: in the
/// module these would be 8 KiB that no compressor makes smaller.
static TABLES: OnceLock<[[u32; 256]; SLICES]> = OnceLock::new();

fn tables() -> &'static [[u32; 256]; SLICES] {
    TABLES.get_or_init(|| {
        let mut tables = [[0; 256]; SLICES];
        for byte in 0..256_u32 {
            let mut value = byte;
            for _ in 0..8 {
                value = value >> 1 ^ 0xEDB8_8320 & (value & 1).wrapping_neg();
            }
            tables[0][byte as usize] = value;
        }
        for slice in 1..SLICES {
            for byte in 0..256 {
                let before = tables[slice - 1][byte];
                tables[slice][byte] = before >> 8 ^ tables[0][(before & 255) as usize];
            }
        }
        tables
    })
}

/// CRC-32 of `bytes` put after those whose CRC-32 is `seed`; the CRC-32 of nothing is 0.
///
/// Linear; from 16 KiB on the work is all but free of table look-ups.
pub fn crc32(bytes: &[u8], seed: u32) -> u32 {
    let tables = tables();
    if bytes.len() < FOLD_FROM {
        !by_table(tables, bytes, !seed)
    } else {
        folded(tables, bytes, seed)
    }
}

/// Takes the register over `bytes`, without the inversions at both ends.
fn by_table(tables: &[[u32; 256]; SLICES], bytes: &[u8], mut register: u32) -> u32 {
    let (words, rest) = bytes.as_chunks::<SLICES>();
    for word in words {
        let low = u32::from_le_bytes([word[0], word[1], word[2], word[3]]) ^ register;
        let at = |slice: usize, byte: u32| tables[slice][(byte & 255) as usize];
        register = at(7, low) ^ at(6, low >> 8) ^ at(5, low >> 16) ^ at(4, low >> 24);
        for (slice, &byte) in word[4..].iter().rev().enumerate() {
            register ^= tables[slice][usize::from(byte)];
        }
    }
    for &byte in rest {
        register = register >> 8 ^ tables[0][((register ^ u32::from(byte)) & 255) as usize];
    }
    register
}

// Folding with a sparse multiple of the polynomial. x^300 + x^155 + x^117 + x^89 + 1 is one (the only one of
// five terms up to degree 300), and since squaring is linear over GF(2), so is the same sum with x^128 for x. A
// word of 16 bytes may therefore be cleared if it is added to the words 145, 183, 211 and 300 places further:
// four exclusive ors on vectors instead of sixteen look-ups. What is left is as long as the lookback, and
// goes through the tables. Slicing alone is three to five times slower on long inputs.

/// Halves of words, the unit below.
const HALF: usize = 8;
/// Distances in halves from a word to those that it is made of.
const LAGS: [usize; 4] = [2 * 145, 2 * 183, 2 * 211, 2 * 300];
/// How far back the longest goes.
const BACK: usize = LAGS[3];
/// Halves worked on at once: less than the shortest lag, so that none needs another of the same step.
const STEP: usize = 256;
/// Steps between two moves of the lookback to the front.
const STEPS: usize = 5;
/// Inputs shorter than this are faster by table alone.
const FOLD_FROM: usize = 16 * 1024;

fn folded(tables: &[[u32; 256]; SLICES], bytes: &[u8], seed: u32) -> u32 {
    let (halves, rest) = bytes.as_chunks::<HALF>();
    // What precedes the input is nothing, and the register is part of the input's first word.
    let mut folds = [0_u64; BACK + STEPS * STEP];
    let mut first = u64::from(!seed);
    let (mut at, mut done) = (BACK, 0);
    while halves.len() - done >= STEP + BACK {
        if at == folds.len() {
            folds.copy_within(at - BACK.., 0);
            at = BACK;
        }
        let (before, now) = folds.split_at_mut(at);
        let [a, b, c, d] = LAGS.map(|lag| &before[at - lag..][..STEP]);
        let input = &halves[done..][..STEP];
        let now = &mut now[..STEP];
        for i in 0..STEP {
            now[i] = u64::from_le_bytes(input[i]) ^ a[i] ^ b[i] ^ c[i] ^ d[i];
        }
        now[0] ^= core::mem::take(&mut first);
        at += STEP;
        done += STEP;
    }
    // The last words stay, with what those before them add.
    let mut left = [[0; HALF]; BACK];
    for (i, (left, half)) in left.iter_mut().zip(&halves[done..]).enumerate() {
        let mut value = u64::from_le_bytes(*half);
        for lag in LAGS {
            if i < lag {
                value ^= folds[at + i - lag];
            }
        }
        *left = value.to_le_bytes();
    }
    let register = by_table(tables, left.as_flattened(), 0);
    let register = by_table(tables, halves[done + BACK..].as_flattened(), register);
    !by_table(tables, rest, register)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(bytes: &[u8], seed: u32) -> u32 {
        let mut register = !seed;
        for &byte in bytes {
            register ^= u32::from(byte);
            for _ in 0..8 {
                register = register >> 1 ^ 0xEDB8_8320 & (register & 1).wrapping_neg();
            }
        }
        !register
    }

    #[test]
    fn check_value() {
        assert_eq!(crc32(b"123456789", 0), 0xCBF4_3926);
        assert_eq!(crc32(b"", 0), 0);
        assert_eq!(crc32(b"6789", crc32(b"12345", 0)), 0xCBF4_3926);
    }

    #[test]
    fn every_length_near_a_boundary_agrees_with_the_bitwise_sum() {
        let bytes: Vec<u8> =
            (0..70_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        let edges =
            [0, 8, 64, FOLD_FROM, HALF * (STEP + BACK), HALF * (STEPS * STEP + BACK), 65_000];
        for edge in edges {
            for length in edge.saturating_sub(17)..edge + 17 {
                let bytes = &bytes[3..3 + length];
                assert_eq!(crc32(bytes, 0), slow(bytes, 0), "{length}");
                assert_eq!(crc32(bytes, 77), slow(bytes, 77), "{length}");
            }
        }
    }
}
