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
    let frame = if frame.is_none() { attempt(planes, quality, effort, limit, true)? } else { frame };
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
    let mut segments: Vec<Segment> = analysis
        .segments
        .iter()
        .map(|&character| Segment::new(quality, character, analysis.chroma))
        .collect();
    let mut pass = Pass::new(planes, effort, plain)?;
    if effort > 4 {
        pass.run(planes, &analysis.map, &mut segments)?;
    }
    pass.run(planes, &analysis.map, &mut segments)?;
    for segment in &mut segments {
        if segment.strength > 0 {
            segment.strengthen();
        }
    }
    let probabilities = pass.tokens.statistics.probabilities();
    let header = Header {
        width: planes.width,
        height: planes.height,
        columns: planes.columns,
        segments: &segments,
        chroma: analysis.chroma,
        probabilities: &probabilities,
    };
    let Some(mut frame) = header.write(&pass.modes)? else { return Ok(None) };
    let coefficients = pass.tokens.write(&probabilities, limit)?;
    super::error::reserve(&mut frame, coefficients.len())?;
    frame.extend_from_slice(&coefficients);
    Ok(Some(frame))
}
