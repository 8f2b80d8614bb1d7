//! Large inputs in parts of 64 KiB, which threads share, and which off wasm the crate of BLAKE3's authors takes: it
//! has vectors of up to 512 bits.

#[cfg(any(feature = "parallel", target_arch = "wasm32"))]
use alloc::vec::Vec;

use super::Key;
use super::tree::Tree;
use super::wide::{GROUP_LEN, Wide};

/// A part has `2^4` groups.
const LEVEL: u32 = 4;
const PART_LEN: usize = GROUP_LEN << LEVEL;
/// Below this many parts, handing work to other threads costs more than it saves.
#[cfg(feature = "parallel")]
const PARALLEL_PARTS: usize = 4;

/// Takes what comes before the first part and all whole parts of `input`, and gives back what is left.
pub(super) fn update<'a>(tree: &mut Tree, input: &'a [u8], key: &Key) -> &'a [u8] {
    let groups = 1 << LEVEL;
    let before = (tree.groups.next_multiple_of(groups) - tree.groups) as usize * GROUP_LEN;
    if input.len() < before + PART_LEN {
        return input;
    }
    let (head, input) = input.split_at(before);
    tree.update_groups(head, key);
    let (parts, rest) = input.as_chunks::<PART_LEN>();
    let first = tree.groups;
    let entry = |(at, part): (usize, &[u8; PART_LEN])| {
        entry_of(part, key, (first + at as u64 * groups) * 4)
    };
    #[cfg(feature = "parallel")]
    if parts.len() >= PARALLEL_PARTS {
        use rayon::prelude::*;

        let entries: Vec<Wide> = parts.par_iter().enumerate().map(entry).collect();
        for entry in entries {
            tree.push(entry, LEVEL, key);
        }
        return rest;
    }
    for entry in parts.iter().enumerate().map(entry) {
        tree.push(entry, LEVEL, key);
    }
    rest
}

#[cfg(target_arch = "wasm32")]
fn entry_of(part: &[u8; PART_LEN], key: &Key, chunk: u64) -> Wide {
    let mut tree = Tree { groups: chunk / 4, entries: Vec::with_capacity(LEVEL as usize + 1) };
    tree.update_groups(part, key);
    tree.entries.pop().unwrap_or_else(|| super::wide::same(&key.words))
}

#[cfg(not(target_arch = "wasm32"))]
fn entry_of(part: &[u8; PART_LEN], key: &Key, chunk: u64) -> Wide {
    use blake3::hazmat::HasherExt as _;
    use bytemill_simd::U32x4;

    use super::wide::CHUNK_LEN;

    let mut lanes = [[0; 8]; 4];
    let mut offset = chunk * CHUNK_LEN as u64;
    for (lane, subtree) in lanes.iter_mut().zip(part.chunks(PART_LEN / 4)) {
        let mut hasher = super::native::hasher(key);
        hasher.set_input_offset(offset);
        hasher.update(subtree);
        *lane = super::words(&hasher.finalize_non_root());
        offset += subtree.len() as u64;
    }
    core::array::from_fn(|word| U32x4::new(lanes.map(|lane| lane[word])))
}
