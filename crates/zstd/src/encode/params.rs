//! What a level means: window, tables and strategy, by level and by the size of the input.
//!
//! The values are libzstd's (1.5.7), so that a level here and a level there ask for the same effort and give about the
//! same ratio, but for the tables of the strategies that look positions up one by one (`Dfast` to `Lazy2`). Theirs grow
//! to 10 MB and every lookup waits for memory; ours stay within a core's cache, and deeper rows make up for what a small
//! table forgets. That halves the time at bytes within 1 %.

use Strategy::{
    Dfast as D, Fast as F, Greedy as G, Lazy as L, Lazy2 as Z, Opt as O, Tree as T, Ultra as U,
    Ultra2 as V,
};

/// Lowest level: the fastest.
pub const MIN_LEVEL: i32 = -7;
/// Highest level: the strongest.
pub const MAX_LEVEL: i32 = 19;
/// What level 0 means.
pub const DEFAULT_LEVEL: i32 = 3;

/// Tables of rows have 2^this times fewer entries than the window has positions.
const ROWS_LESS: u32 = 2;
/// A table of rows with 2^this entries fits any cache.
const ROWS_LEAST: u32 = 15;

/// How matches are found, from the fastest to the strongest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Strategy {
    /// One hash table, first match taken.
    Fast = 1,
    /// A table of long hashes and one of short ones.
    Dfast,
    /// Best of several candidates.
    Greedy,
    /// The same, unless the next position has a better one.
    Lazy,
    /// The same, looking two positions ahead.
    Lazy2,
    /// `Lazy2` over binary trees.
    Tree,
    /// Cheapest path by estimated prices.
    Opt,
    /// The same with finer prices.
    Ultra,
    /// The same, the first block parsed twice.
    Ultra2,
}

/// One row of the table of levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Params {
    /// Matches reach back 2^`window_log` bytes at the most.
    pub(crate) window_log: u32,
    /// Size of the second table: chains, tree nodes or short hashes.
    pub(crate) chain_log: u32,
    /// Size of the first hash table.
    pub(crate) hash_log: u32,
    /// 2^`search_log` candidates are looked at.
    pub(crate) search_log: u32,
    /// Bytes that are hashed.
    pub(crate) min_match: u32,
    /// A match of this length is taken at once; acceleration for `Fast`.
    pub(crate) target_length: u32,
    pub(crate) strategy: Strategy,
    /// Whether long matches are looked for in all of the window.
    pub(crate) long_distance: bool,
}

impl Params {
    /// The row of a level in `MIN_LEVEL..=MAX_LEVEL`, fitted to an input of `size` bytes (history included) where that
    /// is known. `window_log` 0 leaves the window to the level.
    pub(crate) fn new(level: i32, size: Option<u64>, window_log: u32) -> Self {
        let size = size.unwrap_or(u64::MAX);
        let class = [256 << 10, 128 << 10, 16 << 10].iter().filter(|&&most| size <= most).count();
        let level = if level == 0 { DEFAULT_LEVEL } else { level };
        let mut params = LEVELS[class & 3][usize::try_from(level).unwrap_or(0).min(19)];
        if level < 0 {
            params.target_length = level.unsigned_abs();
        }
        if window_log != 0 {
            params.window_log = window_log;
        }
        // No table is larger than the positions there are.
        if size <= 1 << 30 {
            let needed = u64::BITS - size.max(1 << 6).saturating_sub(1).leading_zeros();
            params.window_log = params.window_log.min(needed);
        }
        // A row is looked at as a whole, so that a table of a quarter of the positions forgets little.
        let mut entries = params.window_log + 1;
        if params.rows() {
            entries = entries.min((params.window_log - ROWS_LESS).max(ROWS_LEAST));
        }
        params.hash_log = params.hash_log.min(entries);
        let tree = u32::from(params.strategy >= Strategy::Tree);
        params.chain_log = params.chain_log.min(params.window_log + tree);
        params.window_log = params.window_log.max(10);
        params.hash_log = params.hash_log.max(6);
        params.chain_log = params.chain_log.max(6);
        params
    }

    /// Whether candidates come from rows of tagged entries; else from hash chains.
    pub(crate) fn rows(&self) -> bool {
        self.window_log > 14 && (Strategy::Greedy..=Strategy::Lazy2).contains(&self.strategy)
    }
}

const fn row(
    window_log: u32,
    chain_log: u32,
    hash_log: u32,
    search_log: u32,
    min_match: u32,
    target_length: u32,
    strategy: Strategy,
) -> Params {
    Params {
        window_log,
        chain_log,
        hash_log,
        search_log,
        min_match,
        target_length,
        strategy,
        long_distance: false,
    }
}

