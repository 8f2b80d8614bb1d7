//! Match finders: they go over one block and leave its sequences in the store.

mod chain;
mod dfast;
mod fast;
mod lazy;
mod optimal;
mod prices;
mod rows;
mod simd;
mod snapshot;
mod tree;

pub(crate) use snapshot::Snapshot;

use alloc::vec::Vec;

use super::params::{Params, Strategy};
use super::store::Store;
use crate::EncodeError;

/// Positions stop here; then the tables start anew.
const MAX_INDEX: u32 = 0xE000_0000;
/// A frame that starts behind this index starts anew at once.
const LATE_INDEX: u32 = 0xA000_0000;

/// The block at hand and what lies before it. Positions are entered into tables as indices, which go on growing from
/// frame to frame: what an earlier frame left is below `low` and no table has to be cleared.
#[derive(Clone, Copy)]
pub(crate) struct Span<'a> {
    pub(crate) buf: &'a [u8],
    /// The block is `buf[start..end]`.
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Index of `buf[0]`; it may wrap.
    pub(crate) base: u32,
    /// Lowest index of this frame's content.
    pub(crate) low: u32,
    /// Largest distance.
    pub(crate) window: u32,
}

impl Span<'_> {
    /// The index of a position.
    #[inline(always)]
    pub(crate) fn index(&self, at: usize) -> u32 {
        (at as u32).wrapping_add(self.base)
    }

    /// The position of an index.
    #[inline(always)]
    pub(crate) fn position(&self, index: u32) -> usize {
        index.wrapping_sub(self.base) as usize
    }

    /// The lowest index that position `at` may refer to.
    #[inline(always)]
    pub(crate) fn lowest(&self, at: usize) -> u32 {
        self.low.max(self.index(at).saturating_sub(self.window))
    }

    /// The lowest index that all of the block may refer to.
    pub(crate) fn lowest_of_block(&self) -> u32 {
        self.lowest(self.end)
    }
}

/// Tables of indices, kept from frame to frame.
pub(crate) struct Finder {
    hash: Vec<u32>,
    chain: Vec<u32>,
    /// Beside `hash` where it is made of rows.
    tags: Vec<u8>,
    optimal: optimal::Optimal,
    /// The first index that no frame has used.
    next: u32,
}

impl Finder {
    pub(crate) fn new() -> Self {
        Self {
            hash: Vec::new(),
            chain: Vec::new(),
            tags: Vec::new(),
            optimal: optimal::Optimal::new(),
            next: 1,
        }
    }

    /// Makes sure of tables for `params` and returns the index at which a new frame's content starts.
    pub(crate) fn begin(&mut self, params: &Params) -> Result<u32, EncodeError> {
        grow(&mut self.hash, 1 << params.hash_log)?;
        if params.rows() {
            grow(&mut self.tags, 1 << params.hash_log)?;
        } else if params.strategy != Strategy::Fast {
            grow(&mut self.chain, 1 << params.chain_log)?;
        }
        if params.strategy >= Strategy::Opt {
            self.optimal.prices.reset();
            if params.min_match == 3 {
                grow(&mut self.optimal.triples, 1 << optimal::triples_log(params))?;
            }
        }
        if self.next > LATE_INDEX {
            self.clear();
        }
        Ok(self.next)
    }

    /// Makes the tables what those of `other` are, and forgets what prices were learned.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.hash.clone_from(&other.hash);
        self.chain.clone_from(&other.chain);
        self.tags.clone_from(&other.tags);
        self.optimal.triples.clone_from(&other.optimal.triples);
        self.optimal.prices.reset();
        self.next = other.next;
    }

    /// Whether no block of the frame has been parsed by prices yet.
    pub(crate) fn knows_no_prices(&self) -> bool {
        self.optimal.prices.is_new()
    }

    /// Whether a block that ends at `index` can be entered.
    pub(crate) fn has_room(index: u32) -> bool {
        index < MAX_INDEX
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.hash.fill(0);
        self.chain.fill(0);
        self.optimal.triples.fill(0);
        self.next = 1;
    }

    /// Finds the matches of a block. Returns where the literals after the last one start.
    pub(crate) fn block(&mut self, span: &Span<'_>, params: &Params, store: &mut Store) -> usize {
        self.next = self.next.max(span.index(span.end));
        if span.end - span.start < 16 {
            return span.start;
        }
        let hash = &mut self.hash[..1 << params.hash_log];
        let depth = match params.strategy {
            Strategy::Fast => return fast::block(hash, span, params, store),
            Strategy::Dfast => {
                let chain = &mut self.chain[..1 << params.chain_log];
                return dfast::block(hash, chain, span, params, store);
            }
            Strategy::Greedy => 0,
            Strategy::Lazy => 1,
            Strategy::Lazy2 | Strategy::Tree => 2,
            Strategy::Opt | Strategy::Ultra | Strategy::Ultra2 => {
                return self.optimal_block(span, params, store);
            }
        };
        if params.strategy == Strategy::Tree {
            let nodes = &mut self.chain[..1 << params.chain_log];
            let mut tree = tree::Tree::new(hash, nodes, params, span.start);
            return lazy::block(&mut tree, span, depth, store);
        }
        if params.rows() {
            let tags = &mut self.tags[..1 << params.hash_log];
            let mut rows = rows::Rows::new(tags, hash, params, span);
            lazy::block(&mut rows, span, depth, store)
        } else {
            let chain = &mut self.chain[..1 << params.chain_log];
            let mut chains = chain::Chains::new(hash, chain, params, span.start);
            lazy::block(&mut chains, span, depth, store)
        }
    }
}

