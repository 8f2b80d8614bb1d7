//! SSE2 of x86-64, which every such processor has.
#![expect(unsafe_code, reason = "intrinsics load and store through pointers, and ask for SSE2")]

use core::arch::x86_64::{
    __m128i, _mm_add_epi32, _mm_add_epi64, _mm_and_si128, _mm_cvtsi32_si128, _mm_loadu_si128,
    _mm_mul_epu32, _mm_or_si128, _mm_set_epi32, _mm_set1_epi32, _mm_shufflehi_epi16,
    _mm_shufflelo_epi16, _mm_sll_epi32, _mm_srl_epi32, _mm_srli_epi64, _mm_storeu_si128,
    _mm_xor_si128,
};

pub(super) type Register = __m128i;

/// One intrinsic. Those with SSE2 are unsafe to call only because a build could lack it; this file is compiled with it.
macro_rules! sse2 {
    ($call:expr) => {
        // SAFETY: this file is part of builds with SSE2 alone, and the intrinsic asks for nothing else.
        unsafe { $call }
    };
}

#[inline(always)]
pub(super) fn splat(word: u32) -> Register {
    sse2!(_mm_set1_epi32(word.cast_signed()))
}

#[inline(always)]
pub(super) fn new([a, b, c, d]: [u32; 4]) -> Register {
    let [a, b, c, d] = [a, b, c, d].map(u32::cast_signed);
    sse2!(_mm_set_epi32(d, c, b, a))
}

#[inline(always)]
pub(super) fn load(bytes: &[u8; 16]) -> Register {
    // SAFETY: a reference to 16 bytes may be read, and the instruction asks for no alignment.
    unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) }
}

#[inline(always)]
pub(super) fn store(register: Register, bytes: &mut [u8; 16]) {
    // SAFETY: an exclusive reference to 16 bytes may be written, and the instruction asks for no alignment.
    unsafe { _mm_storeu_si128(bytes.as_mut_ptr().cast(), register) }
}

#[inline(always)]
pub(super) fn to_array(register: Register) -> [u32; 4] {
    // SAFETY: both are 16 bytes without padding, and every bit pattern is an array of words.
    unsafe { core::mem::transmute(register) }
}

#[inline(always)]
pub(super) fn add(a: Register, b: Register) -> Register {
    sse2!(_mm_add_epi32(a, b))
}

#[inline(always)]
pub(super) fn add_pairs(a: Register, b: Register) -> Register {
    sse2!(_mm_add_epi64(a, b))
}

#[inline(always)]
pub(super) fn multiply_pairs(a: Register, b: Register) -> [Register; 2] {
    [a, b].map(|register| {
        let high = sse2!(_mm_srli_epi64::<32>(register));
        sse2!(_mm_mul_epu32(register, high))
    })
}

#[inline(always)]
pub(super) fn xor(a: Register, b: Register) -> Register {
    sse2!(_mm_xor_si128(a, b))
}

#[inline(always)]
pub(super) fn and(a: Register, b: Register) -> Register {
    sse2!(_mm_and_si128(a, b))
}

#[inline(always)]
pub(super) fn or(a: Register, b: Register) -> Register {
    sse2!(_mm_or_si128(a, b))
}

#[inline(always)]
pub(super) fn shr<const N: u32>(register: Register) -> Register {
    let bits = sse2!(_mm_cvtsi32_si128(N.cast_signed()));
    sse2!(_mm_srl_epi32(register, bits))
}

#[inline(always)]
pub(super) fn shl(register: Register, bits: u32) -> Register {
    let bits = sse2!(_mm_cvtsi32_si128(bits.cast_signed()));
    sse2!(_mm_sll_epi32(register, bits))
}

#[inline(always)]
pub(super) fn swap_bytes(register: Register) -> Register {
    new(to_array(register).map(u32::swap_bytes))
}

#[inline(always)]
pub(super) fn swap_halves(register: Register) -> Register {
    let low = sse2!(_mm_shufflelo_epi16::<0b1011_0001>(register));
    sse2!(_mm_shufflehi_epi16::<0b1011_0001>(low))
}

/// Lanes taken out and put together again; the compiler sees the shuffle in it.
#[inline(always)]
pub(super) fn pick<const A: usize, const B: usize, const C: usize, const D: usize>(
    low: Register,
    high: Register,
) -> Register {
    let (low, high) = (to_array(low), to_array(high));
    let lane = |index: usize| if index < 4 { low[index % 4] } else { high[index % 4] };
    new([lane(A), lane(B), lane(C), lane(D)])
}
