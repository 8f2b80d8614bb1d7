//! What the first bytes of an input say.

use crate::DecodeError;
use crate::frame::{MAGIC, header, magic};

/// Longest header of a frame, with its magic number.
const MAX_HEADER: usize = 18;

/// What the header of a frame says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FrameInfo {
    /// Whether it is a skippable frame, which has no content.
    pub skippable: bool,
    /// Length of the header in bytes, with the magic number; for a skippable frame 8.
    pub header_bytes: usize,
    /// Size of the content in bytes, where declared; of a skippable frame, of what is skipped.
    pub content_bytes: Option<u64>,
    /// Window that a decoder needs, in bytes.
    pub window_bytes: u64,
    /// Id of the dictionary; 0 where none is named.
    pub dictionary_id: u32,
    /// Whether a checksum follows the content.
    pub checksum: bool,
}

/// Reads the header of the first frame (RFC 8878, 3.1.1.1 and 3.1.2); the first 18 bytes of an input are enough.
///
/// # Errors
///
/// [`DecodeError::Truncated`] where the header is not all there, [`DecodeError::Invalid`] where it is none.
pub fn frame_info(input: &[u8]) -> Result<FrameInfo, DecodeError> {
    let input = input.get(..MAX_HEADER).unwrap_or(input);
    if magic(input, 0)? != MAGIC {
        let size = input.get(4..8).and_then(|size| size.try_into().ok());
        let size = size.map(u32::from_le_bytes).ok_or(DecodeError::Truncated { offset: 0 })?;
        return Ok(FrameInfo {
            skippable: true,
            header_bytes: 8,
            content_bytes: Some(size.into()),
            window_bytes: 0,
            dictionary_id: 0,
            checksum: false,
        });
    }
    let header = header(input, 0)?;
    Ok(FrameInfo {
        skippable: false,
        header_bytes: header.len,
        content_bytes: header.content_size,
        window_bytes: header.window,
        dictionary_id: header.dictionary_id,
        checksum: header.checksum,
    })
}
