//! Which matches to take: at once, or after a look at what the next byte or two would give.

use crate::EncodeError;
use crate::block::Block;
use crate::finder::{Buckets, Bytes, Chains, Effort, MAX_LENGTH, Match};
use crate::split::{MIN_BLOCK, Split};
use crate::writer::BitWriter;

/// Longest content of a block, and most matches.
const MAX_BLOCK: usize = 300_000;
const MAX_MATCHES: usize = 50_000;
/// The same at the fast levels, which do not look for places to split at.
const FAST_BLOCK: usize = 65_535;
const FAST_MATCHES: usize = 16_384;
/// Where so many bytes have no match, levels 1 to 6 look only at every so manieth byte of as many more, and of twice as
/// many each time after. What has been compressed before takes a sixth to a third of the time.
const BARREN: usize = 512;
const STRIDE: usize = 8;
const MAX_STRETCH: usize = 16 * BARREN;

/// How a level parses.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Strategy {
    /// Two or four places per position, matches taken at once.
    Fast { four: bool, fast: Fast },
    /// Matches taken if neither the next byte nor, with `twice`, the one after gives a better one.
    Lazy(Lazy),
}

/// Which matches are good.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Fast {
    /// A match of this length ends the search.
    enough: usize,
    /// Longer matches are taken without making their inside places to refer to: half the work on repetitive input,
    /// and buckets of phrase starts.
    inside: usize,
}

/// How long to hesitate.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lazy {
    effort: Effort,
    /// From this length on the next byte gets a shorter search, by `shift` halvings.
    good: usize,
    shift: u32,
    twice: bool,
    /// Whether barren input is passed in strides.
    strides: bool,
}

