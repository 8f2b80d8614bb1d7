//! Inputs of more than 240 bytes, whole or in pieces.

use alloc::vec::Vec;

use bytemill_simd::U64x2;

use super::{
    P32_1, P32_2, P32_3, P64_1, P64_2, P64_3, P64_4, P64_5, SECRET, SECRET_LEN, SHORT_LEN,
    avalanche, join, multiply_fold, short, word,
};
use crate::block::{BLOCK_LEN, Block, blocks};

/// Sixteen stripes of 64 bytes, each with a secret of its own; then the sums are scrambled.
const TURN_LEN: usize = 1024;
const STRIPES: usize = 16;
/// Where the secret starts that the last stripe takes.
const LAST: usize = SECRET_LEN - BLOCK_LEN - 7;
/// Where the secret starts that merges the sums.
const MERGE: usize = 11;

/// What is known of an input's beginning.
#[derive(Clone, Copy, Debug)]
pub struct State {
    seed: u64,
    sums: [u64; 8],
    /// Bytes taken so far, a multiple of 1024.
    taken: u64,
}

/// The secret that a seed makes.
#[inline(always)]
fn secret_of(seed: u64) -> [u8; SECRET_LEN] {
    let mut secret = SECRET;
    if seed != 0 {
        for (at, pair) in secret.as_chunks_mut::<8>().0.iter_mut().enumerate() {
            let word = u64::from_le_bytes(*pair);
            let word = if at % 2 == 0 { word.wrapping_add(seed) } else { word.wrapping_sub(seed) };
            *pair = word.to_le_bytes();
        }
    }
    secret
}

/// Takes stripes into the sums, each with the secret eight bytes on.
#[inline(always)]
fn accumulate(sums: &mut [U64x2; 4], stripes: &[Block], secret: &[u8; SECRET_LEN], from: usize) {
    for (stripe, at) in stripes.iter().zip((from..).step_by(8)) {
        let Some(secret) = secret.get(at..).and_then(|rest| rest.first_chunk::<BLOCK_LEN>()) else {
            return;
        };
        let pairs = sums.as_chunks_mut::<2>().0.iter_mut().zip(stripe.as_chunks::<2>().0);
        for ((sums, data), secret) in pairs.zip(secret.as_chunks().0.as_chunks::<2>().0) {
            let data = data.map(|data| U64x2::load(&data));
            let [a, b] = secret.map(|secret| U64x2::load(&secret));
            let products = (data[0] ^ a).multiply_halves(data[1] ^ b);
            for ((sum, product), data) in sums.iter_mut().zip(products).zip(data) {
                *sum = sum.wrapping_add(product).wrapping_add(data.swap());
            }
        }
    }
}

fn vectors(sums: &[u64; 8]) -> [U64x2; 4] {
    let [a, b, c, d, e, f, g, h] = *sums;
    [[a, b], [c, d], [e, f], [g, h]].map(U64x2::new)
}

fn words(sums: [U64x2; 4]) -> [u64; 8] {
    let [[a, b], [c, d], [e, f], [g, h]] = sums.map(U64x2::to_array);
    [a, b, c, d, e, f, g, h]
}

impl State {
    /// Bytes of a stored state.
    pub const STORED_LEN: usize = 80;

    /// The state before any input.
    pub fn new(seed: u64) -> Self {
        let sums = [P32_3, P64_1, P64_2, P64_3, P64_4, P32_2, P64_5, P32_1];
        Self { seed, sums, taken: 0 }
    }

    /// Takes a multiple of 1024 bytes from the beginning of `input` and gives back the rest. At least 64 bytes have to
    /// be left for the end. Takes time linear in the length of the input.
    pub fn update<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        let (head, rest) = input.split_at(input.len() / TURN_LEN * TURN_LEN);
        self.take(&secret_of(self.seed), head);
        rest
    }

    fn take(&mut self, secret: &[u8; SECRET_LEN], input: &[u8]) {
        for turn in blocks(input).0.as_chunks::<STRIPES>().0 {
            let mut sums = vectors(&self.sums);
            accumulate(&mut sums, turn, secret, 0);
            self.sums = words(sums);
            for (at, sum) in self.sums.iter_mut().enumerate() {
                let key = word(secret, SECRET_LEN - BLOCK_LEN + 8 * at);
                *sum = (*sum ^ *sum >> 47 ^ key).wrapping_mul(P32_1);
            }
        }
        self.taken += input.len() as u64;
    }

    /// The sums of everything, the secret, and how long everything was.
    fn finish(mut self, last: &[u8]) -> ([u64; 8], [u8; SECRET_LEN], u64) {
        let secret = secret_of(self.seed);
        // The last turn is never a whole one.
        let (head, rest) = last.split_at(last.len().saturating_sub(1) / TURN_LEN * TURN_LEN);
        self.take(&secret, head);
        let mut sums = vectors(&self.sums);
        let stripes = rest.len().saturating_sub(1) / BLOCK_LEN;
        accumulate(&mut sums, &blocks(rest).0[..stripes], &secret, 0);
        if let Some(end) = last.last_chunk::<BLOCK_LEN>() {
            accumulate(&mut sums, blocks(end).0, &secret, LAST);
        }
        (words(sums), secret, self.taken + rest.len() as u64)
    }

    /// The hash of 64 bits of what was taken and a last piece: at least 64 bytes where anything was taken.
    pub fn hash64(self, last: &[u8]) -> u64 {
        if self.taken == 0 && last.len() <= SHORT_LEN {
            return short::hash64(last, self.seed);
        }
        let (sums, secret, len) = self.finish(last);
        merge(&sums, &secret, MERGE, len.wrapping_mul(P64_1))
    }

    /// The hash of 128 bits, likewise.
    pub fn hash128(self, last: &[u8]) -> u128 {
        if self.taken == 0 && last.len() <= SHORT_LEN {
            return short::hash128(last, self.seed);
        }
        let (sums, secret, len) = self.finish(last);
        let low = merge(&sums, &secret, MERGE, len.wrapping_mul(P64_1));
        let at = SECRET_LEN - BLOCK_LEN - MERGE;
        join(low, merge(&sums, &secret, at, !len.wrapping_mul(P64_2)))
    }

    /// Appends the state to `output`, to be read again with [`State::load`].
    pub fn store(&self, output: &mut Vec<u8>) {
        for word in [self.seed, self.taken].iter().chain(&self.sums) {
            output.extend_from_slice(&word.to_le_bytes());
        }
    }

    /// Reads a stored state; none where these bytes are none.
    pub fn load(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; Self::STORED_LEN] = bytes.try_into().ok()?;
        let (seed, taken) = (word(bytes, 0), word(bytes, 8));
        let mut sums = [0; 8];
        for (at, sum) in sums.iter_mut().enumerate() {
            *sum = word(bytes, 16 + 8 * at);
        }
        taken.is_multiple_of(TURN_LEN as u64).then_some(Self { seed, sums, taken })
    }
}

#[inline(always)]
fn merge(sums: &[u64; 8], secret: &[u8; SECRET_LEN], from: usize, start: u64) -> u64 {
    let mut hash = start;
    for (at, [low, high]) in sums.as_chunks::<2>().0.iter().enumerate() {
        let at = from + 16 * at;
        hash =
            hash.wrapping_add(multiply_fold(low ^ word(secret, at), high ^ word(secret, at + 8)));
    }
    avalanche(hash)
}
