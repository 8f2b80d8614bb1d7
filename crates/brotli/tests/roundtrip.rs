//! Round trips over all parameters, streams cut anywhere, limits, and damage.

use bytemill_brotli::{
    DecodeError, DecodeOptions, EncodeError, EncodeOptions, Mode, StreamDecoder, StreamEncoder,
    compress, decompress,
};
use proptest::prelude::*;

fn options() -> impl Strategy<Value = EncodeOptions> {
    (0..=11_u8, 10..=24_u8, 0..3_usize, any::<u32>()).prop_map(
        |(quality, window_bits, mode, size_hint)| EncodeOptions {
            quality,
            window_bits,
            mode: [Mode::Generic, Mode::Text, Mode::Font][mode],
            size_hint,
        },
    )
}

/// Words of the static dictionary, repetitions and noise.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let words = ["the ", "time ", "people ", "\u{e9}t\u{e9} ", "{\"id\":", "<div class=\""];
    let piece = (0..8_usize, any::<u8>(), 0..600_usize);
    proptest::collection::vec(piece, 0..20).prop_map(move |pieces| {
        let mut bytes: Vec<u8> = Vec::new();
        let mut state = 0x9E37_79B9_u32;
        for (kind, byte, len) in pieces {
            match words.get(kind) {
                Some(word) => bytes.extend(word.repeat(len % 20).as_bytes()),
                None if kind == 6 => bytes.extend(std::iter::repeat_n(byte, len * 10)),
                None => bytes.extend((0..len).map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8 & byte
                })),
            }
        }
        bytes
    })
}

#[expect(clippy::unwrap_used, reason = "a helper of tests")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "as the function under test")]
fn packed(input: &[u8], options: &EncodeOptions) -> Vec<u8> {
    let mut output = Vec::new();
    compress(input, options, &mut output).unwrap();
    output
}

fn unpacked(input: &[u8], options: &DecodeOptions) -> Result<Vec<u8>, DecodeError> {
    let mut output = b"before".to_vec();
    let result = decompress(input, options, &mut output);
    assert!(output.starts_with(b"before"));
    if result.is_err() {
        assert_eq!(output.len(), 6, "an error leaves the output as it was");
    }
    result.map(|()| output.split_off(6))
}

