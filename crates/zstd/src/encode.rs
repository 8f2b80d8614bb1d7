//! Compression: `ruzstd`'s blocks behind a frame header of our own, which can say more than its own.

use std::io::{self, Write};

use ruzstd::encoding::{CompressionLevel, compress as compress_blocks};

use crate::EncodeError;
use crate::frame::MAGIC;

/// How to compress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions {
    /// 0 stores, 1 compresses; the encoder has no others.
    pub level: u8,
    /// Whether each frame ends with a checksum of its content.
    pub checksum: bool,
    /// Whether the header declares the size of the content.
    pub content_size: bool,
}

impl Default for EncodeOptions {
    /// Level 1, no checksum, content size declared: what libzstd does without options.
    fn default() -> Self {
        Self { level: 1, checksum: false, content_size: true }
    }
}

/// The window the encoder looks back over, and what its header declares.
const WINDOW: u64 = 128 * 1024;
/// `Window_Descriptor` of [`WINDOW`]: exponent 7, mantissa 0.
const WINDOW_DESCRIPTOR: u8 = 7 << 3;
/// Magic number, descriptor, window: the header `ruzstd` writes.
const THEIR_HEADER: usize = 6;
/// `ruzstd` always ends with a checksum.
const THEIR_CHECKSUM: usize = 4;

/// Compresses `input` into one frame, appended to `output`. On an error `output` is as before.
///
/// # Errors
///
/// [`EncodeError::Level`] and [`EncodeError::OutOfMemory`].
pub fn compress(
    input: &[u8],
    options: &EncodeOptions,
    output: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let level = match options.level {
        0 => CompressionLevel::Uncompressed,
        1 => CompressionLevel::Fastest,
        level => return Err(EncodeError::Level { level }),
    };
    let before = output.len();
    let (header, header_len) = header(input.len() as u64, *options);
    let mut sink = Sink { output, skip: THEIR_HEADER, failure: None };
    sink.append(&header[..header_len]);
    compress_blocks(input, &mut sink, level);
    if let Some(failure) = sink.failure {
        output.truncate(before);
        return Err(failure);
    }
    if !options.checksum {
        output.truncate(output.len() - THEIR_CHECKSUM);
    }
    Ok(())
}

/// The frame header (RFC 8878, 3.1.1.1) and how many of the bytes it takes.
fn header(size: u64, options: EncodeOptions) -> ([u8; 14], usize) {
    let mut bytes = [0; 14];
    bytes[..4].copy_from_slice(&MAGIC);
    let mut descriptor = if options.checksum { 0x04 } else { 0 };
    let mut at = 5;
    // A single segment saves the window byte; its window is the content, so only below ours.
    let single_segment = options.content_size && size <= WINDOW;
    if single_segment {
        descriptor |= 0x20;
    } else {
        bytes[at] = WINDOW_DESCRIPTOR;
        at += 1;
    }
    if options.content_size {
        let (flag, field, len) = match size {
            0..=255 if single_segment => (0, size, 1),
            256..=65_791 => (1, size - 256, 2),
            _ if u32::try_from(size).is_ok() => (2, size, 4),
            _ => (3, size, 8),
        };
        descriptor |= flag << 6;
        bytes[at..at + len].copy_from_slice(&field.to_le_bytes()[..len]);
        at += len;
    }
    bytes[4] = descriptor;
    (bytes, at)
}

/// Appends all but the first `skip` bytes. `ruzstd` panics when a writer fails, so a refusal of the
/// allocator is kept here and the rest is swallowed.
struct Sink<'a> {
    output: &'a mut Vec<u8>,
    skip: usize,
    failure: Option<EncodeError>,
}

impl Sink<'_> {
    fn append(&mut self, bytes: &[u8]) {
        if self.failure.is_some() {
        } else if self.output.try_reserve(bytes.len()).is_err() {
            self.failure = Some(EncodeError::OutOfMemory { bytes: bytes.len() });
        } else {
            self.output.extend_from_slice(bytes);
        }
    }
}

impl Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let skipped = self.skip.min(bytes.len());
        self.skip -= skipped;
        self.append(&bytes[skipped..]);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
