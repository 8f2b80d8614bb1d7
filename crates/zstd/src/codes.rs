//! The codes of sequences and their predefined distributions (RFC 8878, 3.1.1.3.2.1.1 and 3.1.1.3.2.2), which decoder
//! and encoder share.

/// Where the lengths of each literals length code begin.
pub(crate) const LITERALS_LENGTH_BASE: [u32; 36] = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48, 64,
    128, 256, 512, 1024, 2048, 4096, 8192, 16_384, 32_768, 65_536,
];
/// How many more bits a literals length code reads.
pub(crate) const LITERALS_LENGTH_BITS: [u8; 36] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11,
    12, 13, 14, 15, 16,
];
/// Where the lengths of each match length code begin.
pub(crate) const MATCH_LENGTH_BASE: [u32; 53] = [
    3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
    28, 29, 30, 31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027,
    2051, 4099, 8195, 16_387, 32_771, 65_539,
];
/// How many more bits a match length code reads.
pub(crate) const MATCH_LENGTH_BITS: [u8; 53] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
];

/// Accuracy of the predefined tables of literals lengths and match lengths.
pub(crate) const LENGTH_ACCURACY: u32 = 6;
/// Accuracy of the predefined table of offsets.
pub(crate) const OFFSET_ACCURACY: u32 = 5;
/// Predefined distribution of literals length codes; -1 is "less than one".
pub(crate) const LITERALS_LENGTH_COUNTS: [i16; 36] = [
    4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1,
    -1, -1, -1, -1,
];
/// Predefined distribution of match length codes.
pub(crate) const MATCH_LENGTH_COUNTS: [i16; 53] = [
    1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
];
/// Predefined distribution of offset codes.
pub(crate) const OFFSET_COUNTS: [i16; 29] =
    [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1];

/// The offsets that repeat codes mean at the start of a frame without a dictionary (3.1.1.5).
pub(crate) const FIRST_OFFSETS: [u32; 3] = [1, 4, 8];

/// Highest accuracy of an encoded table: literals lengths and match lengths, and offsets.
pub(crate) const MAX_LENGTH_ACCURACY: u32 = 9;
/// Highest accuracy of an encoded table of offsets.
pub(crate) const MAX_OFFSET_ACCURACY: u32 = 8;
/// Longest Huffman code of a literal, in bits.
pub(crate) const MAX_HUFFMAN_BITS: u32 = 11;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distributions_fill_their_tables() {
        let sum = |counts: &[i16]| {
            counts.iter().map(|count| u32::from(count.unsigned_abs())).sum::<u32>()
        };
        assert_eq!(sum(&LITERALS_LENGTH_COUNTS), 1 << LENGTH_ACCURACY);
        assert_eq!(sum(&MATCH_LENGTH_COUNTS), 1 << LENGTH_ACCURACY);
        assert_eq!(sum(&OFFSET_COUNTS), 1 << OFFSET_ACCURACY);
    }

    #[test]
    fn every_length_has_one_code() {
        for (base, bits) in [
            (&LITERALS_LENGTH_BASE[..], &LITERALS_LENGTH_BITS[..]),
            (&MATCH_LENGTH_BASE[..], &MATCH_LENGTH_BITS[..]),
        ] {
            for code in 1..base.len() {
                assert_eq!(base[code], base[code - 1] + (1 << bits[code - 1]), "code {code}");
            }
        }
    }
}
