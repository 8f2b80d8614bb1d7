//! Four lanes that each work on a chunk of their own, of any length: one that is done takes the next.

use bytemill_simd::U32x4;

use super::Key;
use super::compress::{Value, flag};
use super::wide::{Metas, advance, same, values};
use crate::block::{BLOCK_LEN, Block, blocks, columns, padded};

/// A chunk to do, of at most 1024 bytes.
pub(super) struct Job<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) counter: u64,
    /// Flags of its last block, besides the usual ones.
    pub(super) last: u32,
    /// Where its chaining value goes; what that means is the source's business.
    pub(super) place: usize,
}

/// Gives the chunks and takes their chaining values, in whatever order they end.
pub(super) trait Source<'a> {
    /// The next chunk to do.
    fn next(&mut self) -> Option<Job<'a>>;
    /// A chunk is done.
    fn done(&mut self, place: usize, value: Value);
}

#[derive(Clone, Copy)]
struct Lane<'a> {
    rest: &'a [u8],
    last: u32,
    /// None where there is no more to do.
    place: Option<usize>,
}

/// Does all jobs of a source. One copy for all sources: two calls through a table per chunk do not show.
#[inline(never)]
pub(super) fn run(key: &Key, source: &mut dyn Source<'_>) {
    let fresh = same(&key.words);
    let mut lanes = [Lane { rest: &[], last: 0, place: None }; 4];
    let mut counters = [[0_u32; 4]; 2];
    let mut value = fresh;
    let flags = key.flags;
    loop {
        // All ones where a lane begins.
        let mut begins = [0_u32; 4];
        let mut busy = false;
        for (at, lane) in lanes.iter_mut().enumerate() {
            if lane.place.is_none()
                && let Some(job) = source.next()
            {
                *lane = Lane { rest: job.bytes, last: job.last, place: Some(job.place) };
                counters[0][at] = job.counter as u32;
                counters[1][at] = (job.counter >> 32) as u32;
                begins[at] = u32::MAX;
            }
            busy |= lane.place.is_some();
        }
        if !busy {
            return;
        }
        let mut padding: [Block; 4] = [[[0; 16]; 4]; 4];
        let (mut lens, mut all_flags) = ([0_u32; 4], [0_u32; 4]);
        let mut ends = [false; 4];
        let mut message = [&[[0_u8; 16]; 4]; 4];
        for (at, (lane, padding)) in lanes.iter_mut().zip(&mut padding).enumerate() {
            lens[at] = lane.rest.len().min(BLOCK_LEN) as u32;
            let start = if begins[at] == 0 { 0 } else { flag::CHUNK_START };
            ends[at] = lane.rest.len() <= BLOCK_LEN;
            let end = if ends[at] { flag::CHUNK_END | lane.last } else { 0 };
            all_flags[at] = flags | start | end;
            if let Some(block) = blocks(lane.rest).0.first() {
                message[at] = block;
                lane.rest = &lane.rest[BLOCK_LEN..];
            } else {
                *padding = padded(lane.rest);
                message[at] = padding;
            }
        }
        let begins = U32x4::new(begins);
        for (value, fresh) in value.iter_mut().zip(fresh) {
            *value = U32x4::select(begins, fresh, *value);
        }
        let metas = Metas {
            counters: counters.map(U32x4::new),
            lens: U32x4::new(lens),
            flags: U32x4::new(all_flags),
        };
        value = advance(&value, &columns(message), &metas);
        if ends.contains(&true) {
            for ((lane, value), ended) in lanes.iter_mut().zip(values(&value)).zip(ends) {
                if ended && let Some(place) = lane.place.take() {
                    source.done(place, value);
                }
            }
        }
    }
}
