//! The functions of section 4.1.2, on one word or on a vector of them.

use bytemill_simd::U32x4;

use crate::block::Block;

/// A word, or a lane of words.
pub(super) trait Word:
    Copy + core::ops::BitXor<Output = Self> + core::ops::BitAnd<Output = Self>
{
    fn add(self, other: Self) -> Self;
    fn rotate<const N: u32>(self) -> Self;
    fn shift<const N: u32>(self) -> Self;
}

impl Word for u32 {
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    #[inline(always)]
    fn rotate<const N: u32>(self) -> Self {
        self.rotate_right(N)
    }
    #[inline(always)]
    fn shift<const N: u32>(self) -> Self {
        self >> N
    }
}

impl Word for U32x4 {
    #[inline(always)]
    fn add(self, other: Self) -> Self {
        self.wrapping_add(other)
    }
    #[inline(always)]
    fn rotate<const N: u32>(self) -> Self {
        self.rotate_right::<N>()
    }
    #[inline(always)]
    fn shift<const N: u32>(self) -> Self {
        self.shift_right::<N>()
    }
}

/// The function of a schedule's word fifteen places back.
#[inline(always)]
fn older<W: Word>(word: W) -> W {
    word.rotate::<7>() ^ word.rotate::<18>() ^ word.shift::<3>()
}

/// The function of a schedule's word two places back.
#[inline(always)]
fn newer<W: Word>(word: W) -> W {
    word.rotate::<17>() ^ word.rotate::<19>() ^ word.shift::<10>()
}

/// One step; `now` is the schedule's word with the step's constant.
#[inline(always)]
fn step<W: Word>([a, b, c, d, e, f, g, h]: [W; 8], now: W) -> [W; 8] {
    let sum = e.rotate::<6>() ^ e.rotate::<11>() ^ e.rotate::<25>();
    let choice = g ^ (e & (f ^ g));
    let first = h.add(sum).add(choice).add(now);
    let sum = a.rotate::<2>() ^ a.rotate::<13>() ^ a.rotate::<22>();
    let majority = (a & b) ^ (c & (a ^ b));
    [first.add(sum).add(majority), a, b, c, d.add(first), e, f, g]
}

/// Takes a block of sixteen words per lane into the state, section 6.2.2. Eight steps are written out, after which every
/// variable has its own name again; the words of the schedule are made as they are used, in the place of the oldest.
#[inline(always)]
pub(super) fn compress_lanes(state: &mut [U32x4; 8], mut words: [U32x4; 16]) {
    let mut v = *state;
    for (turn, steps) in super::constants::STEPS.as_chunks::<8>().0.iter().enumerate() {
        for (index, constant) in steps.iter().enumerate() {
            let at = turn * 8 + index;
            let word = |ahead: usize| words[(at + ahead) % 16];
            let mut now = word(0);
            if turn > 1 {
                now = now.add(older(word(1))).add(word(9)).add(newer(word(14)));
                words[at % 16] = now;
            }
            v = step(v, U32x4::splat(*constant).add(now));
        }
    }
    for (word, new) in state.iter_mut().zip(v) {
        *word = word.add(new);
    }
}

/// The schedule's next four words after sixteen. The last two need the first two of them.
#[inline(always)]
fn next_four([a, b, c, d]: [U32x4; 4]) -> U32x4 {
    let sum = a.add(older(U32x4::pick::<1, 2, 3, 4>(a, b))).add(U32x4::pick::<1, 2, 3, 4>(c, d));
    let first = sum.add(newer(U32x4::pick::<2, 3, 2, 3>(d, d)));
    let last = sum.add(newer(U32x4::pick::<0, 1, 0, 1>(first, first)));
    U32x4::pick::<0, 1, 6, 7>(first, last)
}

/// Takes one block into the state. The schedule is made four words at a time in vectors, beside the steps, which are
/// scalar: a step needs the one before.
#[inline(always)]
pub(super) fn compress(state: &mut [u32; 8], block: &Block) {
    let mut v = *state;
    let mut words = block.map(|quarter| U32x4::load(&quarter).swap_bytes());
    let constants = super::constants::STEPS.as_chunks::<4>().0.as_chunks::<4>().0;
    for (turn, constants) in constants.iter().enumerate() {
        for (quarter, constants) in constants.iter().enumerate() {
            let sums = words[quarter].add(U32x4::new(*constants));
            if turn < 3 {
                let word = |ahead: usize| words[(quarter + ahead) % 4];
                words[quarter] = next_four([word(0), word(1), word(2), word(3)]);
            }
            for sum in sums.to_array() {
                v = step(v, sum);
            }
        }
    }
    for (word, new) in state.iter_mut().zip(v) {
        *word = word.wrapping_add(new);
    }
}
