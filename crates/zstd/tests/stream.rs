//! Input in pieces gives what it gives in one, whatever the pieces, with memory for a window.

use bytemill_zstd::{DecodeError, DecodeLimits, StreamDecoder, StreamOptions, decompress};
use proptest::prelude::*;

/// Feeds the input in pieces of these sizes, over and over.
fn in_pieces(
    input: &[u8],
    pieces: &[usize],
    options: &StreamOptions,
) -> (Vec<u8>, Result<(), DecodeError>) {
    let mut decoder = StreamDecoder::new(options.clone());
    let mut output = Vec::new();
    let mut rest = input;
    for size in pieces.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at((*size).clamp(1, rest.len()));
        if let Err(error) = decoder.push(piece, &mut output) {
            assert_eq!(decoder.push(b"more", &mut output), Err(error));
            assert_eq!(decoder.finish(), Err(error));
            return (output, Err(error));
        }
        rest = after;
    }
    let result = decoder.finish();
    (output, result)
}

fn content() -> impl Strategy<Value = Vec<u8>> {
    let run = prop_oneof![
        (any::<u8>(), 0_usize..40_000).prop_map(|(byte, len)| vec![byte; len]),
        prop::collection::vec(any::<u8>(), 0..3000),
        ("[a-z]{2,9} ", 0_usize..3000).prop_map(|(word, times)| word.repeat(times).into_bytes()),
    ];
    prop::collection::vec(run, 0..6).prop_map(|runs| runs.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn pieces_make_no_difference(
        content in content(),
        level in 1..=12,
        checksum: bool,
        pieces in prop::collection::vec(1_usize..5000, 1..6),
        damage in prop::option::of((any::<prop::sample::Index>(), 0_u8..8)),
    ) {
        let mut encoder = zstd::bulk::Compressor::new(level).unwrap();
        encoder.include_checksum(checksum).unwrap();
        let mut input = encoder.compress(&content).unwrap();
        input.extend_from_slice(b"\x5A\x2A\x4D\x18\x03\0\0\0abc");
        input.extend_from_slice(&encoder.compress(b"the end").unwrap());
        if let Some((at, bit)) = damage {
            let at = at.index(input.len());
            input[at] ^= 1 << bit;
        }
        let limits = DecodeLimits { max_output_bytes: 1 << 20, ..DecodeLimits::default() };
        let options = StreamOptions { limits, ..StreamOptions::default() };
        let (whole, result) = in_pieces(&input, &[input.len()], &options);
        let (split, split_result) = in_pieces(&input, &pieces, &options);
        prop_assert_eq!(split_result, result);
        prop_assert!(split == whole);
        let (bytes, bytes_result) = in_pieces(&input, &[1], &options);
        prop_assert_eq!(bytes_result, result);
        prop_assert!(bytes == whole);

        let mut output = Vec::new();
        let at_once = decompress(&input, &limits, &mut output);
        prop_assert_eq!(at_once.is_ok(), result.is_ok(), "{:?} {:?}", at_once, result);
        if damage.is_none() {
            prop_assert!(whole == [content.as_slice(), b"the end"].concat());
        }
        if result.is_ok() {
            prop_assert!(output == whole);
        }
    }
}

/// Lines that keep referring to earlier ones, far more of them than the window is long.
fn long_text() -> Vec<u8> {
    let mut state = 7_u32;
    let mut text = Vec::new();
    while text.len() < 3_000_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        text.extend_from_slice(format!("line {} of {};", state >> 20, state >> 28).as_bytes());
    }
    text
}

#[test]
fn history_slides_behind_a_small_window() {
    let content = long_text();
    for window_log in [10, 14, 17, 20] {
        let mut encoder = zstd::stream::Encoder::new(Vec::new(), 5).unwrap();
        encoder.window_log(window_log).unwrap();
        encoder.include_checksum(true).unwrap();
        std::io::Write::write_all(&mut encoder, &content).unwrap();
        let input = encoder.finish().unwrap();
        let (output, result) = in_pieces(&input, &[70_001, 3], &StreamOptions::default());
        result.unwrap();
        assert!(output == content, "{window_log}");
    }
}

#[test]
fn the_end_may_be_followed_by_anything_if_told() {
    let mut input = zstd::bulk::compress(b"content", 3).unwrap();
    let strict = StreamOptions::default();
    let lax = StreamOptions { allow_trailing: true, ..StreamOptions::default() };
    for trailing in [b"junk and more".as_slice(), b"\x28", b"\x28\xB5\x2F", b"\0"] {
        let input = [input.as_slice(), trailing].concat();
        assert!(in_pieces(&input, &[1], &strict).1.is_err());
        for pieces in [1, 5, 100] {
            let (output, result) = in_pieces(&input, &[pieces], &lax);
            assert_eq!(result, Ok(()), "{trailing:?}");
            assert_eq!(output, b"content");
        }
    }
    // A frame that is cut short is no trailing byte.
    input.extend_from_slice(b"\x28\xB5\x2F\xFD\x04");
    assert!(matches!(in_pieces(&input, &[3], &lax).1, Err(DecodeError::Truncated { .. })));
    assert!(matches!(in_pieces(b"", &[1], &lax).1, Err(DecodeError::Truncated { offset: 0 })));
    assert!(matches!(
        in_pieces(b"junk", &[1], &lax).1,
        Err(DecodeError::Invalid { offset: 0, .. })
    ));
}

#[test]
fn limits_hold_across_frames() {
    let frame = zstd::bulk::compress(&[7; 1000], 3).unwrap();
    let input = frame.repeat(3);
    let options = |max_output_bytes, max_ratio| StreamOptions {
        limits: DecodeLimits { max_output_bytes, max_ratio, ..DecodeLimits::default() },
        ..StreamOptions::default()
    };
    assert_eq!(in_pieces(&input, &[9], &options(3000, 0)).1, Ok(()));
    let (output, result) = in_pieces(&input, &[9], &options(2999, 0));
    assert_eq!(result, Err(DecodeError::OutputTooLarge { limit: 2999 }));
    assert_eq!(output.len(), 2000);
    // 64 MiB of zeros in some KiB.
    let bomb = zstd::bulk::compress(&vec![0; 64 << 20], 19).unwrap();
    let (output, result) = in_pieces(&bomb, &[100], &options(1 << 40, 100));
    assert_eq!(result, Err(DecodeError::RatioTooLarge { limit: 100 }));
    assert!(output.len() <= 100 * bomb.len() + (128 << 10));
}
