//! Which matches to take: at once, or after a look at what the next byte or two would give.

use crate::EncodeError;
use crate::block::Block;
use crate::finder::{Bytes, Chains, Effort, MAX_LENGTH, Match, Pairs};
use crate::split::{MIN_BLOCK, Split};
use crate::writer::BitWriter;

/// Longest content of a block, and most matches.
const MAX_BLOCK: usize = 300_000;
const MAX_MATCHES: usize = 50_000;
/// The same at the fastest level, which does not look for places to split at.
const FAST_BLOCK: usize = 65_535;
const FAST_MATCHES: usize = 16_384;

/// How a level parses. Matches longer than `inside` are taken without making their inside places to refer
/// to: half the work on repetitive input, and chains of phrase starts that need fewer steps.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Strategy {
    /// Two places per position, matches taken at once.
    Fast { enough: usize, inside: usize },
    /// Matches taken at once.
    Greedy { effort: Effort, inside: usize },
    /// Matches taken if neither the next byte nor, with `twice`, the one after gives a better one.
    Lazy(Lazy),
}

/// How long to hesitate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lazy {
    effort: Effort,
    /// From this length on the next byte gets a shorter search, by `shift` halvings.
    good: usize,
    shift: u32,
    twice: bool,
}

/// What `level` does. Chosen by measurement beside Node's zlib: at most its bytes and 3 %, in less time.
pub(crate) fn strategy(level: u8) -> Strategy {
    let effort = |depth, enough| Effort { depth, enough };
    let lazy = |depth, enough, good, shift| {
        let twice = enough == MAX_LENGTH;
        Strategy::Lazy(Lazy { effort: effort(depth, enough), good, shift, twice })
    };
    match level {
        0 | 1 => Strategy::Fast { enough: 32, inside: 8 },
        2 => Strategy::Greedy { effort: effort(6, 16), inside: 6 },
        3 => Strategy::Greedy { effort: effort(16, 32), inside: 6 },
        4 => lazy(8, 20, 8, 2),
        5 => lazy(32, 64, 16, 2),
        6 => lazy(48, 128, 16, 2),
        7 => lazy(128, 200, 24, 2),
        8 => lazy(200, MAX_LENGTH, 32, 2),
        _ => lazy(600, MAX_LENGTH, 32, 2),
    }
}

/// The finder of a strategy.
pub(crate) enum Finder {
    Pairs(Pairs),
    Chains(Chains),
}

impl Finder {
    pub(crate) fn new(strategy: Strategy) -> Self {
        match strategy {
            Strategy::Fast { .. } => Self::Pairs(Pairs::new()),
            _ => Self::Chains(Chains::new()),
        }
    }

    /// Whether it is the one that the strategy needs.
    pub(crate) fn suits(&self, strategy: Strategy) -> bool {
        matches!(self, Self::Pairs(_)) == matches!(strategy, Strategy::Fast { .. })
    }

    /// Forgets everything, for an input of that many bytes.
    pub(crate) fn clear(&mut self, bytes: usize) {
        match self {
            Self::Pairs(pairs) => pairs.clear(bytes),
            Self::Chains(chains) => chains.clear(bytes),
        }
    }

    /// The bytes at hand have lost that many at the front.
    pub(crate) fn shift(&mut self, bytes: usize) {
        match self {
            Self::Pairs(pairs) => pairs.shift(bytes),
            Self::Chains(chains) => chains.shift(bytes),
        }
    }

    /// Makes the first `end` bytes places to refer to.
    pub(crate) fn learn(&mut self, bytes: &[u8], end: usize) {
        let bytes = Bytes(bytes);
        match self {
            Self::Pairs(pairs) => pairs.add(bytes, 0, end),
            Self::Chains(chains) => chains.add(bytes, 0, end),
        }
    }
}

/// A piece of input and where its blocks go.
pub(crate) struct Job<'a> {
    /// History, then the piece.
    pub(crate) bytes: &'a [u8],
    /// Where the piece begins.
    pub(crate) start: usize,
    /// Whether nothing follows.
    pub(crate) last: bool,
    pub(crate) bits: &'a mut BitWriter,
    pub(crate) output: &'a mut Vec<u8>,
}

impl Job<'_> {
    fn write(&mut self, block: &mut Block, from: usize, to: usize) -> Result<(), EncodeError> {
        let last = self.last && to == self.bytes.len();
        block.write(&self.bytes[from..to], last, self.bits, self.output)
    }

    /// Where a block that starts at `from` ends at the latest.
    fn block_end(&self, from: usize, longest: usize) -> usize {
        let left = self.bytes.len() - from;
        if left < longest + MIN_BLOCK { self.bytes.len() } else { from + longest }
    }
}

