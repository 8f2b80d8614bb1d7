//! Where the bytes that come were before.
//!
//! Positions are kept as 16 bits, relative to a base that moves on every 32 KiB; both tables then move with
//! it. What is too far back for the format is thereby also out of the tables' range, and tables half the size
//! stay in the cache.
#![expect(
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "positions relative to the base fit 16 bits, and an entry is never above its position"
)]

use bytemill_simd::I16x8;

/// Positions per base, and the reach of a match.
pub(crate) const WINDOW: usize = 32 * 1024;
/// The longest match.
pub(crate) const MAX_LENGTH: usize = 258;
/// The entry of nothing: below what any position can refer to.
const NONE: i16 = i16::MIN;
/// Bits of the hash of four bytes. Tables of 2^16 find 0.1 % more and take a tenth more time, waiting for memory.
const BITS: u32 = 15;
/// The same for buckets, which have several places each.
const BUCKET_BITS: u32 = 13;

/// The input, history in front, as both parsers and finders see it.
#[derive(Clone, Copy)]
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl Bytes<'_> {
    /// Four bytes, 0 where they do not exist.
    #[inline]
    pub(crate) fn four(self, at: usize) -> u32 {
        self.0.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four))
    }

    /// Eight bytes, if they exist.
    #[inline]
    pub(crate) fn eight(self, at: usize) -> Option<u64> {
        self.0.get(at..).and_then(<[u8]>::first_chunk).map(|eight| u64::from_le_bytes(*eight))
    }

    /// How many bytes from `here` on are as those from `there` on, which is earlier, given that the first
    /// `length` are, and counting no more than `most`.
    #[inline]
    pub(crate) fn extend(self, there: usize, here: usize, length: usize, most: usize) -> usize {
        let mut length = length;
        while length < most {
            let (Some(a), Some(b)) = (self.eight(there + length), self.eight(here + length)) else {
                break;
            };
            let difference = a ^ b;
            if difference != 0 {
                return (length + (difference.trailing_zeros() >> 3) as usize).min(most);
            }
            length += 8;
        }
        while length < most
            && let Some(byte) = self.0.get(here + length)
            && *byte == self.0[there + length]
        {
            length += 1;
        }
        length.min(most)
    }
}

/// The bytes that the positions of one base refer to.
///
/// An index below 2^16 and an offset below 2^9 cannot overflow, which leaves one comparison as the bounds
/// check: the chains are walked here, and this is most of what the encoder does.
#[derive(Clone, Copy)]
struct View<'a> {
    bytes: &'a [u8],
    bias: i32,
}

impl View<'_> {
    #[inline]
    fn index(self, entry: i32) -> usize {
        (entry + self.bias) as usize & 0xFFFF
    }

    #[inline]
    fn four(self, index: usize, offset: usize) -> u32 {
        let at = (index & 0xFFFF) + (offset & 0x1FF);
        match self.bytes.get(at..at + 4) {
            Some(four) => u32::from_le_bytes([four[0], four[1], four[2], four[3]]),
            None => 0,
        }
    }
}

/// A match; length 0 for none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Match {
    pub(crate) length: usize,
    pub(crate) distance: usize,
}

#[inline]
fn hash(four: u32, bits: u32) -> usize {
    (four.wrapping_mul(0x9E37_79B1) >> (32 - bits)) as usize
}

/// The base that positions count from. It may lie before the bytes at hand: the sums wrap.
#[derive(Clone, Copy, Default)]
struct Base(usize);

impl Base {
    /// Where a position is in the bytes at hand.
    #[inline]
    fn at(self, entry: i32) -> usize {
        self.0.wrapping_add(entry as isize as usize)
    }

    /// What the positions refer to.
    #[inline]
    fn view(self, bytes: Bytes<'_>) -> View<'_> {
        let base = self.0.cast_signed();
        let from = if base < WINDOW as isize { 0 } else { self.0 - WINDOW };
        let bias = base.wrapping_sub(from.cast_signed()) as i32;
        View { bytes: bytes.0.get(from..).unwrap_or_default(), bias }
    }
}

/// Moves what a table holds by one window.
fn rebase(table: &mut [i16]) {
    // All tables are powers of two, of 128 entries and more.
    let window = I16x8::splat(i16::MIN);
    for entries in table.as_chunks_mut().0 {
        I16x8::load(entries).add_saturating(window).store(entries);
    }
}

/// Hash chains: every earlier place with the same four bytes, nearest first.
///
/// Matches of three bytes are not looked for. On source code and logs the output is smaller without them, by up
/// to 3 %, on binaries larger by 1 %, and it takes 10 % less time.
pub(crate) struct Chains {
    heads: Box<[i16; 1 << BITS]>,
    next: Box<[i16; WINDOW]>,
    base: Base,
    /// Bits in use: fewer for small inputs, for which less then has to be cleared.
    bits: u32,
}

impl Chains {
    pub(crate) fn new() -> Self {
        Self { heads: boxed(NONE), next: boxed(NONE), base: Base::default(), bits: BITS }
    }

