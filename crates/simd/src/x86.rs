//! SSE2, which is part of x86-64.
#![expect(
    unsafe_code,
    reason = "intrinsics of SSE2 need `unsafe` outside functions that name the feature"
)]

use core::arch::x86_64::{
    __m128i, _mm_add_epi8, _mm_add_epi16, _mm_add_epi32, _mm_adds_epi8, _mm_adds_epi16,
    _mm_adds_epu8, _mm_and_si128, _mm_andnot_si128, _mm_avg_epu8, _mm_cmpeq_epi8, _mm_cmpeq_epi16,
    _mm_cvtsi128_si64, _mm_loadl_epi64, _mm_loadu_si128, _mm_madd_epi16, _mm_max_epi16,
    _mm_max_epu8, _mm_min_epu8, _mm_movemask_epi8, _mm_mulhi_epi16, _mm_mulhi_epu16,
    _mm_mullo_epi16, _mm_or_si128, _mm_packs_epi16, _mm_packs_epi32, _mm_packus_epi16,
    _mm_set1_epi8, _mm_set1_epi16, _mm_set1_epi32, _mm_setzero_si128, _mm_shufflehi_epi16,
    _mm_shufflelo_epi16, _mm_slli_epi16, _mm_srai_epi16, _mm_srai_epi32, _mm_srli_epi16,
    _mm_storeu_si128, _mm_sub_epi8, _mm_sub_epi16, _mm_sub_epi32, _mm_subs_epi8, _mm_subs_epu8,
    _mm_unpackhi_epi8, _mm_unpackhi_epi16, _mm_unpackhi_epi32, _mm_unpackhi_epi64,
    _mm_unpacklo_epi8, _mm_unpacklo_epi16, _mm_unpacklo_epi32, _mm_unpacklo_epi64, _mm_xor_si128,
};

pub(crate) type V8 = __m128i;
pub(crate) type V16 = __m128i;
pub(crate) type V32 = __m128i;

#[inline(always)]
pub(crate) fn splat8(value: u8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_set1_epi8(value.cast_signed()) }
}

#[inline(always)]
pub(crate) fn load8(from: &[u8; 16]) -> V8 {
    // SAFETY: SSE2 is part of x86-64; the array has the 16 bytes that are read, aligned or not.
    unsafe { _mm_loadu_si128(from.as_ptr().cast()) }
}

#[inline(always)]
pub(crate) fn store8(value: V8, to: &mut [u8; 16]) {
    // SAFETY: SSE2 is part of x86-64; the array has the 16 bytes that are written, aligned or not.
    unsafe { _mm_storeu_si128(to.as_mut_ptr().cast(), value) }
}

#[inline(always)]
pub(crate) fn store_bytes16(value: V16, to: &mut [u8; 16]) {
    store8(value, to);
}

#[inline(always)]
pub(crate) fn load16(from: &[i16; 8]) -> V16 {
    // SAFETY: SSE2 is part of x86-64; the array has the 16 bytes that are read, aligned or not.
    unsafe { _mm_loadu_si128(from.as_ptr().cast()) }
}

#[inline(always)]
pub(crate) fn store16(value: V16, to: &mut [i16; 8]) {
    // SAFETY: SSE2 is part of x86-64; the array has the 16 bytes that are written, aligned or not.
    unsafe { _mm_storeu_si128(to.as_mut_ptr().cast(), value) }
}

#[inline(always)]
pub(crate) fn load_low8(from: &[u8; 8]) -> V8 {
    // SAFETY: SSE2 is part of x86-64; the array has the 8 bytes that are read, aligned or not.
    unsafe { _mm_loadl_epi64(from.as_ptr().cast()) }
}

#[inline(always)]
pub(crate) fn zero() -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_setzero_si128() }
}

#[inline(always)]
pub(crate) fn min8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_min_epu8(a, b) }
}

#[inline(always)]
pub(crate) fn max8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_max_epu8(a, b) }
}

#[inline(always)]
pub(crate) fn low8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpacklo_epi8(a, b) }
}

#[inline(always)]
pub(crate) fn high8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpackhi_epi8(a, b) }
}

#[inline(always)]
pub(crate) fn add16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_add_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn sub16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_sub_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn mul16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_mullo_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn mul_high16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_mulhi_epu16(a, b) }
}

#[inline(always)]
pub(crate) fn abs16(a: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_max_epi16(a, sub16(zero(), a)) }
}

#[inline(always)]
pub(crate) fn xor16(a: V16, b: V16) -> V16 {
    xor8(a, b)
}

#[inline(always)]
pub(crate) fn nonzero16(a: V16) -> u8 {
    let zeros = equal16(a, zero());
    !mask8(narrow_signed(zeros, zeros)).cast_unsigned() as u8
}

#[inline(always)]
pub(crate) fn or16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_or_si128(a, b) }
}

