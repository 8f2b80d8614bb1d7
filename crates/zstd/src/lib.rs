//! Zstandard, RFC 8878: frames in, bytes out, and back.
//!
//! The decoder reads all frame and block headers (section 3.1.1) before it decodes the first byte, holds its limits before
//! it allocates, takes several and skippable frames (section 3.1.2), compares checksum and size of the content with what
//! really came out, and tells truncation from corruption. It accepts what libzstd accepts. The encoder has libzstd's
//! levels and their parameters.
//!
//! The copies of the decoder are in `bytemill-lz`; everything here is safe code.
#![forbid(unsafe_code)]

mod codes;
mod decode;
mod dictionary;
mod encode;
mod error;
mod frame;

pub use decode::{DecodeLimits, DecodeOptions, Decoder, StreamDecoder, decompress};
pub use dictionary::Dictionary;
pub use encode::{
    DEFAULT_LEVEL, EncodeOptions, Encoder, MAX_HEADER, MAX_LEVEL, MIN_LEVEL, StreamEncoder,
    compress, content_checksum,
};
pub use error::{DecodeError, EncodeError};
