//! The functions of section 4.1.2, on one word or on a vector of them.

use bytemill_simd::U32x4;

/// A word, or a lane of words.
pub(super) trait Word:
    Copy + core::ops::BitXor<Output = Self> + core::ops::BitAnd<Output = Self>
{
    fn splat(word: u32) -> Self;
    fn add(self, other: Self) -> Self;
    fn rotate<const N: u32>(self) -> Self;
    fn shift<const N: u32>(self) -> Self;
}

impl Word for u32 {
    #[inline(always)]
    fn splat(word: u32) -> Self {
        word
    }
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
    fn splat(word: u32) -> Self {
        Self::splat(word)
    }
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

/// Takes one block of sixteen words into the state, section 6.2.2. Eight steps are written out, after which every
/// variable has its own name again; the words of the schedule are made as they are used, in the place of the oldest.
#[inline(always)]
pub(super) fn compress<W: Word>(state: &mut [W; 8], mut words: [W; 16]) {
    let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = *state;
    for (turn, steps) in super::constants::STEPS.as_chunks::<8>().0.iter().enumerate() {
        for (step, constant) in steps.iter().enumerate() {
            let at = turn * 8 + step;
            let word = |ahead: usize| words[(at + ahead) % 16];
            let mut now = word(0);
            if turn > 1 {
                let (old, new) = (word(1), word(14));
                let old = old.rotate::<7>() ^ old.rotate::<18>() ^ old.shift::<3>();
                let new = new.rotate::<17>() ^ new.rotate::<19>() ^ new.shift::<10>();
                now = now.add(old).add(word(9)).add(new);
                words[at % 16] = now;
            }
            let sum = e.rotate::<6>() ^ e.rotate::<11>() ^ e.rotate::<25>();
            let choice = g ^ (e & (f ^ g));
            let first = h.add(sum).add(choice).add(W::splat(*constant).add(now));
            let sum = a.rotate::<2>() ^ a.rotate::<13>() ^ a.rotate::<22>();
            let majority = (a & b) ^ (c & (a ^ b));
            [h, g, f, e] = [g, f, e, d.add(first)];
            [d, c, b, a] = [c, b, a, first.add(sum).add(majority)];
        }
    }
    for (word, new) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
        *word = word.add(new);
    }
}
