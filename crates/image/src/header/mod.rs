//! Headers, read without the codecs: what `metadata` reports and what limits are checked against.

pub(crate) mod jpeg;

use bytemill_formats as formats;

use crate::source::format_of;
use crate::{Format, ImageError, Metadata};

/// What is known of an image before it is decoded.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Header {
    pub(crate) metadata: Metadata,
    /// Bytes of memory for each pixel, all copies that exist at once taken together.
    pub(crate) pixel_bytes: u64,
    /// Whether the file is cut short, or too short for its dimensions whatever it contains.
    pub(crate) truncated: bool,
}

impl Header {
    /// The largest number of pixels that the file may have. Memory is for images that are really there:
    /// at most [`FREE_BYTES`], or [`INFLATION`] times the file where that is more.
    pub(crate) fn max_pixels(&self, input: &[u8], limit: u64) -> u64 {
        limit.min(memory(input) / self.pixel_bytes)
    }
}

/// Bytes of memory that the pixels of a file may take.
pub(crate) fn memory(input: &[u8]) -> u64 {
    (input.len() as u64).saturating_mul(INFLATION).max(FREE_BYTES)
}

/// Memory that any file may take, however well it is compressed.
const FREE_BYTES: u64 = 256 << 20;
/// Memory that a larger file may take, as a multiple of its size. A photograph takes 5 to 30.
const INFLATION: u64 = 64;

/// Reads what the header of a file says. Looks at no pixels, takes at most 3 MiB of memory. The first 64 KiB of a file are
/// enough for most formats; frames behind them are not counted.
///
/// # Errors
///
/// [`ImageError::Truncated`], [`ImageError::Invalid`] and [`ImageError::Unsupported`].
pub fn metadata(input: &[u8]) -> Result<Metadata, ImageError> {
    match formats::Format::of(input)? {
        formats::Format::Jpeg => {
            let (metadata, _) = jpeg::read(input)?;
            let found = formats::Metadata::read_jpeg(input)?;
            let density = found.density.and_then(|density| density.per_inch());
            Ok(Metadata { density, has_profile: found.icc.is_some(), ..metadata })
        }
        formats::Format::WebP => {
            let header = bytemill_webp::Header::read(input)?;
            let exif = header.exif.map(formats::Exif::read);
            Ok(Metadata {
                format: Format::Webp,
                width: header.width,
                height: header.height,
                orientation: exif.map_or(1, |exif| exif.orientation),
                channels: if header.has_alpha { 4 } else { 3 },
                depth: 8,
                has_alpha: header.has_alpha,
                progressive: false,
                pages: header.frames as u32,
                loops: header.animated.then_some(header.loops),
                density: exif.and_then(|exif| exif.density?.per_inch()),
                has_profile: header.icc.is_some(),
            })
        }
        _ => {
            let header = formats::Header::read(input)?;
            Ok(Metadata {
                format: format_of(header.format),
                width: header.width,
                height: header.height,
                orientation: header.orientation,
                channels: header.channels,
                depth: header.depth,
                has_alpha: header.has_alpha,
                progressive: header.interlaced,
                pages: header.pages,
                loops: header.loops,
                density: header.density.and_then(|density| density.per_inch()),
                has_profile: header.icc.is_some(),
            })
        }
    }
}

/// `N` bytes at `at`.
fn bytes<const N: usize>(input: &[u8], at: usize) -> Result<[u8; N], ImageError> {
    let bytes = input.get(at..).and_then(|rest| rest.first_chunk());
    bytes.copied().ok_or(ImageError::Truncated)
}