/// Compresses a piece.
pub(crate) fn compress(
    strategy: Strategy,
    finder: &mut Finder,
    block: &mut Block,
    job: &mut Job<'_>,
) -> Result<(), EncodeError> {
    match (strategy, finder) {
        (Strategy::Greedy { effort, inside }, Finder::Chains(chains)) => {
            greedy(chains, block, job, effort, inside)
        }
        (Strategy::Lazy(how), Finder::Chains(chains)) => lazy(chains, block, job, how),
        (Strategy::Fast { enough, inside }, Finder::Pairs(pairs)) => {
            fast(pairs, block, job, enough, inside)
        }
        // `Finder::suits` was asked before.
        (_, Finder::Pairs(pairs)) => fast(pairs, block, job, MAX_LENGTH, 4),
        (_, Finder::Chains(chains)) => {
            greedy(chains, block, job, Effort { depth: 1, enough: 8 }, 4)
        }
    }
}

fn fast(
    finder: &mut Pairs,
    block: &mut Block,
    job: &mut Job<'_>,
    enough: usize,
    inside: usize,
) -> Result<(), EncodeError> {
    let bytes = Bytes(job.bytes);
    let end = bytes.0.len();
    let mut at = job.start;
    loop {
        let from = at;
        let to = job.block_end(from, FAST_BLOCK);
        block.clear(from, FAST_MATCHES.min(to - from) + 1)?;
        while at < to && block.matches() < FAST_MATCHES {
            let most = (end - at).min(MAX_LENGTH);
            let found = finder.find(bytes, at, most, enough);
            if found.length == 0 {
                block.literal(bytes.0[at]);
                at += 1;
                continue;
            }
            block.matched(at, found.length, found.distance);
            let next = at + found.length;
            if found.length <= inside {
                finder.add(bytes, at + 1, next);
            }
            at = next;
        }
        job.write(block, from, at)?;
        if at >= end {
            return Ok(());
        }
    }
}

fn greedy(
    finder: &mut Chains,
    block: &mut Block,
    job: &mut Job<'_>,
    effort: Effort,
    inside: usize,
) -> Result<(), EncodeError> {
    let bytes = Bytes(job.bytes);
    let end = bytes.0.len();
    let mut at = job.start;
    loop {
        let from = at;
        let to = job.block_end(from, MAX_BLOCK);
        block.clear(from, MAX_MATCHES.min(to - from) + 1)?;
        let mut split = Split::default();
        while at < to && block.matches() < MAX_MATCHES && !split.ends(at - from, end - at) {
            let most = (end - at).min(MAX_LENGTH);
            let found = finder.find(bytes, at, 0, most, effort);
            if found.length == 0 {
                block.literal(bytes.0[at]);
                split.literal(bytes.0[at]);
                at += 1;
                continue;
            }
            block.matched(at, found.length, found.distance);
            split.matched(found.length);
            let next = at + found.length;
            if found.length <= inside {
                finder.add(bytes, at + 1, next);
            }
            at = next;
        }
        job.write(block, from, at)?;
        if at >= end {
            return Ok(());
        }
    }
}

fn lazy(
    finder: &mut Chains,
    block: &mut Block,
    job: &mut Job<'_>,
    how: Lazy,
) -> Result<(), EncodeError> {
    let Lazy { effort, good, shift, twice } = how;
    let bytes = Bytes(job.bytes);
    let end = bytes.0.len();
    let mut at = job.start;
    loop {
        let from = at;
        let to = job.block_end(from, MAX_BLOCK);
        block.clear(from, MAX_MATCHES.min(to - from) + 1)?;
        let mut split = Split::default();
        while at < to && block.matches() < MAX_MATCHES && !split.ends(at - from, end - at) {
            let most = |at: usize| (end - at).min(MAX_LENGTH);
            let mut literal = |at: usize| {
                block.literal(bytes.0[at]);
                split.literal(bytes.0[at]);
            };
            let mut found = finder.find(bytes, at, 0, most(at), effort);
            if found.length == 0 {
                literal(at);
                at += 1;
                continue;
            }
            // Places from `at` to here have been added.
            let mut added = at + 1;
            while found.length < effort.enough && added < end {
                let halvings = if found.length >= good { shift } else { 1 };
                let half = Effort { depth: effort.depth >> halvings, ..effort };
                let next = finder.find(bytes, added, found.length, most(added), half);
                added += 1;
                if next.length >= found.length && gain(found, next) > 2 {
                    literal(at);
                    at += 1;
                    found = next;
                    continue;
                }
                if twice && added < end {
                    let quarter = Effort { depth: half.depth / 2, ..effort };
                    let next = finder.find(bytes, added, found.length, most(added), quarter);
                    added += 1;
                    if next.length >= found.length && gain(found, next) > 6 {
                        literal(at);
                        literal(at + 1);
                        at += 2;
                        found = next;
                        continue;
                    }
                }
                break;
            }
            block.matched(at, found.length, found.distance);
            split.matched(found.length);
            at += found.length;
            finder.add(bytes, added, at);
        }
        job.write(block, from, at)?;
        if at >= end {
            return Ok(());
        }
    }
}

/// By how much the later match is better: a byte is worth four, and each halving of the distance one.
fn gain(now: Match, later: Match) -> i32 {
    let bits = |found: Match| found.distance.max(1).ilog2().cast_signed();
    let length = |found: Match| (found.length as u32).cast_signed();
    (length(later) - length(now)) * 4 + bits(now) - bits(later)
}
