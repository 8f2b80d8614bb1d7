//! Against C zstd, both ways, and every promise about broken input.

use bytemill_zstd::{DecodeError, DecodeLimits, EncodeOptions, compress, decompress};
use proptest::prelude::*;

fn limits(max_output_bytes: u64) -> DecodeLimits {
    DecodeLimits { max_output_bytes, ..DecodeLimits::default() }
}

/// Text-like, random and constant runs: all block and literal types.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let run = prop_oneof![
        (any::<u8>(), 0_usize..40_000).prop_map(|(byte, len)| vec![byte; len]),
        prop::collection::vec(any::<u8>(), 0..3000),
        prop::collection::vec(b'a'..=b'f', 0..30_000),
        ("[a-z]{2,9} ", 0_usize..3000).prop_map(|(word, times)| word.repeat(times).into_bytes()),
    ];
    prop::collection::vec(run, 0..8).prop_map(|runs| runs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn decodes_what_c_encodes(content in content(), level in -5..=19, checksum: bool, size: bool) {
        let mut encoder = zstd::bulk::Compressor::new(level).unwrap();
        encoder.include_checksum(checksum).unwrap();
        encoder.include_contentsize(size).unwrap();
        let frame = encoder.compress(&content).unwrap();
        let mut output = b"before".to_vec();
        decompress(&frame, &limits(content.len() as u64), &mut output).unwrap();
        prop_assert!(output == [b"before".as_slice(), &content].concat());
        if !content.is_empty() {
            let limit = content.len() as u64 - 1;
            let result = decompress(&frame, &limits(limit), &mut output);
            prop_assert_eq!(result, Err(DecodeError::OutputTooLarge { limit }));
            prop_assert!(output == [b"before".as_slice(), &content].concat());
        }
    }

    #[test]
    fn c_decodes_what_we_encode(content in content(), level in -7..=19, checksum: bool, size: bool) {
        let options =
            EncodeOptions { level, checksum, content_size: size, ..EncodeOptions::default() };
        let mut frame = Vec::new();
        compress(&content, &options, &mut frame).unwrap();
        prop_assert!(zstd::stream::decode_all(frame.as_slice()).unwrap() == content);
        let declared = zstd::zstd_safe::get_frame_content_size(&frame).unwrap();
        prop_assert_eq!(declared, size.then_some(content.len() as u64));
        let mut output = Vec::new();
        decompress(&frame, &DecodeLimits::default(), &mut output).unwrap();
        prop_assert!(output == content);
    }

    #[test]
    fn a_frame_cut_short_is_truncated(content in content(), level in 1..=9, cut: prop::sample::Index) {
        let frame = zstd::bulk::compress(&content, level).unwrap();
        let cut = &frame[..cut.index(frame.len())];
        let result = decompress(cut, &DecodeLimits::default(), &mut Vec::new());
        prop_assert!(matches!(result, Err(DecodeError::Truncated { .. })), "{result:?}");
    }

    #[test]
    fn agrees_with_c_on_damaged_frames(
        content in content(),
        level in 1..=9,
        checksum: bool,
        at: prop::sample::Index,
        bit in 0_u8..8,
    ) {
        let mut encoder = zstd::bulk::Compressor::new(level).unwrap();
        encoder.include_checksum(checksum).unwrap();
        let mut frame = encoder.compress(&content).unwrap();
        let at = at.index(frame.len());
        frame[at] ^= 1_u8 << bit;
        let mut output = Vec::new();
        let limits = limits(8 << 20);
        let ours = decompress(&frame, &limits, &mut output);
        match zstd::stream::decode_all(frame.as_slice()) {
            Ok(theirs) if theirs.len() as u64 <= limits.max_output_bytes => {
                prop_assert_eq!(ours, Ok(()));
                prop_assert!(output == theirs);
            }
            _ => prop_assert!(ours.is_err()),
        }
    }

    #[test]
    fn no_input_panics(input in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = decompress(&input, &limits(1 << 20), &mut Vec::new());
        let framed = [&[0x28, 0xB5, 0x2F, 0xFD], input.as_slice()].concat();
        let _ = decompress(&framed, &limits(1 << 20), &mut Vec::new());
    }
}

#[test]
fn frames_follow_each_other() {
    let frame = |content: &[u8]| zstd::bulk::compress(content, 3).unwrap();
    let skippable = [[0x5A, 0x2A, 0x4D, 0x18].as_slice(), &3_u32.to_le_bytes(), b"abc"].concat();
    let mut output = Vec::new();
    let input = [skippable.clone(), frame(b"one "), skippable.clone(), frame(b"two")].concat();
    decompress(&input, &limits(7), &mut output).unwrap();
    assert_eq!(output, b"one two");
    // Only skippable frames: nothing, and no error.
    decompress(&skippable, &limits(0), &mut output).unwrap();
    assert_eq!(output, b"one two");
    let junk = [frame(b"one"), b"junk".to_vec()].concat();
    let offset = frame(b"one").len();
    let error = decompress(&junk, &limits(99), &mut output).unwrap_err();
    assert_eq!(error, DecodeError::Invalid { offset, expected: "a zstd or skippable frame" });
    let error = decompress(b"", &limits(99), &mut output).unwrap_err();
    assert_eq!(error, DecodeError::Truncated { offset: 0 });
    assert_eq!(output, b"one two");
}

#[test]
fn levels_past_the_encoders_are_refused() {
    let options = EncodeOptions { level: 20, ..EncodeOptions::default() };
    let error = compress(b"", &options, &mut Vec::new()).unwrap_err();
    assert_eq!(error, bytemill_zstd::EncodeError::Level { level: 20 });
}

/// A frame with a window of 1 KiB and one compressed block: run-length literals, and five sequences of one
/// literal and a match of 19.
fn five_sequences(literals: u32, modes: u8) -> Vec<u8> {
    let header = (1 | (3 << 2) | (literals << 4)).to_le_bytes();
    let block = [&header[..3], &[b'x', 5, modes, 1, 0, 16, 1]].concat();
    let block_header = (1_u32 | (2 << 1) | (10 << 3)).to_le_bytes();
    [[0x28, 0xB5, 0x2F, 0xFD, 0, 0].as_slice(), &block_header[..3], &block].concat()
}

#[test]
fn a_block_is_no_larger_than_the_window() {
    const ALL_RLE: u8 = 0b0101_0100;
    // 929 literals and 5 matches of 19 are 1024 bytes; the literals after the last match count as well.
    for (literals, modes, good) in
        [(929, ALL_RLE, true), (930, ALL_RLE, false), (100, ALL_RLE | 1, false)]
    {
        let frame = five_sequences(literals, modes);
        let mut output = Vec::new();
        let result = decompress(&frame, &limits(1 << 20), &mut output);
        assert_eq!(result.is_ok(), good, "{literals}: {result:?}");
        assert_eq!(zstd::stream::decode_all(frame.as_slice()).is_ok(), good, "{literals}");
        assert_eq!(output.len(), if good { 1024 } else { 0 });
    }
}
