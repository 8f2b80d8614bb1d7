//! Damaged frames against C zstd, in one call: the same verdict and the same bytes.
//!
//! One difference is known and meant, and only frames without a checksum show it: RFC 8878 (4.2.2) calls a
//! Huffman stream corrupt that does not end exactly where it should. On 64-bit hosts libzstd does not look after
//! its fast loop over four streams, and its decoder of two symbols at once allows a last code that is cut off.
//! Built without the two (`HUF_DISABLE_FAST_DECODE`, `HUF_FORCE_DECOMPRESS_X1`), libzstd agrees on every case.
#![expect(clippy::unwrap_used, reason = "a frame that C does not make fails the test")]

use bytemill_zstd::{DecodeError, DecodeLimits, decompress};

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

fn oracle(frame: &[u8], buffer: &mut [u8]) -> Option<usize> {
    zstd::zstd_safe::decompress(buffer, frame).ok()
}

#[test]
fn damaged_frames_have_libzstds_verdict() {
    let mut random = Random(0x5EED_0F2A_57D0_0001);
    let frames = frames(&mut random);
    let limits = DecodeLimits {
        max_output_bytes: LIMIT as u64,
        max_window_bytes: u64::MAX,
        ..DecodeLimits::default()
    };
    let mut buffer = vec![0; LIMIT];
    let (mut accepted, mut lenient, mut differences) = (0, 0, Vec::new());
    for case in 0..12_000 {
        let frame = &frames[case % frames.len()];
        let damaged = damage(frame, &mut random);
        let mut output = Vec::new();
        let ours = decompress(&damaged, &limits, &mut output);
        match (ours, oracle(&damaged, &mut buffer)) {
            (Ok(()), Some(len)) if output == buffer[..len] => accepted += 1,
            (Ok(()), Some(_)) => differences.push(format!("{case}: other bytes")),
            (Ok(()), None) => differences.push(format!("{case}: false accept")),
            (
                Err(DecodeError::Invalid {
                    expected: "Huffman streams that end with their literals",
                    ..
                }),
                Some(_),
            ) => lenient += 1,
            (Err(error), Some(len)) => {
                differences.push(format!("{case}: false reject of {len} bytes: {error}"));
            }
            (Err(_), None) => {}
        }
    }
    println!("{accepted} accepted by both, {lenient} only by libzstd because of Huffman streams");
    assert!(differences.is_empty(), "{}:\n{}", differences.len(), differences.join("\n"));
    assert!(accepted > 500, "{accepted}");
}
