//! Round trips through both encoders and both decoders.
#![no_main]

use bytemill_zstd::{DecodeLimits, EncodeOptions, compress, decompress};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    level: u8,
    checksum: bool,
    content_size: bool,
    their_level: u8,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let options = EncodeOptions {
        level: i32::from(case.level % 27) - 7,
        checksum: case.checksum,
        content_size: case.content_size,
        ..EncodeOptions::default()
    };
    let mut frame = Vec::new();
    compress(case.content, &options, &mut frame).expect("everything can be compressed");
    assert!(decoded(&frame, case.content.len()) == case.content);
    let theirs = zstd::bulk::decompress(&frame, case.content.len());
    assert!(theirs.expect("C zstd accepts our frame") == case.content);

    let level = 1 + i32::from(case.their_level % 19);
    let frame = zstd::bulk::compress(case.content, level).expect("C zstd compresses everything");
    assert!(decoded(&frame, case.content.len()) == case.content);
});

/// Decodes under a limit that is reached exactly.
fn decoded(frame: &[u8], length: usize) -> Vec<u8> {
    let limits = DecodeLimits { max_output_bytes: length as u64, ..DecodeLimits::default() };
    let mut output = Vec::new();
    decompress(frame, &limits, &mut output).expect("a frame made just now decodes");
    output
}
