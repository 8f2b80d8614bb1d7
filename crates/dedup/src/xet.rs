//! The Xet protocol's chunks, their key, and the hash of a file (specification, "Content-Defined Chunking Algorithm" and
//! "Hashing"; draft-denis-xet).

use alloc::vec::Vec;

use bytemill_hash::blake3::{Key, Mode, digest};

use crate::gear::{XetGear, find, roll};

/// Least bytes of a chunk but the last.
const MIN_BYTES: usize = 8 << 10;
/// Most bytes of a chunk.
pub(crate) const MAX_BYTES: usize = 128 << 10;
/// A cut is where the hash has none of these: 64 KiB apart on average.
const MASK: u64 = 0xffff << 48;
/// Bytes on which a hash depends.
const WINDOW: usize = 64;

/// The key of chunks' digests (`DATA_KEY`).
pub const DATA_KEY: [u8; 32] = [
    102, 151, 245, 119, 91, 149, 80, 222, 49, 53, 203, 172, 165, 151, 24, 28, 157, 228, 33, 16,
    155, 235, 43, 88, 180, 208, 176, 75, 147, 173, 242, 41,
];
/// The key of nodes above chunks (`INTERNAL_NODE_KEY`).
const NODE_KEY: [u8; 32] = [
    1, 126, 197, 199, 165, 71, 41, 150, 253, 148, 102, 102, 180, 138, 2, 230, 93, 221, 83, 111, 55,
    199, 109, 210, 248, 99, 82, 230, 74, 83, 113, 63,
];
/// Children of a node on average, at least and at most, where there are so many.
const BRANCHES: u8 = 4;
const LEAST_CHILDREN: usize = 3;
const MOST_CHILDREN: usize = 9;

/// The length of the first chunk of `input`; none where that depends on what follows, or the input ends before.
///
/// What is skipped cannot change a cut. The hash begins one window before the first byte that is judged, no byte
/// earlier: an early one would be judged by a hash of fewer bytes, and could cut below the minimum.
pub(crate) fn cut(input: &[u8]) -> Option<usize> {
    // Where a chunk would have its largest size, it is cut whatever the hash.
    let end = input.len().min(MAX_BYTES - 1);
    if end >= MIN_BYTES {
        let judged = MIN_BYTES - 1;
        let mut hash = roll::<XetGear>(0, &input[MIN_BYTES - WINDOW..judged]);
        if let Some(found) = find::<XetGear>(MASK, &mut hash, &input[judged..end]) {
            // The byte that tells is the chunk's last.
            return Some(judged + found + 1);
        }
    }
    (input.len() >= MAX_BYTES).then_some(MAX_BYTES)
}

/// A chunk or a node, and how many bytes of the file lie below it.
#[derive(Clone, Copy)]
struct Entry {
    hash: [u8; 32],
    bytes: u64,
}

/// The hash that Xet knows a file by, from the digests and lengths of its chunks. Of no chunks: zeros.
///
/// Takes time linear in their number.
pub fn file_hash(digests: &[u8], lengths: &[u32]) -> [u8; 32] {
    let (hashes, _) = digests.as_chunks::<32>();
    let mut level: Vec<Entry> = hashes
        .iter()
        .zip(lengths)
        .map(|(hash, length)| Entry { hash: *hash, bytes: u64::from(*length) })
        .collect();
    let key = Key::new(&Mode::Keyed(&NODE_KEY));
    let mut text = Vec::new();
    while level.len() > 1 {
        let mut rest = level.as_slice();
        let mut above = Vec::with_capacity(level.len() / LEAST_CHILDREN + 1);
        while !rest.is_empty() {
            let (children, others) = rest.split_at(children(rest));
            text.clear();
            for child in children {
                line(child, &mut text);
            }
            let bytes = children.iter().map(|child| child.bytes).sum();
            above.push(Entry { hash: digest(&text, &key), bytes });
            rest = others;
        }
        level = above;
    }
    let zeros = [0; 32];
    level.first().map_or(zeros, |root| digest(&root.hash, &Key::new(&Mode::Keyed(&zeros))))
}

/// How many of the entries are the children of the first node above them: up to a hash that is divisible by four.
fn children(entries: &[Entry]) -> usize {
    let most = entries.len().min(MOST_CHILDREN);
    let divisible = |entry: &Entry| entry.hash[24].is_multiple_of(BRANCHES);
    (LEAST_CHILDREN..most).find(|count| divisible(&entries[count - 1])).unwrap_or(most)
}

