//! Sizes: what a frame becomes at a scale, and what memory that takes (T.81, A.1.1 and A.2).

use core::ops::Range;

use crate::error::{JpegError, invalid};
use crate::segments::Frame;
use crate::upsample::Upsampling;
use crate::{Limits, Options};

/// A frame at a scale.
pub(crate) struct Layout {
    /// Size of the result.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Rows of the result that are wanted.
    pub(crate) rows: Range<usize>,
    /// Rows of MCUs that these take.
    pub(crate) bands: Range<usize>,
    /// MCUs of a scan of all components.
    pub(crate) mcus_wide: usize,
    pub(crate) mcus_high: usize,
    /// Rows of the result to an MCU.
    pub(crate) mcu_rows: usize,
    pub(crate) components: Vec<Component>,
    /// Whether rows need the chroma rows above and below them.
    pub(crate) context: bool,
}

/// A component at a scale.
#[derive(Clone)]
pub(crate) struct Component {
    /// Blocks to an MCU.
    pub(crate) h: usize,
    pub(crate) v: usize,
    /// Side of a decoded block in samples: 8, 4, 2 or 1.
    pub(crate) size: usize,
    /// Whether a side of 2 comes from the lowest frequencies alone.
    pub(crate) lowest: bool,
    /// Decoded samples that belong to the image.
    pub(crate) width: usize,
    pub(crate) height: usize,
    /// Blocks that belong to the image: what a scan of this component alone has.
    pub(crate) blocks_wide: usize,
    pub(crate) blocks_high: usize,
    pub(crate) upsampling: Upsampling,
    /// Samples for each row of the image, as a fraction.
    pub(crate) rows: (usize, usize),
    /// Samples for each pixel as stored, across and down.
    pub(crate) density: [(u32, u32); 2],
    /// Number of its quantisation table.
    pub(crate) quantisation: usize,
}

impl Layout {
    pub(crate) fn new(frame: &Frame, options: &Options) -> Self {
        let Options { scale, chroma, lowest, .. } = *options;
        let unit = scale.size();
        let (width, height) = (frame.width as usize, frame.height as usize);
        let max_h = frame.components.iter().map(|it| usize::from(it.h)).max().unwrap_or(1);
        let max_v = frame.components.iter().map(|it| usize::from(it.v)).max().unwrap_or(1);
        let mut components = Vec::with_capacity(4);
        for (number, component) in frame.components.iter().enumerate() {
            let (h, v) = (usize::from(component.h), usize::from(component.v));
            // Subsampled components are decoded at more of their size where that saves upsampling.
            let mut size = unit;
            let divides = |size: usize| {
                (max_h * unit).is_multiple_of(h * size) && (max_v * unit).is_multiple_of(v * size)
            };
            if let (Some(scale), true) = (chroma, number > 0) {
                size = scale.size();
            } else {
                while size < 8 && divides(2 * size) {
                    size *= 2;
                }
            }
            let samples =
                |side: usize, factor: usize, max: usize| (side * factor * size).div_ceil(max * 8);
            let across = (h * size, max_h * unit);
            let down = (v * size, max_v * unit);
            let mut made = Component {
                h,
                v,
                size,
                lowest: lowest && size == 2,
                width: samples(width, h, max_h),
                height: samples(height, v, max_v),
                blocks_wide: (width * h).div_ceil(max_h * 8),
                blocks_high: (height * v).div_ceil(max_v * 8),
                upsampling: Upsampling::None,
                rows: down,
                density: [(h * size, max_h * 8), (v * size, max_v * 8)]
                    .map(|(samples, pixels)| (samples as u32, pixels as u32)),
                quantisation: component.quantisation,
            };
            made.upsampling = upsampling(across, down, unit > 1, made.width);
            components.push(made);
        }
        let context = components
            .iter()
            .any(|it| matches!(it.upsampling, Upsampling::High | Upsampling::Both));
        let (mcu_rows, result) = (max_v * unit, (height * unit).div_ceil(8));
        let rows = options.rows.map_or(0..result, |(start, end)| {
            let end = result.min(end as usize);
            end.min(start as usize)..end
        });
        let mcus_high = height.div_ceil(8 * max_v);
        let bands = if rows.is_empty() {
            0..0
        } else if context {
            // Chroma of the rows above and below.
            (rows.start / mcu_rows).saturating_sub(1)..(rows.end / mcu_rows + 1).min(mcus_high)
        } else {
            rows.start / mcu_rows..rows.end.div_ceil(mcu_rows)
        };
        Self {
            width: (width * unit).div_ceil(8),
            height: result,
            rows,
            bands,
            mcus_wide: width.div_ceil(8 * max_h),
            mcus_high,
            mcu_rows,
            context,
            components,
        }
    }

    /// Refuses what would take too much memory, before any is taken. `buffered`: all coefficients are kept.
    pub(crate) fn check(&self, buffered: bool, limits: &Limits) -> Result<(), JpegError> {
        let mut bytes = 0;
        for component in &self.components {
            let strip = self.mcus_wide * component.h * component.size;
            bytes += (strip * (1 + component.v * component.size)) as u64;
            if buffered {
                let blocks =
                    (self.mcus_wide * component.h) as u64 * (self.mcus_high * component.v) as u64;
                bytes += if component.size == 1 { 2 * blocks } else { 129 * blocks };
            }
        }
        if bytes > limits.max_memory_bytes {
            return Err(JpegError::TooMuchMemory { bytes, limit: limits.max_memory_bytes });
        }
        Ok(())
    }

    /// The factors of dequantisation of each component.
    pub(crate) fn quantisation<T: Copy>(
        &self,
        tables: &[Option<T>; 4],
    ) -> Result<Vec<T>, JpegError> {
        let find = |component: &Component| tables[component.quantisation & 3];
        let tables = self.components.iter().map(|component| {
            find(component).ok_or(invalid("a quantisation table for every component"))
        });
        tables.collect()
    }
}

/// libjpeg's choice: the filter for exactly twice, not at 1/8, and not for one or two samples in a row.
fn upsampling(
    across: (usize, usize),
    down: (usize, usize),
    fancy: bool,
    width: usize,
) -> Upsampling {
    let twice = |(from, to): (usize, usize)| to == 2 * from;
    let same = |(from, to): (usize, usize)| to == from;
    if same(across) && same(down) {
        Upsampling::None
    } else if fancy && twice(across) && same(down) && width > 2 {
        Upsampling::Wide
    } else if fancy && twice(across) && twice(down) && width > 2 {
        Upsampling::Both
    } else if fancy && same(across) && twice(down) {
        Upsampling::High
    } else {
        Upsampling::Repeat(across.0 as u32, across.1 as u32)
    }
}
