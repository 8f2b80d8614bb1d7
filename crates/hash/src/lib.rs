//! Hashes and checksums: [`blake3`], [`sha256`], [`xxh3`], [`crc`], each by its own specification, named there.
//!
//! All are written for a vector unit of 128 bits that comes with the target: wasm's simd128, SSE2.
#![forbid(unsafe_code)]
#![expect(
    clippy::inline_always,
    reason = "a vector that is not in a register where it is used is none"
)]
#![expect(clippy::many_single_char_names, reason = "the names of the specifications, and of lanes")]
#![cfg_attr(not(test), no_std)]

extern crate alloc;

pub mod blake3;
mod block;
pub mod crc;
pub mod sha256;
pub mod xxh3;