/// `<hash> : <bytes>\n`: the hash as four little-endian numbers of 64 bits, in hexadecimal.
fn line(entry: &Entry, text: &mut Vec<u8>) {
    let (numbers, _) = entry.hash.as_chunks::<8>();
    for byte in numbers.iter().flat_map(|number| number.iter().rev()) {
        text.extend([byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[usize::from(digit)]));
    }
    text.extend(b" : ");
    let digits = text.len();
    let mut bytes = entry.bytes;
    loop {
        text.push(b'0' + (bytes % 10) as u8);
        bytes /= 10;
        if bytes == 0 {
            break;
        }
    }
    text[digits..].reverse();
    text.push(b'\n');
}

#[cfg(test)]
mod tests {
    use alloc::vec;

    use super::*;
    use crate::tables::XET;

    /// The specification's pseudocode, byte by byte.
    fn slow_cut(input: &[u8]) -> Option<usize> {
        let mut hash = 0_u64;
        for (at, byte) in input.iter().enumerate() {
            hash = (hash << 1).wrapping_add(XET[usize::from(*byte)]);
            let size = at + 1;
            if size < MIN_BYTES {
                continue;
            }
            if size >= MAX_BYTES || hash & MASK == 0 {
                return Some(size);
            }
        }
        None
    }

    #[test]
    fn cuts_as_the_pseudocode_does() {
        let mut state = 1_u64;
        let mut bytes = Vec::new();
        while bytes.len() < 6 << 20 {
            state = state.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
            bytes.push((state >> 56) as u8);
        }
        bytes.extend(vec![0; 300_000]);
        let mut rest = bytes.as_slice();
        let mut count = 0;
        while let Some(length) = slow_cut(rest) {
            assert_eq!(cut(rest), Some(length));
            // A chunk is known when its last byte is there, and not before.
            assert_eq!((cut(&rest[..length]), cut(&rest[..length - 1])), (Some(length), None));
            rest = &rest[length..];
            count += 1;
        }
        assert_eq!(cut(rest), None);
        assert!(count > 80);
    }

    /// A hash before the minimum that matches with fewer than 64 bytes is no cut.
    #[test]
    fn nothing_is_cut_below_the_minimum() {
        let quiet = (0..=255_u8).find(|byte| XET[usize::from(*byte)] >> 48 == 0);
        for byte in 0..=255_u8 {
            let bytes = vec![quiet.unwrap_or(byte); 2 * MAX_BYTES];
            assert!(cut(&bytes).is_some_and(|length| length >= MIN_BYTES));
        }
    }

    /// Hashes as people write them: each of the four numbers with its last byte first.
    fn hash(text: &str) -> [u8; 32] {
        let mut bytes = [0; 32];
        for (at, byte) in bytes.iter_mut().enumerate() {
            let place = (at / 8 * 8 + 7 - at % 8) * 2;
            *byte = u8::from_str_radix(&text[place..place + 2], 16).unwrap();
        }
        bytes
    }

    /// From the reference implementation's own table of known answers.
    #[test]
    fn file_hashes_of_the_reference_implementation() {
        let one = "cfc5d07f6f03c29bbf424132963fe08d19a37d5757aaf520bf08119f05cd56d6";
        let two = "c3e67584b5c4fc2a89837ec39e40f2c8a6bb0b2987ac94cd4b31e5fbdd210a72";
        let three = "0d2beb91b9196929a5ddec9f6e306924ddf4a24268e3e59fd8464738d525af37";
        let four = "adf8773496a9b7319b2e50dc98093f344053b17d8ad37100b9c07d9805988784";
        let cases: [(&[&str], &[u32], &str); 5] = [
            (&[one], &[100], "8e16257caa3fe079d484d872a8975264b2ff683b0d6db9028cc7c0f968a45661"),
            (
                &[one, two, three],
                &[100, 200, 300],
                "54e55dccc6653c612bdb5576c5d3cb34bb31bc4e100248abccf4c908b3ef7715",
            ),
            (
                &[one, one, one, one],
                &[100; 4],
                "2cdba690d0e09563596e0cda626d43eb4c96ef1e994fe72d9b2f5a83cfcd36dd",
            ),
            (
                &[one, two, one, two],
                &[100, 200, 100, 200],
                "284ea045e5a579e99c21ec597c20de1fc0c09e7168162aac00db8f61b3d82dbb",
            ),
            (
                &[one, two, one, two, three, four],
                &[100, 200, 100, 200, 300, 400],
                "91d21684db364c8883ab8209fa5eb2e781cf07f37e1fa43e731c30839afe422f",
            ),
        ];
        for (hashes, lengths, expected) in cases {
            let digests: Vec<u8> = hashes.iter().flat_map(|text| hash(text)).collect();
            assert_eq!(file_hash(&digests, lengths), hash(expected));
        }
        assert_eq!(file_hash(&[], &[]), [0; 32]);
    }
}