/// By size of input (any, up to 256 KiB, 128 KiB, 16 KiB) and level; row 0 is for negative levels.
const LEVELS: [[Params; 20]; 4] = [
    [
        row(19, 12, 13, 1, 6, 1, F),
        row(19, 13, 14, 1, 7, 0, F),
        row(20, 15, 16, 1, 6, 0, F),
        row(21, 15, 16, 1, 5, 0, D),
        row(21, 16, 17, 1, 5, 0, D),
        row(21, 18, 18, 3, 5, 2, G),
        row(21, 18, 18, 3, 5, 4, L),
        row(21, 19, 19, 4, 5, 8, L),
        row(21, 19, 19, 4, 5, 16, Z),
        row(22, 20, 19, 5, 5, 16, Z),
        row(22, 21, 20, 5, 5, 16, Z),
        row(22, 21, 19, 6, 5, 16, Z),
        row(22, 22, 20, 6, 5, 32, Z),
        row(22, 22, 22, 4, 5, 32, T),
        row(22, 22, 23, 5, 5, 32, T),
        row(22, 23, 23, 6, 5, 32, T),
        row(22, 22, 22, 5, 5, 48, O),
        row(23, 23, 22, 5, 4, 64, O),
        row(23, 23, 22, 6, 3, 64, U),
        row(23, 24, 22, 7, 3, 256, V),
    ],
    [
        row(18, 12, 13, 1, 5, 1, F),
        row(18, 13, 14, 1, 6, 0, F),
        row(18, 14, 14, 1, 5, 0, D),
        row(18, 15, 15, 1, 4, 0, D),
        row(18, 16, 17, 3, 5, 2, G),
        row(18, 17, 18, 5, 5, 2, G),
        row(18, 18, 19, 3, 5, 4, L),
        row(18, 18, 19, 4, 4, 4, L),
        row(18, 18, 19, 4, 4, 8, Z),
        row(18, 18, 19, 5, 4, 8, Z),
        row(18, 18, 19, 6, 4, 8, Z),
        row(18, 18, 19, 5, 4, 12, T),
        row(18, 19, 19, 7, 4, 12, T),
        row(18, 18, 19, 4, 4, 16, O),
        row(18, 18, 19, 4, 3, 32, O),
        row(18, 18, 19, 6, 3, 128, O),
        row(18, 19, 19, 6, 3, 128, U),
        row(18, 19, 19, 8, 3, 256, U),
        row(18, 19, 19, 6, 3, 128, V),
        row(18, 19, 19, 8, 3, 256, V),
    ],
    [
        row(17, 12, 12, 1, 5, 1, F),
        row(17, 12, 13, 1, 6, 0, F),
        row(17, 13, 15, 1, 5, 0, F),
        row(17, 15, 15, 2, 5, 0, D),
        row(17, 17, 17, 2, 4, 0, D),
        row(17, 16, 17, 3, 4, 2, G),
        row(17, 16, 17, 3, 4, 4, L),
        row(17, 16, 17, 3, 4, 8, Z),
        row(17, 16, 17, 4, 4, 8, Z),
        row(17, 16, 17, 5, 4, 8, Z),
        row(17, 16, 17, 6, 4, 8, Z),
        row(17, 17, 17, 5, 4, 8, T),
        row(17, 18, 17, 7, 4, 12, T),
        row(17, 18, 17, 3, 4, 12, O),
        row(17, 18, 17, 4, 3, 32, O),
        row(17, 18, 17, 6, 3, 256, O),
        row(17, 18, 17, 6, 3, 128, U),
        row(17, 18, 17, 8, 3, 256, U),
        row(17, 18, 17, 10, 3, 512, U),
        row(17, 18, 17, 5, 3, 256, V),
    ],
    [
        row(14, 12, 13, 1, 5, 1, F),
        row(14, 14, 15, 1, 5, 0, F),
        row(14, 14, 15, 1, 4, 0, F),
        row(14, 14, 15, 2, 4, 0, D),
        row(14, 14, 14, 4, 4, 2, G),
        row(14, 14, 14, 3, 4, 4, L),
        row(14, 14, 14, 4, 4, 8, Z),
        row(14, 14, 14, 6, 4, 8, Z),
        row(14, 14, 14, 8, 4, 8, Z),
        row(14, 15, 14, 5, 4, 8, T),
        row(14, 15, 14, 9, 4, 8, T),
        row(14, 15, 14, 3, 4, 12, O),
        row(14, 15, 14, 4, 3, 24, O),
        row(14, 15, 14, 5, 3, 32, U),
        row(14, 15, 15, 6, 3, 64, U),
        row(14, 15, 15, 7, 3, 256, U),
        row(14, 15, 15, 5, 3, 48, V),
        row(14, 15, 15, 6, 3, 128, V),
        row(14, 15, 15, 7, 3, 256, V),
        row(14, 15, 15, 8, 3, 256, V),
    ],
];
