//! Deflate with zlib's header (RFC 1950), of which a known number of bytes is wanted.

use bytemill_gzip::PullDecoder;

use crate::FormatError;
use crate::error::invalid;

/// Bytes that one byte of Deflate becomes at most: it copies 258 with two bits.
pub(crate) const MAX_INFLATION: u64 = 1032;

/// How far decompressing came.
pub(crate) struct Inflated {
    /// Bytes that were written.
    pub(crate) bytes: usize,
    /// Whether the stream ended with them.
    pub(crate) ended: bool,
    /// What was wrong behind them; an input that ends too early is not.
    pub(crate) result: Result<(), FormatError>,
}

/// Fills `output` as far as the data go. Checksums are not looked at.
pub(crate) fn inflate(mut input: &[u8], output: &mut [u8]) -> Inflated {
    let mut decoder = PullDecoder::new();
    let (mut bytes, mut result) = (0, Ok(()));
    loop {
        let fresh = decoder.fresh();
        let count = fresh.len().min(output.len() - bytes);
        output[bytes..][..count].copy_from_slice(&fresh[..count]);
        bytes += count;
        let more = count < fresh.len();
        let stuck = fresh.is_empty() && input.is_empty();
        if more || decoder.is_done() || result.is_err() {
            return Inflated { bytes, ended: !more && decoder.is_done(), result };
        }
        match decoder.fill(input) {
            Ok(used) => input = &input[used..],
            Err(_) => result = Err(invalid("Deflate data that decodes")),
        }
        if stuck && decoder.fresh().is_empty() {
            return Inflated { bytes, ended: decoder.is_done(), result };
        }
    }
}

#[cfg(test)]
mod tests {
    use bytemill_gzip::{EncodeOptions, Encoder, Format};

    use super::*;

    #[test]
    fn as_much_as_there_is() {
        let plain: Vec<u8> = (0..300_000_u32).map(|i| (i.wrapping_mul(i) >> 7) as u8).collect();
        let mut packed = Vec::new();
        let options = EncodeOptions { format: Format::Zlib, ..EncodeOptions::default() };
        Encoder::new().compress(&plain, &options, &mut packed).unwrap();
        for room in [0, 1, 131_072, 299_999, 300_000, 300_001] {
            let mut output = vec![0; room];
            let Inflated { bytes, ended, result } = inflate(&packed, &mut output);
            assert_eq!((bytes, ended, result), (room.min(300_000), room >= 300_000, Ok(())));
            assert_eq!(output[..bytes], plain[..bytes]);
        }
        let mut output = vec![0; 300_000];
        let cut = inflate(&packed[..packed.len() / 2], &mut output);
        assert!(cut.bytes > 1000 && !cut.ended && cut.result.is_ok());
        assert_eq!(output[..cut.bytes], plain[..cut.bytes]);
        assert!(inflate(b"no data", &mut output).result.is_err());
        assert_eq!(inflate(b"", &mut output).bytes, 0);
    }
}