/// What `level` does. Chosen by measurement beside Node's zlib: at most its bytes and 3 %, in less time.
pub(crate) fn strategy(level: u8) -> Strategy {
    let fast = |four, enough, inside| Strategy::Fast { four, fast: Fast { enough, inside } };
    let lazy = |depth, enough, good, shift| {
        let twice = enough == MAX_LENGTH;
        let strides = level < 7;
        Strategy::Lazy(Lazy { effort: Effort { depth, enough }, good, shift, twice, strides })
    };
    match level {
        0 | 1 => fast(false, 32, 8),
        2 => fast(true, 24, 5),
        3 => fast(true, 64, 16),
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
    Two(Buckets<2>),
    Four(Buckets<4>),
    Chains(Chains),
}

impl Finder {
    pub(crate) fn new(strategy: Strategy) -> Self {
        match strategy {
            Strategy::Fast { four: false, .. } => Self::Two(Buckets::new()),
            Strategy::Fast { four: true, .. } => Self::Four(Buckets::new()),
            Strategy::Lazy(_) => Self::Chains(Chains::new()),
        }
    }

    /// Whether it is the one that the strategy needs.
    pub(crate) fn suits(&self, strategy: Strategy) -> bool {
        match strategy {
            Strategy::Fast { four: false, .. } => matches!(self, Self::Two(_)),
            Strategy::Fast { four: true, .. } => matches!(self, Self::Four(_)),
            Strategy::Lazy(_) => matches!(self, Self::Chains(_)),
        }
    }

    /// Forgets everything, for an input of that many bytes.
    pub(crate) fn clear(&mut self, bytes: usize) {
        match self {
            Self::Two(buckets) => buckets.clear(bytes),
            Self::Four(buckets) => buckets.clear(bytes),
            Self::Chains(chains) => chains.clear(bytes),
        }
    }

    /// The bytes at hand have lost that many at the front.
    pub(crate) fn shift(&mut self, bytes: usize) {
        match self {
            Self::Two(buckets) => buckets.shift(bytes),
            Self::Four(buckets) => buckets.shift(bytes),
            Self::Chains(chains) => chains.shift(bytes),
        }
    }

    /// Makes the first `end` bytes places to refer to.
    pub(crate) fn learn(&mut self, bytes: &[u8], end: usize) {
        let bytes = Bytes(bytes);
        match self {
            Self::Two(buckets) => buckets.add(bytes, 0, end),
            Self::Four(buckets) => buckets.add(bytes, 0, end),
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

/// Compresses a piece, with the finder that suits the strategy.
pub(crate) fn compress(
    strategy: Strategy,
    finder: &mut Finder,
    block: &mut Block,
    job: &mut Job<'_>,
) -> Result<(), EncodeError> {
    match (strategy, finder) {
        (Strategy::Fast { fast, .. }, Finder::Two(buckets)) => greedy(buckets, block, job, fast),
        (Strategy::Fast { fast, .. }, Finder::Four(buckets)) => greedy(buckets, block, job, fast),
        (Strategy::Lazy(how), Finder::Chains(chains)) => lazy(chains, block, job, how),
        _ => unreachable!("`Finder::suits` was asked before"),
    }
}

fn greedy<const WAYS: usize>(
    finder: &mut Buckets<WAYS>,
    block: &mut Block,
    job: &mut Job<'_>,
    Fast { enough, inside }: Fast,
) -> Result<(), EncodeError> {
    let bytes = Bytes(job.bytes);
    let end = bytes.0.len();
    let mut at = job.start;
    loop {
        let from = at;
        let to = job.block_end(from, FAST_BLOCK);
        block.clear(from, FAST_MATCHES.min(to - from) + 1)?;
        let mut barren = Barren::new(at);
        while at < to && block.matches() < FAST_MATCHES {
            if at >= barren.next {
                at = barren.pass(bytes, block, at, to, |at| finder.knows(bytes, at), |_| ());
            }
            let stop = to.min(barren.next);
            while at < stop && block.matches() < FAST_MATCHES {
                let found = finder.find(bytes, at, (end - at).min(MAX_LENGTH), enough);
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
        }
        job.write(block, from, at)?;
        if at >= end {
            return Ok(());
        }
    }
}

/// Watches for input without matches.
struct Barren {
    /// Where to look again,
    next: usize,
    /// and how many matches there were when it was looked last.
    matches: usize,
    stretch: usize,
}

impl Barren {
    fn new(at: usize) -> Self {
        Self { next: at + BARREN, matches: 0, stretch: BARREN }
    }

    /// If there was no match since the last time, takes literals up to `to` at most, or to where a match begins that is
    /// seen in passing. Returns where that is.
    #[inline(never)]
    fn pass(
        &mut self,
        bytes: Bytes<'_>,
        block: &mut Block,
        from: usize,
        to: usize,
        knows: impl Fn(usize) -> bool,
        mut literal: impl FnMut(u8),
    ) -> usize {
        let mut at = from;
        if block.matches() == self.matches {
            let to = to.min(at + self.stretch);
            while at + STRIDE <= to && !knows(at) {
                for &byte in &bytes.0[at..at + STRIDE] {
                    block.literal(byte);
                    literal(byte);
                }
                at += STRIDE;
            }
            self.stretch = MAX_STRETCH.min(2 * self.stretch);
        } else {
            self.stretch = BARREN;
        }
        self.matches = block.matches();
        self.next = at + BARREN;
        at
    }
}

fn lazy(
    finder: &mut Chains,
    block: &mut Block,
    job: &mut Job<'_>,
    how: Lazy,
) -> Result<(), EncodeError> {
    let Lazy { effort, good, shift, twice, strides } = how;
    let bytes = Bytes(job.bytes);
    let end = bytes.0.len();
    let mut at = job.start;
    loop {
        let from = at;
        let to = job.block_end(from, MAX_BLOCK);
        block.clear(from, MAX_MATCHES.min(to - from) + 1)?;
        let mut split = Split::default();
        let mut barren = Barren::new(at);
        while at < to && block.matches() < MAX_MATCHES && !split.ends(at - from, end - at) {
            if strides && at >= barren.next {
                let knows = |at| finder.knows(bytes, at);
                at = barren.pass(bytes, block, at, to, knows, |byte| split.literal(byte));
                if at == to {
                    break;
                }
            }
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
