//! Fingerprints: BLAKE3 under a key that a set of parameters makes.
//!
//! Two sets of parameters that differ in anything give values that have nothing to do with each other, so that one
//! application's fingerprints cannot be mistaken for another's, nor version 1 for version 2, nor 16 bytes of one for
//! the beginning of another. Byte by byte:
//!
//! ```text
//! parameters  = version, 4 bytes little-endian
//!             ‖ normalization, 1 byte: 0 none, 1 newlines
//!             ‖ length of the fingerprint, 1 byte: 8 to 32
//!             ‖ length of the secret, 1 byte: 0 or 32
//!             ‖ secret
//!             ‖ namespace, UTF-8, up to the end
//! key         = BLAKE3 derive_key(context "bytemill 2026-11 dedup fingerprint", key material: parameters), 32 bytes
//! fingerprint = BLAKE3 keyed_hash(key, normalized input), the first `length` bytes
//! ```

use core::ops::RangeInclusive;

use bytemill_hash::blake3::{Key, Mode, digest, digests};

use crate::chunks::OutOfMemory;
use crate::newlines;

/// Context under which parameters make a key.
const CONTEXT: &str = "bytemill 2026-11 dedup fingerprint";
/// Lengths that a fingerprint can have, in bytes. Of 8 bytes two of 2^32 inputs collide by chance.
pub const LENGTHS: RangeInclusive<u8> = 8..=32;

/// What is done to an input before it is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Normalization {
    /// Nothing.
    None = 0,
    /// CR LF, and CR alone, count as LF.
    Newlines = 1,
}

/// What a fingerprint is for.
#[derive(Clone, Copy, Debug)]
pub struct FingerprintParameters<'a> {
    /// Name of the use: text in UTF-8.
    pub namespace: &'a [u8],
    /// Version of the use.
    pub version: u32,
    /// What is done to an input first.
    pub normalization: Normalization,
    /// Length in bytes, clamped to [`LENGTHS`].
    pub length: u8,
    /// Who does not have this cannot tell what has a fingerprint.
    pub secret: Option<&'a [u8; 32]>,
}

/// A set of parameters, made ready.
#[derive(Clone, Copy, Debug)]
pub struct Fingerprint {
    key: Key,
    normalization: Normalization,
    length: u8,
}

impl Fingerprint {
    /// Makes parameters ready. Takes time linear in the length of the namespace.
    pub fn new(parameters: &FingerprintParameters<'_>) -> Self {
        let &FingerprintParameters { namespace, version, normalization, length, secret } =
            parameters;
        let length = length.clamp(*LENGTHS.start(), *LENGTHS.end());
        let secret = secret.map_or(&[][..], |secret| secret);
        let mut material = version.to_le_bytes().to_vec();
        material.extend([normalization as u8, length, secret.len() as u8]);
        material.extend(secret);
        material.extend(namespace);
        let key = digest(&material, &Key::new(&Mode::DeriveKey(CONTEXT.as_bytes())));
        Self { key: Key::new(&Mode::Keyed(&key)), normalization, length }
    }

    /// Length of the fingerprints in bytes.
    pub fn length(&self) -> usize {
        usize::from(self.length)
    }

    /// The fingerprint of an input: as many bytes at the front as its length says.
    ///
    /// Takes time linear in the length of the input.
    ///
    /// # Errors
    ///
    /// [`OutOfMemory`], where the input has to be normalized.
    pub fn of(&self, input: &[u8]) -> Result<[u8; 32], OutOfMemory> {
        match self.normalization {
            Normalization::None => Ok(digest(input, &self.key)),
            Normalization::Newlines => Ok(digest(&newlines::normalized(input)?, &self.key)),
        }
    }

    /// The fingerprints of many inputs, one after another; false, and nothing written, where each has to be normalized.
    pub fn of_many(&self, inputs: &mut dyn Iterator<Item = &[u8]>, output: &mut [u8]) -> bool {
        let whole = self.normalization == Normalization::None;
        if whole {
            digests(inputs, &self.key, self.length(), output);
        }
        whole
    }
}
