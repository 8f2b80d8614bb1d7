//! One hash over all chunks of an input, as a tree, so that one chunk can be proved to belong to it with few hashes.
//!
//! The tree is that of RFC 9162, section 2.1.1, over the chunks in their order. With `leaf` and `node` for BLAKE3's key
//! derivation mode under the contexts below, and `n` chunks:
//!
//! ```text
//! root()         = leaf(nothing)
//! root(chunk)    = leaf(length of the chunk, 8 bytes little-endian ‖ digest of the chunk, 32 bytes)
//! root(c1 … cn)  = node(root(c1 … ck) ‖ root(ck+1 … cn)), k the largest power of two below n
//! ```

use alloc::vec;
use alloc::vec::Vec;

use bytemill_hash::blake3::{Key, Mode, digest, digests};

/// Context of a leaf.
const LEAF: &str = "bytemill 2026-11 dedup manifest leaf";
/// Context of a node.
const NODE: &str = "bytemill 2026-11 dedup manifest node";
const LEAF_BYTES: usize = 40;

/// The root above the chunks with these digests, 32 bytes each, and lengths.
///
/// Takes time linear in their number.
pub fn root(chunk_digests: &[u8], lengths: &[u32]) -> [u8; 32] {
    let key = Key::new(&Mode::DeriveKey(LEAF.as_bytes()));
    if lengths.is_empty() {
        return digest(&[], &key);
    }
    let (hashes, _) = chunk_digests.as_chunks::<32>();
    let mut leaves = Vec::with_capacity(lengths.len() * LEAF_BYTES);
    for (hash, length) in hashes.iter().zip(lengths) {
        leaves.extend(u64::from(*length).to_le_bytes());
        leaves.extend(hash);
    }
    let mut level = all(&leaves, LEAF_BYTES, &key);
    let key = Key::new(&Mode::DeriveKey(NODE.as_bytes()));
    while level.len() > 32 {
        // The last of an odd number is a node of the next level as it is.
        let pairs = level.len() / 64 * 64;
        let mut above = all(&level[..pairs], 64, &key);
        above.extend_from_slice(&level[pairs..]);
        level = above;
    }
    level.first_chunk().copied().unwrap_or_default()
}

/// The digests of all pieces of `length` bytes.
fn all(bytes: &[u8], length: usize, key: &Key) -> Vec<u8> {
    let mut output = vec![0; bytes.len() / length * 32];
    digests(&mut bytes.chunks_exact(length), key, 32, &mut output);
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, top down.
    fn defined(entries: &[([u8; 32], u32)]) -> [u8; 32] {
        match entries {
            [] => blake3::derive_key(LEAF, &[]),
            [(digest, length)] => {
                let mut leaf = u64::from(*length).to_le_bytes().to_vec();
                leaf.extend(digest);
                blake3::derive_key(LEAF, &leaf)
            }
            _ => {
                let half = entries.len().next_power_of_two() / 2;
                let (left, right) = entries.split_at(half);
                blake3::derive_key(NODE, &[defined(left), defined(right)].concat())
            }
        }
    }

    #[test]
    fn roots_are_as_defined() {
        for count in 0..70_u32 {
            let entries: Vec<_> =
                (0..count).map(|at| (*blake3::hash(&at.to_le_bytes()).as_bytes(), at)).collect();
            let digests: Vec<u8> = entries.iter().flat_map(|(digest, _)| *digest).collect();
            let lengths: Vec<u32> = entries.iter().map(|(_, length)| *length).collect();
            assert_eq!(root(&digests, &lengths), defined(&entries), "{count} chunks");
        }
    }
}
