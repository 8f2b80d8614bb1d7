//! Adler-32 as in RFC 1950, section 8.2.

/// The modulus: the largest prime below 2^16.
const MODULUS: u32 = 65_521;
/// Bytes taken side by side.
const LANES: usize = 16;
/// Rows of lanes before a lane's weighted sum could pass 32 bits: 255 * n * (n + 1) / 2 with n = 4096.
const ROWS: usize = 4096;

/// Adler-32 of `bytes` put after those whose Adler-32 is `seed`; the Adler-32 of nothing is 1.
///
/// Linear. Each lane sums its own column, and the columns are weighted once per 64 KiB, so that the inner
/// loop is two additions per vector.
pub fn adler32(bytes: &[u8], seed: u32) -> u32 {
    let (mut low, mut high) = (u64::from(seed & 0xFFFF), u64::from(seed >> 16));
    let modulus = u64::from(MODULUS);
    for block in bytes.chunks(LANES * ROWS) {
        let (rows, rest) = block.as_chunks::<LANES>();
        let (mut sums, mut weighted) = ([0_u32; LANES], [0_u32; LANES]);
        for row in rows {
            for lane in 0..LANES {
                // The sum before this row, once for each row that it precedes.
                weighted[lane] += sums[lane];
                sums[lane] += u32::from(row[lane]);
            }
        }
        let count = (rows.len() * LANES) as u64;
        high += low * count;
        for lane in 0..LANES {
            let (sum, weight) = (u64::from(sums[lane]), u64::from(weighted[lane]));
            low += sum;
            high += weight * LANES as u64 + sum * (LANES - lane) as u64;
        }
        for &byte in rest {
            low += u64::from(byte);
            high += low;
        }
        low %= modulus;
        high %= modulus;
    }
    (high as u32) << 16 | low as u32
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
