//! LZ4: blocks ([`lz4_Block_format.md`]) and frames ([`lz4_Frame_format.md`]), in and out.
//!
//! Frames may follow one another, and skippable frames are skipped; every checksum that is there is compared. Memory
//! grows with the bytes that really come out, never with a size that a header declares. Dictionaries and the legacy
//! frames of `lz4 -l` are not supported.
//!
//! [`lz4_Block_format.md`]: https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md
//! [`lz4_Frame_format.md`]: https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md
#![forbid(unsafe_code)]
#![cfg_attr(not(test), no_std)]

extern crate alloc;

mod block;
mod compress;
mod copy;
mod decode;
mod encode;
mod error;
mod frame;
mod stream;
mod xxh32;

pub use decode::{DecodeOptions, decompress};
pub use encode::{BlockSize, EncodeOptions, Encoder, compress};
pub use error::{DecodeError, EncodeError};
pub use frame::Format;
pub use stream::{StreamDecoder, StreamEncoder};
