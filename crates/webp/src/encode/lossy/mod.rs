//! Lossy images: one key frame of VP8, RFC 6386.

mod analysis;
mod bool_writer;
mod choice;
mod chroma;
mod cost;
mod distortion;
mod frame;
mod luma16;
mod luma4;
mod macroblock;
mod pass;
mod predict;
mod quantise;
mod segments;
mod tables;
mod tokens;
mod transform;
mod trees;
mod trellis;
mod yuv;

pub(super) use yuv::Planes;

use super::error::EncodeError;
use analysis::Analysis;
use frame::Header;
use pass::Pass;
use segments::Segment;

/// A frame of at most `limit` bytes.
///
/// # Errors
///
/// [`EncodeError::TooLarge`] and [`EncodeError::OutOfMemory`].
pub(super) fn encode(
    planes: &Planes,
    quality: u8,
    effort: u8,
    limit: u64,
) -> Result<Vec<u8>, EncodeError> {
    let frame = attempt(planes, quality, effort, limit, false)?;
    // The modes of very large images may be too much for the one partition that holds them.
    let frame =
        if frame.is_none() { attempt(planes, quality, effort, limit, true)? } else { frame };
    frame.ok_or(EncodeError::TooLarge { limit })
}

fn attempt(
    planes: &Planes,
    quality: u8,
    effort: u8,
    limit: u64,
    plain: bool,
) -> Result<Option<Vec<u8>>, EncodeError> {
    let analysis = Analysis::new(planes, if plain { 1 } else { 4 })?;
    let mut segments = segments(&analysis, quality);
    let mut pass = Pass::new(planes, effort, plain)?;
    if effort > 4 {
        pass.run(planes, &analysis.map, &mut segments, |_, _| ())?;
    }
    pass.run(planes, &analysis.map, &mut segments, |_, _| ())?;
    segments.iter_mut().filter(|segment| segment.strength > 0).for_each(Segment::strengthen);
    assemble(planes, &analysis, &segments, &pass, limit)
}

fn segments(analysis: &Analysis, quality: u8) -> Vec<Segment> {
    let segment = |&character| Segment::new(quality, character, analysis.chroma);
    analysis.segments.iter().map(segment).collect()
}

/// The frame's bytes, or nothing where its modes are too many.
fn assemble(
    planes: &Planes,
    analysis: &Analysis,
    segments: &[Segment],
    pass: &Pass,
    limit: u64,
) -> Result<Option<Vec<u8>>, EncodeError> {
    let probabilities = pass.tokens.statistics.probabilities();
    let header = Header {
        width: planes.width,
        height: planes.height,
        columns: planes.columns,
        segments,
        chroma: analysis.chroma,
        probabilities: &probabilities,
    };
    let Some(mut frame) = header.write(&pass.modes)? else { return Ok(None) };
    let coefficients = pass.tokens.write(&probabilities, limit)?;
    super::error::reserve(&mut frame, coefficients.len())?;
    frame.extend_from_slice(&coefficients);
    Ok(Some(frame))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// A frame as a file.
    fn file(frame: &[u8]) -> Vec<u8> {
        let length = frame.len() as u32;
        let mut file = b"RIFF".to_vec();
        file.extend((length + length % 2 + 12).to_le_bytes());
        file.extend(b"WEBPVP8 ");
        file.extend(length.to_le_bytes());
        file.extend(frame);
        file.resize(file.len() + frame.len() % 2, 0);
        file
    }

    /// What a decoder makes of luma where there is no colour.
    fn grey(luma: u8) -> u8 {
        let scaled = ((i32::from(luma) * 19077) >> 8) + ((128 * 26149) >> 8) - 14234;
        (scaled >> 6).clamp(0, 255) as u8
    }

    /// Without a filter, a decoder's luma is that of the encoder.
    #[test]
    fn decoders_see_what_the_encoder_rebuilt() {
        let (width, height) = (150, 90);
        let mut state = 9_u32;
        let pixels: Vec<u8> = (0..width * height)
            .map(|i| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let wave = (i % width * 3 + i / width * 2) % 200;
                (wave + (state >> 24) as usize * (i / width / 30) / 6).min(255) as u8
            })
            .collect();
        let planes = Planes::new(&pixels, 1, width, height).unwrap();
        for (quality, effort, plain) in [
            (0, 4, false),
            (30, 0, false),
            (60, 4, false),
            (85, 2, false),
            (100, 6, false),
            (70, 4, true),
        ] {
            let analysis = Analysis::new(&planes, if plain { 1 } else { 4 }).unwrap();
            let mut segments = segments(&analysis, quality);
            for segment in &mut segments {
                segment.strength = 0;
            }
            let mut pass = Pass::new(&planes, effort, plain).unwrap();
            let stride = 16 * planes.columns;
            let mut luma = vec![0; planes.y.len()];
            pass.run(&planes, &analysis.map, &mut segments, |at, rebuilt| {
                let start = at / planes.columns * 16 * stride + at % planes.columns * 16;
                for (y, row) in rebuilt.y.chunks(16).enumerate() {
                    luma[start + y * stride..][..16].copy_from_slice(row);
                }
            })
            .unwrap();
            let frame = assemble(&planes, &analysis, &segments, &pass, u64::MAX).unwrap().unwrap();
            let mut decoder = image_webp::WebPDecoder::new(Cursor::new(file(&frame))).unwrap();
            let mut rgb = vec![0; 3 * width * height];
            decoder.read_image(&mut rgb).unwrap();
            for (i, pixel) in rgb.chunks(3).enumerate() {
                let expected = grey(luma[i / width * stride + i % width]);
                assert_eq!(pixel[0], expected, "quality {quality}, pixel {i}");
            }
        }
    }
}
