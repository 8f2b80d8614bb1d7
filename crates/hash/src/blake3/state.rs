//! One input in pieces, with a state that can be put down as bytes.

use alloc::vec::Vec;

use bytemill_simd::U32x4;

use super::Key;
use super::compress::{Words, flag};
use super::tree::{Node, Tree};
use super::wide::{GROUP_LEN, Wide};

/// What is known of an input's beginning, a multiple of 4096 bytes.
#[derive(Clone, Debug)]
pub struct State {
    key: Key,
    tree: Tree,
}

/// Bytes of a stored state before its entries.
const HEAD_LEN: usize = 32 + 4 + 8;
/// Bytes of a stored entry.
const ENTRY_LEN: usize = 128;

impl State {
    /// Most bytes of a stored state: an input of 2^64 bytes.
    pub const STORED_LEN: usize = HEAD_LEN + 52 * ENTRY_LEN;

    /// The state before any input.
    pub fn new(key: Key) -> Self {
        Self { key, tree: Tree::new() }
    }

    /// Takes a multiple of 4096 bytes from the beginning of `input` and gives back the rest. Takes time linear in its
    /// length.
    pub fn update<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        self.tree.update(input, &self.key)
    }

    /// Fills `output` with the hash of what was taken and a last piece of any length.
    pub fn fill(self, last: &[u8], output: &mut [u8]) {
        self.fill_at(last, 0, output);
    }

    /// The same from the hash's byte at `offset` on.
    pub fn fill_at(self, last: &[u8], offset: u64, output: &mut [u8]) {
        self.root(last).fill(offset, output);
    }

    pub(super) fn root(mut self, last: &[u8]) -> Node {
        let rest = self.update(last);
        debug_assert!(rest.len() < GROUP_LEN);
        self.tree.root(rest, &self.key)
    }

    /// Appends the state to `output`, to be read again with [`State::load`].
    pub fn store(&self, output: &mut Vec<u8>) {
        output.extend_from_slice(self.key.words.map(u32::to_le_bytes).as_flattened());
        output.extend_from_slice(&self.key.flags.to_le_bytes());
        output.extend_from_slice(&self.tree.groups.to_le_bytes());
        for words in self.tree.entries.as_flattened() {
            let mut bytes = [0; 16];
            words.store(&mut bytes);
            output.extend_from_slice(&bytes);
        }
    }

    /// Reads a stored state; none where these bytes are none.
    pub fn load(bytes: &[u8]) -> Option<Self> {
        let (words, rest) = bytes.split_first_chunk::<32>()?;
        let (flags, rest) = rest.split_first_chunk()?;
        let (groups, rest) = rest.split_first_chunk()?;
        let (groups, flags) = (u64::from_le_bytes(*groups), u32::from_le_bytes(*flags));
        let (entries, odd) = rest.as_chunks::<ENTRY_LEN>();
        let known = matches!(flags, 0 | flag::KEYED_HASH | flag::DERIVE_KEY_MATERIAL);
        // More groups than 2^52 are more than 2^64 bytes.
        if !known
            || !odd.is_empty()
            || entries.len() != groups.count_ones() as usize
            || groups >> 52 != 0
        {
            return None;
        }
        let words: Words = super::words(words);
        let entries = entries.iter().map(entry).collect();
        Some(Self { key: Key { words, flags }, tree: Tree { groups, entries } })
    }
}

fn entry(bytes: &[u8; ENTRY_LEN]) -> Wide {
    let mut entry = [U32x4::splat(0); 8];
    for (words, bytes) in entry.iter_mut().zip(bytes.as_chunks().0) {
        *words = U32x4::load(bytes);
    }
    entry
}