impl Finder {
    /// Enters `buf[start..end]` of `span` as history, without looking for matches.
    pub(crate) fn load(&mut self, span: &Span<'_>, params: &Params) {
        self.next = self.next.max(span.index(span.end));
        let Some(end) = span.end.checked_sub(8).filter(|&end| end > span.start) else { return };
        let hash = &mut self.hash[..1 << params.hash_log];
        if params.rows() {
            let tags = &mut self.tags[..1 << params.hash_log];
            return rows::Rows::new(tags, hash, params, span).load(span, end);
        }
        let buf = span.buf;
        let chain = self.chain.get_mut(..1 << params.chain_log).unwrap_or_default();
        match params.strategy {
            Strategy::Fast => {
                let of = Hash::new(params.min_match, params.hash_log);
                for at in span.start..end {
                    hash[of.of(read64(buf, at))] = span.index(at);
                }
            }
            Strategy::Dfast => {
                let long = Hash::new(8, params.hash_log);
                let short = Hash::new(params.min_match, params.chain_log);
                for at in span.start..end {
                    let word = read64(buf, at);
                    hash[long.of(word)] = span.index(at);
                    chain[short.of(word)] = span.index(at);
                }
            }
            Strategy::Greedy | Strategy::Lazy | Strategy::Lazy2 => {
                chain::Chains::new(hash, chain, params, span.start).load(span, end);
            }
            _ => tree::Tree::new(hash, chain, params, span.start).update(span, end),
        }
    }

    fn optimal_block(&mut self, span: &Span<'_>, params: &Params, store: &mut Store) -> usize {
        let hash = &mut self.hash[..1 << params.hash_log];
        let nodes = &mut self.chain[..1 << params.chain_log];
        let tree = tree::Tree::new(hash, nodes, params, span.start);
        optimal::block(&mut self.optimal, tree, span, params, store)
    }
}

fn grow<T: Copy + Default>(table: &mut Vec<T>, size: usize) -> Result<(), EncodeError> {
    if let Some(more) = size.checked_sub(table.len()) {
        let bytes = more * size_of::<T>();
        table.try_reserve_exact(more).map_err(|_| EncodeError::OutOfMemory { bytes })?;
        table.resize(size, T::default());
    }
    Ok(())
}

/// Eight bytes from `at` on; 0 where there are not as many.
#[inline(always)]
pub(crate) fn read64(buf: &[u8], at: usize) -> u64 {
    // In this form one comparison remains inside of loops.
    if buf.len() < 8 || at > buf.len() - 8 {
        return 0;
    }
    buf[at..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes))
}

/// Four bytes from `at` on; 0 where there are not as many.
#[inline(always)]
pub(crate) fn read32(buf: &[u8], at: usize) -> u32 {
    if buf.len() < 4 || at > buf.len() - 4 {
        return 0;
    }
    buf[at..].first_chunk().map_or(0, |bytes| u32::from_le_bytes(*bytes))
}

/// A hash function of the first bytes of a word.
#[derive(Clone, Copy)]
pub(crate) struct Hash {
    cut: u32,
    keep: u32,
}

impl Hash {
    /// Hashes `bytes` bytes (3 to 8) to `bits` bits.
    pub(crate) fn new(bytes: u32, bits: u32) -> Self {
        Self { cut: 64 - 8 * bytes.clamp(3, 8), keep: 64 - bits }
    }

    #[inline(always)]
    pub(crate) fn of(self, word: u64) -> usize {
        ((word << (self.cut & 63)).wrapping_mul(0xCF1B_BCDC_B7A5_6463) >> (self.keep & 63)) as usize
    }
}

/// How many bytes from `a` on equal those from `b` on, `b < a`, up to position `end`.
#[inline(always)]
pub(crate) fn common(buf: &[u8], a: usize, b: usize, end: usize) -> usize {
    if a + 8 <= end {
        let difference = read64(buf, a) ^ read64(buf, b);
        if difference != 0 {
            return (difference.trailing_zeros() >> 3) as usize;
        }
        return 8 + common_long(buf, a + 8, b + 8, end);
    }
    common_long(buf, a, b, end)
}

#[inline(never)]
fn common_long(buf: &[u8], a: usize, b: usize, end: usize) -> usize {
    let (Some(left), Some(right)) = (buf.get(a..end), buf.get(b..)) else { return 0 };
    let (left, left_rest) = left.as_chunks::<8>();
    let (right, _) = right.as_chunks::<8>();
    for (i, (x, y)) in left.iter().zip(right).enumerate() {
        let difference = u64::from_le_bytes(*x) ^ u64::from_le_bytes(*y);
        if difference != 0 {
            return i * 8 + (difference.trailing_zeros() >> 3) as usize;
        }
    }
    let whole = left.len() * 8;
    let rest = buf[b + whole..].iter().zip(left_rest).take_while(|(x, y)| x == y).count();
    whole + rest
}

/// How many bytes before `a` equal those before `b`, down to position `floor` of `a` and `lowest` of `b`.
#[inline(always)]
pub(crate) fn common_before(buf: &[u8], a: usize, b: usize, floor: usize, lowest: usize) -> usize {
    let most = (a - floor.min(a)).min(b - lowest.min(b));
    let mut back = 0;
    while back < most && buf[a - back - 1] == buf[b - back - 1] {
        back += 1;
    }
    back
}
