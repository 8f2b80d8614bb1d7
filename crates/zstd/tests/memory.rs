//! How much memory a decoder reserves for what comes out: what is there, not twice as much, whatever headers say.

#![expect(clippy::unwrap_used, reason = "what does not decode fails the test")]

use bytemill_zstd::{DecodeError, DecodeLimits, DecodeOptions, Decoder, Dictionary, decompress};

fn limits(max_output_bytes: u64) -> DecodeLimits {
    DecodeLimits { max_output_bytes, ..DecodeLimits::default() }
}

/// A frame without a declared size, as streams make them.
fn streamed(content: &[u8], level: i32) -> Vec<u8> {
    zstd::stream::encode_all(content, level).unwrap()
}

#[test]
fn output_out_of_proportion_is_reserved_exactly() {
    let lines = b"one line of a log, which is always the same\n".repeat(500_000);
    let mut patches = lines.clone();
    for at in (0..patches.len()).step_by(3001) {
        patches[at] = at as u8;
    }
    let zeros = vec![0; 33 << 20];
    for (content, levels) in [(&lines, &[1, 3, 19][..]), (&patches, &[1, 9]), (&zeros, &[3])] {
        for &level in levels {
            let frame = streamed(content, level);
            assert!(frame.len() * 32 < content.len(), "{} bytes", frame.len());
            let mut output = Vec::new();
            decompress(&frame, &limits(content.len() as u64), &mut output).unwrap();
            assert!(output == *content);
            assert!(output.capacity() < content.len() + 100, "{}", output.capacity());

            // A byte less than it needs: refused, and nothing was reserved for it.
            let limit = content.len() as u64 - 1;
            let mut output = Vec::new();
            let result = decompress(&frame, &limits(limit), &mut output);
            assert_eq!(result, Err(DecodeError::OutputTooLarge { limit }));
            assert_eq!(output.capacity(), 0);
        }
    }
}

#[test]
fn proportionate_output_takes_no_more_than_its_blocks() {
    let mut state = 1_u32;
    let content: Vec<u8> = (0..3_000_000)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b"etaoinshrdlu etaoin\n"[(state >> 24) as usize % 20]
        })
        .collect();
    let frame = streamed(&content, 3);
    let mut output = Vec::new();
    decompress(&frame, &DecodeLimits::default(), &mut output).unwrap();
    assert!(output == content);
    assert!(output.capacity() < content.len() + (128 << 10) + 100, "{}", output.capacity());
}

#[test]
fn many_frames_share_one_reservation() {
    let one = vec![b'x'; 2_000_000];
    let frames = streamed(&one, 3).repeat(20);
    let mut output = Vec::new();
    decompress(&frames, &DecodeLimits::default(), &mut output).unwrap();
    assert_eq!(output.len(), 40_000_000);
    assert!(output.capacity() < 40_000_100, "{}", output.capacity());
    let mut output = Vec::new();
    let result = decompress(&frames, &limits(39_999_999), &mut output);
    assert_eq!(result, Err(DecodeError::OutputTooLarge { limit: 39_999_999 }));
    assert_eq!(output.capacity(), 0);
}

#[test]
fn what_cannot_be_measured_is_decoded_as_far_as_it_goes() {
    let content = b"forty-two bytes that come again and again.".repeat(40_000);
    let frame = streamed(&content, 3);
    let mut refused = 0;
    for at in 8..frame.len() {
        let mut damaged = frame.clone();
        damaged[at] ^= 0x55;
        let mut output = Vec::new();
        let ours = decompress(&damaged, &limits(2 << 20), &mut output).map(|()| output);
        let theirs = zstd::bulk::decompress(&damaged, 2 << 20);
        match (ours, theirs) {
            (Ok(ours), Ok(theirs)) => assert!(ours == theirs, "byte {at}"),
            (Err(_), Err(_)) => refused += 1,
            (ours, theirs) => panic!("byte {at}: {:?} {:?}", ours.is_ok(), theirs.is_ok()),
        }
    }
    assert!(refused > frame.len() / 4, "{refused} of {}", frame.len());
}

#[test]
fn tables_of_a_dictionary_count_too() {
    let samples: Vec<Vec<u8>> =
        (0..1500).map(|i| format!("{{\"number\":{i},\"half\":{}}}", i / 2).into_bytes()).collect();
    let bytes = zstd::dict::from_samples(&samples, 8 << 10).unwrap();
    let dictionary = Dictionary::parse(&bytes).unwrap();
    let content = samples[7].repeat(200_000);
    let frame =
        zstd::bulk::Compressor::with_dictionary(3, &bytes).unwrap().compress(&content).unwrap();
    let options = DecodeOptions { dictionary: Some(&dictionary), ..DecodeOptions::default() };
    let mut output = Vec::new();
    Decoder::new().decompress(&frame, &options, &mut output).unwrap();
    assert!(output == content);
    assert!(output.capacity() < content.len() + 100, "{}", output.capacity());
}
