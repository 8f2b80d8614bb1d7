//! The pixels of a macroblock and what surrounds them.

use bytemill_simd::I16x8;

use super::predict::Edges;
use super::transform::{Rows, Vectors, forward};
use super::yuv::Planes;

/// Sixteen rows of luma, and eight of both planes of chroma side by side.
pub(super) struct Macroblock {
    pub(super) y: [u8; 256],
    pub(super) uv: [u8; 128],
}

impl Macroblock {
    pub(super) fn new() -> Self {
        Self { y: [0; 256], uv: [0; 128] }
    }

    pub(super) fn load(&mut self, planes: &Planes, x: usize, y: usize) {
        let stride = 16 * planes.columns;
        let rows = planes.y[16 * (y * stride + x)..].chunks(stride);
        for (to, from) in self.y.chunks_exact_mut(16).zip(rows) {
            to.copy_from_slice(&from[..16]);
        }
        let stride = 8 * planes.columns;
        for (half, plane) in [&planes.u, &planes.v].into_iter().enumerate() {
            let rows = plane[8 * (y * stride + x)..].chunks(stride);
            for (to, from) in self.uv.chunks_exact_mut(16).zip(rows) {
                to[8 * half..][..8].copy_from_slice(&from[..8]);
            }
        }
    }
}

/// What surrounds a macroblock.
#[derive(Clone, Copy)]
pub(super) struct Surroundings {
    pub(super) y: Edges<16>,
    /// Four pixels of luma above and to the right.
    pub(super) right: [u8; 4],
    pub(super) u: Edges<8>,
    pub(super) v: Edges<8>,
}

/// Rows of pixels above a row of macroblocks, of one plane.
pub(super) struct Above<'a, const N: usize>(pub(super) &'a [u8]);

impl<const N: usize> Above<'_, N> {
    /// What surrounds the macroblock in column `x` of row `y`; `left` is that of the one before.
    fn edges(&self, x: usize, y: usize, left: &[u8; N], corner: u8) -> Edges<N> {
        let mut above = [127; N];
        if y > 0 {
            above.copy_from_slice(&self.0[N * x..][..N]);
        }
        let (left, corner) = match (x > 0, y > 0) {
            (true, true) => (*left, corner),
            (true, false) => (*left, 127),
            (false, true) => ([129; N], 129),
            (false, false) => ([129; N], 127),
        };
        Edges { above, left, corner, has_above: y > 0, has_left: x > 0 }
    }
}

/// Reconstructed pixels that the next macroblocks are predicted from.
pub(super) struct Borders {
    y: Vec<u8>,
    u: Vec<u8>,
    v: Vec<u8>,
    left: ([u8; 16], [u8; 8], [u8; 8]),
    corners: [u8; 3],
}

impl Borders {
    /// For rows of so many macroblocks.
    pub(super) fn new(columns: usize) -> Result<Self, super::super::EncodeError> {
        use super::super::error::filled;
        Ok(Self {
            y: filled(127, 16 * columns)?,
            u: filled(127, 8 * columns)?,
            v: filled(127, 8 * columns)?,
            left: ([129; 16], [129; 8], [129; 8]),
            corners: [127; 3],
        })
    }

    /// What surrounds the macroblock in column `x` of row `y`.
    pub(super) fn around(&self, x: usize, y: usize) -> Surroundings {
        let mut right = [127; 4];
        if y > 0 {
            // In the last column, the last pixel above repeats.
            match self.y[16 * x + 16..].first_chunk() {
                Some(pixels) => right = *pixels,
                None => right = [self.y[16 * x + 15]; 4],
            }
        }
        Surroundings {
            y: Above::<16>(&self.y).edges(x, y, &self.left.0, self.corners[0]),
            right,
            u: Above::<8>(&self.u).edges(x, y, &self.left.1, self.corners[1]),
            v: Above::<8>(&self.v).edges(x, y, &self.left.2, self.corners[2]),
        }
    }

    /// Takes in the pixels of the macroblock in column `x`.
    pub(super) fn store(&mut self, x: usize, pixels: &Macroblock) {
        self.corners = [self.y[16 * x + 15], self.u[8 * x + 7], self.v[8 * x + 7]];
        self.y[16 * x..][..16].copy_from_slice(&pixels.y[240..]);
        self.u[8 * x..][..8].copy_from_slice(&pixels.uv[112..120]);
        self.v[8 * x..][..8].copy_from_slice(&pixels.uv[120..]);
        self.left.0 = core::array::from_fn(|y| pixels.y[16 * y + 15]);
        self.left.1 = core::array::from_fn(|y| pixels.uv[16 * y + 7]);
        self.left.2 = core::array::from_fn(|y| pixels.uv[16 * y + 15]);
    }
}

/// Two blocks of a row of four lie side by side from `at` on; their rows are 16 apart.
#[inline(always)]
pub(super) fn rows(pixels: &[u8], at: usize) -> Rows {
    core::array::from_fn(|y| match pixels[at + 16 * y..].first_chunk() {
        Some(row) => I16x8::load_u8(row),
        None => I16x8::splat(0),
    })
}

/// Where the pairs of blocks begin in rows that are 16 apart: two in a row.
#[inline(always)]
pub(super) fn pair_at(pair: usize) -> usize {
    (pair >> 1) * 64 + (pair & 1) * 8
}

/// The coefficients of two blocks less their prediction.
#[inline(never)]
pub(super) fn difference(source: &[u8], prediction: &[u8], pair: usize) -> [Vectors; 2] {
    let (source, prediction) = (rows(source, pair_at(pair)), rows(prediction, pair_at(pair)));
    forward(core::array::from_fn(|y| source[y].sub(prediction[y])))
}

/// Adds a difference to a prediction, two blocks at once.
pub(super) fn rebuild(pixels: &mut [u8], pair: usize, difference: Rows) {
    let at = pair_at(pair);
    let prediction = rows(pixels, at);
    for y in 0..4 {
        let row = prediction[y].add(difference[y]);
        pixels[at + 16 * y..][..8].copy_from_slice(&row.narrow(row).halves()[0]);
    }
}
