//! What a file says of itself.

use crate::WebpError;
use crate::error::invalid;
use crate::image::{FRAME_FIELDS, Image};
use crate::riff::{Chunk, Chunks, container, le16, le24};

/// What the container and the header of the image say. Made by [`Header::read`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header<'a> {
    /// Pixels in a row of the image, or of the canvas of an animation.
    pub width: u32,
    /// Rows of it.
    pub height: u32,
    /// Whether some pixels may not be opaque.
    pub has_alpha: bool,
    /// Whether the image, or the first frame of an animation, is coded without loss.
    pub lossless: bool,
    /// Whether the image is an animation.
    pub animated: bool,
    /// How many frames there are, as far as the file reaches; 1 for a still image.
    pub frames: usize,
    /// How often an animation is played; 0 is without end. 1 for a still image.
    pub loops: u32,
    /// The background that an animation proposes, as blue, green, red, alpha. Browsers take transparent black instead.
    pub background: [u8; 4],
    /// The colour profile: an ICC file.
    pub icc: Option<&'a [u8]>,
    /// EXIF data: a TIFF structure, which some programs precede with `Exif` and two zeros.
    pub exif: Option<&'a [u8]>,
    /// XMP data: XML.
    pub xmp: Option<&'a [u8]>,
}

/// Bits of the first byte of VP8X (section 2.7).
const ANIMATION: u8 = 0x02;
const ALPHA: u8 = 0x10;

/// A header, and where the image is.
pub(crate) struct Start<'a> {
    pub(crate) header: Header<'a>,
    /// The image of a file that is no animation.
    pub(crate) still: Option<Image<'a>>,
    /// The whole container, for the frames of an animation.
    pub(crate) container: &'a [u8],
}

impl<'a> Header<'a> {
    /// Reads what is there of a file: its first 30 bytes are enough for the size. Frames are counted, and profiles and
    /// metadata found, as far as the file reaches; some come after the image.
    ///
    /// # Errors
    ///
    /// [`WebpError::Truncated`] where the size is not there yet, [`WebpError::Invalid`].
    pub fn read(file: &'a [u8]) -> Result<Self, WebpError> {
        Ok(Start::read(file, false)?.header)
    }
}

impl<'a> Start<'a> {
    pub(crate) fn read(file: &'a [u8], strict: bool) -> Result<Self, WebpError> {
        let container = container(file, strict)?;
        let first = Chunks::new(container, 12).next().ok_or(WebpError::Truncated)?;
        match &first.id {
            b"VP8X" => Self::extended(file, container, &first, strict),
            b"VP8 " | b"VP8L" => {
                let image = Image::new(file, container, &first, None, strict)?;
                let header = Header {
                    width: image.width,
                    height: image.height,
                    has_alpha: image.has_alpha(),
                    lossless: image.lossless,
                    ..EMPTY
                };
                Ok(Self { header, still: Some(image), container })
            }
            _ => Err(invalid("a chunk VP8, VP8L or VP8X")),
        }
    }

    /// A file that begins with VP8X.
    fn extended(
        file: &'a [u8],
        container: &'a [u8],
        first: &Chunk<'a>,
        strict: bool,
    ) -> Result<Self, WebpError> {
        let Some(fields) = first.payload.first_chunk::<10>() else {
            return Err(if first.size < 10 {
                invalid("10 bytes of VP8X")
            } else {
                WebpError::Truncated
            });
        };
        let flags = fields[0];
        let mut header = Header {
            width: le24(fields, 4) + 1,
            height: le24(fields, 7) + 1,
            has_alpha: flags & ALPHA != 0,
            animated: flags & ANIMATION != 0,
            ..EMPTY
        };
        if u64::from(header.width) * u64::from(header.height) > u64::from(u32::MAX) {
            return Err(invalid("a canvas of less than 2^32 pixels"));
        }
        if header.animated {
            header.frames = 0;
        }
        let mut still: Option<Image<'a>> = None;
        let mut alpha = None;
        let after = first.start.saturating_add(first.size as usize + first.size as usize % 2);
        let mut animation = false;
        for chunk in Chunks::new(container, after) {
            // What follows a still image is not looked at, as in libwebp.
            if strict && chunk.is_truncated() && still.is_none() {
                return Err(WebpError::Truncated);
            }
            match &chunk.id {
                b"ICCP" if header.icc.is_none() => header.icc = whole(&chunk),
                b"EXIF" if header.exif.is_none() => header.exif = whole(&chunk),
                b"XMP " if header.xmp.is_none() => header.xmp = whole(&chunk),
                b"ANIM" if header.animated && chunk.payload.len() >= 6 => {
                    header.background.copy_from_slice(&chunk.payload[..4]);
                    header.loops = le16(chunk.payload, 4);
                    animation = true;
                }
                b"ANMF" if strict && !animation => {
                    return Err(invalid("ANIM before the first frame"));
                }
                b"ANMF" if header.animated => {
                    if header.frames == 0 {
                        header.lossless = Chunks::new(chunk.payload, FRAME_FIELDS)
                            .find_map(|inner| match &inner.id {
                                b"VP8L" => Some(true),
                                b"VP8 " => Some(false),
                                _ => None,
                            })
                            .unwrap_or_default();
                    }
                    header.frames += 1;
                }
                // The last before the image counts, as in libwebp.
                b"ALPH" if still.is_none() => alpha = Some(chunk),
                b"VP8 " | b"VP8L" if still.is_none() && !header.animated => {
                    let image = Image::new(file, container, &chunk, alpha.as_ref(), strict);
                    let image = match image {
                        Ok(image) => image,
                        // The size is known.
                        Err(WebpError::Truncated) if !strict => break,
                        Err(error) => return Err(error),
                    };
                    if (image.width, image.height) != (header.width, header.height) {
                        return Err(invalid("an image as large as its canvas"));
                    }
                    header.lossless = image.lossless;
                    header.has_alpha =
                        if image.lossless { image.has_alpha() } else { header.has_alpha }
                            || image.alpha.is_some();
                    still = Some(image);
                }
                _ => {}
            }
        }
        Ok(Self { header, still, container })
    }
}

const EMPTY: Header<'static> = Header {
    width: 0,
    height: 0,
    has_alpha: false,
    lossless: false,
    animated: false,
    frames: 1,
    loops: 1,
    background: [0; 4],
    icc: None,
    exif: None,
    xmp: None,
};

/// The payload, if all of it is there.
fn whole<'a>(chunk: &Chunk<'a>) -> Option<&'a [u8]> {
    (!chunk.is_truncated()).then_some(chunk.payload)
}
