//! One row of macroblocks, and what is still needed of the one above it.

use super::workspace::{LUMA, STRIDE, U, V, Workspace, row};
use crate::WebpError;
use crate::options::filled;

/// Rows above that are kept. Filters change three rows above a macroblock and look at four; luma waits for the chroma
/// of the row below to be interpolated with.
pub(super) const KEPT_LUMA: usize = 9;
pub(super) const KEPT_CHROMA: usize = 5;

/// Bytes before the first row, for vectors that begin one sample before it, and behind the last.
const BEFORE: usize = 16;
const BEHIND: usize = 32;

/// Samples of a plane.
pub(super) struct Plane {
    pub(super) samples: Vec<u8>,
    pub(super) stride: usize,
    kept: usize,
}

impl Plane {
    fn new(stride: usize, kept: usize, rows: usize) -> Result<Self, WebpError> {
        let samples = filled(0, BEFORE + stride * (kept + rows) + BEHIND)?;
        Ok(Self { samples, stride, kept })
    }

    /// Where a row begins, counted from the first that was kept.
    pub(super) fn at(&self, row: usize) -> usize {
        BEFORE + row * self.stride
    }

    /// Where the macroblocks begin.
    pub(super) fn start(&self) -> usize {
        self.at(self.kept)
    }

    fn set<const N: usize>(&mut self, at: usize, samples: [u8; N]) {
        if let Some(place) = self.samples[at..].first_chunk_mut() {
            *place = samples;
        }
    }

    /// The last rows become those above.
    fn move_up(&mut self, rows: usize) {
        let from = BEFORE + rows * self.stride;
        self.samples.copy_within(from..from + self.kept * self.stride, BEFORE);
    }
}

/// Samples of a row of macroblocks.
pub(super) struct Band {
    pub(super) luma: Plane,
    pub(super) u: Plane,
    pub(super) v: Plane,
}

impl Band {
    /// For rows of as many macroblocks.
    pub(super) fn new(columns: usize) -> Result<Self, WebpError> {
        let chroma = || Plane::new(8 * columns, KEPT_CHROMA, 8);
        Ok(Self { luma: Plane::new(16 * columns, KEPT_LUMA, 16)?, u: chroma()?, v: chroma()? })
    }

    /// Bytes that [`Band::new`] takes.
    pub(super) fn bytes(columns: usize) -> u64 {
        columns as u64 * 16 * (KEPT_LUMA + 16 + KEPT_CHROMA + 8) as u64
    }

    /// Takes over a macroblock.
    pub(super) fn put(&mut self, column: usize, work: &Workspace) {
        let (at, stride) = (self.luma.start() + 16 * column, self.luma.stride);
        for y in 0..16 {
            self.luma.set::<16>(at + y * stride, row(work, LUMA + y * STRIDE));
        }
        let (at, stride) = (self.u.start() + 8 * column, self.u.stride);
        for y in 0..8 {
            self.u.set::<8>(at + y * stride, row(work, U + y * STRIDE));
            self.v.set::<8>(at + y * stride, row(work, V + y * STRIDE));
        }
    }

    /// Makes room for the next row.
    pub(super) fn advance(&mut self) {
        self.luma.move_up(16);
        self.u.move_up(8);
        self.v.move_up(8);
    }
}
