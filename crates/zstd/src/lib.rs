//! Zstandard, RFC 8878: frames in, bytes out, and back.
//!
//! The entropy and sequence work is `ruzstd`'s. This crate adds what a caller needs around it: a walk
//! over all frame and block headers (section 3.1.1) before the first byte is decoded, limits that hold
//! before anything is allocated, several and skippable frames (section 3.1.2), the comparison of content
//! checksum and content size with what really came out, and truncation told apart from corruption.
//!
//! Dictionaries are not supported: a frame that names one ends in
//! [`DecodeError::DictionaryRequired`].
#![forbid(unsafe_code)]

#[allow(dead_code, reason = "the tables of the codecs that replace the engine")]
mod codes;
mod decode;
mod encode;
mod error;
mod frame;
mod sections;

pub use decode::{DecodeLimits, decompress};
pub use encode::{
    DEFAULT_LEVEL, EncodeOptions, Encoder, MAX_HEADER, MAX_LEVEL, MIN_LEVEL, StreamEncoder,
    compress, write_checksum, write_frame_header,
};
pub use error::{DecodeError, EncodeError};
