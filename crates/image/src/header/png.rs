//! PNG chunks (W3C PNG, section 5), their contents unread but for four of them.

use super::{Header, bytes, orientation};
use crate::{Format, ImageError, Metadata};

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1A\n";

/// Deflate copies at most 258 bytes with two bits.
const MAX_INFLATION: u64 = 1032;

pub(super) fn parse(input: &[u8]) -> Result<Header, ImageError> {
    let [length, kind] = bytes::<8>(input, 8).map(halves)?;
    if u32::from_be_bytes(length) != 13 || &kind != b"IHDR" {
        return Err(ImageError::Invalid { expected: "a PNG header chunk of 13 bytes" });
    }
    let [width, height] = bytes::<8>(input, 16).map(halves)?.map(u32::from_be_bytes);
    let [depth, colour, _, _, _] = bytes(input, 24)?;
    let (channels, samples) = match colour {
        0 => (1, 1),
        2 => (3, 3),
        // A palette of colours: one sample a pixel.
        3 => (3, 1),
        4 => (2, 2),
        6 => (4, 4),
        _ => return Err(ImageError::Invalid { expected: "a PNG colour type of 0, 2, 3, 4 or 6" }),
    };
    let mut metadata = Metadata {
        format: Format::Png,
        width,
        height,
        orientation: 1,
        channels,
        has_alpha: colour >= 4,
    };
    let (image_data, ended) = chunks(input, &mut metadata);
    let row_bits = u64::from(width) * samples * u64::from(depth);
    let raw = u64::from(height).saturating_mul(row_bits / 8);
    let truncated = !ended || raw / MAX_INFLATION > image_data;
    let channels = u64::from(metadata.channels);
    // As decoded, grey widened to colour beside it, and the copy with colours multiplied by alpha.
    let decoded = if depth == 16 { 2 * channels } else { channels };
    let widened = if channels < 3 { channels + 2 } else { 0 };
    let multiplied = if metadata.has_alpha { 4 } else { 0 };
    Ok(Header { metadata, pixel_bytes: decoded + widened + multiplied, truncated })
}

/// Goes over the chunks after the header. Returns how many bytes of image data there are, and whether
/// the end chunk was reached.
fn chunks(input: &[u8], metadata: &mut Metadata) -> (u64, bool) {
    let mut image_data = 0;
    let mut at = 33;
    while let Ok([length, kind]) = bytes::<8>(input, at).map(halves) {
        let length = u32::from_be_bytes(length) as usize;
        let body = input.get(at + 8..).unwrap_or_default();
        let body = body.get(..length).unwrap_or(body);
        match &kind {
            b"IEND" => return (image_data, true),
            b"IDAT" => image_data += body.len() as u64,
            b"eXIf" => metadata.orientation = orientation(body),
            b"tRNS" if !metadata.has_alpha => {
                metadata.has_alpha = true;
                metadata.channels += 1;
            }
            _ => {}
        }
        // Length, type, contents, checksum.
        let Some(next) = length.checked_add(12).and_then(|step| at.checked_add(step)) else {
            break;
        };
        at = next;
    }
    (image_data, false)
}

fn halves(bytes: [u8; 8]) -> [[u8; 4]; 2] {
    let (halves, _) = bytes.as_chunks();
    [halves[0], halves[1]]
}