    /// Forgets everything, for an input of that many bytes.
    pub(crate) fn clear(&mut self, bytes: usize) {
        self.bits = (bytes.max(128).ilog2() + 1).min(BITS);
        self.heads[..1 << self.bits].fill(NONE);
        self.base = Base::default();
    }

    /// The bytes at hand have lost that many at the front.
    pub(crate) fn shift(&mut self, bytes: usize) {
        self.base.0 = self.base.0.wrapping_sub(bytes);
    }

    /// Position relative to the base, which follows.
    #[inline]
    fn place(&mut self, at: usize) -> i32 {
        if at.wrapping_sub(self.base.0) >= WINDOW {
            self.follow(at);
        }
        at.wrapping_sub(self.base.0) as i32
    }

    #[cold]
    #[inline(never)]
    fn follow(&mut self, at: usize) {
        while at.wrapping_sub(self.base.0) >= WINDOW {
            self.base.0 = self.base.0.wrapping_add(WINDOW);
            rebase(&mut self.heads[..1 << self.bits]);
            rebase(&mut *self.next);
        }
    }

    /// Adds places without a search.
    pub(crate) fn add(&mut self, bytes: Bytes<'_>, from: usize, to: usize) {
        let mut from = from;
        while from < to {
            let place = self.place(from) as usize;
            let now = (to - from).min(WINDOW - place);
            let end = bytes.0.len().min(from + now + 3);
            let fours = bytes.0.get(from..end).unwrap_or_default();
            let next = &mut self.next[place..place + now];
            for (i, (four, next)) in fours.windows(4).zip(next).enumerate() {
                let four = u32::from_le_bytes([four[0], four[1], four[2], four[3]]);
                let head = &mut self.heads[hash(four, self.bits) & ((1 << BITS) - 1)];
                *next = *head;
                *head = (place + i) as i16;
            }
            from += now;
        }
    }

    /// Adds a place; gives its position and the last one with its four bytes.
    #[inline]
    fn enter(&mut self, four: u32, at: usize) -> (i32, i32) {
        let place = self.place(at);
        let head = &mut self.heads[hash(four, self.bits) & ((1 << BITS) - 1)];
        let last = core::mem::replace(head, place as i16);
        self.next[place as usize & (WINDOW - 1)] = last;
        (place, i32::from(last))
    }

    /// Adds a place and looks for the longest match that is longer than `longer`, of four bytes at least and
    /// `most` at most, through at most `depth` places and no further than one of `enough` bytes.
    #[inline]
    pub(crate) fn find(
        &mut self,
        bytes: Bytes<'_>,
        at: usize,
        longer: usize,
        most: usize,
        effort: Effort,
    ) -> Match {
        let four = bytes.four(at);
        let (place, mut entry) = self.enter(four, at);
        let end = place - WINDOW as i32;
        if most < 4 || longer >= most {
            return Match::default();
        }
        let mut best = Match { length: longer, distance: 0 };
        let view = self.base.view(bytes);
        let mut depth = effort.depth;
        if longer < 4 {
            // The first match of four bytes: one comparison a place. In one loop with the rest this takes a
            // fifth more time.
            loop {
                if entry <= end || depth == 0 {
                    return Match::default();
                }
                if view.four(view.index(entry), 0) == four {
                    break;
                }
                entry = self.follow_chain(entry);
                depth -= 1;
            }
            let length = bytes.extend(self.base.at(entry), at, 4, most);
            best = Match { length, distance: (place - entry) as usize };
            if length >= effort.enough || length >= most {
                return best;
            }
            entry = self.follow_chain(entry);
            depth -= 1;
        }
        // Only a place that agrees in the byte that would make it longer, and those before, can be better.
        let mut tail = bytes.four(at + best.length - 3);
        while entry > end && depth > 0 {
            let index = view.index(entry);
            if view.four(index, best.length - 3) == tail && view.four(index, 0) == four {
                let length = bytes.extend(self.base.at(entry), at, 4, most);
                if length > best.length {
                    best = Match { length, distance: (place - entry) as usize };
                    if length >= effort.enough || length >= most {
                        break;
                    }
                    tail = bytes.four(at + length - 3);
                }
            }
            entry = self.follow_chain(entry);
            depth -= 1;
        }
        if best.distance == 0 { Match::default() } else { best }
    }

    /// Whether the last place with the same hash has the same four bytes. Adds nothing.
    #[inline]
    pub(crate) fn knows(&self, bytes: Bytes<'_>, at: usize) -> bool {
        let four = bytes.four(at);
        let entry = self.heads[hash(four, self.bits) & ((1 << BITS) - 1)];
        entry != NONE && bytes.four(self.base.at(i32::from(entry))) == four
    }

