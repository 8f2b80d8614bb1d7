//! Zstandard, RFC 8878: frames in, bytes out, and back.
//!
//! The decoder is made for wasm: 64-bit bit containers, four Huffman streams in one loop, sequences decoded and carried
//! out in one pass, copies of 16 bytes. All frame and block headers (section 3.1.1) are read before the first byte is
//! decoded, limits hold before anything is allocated, memory grows with what is really there, content size and checksum
//! are always verified, and truncation is told apart from corruption. The encoder has libzstd's levels and their
//! parameters.
#![forbid(unsafe_code)]
#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod codes;
mod decode;
mod dictionary;
mod encode;
mod error;
mod frame;
mod train;

pub use decode::{DecodeLimits, DecodeOptions, Decoder, StreamDecoder, StreamOptions, decompress};
pub use dictionary::Dictionary;
pub use encode::{
    ContentChecksum, DEFAULT_LEVEL, EncodeOptions, Encoder, MAX_HEADER, MAX_LEVEL, MIN_LEVEL,
    StreamEncoder, compress,
};
pub use error::{DecodeError, EncodeError};
pub use frame::{FrameInfo, FrameSpan, frame_info, frame_spans};
pub use train::{
    DEFAULT_DICTIONARY, MAX_DICTIONARY, MIN_DICTIONARY, TrainError, TrainOptions, train,
};
