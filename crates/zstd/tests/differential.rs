//! Damaged frames against C zstd: the same verdict and the same bytes, also inside Huffman streams that do not end where
//! they should. Blocks larger than a small window allows are refused here as C refuses them in streams; in one call it does
//! not look.
#![expect(clippy::unwrap_used, reason = "a frame that C does not make fails the test")]

use bytemill_zstd::{DecodeLimits, DecodeOptions, Decoder, Dictionary, decompress};

const LIMIT: usize = 4 << 20;

/// A small generator of pseudo-random numbers: xorshift64*.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() % bound as u64) as usize
    }
}

/// Text, numbers, binary records and runs, of different sizes.
fn contents(random: &mut Random) -> Vec<Vec<u8>> {
    let words =
        ["error", "warning", "timeout", "connection", "user", "id", "value", "null", "0x1f"];
    let text = |len: usize, random: &mut Random| {
        let mut text = Vec::new();
        while text.len() < len {
            text.extend_from_slice(words[random.below(words.len())].as_bytes());
            text.extend_from_slice(format!(" {}, ", random.below(5000)).as_bytes());
        }
        text
    };
    let records = |count: usize, random: &mut Random| {
        (0..count)
            .flat_map(|i| {
                let value = f32::from(random.next() as u8).sqrt();
                [(i as u32).to_le_bytes(), value.to_le_bytes(), [0, 0, 1, (i % 7) as u8]].concat()
            })
            .collect::<Vec<u8>>()
    };
    let skewed = |len: usize, random: &mut Random| {
        (0..len).map(|_| (random.next() & random.next() & random.next()) as u8).collect::<Vec<u8>>()
    };
    vec![
        text(300, random),
        text(5000, random),
        text(200_000, random),
        records(40, random),
        records(9000, random),
        skewed(700, random),
        skewed(60_000, random),
        [vec![b'x'; 3000], text(900, random), vec![0; 150_000]].concat(),
    ]
}

fn frames(random: &mut Random) -> Vec<Vec<u8>> {
    let mut frames = Vec::new();
    for content in contents(random) {
        for level in [1, 3, 9, 19] {
            for checksum in [false, true] {
                let mut encoder = zstd::bulk::Compressor::new(level).unwrap();
                encoder.include_checksum(checksum).unwrap();
                encoder.include_contentsize(level != 3).unwrap();
                frames.push(encoder.compress(&content).unwrap());
            }
        }
    }
    frames
}

/// Flips, sets, removes, repeats or inserts bytes; most often near the start, where headers and tables are.
fn damage(frame: &[u8], random: &mut Random) -> Vec<u8> {
    let mut bytes = frame.to_vec();
    for _ in 0..=random.below(3) {
        let reach = if random.below(3) == 0 { bytes.len() } else { bytes.len().min(200) };
        let at = random.below(reach.max(1)).min(bytes.len().saturating_sub(1));
        match random.below(12) {
            0..=5 => bytes[at] ^= 1 << random.below(8),
            6..=8 => bytes[at] = random.next() as u8,
            9 => {
                bytes.remove(at);
            }
            10 => bytes.insert(at, random.next() as u8),
            _ => bytes.truncate(at.max(1)),
        }
        if bytes.is_empty() {
            return frame.to_vec();
        }
    }
    bytes
}

/// How many bytes C makes of it.
fn oracle(frame: &[u8], buffer: &mut [u8]) -> Option<usize> {
    zstd::zstd_safe::decompress(buffer, frame).ok()
}

#[test]
fn damaged_frames_have_libzstds_verdict() {
    let mut random = Random(0x5EED_0F2A_57D0_0001);
    let frames = frames(&mut random);
    let limits = DecodeLimits {
        max_output_bytes: LIMIT as u64,
        // `ZSTD_WINDOWLOG_MAX`, and the largest mantissa.
        max_window_bytes: 15 << 28,
        ..DecodeLimits::default()
    };
    let mut buffer = vec![0; LIMIT];
    let (mut accepted, mut differences) = (0, Vec::new());
    for case in 0..12_000 {
        let frame = &frames[case % frames.len()];
        let damaged = damage(frame, &mut random);
        let mut output = Vec::new();
        let ours = decompress(&damaged, &limits, &mut output);
        match (ours, oracle(&damaged, &mut buffer)) {
            (Ok(()), Some(len)) if output == buffer[..len] => accepted += 1,
            (Ok(()), Some(_)) => differences.push(format!("{case}: other bytes")),
            (Ok(()), None) => differences.push(format!("{case}: false accept")),
            (Err(error), Some(len)) if zstd::stream::decode_all(damaged.as_slice()).is_ok() => {
                differences.push(format!("{case}: false reject of {len} bytes: {error}"));
            }
            (Err(_), _) => {}
        }
    }
    assert!(differences.is_empty(), "{}:\n{}", differences.len(), differences.join("\n"));
    assert!(accepted > 500, "{accepted}");
}

