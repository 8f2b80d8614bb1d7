//! What a gzip header says (RFC 1952, section 2.3), without decompressing.

use crate::DecodeError;
use crate::container::flag;
use crate::crc32::crc32;

/// The header of a gzip member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GzipHeader<'a> {
    /// The file's name, without the NUL: Latin-1 by the specification, UTF-8 in practice.
    pub name: Option<&'a [u8]>,
    /// The comment, likewise.
    pub comment: Option<&'a [u8]>,
    /// The field for subfields of other programs.
    pub extra: Option<&'a [u8]>,
    /// When the file was changed, in seconds since 1970; 0 for unknown.
    pub mtime: u32,
    /// The system that wrote it: 0 FAT, 3 Unix, 255 unknown; section 2.3.1 has the list.
    pub os: u8,
    /// Length of the header in bytes: where the blocks begin.
    pub length: usize,
}

/// Reads the header of the first member of `input`.
///
/// # Errors
///
/// `Truncated`, `Invalid`, or `Checksum` where the header has one.
pub fn gzip_header(input: &[u8]) -> Result<GzipHeader<'_>, DecodeError> {
    let truncated = DecodeError::Truncated { offset: input.len() as u64 };
    let invalid = |offset, expected| Err(DecodeError::Invalid { offset, expected });
    let prefix = &input[..input.len().min(2)];
    if prefix != &[0x1F, 0x8B][..prefix.len()] {
        return invalid(0, "the magic number of gzip, 1f 8b");
    }
    let Some(&[_, _, method, flags, m0, m1, m2, m3, _, os]) = input.first_chunk::<10>() else {
        return Err(truncated);
    };
    if method != 8 {
        return invalid(2, "compression method 8 in a gzip header");
    }
    if flags & flag::RESERVED != 0 {
        return invalid(3, "no reserved flags in a gzip header");
    }
    let mut rest = &input[10..];
    let mut extra = None;
    if flags & flag::EXTRA != 0 {
        let (length, behind) = rest.split_first_chunk::<2>().ok_or(truncated)?;
        let length = usize::from(u16::from_le_bytes(*length));
        let (field, behind) = behind.split_at_checked(length).ok_or(truncated)?;
        (extra, rest) = (Some(field), behind);
    }
    let mut text = |wanted: u8| -> Result<Option<&[u8]>, DecodeError> {
        if flags & wanted == 0 {
            return Ok(None);
        }
        let end = rest.iter().position(|&byte| byte == 0).ok_or(truncated)?;
        let text = &rest[..end];
        rest = &rest[end + 1..];
        Ok(Some(text))
    };
    let name = text(flag::NAME)?;
    let comment = text(flag::COMMENT)?;
    let mut length = input.len() - rest.len();
    if flags & flag::HEADER_CRC != 0 {
        let stored = rest.first_chunk::<2>().ok_or(truncated)?;
        let stored = u32::from(u16::from_le_bytes(*stored));
        let computed = crc32(&input[..length], 0) & 0xFFFF;
        length += 2;
        if stored != computed {
            return Err(DecodeError::Checksum { offset: length as u64, stored, computed });
        }
    }
    let mtime = u32::from_le_bytes([m0, m1, m2, m3]);
    Ok(GzipHeader { name, comment, extra, mtime, os, length })
}
