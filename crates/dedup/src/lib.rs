//! Deduplication: content-defined chunks with their digests, manifests with a root, and fingerprints under a set of
//! parameters.
//!
//! - [`Chunker`]: FastCDC as in "The Design of Fast Content-Defined Chunking for Data Deduplication Based Storage
//!   Systems" (Xia et al., IEEE TPDS 31(9), 2020), sections 3 and 4; and the chunking of the Xet protocol (its
//!   specification, "Content-Defined Chunking Algorithm").
//! - [`chunk`]: cuts and BLAKE3 digests of the chunks in one pass.
//! - [`root`] and [`xet_file_hash`]: one hash over all chunks of an input.
//! - [`Fingerprint`]: BLAKE3 keyed by a set of parameters, so that different uses never see equal values.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), no_std)]
#![expect(clippy::inline_always, reason = "steps of a hash whose loop is the whole cost")]

extern crate alloc;

mod chunker;
mod chunks;
mod fastcdc;
mod fingerprint;
mod gear;
mod merkle;
mod newlines;
#[cfg(feature = "parallel")]
mod parallel;
mod tables;
#[cfg(test)]
mod tests;
mod xet;

pub use chunker::Chunker;
pub use chunks::{Chunks, OutOfMemory, chunk};
pub use fastcdc::{FastCdc, SizeError};
pub use fingerprint::{Fingerprint, FingerprintParameters, LENGTHS, Normalization};
pub use merkle::root;
pub use xet::{DATA_KEY as XET_DATA_KEY, file_hash as xet_file_hash};
