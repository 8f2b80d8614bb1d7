//! Vectors of 128 bits with a safe interface: [`I16x8`], [`I32x4`],
//! [`U8x16`], [`U32x4`] and [`U64x2`].
//!
//! On wasm32 with simd128 and on x86-64 (SSE2, which every such processor has) an operation is one to a few
//! instructions; elsewhere, and under Miri, arrays compute the same. All operations are exact integer arithmetic
//! and give the same result everywhere. Only loads, stores and this crate's x86-64 half contain `unsafe`.
//!
//! There is no detection at run time: what is here is what every machine of the target can do.
#![cfg_attr(not(test), no_std)]
// wasm is built by compilers that have them: those that build std, too.
#![cfg_attr(
    all(target_arch = "wasm32", target_feature = "simd128"),
    feature(abi_unadjusted, link_llvm_intrinsics, repr_simd, simd_ffi),
    allow(internal_features, reason = "core::arch's own way to instructions")
)]

#[cfg(any(
    test,
    miri,
    not(any(all(target_arch = "wasm32", target_feature = "simd128"), target_arch = "x86_64"))
))]
#[cfg_attr(test, allow(dead_code, reason = "tests need a part of it"))]
mod portable;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm;
#[cfg(all(target_arch = "x86_64", not(miri)))]
mod x86;

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use wasm as backend;
#[cfg(all(target_arch = "x86_64", not(miri)))]
use x86 as backend;

#[cfg(any(
    miri,
    not(any(all(target_arch = "wasm32", target_feature = "simd128"), target_arch = "x86_64"))
))]
use portable as backend;

mod i16x8;
mod i32x4;
mod u32x4;
mod u64x2;
mod u8x16;

pub use i16x8::I16x8;
pub use i32x4::I32x4;
pub use u8x16::U8x16;
pub use u32x4::U32x4;
pub use u64x2::U64x2;

/// The same table, whose contents the compiler does not see. Engines make a constant vector of wasm anew, in three
/// instructions, wherever it is used; one that is loaded takes one.
#[inline(always)]
pub fn unseen<T>(table: &'static T) -> &'static T {
    core::hint::black_box(table)
}

#[cfg(test)]
mod tests;