    /// The place before, with the same hash.
    #[inline]
    fn follow_chain(&self, entry: i32) -> i32 {
        i32::from(self.next[entry as usize & (WINDOW - 1)])
    }
}

/// How hard to look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Effort {
    /// Places looked at.
    pub(crate) depth: u32,
    /// A match of this length ends the search.
    pub(crate) enough: usize,
}

/// The last few places with the same four bytes, side by side: one load gives them all, where a chain has to be walked.
pub(crate) struct Buckets<const WAYS: usize> {
    heads: Box<[[i16; WAYS]; 1 << BUCKET_BITS]>,
    base: Base,
    bits: u32,
}

impl<const WAYS: usize> Buckets<WAYS> {
    pub(crate) fn new() -> Self {
        Self { heads: boxed([NONE; WAYS]), base: Base::default(), bits: BUCKET_BITS }
    }

    /// Forgets everything, for an input of that many bytes.
    pub(crate) fn clear(&mut self, bytes: usize) {
        self.bits = (bytes.max(128).ilog2() + 1).min(BUCKET_BITS);
        self.heads[..1 << self.bits].fill([NONE; WAYS]);
        self.base = Base::default();
    }

    /// The bytes at hand have lost that many at the front.
    pub(crate) fn shift(&mut self, bytes: usize) {
        self.base.0 = self.base.0.wrapping_sub(bytes);
    }

    #[cold]
    #[inline(never)]
    fn follow(&mut self, at: usize) {
        while at.wrapping_sub(self.base.0) >= WINDOW {
            self.base.0 = self.base.0.wrapping_add(WINDOW);
            rebase(self.heads[..1 << self.bits].as_flattened_mut());
        }
    }

    /// Puts a position in front of those with its four bytes; gives the bucket as it was.
    #[inline]
    fn push(&mut self, four: u32, place: i16) -> [i16; WAYS] {
        let head = &mut self.heads[hash(four, self.bits) & ((1 << BUCKET_BITS) - 1)];
        let before = *head;
        // One shift, where writing to `head` in two steps would be three stores.
        let mut after = [place; WAYS];
        after[1..].copy_from_slice(&before[..WAYS - 1]);
        *head = after;
        before
    }

    /// Adds a place; gives its position and the last ones with its four bytes.
    #[inline]
    fn enter(&mut self, four: u32, at: usize) -> (i32, [i16; WAYS]) {
        if at.wrapping_sub(self.base.0) >= WINDOW {
            self.follow(at);
        }
        let place = at.wrapping_sub(self.base.0) as i32;
        (place, self.push(four, place as i16))
    }

    /// Adds places without a search.
    pub(crate) fn add(&mut self, bytes: Bytes<'_>, from: usize, to: usize) {
        let place = from.wrapping_sub(self.base.0);
        if place >= WINDOW || to - from > WINDOW - place {
            for at in from..to {
                self.enter(bytes.four(at), at);
            }
            return;
        }
        let end = bytes.0.len().min(to + 3);
        let fours = bytes.0.get(from..end).unwrap_or_default();
        for (i, four) in fours.windows(4).enumerate() {
            self.push(u32::from_le_bytes([four[0], four[1], four[2], four[3]]), (place + i) as i16);
        }
    }

    /// Whether the last place with the same hash has the same four bytes. Adds nothing.
    #[inline]
    pub(crate) fn knows(&self, bytes: Bytes<'_>, at: usize) -> bool {
        let four = bytes.four(at);
        let entry = self.heads[hash(four, self.bits) & ((1 << BUCKET_BITS) - 1)][0];
        entry != NONE && bytes.four(self.base.at(i32::from(entry))) == four
    }

    /// Adds a place and looks for the longest match, of at least four and at most `most` bytes, no further than
    /// one of `enough`.
    #[inline]
    pub(crate) fn find(
        &mut self,
        bytes: Bytes<'_>,
        at: usize,
        most: usize,
        enough: usize,
    ) -> Match {
        let four = bytes.four(at);
        let (place, before) = self.enter(four, at);
        let end = place - WINDOW as i32;
        let mut best = Match::default();
        if most < 4 {
            return best;
        }
        for entry in before {
            let entry = i32::from(entry);
            if entry <= end {
                break;
            }
            let there = self.base.at(entry);
            if bytes.four(there) == four {
                let length = bytes.extend(there, at, 4, most);
                if length > best.length {
                    best = Match { length, distance: (place - entry) as usize };
                    if length >= enough {
                        break;
                    }
                }
            }
        }
        best
    }
}

fn boxed<T: Copy, const N: usize>(value: T) -> Box<[T; N]> {
    let table = vec![value; N].into_boxed_slice();
    match table.try_into() {
        Ok(table) => table,
        Err(_) => unreachable!("the length is that of the type"),
    }
}
