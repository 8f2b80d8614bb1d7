//! Writing bitmaps.

use crate::sink::{Sink, rgba};
use crate::{FormatError, Image};

/// Appends the image as a bitmap to `output`, which is as before after an error: colour as 24 bits, grey as 8 bits with a
/// palette, alpha as 32 bits with a `BITMAPV4HEADER`.
///
/// # Errors
///
/// [`FormatError::Dimension`], [`FormatError::OutputTooLarge`], [`FormatError::OutOfMemory`].
pub fn encode_bmp(
    image: &Image<'_>,
    max_bytes: u64,
    output: &mut Vec<u8>,
) -> Result<(), FormatError> {
    image.check(i32::MAX as u64)?;
    let (bits, header, colours): (u64, u32, u32) = match image.channels {
        1 => (8, 40, 256),
        3 => (24, 40, 0),
        _ => (32, 108, 0),
    };
    let stride = (image.width as u64 * bits).div_ceil(32) * 4;
    let offset = 14 + header + 4 * colours;
    let data = stride.saturating_mul(image.height as u64);
    let size = data.saturating_add(offset.into());
    let limit = max_bytes.min(u32::MAX.into());
    if size > limit {
        return Err(FormatError::OutputTooLarge { limit });
    }
    Sink::run(output, max_bytes, |sink| {
        sink.reserve(size as usize)?;
        sink.put(b"BM")?;
        let compression = if bits == 32 { 3 } else { 0 };
        // 72 pixels to the inch.
        let fields = [size as u32, 0, offset, header, image.width as u32, image.height as u32];
        fields.iter().try_for_each(|field| sink.put(&field.to_le_bytes()))?;
        sink.put(&[1, 0, bits as u8, 0])?;
        let fields = [compression, data as u32, 2835, 2835, colours, 0];
        fields.iter().try_for_each(|field| sink.put(&field.to_le_bytes()))?;
        if bits == 32 {
            // Masks, then sRGB and its end points, which are not looked at.
            let masks = [0xFF_0000_u32, 0xFF00, 0xFF, 0xFF00_0000, 0x7352_4742];
            masks.iter().try_for_each(|field| sink.put(&field.to_le_bytes()))?;
            sink.put(&[0; 48])?;
        }
        for grey in (0..=255).take(colours as usize) {
            sink.put(&[grey, grey, grey, 0])?;
        }
        let mut padded = crate::bytes::zeroed(stride)?;
        for row in image.rows().rev() {
            let pixels = row.chunks_exact(image.channels);
            for (target, pixel) in padded.chunks_exact_mut(bits as usize / 8).zip(pixels) {
                let [r, g, b, a] = rgba(pixel);
                target.copy_from_slice(&[b, g, r, a][..target.len()]);
            }
            sink.put(&padded)?;
        }
        Ok(())
    })
}
