//! BLAKE3, as specified in "BLAKE3: one function, fast everywhere" (2021), section 2: its three modes and
//! extendable output.
//!
//! The engine is the authors' own crate, with SIMD on x86-64, aarch64 and wasm32. With the feature
//! `parallel`, inputs from 128 KiB are hashed on rayon's threads.
#![forbid(unsafe_code)]

mod hash;
#[cfg(test)]
mod reference;
#[cfg(test)]
mod tests;

pub use hash::{Mode, blake3};
