//! Inputs of at most 240 bytes.

use super::{
    MIX_2, P32_2, P64_1, P64_2, P64_4, SECRET, avalanche, avalanche_64, half, join, multiply_fold,
    word,
};

/// Where the secret of an input's last bytes starts: the smallest secret's end, less 17.
const LAST: usize = 136 - 17;
/// Where the secret starts again after the first 128 bytes.
const AGAIN: usize = 3;

#[inline(always)]
fn secret(at: usize) -> u64 {
    word(&SECRET, at)
}

#[inline(always)]
fn secret_half(at: usize) -> u64 {
    half(&SECRET, at)
}

/// Sixteen bytes of the input with sixteen of the secret.
#[inline(always)]
fn mix(input: &[u8], at: usize, secret_at: usize, seed: u64) -> u64 {
    multiply_fold(
        word(input, at) ^ secret(secret_at).wrapping_add(seed),
        word(input, at + 8) ^ secret(secret_at + 8).wrapping_sub(seed),
    )
}

/// One to three bytes, and how many.
#[inline(always)]
fn few(input: &[u8]) -> u64 {
    let byte = |at: usize| input.get(at).map_or(0, |byte| u64::from(*byte));
    let len = input.len();
    byte(0) << 16 | byte(len / 2) << 24 | byte(len.wrapping_sub(1)) | (len as u64) << 8
}

/// The seed with its lower half, turned, in its upper one.
#[inline(always)]
fn spread(seed: u64) -> u64 {
    seed ^ u64::from((seed as u32).swap_bytes()) << 32
}

pub(super) fn hash64(input: &[u8], seed: u64) -> u64 {
    let len = input.len();
    let length = len as u64;
    match len {
        0 => avalanche_64(seed ^ secret(56) ^ secret(64)),
        1..=3 => {
            let flip = (secret_half(0) ^ secret_half(4)).wrapping_add(seed);
            avalanche_64(few(input) ^ flip)
        }
        4..=8 => {
            let flip = (secret(8) ^ secret(16)).wrapping_sub(spread(seed));
            let keyed = (half(input, len - 4).wrapping_add(half(input, 0) << 32)) ^ flip;
            let hash = (keyed ^ keyed.rotate_left(49) ^ keyed.rotate_left(24)).wrapping_mul(MIX_2);
            let hash = (hash ^ (hash >> 35).wrapping_add(length)).wrapping_mul(MIX_2);
            hash ^ hash >> 28
        }
        9..=16 => {
            let low = word(input, 0) ^ (secret(24) ^ secret(32)).wrapping_add(seed);
            let high = word(input, len - 8) ^ (secret(40) ^ secret(48)).wrapping_sub(seed);
            avalanche(
                length
                    .wrapping_add(low.swap_bytes())
                    .wrapping_add(high)
                    .wrapping_add(multiply_fold(low, high)),
            )
        }
        17..=128 => {
            let mut sum = length.wrapping_mul(P64_1);
            for at in (0..=(len - 1) / 32).rev() {
                sum = sum.wrapping_add(mix(input, 16 * at, 32 * at, seed)).wrapping_add(mix(
                    input,
                    len - 16 * (at + 1),
                    32 * at + 16,
                    seed,
                ));
            }
            avalanche(sum)
        }
        _ => {
            let mut sum = length.wrapping_mul(P64_1);
            for at in 0..8 {
                sum = sum.wrapping_add(mix(input, 16 * at, 16 * at, seed));
            }
            sum = avalanche(sum);
            for at in 8..len / 16 {
                sum = sum.wrapping_add(mix(input, 16 * at, 16 * (at - 8) + AGAIN, seed));
            }
            avalanche(sum.wrapping_add(mix(input, len - 16, LAST, seed)))
        }
    }
}

/// Two sums that thirty-two bytes go into, from two places.
#[derive(Clone, Copy)]
struct Sums {
    low: u64,
    high: u64,
}

