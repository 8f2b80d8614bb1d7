//! Round trips through both encoders and both decoders.
#![no_main]

use bytemill_zstd::{
    DecodeLimits, DecodeOptions, Decoder, Dictionary, EncodeOptions, Encoder, compress, decompress,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    level: u8,
    checksum: bool,
    content_size: bool,
    long_distance: bool,
    their_level: u8,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let options = EncodeOptions {
        level: i32::from(case.level % 27) - 7,
        checksum: case.checksum,
        content_size: case.content_size,
        long_distance: case.long_distance,
        ..EncodeOptions::default()
    };
    let mut frame = Vec::new();
    compress(case.content, &options, &mut frame).expect("everything can be compressed");
    assert!(decoded(&frame, case.content.len()) == case.content);
    let theirs = zstd::bulk::decompress(&frame, case.content.len());
    assert!(theirs.expect("C zstd accepts our frame") == case.content);

    dictionary(&case, &options);

    let level = 1 + i32::from(case.their_level % 19);
    let frame = zstd::bulk::compress(case.content, level).expect("C zstd compresses everything");
    assert!(decoded(&frame, case.content.len()) == case.content);
});

/// The same with the first half as a dictionary, which an encoder keeps: the second message has to be like the first.
fn dictionary(case: &Case<'_>, options: &EncodeOptions<'_>) {
    let (before, content) = case.content.split_at(case.content.len() / 2);
    let Ok(dictionary) = Dictionary::parse(before) else { return };
    let options = EncodeOptions { dictionary: Some(&dictionary), ..*options };
    let mut encoder = Encoder::new();
    let (mut first, mut again) = (Vec::new(), Vec::new());
    encoder.compress(content, &options, &mut first).expect("a dictionary is no obstacle");
    encoder.compress(case.content, &options, &mut again).expect("a dictionary is no obstacle");
    again.clear();
    encoder.compress(content, &options, &mut again).expect("a dictionary is no obstacle");
    assert!(first == again);
    let decoding = DecodeOptions { dictionary: Some(&dictionary), ..DecodeOptions::default() };
    let mut output = Vec::new();
    Decoder::new().decompress(&first, &decoding, &mut output).expect("our frame decodes");
    assert!(output == content);
    if !before.is_empty() {
        let mut theirs =
            zstd::bulk::Decompressor::with_dictionary(before).expect("libzstd's parse");
        assert!(theirs.decompress(&first, content.len()).expect("libzstd decodes it") == content);
    }
}

/// Decodes under a limit that is reached exactly.
fn decoded(frame: &[u8], length: usize) -> Vec<u8> {
    let limits = DecodeLimits { max_output_bytes: length as u64, ..DecodeLimits::default() };
    let mut output = Vec::new();
    decompress(frame, &limits, &mut output).expect("a frame made just now decodes");
    output
}
