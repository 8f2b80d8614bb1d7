//! Whatever the bytes are, decoding them ends in an error or in as many rows as the header says; a strict decoder gives
//! the pixels of the other.
#![no_main]

use bytemill_webp::{Decoder, Frames, Limits, Options, WebpError};
use libfuzzer_sys::fuzz_target;

const LIMITS: Limits = Limits { max_pixels: 1 << 20, max_memory_bytes: 32 << 20 };

fn decode(file: &[u8], strict: bool) -> Result<(usize, Vec<u8>), WebpError> {
    let decoder = Decoder::new(file, &Options { limits: LIMITS, strict, ..Options::default() })?;
    let (width, height) = decoder.size();
    let mut pixels = Vec::new();
    let mut next = 0;
    decoder.decode_rows(|y, row| {
        assert_eq!((y, row.len()), (next, width * decoder.channels()));
        next += 1;
        pixels.extend_from_slice(row);
        Ok::<_, WebpError>(())
    })?;
    assert_eq!(next, height);
    Ok((decoder.channels(), pixels))
}

fuzz_target!(|file: &[u8]| {
    let lenient = decode(file, false);
    if let Ok(strict) = decode(file, true) {
        assert!(lenient.as_ref() == Ok(&strict));
    }
    if let Ok(mut frames) = Frames::new(file, &Options { limits: LIMITS, ..Options::default() }) {
        for _ in 0..8 {
            if !matches!(frames.next_frame(), Ok(Some(_))) {
                break;
            }
        }
    }
});