impl Sums {
    #[inline(always)]
    fn mix(self, input: &[u8], first: usize, second: usize, secret_at: usize, seed: u64) -> Self {
        let both = |at: usize| word(input, at).wrapping_add(word(input, at + 8));
        Self {
            low: self.low.wrapping_add(mix(input, first, secret_at, seed)) ^ both(second),
            high: self.high.wrapping_add(mix(input, second, secret_at + 16, seed)) ^ both(first),
        }
    }

    fn finish(self, length: u64, seed: u64) -> u128 {
        let high = self
            .low
            .wrapping_mul(P64_1)
            .wrapping_add(self.high.wrapping_mul(P64_4))
            .wrapping_add(length.wrapping_sub(seed).wrapping_mul(P64_2));
        let low = avalanche(self.low.wrapping_add(self.high));
        join(low, avalanche(high).wrapping_neg())
    }
}

pub(super) fn hash128(input: &[u8], seed: u64) -> u128 {
    let len = input.len();
    let length = len as u64;
    match len {
        0 => join(
            avalanche_64(seed ^ secret(64) ^ secret(72)),
            avalanche_64(seed ^ secret(80) ^ secret(88)),
        ),
        1..=3 => {
            let low = few(input);
            let high = u64::from((low as u32).swap_bytes().rotate_left(13));
            let low = low ^ (secret_half(0) ^ secret_half(4)).wrapping_add(seed);
            let high = high ^ (secret_half(8) ^ secret_half(12)).wrapping_sub(seed);
            join(avalanche_64(low), avalanche_64(high))
        }
        4..=8 => {
            let flip = (secret(16) ^ secret(24)).wrapping_add(spread(seed));
            let keyed = half(input, 0).wrapping_add(half(input, len - 4) << 32) ^ flip;
            let product = u128::from(keyed) * u128::from(P64_1.wrapping_add(length << 2));
            let low = product as u64;
            let high = ((product >> 64) as u64).wrapping_add(low << 1);
            let low = low ^ high >> 3;
            let low = (low ^ low >> 35).wrapping_mul(MIX_2);
            join(low ^ low >> 28, avalanche(high))
        }
        9..=16 => {
            let low_flip = (secret(32) ^ secret(40)).wrapping_sub(seed);
            let high_flip = (secret(48) ^ secret(56)).wrapping_add(seed);
            let last = word(input, len - 8);
            let product = u128::from(word(input, 0) ^ last ^ low_flip) * u128::from(P64_1);
            let low = (product as u64).wrapping_add((length - 1) << 54);
            let last = last ^ high_flip;
            let high = ((product >> 64) as u64)
                .wrapping_add(last)
                .wrapping_add((last & 0xffff_ffff) * (P32_2 - 1));
            let low = low ^ high.swap_bytes();
            let product = u128::from(low) * u128::from(P64_2);
            let high = ((product >> 64) as u64).wrapping_add(high.wrapping_mul(P64_2));
            join(avalanche(product as u64), avalanche(high))
        }
        17..=128 => {
            let mut sums = Sums { low: length.wrapping_mul(P64_1), high: 0 };
            for at in (0..=(len - 1) / 32).rev() {
                sums = sums.mix(input, 16 * at, len - 16 * (at + 1), 32 * at, seed);
            }
            sums.finish(length, seed)
        }
        _ => {
            let mut sums = Sums { low: length.wrapping_mul(P64_1), high: 0 };
            for at in 0..4 {
                sums = sums.mix(input, 32 * at, 32 * at + 16, 32 * at, seed);
            }
            sums = Sums { low: avalanche(sums.low), high: avalanche(sums.high) };
            for at in 4..len / 32 {
                sums = sums.mix(input, 32 * at, 32 * at + 16, AGAIN + 32 * (at - 4), seed);
            }
            sums.mix(input, len - 16, len - 32, LAST - 16, seed.wrapping_neg()).finish(length, seed)
        }
    }
}
