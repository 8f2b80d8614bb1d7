//! simd128.
#![expect(unsafe_code, reason = "loads and stores take pointers")]

use core::arch::wasm32::{
    i8x16_narrow_i16x8, i8x16_shuffle, i16x8_add, i16x8_bitmask, i16x8_extend_high_u8x16,
    i16x8_extend_low_u8x16, i16x8_load_extend_u8x8, i16x8_mul, i16x8_narrow_i32x4, i16x8_ne,
    i16x8_q15mulr_sat, i16x8_shl, i16x8_shr, i16x8_shuffle, i16x8_splat, i16x8_sub, i32x4_add,
    i32x4_dot_i16x8, i32x4_extract_lane, i32x4_shr, i32x4_shuffle, i32x4_splat, i32x4_sub,
    i64x2_extract_lane, u8x16_narrow_i16x8, u8x16_splat, u32x4_extmul_high_u16x8,
    u32x4_extmul_low_u16x8, v128, v128_any_true, v128_load, v128_or, v128_store, v128_xor,
};

use core::arch::wasm32::{
    i16x8_abs, i32x4_extmul_high_i16x8, i32x4_extmul_low_i16x8, i64x2_shuffle, u16x8_shr,
};

pub(crate) type V8 = v128;
pub(crate) type V16 = v128;
pub(crate) type V32 = v128;

#[inline(always)]
pub(crate) fn splat8(value: u8) -> V8 {
    u8x16_splat(value)
}

#[inline(always)]
pub(crate) fn load8(from: &[u8; 16]) -> V8 {
    // SAFETY: the array has the 16 bytes that are read; no alignment is needed.
    unsafe { v128_load(from.as_ptr().cast()) }
}

#[inline(always)]
pub(crate) fn store8(value: V8, to: &mut [u8; 16]) {
    // SAFETY: the array has the 16 bytes that are written; no alignment is needed.
    unsafe { v128_store(to.as_mut_ptr().cast(), value) }
}

#[inline(always)]
pub(crate) fn halves8(value: V8) -> [[u8; 8]; 2] {
    [i64x2_extract_lane::<0>(value).to_le_bytes(), i64x2_extract_lane::<1>(value).to_le_bytes()]
}

#[inline(always)]
pub(crate) fn widen_low8(value: V8) -> V16 {
    i16x8_extend_low_u8x16(value)
}

#[inline(always)]
pub(crate) fn widen_high8(value: V8) -> V16 {
    i16x8_extend_high_u8x16(value)
}

#[inline(always)]
pub(crate) fn low8(a: V8, b: V8) -> V8 {
    i8x16_shuffle::<0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23>(a, b)
}

#[inline(always)]
pub(crate) fn high8(a: V8, b: V8) -> V8 {
    i8x16_shuffle::<8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31>(a, b)
}

#[inline(always)]
pub(crate) fn interleave3(a: V8, b: V8, c: V8) -> [V8; 3] {
    let ab = i8x16_shuffle::<0, 16, 0, 1, 17, 0, 2, 18, 0, 3, 19, 0, 4, 20, 0, 5>(a, b);
    let first = i8x16_shuffle::<0, 1, 16, 3, 4, 17, 6, 7, 18, 9, 10, 19, 12, 13, 20, 15>(ab, c);
    let ab = i8x16_shuffle::<21, 0, 6, 22, 0, 7, 23, 0, 8, 24, 0, 9, 25, 0, 10, 26>(a, b);
    let second = i8x16_shuffle::<0, 21, 2, 3, 22, 5, 6, 23, 8, 9, 24, 11, 12, 25, 14, 15>(ab, c);
    let ab = i8x16_shuffle::<0, 11, 27, 0, 12, 28, 0, 13, 29, 0, 14, 30, 0, 15, 31, 0>(a, b);
    let third = i8x16_shuffle::<26, 1, 2, 27, 4, 5, 28, 7, 8, 29, 10, 11, 30, 13, 14, 31>(ab, c);
    [first, second, third]
}

#[inline(always)]
pub(crate) fn splat16(value: i16) -> V16 {
    i16x8_splat(value)
}

#[inline(always)]
pub(crate) fn load16(from: &[i16; 8]) -> V16 {
    // SAFETY: the array has the 16 bytes that are read; no alignment is needed.
    unsafe { v128_load(from.as_ptr().cast()) }
}

#[inline(always)]
pub(crate) fn store16(value: V16, to: &mut [i16; 8]) {
    // SAFETY: the array has the 16 bytes that are written; no alignment is needed.
    unsafe { v128_store(to.as_mut_ptr().cast(), value) }
}

#[inline(always)]
pub(crate) fn load_widen8(from: &[u8; 8]) -> V16 {
    // SAFETY: the array has the 8 bytes that are read; no alignment is needed.
    unsafe { i16x8_load_extend_u8x8(from.as_ptr()) }
}

#[inline(always)]
pub(crate) fn add16(a: V16, b: V16) -> V16 {
    i16x8_add(a, b)
}

#[inline(always)]
pub(crate) fn sub16(a: V16, b: V16) -> V16 {
    i16x8_sub(a, b)
}

