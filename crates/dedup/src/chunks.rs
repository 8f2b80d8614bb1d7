//! Chunks and their digests, in one pass.

use alloc::vec::Vec;
use core::fmt;

use bytemill_hash::blake3::{Key, digests};

use crate::chunker::Chunker;

/// Bytes of a digest.
const DIGEST_BYTES: usize = 32;
/// Chunks that are digested together: enough for short ones to share the lanes of the vector unit, few enough for their
/// bytes to be in the cache still.
const GROUP_BYTES: usize = 64 << 10;

/// The chunks of an input, one after another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chunks {
    /// Length of each in bytes.
    pub lengths: Vec<u32>,
    /// BLAKE3 of each, 32 bytes.
    pub digests: Vec<u8>,
}

/// The allocator refused memory for the results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OutOfMemory;

impl OutOfMemory {
    /// The sentence that [`fmt::Display`] gives.
    pub const MESSAGE: &str = "no memory for the result";
}

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::MESSAGE)
    }
}

impl core::error::Error for OutOfMemory {}

/// Cuts `input` and digests the chunks under `key`. With `end` the input ends here, and all of it is chunks; else those
/// that do not depend on what follows, and what is left has to come again in front of it. Gives the bytes taken.
///
/// The chunks are the same whatever pieces the input comes in, and however many threads take part. Takes time linear in
/// the length of the input.
///
/// # Errors
///
/// [`OutOfMemory`]; `chunks` then has the chunks up to there.
pub fn chunk(
    input: &[u8],
    end: bool,
    chunker: &Chunker,
    key: &Key,
    chunks: &mut Chunks,
) -> Result<usize, OutOfMemory> {
    #[cfg(feature = "parallel")]
    if let Some(cuts) = crate::parallel::cuts(input, chunker) {
        return crate::parallel::chunk(input, end, &cuts, key, chunks);
    }
    let mut taken = 0;
    loop {
        let first = chunks.lengths.len();
        let more = lengths(&input[taken..], end, chunker, chunks)?;
        taken += digest(&input[taken..], first, key, chunks)?;
        if !more {
            return Ok(taken);
        }
    }
}

/// Appends the lengths of a group of chunks; false where these were the last.
fn lengths(
    input: &[u8],
    end: bool,
    chunker: &Chunker,
    chunks: &mut Chunks,
) -> Result<bool, OutOfMemory> {
    let mut rest = input;
    while input.len() - rest.len() < GROUP_BYTES {
        let length = match chunker.cut(rest) {
            Some(length) => length,
            None if end && !rest.is_empty() => rest.len(),
            None => return Ok(false),
        };
        chunks.lengths.try_reserve(1).map_err(|_| OutOfMemory)?;
        chunks.lengths.push(length as u32);
        rest = &rest[length..];
    }
    Ok(true)
}

/// Appends the digests of the chunks from the `first` on, which are the beginning of `input`; gives their length.
fn digest(
    input: &[u8],
    first: usize,
    key: &Key,
    chunks: &mut Chunks,
) -> Result<usize, OutOfMemory> {
    let lengths = &chunks.lengths[first..];
    let room = lengths.len() * DIGEST_BYTES;
    chunks.digests.try_reserve(room).map_err(|_| OutOfMemory)?;
    let at = chunks.digests.len();
    chunks.digests.resize(at + room, 0);
    let mut rest = input;
    digest_each(&mut rest, lengths, key, &mut chunks.digests[at..]);
    Ok(input.len() - rest.len())
}

/// Digests the chunks of these lengths, and leaves what follows them.
pub(crate) fn digest_each(rest: &mut &[u8], lengths: &[u32], key: &Key, output: &mut [u8]) {
    let mut inputs = lengths.iter().map(|length| {
        let (chunk, others) = rest.split_at(*length as usize);
        *rest = others;
        chunk
    });
    digests(&mut inputs, key, DIGEST_BYTES, output);
}
