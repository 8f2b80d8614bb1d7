//! Streams: any cut of the input gives the same result, in both directions.
#![expect(clippy::unwrap_used, reason = "an encoder that fails fails the test")]

use bytemill_gzip::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, EncodeError, EncodeOptions, Encoder, Format,
    StreamDecoder, StreamEncoder,
};
use proptest::prelude::*;

fn sample(length: usize) -> Vec<u8> {
    let text = include_bytes!("../src/inflate.rs");
    (0..length).map(|i| text[(i * 31 + i / 1000 * 7) % text.len()] ^ (i >> 16) as u8).collect()
}

fn encode(options: &EncodeOptions<'_>, pieces: &mut dyn Iterator<Item = &[u8]>) -> Vec<u8> {
    let mut encoder = StreamEncoder::new(options).unwrap();
    let mut output = Vec::new();
    for piece in pieces {
        encoder.push(piece, &mut output).unwrap();
    }
    encoder.finish(&mut output).unwrap();
    assert_eq!(encoder.push(b"", &mut output), Err(EncodeError::Finished));
    output
}

fn decode(
    options: &DecodeOptions<'_>,
    pieces: &mut dyn Iterator<Item = &[u8]>,
) -> Result<Vec<u8>, DecodeError> {
    let mut decoder = StreamDecoder::new(options);
    let mut output = Vec::new();
    for piece in pieces {
        decoder.push(piece, &mut output)?;
    }
    decoder.finish()?;
    Ok(output)
}

#[test]
fn every_level_and_format_in_pieces() {
    let input = sample(700_000);
    let dictionary = &input[..40_000];
    for format in [Format::Gzip, Format::Zlib, Format::Raw] {
        for level in 0..=9 {
            let dictionary = Some(dictionary).filter(|_| format != Format::Gzip);
            let options = EncodeOptions { format, level, dictionary, ..EncodeOptions::default() };
            let whole = encode(&options, &mut [&input[..]].into_iter());
            let pieces = encode(&options, &mut input.chunks(77_777));
            assert!(whole == pieces, "{format:?} {level}");
            let options = DecodeOptions { format, dictionary, ..DecodeOptions::default() };
            let mut back = Vec::new();
            Decoder::new().decompress(&whole, &options, &mut back).unwrap();
            assert!(back == input, "{format:?} {level}");
            for size in [1_usize, 7, 5000, usize::MAX].into_iter().filter(|&s| s > 1 || level == 6)
            {
                assert!(decode(&options, &mut whole.chunks(size)).unwrap() == input);
            }
        }
    }
}

#[test]
fn a_flush_makes_all_of_it_readable() {
    let input = sample(300_000);
    let options = EncodeOptions { format: Format::Zlib, ..EncodeOptions::default() };
    let mut encoder = StreamEncoder::new(&options).unwrap();
    let options = DecodeOptions { format: Format::Zlib, ..DecodeOptions::default() };
    let mut decoder = StreamDecoder::new(&options);
    let mut back = Vec::new();
    for piece in input.chunks(12_345) {
        let mut packed = Vec::new();
        encoder.push(piece, &mut packed).unwrap();
        encoder.flush(&mut packed).unwrap();
        decoder.push(&packed, &mut back).unwrap();
        assert!(input.starts_with(&back));
        assert_eq!(back.len() % 12_345, if back.len() == input.len() { 3720 } else { 0 });
    }
    let mut packed = Vec::new();
    encoder.finish(&mut packed).unwrap();
    decoder.push(&packed, &mut back).unwrap();
    decoder.finish().unwrap();
    assert!(back == input);
}

#[test]
fn limits_hold_in_streams() {
    let input = vec![0; 1_000_000];
    let mut packed = Vec::new();
    Encoder::new().compress(&input, &EncodeOptions::default(), &mut packed).unwrap();
    let with = |max_output_bytes, max_ratio| DecodeOptions {
        limits: DecodeLimits { max_output_bytes, max_ratio },
        ..DecodeOptions::default()
    };
    for size in [1, 10, 10_000] {
        let run = |options: DecodeOptions<'_>| decode(&options, &mut packed.chunks(size));
        assert!(run(with(1_000_000, 1032)).unwrap() == input);
        let limit = 999_999;
        assert_eq!(run(with(limit, 0)), Err(DecodeError::OutputTooLarge { limit }));
        assert_eq!(run(with(u64::MAX, 100)), Err(DecodeError::RatioTooLarge { limit: 100 }));
    }
}

#[test]
fn members_and_what_follows_them() {
    let mut two = Vec::new();
    let mut encoder = Encoder::new();
    encoder.compress(b"one ", &EncodeOptions::default(), &mut two).unwrap();
    encoder.compress(b"two", &EncodeOptions::default(), &mut two).unwrap();
    let end = two.len() as u64;
    let mut more = two.clone();
    more.extend_from_slice(&[0; 5]);
    for size in [1, 3, 100] {
        let options = DecodeOptions::default();
        assert_eq!(decode(&options, &mut two.chunks(size)).unwrap(), b"one two");
        let trailing = Err(DecodeError::Trailing { offset: end });
        assert_eq!(decode(&options, &mut more.chunks(size)), trailing);
        let options = DecodeOptions { allow_trailing: true, ..options };
        assert_eq!(decode(&options, &mut more.chunks(size)).unwrap(), b"one two");
        assert!(decode(&options, &mut two[..two.len() - 1].chunks(size)).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_cut(length in 0_usize..400_000, cuts in prop::collection::vec(1_usize..100_000, 1..20)) {
        let input = sample(length);
        let pieces = |bytes: &[u8]| {
            let (mut rest, mut list) = (bytes.to_vec(), Vec::new());
            for &cut in &cuts {
                let later = rest.split_off(cut.min(rest.len()));
                list.push(core::mem::replace(&mut rest, later));
            }
            list.push(rest);
            list
        };
        let options = EncodeOptions { level: 2, ..EncodeOptions::default() };
        let whole = encode(&options, &mut [&input[..]].into_iter());
        prop_assert!(encode(&options, &mut pieces(&input).iter().map(Vec::as_slice)) == whole);
        let options = DecodeOptions::default();
        prop_assert!(decode(&options, &mut pieces(&whole).iter().map(Vec::as_slice)).unwrap() == input);
    }
}
