//! Hashes and checksums: `bytemill/hash`. BLAKE3 is one module, what else there is another.
//!
//! An input that comes in pieces needs nothing that lives between the calls: a hash's state is small, so it crosses with
//! every piece. It can then be copied by copying its bytes, any instance and any thread can go on with it, a trap costs
//! nobody else's, and there is nothing to release. JavaScript gathers 64 KB before it crosses, which makes the state 4 %
//! of the bytes at most.

#[cfg(feature = "hash")]
pub mod blake3;
#[cfg(feature = "hash_checksums")]
pub mod checksums;
#[cfg(feature = "hash_checksums")]
pub mod pieces;

use crate::{Code, Error};

/// What all but the last piece are a multiple of, in bytes: four chunks of BLAKE3.
const PIECE_BYTES: usize = 4096;
/// Bytes of the last piece at least, where it is not the only one: what XXH3 reads at the end.
#[cfg(feature = "hash_checksums")]
const LAST_BYTES: usize = 64;

/// Refuses a piece that is not the last and not whole.
fn whole(piece: &[u8]) -> Result<(), Error> {
    if piece.len().is_multiple_of(PIECE_BYTES) {
        return Ok(());
    }
    Err(Error::new(Code::InvalidArgument, "expected a multiple of 4096 bytes"))
}

/// The state that was stored; none was given, or other bytes.
fn restored<State>(
    stored: Option<&[u8]>,
    load: impl FnOnce(&[u8]) -> Option<State>,
) -> Result<State, Error> {
    stored.and_then(load).ok_or_else(|| {
        Error::new(Code::InvalidArgument, "expected the state of a hash, got other bytes")
    })
}
