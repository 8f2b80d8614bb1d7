//! DEFLATE (RFC 1951) in its three wrappings: gzip (RFC 1952), zlib (RFC 1950) and none.
//!
//! [`Decoder`] and [`Encoder`] take a whole input at once and are used again for the next; [`StreamDecoder`] and
//! [`StreamEncoder`] take one in pieces, in constant memory. What is accepted is what zlib accepts: all members
//! of gzip, checksums and lengths compared, nothing behind the end unless allowed.
//!
//! [`RowEncoder`] compresses what filters of images have left, faster than any level. [`Salvager`] gives what comes before a damage, for formats in which that counts.
//!
//! The decoder's tables and loop are of the kind that libdeflate made known: a 64-bit buffer of bits, entries
//! that hold all that a symbol means, several symbols between two looks at the bounds. The encoder is of that
//! kind too: hash chains in 16 bits a position, greedy or lazy choice, blocks that end where the input
//! changes, each written in the shortest of three ways. The oracle of both is `zlib-rs`, in `tests/oracle.rs`.
#![forbid(unsafe_code)]

mod adler32;
mod bits;
mod block;
mod container;
mod crc32;
mod decode;
mod encode;
mod error;
mod fast;
mod finder;
mod header;
mod huffman;
mod inflate;
mod parse;
mod pull;
mod rows;
mod salvage;
mod split;
mod stream_decode;
mod stream_encode;
mod table;
mod writer;

pub use adler32::adler32;
pub use crc32::crc32;
pub use decode::{DecodeLimits, DecodeOptions, Decoder};
pub use encode::{EncodeOptions, Encoder};
pub use error::{DecodeError, EncodeError};
pub use header::{GzipHeader, gzip_header};
pub use pull::PullDecoder;
pub use rows::RowEncoder;
pub use salvage::{Ending, Salvager};
pub use stream_decode::StreamDecoder;
pub use stream_encode::StreamEncoder;

/// What is around the blocks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// gzip, RFC 1952: header, CRC-32 and length, in one member or several.
    #[default]
    Gzip,
    /// zlib, RFC 1950: two bytes in front, Adler-32 behind.
    Zlib,
    /// Nothing around the blocks, RFC 1951.
    Raw,
}