#[inline(always)]
pub(crate) fn mul16(a: V16, b: V16) -> V16 {
    i16x8_mul(a, b)
}

#[inline(always)]
pub(crate) fn fraction16(a: V16, b: V16) -> V16 {
    i16x8_q15mulr_sat(a, b)
}

#[inline(always)]
pub(crate) fn mul_high16(a: V16, b: V16) -> V16 {
    let (low, high) = (u32x4_extmul_low_u16x8(a, b), u32x4_extmul_high_u16x8(a, b));
    i16x8_shuffle::<1, 3, 5, 7, 9, 11, 13, 15>(low, high)
}

#[inline(always)]
pub(crate) fn mul_high_signed16(a: V16, b: V16) -> V16 {
    let (low, high) = (i32x4_extmul_low_i16x8(a, b), i32x4_extmul_high_i16x8(a, b));
    i16x8_shuffle::<1, 3, 5, 7, 9, 11, 13, 15>(low, high)
}

#[inline(always)]
pub(crate) fn abs16(a: V16) -> V16 {
    i16x8_abs(a)
}

#[inline(always)]
pub(crate) fn shr_unsigned16<const N: i32>(a: V16) -> V16 {
    u16x8_shr(a, N.cast_unsigned())
}

#[inline(always)]
pub(crate) fn join_low16(a: V16, b: V16) -> V16 {
    i64x2_shuffle::<0, 2>(a, b)
}

#[inline(always)]
pub(crate) fn join_high16(a: V16, b: V16) -> V16 {
    i64x2_shuffle::<1, 3>(a, b)
}

#[inline(always)]
pub(crate) fn xor16(a: V16, b: V16) -> V16 {
    v128_xor(a, b)
}

#[inline(always)]
pub(crate) fn nonzero16(a: V16) -> u8 {
    i16x8_bitmask(i16x8_ne(a, i16x8_splat(0)))
}

#[inline(always)]
pub(crate) fn or16(a: V16, b: V16) -> V16 {
    v128_or(a, b)
}

#[inline(always)]
pub(crate) fn shl16<const N: i32>(a: V16) -> V16 {
    i16x8_shl(a, N.cast_unsigned())
}

#[inline(always)]
pub(crate) fn shr16<const N: i32>(a: V16) -> V16 {
    i16x8_shr(a, N.cast_unsigned())
}

#[inline(always)]
pub(crate) fn dot16(a: V16, b: V16) -> V32 {
    i32x4_dot_i16x8(a, b)
}

#[inline(always)]
pub(crate) fn low16(a: V16, b: V16) -> V16 {
    i16x8_shuffle::<0, 8, 1, 9, 2, 10, 3, 11>(a, b)
}

#[inline(always)]
pub(crate) fn high16(a: V16, b: V16) -> V16 {
    i16x8_shuffle::<4, 12, 5, 13, 6, 14, 7, 15>(a, b)
}

#[inline(always)]
pub(crate) fn narrow_biased(a: V16, b: V16) -> V8 {
    v128_xor(i8x16_narrow_i16x8(a, b), u8x16_splat(0x80))
}

#[inline(always)]
pub(crate) fn narrow16(a: V16, b: V16) -> V8 {
    u8x16_narrow_i16x8(a, b)
}

#[inline(always)]
pub(crate) fn zero16(a: V16) -> bool {
    !v128_any_true(a)
}

#[inline(always)]
pub(crate) fn splat32(value: i32) -> V32 {
    i32x4_splat(value)
}

#[inline(always)]
pub(crate) fn array32(a: V32) -> [i32; 4] {
    [
        i32x4_extract_lane::<0>(a),
        i32x4_extract_lane::<1>(a),
        i32x4_extract_lane::<2>(a),
        i32x4_extract_lane::<3>(a),
    ]
}

#[inline(always)]
pub(crate) fn add32(a: V32, b: V32) -> V32 {
    i32x4_add(a, b)
}

#[inline(always)]
pub(crate) fn sub32(a: V32, b: V32) -> V32 {
    i32x4_sub(a, b)
}

#[inline(always)]
pub(crate) fn shr32<const N: i32>(a: V32) -> V32 {
    i32x4_shr(a, N.cast_unsigned())
}

#[inline(always)]
pub(crate) fn sums32([a, b, c, d]: [V32; 4]) -> V32 {
    let ab = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(a, b), i32x4_shuffle::<2, 6, 3, 7>(a, b));
    let cd = i32x4_add(i32x4_shuffle::<0, 4, 1, 5>(c, d), i32x4_shuffle::<2, 6, 3, 7>(c, d));
    i32x4_add(i32x4_shuffle::<0, 1, 4, 5>(ab, cd), i32x4_shuffle::<2, 3, 6, 7>(ab, cd))
}

/// A pair of 16-bit numbers in every lane.
#[inline(always)]
pub(crate) fn splat_pair(bits: i32) -> V16 {
    i32x4_splat(bits)
}

#[inline(always)]
pub(crate) fn narrow32(a: V32, b: V32) -> V16 {
    i16x8_narrow_i32x4(a, b)
}
