//! The frame's headers and the modes of its macroblocks; RFC 6386, sections 9, 11 and 19.

use super::super::error::EncodeError;
use super::bool_writer::BoolWriter;
use super::segments::{ChromaDeltas, Segment};
use super::tables::BLOCK_MODES;
use super::trees::{
    AS_BLOCK_MODE, BLOCK, BLOCKS, CHROMA, CHROMA_PROBABILITIES, LUMA, LUMA_PROBABILITIES, SEGMENT,
};
use crate::vp8::{DEFAULT, Probabilities, UPDATES};

/// What the first partition says of a macroblock.
#[derive(Clone, Copy, Default)]
pub(super) struct Modes {
    pub(super) segment: u8,
    /// Whether no block has coefficients.
    pub(super) empty: bool,
    /// A mode of 16x16 blocks, or [`BLOCKS`].
    pub(super) luma: u8,
    pub(super) chroma: u8,
    /// Two modes of 4x4 blocks a byte, the first one in the lower half.
    blocks: [u8; 8],
}

impl Modes {
    pub(super) fn set_blocks(&mut self, modes: &[u8; 16]) {
        self.blocks = core::array::from_fn(|i| modes[2 * i] | modes[2 * i + 1] << 4);
    }

    fn block(&self, block: usize) -> u8 {
        self.blocks[block >> 1] >> (4 * (block & 1)) & 15
    }

    /// The mode that a neighbour takes a block for.
    fn as_block(&self, block: usize) -> u8 {
        if self.luma == BLOCKS { self.block(block) } else { AS_BLOCK_MODE[usize::from(self.luma)] }
    }
}

/// What stands in the frame's header.
pub(super) struct Header<'a> {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Macroblocks in a row.
    pub(super) columns: usize,
    /// One or more.
    pub(super) segments: &'a [Segment],
    pub(super) chroma: ChromaDeltas,
    pub(super) probabilities: &'a Probabilities,
}

/// The probability of a 0, 1 to 255, by how many there are.
fn probability(zeros: usize, all: usize) -> u8 {
    let scaled = (zeros * 255 + all / 2).checked_div(all);
    scaled.map_or(255, |scaled| scaled.clamp(1, 255) as u8)
}