fn streamed(input: &[u8], len: usize, options: &DecodeOptions) -> Result<Vec<u8>, DecodeError> {
    let mut decoder = StreamDecoder::new(options);
    let mut output = Vec::new();
    for piece in input.chunks(len) {
        decoder.push(piece, &mut output)?;
    }
    decoder.finish().map(|()| output)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn what_goes_in_comes_out(input in content(), options in options()) {
        let compressed = packed(&input, &options);
        let exact =
            DecodeOptions { max_output_bytes: input.len() as u64, ..DecodeOptions::default() };
        prop_assert_eq!(&unpacked(&compressed, &exact).unwrap(), &input);
        if !input.is_empty() {
            let limit = input.len() as u64 - 1;
            let short = DecodeOptions { max_output_bytes: limit, ..exact };
            let refused = Err(DecodeError::OutputTooLarge { limit });
            prop_assert_eq!(unpacked(&compressed, &short), refused);
        }
        for len in [1, 7, 1000] {
            prop_assert_eq!(&streamed(&compressed, len, &exact).unwrap(), &input);
        }
    }

    #[test]
    fn streams_decode_and_flushed_content_can_be_read(
        input in content(),
        options in options(),
        len in 1..3000_usize,
    ) {
        let mut encoder = StreamEncoder::new(&options).unwrap();
        let mut decoder = StreamDecoder::new(&DecodeOptions::default());
        let (mut stream, mut output) = (Vec::new(), Vec::new());
        let mut pushed = 0;
        for (index, piece) in input.chunks(len).enumerate() {
            encoder.push(piece, &mut stream).unwrap();
            pushed += piece.len();
            if index % 3 == 2 {
                encoder.flush(&mut stream).unwrap();
                decoder.push(&stream, &mut output).unwrap();
                prop_assert_eq!(&output[..], &input[..pushed]);
                stream.clear();
            }
        }
        encoder.finish(&mut stream).unwrap();
        prop_assert_eq!(encoder.push(b"more", &mut Vec::new()), Err(EncodeError::Ended));
        decoder.push(&stream, &mut output).unwrap();
        decoder.finish().unwrap();
        prop_assert_eq!(output, input);
    }

    #[test]
    fn damage_never_panics(
        input in content(),
        options in options(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
    ) {
        let mut compressed = packed(&input, &options);
        for (at, byte) in changes {
            let at = at.index(compressed.len());
            compressed[at] = byte;
        }
        let limits = DecodeOptions { max_output_bytes: 1 << 20, ..DecodeOptions::default() };
        let whole = unpacked(&compressed, &limits);
        let pieces = streamed(&compressed, 13, &limits);
        match (whole, pieces) {
            (Ok(whole), Ok(pieces)) => prop_assert_eq!(whole, pieces),
            (whole, pieces) => prop_assert!(whole.is_err() && pieces.is_err()),
        }
    }
}

#[test]
fn every_prefix_is_truncated() {
    let input: Vec<u8> = (0..3000_u32).map(|at| (at * at / 7) as u8).collect();
    for quality in [0, 2, 5, 11] {
        let stream = packed(&input, &EncodeOptions { quality, ..EncodeOptions::default() });
        for cut in 0..stream.len() {
            let refused = Err(DecodeError::Truncated { offset: cut as u64 });
            assert_eq!(unpacked(&stream[..cut], &DecodeOptions::default()), refused);
        }
    }
}

#[test]
fn what_follows_a_stream_is_refused_unless_allowed() {
    let stream = packed(b"hello", &EncodeOptions::default());
    let longer = [&stream[..], b"more"].concat();
    let refused = Err(DecodeError::Trailing { offset: stream.len() as u64 });
    let lenient = DecodeOptions { allow_trailing: true, ..DecodeOptions::default() };
    for len in [1, 3, 1000] {
        assert_eq!(streamed(&longer, len, &DecodeOptions::default()), refused);
        assert_eq!(streamed(&longer, len, &lenient).unwrap(), b"hello");
    }
}

#[test]
fn a_bomb_stops_at_its_limit() {
    let bomb =
        packed(&vec![0; 64 << 20], &EncodeOptions { quality: 5, ..EncodeOptions::default() });
    assert!(bomb.len() < 1000);
    for limit in [0, 1, 1000, 1 << 20] {
        let limits = DecodeOptions { max_output_bytes: limit, ..DecodeOptions::default() };
        let mut output = Vec::new();
        let error = decompress(&bomb, &limits, &mut output).unwrap_err();
        assert_eq!(error, DecodeError::OutputTooLarge { limit });
        assert!(output.capacity() as u64 <= 2 * limit + 64);
    }
    let limits = DecodeOptions { max_ratio: 1000, ..DecodeOptions::default() };
    assert_eq!(unpacked(&bomb, &limits), Err(DecodeError::RatioTooLarge { limit: 1000 }));
}

#[test]
fn what_is_out_of_proportion_gets_the_memory_that_it_needs() {
    let mut input = b"the same line of a log, again and again\n".repeat(1_500_000);
    for at in (0..input.len()).step_by(50_000) {
        input[at] = at as u8;
    }
    let compressed = packed(&input, &EncodeOptions { quality: 5, ..EncodeOptions::default() });
    let limit = input.len() as u64;
    let exact = DecodeOptions { max_output_bytes: limit, ..DecodeOptions::default() };
    let mut output = Vec::new();
    decompress(&compressed, &exact, &mut output).unwrap();
    assert!(output == input);
    assert!(output.capacity() < input.len() + 100, "{}", output.capacity());
    // A byte too much: found out before there is memory for half of it.
    let short = DecodeOptions { max_output_bytes: limit - 1, ..exact };
    let mut output = Vec::new();
    let error = decompress(&compressed, &short, &mut output).unwrap_err();
    assert_eq!(error, DecodeError::OutputTooLarge { limit: limit - 1 });
    assert!(output.capacity() <= 32 << 20, "{}", output.capacity());
    // Damage behind what was looked at.
    let cut = &compressed[..compressed.len() - 100];
    assert!(matches!(unpacked(cut, &exact), Err(DecodeError::Truncated { .. })));
}

#[test]
fn large_windows_are_refused() {
    // RFC 7932, 9.1: this first byte is reserved; "large window" encoders write it.
    let refused = unpacked(&[0x11, 0x1e, 0, 0, 0, 0], &DecodeOptions::default());
    assert!(matches!(refused, Err(DecodeError::Invalid { .. })), "{refused:?}");
}

#[test]
fn parameters_out_of_range_are_refused() {
    let quality = EncodeOptions { quality: 12, ..EncodeOptions::default() };
    let refused = compress(b"", &quality, &mut Vec::new());
    assert_eq!(refused, Err(EncodeError::Quality { quality: 12 }));
    for window_bits in [9, 25] {
        let window = EncodeOptions { window_bits, ..EncodeOptions::default() };
        let refused = compress(b"", &window, &mut Vec::new());
        assert_eq!(refused, Err(EncodeError::Window { window_bits }));
    }
}
