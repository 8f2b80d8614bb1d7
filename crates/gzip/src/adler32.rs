//! Adler-32 as in RFC 1950, section 8.2.

use bytemill_simd::{I16x8, I32x4, U8x16};

/// The modulus: the largest prime below 2^16.
const MODULUS: u32 = 65_521;
/// Bytes of a row.
const LANES: usize = 16;
/// Rows until a lane's weighted sum could pass 15 bits: 255 * n * (n + 1) / 2 with n = 15.
const ROWS: usize = 15;
/// Groups of rows until the sums have to be brought below the modulus: 64 KiB or so.
const GROUPS: usize = 273;

/// Adler-32 of `bytes` put after those whose Adler-32 is `seed`; the Adler-32 of nothing is 1.
///
/// Linear. Each lane sums its own column, and the columns are weighted once per 240 bytes, so that the inner loop is two
/// additions per vector.
pub fn adler32(bytes: &[u8], seed: u32) -> u32 {
    let (mut low, mut high) = (seed & 0xFFFF, seed >> 16);
    for block in bytes.chunks(LANES * ROWS * GROUPS) {
        let mut groups = block.chunks_exact(LANES * ROWS);
        // Of the bytes before a group, of rows before a row, and of bytes by their place in the row.
        let mut before = 0_u64;
        let mut sum = 0_u32;
        let (mut rows_before, mut weighted) = (0_u64, 0_u64);
        for group in groups.by_ref() {
            let [group_sum, group_rows, group_weighted] = sums(group.as_chunks().0);
            before += u64::from(sum);
            sum += group_sum;
            rows_before += u64::from(group_rows);
            weighted += u64::from(group_weighted);
        }
        let count = (block.len() - groups.remainder().len()) as u64;
        let total = u64::from(high)
            + u64::from(low) * count
            + before * (LANES * ROWS) as u64
            + rows_before * LANES as u64
            + weighted;
        high = (total % u64::from(MODULUS)) as u32;
        low = (low + sum) % MODULUS;
        for &byte in groups.remainder() {
            low += u32::from(byte);
            high += low;
        }
        low %= MODULUS;
        high %= MODULUS;
    }
    high << 16 | low
}

/// Of up to [`ROWS`] rows: the sum of their bytes, the sum of that before each row, and the sum of bytes times 16 to 1 by
/// their place in the row.
fn sums(rows: &[[u8; LANES]]) -> [u32; 3] {
    let zero = I16x8::splat(0);
    let (mut low, mut high, mut low_before, mut high_before) = (zero, zero, zero, zero);
    for row in rows {
        let row = U8x16::load(row);
        low_before = low_before.add(low);
        high_before = high_before.add(high);
        low = low.add(row.widen_low());
        high = high.add(row.widen_high());
    }
    let one = I16x8::splat(1);
    let places: [I16x8; 2] =
        [I16x8::load(&[16, 15, 14, 13, 12, 11, 10, 9]), I16x8::load(&[8, 7, 6, 5, 4, 3, 2, 1])];
    let all = I32x4::sums([
        low.dot(one).add(high.dot(one)),
        low_before.dot(one).add(high_before.dot(one)),
        low.dot(places[0]).add(high.dot(places[1])),
        I32x4::splat(0),
    ]);
    let [sum, before, weighted, _] = all.to_array().map(i32::cast_unsigned);
    [sum, before, weighted]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slow(bytes: &[u8], seed: u32) -> u32 {
        let (mut low, mut high) = (seed & 0xFFFF, seed >> 16);
        for &byte in bytes {
            low = (low + u32::from(byte)) % MODULUS;
            high = (high + low) % MODULUS;
        }
        high << 16 | low
    }

    #[test]
    fn check_value() {
        assert_eq!(adler32(b"Wikipedia", 1), 0x11E6_0398);
        assert_eq!(adler32(b"", 1), 1);
    }

    #[test]
    fn agrees_with_the_definition_at_the_boundaries() {
        let bytes = [vec![255_u8; 200_000], (0..=255).collect()].concat();
        for length in [1, 15, 16, 17, 65_535, 65_536, 65_537, 131_072, 200_000, 200_256] {
            let bytes = &bytes[200_256 - length..];
            assert_eq!(adler32(bytes, 1), slow(bytes, 1), "{length}");
            assert_eq!(adler32(bytes, 0xFFF0_FFF0), slow(bytes, 0xFFF0_FFF0), "{length}");
        }
    }
}
