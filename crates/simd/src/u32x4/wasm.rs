//! simd128 of wasm.

use core::arch::wasm32::{
    i8x16_shuffle, u32x4, u32x4_add, u32x4_extract_lane, u32x4_shl, u32x4_shr, u32x4_shuffle,
    u32x4_splat, u64x2_add, u64x2_extmul_high_u32x4, u64x2_extmul_low_u32x4, v128, v128_and,
    v128_load, v128_or, v128_store, v128_xor,
};

pub(super) type Register = v128;

#[inline(always)]
pub(super) fn splat(word: u32) -> Register {
    u32x4_splat(word)
}

#[inline(always)]
pub(super) fn new([a, b, c, d]: [u32; 4]) -> Register {
    u32x4(a, b, c, d)
}

#[inline(always)]
#[expect(unsafe_code, reason = "intrinsics load through pointers")]
pub(super) fn load(bytes: &[u8; 16]) -> Register {
    // SAFETY: a reference to 16 bytes may be read, and the instruction asks for no alignment.
    unsafe { v128_load(bytes.as_ptr().cast()) }
}

#[inline(always)]
#[expect(unsafe_code, reason = "intrinsics store through pointers")]
pub(super) fn store(register: Register, bytes: &mut [u8; 16]) {
    // SAFETY: an exclusive reference to 16 bytes may be written, and the instruction asks for no alignment.
    unsafe { v128_store(bytes.as_mut_ptr().cast(), register) }
}

#[inline(always)]
pub(super) fn to_array(register: Register) -> [u32; 4] {
    [
        u32x4_extract_lane::<0>(register),
        u32x4_extract_lane::<1>(register),
        u32x4_extract_lane::<2>(register),
        u32x4_extract_lane::<3>(register),
    ]
}

#[inline(always)]
pub(super) fn add(a: Register, b: Register) -> Register {
    u32x4_add(a, b)
}

#[inline(always)]
pub(super) fn add_pairs(a: Register, b: Register) -> Register {
    u64x2_add(a, b)
}

#[inline(always)]
pub(super) fn multiply_pairs(a: Register, b: Register) -> [Register; 2] {
    let low = u32x4_shuffle::<0, 2, 4, 6>(a, b);
    let high = u32x4_shuffle::<1, 3, 5, 7>(a, b);
    [u64x2_extmul_low_u32x4(low, high), u64x2_extmul_high_u32x4(low, high)]
}

#[inline(always)]
pub(super) fn xor(a: Register, b: Register) -> Register {
    v128_xor(a, b)
}

#[inline(always)]
pub(super) fn and(a: Register, b: Register) -> Register {
    v128_and(a, b)
}

#[inline(always)]
pub(super) fn or(a: Register, b: Register) -> Register {
    v128_or(a, b)
}

#[inline(always)]
pub(super) fn shr<const N: u32>(register: Register) -> Register {
    u32x4_shr(register, N)
}

#[inline(always)]
pub(super) fn shl(register: Register, bits: u32) -> Register {
    u32x4_shl(register, bits)
}

#[inline(always)]
pub(super) fn swap_bytes(register: Register) -> Register {
    i8x16_shuffle::<3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12>(register, register)
}

/// A shuffle of 16-bit halves, which V8 knows as two instructions; shifts would take three.
#[inline(always)]
pub(super) fn swap_halves(register: Register) -> Register {
    i8x16_shuffle::<2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13>(register, register)
}

#[inline(always)]
pub(super) fn pick<const A: usize, const B: usize, const C: usize, const D: usize>(
    low: Register,
    high: Register,
) -> Register {
    u32x4_shuffle::<A, B, C, D>(low, high)
}
