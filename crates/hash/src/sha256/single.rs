//! One input.

use alloc::vec::Vec;

use super::constants::START;
use super::step::compress;
use crate::block::{BLOCK_LEN, Block, blocks, padded};

/// What is known of an input's beginning of whole blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    words: [u32; 8],
    /// Bytes taken so far.
    taken: u64,
}

impl Default for State {
    fn default() -> Self {
        Self { words: START, taken: 0 }
    }
}

impl State {
    /// Bytes of a stored state.
    pub const STORED_LEN: usize = 40;

    /// Takes the whole blocks of `input`, and gives back the rest of less than 64 bytes. Takes time linear in its length.
    pub fn update<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        let (whole, rest) = blocks(input);
        for block in whole {
            take(&mut self.words, block);
        }
        self.taken += (input.len() - rest.len()) as u64;
        rest
    }

    /// The digest of what was taken and a last piece of any length.
    pub fn digest(mut self, last: &[u8]) -> [u8; 32] {
        let rest = self.update(last);
        let bits = (self.taken + rest.len() as u64).wrapping_mul(8);
        let mut end = marked(rest);
        if rest.len() >= LENGTH_AT {
            take(&mut self.words, &end);
            end = [[0; 16]; 4];
        }
        set_length(&mut end, bits);
        take(&mut self.words, &end);
        let mut digest = [0; 32];
        digest.copy_from_slice(self.words.map(u32::to_be_bytes).as_flattened());
        digest
    }

    /// Appends the state to `output`, to be read again with [`State::load`].
    pub fn store(&self, output: &mut Vec<u8>) {
        output.extend_from_slice(self.words.map(u32::to_le_bytes).as_flattened());
        output.extend_from_slice(&self.taken.to_le_bytes());
    }

    /// Reads a stored state; none where these bytes are none.
    pub fn load(bytes: &[u8]) -> Option<Self> {
        let (words, taken) = bytes.split_first_chunk::<32>()?;
        let mut state = Self { words: [0; 8], taken: u64::from_le_bytes(taken.try_into().ok()?) };
        for (word, bytes) in state.words.iter_mut().zip(words.as_chunks::<4>().0) {
            *word = u32::from_le_bytes(*bytes);
        }
        state.taken.is_multiple_of(BLOCK_LEN as u64).then_some(state)
    }
}

/// SHA-256 of an input. Takes time linear in its length and allocates nothing.
pub fn digest(input: &[u8]) -> [u8; 32] {
    State::default().digest(input)
}

/// Where a last block has the length of the input.
pub(super) const LENGTH_AT: usize = 56;

/// The rest of an input with the mark of its end, section 5.1.1.
pub(super) fn marked(rest: &[u8]) -> Block {
    let mut block = padded(rest);
    let at = rest.len() % BLOCK_LEN;
    block[at / 16][at % 16] = 0x80;
    block
}

/// Puts the length in bits where it belongs.
pub(super) fn set_length(block: &mut Block, bits: u64) {
    if let Some(place) = block[3].last_chunk_mut() {
        *place = bits.to_be_bytes();
    }
}

#[inline(never)]
fn take(state: &mut [u32; 8], block: &Block) {
    compress(state, block);
}
