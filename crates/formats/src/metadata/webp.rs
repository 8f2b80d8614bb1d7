//! Chunks of WebP (RFC 9649, section 2.7).

use super::{Metadata, copy};
use crate::FormatError;
use crate::bytes::{array, le32};

pub(super) fn read(file: &[u8]) -> Result<Metadata, FormatError> {
    let mut metadata = Metadata::default();
    let mut at = 12;
    while let Ok(kind) = array::<4>(file, at) {
        let Ok(len) = le32(file, at + 4) else { break };
        let body = file.get(at + 8..).and_then(|rest| rest.get(..len as usize));
        match &kind {
            b"ICCP" if metadata.icc.is_none() => metadata.icc = copy(body)?,
            b"EXIF" if metadata.exif.is_none() => {
                // Some writers put JPEG's name in front.
                let exif = body.map(|exif| exif.strip_prefix(b"Exif\0\0").unwrap_or(exif));
                metadata.exif = copy(exif)?;
            }
            b"XMP " if metadata.xmp.is_none() => metadata.xmp = copy(body)?,
            _ => {}
        }
        // Chunks begin at even places.
        let step = u64::from(len).next_multiple_of(2) + 8;
        let Ok(next) = usize::try_from(at as u64 + step) else { break };
        at = next;
    }
    Ok(metadata)
}
