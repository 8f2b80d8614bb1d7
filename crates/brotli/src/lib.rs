//! Brotli, [RFC 7932](https://www.rfc-editor.org/rfc/rfc7932): streams in, bytes out, and back.
//!
//! The coding is that of the crates `brotli-decompressor` and `brotli`. This crate adds limits on what comes out,
//! truncation told apart from corruption, and what follows a stream told apart from it. Windows beyond 16 MiB ("large
//! window") and shared dictionaries are not supported.
//!
//! Each direction is a feature: a program that only decompresses carries no encoder.
#![forbid(unsafe_code)]

#[cfg(feature = "decode")]
mod decode;
#[cfg(feature = "encode")]
mod encode;
mod error;

#[cfg(feature = "decode")]
pub use decode::{DecodeOptions, StreamDecoder, decompress};
#[cfg(feature = "encode")]
pub use encode::{EncodeOptions, Mode, StreamEncoder, compress};
pub use error::{DecodeError, EncodeError};
