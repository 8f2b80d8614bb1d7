//! Long-distance matching: what it finds, that every decoder agrees, and that pieces and parts make no difference.

#![expect(clippy::unwrap_used, reason = "what does not decode fails the test")]

use std::io::Read;

use bytemill_zstd::{
    DecodeLimits, EncodeOptions, Encoder, StreamEncoder, compress, decompress, frame_info,
};
use proptest::prelude::*;

fn random(size: usize, mut seed: u64) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(size + 8);
    while bytes.len() < size {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        bytes.extend_from_slice(&seed.wrapping_mul(0x2545_F491_4F6C_DD1D).to_le_bytes());
    }
    bytes.truncate(size);
    bytes
}

fn long(level: i32) -> EncodeOptions<'static> {
    EncodeOptions { level, long_distance: true, ..EncodeOptions::default() }
}

/// Three decoders have to agree.
fn decode(frame: &[u8], content: &[u8]) {
    let mut output = Vec::new();
    decompress(frame, &DecodeLimits::default(), &mut output).unwrap();
    assert!(output == content, "ours");
    assert!(zstd::bulk::decompress(frame, content.len()).unwrap() == content, "libzstd");
    // A window of its own memory, up to the limit of libzstd.
    let mut stream = zstd::stream::read::Decoder::new(frame).unwrap();
    output.clear();
    stream.read_to_end(&mut output).unwrap();
    assert!(output == content, "libzstd's stream");
    output.clear();
    let mut theirs = ruzstd::decoding::StreamingDecoder::new(frame).unwrap();
    theirs.read_to_end(&mut output).unwrap();
    assert!(output == content, "ruzstd");
}

fn streamed(content: &[u8], options: &EncodeOptions<'_>, piece: usize) -> Vec<u8> {
    let mut frame = Vec::new();
    let mut stream = StreamEncoder::new(options, None).unwrap();
    for piece in content.chunks(piece.max(1)) {
        stream.push(piece, &mut frame).unwrap();
    }
    stream.finish(&mut frame).unwrap();
    frame
}

#[test]
fn a_repetition_thirty_megabytes_back_is_found() {
    let block = random(20 << 20, 1);
    let content = [&block, &random(10 << 20, 2)[..], &block].concat();
    let mut frame = Vec::new();
    compress(&content, &long(1), &mut frame).unwrap();
    assert!(frame.len() < (30 << 20) + 10_000, "{}", frame.len());
    decode(&frame, &content);
    let without = EncodeOptions { level: 1, ..EncodeOptions::default() };
    let mut frame = Vec::new();
    compress(&content, &without, &mut frame).unwrap();
    assert!(frame.len() > content.len(), "{}", frame.len());
    // The same in pieces, with a window of 32 MiB, which is enough, and of 16, which is not.
    let options = EncodeOptions { window_log: 25, ..long(1) };
    let frame = streamed(&content, &options, 1_000_000);
    assert!(frame.len() < (30 << 20) + 10_000, "{}", frame.len());
    assert_eq!(frame_info(&frame).unwrap().window_size, 32 << 20);
    decode(&frame, &content);
    let options = EncodeOptions { window_log: 24, ..long(1) };
    assert!(streamed(&content, &options, 1_000_000).len() > content.len());
}

/// Text whose passages come again, some of them changed here and there.
fn passages(size: usize, seed: u64) -> Vec<u8> {
    let words = random(6000, seed);
    let sentence = |at: usize| -> Vec<u8> {
        let letters = words[at % 5000..][..40 + at % 500].iter();
        letters.map(|byte| b"etaoin shrdlu.\n"[usize::from(byte % 15)]).collect()
    };
    let mut bytes = Vec::new();
    let choice = random(size, seed + 1);
    let mut at = 0;
    while bytes.len() < size {
        let mut one = sentence(usize::from(choice[at]) * 19);
        if choice[at + 1] < 60 {
            let place = usize::from(choice[at + 2]) % one.len();
            one[place] = choice[at + 1];
        }
        bytes.extend(one);
        at += 3;
    }
    bytes.truncate(size);
    bytes
}

#[test]
fn every_level_with_near_and_far_repetitions() {
    let content = [
        passages(150_000, 3),
        random(100_000, 4),
        vec![7; 200_000],
        passages(150_000, 3),
        b"ab".repeat(60_000),
        random(100_000, 4)[1000..90_000].to_vec(),
    ]
    .concat();
    let mut encoder = Encoder::new();
    for level in [-7, 1, 2, 3, 4, 5, 8, 12, 13, 16, 17, 18, 19] {
        let mut frame = Vec::new();
        encoder.compress(&content, &long(level), &mut frame).unwrap();
        decode(&frame, &content);
        // The second passages, and what is random, all come from the first.
        assert!(frame.len() < 180_000, "level {level}: {}", frame.len());
        let options = EncodeOptions { window_log: 20, ..long(level) };
        let whole = streamed(&content, &options, usize::MAX);
        decode(&whole, &content);
        if level % 4 == 0 {
            assert!(whole == streamed(&content, &options, 4321));
        }
    }
}

#[test]
fn a_table_serves_one_frame_alone() {
    let content = random(300_000, 5);
    let mut encoder = Encoder::new();
    let (mut first, mut second, mut plain) = (Vec::new(), Vec::new(), Vec::new());
    encoder.compress(&content, &long(3), &mut first).unwrap();
    encoder.compress(&content, &EncodeOptions::default(), &mut plain).unwrap();
    encoder.compress(&content, &long(3), &mut second).unwrap();
    assert!(first == second);
    decode(&plain, &content);
}

#[test]
fn parts_look_back_into_what_came_before() {
    let block = random(6 << 20, 6);
    let content = [&block[..], &block].concat();
    let size = Some(content.len() as u64);
    let mut encoder = Encoder::new();
    let mut frame = Vec::new();
    encoder.frame_header(&long(3), size, &mut frame).unwrap();
    let part = 3 << 20;
    for start in (0..content.len()).step_by(part) {
        let last = start + part == content.len();
        let input = (&content[..start + part], start);
        encoder.compress_job(input, size, &long(3), start == 0, last, &mut frame).unwrap();
    }
    assert!(frame.len() < block.len() + 10_000, "{}", frame.len());
    decode(&frame, &content);
}

#[test]
fn windows_drop_what_no_match_may_reach() {
    // More than the buffer of a stream holds, so that it is shifted many times.
    let block = random(700_000, 7);
    let content = block.repeat(12);
    for (window_log, least, most) in [(20, 0, 800_000), (19, content.len(), usize::MAX)] {
        let options = EncodeOptions { window_log, ..long(3) };
        let frame = streamed(&content, &options, 33_333);
        assert!((least..most).contains(&frame.len()), "{window_log}: {}", frame.len());
        decode(&frame, &content);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn round_trips(
        parts in prop::collection::vec((0_u64..4, 0_usize..60_000, any::<bool>()), 1..12),
        level in -7..=19,
        window_log in prop_oneof![Just(0_u32), 10_u32..=20],
        piece in 1_usize..50_000,
    ) {
        let content: Vec<u8> = parts
            .iter()
            .flat_map(|&(seed, size, text)| {
                if text { passages(size, seed + 10) } else { random(size, seed + 10) }
            })
            .collect();
        let options = EncodeOptions { window_log, checksum: true, ..long(level) };
        let mut frame = Vec::new();
        compress(&content, &options, &mut frame).unwrap();
        decode(&frame, &content);
        let whole = streamed(&content, &options, usize::MAX);
        decode(&whole, &content);
        prop_assert!(whole == streamed(&content, &options, piece));
    }
}
