//! simd128.
#![expect(unsafe_code, reason = "loads and stores take pointers")]

use core::arch::wasm32::{
    i8x16_add, i8x16_add_sat, i8x16_bitmask, i8x16_eq, i8x16_shuffle, i8x16_sub, i8x16_sub_sat,
    i16x8_abs, i16x8_add, i16x8_add_sat, i16x8_bitmask, i16x8_extadd_pairwise_u8x16,
    i16x8_extend_high_i8x16, i16x8_extend_high_u8x16, i16x8_extend_low_i8x16,
    i16x8_extend_low_u8x16, i16x8_load_extend_u8x8, i16x8_mul, i16x8_ne, i16x8_q15mulr_sat,
    i16x8_shl, i16x8_shr, i16x8_shuffle, i16x8_splat, i16x8_sub, i32x4_add, i32x4_dot_i16x8,
    i32x4_extmul_high_i16x8, i32x4_extmul_low_i16x8, i32x4_extract_lane, i32x4_shr, i32x4_shuffle,
    i32x4_splat, i32x4_sub, i64x2_extract_lane, i64x2_shuffle, u8x16_add_sat, u8x16_avgr,
    u8x16_max, u8x16_min, u8x16_splat, u8x16_sub_sat, u16x8_shr, u32x4_extmul_high_u16x8,
    u32x4_extmul_low_u16x8, v128, v128_and, v128_andnot, v128_any_true, v128_load,
    v128_load64_lane, v128_load64_zero, v128_or, v128_store, v128_xor,
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
pub(crate) fn reverse8(a: V8) -> V8 {
    i8x16_shuffle::<15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0>(a, a)
}

#[inline(always)]
pub(crate) fn high_bits8(a: V8) -> u16 {
    i8x16_bitmask(a)
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
pub(crate) fn min8(a: V8, b: V8) -> V8 {
    u8x16_min(a, b)
}

#[inline(always)]
pub(crate) fn max8(a: V8, b: V8) -> V8 {
    u8x16_max(a, b)
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
pub(crate) fn pair_sums8(a: V8) -> V16 {
    i16x8_extadd_pairwise_u8x16(a)
}

/// Engines know alternating lanes as one instruction, but not shuffles of any two vectors: pixels of four bytes first,
/// then without the fourth.
#[inline(always)]
pub(crate) fn store3(a: V8, b: V8, c: V8, to: &mut [u8; 52]) {
    let (ab, cc) = ([low8(a, b), high8(a, b)], [low8(c, c), high8(c, c)]);
    let fours =
        [low16(ab[0], cc[0]), high16(ab[0], cc[0]), low16(ab[1], cc[1]), high16(ab[1], cc[1])];
    for (i, four) in fours.into_iter().enumerate() {
        let threes =
            i8x16_shuffle::<0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14, 15, 15, 15, 15>(four, four);
        if let Some(place) = to.get_mut(12 * i..).and_then(<[u8]>::first_chunk_mut) {
            store8(threes, place);
        }
    }
}

/// Four pixels to a vector, each plane's samples together; then those of all four vectors.
#[inline(always)]
pub(crate) fn load3(from: &[u8; 48]) -> [V8; 3] {
    let four = |at: usize| from.get(at..).and_then(<[u8]>::first_chunk).map_or(splat8(0), load8);
    let sort = |v: V8| i8x16_shuffle::<0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11, 15, 15, 15, 15>(v, v);
    // The last vector ends where the pixels do.
    let last = four(32);
    let last = i8x16_shuffle::<4, 7, 10, 13, 5, 8, 11, 14, 6, 9, 12, 15, 0, 0, 0, 0>(last, last);
    let (v0, v1, v2) = (sort(four(0)), sort(four(12)), sort(four(24)));
    let ab = i32x4_shuffle::<0, 4, 1, 5>(v0, v1);
    let ab_last = i32x4_shuffle::<0, 4, 1, 5>(v2, last);
    let c = i32x4_shuffle::<2, 6, 3, 7>(v0, v1);
    let c_last = i32x4_shuffle::<2, 6, 3, 7>(v2, last);
    [
        i64x2_shuffle::<0, 2>(ab, ab_last),
        i64x2_shuffle::<1, 3>(ab, ab_last),
        i64x2_shuffle::<0, 2>(c, c_last),
    ]
}

#[inline(always)]
pub(crate) fn splat16(value: i16) -> V16 {
    i16x8_splat(value)
}

#[inline(always)]
pub(crate) fn store_bytes16(value: V16, to: &mut [u8; 16]) {
    store8(value, to);
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
pub(crate) fn abs16(a: V16) -> V16 {
    i16x8_abs(a)
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
    v128_xor(narrow::signed(a, b), u8x16_splat(0x80))
}

#[inline(always)]
pub(crate) fn narrow16(a: V16, b: V16) -> V8 {
    narrow::unsigned(a, b)
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
pub(crate) fn load32(from: &[i32; 4]) -> V32 {
    // SAFETY: the array has the 16 bytes that are read; no alignment is needed.
    unsafe { v128_load(from.as_ptr().cast()) }
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
    narrow::words(a, b)
}

/// The instructions that narrow with saturation, as LLVM names them. What `core::arch` has for them since Rust 1.96 are
/// comparisons with the limits, which LLVM leaves in front of the instruction: four operations and four constants more.
mod narrow {
    use core::arch::wasm32::v128;
    use core::mem::transmute;

    #[derive(Clone, Copy)]
    #[repr(simd)]
    struct Bytes([i8; 16]);
    #[derive(Clone, Copy)]
    #[repr(simd)]
    struct Words([i16; 8]);
    #[derive(Clone, Copy)]
    #[repr(simd)]
    struct Longs([i32; 4]);

    unsafe extern "unadjusted" {
        #[link_name = "llvm.wasm.narrow.signed.v16i8.v8i16"]
        safe fn signed_bytes(a: Words, b: Words) -> Bytes;
        #[link_name = "llvm.wasm.narrow.unsigned.v16i8.v8i16"]
        safe fn unsigned_bytes(a: Words, b: Words) -> Bytes;
        #[link_name = "llvm.wasm.narrow.signed.v8i16.v4i32"]
        safe fn signed_words(a: Longs, b: Longs) -> Words;
    }

    /// 16-bit numbers to the nearest of -128 to 127.
    #[inline(always)]
    pub(super) fn signed(a: v128, b: v128) -> v128 {
        // SAFETY: vectors of 16 bytes, of which all bits are numbers.
        unsafe { transmute(signed_bytes(transmute(a), transmute(b))) }
    }

    /// 16-bit numbers to the nearest of 0 to 255.
    #[inline(always)]
    pub(super) fn unsigned(a: v128, b: v128) -> v128 {
        // SAFETY: vectors of 16 bytes, of which all bits are numbers.
        unsafe { transmute(unsigned_bytes(transmute(a), transmute(b))) }
    }

    /// 32-bit numbers to the nearest of 16 bits.
    #[inline(always)]
    pub(super) fn words(a: v128, b: v128) -> v128 {
        // SAFETY: vectors of 16 bytes, of which all bits are numbers.
        unsafe { transmute(signed_words(transmute(a), transmute(b))) }
    }
}

#[inline(always)]
pub(crate) fn high_product16(a: V16, b: V16) -> V16 {
    let (low, high) = (i32x4_extmul_low_i16x8(a, b), i32x4_extmul_high_i16x8(a, b));
    i16x8_shuffle::<1, 3, 5, 7, 9, 11, 13, 15>(low, high)
}

#[inline(always)]
pub(crate) fn add_saturating16(a: V16, b: V16) -> V16 {
    i16x8_add_sat(a, b)
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
pub(crate) fn shr_unsigned16<const N: i32>(a: V16) -> V16 {
    u16x8_shr(a, N.cast_unsigned())
}

#[inline(always)]
pub(crate) fn narrow_signed(a: V16, b: V16) -> V8 {
    narrow::signed(a, b)
}

#[inline(always)]
pub(crate) fn from_halves8(low: &[u8; 8], high: &[u8; 8]) -> V8 {
    // SAFETY: the array has the 8 bytes that are read; no alignment is needed.
    let low = unsafe { v128_load64_zero(low.as_ptr().cast()) };
    // SAFETY: as above.
    unsafe { v128_load64_lane::<1>(low, high.as_ptr().cast()) }
}

#[inline(always)]
pub(crate) fn add8(a: V8, b: V8) -> V8 {
    i8x16_add(a, b)
}

#[inline(always)]
pub(crate) fn sub8(a: V8, b: V8) -> V8 {
    i8x16_sub(a, b)
}

#[inline(always)]
pub(crate) fn add_saturating8(a: V8, b: V8) -> V8 {
    u8x16_add_sat(a, b)
}

#[inline(always)]
pub(crate) fn sub_saturating8(a: V8, b: V8) -> V8 {
    u8x16_sub_sat(a, b)
}

#[inline(always)]
pub(crate) fn add_signed8(a: V8, b: V8) -> V8 {
    i8x16_add_sat(a, b)
}

#[inline(always)]
pub(crate) fn sub_signed8(a: V8, b: V8) -> V8 {
    i8x16_sub_sat(a, b)
}

#[inline(always)]
pub(crate) fn average8(a: V8, b: V8) -> V8 {
    u8x16_avgr(a, b)
}

#[inline(always)]
pub(crate) fn and8(a: V8, b: V8) -> V8 {
    v128_and(a, b)
}

#[inline(always)]
pub(crate) fn or8(a: V8, b: V8) -> V8 {
    v128_or(a, b)
}

#[inline(always)]
pub(crate) fn xor8(a: V8, b: V8) -> V8 {
    v128_xor(a, b)
}

#[inline(always)]
pub(crate) fn and_not8(a: V8, b: V8) -> V8 {
    v128_andnot(a, b)
}

#[inline(always)]
pub(crate) fn equal8(a: V8, b: V8) -> V8 {
    i8x16_eq(a, b)
}

/// There is an instruction for it, which processors with SSE do not have: engines make it of five others and more.
#[inline(always)]
pub(crate) fn shr_signed8<const N: i32>(a: V8) -> V8 {
    let shifted = shr_unsigned16::<N>(xor8(a, splat8(0x80)));
    sub8(and8(shifted, splat8(0xFF >> N)), splat8(0x80 >> N))
}

#[inline(always)]
pub(crate) fn zero8(a: V8) -> bool {
    !v128_any_true(a)
}

#[inline(always)]
pub(crate) fn widen_low_signed8(a: V8) -> V16 {
    i16x8_extend_low_i8x16(a)
}

#[inline(always)]
pub(crate) fn widen_high_signed8(a: V8) -> V16 {
    i16x8_extend_high_i8x16(a)
}

#[inline(always)]
pub(crate) fn swap_even8(a: V8) -> V8 {
    i8x16_shuffle::<2, 1, 0, 3, 6, 5, 4, 7, 10, 9, 8, 11, 14, 13, 12, 15>(a, a)
}

#[inline(always)]
pub(crate) fn interleave4(a: V8, b: V8, c: V8, d: V8) -> [V8; 4] {
    let (ab, cd) = (low8(a, b), low8(c, d));
    let (ab_high, cd_high) = (high8(a, b), high8(c, d));
    [low16(ab, cd), high16(ab, cd), low16(ab_high, cd_high), high16(ab_high, cd_high)]
}

#[inline(always)]
pub(crate) fn join_low8(a: V8, b: V8) -> V8 {
    join_low16(a, b)
}

#[inline(always)]
pub(crate) fn join_high8(a: V8, b: V8) -> V8 {
    join_high16(a, b)
}