#[inline(always)]
pub(crate) fn dot16(a: V16, b: V16) -> V32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_madd_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn low16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpacklo_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn high16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpackhi_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn narrow16(a: V16, b: V16) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_packus_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn narrow_signed(a: V16, b: V16) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_packs_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn xor8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_xor_si128(a, b) }
}

#[inline(always)]
pub(crate) fn equal16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_cmpeq_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn high64(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpackhi_epi64(a, b) }
}

#[inline(always)]
pub(crate) fn add32(a: V32, b: V32) -> V32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_add_epi32(a, b) }
}

#[inline(always)]
pub(crate) fn sub32(a: V32, b: V32) -> V32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_sub_epi32(a, b) }
}

#[inline(always)]
pub(crate) fn narrow32(a: V32, b: V32) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_packs_epi32(a, b) }
}

#[inline(always)]
pub(crate) fn mask8(a: V8) -> i32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_movemask_epi8(a) }
}

#[inline(always)]
pub(crate) fn bits64(a: V8) -> i64 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_cvtsi128_si64(a) }
}

#[inline(always)]
pub(crate) fn shl16<const N: i32>(a: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_slli_epi16::<N>(a) }
}

#[inline(always)]
pub(crate) fn shr16<const N: i32>(a: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_srai_epi16::<N>(a) }
}

#[inline(always)]
pub(crate) fn shr32<const N: i32>(a: V32) -> V32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_srai_epi32::<N>(a) }
}

#[inline(always)]
pub(crate) fn splat16(value: i16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_set1_epi16(value) }
}

#[inline(always)]
pub(crate) fn sums32([a, b, c, d]: [V32; 4]) -> V32 {
    let ab = add32(low32(a, b), high32(a, b));
    let cd = add32(low32(c, d), high32(c, d));
    add32(low64(ab, cd), high64(ab, cd))
}

#[inline(always)]
fn low32(a: V32, b: V32) -> V32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpacklo_epi32(a, b) }
}

#[inline(always)]
fn high32(a: V32, b: V32) -> V32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpackhi_epi32(a, b) }
}

#[inline(always)]
fn low64(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_unpacklo_epi64(a, b) }
}

/// A pair of 16-bit numbers in every lane.
#[inline(always)]
pub(crate) fn splat_pair(bits: i32) -> V16 {
    splat32(bits)
}

#[inline(always)]
pub(crate) fn splat32(value: i32) -> V32 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_set1_epi32(value) }
}

#[inline(always)]
pub(crate) fn high_product16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_mulhi_epi16(a, b) }
}

/// SSE2 has no rounding product (SSSE3 has): by way of 32 bits.
#[inline(always)]
pub(crate) fn fraction16(a: V16, b: V16) -> V16 {
    let (low, high) = (mul16(a, b), high_product16(a, b));
    let half = splat32(0x4000);
    let first = shr32::<15>(add32(low16(low, high), half));
    narrow32(first, shr32::<15>(add32(high16(low, high), half)))
}

#[inline(always)]
pub(crate) fn halves8(value: V8) -> [[u8; 8]; 2] {
    [bits64(value).to_le_bytes(), bits64(high64(value, value)).to_le_bytes()]
}

/// SSE2 shuffles no bytes.
#[inline(always)]
pub(crate) fn reverse8(a: V8) -> V8 {
    let mut bytes = [0; 16];
    store8(a, &mut bytes);
    load8(&u128::from_be_bytes(bytes).to_le_bytes())
}

#[inline(always)]
pub(crate) fn high_bits8(a: V8) -> u16 {
    mask8(a).cast_unsigned() as u16
}

#[inline(always)]
pub(crate) fn widen_low8(value: V8) -> V16 {
    low8(value, zero())
}

#[inline(always)]
pub(crate) fn widen_high8(value: V8) -> V16 {
    high8(value, zero())
}

#[inline(always)]
pub(crate) fn load_widen8(from: &[u8; 8]) -> V16 {
    low8(load_low8(from), zero())
}

#[inline(always)]
pub(crate) fn narrow_biased(a: V16, b: V16) -> V8 {
    xor8(narrow_signed(a, b), splat8(0x80))
}

#[inline(always)]
pub(crate) fn zero16(a: V16) -> bool {
    mask8(equal16(a, zero())) == 0xFFFF
}

#[inline(always)]
pub(crate) fn load32(from: &[i32; 4]) -> V32 {
    // SAFETY: SSE2 is part of x86-64; the array has the 16 bytes that are read, aligned or not.
    unsafe { _mm_loadu_si128(from.as_ptr().cast()) }
}

#[inline(always)]
pub(crate) fn array32(a: V32) -> [i32; 4] {
    let (low, high) = (bits64(a), bits64(high64(a, a)));
    [low as i32, (low >> 32) as i32, high as i32, (high >> 32) as i32]
}

#[inline(always)]
pub(crate) fn pair_sums8(a: V8) -> V16 {
    let even = xor8(a, shl16::<8>(shr_unsigned16::<8>(a)));
    add16(even, shr_unsigned16::<8>(a))
}

