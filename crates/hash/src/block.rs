//! Blocks of 64 bytes, and what is left of an input after its whole blocks.

use bytemill_simd::U32x4;

/// A block, in the quarters that fill a register each.
pub(crate) type Block = [[u8; 16]; 4];
/// Length of a block in bytes.
pub(crate) const BLOCK_LEN: usize = 64;

/// The blocks of an input, and its rest of less than a block.
#[inline(always)]
pub(crate) fn blocks(input: &[u8]) -> (&[Block], &[u8]) {
    let (blocks, rest) = input.as_chunks::<BLOCK_LEN>();
    (blocks.as_flattened().as_chunks::<16>().0.as_chunks::<4>().0, rest)
}

/// The first block of at most 64 bytes, with zeros behind them.
///
/// Every load has a length that the compiler knows: in wasm a copy of any other length is a call out of the module.
#[inline(never)]
pub(crate) fn padded(bytes: &[u8]) -> Block {
    let mut block = [[0; 16]; 4];
    let mut rest = bytes;
    for quarter in &mut block {
        if let Some((head, tail)) = rest.split_first_chunk::<16>() {
            *quarter = *head;
            rest = tail;
        } else {
            let (low, high) = words(rest);
            *quarter = (u128::from(low) | u128::from(high) << 64).to_le_bytes();
            break;
        }
    }
    block
}

/// Less than 16 bytes as two little-endian words; where two loads overlap, both have the same bytes there.
#[inline(always)]
fn words(bytes: &[u8]) -> (u64, u64) {
    let missing = |whole: usize| (whole - bytes.len() % 16) as u32 * 8;
    if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
        let last = u64::from_le_bytes(*last).checked_shr(missing(16)).unwrap_or(0);
        return (u64::from_le_bytes(*first), last);
    }
    if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        let last = u64::from(u32::from_le_bytes(*last)) >> missing(8);
        return (u64::from(u32::from_le_bytes(*first)) | last << 32, 0);
    }
    let byte = |at: usize| bytes.get(at).map_or(0, |byte| u64::from(*byte) << (8 * at));
    (byte(0) | byte(1) | byte(2), 0)
}

/// The words of four blocks: vector `i` holds word `i` of each.
#[inline(always)]
pub(crate) fn columns(blocks: [&Block; 4]) -> [U32x4; 16] {
    let quarter = |at: usize| U32x4::transpose(blocks.map(|block| U32x4::load(&block[at])));
    let [a, b, c, d] = [quarter(0), quarter(1), quarter(2), quarter(3)];
    [a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3], c[0], c[1], c[2], c[3], d[0], d[1], d[2], d[3]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn padding_is_zeros() {
        let bytes: Vec<u8> = (1..=64).collect();
        for len in 0..=64 {
            let mut expected = [0; 64];
            expected[..len].copy_from_slice(&bytes[..len]);
            assert_eq!(padded(&bytes[..len]).as_flattened(), expected, "{len} bytes");
        }
    }

    #[test]
    fn whole_blocks_come_before_the_rest() {
        let bytes: Vec<u8> = (0..200).collect();
        let (whole, rest) = blocks(&bytes);
        assert_eq!((whole.len(), rest.len()), (3, 8));
        assert_eq!(whole[2][1][0], 144);
    }
}
