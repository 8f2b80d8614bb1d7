//! Windows icons and cursors ("Icons in Win32"): a directory of bitmaps and PNG files.

use core::ops::Range;

use crate::bmp::Bitmap;
use crate::bytes::{array, le16};
use crate::decoder::Each;
use crate::error::invalid;
use crate::{Format, FormatError, Header, Options, format, png};

/// The image of most pixels, and of most bits among those.
struct Largest {
    /// How many images there are.
    images: u32,
    /// Where it lies.
    place: Range<usize>,
}

fn largest(file: &[u8]) -> Result<Largest, FormatError> {
    let count = usize::from(le16(file, 4)?);
    let icon = le16(file, 2)? == 1;
    let mut best: Option<((u32, u16), Range<usize>)> = None;
    for number in 0..count {
        let entry: [u8; 16] = array(file, 6 + 16 * number)?;
        // 256 is stored as 0.
        let [width, height] = [entry[0], entry[1]].map(|side| u32::from(side.wrapping_sub(1)) + 1);
        // In cursors the bits are a place.
        let bits = if icon { u16::from_le_bytes([entry[6], entry[7]]) } else { 0 };
        let score = (width * height, bits);
        let [len, start]: [usize; 2] = [&entry[8..12], &entry[12..16]].map(|bytes| {
            let number = bytes.iter().rev().fold(0_u32, |n, byte| n << 8 | u32::from(*byte));
            number as usize
        });
        if best.as_ref().is_none_or(|(other, _)| score > *other) {
            best = Some((score, start..start.saturating_add(len)));
        }
    }
    let (_, place) = best.ok_or(invalid("an icon with an image"))?;
    Ok(Largest { images: count as u32, place })
}

/// An image's bytes, as many as there are.
fn image<'a>(file: &'a [u8], place: &Range<usize>) -> Result<&'a [u8], FormatError> {
    let rest = file.get(place.start..).ok_or(FormatError::Truncated)?;
    Ok(&rest[..rest.len().min(place.len())])
}

pub(crate) fn header(input: &[u8]) -> Result<Header, FormatError> {
    let Largest { images, place } = largest(input)?;
    let icon = image(input, &place)?;
    let mut header = if icon.starts_with(format::PNG) {
        let mut header = png::header(icon)?;
        // Places count from the file's beginning.
        for range in [&mut header.icc, &mut header.exif, &mut header.xmp].into_iter().flatten() {
            *range = place.start + range.start..place.start + range.end;
        }
        header.loops = None;
        header
    } else {
        let bitmap = Bitmap::in_icon(icon)?;
        let mut header = Header::plain(Format::Ico, bitmap.width, bitmap.height, 4);
        header.palette = bitmap.bits <= 8;
        header.depth = bitmap.bits.min(8) as u8;
        header
    };
    header.format = Format::Ico;
    header.pages = images;
    Ok(header)
}

pub(crate) fn rows(file: &[u8], options: &Options, each: &mut Each<'_>) -> Result<(), FormatError> {
    let icon = image(file, &largest(file)?.place)?;
    if icon.starts_with(format::PNG) {
        return png::rows(icon, &png::header(icon)?, options, each);
    }
    let bitmap = Bitmap::in_icon(icon)?;
    // Alpha that hides everything is none.
    let mut hidden = bitmap.alpha;
    if hidden {
        bitmap.rows(icon, 4, options, &mut |_, row| {
            hidden &= row.chunks_exact(4).all(|pixel| pixel[3] == 0);
            Ok(())
        })?;
    }
    // A bit for each pixel that is not to be drawn, from the bottom row on; it may be missing.
    let mask_stride = u64::from(bitmap.width).div_ceil(32) * 4;
    let mask = bitmap.data as u64 + bitmap.stride() * u64::from(bitmap.height);
    let mut copy = Vec::new();
    bitmap.rows(icon, 4, options, &mut |y, row| {
        copy.clear();
        copy.extend_from_slice(row);
        let below = u64::from(bitmap.height) - 1 - y as u64;
        let at = usize::try_from(mask + below * mask_stride).unwrap_or(usize::MAX);
        let bits = icon.get(at..).unwrap_or_default();
        for (x, pixel) in copy.chunks_exact_mut(4).enumerate() {
            if hidden {
                pixel[3] = 255;
            }
            if bits.get(x / 8).is_some_and(|byte| byte >> (7 - x % 8) & 1 == 1) {
                pixel[3] = 0;
            }
        }
        each(y, &copy)
    })
}
