//! Lossless images, VP8L: RFC 9649, sections 3 to 6.

mod bits;
mod colour;
mod groups;
mod histogram;
mod logarithm;
mod matches;
mod palette;
mod parse;
mod predictor;
mod prefix;
mod price;
mod stream;
mod symbols;
mod write;

use super::error::{EncodeError, filled};
use bits::BitWriter;
use matches::Search;
use palette::Palette;
use write::{Effort, main_image, small_image};

/// Pixels of blue, green, red and alpha.
pub(super) struct Image {
    pub(super) width: usize,
    pub(super) height: usize,
    pub(super) pixels: Vec<[u8; 4]>,
}

impl Image {
    /// One pixel for each tile of 2 to the `bits` pixels a side.
    fn tiles(width: usize, height: usize, bits: u32) -> Result<Self, EncodeError> {
        let (width, height) = (width.div_ceil(1 << bits), height.div_ceil(1 << bits));
        Ok(Self { width, height, pixels: filled([0, 0, 0, 255], width * height)? })
    }
}

/// What is done to the pixels before they are coded.
#[derive(Clone, Copy, Default)]
struct Plan {
    subtract_green: bool,
    predict: bool,
}

/// The transforms that promise the least entropy, by pixels and by their differences to the one before; none where the
/// palette promises less.
fn plan(image: &Image, palette: Option<&Palette>) -> Option<Plan> {
    let mut counts = [[[0_u32; 256]; 4]; 4];
    let mut indices = [0_u32; 256];
    let without_green = |[b, g, r, a]: [u8; 4]| [b.wrapping_sub(g), g, r.wrapping_sub(g), a];
    let mut count = |which: usize, pixel: [u8; 4]| {
        for (counts, value) in counts[which].iter_mut().zip(pixel) {
            counts[usize::from(value)] += 1;
        }
    };
    // Of a large image, every fourth row.
    let step = if image.pixels.len() > 1 << 18 { 4 } else { 1 };
    for y in (1..image.height).step_by(step) {
        let (above, row) = image.pixels[(y - 1) * image.width..].split_at(image.width);
        for (pair, &above) in row[..image.width].windows(2).zip(&above[1..]) {
            let (left, pixel) = (pair[0], pair[1]);
            // What repeats is copied in any case.
            if pixel == left || pixel == above {
                continue;
            }
            let difference: [u8; 4] = core::array::from_fn(|i| pixel[i].wrapping_sub(left[i]));
            count(0, pixel);
            count(1, without_green(pixel));
            count(2, difference);
            count(3, without_green(difference));
            if let Some(palette) = palette {
                indices[usize::from(palette.index(pixel))] += 1;
            }
        }
    }
    let costs = counts.map(|counts| histogram::channels(&counts));
    let best = (0..4).min_by_key(|&i| costs[i]).unwrap_or(0);
    if palette.is_some() && logarithm::entropy(&indices) <= costs[best] {
        return None;
    }
    Some(Plan { subtract_green: best & 1 == 1, predict: best & 2 == 2 })
}

fn effort(level: u8) -> Effort {
    let level = usize::from(level.min(6));
    Effort {
        search: Search {
            depth: [2, 4, 8, 16, 32, 64, 128][level],
            enough: [32, 64, 64, 128, 128, 192, 256][level],
        },
        caches: [
            &[0][..],
            &[0, 8],
            &[0, 8],
            &[0, 6, 10],
            &[0, 4, 7, 10],
            &[0, 2, 4, 6, 8, 10],
            &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
        ][level],
        rounds: [0, 0, 0, 1, 1, 2, 3][level],
        groups: level > 0,
    }
}

/// The chunk's bytes, of at most `limit`.
///
/// # Errors
///
/// [`EncodeError::TooLarge`] and [`EncodeError::OutOfMemory`].
pub(super) fn encode(image: Image, level: u8, limit: u64) -> Result<Vec<u8>, EncodeError> {
    let mut to = BitWriter::new(limit);
    to.check()?;
    let opaque = image.pixels.iter().all(|pixel| pixel[3] == 255);
    to.put(0x2F, 8);
    to.put(image.width as u32 - 1, 14);
    to.put(image.height as u32 - 1, 14);
    to.put(u32::from(!opaque), 1);
    to.put(0, 3);
    body(image, level, &mut to)?;
    finish(to, limit)
}

/// The pixels without a header, as the alpha channel of lossy images has them.
///
/// # Errors
///
/// [`EncodeError::TooLarge`] and [`EncodeError::OutOfMemory`].
pub(super) fn encode_without_header(
    image: Image,
    level: u8,
    limit: u64,
) -> Result<Vec<u8>, EncodeError> {
    let mut to = BitWriter::new(limit);
    to.check()?;
    body(image, level, &mut to)?;
    finish(to, limit)
}

fn finish(to: BitWriter, limit: u64) -> Result<Vec<u8>, EncodeError> {
    let bytes = to.finish();
    if bytes.len() as u64 > limit { Err(EncodeError::TooLarge { limit }) } else { Ok(bytes) }
}

fn body(mut image: Image, level: u8, to: &mut BitWriter) -> Result<(), EncodeError> {
    let palette = Palette::new(&image);
    let few = palette.as_ref().is_some_and(|palette| palette.len() <= 16);
    let plan = if few { None } else { plan(&image, palette.as_ref()) };
    if let (None, Some(palette)) = (plan, palette) {
        // A transform follows, of the kind of section 4.4.
        to.put(0b111, 3);
        to.put(palette.len() as u32 - 1, 8);
        small_image(&palette.differences(), to)?;
        let indices = palette.indices(&image)?;
        drop(image);
        to.put(0, 1);
        return main_image(&indices, effort(level), to);
    }
    let plan = plan.unwrap_or_default();
    if plan.subtract_green {
        to.put(0b101, 3);
        for [blue, green, red, _] in &mut image.pixels {
            *blue = blue.wrapping_sub(*green);
            *red = red.wrapping_sub(*green);
        }
    }
    if plan.predict {
        let bits = 4;
        to.put(0b001, 3);
        let map = predictor::apply(&mut image, bits)?;
        to.put(bits - 2, 3);
        small_image(&map, to)?;
        let bits = 5;
        to.put(0b011, 3);
        let map = colour::apply(&mut image, bits)?;
        to.put(bits - 2, 3);
        small_image(&map, to)?;
    }
    to.put(0, 1);
    main_image(&image, effort(level), to)
}
