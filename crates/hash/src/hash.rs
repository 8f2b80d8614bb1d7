//! The one call of this crate.

use blake3::Hasher;

/// What the hash is for; the modes never collide with each other (section 2.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode<'a> {
    /// The plain hash.
    Hash,
    /// A message authentication code or pseudo-random function under a 32-byte key.
    Keyed(&'a [u8; 32]),
    /// Derives a key: the input is the key material, the string says what the key is for. The string
    /// should be hardcoded, globally unique and specific to the application.
    DeriveKey(&'a str),
}

/// Below this, handing work to other threads costs more than it saves (figure of the blake3 crate).
#[cfg(feature = "parallel")]
const PARALLEL_FROM: usize = 128 * 1024;

/// Hashes `input` and fills all of `output`; 32 bytes are the usual hash, any length is allowed, and a
/// shorter output is a prefix of a longer one.
///
/// Takes time linear in both lengths and allocates nothing.
pub fn blake3(input: &[u8], mode: &Mode<'_>, output: &mut [u8]) {
    let mut hasher = match mode {
        Mode::Hash => Hasher::new(),
        Mode::Keyed(key) => Hasher::new_keyed(key),
        Mode::DeriveKey(context) => Hasher::new_derive_key(context),
    };
    update(&mut hasher, input);
    hasher.finalize_xof().fill(output);
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
