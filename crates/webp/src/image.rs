//! One image in its chunks: lossy or lossless, with alpha or without.

use crate::WebpError;
use crate::error::invalid;
use crate::riff::{Chunk, Chunks, le16, le24, le32};

/// Where an image is, and what its own header says.
#[derive(Clone, Copy)]
pub(crate) struct Image<'a> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) lossless: bool,
    /// The payload of VP8 or VP8L.
    pub(crate) data: &'a [u8],
    /// The payload of ALPH.
    pub(crate) alpha: Option<&'a [u8]>,
    /// Whether lossless data says that its alpha is used.
    alpha_used: bool,
}

/// Shows a size in a header.
const SIZE_MASK: u32 = 0x3FFF;

impl<'a> Image<'a> {
    /// Takes an image and its alpha out of chunks.
    ///
    /// As in libwebp, the data of a still image reaches to the end of the file, and what the chunk says of its size is
    /// only checked.
    pub(crate) fn new(
        file: &'a [u8],
        container: &[u8],
        chunk: &Chunk<'a>,
        alpha: Option<&Chunk<'a>>,
        strict: bool,
    ) -> Result<Self, WebpError> {
        if strict {
            if chunk.start + chunk.size as usize > container.len() {
                return Err(WebpError::Truncated);
            }
            if alpha.is_some_and(Chunk::is_truncated) {
                return Err(WebpError::Truncated);
            }
        }
        Self::read(chunk, &file[chunk.start..], alpha.map(|chunk| chunk.payload))
    }

    /// The image in the chunks of a frame, which begin behind the fields of ANMF.
    pub(crate) fn of_frame(payload: &'a [u8], strict: bool) -> Result<Self, WebpError> {
        let mut alpha: Option<Chunk<'a>> = None;
        for chunk in Chunks::new(payload, FRAME_FIELDS) {
            match &chunk.id {
                b"ALPH" if alpha.is_none() => alpha = Some(chunk),
                b"VP8 " | b"VP8L" => {
                    if strict && chunk.is_truncated() {
                        return Err(WebpError::Truncated);
                    }
                    return Self::read(&chunk, chunk.payload, alpha.map(|chunk| chunk.payload));
                }
                _ => {}
            }
        }
        Err(invalid("an image in each frame"))
    }

    fn read(chunk: &Chunk<'_>, data: &'a [u8], alpha: Option<&'a [u8]>) -> Result<Self, WebpError> {
        let lossless = chunk.id == *b"VP8L";
        let (width, height, alpha_used) =
            if lossless { lossless_header(data)? } else { lossy_header(data, chunk.size)? };
        let alpha = alpha.filter(|_| !lossless);
        Ok(Self { width, height, lossless, data, alpha, alpha_used })
    }

    /// Whether some pixels may not be opaque.
    pub(crate) fn has_alpha(&self) -> bool {
        self.alpha_used || self.alpha.is_some()
    }
}

/// Size, and whether alpha is used (RFC 9649, section 3.4).
fn lossless_header(data: &[u8]) -> Result<(u32, u32, bool), WebpError> {
    if data.first().is_some_and(|first| *first != 0x2F) {
        return Err(invalid("the signature of lossless data"));
    }
    if data.len() < 5 {
        return Err(WebpError::Truncated);
    }
    let bits = le32(data, 1);
    if bits >> 29 != 0 {
        return Err(invalid("version 0 of lossless data"));
    }
    Ok(((bits & SIZE_MASK) + 1, (bits >> 14 & SIZE_MASK) + 1, bits >> 28 & 1 != 0))
}

/// Size of a key frame (RFC 6386, section 9.1), and no alpha.
fn lossy_header(data: &[u8], size: u32) -> Result<(u32, u32, bool), WebpError> {
    if data.len() < 10 {
        return Err(WebpError::Truncated);
    }
    let tag = le24(data, 0);
    if data[3..6] != [0x9D, 0x01, 0x2A] || tag & 1 != 0 {
        return Err(invalid("a key frame of VP8"));
    }
    if tag >> 1 & 7 > 3 {
        return Err(invalid("a version of VP8 from 0 to 3"));
    }
    if tag >> 4 & 1 == 0 {
        return Err(invalid("a frame that is shown"));
    }
    if tag >> 5 >= size {
        return Err(invalid("a first partition smaller than its chunk"));
    }
    let (width, height) = (le16(data, 6) & SIZE_MASK, le16(data, 8) & SIZE_MASK);
    if width == 0 || height == 0 {
        return Err(invalid("a size that is not 0"));
    }
    Ok((width, height, false))
}

/// Bytes of the fields of ANMF (RFC 9649, section 2.7.1.1).
pub(crate) const FRAME_FIELDS: usize = 16;
