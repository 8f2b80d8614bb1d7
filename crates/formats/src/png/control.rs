//! What an animated PNG says of a frame (section 11.3.6.2).

use crate::FormatError;
use crate::bytes::{array, be32};
use crate::canvas::{Area, Disposal};
use crate::error::invalid;

/// The contents of a frame control chunk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Control {
    pub(super) area: Area,
    /// A fraction of a second.
    delay: [u16; 2],
    pub(super) disposal: Disposal,
    /// Whether the frame is laid over what is there; otherwise it takes its place.
    pub(super) over: bool,
}

impl Control {
    /// Reads and checks a chunk of an image of that size; the first image is as large as the canvas.
    pub(super) fn read(contents: &[u8], size: [u32; 2], first: bool) -> Result<Self, FormatError> {
        if contents.len() != 26 {
            return Err(invalid("a frame control chunk of 26 bytes"));
        }
        let [width, height, left, top] = [4, 8, 12, 16].map(|at| be32(contents, at).unwrap_or(0));
        let fits = |from: u32, len: u32, all: u32| {
            len > 0 && from.checked_add(len).is_some_and(|end| end <= all) && (!first || len == all)
        };
        if !fits(left, width, size[0]) || !fits(top, height, size[1]) {
            return Err(invalid("a frame within the canvas"));
        }
        let [n0, n1, d0, d1, disposal, blend] = array(contents, 20)?;
        let disposal = match disposal {
            0 => Disposal::Keep,
            1 => Disposal::Background,
            2 => Disposal::Previous,
            _ => return Err(invalid("a known disposal of a frame")),
        };
        if blend > 1 {
            return Err(invalid("a known blending of a frame"));
        }
        let area = Area { left, top, width, height };
        let delay = [u16::from_be_bytes([n0, n1]), u16::from_be_bytes([d0, d1])];
        Ok(Self { area, delay, disposal, over: blend == 1 })
    }

    /// Of an image that is no frame.
    pub(super) fn still(width: u32, height: u32) -> Self {
        let area = Area { left: 0, top: 0, width, height };
        Self { area, delay: [0, 0], disposal: Disposal::Keep, over: false }
    }

    pub(super) fn delay_ms(&self) -> u32 {
        let [number, divisor] = self.delay.map(u32::from);
        // The specification reads a denominator of 0 as hundredths.
        let per_second = if divisor == 0 { 100 } else { divisor };
        (1000 * number + per_second / 2) / per_second
    }
}
