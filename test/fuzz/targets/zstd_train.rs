//! Samples of any content and lengths: the dictionary keeps its limit, and C zstd and this crate accept and use it.
#![no_main]

use bytemill_zstd::{
    DecodeOptions, Decoder, Dictionary, EncodeOptions, Encoder, TrainError, TrainOptions, train,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    level: u8,
    max_bytes: u16,
    id: u32,
    /// Samples repeat the content from different places, so that there is something in common.
    cuts: Vec<(u16, u8)>,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let samples: Vec<&[u8]> = case
        .cuts
        .iter()
        .map(|&(start, length)| {
            let rest = case.content.get(usize::from(start)..).unwrap_or_default();
            &rest[..rest.len().min(usize::from(length))]
        })
        .collect();
    let lengths: Vec<u32> = samples.iter().map(|sample| sample.len() as u32).collect();
    let options = TrainOptions {
        max_bytes: 512 + usize::from(case.max_bytes),
        level: i32::from(case.level % 27) - 7,
        id: case.id,
    };
    let bytes = match train(&samples.concat(), &lengths, &options) {
        Ok(bytes) => bytes,
        Err(error) => {
            assert!(matches!(error, TrainError::Samples { .. }), "{error}");
            assert!(samples.iter().filter(|sample| sample.len() >= 8).count() < 8);
            return;
        }
    };
    assert!(bytes.len() <= options.max_bytes);
    let dictionary = Dictionary::parse(&bytes).expect("what was trained just now is well-formed");
    assert!(case.id == 0 || dictionary.id() == case.id);
    let mut theirs = zstd::bulk::Compressor::with_dictionary(3, &bytes).expect("accepted");
    let mut back = zstd::bulk::Decompressor::with_dictionary(&bytes).expect("accepted");
    let (mut encoder, mut decoder) = (Encoder::new(), Decoder::new());
    let encode = EncodeOptions {
        level: options.level,
        dictionary: Some(&dictionary),
        ..EncodeOptions::default()
    };
    let decode = DecodeOptions { dictionary: Some(&dictionary), ..DecodeOptions::default() };
    for sample in samples.iter().take(20) {
        let mut frame = Vec::new();
        encoder.compress(sample, &encode, &mut frame).expect("everything can be compressed");
        assert!(back.decompress(&frame, sample.len()).expect("our frame") == *sample);
        let frame = theirs.compress(sample).expect("everything can be compressed");
        let mut output = Vec::new();
        decoder.decompress(&frame, &decode, &mut output).expect("C zstd's frame");
        assert!(output == *sample);
    }
});
