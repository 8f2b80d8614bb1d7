//! What the tests of several kernels share: the vectors that the JavaScript suite checks too, and the conformance sets,
//! which are not part of the repository.
#![expect(clippy::unwrap_used, reason = "what cannot be read fails the test")]

pub mod sets;
pub mod vectors;

pub use serde_json::Value;
use sha2::{Digest as _, Sha256};

/// The SHA-256 of bytes, as manifests and oracles write it.
pub fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal text.
pub fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}

/// Bytes that repeat with a prime period: what a manifest names by its length alone.
pub fn pattern(length: u64) -> Vec<u8> {
    (0..length).map(|i| (i % 251) as u8).collect()
}
