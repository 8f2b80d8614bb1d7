//! The compression function, section 2.2, on one block: the state's rows are registers.

use bytemill_simd::U32x4;

use crate::block::Block;

/// Words of an input's chaining value, or of a key.
pub(crate) type Words = [u32; 8];
/// The same in two registers.
pub(super) type Value = [U32x4; 2];

pub(super) const IV: Words = [
    0x6A09_E667,
    0xBB67_AE85,
    0x3C6E_F372,
    0xA54F_F53A,
    0x510E_527F,
    0x9B05_688C,
    0x1F83_D9AB,
    0x5BE0_CD19,
];

/// Table 3: the domain separation flags.
pub(super) mod flag {
    pub(crate) const CHUNK_START: u32 = 1;
    pub(crate) const CHUNK_END: u32 = 1 << 1;
    pub(crate) const PARENT: u32 = 1 << 2;
    pub(crate) const ROOT: u32 = 1 << 3;
    pub(crate) const KEYED_HASH: u32 = 1 << 4;
    pub(crate) const DERIVE_KEY_CONTEXT: u32 = 1 << 5;
    pub(crate) const DERIVE_KEY_MATERIAL: u32 = 1 << 6;
}

/// Words to registers.
#[inline(always)]
pub(super) fn value(words: &Words) -> Value {
    let [a, b, c, d, e, f, g, h] = *words;
    [U32x4::new([a, b, c, d]), U32x4::new([e, f, g, h])]
}

/// What a block is besides its bytes.
#[derive(Clone, Copy)]
pub(super) struct Meta {
    pub(super) counter: u64,
    pub(super) len: u32,
    pub(super) flags: u32,
}

impl Meta {
    /// The same block as the root.
    #[inline(always)]
    pub(super) fn root(self) -> Self {
        Self { counter: 0, flags: self.flags | flag::ROOT, ..self }
    }
}

/// The rows of a block's message.
#[inline(always)]
pub(super) fn rows(block: &Block) -> [U32x4; 4] {
    [U32x4::load(&block[0]), U32x4::load(&block[1]), U32x4::load(&block[2]), U32x4::load(&block[3])]
}

/// One half of a round: the function G on four columns at once.
#[inline(always)]
fn quarters(state: &mut [U32x4; 4], x: U32x4, y: U32x4) {
    let [a, b, c, d] = *state;
    let a = a.wrapping_add(x).wrapping_add(b);
    let d = (d ^ a).rotate_right::<16>();
    let c = c.wrapping_add(d);
    let b = (b ^ c).rotate_right::<12>();
    let a = a.wrapping_add(y).wrapping_add(b);
    let d = (d ^ a).rotate_right::<8>();
    let c = c.wrapping_add(d);
    let b = (b ^ c).rotate_right::<7>();
    *state = [a, b, c, d];
}

/// The lanes of one vector in another order.
#[inline(always)]
fn turn<const A: usize, const B: usize, const C: usize, const D: usize>(vector: U32x4) -> U32x4 {
    U32x4::pick::<A, B, C, D>(vector, vector)
}

/// Sixteen words out: the first two rows are the next chaining value.
///
/// The message lies in four vectors by the half of the round and the side of G that take it; the second half's are
/// turned by a lane, because there row `a` turns instead of row `b`, which is the one that the others wait for. The
/// permutation of table 2 is then seven shuffles.
#[inline(always)]
pub(super) fn compress_here(value: Value, message: [U32x4; 4], meta: Meta) -> [U32x4; 4] {
    let Meta { counter, len, flags } = meta;
    let [i, j, k, l, ..] = IV;
    let last = U32x4::new([counter as u32, (counter >> 32) as u32, len, flags]);
    let mut state = [value[0], value[1], U32x4::new([i, j, k, l]), last];
    let [m0, m1, m2, m3] = message;
    let mut first = U32x4::pick::<0, 2, 4, 6>(m0, m1);
    let mut second = U32x4::pick::<1, 3, 5, 7>(m0, m1);
    let mut third = U32x4::pick::<6, 0, 2, 4>(m2, m3);
    let mut fourth = U32x4::pick::<7, 1, 3, 5>(m2, m3);
    let mut round = 0;
    loop {
        quarters(&mut state, first, second);
        let [a, b, c, d] = state;
        state = [turn::<3, 0, 1, 2>(a), b, turn::<1, 2, 3, 0>(c), turn::<2, 3, 0, 1>(d)];
        quarters(&mut state, third, fourth);
        let [a, b, c, d] = state;
        state = [turn::<1, 2, 3, 0>(a), b, turn::<3, 0, 1, 2>(c), turn::<2, 3, 0, 1>(d)];
        round += 1;
        if round == 7 {
            break;
        }
        let next_first = U32x4::pick::<1, 5, 7, 2>(first, second);
        let next_second =
            U32x4::pick::<3, 4, 0, 5>(first, U32x4::pick::<2, 7, 2, 7>(third, fourth));
        let next_third =
            U32x4::pick::<0, 4, 5, 1>(fourth, U32x4::pick::<0, 7, 0, 7>(second, third));
        let next_fourth =
            U32x4::pick::<1, 4, 5, 0>(third, U32x4::pick::<2, 6, 2, 6>(fourth, second));
        [first, second, third, fourth] = [next_first, next_second, next_third, next_fourth];
    }
    let [a, b, c, d] = state;
    [a ^ c, b ^ d, c ^ value[0], d ^ value[1]]
}

/// [`compress_here`], by a call.
#[inline(never)]
pub(super) fn compress(value: Value, message: [U32x4; 4], meta: Meta) -> [U32x4; 4] {
    compress_here(value, message, meta)
}
