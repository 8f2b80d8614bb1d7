//! JPEG markers (ITU-T T.81, annex B) up to the first scan.

use super::{Header, bytes};
use crate::source::orientation_of;
use crate::{Format, ImageError, Metadata};

/// More scans than this are an attack on the decoder's time; libvips draws the same line.
const MAX_SCANS: usize = 100;

struct Frame {
    progressive: bool,
    width: u32,
    height: u32,
    channels: u8,
}

/// What the header says, and whether the scans that follow it can be all there.
pub(crate) fn parse(input: &[u8]) -> Result<Header, ImageError> {
    let (metadata, at) = read(input)?;
    let truncated = scans(&metadata, input.get(at..).unwrap_or_default())?;
    // Grey is widened to three bytes beside the one, CMYK is converted on the way.
    let decoded = if metadata.channels == 1 { 4 } else { 3 };
    let coefficients = if metadata.progressive { 2 * u64::from(metadata.channels) } else { 0 };
    Ok(Header { metadata, pixel_bytes: decoded + coefficients, truncated })
}

/// What the header says, and where the first scan begins.
pub(crate) fn read(input: &[u8]) -> Result<(Metadata, usize), ImageError> {
    const START: &[u8] = b"\xFF\xD8\xFF";
    if !input.starts_with(START) {
        let cut = START.starts_with(input);
        let other = ImageError::Invalid { expected: "a JPEG file" };
        return Err(if cut { ImageError::Truncated } else { other });
    }
    let mut at = 2;
    let mut frame = None;
    let mut turned = 1;
    loop {
        let [prefix, marker] = bytes(input, at)?;
        if prefix != 0xFF {
            // Bytes that belong to no segment are passed over, as libjpeg does.
            at += 1;
            continue;
        }
        match marker {
            // Fill bytes, and what is stuffed into entropy-coded data.
            0xFF | 0x00 => {
                at += 1;
                continue;
            }
            // Markers without a segment.
            0x01 | 0xD0..=0xD8 => {
                at += 2;
                continue;
            }
            0xD9 => return Err(ImageError::Invalid { expected: "a JPEG frame before its end" }),
            _ => {}
        }
        let len = usize::from(u16::from_be_bytes(bytes(input, at + 2)?));
        if len < 2 {
            return Err(ImageError::Invalid { expected: "a JPEG segment of at least 2 bytes" });
        }
        let segment = input.get(at + 4..at + 2 + len).ok_or(ImageError::Truncated)?;
        at += 2 + len;
        match marker {
            0xC4 | 0xC8 | 0xCC => {}
            0xC0..=0xCF => frame = Some(start_of_frame(marker, segment)?),
            0xE1 => {
                if let Some(tiff) = segment.strip_prefix(b"Exif\0\0") {
                    turned = orientation_of(tiff);
                }
            }
            0xDA => break,
            _ => {}
        }
    }
    let frame = frame.ok_or(ImageError::Invalid { expected: "a JPEG frame before its scan" })?;
    if frame.width == 0 {
        return Err(ImageError::Invalid { expected: "a width and height of at least 1" });
    }
    let metadata = Metadata {
        format: Format::Jpeg,
        width: frame.width,
        height: frame.height,
        orientation: turned,
        channels: frame.channels,
        depth: 8,
        has_alpha: false,
        progressive: frame.progressive,
        pages: 1,
        loops: None,
        density: None,
        has_profile: false,
    };
    Ok((metadata, at))
}

/// B.2.2. Baseline, extended and progressive Huffman frames of 8 bits are what the decoder has.
fn start_of_frame(marker: u8, segment: &[u8]) -> Result<Frame, ImageError> {
    match marker {
        0xC0..=0xC2 => {}
        0xC3 => return Err(ImageError::Unsupported { feature: "lossless JPEG" }),
        0xC5..=0xC7 => return Err(ImageError::Unsupported { feature: "hierarchical JPEG" }),
        _ => return Err(ImageError::Unsupported { feature: "arithmetic coded JPEG" }),
    }
    let [precision, h1, h0, w1, w0, channels] = bytes(segment, 0)
        .map_err(|_| ImageError::Invalid { expected: "a JPEG frame header of 8 bytes" })?;
    if precision != 8 {
        return Err(ImageError::Unsupported { feature: "JPEG with other than 8 bits" });
    }
    if !matches!(channels, 1 | 3 | 4) {
        return Err(ImageError::Unsupported { feature: "JPEG with other than 1, 3 or 4 channels" });
    }
    let height = u32::from(u16::from_be_bytes([h1, h0]));
    if height == 0 {
        return Err(ImageError::Unsupported { feature: "JPEG with its height after the scan" });
    }
    let width = u32::from(u16::from_be_bytes([w1, w0]));
    Ok(Frame { progressive: marker == 0xC2, width, height, channels })
}

/// Looks at the entropy-coded data from the first scan on and says whether some is missing: there is no end marker, or less
/// than any encoder could do with. A block takes two bits in a baseline scan (a DC code, an end of block) and one in the
/// first progressive scan.
fn scans(frame: &Metadata, data: &[u8]) -> Result<bool, ImageError> {
    let ended = data.windows(2).rposition(|pair| pair == [0xFF, 0xD9]);
    let blocks = u64::from(frame.width / 8) * u64::from(frame.height / 8);
    let bits = if frame.progressive { blocks } else { 2 * blocks };
    if frame.progressive {
        let scans = data.windows(2).filter(|pair| *pair == [0xFF, 0xDA]).take(MAX_SCANS).count();
        if scans == MAX_SCANS {
            return Err(ImageError::Unsupported { feature: "JPEG with more than 100 scans" });
        }
    }
    Ok(ended.is_none() || bits / 8 > data.len() as u64)
}
