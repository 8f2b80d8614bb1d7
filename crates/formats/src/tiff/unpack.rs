//! Compressed strips and tiles to bytes (sections 9 and 13; Deflate as in RFC 1950).

use super::page::Compression;
use crate::FormatError;
use crate::bytes::reserve;
use crate::inflate::inflate;
use crate::lzw::{Decoder, Order};

/// Most bytes that one byte can stand for.
fn inflation(compression: Compression) -> u64 {
    match compression {
        Compression::None => 1,
        // Strings have at most 4096 bytes, codes at least 9 bits.
        Compression::Lzw => 4096,
        // Copies have at most 258 bytes, with two bits.
        Compression::Deflate => 1032,
        Compression::PackBits => 64,
    }
}

/// Unpacks strips or tiles, one after another.
pub(super) struct Unpacker {
    compression: Compression,
    /// Kept for its memory.
    lzw: Option<Decoder>,
}

impl Unpacker {
    pub(super) fn new(compression: Compression) -> Self {
        Self { compression, lzw: None }
    }

    /// Unpacks the first `bytes` bytes into `output`, which is empty; after an error those before it are there.
    pub(super) fn unpack(
        &mut self,
        input: &[u8],
        bytes: u64,
        output: &mut Vec<u8>,
    ) -> Result<(), FormatError> {
        let most = (input.len() as u64).saturating_mul(inflation(self.compression)).min(bytes);
        reserve(output, most)?;
        // What could be reserved is a size.
        let (most, end) = (most as usize, usize::try_from(bytes).unwrap_or(usize::MAX));
        match self.compression {
            Compression::None => output.extend_from_slice(&input[..most]),
            Compression::Lzw => {
                if self.lzw.is_none() {
                    self.lzw = Some(Decoder::new(Order::Tiff, 8)?);
                }
                if let Some(lzw) = &mut self.lzw {
                    lzw.restart();
                    lzw.push(input, output, end)?;
                }
            }
            Compression::PackBits => packbits(input, end, output),
            Compression::Deflate => {
                output.resize(most, 0);
                let inflated = inflate(input, output);
                output.truncate(inflated.bytes);
                inflated.result?;
            }
        }
        if output.len() < end { Err(FormatError::Truncated) } else { Ok(()) }
    }
}

/// Section 9: runs, and bytes as they are.
fn packbits(mut input: &[u8], bytes: usize, output: &mut Vec<u8>) {
    while output.len() < bytes {
        let Some((count, rest)) = input.split_first() else { return };
        let room = bytes - output.len();
        match *count {
            0..=127 => {
                let (literal, rest) = rest.split_at(rest.len().min(usize::from(*count) + 1));
                output.extend_from_slice(&literal[..literal.len().min(room)]);
                input = rest;
            }
            128 => input = rest,
            129..=255 => {
                let Some((byte, rest)) = rest.split_first() else { return };
                let run = (257 - usize::from(*count)).min(room);
                output.resize(output.len() + run, *byte);
                input = rest;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packbits_as_in_the_specification() {
        let packed = b"\xFE\xAA\x02\x80\x00\x2A\xFD\xAA\x03\x80\x00\x2A\x22\xF7\xAA";
        let plain = b"\xAA\xAA\xAA\x80\x00\x2A\xAA\xAA\xAA\xAA\x80\x00\x2A\x22\xAA\xAA\xAA\xAA\xAA\xAA\xAA\xAA\xAA\xAA";
        let mut unpacker = Unpacker::new(Compression::PackBits);
        let mut output = Vec::new();
        unpacker.unpack(packed, plain.len() as u64, &mut output).unwrap();
        assert_eq!(output, plain);
        for end in 0..packed.len() {
            output.clear();
            let result = unpacker.unpack(&packed[..end], plain.len() as u64, &mut output);
            assert_eq!(result, Err(FormatError::Truncated));
            assert!(plain.starts_with(&output));
        }
    }
}
