//! What the encoder writes, the decoder reads: every level, every format.
#![expect(clippy::unwrap_used, reason = "an encoder that fails fails the test")]

use bytemill_gzip::{DecodeOptions, Decoder, EncodeOptions, Encoder, Format};
use proptest::prelude::*;

const FORMATS: [Format; 3] = [Format::Gzip, Format::Zlib, Format::Raw];

fn round_trip(input: &[u8], dictionary: Option<&[u8]>) {
    let (mut encoder, mut decoder) = (Encoder::new(), Decoder::new());
    for format in FORMATS {
        let dictionary = dictionary.filter(|_| format != Format::Gzip);
        for level in 0..=9 {
            let (mut packed, mut back) = (b"kept".to_vec(), b"kept".to_vec());
            let options = EncodeOptions { format, level, dictionary, ..EncodeOptions::default() };
            encoder.compress(input, &options, &mut packed).unwrap();
            let options = DecodeOptions { format, dictionary, ..DecodeOptions::default() };
            decoder.decompress(&packed[4..], &options, &mut back).unwrap();
            assert_eq!(&back[..4], b"kept");
            assert!(back[4..] == *input, "{format:?} {level}");
        }
    }
}

/// Bytes that repeat themselves at all distances and lengths.
fn repetitive(seed: u32, length: usize) -> Vec<u8> {
    let mut random = seed | 1;
    let mut next = move || {
        random ^= random << 13;
        random ^= random >> 17;
        random ^= random << 5;
        random as usize
    };
    let mut bytes: Vec<u8> = Vec::new();
    while bytes.len() < length {
        let count = 1 + next() % 300;
        if bytes.is_empty() || next() % 3 == 0 {
            let mask = next() as u8;
            bytes.extend((0..count).map(|_| next() as u8 & mask));
        } else {
            let from = bytes.len() - 1 - next() % bytes.len().min(1 << (next() % 17));
            for at in from..from + count {
                bytes.push(bytes[at]);
            }
        }
    }
    bytes.truncate(length);
    bytes
}

#[test]
fn lengths_at_the_boundaries() {
    for length in (0..20).chain([255, 256, 257, 258, 259, 4095, 5000, 32_767, 32_768, 32_769]) {
        round_trip(&repetitive(7, length), None);
        round_trip(&vec![0; length], None);
    }
    for length in [65_534, 65_535, 65_536, 98_304, 131_072, 300_000, 305_001] {
        round_trip(&repetitive(9, length), None);
    }
}

#[test]
fn long_inputs_of_all_kinds() {
    round_trip(&repetitive(1, 1_500_000), None);
    round_trip(&vec![b'a'; 1_000_000], None);
    let noise: Vec<u8> =
        (0..400_000_u32).map(|i| (i.wrapping_mul(2_654_435_761) >> 13 ^ i) as u8).collect();
    round_trip(&noise, None);
}

#[test]
fn dictionaries() {
    let bytes = repetitive(3, 200_000);
    round_trip(&bytes[..20_000], Some(&bytes[10_000..]));
    round_trip(&bytes[..50_000], Some(&bytes[..100]));
    round_trip(&[], Some(&bytes));
    round_trip(&bytes[..500], Some(&[]));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes(input: Vec<u8>) {
        round_trip(&input, None);
    }

    #[test]
    fn any_repetition(seed: u32, length in 0_usize..100_000) {
        round_trip(&repetitive(seed, length), None);
    }
}
