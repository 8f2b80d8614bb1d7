//! What stands around blocks: frame headers (RFC 8878, 3.1.1.1), block headers (3.1.1.2), checksums.

use alloc::vec::Vec;

use crate::frame::{self, MAGIC};

/// Most bytes of a frame header.
pub const MAX_HEADER: usize = frame::MAX_HEADER;

/// Appends a frame header with the smallest fields that hold what it says.
///
/// `window_log` is the window that blocks use, `content_size` the size of the content where it is to be declared,
/// `dictionary` the id of a dictionary (0 for none). With a declared size that fits into the window the frame is a
/// single segment, which has no window of its own.
pub(super) fn write_frame_header(
    window_log: u32,
    content_size: Option<u64>,
    checksum: bool,
    dictionary: u32,
    output: &mut Vec<u8>,
) {
    let single_segment = content_size.is_some_and(|size| size <= 1 << window_log);
    let (id_flag, id_len) = match dictionary {
        0 => (0, 0),
        1..=0xFF => (1, 1),
        0x100..=0xFFFF => (2, 2),
        _ => (3, 4),
    };
    let (size_flag, size, size_len) = match content_size {
        None => (0, 0, 0),
        Some(size @ 0..=255) if single_segment => (0, size, 1),
        Some(size @ 256..=65_791) => (1, size - 256, 2),
        Some(size) if u32::try_from(size).is_ok() => (2, size, 4),
        Some(size) => (3, size, 8),
    };
    output.extend_from_slice(&MAGIC);
    output.push(size_flag << 6 | u8::from(single_segment) << 5 | u8::from(checksum) << 2 | id_flag);
    if !single_segment {
        output.push((window_log.saturating_sub(10) << 3) as u8);
    }
    output.extend_from_slice(&dictionary.to_le_bytes()[..id_len]);
    output.extend_from_slice(&size.to_le_bytes()[..size_len]);
}

/// Appends the end of a frame with a checksum: the low half of the XXH64 of the content (3.1.1).
pub(super) fn write_checksum(xxh64: u64, output: &mut Vec<u8>) {
    output.extend_from_slice(&(xxh64 as u32).to_le_bytes());
}

/// `Block_Type`.
#[derive(Clone, Copy)]
pub(crate) enum BlockType {
    Raw = 0,
    Rle = 1,
    Compressed = 2,
}

/// A block header; `size` is what follows it, or for [`BlockType::Rle`] how often the byte is repeated.
pub(crate) fn block_header(last: bool, kind: BlockType, size: usize) -> [u8; 3] {
    let [a, b, c, _] = (u32::from(last) | (kind as u32) << 1 | (size as u32) << 3).to_le_bytes();
    [a, b, c]
}
