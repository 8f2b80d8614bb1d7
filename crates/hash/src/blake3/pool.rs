//! Four lanes that each work on a chunk of their own, of any length: one that is done takes the next. Where there are
//! many chunks, those of the same number of blocks go first, four at a time: they begin and end together, and nothing
//! has to be decided between their blocks (a quarter less time for lengths of 64 to 1024 bytes).

use bytemill_simd::U32x4;

use super::Key;
use super::compress::{Value, flag};
use super::wide::{CHUNK_LEN, Metas, advance_blocks, same, values};
use crate::block::{BLOCK_LEN, Block, blocks, padded};

/// A chunk to do, of at most 1024 bytes.
#[derive(Clone, Copy)]
pub(super) struct Job<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) counter: u64,
    /// Flags of its last block, besides the usual ones.
    pub(super) last: u32,
    /// Where its chaining value goes; what that means is the source's business.
    pub(super) place: usize,
}

/// Takes chaining values, in whatever order their chunks end.
pub(super) trait Sink {
    /// A chunk is done.
    fn done(&mut self, place: usize, value: Value);
}

/// Gives the chunks and takes their chaining values.
pub(super) trait Source<'a>: Sink {
    /// The next chunk to do.
    fn next(&mut self) -> Option<Job<'a>>;
}

#[derive(Clone, Copy)]
struct Lane<'a> {
    rest: &'a [u8],
    last: u32,
    /// None where there is no more to do.
    place: Option<usize>,
}

/// Most blocks of a chunk.
const CHUNK_BLOCKS: usize = CHUNK_LEN / BLOCK_LEN;

/// Jobs that wait for others of as many blocks.
#[derive(Clone, Copy)]
struct Waiting<'a> {
    jobs: [Job<'a>; 4],
    count: usize,
}

/// Does all jobs of a source of many.
pub(super) fn run_sorted<'a>(key: &Key, source: &mut impl Source<'a>) {
    let none = Waiting { jobs: [Job { bytes: &[], counter: 0, last: 0, place: 0 }; 4], count: 0 };
    let mut waiting = [none; CHUNK_BLOCKS];
    while let Some(job) = source.next() {
        let before_last = job.bytes.len().saturating_sub(1) / BLOCK_LEN;
        let Some(alike) = waiting.get_mut(before_last) else { continue };
        alike.jobs[alike.count % 4] = job;
        alike.count += 1;
        if alike.count == 4 {
            alike.count = 0;
            let values = together(key, &alike.jobs, before_last);
            for (job, value) in alike.jobs.iter().zip(values) {
                source.done(job.place, value);
            }
        }
    }
    run(key, &mut Left { waiting, sink: source });
}

/// What is left when no four are alike any more.
struct Left<'a, 'b> {
    waiting: [Waiting<'a>; CHUNK_BLOCKS],
    /// No more of the source, which would be a second copy of how it gives its chunks.
    sink: &'b mut dyn Sink,
}

impl<'a> Source<'a> for Left<'a, '_> {
    /// The longest first, so that the lanes end at about the same time.
    fn next(&mut self) -> Option<Job<'a>> {
        let alike = self.waiting.iter_mut().rev().find(|alike| alike.count > 0)?;
        alike.count -= 1;
        alike.jobs.get(alike.count).copied()
    }
}

impl Sink for Left<'_, '_> {
    fn done(&mut self, place: usize, value: Value) {
        self.sink.done(place, value);
    }
}

/// Four chunks of as many blocks.
#[inline(never)]
fn together(key: &Key, jobs: &[Job<'_>; 4], before_last: usize) -> [Value; 4] {
    let counters = [0, 32].map(|shift| U32x4::new(jobs.map(|job| (job.counter >> shift) as u32)));
    let mut metas = Metas {
        counters,
        lens: U32x4::splat(BLOCK_LEN as u32),
        flags: U32x4::splat(key.flags | flag::CHUNK_START),
    };
    let mut value = same(&key.words);
    let [a, b, c, d] = jobs.map(|job| blocks(job.bytes).0);
    for (((a, b), c), d) in a.iter().zip(b).zip(c).zip(d).take(before_last) {
        advance_blocks(&mut value, [a, b, c, d], &metas);
        metas.flags = U32x4::splat(key.flags);
    }
    let tails = jobs.map(|job| job.bytes.get(before_last * BLOCK_LEN..).unwrap_or_default());
    let mut padding: [Block; 4] = [[[0; 16]; 4]; 4];
    let mut message = [&[[0_u8; 16]; 4]; 4];
    for ((tail, padding), message) in tails.iter().zip(&mut padding).zip(&mut message) {
        if let Some(block) = blocks(tail).0.first() {
            *message = block;
        } else {
            *padding = padded(tail);
            *message = padding;
        }
    }
    metas.lens = U32x4::new(tails.map(|tail| tail.len() as u32));
    metas.flags = metas.flags | U32x4::new(jobs.map(|job| flag::CHUNK_END | job.last));
    advance_blocks(&mut value, message, &metas);
    values(&value)
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
        advance_blocks(&mut value, message, &metas);
        if ends.contains(&true) {
            for ((lane, value), ended) in lanes.iter_mut().zip(values(&value)).zip(ends) {
                if ended && let Some(place) = lane.place.take() {
                    source.done(place, value);
                }
            }
        }
    }
}
