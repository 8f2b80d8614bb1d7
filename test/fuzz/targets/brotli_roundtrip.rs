//! Round trips at every quality, whole and in pieces.
#![no_main]

use bytemill_brotli::{DecodeOptions, EncodeOptions, Mode, StreamEncoder, compress, decompress};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    quality: u8,
    window_bits: u8,
    mode: u8,
    piece: u16,
    flush: bool,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let options = EncodeOptions {
        quality: case.quality % 12,
        window_bits: 10 + case.window_bits % 15,
        mode: [Mode::Generic, Mode::Text, Mode::Font][usize::from(case.mode % 3)],
        size_hint: 0,
    };
    let mut stream = Vec::new();
    compress(case.content, &options, &mut stream).expect("everything can be compressed");
    assert!(decoded(&stream, case.content.len()) == case.content);

    let mut encoder = StreamEncoder::new(&options).expect("the options are in their ranges");
    let mut pieces = Vec::new();
    for piece in case.content.chunks(usize::from(case.piece) + 1) {
        encoder.push(piece, &mut pieces).expect("a stream takes everything");
        if case.flush {
            encoder.flush(&mut pieces).expect("a stream can be flushed");
        }
    }
    encoder.finish(&mut pieces).expect("a stream ends");
    assert!(decoded(&pieces, case.content.len()) == case.content);
});

/// Decodes under a limit that is reached exactly.
fn decoded(stream: &[u8], length: usize) -> Vec<u8> {
    let limits = DecodeOptions { max_output_bytes: length as u64, ..DecodeOptions::default() };
    let mut output = Vec::new();
    decompress(stream, &limits, &mut output).expect("what was made just now decodes");
    output
}
