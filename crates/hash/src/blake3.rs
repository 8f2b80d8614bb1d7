//! BLAKE3, as specified in "BLAKE3: one function, fast everywhere" (2021), section 2.

mod compress;
mod many;
#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(any(feature = "parallel", not(target_arch = "wasm32")))]
mod parts;
mod pool;
#[cfg(test)]
mod reference;
mod state;
#[cfg(test)]
mod tests;
mod tree;
mod wide;

use compress::{IV, Words, flag};
pub use many::digests;
pub use state::State;
use tree::Node;
use wide::CHUNK_LEN;

/// What the hash is for; the modes never collide with each other (section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode<'a> {
    /// The plain hash.
    Hash,
    /// A message authentication code or pseudo-random function under a 32-byte key.
    Keyed(&'a [u8; 32]),
    /// Derives a key: the input is the key material, the context says what the key is for: text in UTF-8,
    /// which should be hardcoded, globally unique and specific to the application.
    DeriveKey(&'a [u8]),
}

/// A mode made ready: for a derived key, its context is hashed already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    words: Words,
    flags: u32,
}

impl Key {
    /// Makes a mode ready; takes time linear in the length of a context.
    pub fn new(mode: &Mode<'_>) -> Self {
        match mode {
            Mode::Hash => Self { words: IV, flags: 0 },
            Mode::Keyed(bytes) => Self { words: words(bytes), flags: flag::KEYED_HASH },
            Mode::DeriveKey(context) => {
                let key = Self { words: IV, flags: flag::DERIVE_KEY_CONTEXT };
                let bytes = root(context, &key).digest();
                Self { words: words(&bytes), flags: flag::DERIVE_KEY_MATERIAL }
            }
        }
    }
}

fn words(bytes: &[u8; 32]) -> Words {
    let (chunks, _) = bytes.as_chunks::<4>();
    let mut words = [0; 8];
    for (word, chunk) in words.iter_mut().zip(chunks) {
        *word = u32::from_le_bytes(*chunk);
    }
    words
}

/// The root, by our own kernels.
fn root(input: &[u8], key: &Key) -> Node {
    if input.len() <= CHUNK_LEN {
        return Node::chunk(input, key, 0);
    }
    State::new(*key).root(input)
}

/// The usual 32 bytes.
///
/// Takes time linear in the length of the input.
#[inline(never)]
pub fn digest(input: &[u8], key: &Key) -> [u8; 32] {
    #[cfg(not(target_arch = "wasm32"))]
    if input.len() > CHUNK_LEN {
        let mut digest = [0; 32];
        native::fill(input, key, 0, &mut digest);
        return digest;
    }
    if input.len() <= CHUNK_LEN {
        return Node::chunk_here(input, key, 0).digest_here();
    }
    long(input, key)
}

/// Of more than a chunk.
#[inline(never)]
fn long(input: &[u8], key: &Key) -> [u8; 32] {
    State::new(*key).root(input).digest()
}

/// Hashes `input` and fills all of `output`; 32 bytes are the usual hash, any length is allowed, and a
/// shorter output is a prefix of a longer one.
///
/// Takes time linear in both lengths.
pub fn fill(input: &[u8], key: &Key, output: &mut [u8]) {
    fill_at(input, key, 0, output);
}

/// Fills `output` with what stands in a longer output from `offset` on: a part costs no more than its own length.
pub fn fill_at(input: &[u8], key: &Key, offset: u64, output: &mut [u8]) {
    #[cfg(not(target_arch = "wasm32"))]
    if input.len() > CHUNK_LEN {
        return native::fill(input, key, offset, output);
    }
    root(input, key).fill(offset, output);
}
