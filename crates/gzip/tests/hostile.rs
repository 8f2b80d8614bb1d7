//! Inputs that want more than their share: each ends at its limit, or right, and soon.

use std::time::{Duration, Instant};

use bytemill_gzip::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, EncodeOptions, Encoder, Format,
    StreamDecoder,
};

/// Far more than any of these takes, even where tests are not optimised.
const SOON: Duration = Duration::from_secs(20);

fn decode(format: Format, input: &[u8], max_output_bytes: u64) -> Result<usize, DecodeError> {
    let limits = DecodeLimits { max_output_bytes, max_ratio: 0 };
    let options = DecodeOptions { format, limits, ..DecodeOptions::default() };
    let started = Instant::now();
    let mut output = Vec::new();
    let result = Decoder::new().decompress(input, &options, &mut output);
    assert!(output.capacity() as u64 <= 2 * max_output_bytes.max(1 << 20));
    let mut stream = StreamDecoder::new(&options);
    let mut streamed = 0;
    let pushed = input.chunks(1000).try_for_each(|piece| {
        let mut part = Vec::new();
        let result = stream.push(piece, &mut part);
        streamed += part.len() as u64;
        result
    });
    assert_eq!(pushed.and_then(|()| stream.finish()), result);
    assert!(streamed <= max_output_bytes);
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
    result.map(|()| output.len())
}

#[test]
fn zeros_end_at_the_limit() {
    let mut bomb = Vec::new();
    let zeros = vec![0; 64 << 20];
    Encoder::new().compress(&zeros, &EncodeOptions::default(), &mut bomb).unwrap();
    assert!(bomb.len() < 80_000, "{} bytes", bomb.len());
    for limit in [0, 1, 1 << 20, (64 << 20) - 1] {
        let error = Err(DecodeError::OutputTooLarge { limit });
        assert_eq!(decode(Format::Gzip, &bomb, limit), error);
    }
    assert_eq!(decode(Format::Gzip, &bomb, 64 << 20), Ok(64 << 20));
}

#[test]
fn many_empty_members_and_blocks() {
    let mut member = Vec::new();
    Encoder::new().compress(b"", &EncodeOptions::default(), &mut member).unwrap();
    assert_eq!(decode(Format::Gzip, &member.repeat(100_000), 0), Ok(0));
    let mut blocks = [0, 0, 0, 0xFF, 0xFF].repeat(400_000);
    blocks.extend_from_slice(&[1, 0, 0, 0xFF, 0xFF]);
    assert_eq!(decode(Format::Raw, &blocks, 0), Ok(0));
}

#[test]
fn a_name_without_an_end() {
    let mut member = vec![0x1F, 0x8B, 8, 10, 0, 0, 0, 0, 0, 255];
    member.resize(8 << 20, b'a');
    let offset = member.len() as u64;
    assert_eq!(decode(Format::Gzip, &member, 100), Err(DecodeError::Truncated { offset }));
}

#[test]
fn every_cut_of_a_stream_is_truncated() {
    let text = include_bytes!("hostile.rs");
    for format in [Format::Gzip, Format::Zlib, Format::Raw] {
        for level in [0, 1, 6] {
            let options = EncodeOptions { format, level, ..EncodeOptions::default() };
            let mut packed = Vec::new();
            Encoder::new().compress(text, &options, &mut packed).unwrap();
            for length in 0..packed.len() {
                let error = DecodeError::Truncated { offset: length as u64 };
                assert_eq!(decode(format, &packed[..length], 1 << 20), Err(error));
            }
        }
    }
}

#[test]
fn repetition_does_not_slow_the_encoder_down() {
    let started = Instant::now();
    let pairs: Vec<u8> = (0..2_000_000_u32).map(|i| (i / 3 % 2) as u8).collect();
    for level in 0..=9 {
        let options = EncodeOptions { level, ..EncodeOptions::default() };
        let mut packed = Vec::new();
        Encoder::new().compress(&pairs, &options, &mut packed).unwrap();
    }
    assert!(started.elapsed() < SOON, "{:?}", started.elapsed());
}
