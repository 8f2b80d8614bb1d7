//! Long-distance matches: repetitions of 64 bytes or more, from as far back as the window reaches.
//!
//! A gear hash rolls over the content and cuts it at places that depend on the bytes before them alone, so that the same
//! content is cut at the same places wherever it stands. The bytes before a cut are looked up in a table of buckets, of
//! which a window needs one entry for each 16 to 128 bytes: tables of all positions, as the other finders have, would
//! have to be a hundred times as large. What is found is taken as it is; the other finders search what lies between.

use alloc::vec::Vec;

use xxhash_rust::xxh64::xxh64;

use super::finder::{Span, common, common_before};
use super::params::{Params, Strategy};
use crate::EncodeError;

/// Indices stop here; then the table starts anew.
const MAX_INDEX: u32 = 0xE000_0000;

/// A match at a position of the buffer.
#[derive(Clone, Copy, Debug)]
pub(super) struct LongMatch {
    pub(super) at: usize,
    pub(super) length: usize,
    pub(super) distance: u32,
}

/// A place that was looked up: index of its first byte, 0 for none, and the half of its hash that chooses no bucket.
#[derive(Clone, Copy, Default)]
struct Entry {
    index: u32,
    check: u32,
}

/// Finds long matches, block by block.
pub(super) struct LongMatches {
    gear: [u64; 256],
    /// Bits of the rolling hash that are 0 at a cut.
    mask: u64,
    rolling: u64,
    /// Bytes that are looked up, and of which a match has to have as many.
    least: usize,
    table: Vec<Entry>,
    bucket_log: u32,
    /// For each bucket the entry that is overwritten next.
    places: Vec<u8>,
    /// Index of the first byte of the buffer; it may wrap.
    base: u32,
    /// Lowest index of the frame.
    low: u32,
    /// The distance of a match that goes on past the end of its block.
    open: Option<u32>,
    pub(super) found: Vec<LongMatch>,
}

impl LongMatches {
    /// What a frame of these parameters starts with.
    pub(super) fn new(params: &Params) -> Result<Self, EncodeError> {
        let strategy = params.strategy as u32;
        // Cuts are 2^7 bytes apart on average at the fastest levels, 2^4 at the strongest.
        let rate = 7 - strategy / 3;
        let least = if params.strategy >= Strategy::Ultra { 32 } else { 64 };
        let table_log = params.window_log.saturating_sub(rate).max(6);
        let bucket_log = strategy.clamp(4, 8).min(table_log);
        let mut table = Vec::new();
        let mut places = Vec::new();
        let refused = |_| EncodeError::OutOfMemory { bytes: size_of::<Entry>() << table_log };
        table.try_reserve_exact(1 << table_log).map_err(refused)?;
        table.resize(1 << table_log, Entry::default());
        places.try_reserve_exact(1 << (table_log - bucket_log)).map_err(refused)?;
        places.resize(1 << (table_log - bucket_log), 0);
        Ok(Self {
            gear: gear(),
            // The bits that all of the last `least` bytes have had a part in, and no byte before them.
            mask: ((1 << rate) - 1) << (least as u32 - rate),
            rolling: 0,
            least,
            table,
            bucket_log,
            places,
            base: 1,
            low: 1,
            open: None,
            found: Vec::new(),
        })
    }

    /// The first `bytes` of the buffer are gone; everything else has moved to the front.
    pub(super) fn shift(&mut self, bytes: usize) {
        let lowest = self.low.wrapping_sub(self.base) as usize;
        self.base = self.base.wrapping_add(bytes as u32);
        if lowest < bytes {
            self.low = self.base;
        }
    }

    /// Enters `buf[start..end]` as history.
    pub(super) fn load(&mut self, buf: &[u8], start: usize, end: usize) {
        let mut at = start;
        while let Some(cut) = self.next_cut(buf, at, end) {
            at = cut;
            if let Some(key) = self.key(buf, cut) {
                let (bucket, entry) = self.place(buf, key);
                self.enter(bucket, entry);
            }
        }
    }

    /// Leaves the matches of a block in `found`, in order.
    pub(super) fn block(&mut self, span: &Span<'_>) {
        let Span { buf, start, end, .. } = *span;
        self.found.clear();
        let end_index = u64::from((start as u32).wrapping_add(self.base)) + (end - start) as u64;
        if end_index > u64::from(MAX_INDEX) {
            self.table.fill(Entry::default());
            self.base = 1_u32.wrapping_sub(start as u32);
            self.low = 1;
        }
        let window = span.window as usize;
        let floor = self.low.wrapping_sub(self.base) as usize;
        let floor = floor.max(end.saturating_sub(window));
        let mut anchor = self.go_on(buf, start, end, floor);
        let mut at = start;
        while let Some(cut) = self.next_cut(buf, at, end) {
            at = cut;
            let Some(key) = self.key(buf, cut) else { continue };
            let (bucket, entry) = self.place(buf, key);
            if key >= anchor
                && let Some(found) = self.longest(buf, (anchor, key, end), floor, bucket, entry)
            {
                anchor = found.at + found.length;
                self.open = (anchor == end).then_some(found.distance);
                self.found.push(found);
            }
            self.enter(bucket, entry);
        }
    }