impl Header<'_> {
    /// The frame's bytes up to its coefficients, or nothing where that is more than a frame can have.
    pub(super) fn write(&self, modes: &[Modes]) -> Result<Option<Vec<u8>>, EncodeError> {
        let mut to = BoolWriter::new();
        // The colour space is YUV, and pixels are clamped.
        to.put_bits(0, 2);
        let segments = self.write_segments(modes, &mut to);
        let first = &self.segments[0];
        // The normal filter, as strong in every block.
        to.put_bits(0, 1);
        let strongest = self.segments.iter().map(|segment| segment.strength).max();
        to.put_bits(strongest.unwrap_or(0).cast_unsigned(), 6);
        to.put_bits(0, 3);
        to.put_bits(0, 1);
        // One partition of coefficients.
        to.put_bits(0, 2);
        to.put_bits(first.index.cast_unsigned(), 7);
        for delta in [0, 0, 0, self.chroma.dc, self.chroma.ac] {
            to.put_optional(delta, 4);
        }
        // The probabilities hold for this frame alone.
        to.put_bits(0, 1);
        self.write_probabilities(&mut to);
        let full = modes.iter().filter(|modes| !modes.empty).count();
        let skip = (full < modes.len()).then(|| probability(full, modes.len()));
        to.put_bits(u32::from(skip.is_some()), 1);
        if let Some(skip) = skip {
            to.put_bits(u32::from(skip), 8);
        }
        self.write_modes(modes, segments, skip, &mut to)?;
        let partition = to.finish();
        Ok(self.with_start(&partition))
    }

    /// Section 9.3. Gives the probabilities of the segments' tree, where there are segments.
    fn write_segments(&self, modes: &[Modes], to: &mut BoolWriter) -> Option<[u8; 3]> {
        to.put_bits(u32::from(self.segments.len() > 1), 1);
        if self.segments.len() < 2 {
            return None;
        }
        let mut counts = [0; 4];
        for modes in modes {
            counts[usize::from(modes.segment)] += 1;
        }
        let probabilities = [
            probability(counts[0] + counts[1], modes.len()),
            probability(counts[0], counts[0] + counts[1]),
            probability(counts[2], counts[2] + counts[3]),
        ];
        // There is a map, there are values, and they are absolute.
        to.put_bits(0b111, 3);
        let of = |i: usize| self.segments.get(i);
        for i in 0..4 {
            to.put_optional(of(i).map_or(0, |segment| segment.index), 7);
        }
        for i in 0..4 {
            to.put_optional(of(i).map_or(0, |segment| segment.strength), 6);
        }
        for probability in probabilities {
            to.put(probability != 255, 128);
            if probability != 255 {
                to.put_bits(u32::from(probability), 8);
            }
        }
        Some(probabilities)
    }

    fn write_probabilities(&self, to: &mut BoolWriter) {
        let [new, old, updates] = [self.probabilities, &DEFAULT, &UPDATES]
            .map(|table| table.as_flattened().as_flattened().as_flattened());
        for ((&new, &old), &update) in new.iter().zip(old).zip(updates) {
            to.put(new != old, update);
            if new != old {
                to.put_bits(u32::from(new), 8);
            }
        }
    }

    fn write_modes(
        &self,
        modes: &[Modes],
        segments: Option<[u8; 3]>,
        skip: Option<u8>,
        to: &mut BoolWriter,
    ) -> Result<(), EncodeError> {
        for (i, modes_here) in modes.iter().enumerate() {
            to.check(u64::MAX)?;
            if let Some(probabilities) = segments {
                SEGMENT.write(modes_here.segment, &probabilities, to);
            }
            if let Some(skip) = skip {
                to.put(modes_here.empty, skip);
            }
            LUMA.write(modes_here.luma, &LUMA_PROBABILITIES, to);
            if modes_here.luma == BLOCKS {
                let above = i.checked_sub(self.columns).map(|above| &modes[above]);
                let left = (i % self.columns > 0).then(|| &modes[i - 1]);
                let outside = |modes: Option<&Modes>, block| {
                    usize::from(modes.map_or(0, |modes| modes.as_block(block)))
                };
                for block in 0..16_usize {
                    let upper = match block.checked_sub(4) {
                        Some(block) => usize::from(modes_here.block(block)),
                        None => outside(above, block + 12),
                    };
                    let before = if block & 3 > 0 {
                        usize::from(modes_here.block(block - 1))
                    } else {
                        outside(left, block + 3)
                    };
                    BLOCK.write(modes_here.block(block), &BLOCK_MODES[upper][before], to);
                }
            }
            CHROMA.write(modes_here.chroma, &CHROMA_PROBABILITIES, to);
        }
        Ok(())
    }

    /// Puts the start of a key frame before its first partition; section 9.1.
    fn with_start(&self, partition: &[u8]) -> Option<Vec<u8>> {
        let length = u32::try_from(partition.len()).ok().filter(|&length| length < 1 << 19)?;
        let mut bytes = Vec::new();
        bytes.try_reserve(10 + partition.len()).ok()?;
        // A key frame of version 0 that is shown.
        bytes.extend_from_slice(&(length << 5 | 1 << 4).to_le_bytes()[..3]);
        bytes.extend_from_slice(&[0x9D, 0x01, 0x2A]);
        bytes.extend_from_slice(&(self.width as u16).to_le_bytes());
        bytes.extend_from_slice(&(self.height as u16).to_le_bytes());
        bytes.extend_from_slice(partition);
        Some(bytes)
    }
}
