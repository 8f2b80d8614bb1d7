//! Samples of fewer than 8 bits.

use crate::FormatError;
use crate::bytes::zeroed;

/// Bytes to a row of `width` samples of `depth` bits.
pub(super) fn row_bytes(width: usize, depth: u8) -> usize {
    (width * usize::from(depth)).div_ceil(8)
}

/// Packs rows of samples that are below `1 << depth`, the first one highest.
pub(super) fn pack(samples: &[u8], width: usize, depth: u8) -> Result<Vec<u8>, FormatError> {
    let rows = samples.chunks_exact(width);
    let mut packed = zeroed(row_bytes(width, depth) as u64 * rows.len() as u64)?;
    for (target, row) in packed.chunks_exact_mut(row_bytes(width, depth)).zip(rows) {
        for (byte, samples) in target.iter_mut().zip(row.chunks(8 / usize::from(depth))) {
            let mut shift = 8;
            for sample in samples {
                shift -= depth;
                *byte |= sample << shift;
            }
        }
    }
    Ok(packed)
}

/// The fewest bits, 1, 2, 4 or 8, that hold all grey samples exactly.
pub(super) fn grey_depth(samples: &[u8]) -> u8 {
    let mut depth = 1;
    for sample in samples {
        let needed = match sample {
            0 | 255 => 1,
            _ if sample % 85 == 0 => 2,
            _ if sample % 17 == 0 => 4,
            _ => return 8,
        };
        depth = depth.max(needed);
    }
    depth
}

/// Grey samples as numbers of `depth` bits.
pub(super) fn shrink_grey(samples: &[u8], depth: u8) -> Result<Vec<u8>, FormatError> {
    let mut small = zeroed(samples.len() as u64)?;
    for (target, sample) in small.iter_mut().zip(samples) {
        *target = sample >> (8 - depth);
    }
    Ok(small)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_padded() {
        assert_eq!(pack(&[1, 0, 1, 0, 1, 1], 3, 1).unwrap(), [0b1010_0000, 0b0110_0000]);
        assert_eq!(pack(&[3, 2, 1, 0, 3], 5, 2).unwrap(), [0b1110_0100, 0b1100_0000]);
        assert_eq!(pack(&[15, 1, 2], 3, 4).unwrap(), [0xF1, 0x20]);
    }

    #[test]
    fn grey_takes_few_bits() {
        assert_eq!(grey_depth(&[0, 255, 255]), 1);
        assert_eq!(grey_depth(&[0, 85, 255]), 2);
        assert_eq!(grey_depth(&[17, 85]), 4);
        assert_eq!(grey_depth(&[1]), 8);
        assert_eq!(shrink_grey(&[17, 255, 0], 4).unwrap(), [1, 15, 0]);
    }
}