    /// Continues the match that the block before ended with. Returns where the search starts.
    fn go_on(&mut self, buf: &[u8], start: usize, end: usize, floor: usize) -> usize {
        let Some(distance) = self.open.take() else { return start };
        let Some(source) = start.checked_sub(distance as usize) else { return start };
        let length = common(buf, start, source, end);
        if source < floor || length < self.least {
            return start;
        }
        self.open = (start + length == end).then_some(distance);
        self.found.push(LongMatch { at: start, length, distance });
        start + length
    }

    /// Rolls on from `at` and returns the next cut, if it is not past `end`.
    #[inline(always)]
    fn next_cut(&mut self, buf: &[u8], at: usize, end: usize) -> Option<usize> {
        let roll =
            |rolling: u64, byte: u8| (rolling << 1).wrapping_add(self.gear[usize::from(byte)]);
        let mask = self.mask;
        let mut rolling = self.rolling;
        let mut at = at;
        // One test for four bytes, of which hardly any is a cut.
        for &[a, b, c, d] in buf[at..end].as_chunks::<4>().0 {
            let first = roll(rolling, a);
            let second = roll(first, b);
            let third = roll(second, c);
            let fourth = roll(third, d);
            let cuts = [first, second, third, fourth].map(|rolling| u8::from(rolling & mask == 0));
            if cuts.iter().fold(0, |all, cut| all | cut) != 0 {
                break;
            }
            rolling = fourth;
            at += 4;
        }
        for (passed, &byte) in buf[at..end].iter().enumerate() {
            rolling = roll(rolling, byte);
            if rolling & mask == 0 {
                self.rolling = rolling;
                return Some(at + passed + 1);
            }
        }
        self.rolling = rolling;
        None
    }

    /// The position of what is looked up at a cut.
    fn key(&self, buf: &[u8], cut: usize) -> Option<usize> {
        debug_assert!(cut <= buf.len(), "a cut lies within the buffer");
        let floor = self.low.wrapping_sub(self.base) as usize;
        cut.checked_sub(self.least).filter(|&key| key >= floor)
    }

    /// The bucket and the entry of the bytes at `key`.
    fn place(&self, buf: &[u8], key: usize) -> (usize, Entry) {
        let hash = xxh64(&buf[key..key + self.least], 0);
        let bucket = hash as usize & (self.places.len() - 1);
        let index = (key as u32).wrapping_add(self.base);
        (bucket, Entry { index, check: (hash >> 32) as u32 })
    }

    fn enter(&mut self, bucket: usize, entry: Entry) {
        let place = &mut self.places[bucket];
        let at = (bucket << self.bucket_log) + usize::from(*place);
        self.table[at] = entry;
        *place = ((u32::from(*place) + 1) & ((1 << self.bucket_log) - 1)) as u8;
    }

    /// The longest match around `key` among the entries of its bucket; of equal ones the nearest.
    fn longest(
        &self,
        buf: &[u8],
        (anchor, key, end): (usize, usize, usize),
        floor: usize,
        bucket: usize,
        entry: Entry,
    ) -> Option<LongMatch> {
        let entries = bucket << self.bucket_log..(bucket + 1) << self.bucket_log;
        let mut best: Option<LongMatch> = None;
        for candidate in &self.table[entries] {
            if candidate.check != entry.check || candidate.index < self.low {
                continue;
            }
            let source = candidate.index.wrapping_sub(self.base) as usize;
            if source < floor || source >= key {
                continue;
            }
            let forward = common(buf, key, source, end);
            if forward < self.least {
                continue;
            }
            let back = common_before(buf, key, source, anchor, floor);
            let length = back + forward;
            let distance = entry.index - candidate.index;
            let better = best.is_none_or(|best| {
                length > best.length || length == best.length && distance < best.distance
            });
            if better {
                best = Some(LongMatch { at: key - back, length, distance });
            }
        }
        best
    }
}

/// A number for each byte, of which only has to be said that no two have to do with each other (`SplitMix64`).
fn gear() -> [u64; 256] {
    let mut state = 0_u64;
    core::array::from_fn(|_| {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut value = state;
        value = (value ^ (value >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        value ^ (value >> 31)
    })
}
