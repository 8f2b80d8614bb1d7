//! Vectors of 128 bits with a safe face: the only crate of the workspace's kernels that may hold `unsafe` code.
//!
//! Each type is one register where the target has such registers unasked (simd128 of wasm, SSE2 of x86-64), and an array
//! elsewhere, which compilers turn into registers as well as they can. Every backend gives the same bits.

mod u32x4;
mod u64x2;

pub use u32x4::U32x4;
pub use u64x2::U64x2;
