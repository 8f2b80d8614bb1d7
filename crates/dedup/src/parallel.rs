//! A large input over rayon's threads.
//!
//! Where a chunk ends depends on where it begins, and so on all before it. But two ways of cutting that differ in their
//! beginning soon have a cut in common, and agree from there on. So every thread cuts a segment as if a chunk began
//! with it; then the real cuts go through the segments, one by one until they meet a cut of the segment's own, from
//! where on those are taken over. What comes out is what one thread would have found, for any input: where two ways
//! never meet, the rest of the segment is cut anew.

use alloc::vec::Vec;

use bytemill_hash::blake3::Key;
use rayon::prelude::*;

use crate::chunker::Chunker;
use crate::chunks::{Chunks, OutOfMemory, digest_each};

/// Least bytes of a segment: what is cut twice, a few chunks, must not count.
const SEGMENT_BYTES: usize = 512 << 10;
/// Least length of a segment in largest chunks.
const SEGMENT_CHUNKS: usize = 8;
/// Parts that each thread gets, so that their differences level out.
const PARTS: usize = 4;

/// The cuts of an input, ascending, and not its end; none where it is too short to be shared.
pub(crate) fn cuts(input: &[u8], chunker: &Chunker) -> Option<Vec<usize>> {
    let least = SEGMENT_BYTES.max(SEGMENT_CHUNKS * chunker.max_bytes());
    let threads = rayon::current_num_threads();
    let parts = (input.len() / least).min(threads * PARTS);
    if parts < 2 || threads < 2 {
        return None;
    }
    let segment = input.len().div_ceil(parts);
    let starts: Vec<usize> = (0..input.len()).step_by(segment).collect();
    let found: Vec<Vec<usize>> = starts
        .par_iter()
        .map(|start| cuts_from(input, *start, *start + segment, chunker))
        .collect();
    let mut cuts: Vec<usize> = Vec::new();
    let mut at = 0;
    loop {
        // The first cut behind a segment belongs to it too.
        let number = at / segment;
        let begins = number * segment == at;
        let own = found.get(number).map_or(&[][..], Vec::as_slice);
        let same = if begins { Some(0) } else { own.binary_search(&at).ok().map(|same| same + 1) };
        if let Some(others) = same.and_then(|from| own.get(from..)).filter(|own| !own.is_empty()) {
            cuts.extend_from_slice(others);
        } else {
            match chunker.cut(input.get(at..).unwrap_or_default()) {
                Some(length) => cuts.push(at + length),
                None => return Some(cuts),
            }
        }
        at = cuts.last().copied().unwrap_or(input.len());
    }
}

/// The cuts behind `start`, up to the first that is not below `end`.
fn cuts_from(input: &[u8], start: usize, end: usize, chunker: &Chunker) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = start;
    while at < end
        && let Some(length) = chunker.cut(&input[at..])
    {
        at += length;
        cuts.push(at);
    }
    cuts
}

/// Digests the chunks between the cuts, and, where the input ends, the one behind the last.
pub(crate) fn chunk(
    input: &[u8],
    end: bool,
    cuts: &[usize],
    key: &Key,
    chunks: &mut Chunks,
) -> Result<usize, OutOfMemory> {
    let first = chunks.lengths.len();
    chunks.lengths.try_reserve(cuts.len() + 1).map_err(|_| OutOfMemory)?;
    let mut at = 0;
    for cut in cuts {
        chunks.lengths.push((cut - at) as u32);
        at = *cut;
    }
    if end && at < input.len() {
        chunks.lengths.push((input.len() - at) as u32);
        at = input.len();
    }
    let lengths = &chunks.lengths[first..];
    let room = lengths.len() * 32;
    chunks.digests.try_reserve(room).map_err(|_| OutOfMemory)?;
    let digests_at = chunks.digests.len();
    chunks.digests.resize(digests_at + room, 0);
    let per_part = lengths.len().div_ceil(rayon::current_num_threads() * PARTS).max(1);
    let mut rest = input;
    let parts: Vec<(&[u8], &[u32])> = lengths
        .chunks(per_part)
        .map(|lengths| {
            let bytes = lengths.iter().map(|length| *length as usize).sum();
            let (part, others) = rest.split_at(bytes);
            rest = others;
            (part, lengths)
        })
        .collect();
    chunks.digests[digests_at..]
        .par_chunks_mut(per_part * 32)
        .zip(parts)
        .for_each(|(output, (mut part, lengths))| digest_each(&mut part, lengths, key, output));
    Ok(at)
}