/// libzstd looks a dictionary's codes up in pairs, even those of a single stream.
#[test]
fn damaged_frames_of_a_dictionary_have_libzstds_verdict() {
    let mut random = Random(0x5EED_0F2A_57D0_0002);
    let messages: Vec<Vec<u8>> = (0..400)
        .map(|i| {
            let (user, ms) = (random.below(500), random.below(90_000));
            let noise: Vec<u8> = (0..random.below(300))
                .map(|_| b'a' + (random.next() & random.next() & 15) as u8)
                .collect();
            [
                format!("{{\"id\":{i},\"user\":\"user-{user}\",\"ms\":{ms},\"text\":\"")
                    .into_bytes(),
                noise,
                b"\"}\n".to_vec(),
            ]
            .concat()
        })
        .collect();
    let trained = zstd::dict::from_samples(&messages, 4 << 10).unwrap();
    let dictionary = Dictionary::parse(&trained).unwrap();
    let mut oracle = zstd::bulk::Decompressor::with_dictionary(&trained).unwrap();
    let mut decoder = Decoder::new();
    let mut accepted = 0;
    for case in 0..12_000 {
        let message = &messages[case % messages.len()];
        let frame = zstd::bulk::Compressor::with_dictionary([1, 3, 19][case % 3], &trained)
            .unwrap()
            .compress(message)
            .unwrap();
        let damaged = damage(&frame, &mut random);
        let mut output = Vec::new();
        let options = DecodeOptions { dictionary: Some(&dictionary), ..DecodeOptions::default() };
        let ours = decoder.decompress(&damaged, &options, &mut output);
        let theirs = oracle.decompress(&damaged, LIMIT).ok();
        match (ours, theirs) {
            (Ok(()), theirs) => {
                assert!(theirs.as_ref() == Some(&output), "case {case}: other bytes");
                accepted += 1;
            }
            (Err(error), theirs) => assert!(theirs.is_none(), "case {case}: {error}"),
        }
    }
    assert!(accepted > 500, "{accepted}");
}

/// A frame of blocks with four streams of eight bytes each, which are to be 128 KiB of literals in codes of one bit.
fn streams_that_end_early(blocks: usize) -> Vec<u8> {
    let literals = 128_u64 << 10;
    let streams: Vec<u8> =
        (0..4).flat_map(|i| 0x9E37_79B9_7F4A_7C15_u64.rotate_left(i * 9).to_le_bytes()).collect();
    let jumps = [8, 0, 8, 0, 8, 0];
    let section = [&[128, 0x10], jumps.as_slice(), &streams].concat();
    let header = 2 | 3 << 2 | literals << 4 | (section.len() as u64) << 22;
    let block = [&header.to_le_bytes()[..5], &section, &[0]].concat();
    // Magic number, a window of 128 KiB.
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0, 7 << 3];
    for i in 1..=blocks {
        let header = u32::from(i == blocks) | 2 << 1 | (block.len() as u32) << 3;
        frame.extend_from_slice(&header.to_le_bytes()[..3]);
        frame.extend_from_slice(&block);
    }
    frame
}

#[test]
fn what_is_read_past_the_end_of_streams_repeats() {
    let frame = streams_that_end_early(5);
    let mut buffer = vec![0; LIMIT];
    let len = oracle(&frame, &mut buffer).unwrap();
    assert_eq!(len, 5 << 17);
    let mut output = Vec::new();
    decompress(&frame, &DecodeLimits::default(), &mut output).unwrap();
    assert!(output == buffer[..len]);
}
