//! What is lost, measured on coefficients.
//!
//! The transform is twice the orthonormal one, so a quarter of the squared error of the coefficients is that of the
//! samples, but for rounding. Pixels need not be reconstructed to compare modes.

use bytemill_simd::{I16x8, I32x4};

use super::transform::Vectors;

/// Weights of coefficients by how well the eye sees them, column by column.
const WEIGHTS: [[i16; 8]; 2] = [[38, 32, 20, 9, 32, 28, 17, 7], [20, 17, 10, 4, 9, 7, 4, 2]];

/// Squared error and texture of a block.
#[derive(Clone, Copy)]
pub(super) struct Sums {
    /// Squared error of the coefficients.
    pub(super) error: u32,
    /// Weighted sum of the reconstructed coefficients without their signs.
    pub(super) texture: u32,
}

#[inline(always)]
fn weighted(block: Vectors) -> I32x4 {
    let [low, high] = WEIGHTS;
    block[0].abs().dot(I16x8::load(&low)).add(block[1].abs().dot(I16x8::load(&high)))
}

/// Compares the coefficients of a source with those of its reconstruction, which differ by `error`.
#[inline(always)]
pub(super) fn measure(source: Vectors, error: Vectors) -> Sums {
    let squares = error[0].dot(error[0]).add(error[1].dot(error[1]));
    let rebuilt = weighted([source[0].sub(error[0]), source[1].sub(error[1])]);
    let zero = I32x4::splat(0);
    let [error, texture, ..] = I32x4::sums([squares, rebuilt, zero, zero]).to_array();
    Sums { error: error.cast_unsigned(), texture: texture.cast_unsigned() }
}

/// The texture of a source.
#[inline(always)]
pub(super) fn texture(source: Vectors) -> u32 {
    let zero = I32x4::splat(0);
    I32x4::sums([weighted(source), zero, zero, zero]).to_array()[0].cast_unsigned()
}

/// How much the texture changes, on the scale of Hadamard coefficients.
#[inline(always)]
pub(super) fn texture_change(source: u32, rebuilt: u32) -> u32 {
    source.abs_diff(rebuilt) >> 4
}

/// The sum of all coefficients without their signs: what a block costs, very roughly.
#[inline(always)]
pub(super) fn magnitude(blocks: [Vectors; 2]) -> [u32; 2] {
    let one = I16x8::splat(1);
    let zero = I32x4::splat(0);
    let [a, b] = blocks.map(|block| block[0].abs().add(block[1].abs()).dot(one));
    let [a, b, ..] = I32x4::sums([a, b, zero, zero]).to_array();
    [a.cast_unsigned(), b.cast_unsigned()]
}