/// SSE2 has no byte shuffle; bytes through memory are as fast as what it takes without.
#[inline(always)]
pub(crate) fn store3(a: V8, b: V8, c: V8, to: &mut [u8; 52]) {
    let mut planes = [[0; 16]; 3];
    for (plane, value) in planes.iter_mut().zip([a, b, c]) {
        store8(value, plane);
    }
    for (i, pixel) in to.as_chunks_mut::<3>().0.iter_mut().take(16).enumerate() {
        *pixel = [planes[0][i], planes[1][i], planes[2][i]];
    }
}

#[inline(always)]
pub(crate) fn load3(from: &[u8; 48]) -> [V8; 3] {
    let mut planes = [[0; 16]; 3];
    for (i, pixel) in from.as_chunks::<3>().0.iter().enumerate() {
        for (plane, value) in planes.iter_mut().zip(pixel) {
            plane[i] = *value;
        }
    }
    planes.each_ref().map(load8)
}

#[inline(always)]
pub(crate) fn add_saturating16(a: V16, b: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_adds_epi16(a, b) }
}

#[inline(always)]
pub(crate) fn join_low16(a: V16, b: V16) -> V16 {
    low64(a, b)
}

#[inline(always)]
pub(crate) fn join_high16(a: V16, b: V16) -> V16 {
    high64(a, b)
}

#[inline(always)]
pub(crate) fn shr_unsigned16<const N: i32>(a: V16) -> V16 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_srli_epi16::<N>(a) }
}

#[inline(always)]
pub(crate) fn from_halves8(low: &[u8; 8], high: &[u8; 8]) -> V8 {
    low64(load_low8(low), load_low8(high))
}

#[inline(always)]
pub(crate) fn add8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_add_epi8(a, b) }
}

#[inline(always)]
pub(crate) fn sub8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_sub_epi8(a, b) }
}

#[inline(always)]
pub(crate) fn add_saturating8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_adds_epu8(a, b) }
}

#[inline(always)]
pub(crate) fn sub_saturating8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_subs_epu8(a, b) }
}

#[inline(always)]
pub(crate) fn add_signed8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_adds_epi8(a, b) }
}

#[inline(always)]
pub(crate) fn sub_signed8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_subs_epi8(a, b) }
}

#[inline(always)]
pub(crate) fn average8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_avg_epu8(a, b) }
}

#[inline(always)]
pub(crate) fn and8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_and_si128(a, b) }
}

#[inline(always)]
pub(crate) fn equal8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_cmpeq_epi8(a, b) }
}

#[inline(always)]
pub(crate) fn or8(a: V8, b: V8) -> V8 {
    or16(a, b)
}

/// The instruction complements its first operand.
#[inline(always)]
pub(crate) fn and_not8(a: V8, b: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    unsafe { _mm_andnot_si128(b, a) }
}

/// SSE2 shifts no bytes: as 16 bits, without sign, of which what came from the neighbour is cut off.
#[inline(always)]
pub(crate) fn shr_signed8<const N: i32>(a: V8) -> V8 {
    let shifted = shr_unsigned16::<N>(xor8(a, splat8(0x80)));
    sub8(and8(shifted, splat8(0xFF >> N)), splat8(0x80 >> N))
}

#[inline(always)]
pub(crate) fn zero8(a: V8) -> bool {
    mask8(equal8(a, zero())) == 0xFFFF
}

#[inline(always)]
pub(crate) fn widen_low_signed8(a: V8) -> V16 {
    shr16::<8>(low8(a, a))
}

#[inline(always)]
pub(crate) fn widen_high_signed8(a: V8) -> V16 {
    shr16::<8>(high8(a, a))
}

#[inline(always)]
pub(crate) fn swap_even8(a: V8) -> V8 {
    let even = and8(a, splat16(0xFF));
    or8(xor8(a, even), swap_pairs(even))
}

/// Exchanges 16-bit neighbours.
#[inline(always)]
fn swap_pairs(a: V8) -> V8 {
    // SAFETY: SSE2 is part of x86-64.
    let low = unsafe { _mm_shufflelo_epi16::<0b10_11_00_01>(a) };
    // SAFETY: as above.
    unsafe { _mm_shufflehi_epi16::<0b10_11_00_01>(low) }
}

#[inline(always)]
pub(crate) fn interleave4(a: V8, b: V8, c: V8, d: V8) -> [V8; 4] {
    let (ab, cd) = (low8(a, b), low8(c, d));
    let (ab_high, cd_high) = (high8(a, b), high8(c, d));
    [low16(ab, cd), high16(ab, cd), low16(ab_high, cd_high), high16(ab_high, cd_high)]
}

#[inline(always)]
pub(crate) fn join_low8(a: V8, b: V8) -> V8 {
    low64(a, b)
}

#[inline(always)]
pub(crate) fn join_high8(a: V8, b: V8) -> V8 {
    high64(a, b)
}
