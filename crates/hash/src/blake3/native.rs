//! Whole inputs off wasm: by the crate of BLAKE3's authors.

use blake3::Hasher;
use blake3::hazmat::HasherExt as _;

use super::Key;
use super::compress::flag;

/// Below this, handing work to other threads costs more than it saves (figure of the crate).
#[cfg(feature = "parallel")]
const PARALLEL_FROM: usize = 128 * 1024;

/// The crate's state for a key.
pub(super) fn hasher(key: &Key) -> Hasher {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(key.words.map(u32::to_le_bytes).as_flattened());
    match key.flags {
        0 => Hasher::new(),
        flag::KEYED_HASH => Hasher::new_keyed(&bytes),
        _ => Hasher::new_from_context_key(&bytes),
    }
}

/// Hashes `input` and fills all of `output` from the hash's byte at `offset` on.
pub(super) fn fill(input: &[u8], key: &Key, offset: u64, output: &mut [u8]) {
    let mut hasher = hasher(key);
    update(&mut hasher, input);
    let mut reader = hasher.finalize_xof();
    reader.set_position(offset);
    reader.fill(output);
}

#[cfg(feature = "parallel")]
fn update(hasher: &mut Hasher, input: &[u8]) {
    if input.len() >= PARALLEL_FROM {
        hasher.update_rayon(input);
    } else {
        hasher.update(input);
    }
}

#[cfg(not(feature = "parallel"))]
fn update(hasher: &mut Hasher, input: &[u8]) {
    hasher.update(input);
}
