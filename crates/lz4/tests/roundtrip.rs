//! Round trips, the oracle `lz4_flex` in both directions, and streams cut anywhere.

use std::io::{Read as _, Write as _};

use bytemill_lz4::{
    BlockSize, DecodeError, DecodeOptions, EncodeOptions, Encoder, Format, StreamDecoder,
    StreamEncoder, compress, decompress,
};
use proptest::prelude::*;

fn options() -> impl Strategy<Value = EncodeOptions> {
    let sizes = [BlockSize::Kib64, BlockSize::Kib256, BlockSize::Mib1, BlockSize::Mib4];
    (0..4_usize, any::<[bool; 5]>()).prop_map(move |(size, flags)| {
        let [block, independent_blocks, block_checksum, checksum, content_size] = flags;
        EncodeOptions {
            format: if block { Format::Block } else { Format::Frame },
            block_size: sizes[size],
            independent_blocks,
            block_checksum,
            checksum,
            content_size,
        }
    })
}

/// Runs of bytes, repetitions from near and far, and noise.
fn content() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        (any::<u8>(), 0..2000_usize).prop_map(|(byte, len)| (0, byte, len)),
        (any::<u8>(), 0..3000_usize).prop_map(|(byte, len)| (1, byte, len)),
        (any::<u8>(), 0..70_000_usize).prop_map(|(byte, len)| (2, byte, len)),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| {
        let mut bytes: Vec<u8> = Vec::new();
        let mut state = 0x9E37_79B9_u32;
        for (kind, byte, len) in pieces {
            match kind {
                0 => bytes.extend(std::iter::repeat_n(byte, len)),
                1 if !bytes.is_empty() => {
                    let from = bytes.len() * usize::from(byte) / 256;
                    let copy: Vec<u8> = bytes[from..].iter().copied().cycle().take(len).collect();
                    bytes.extend(copy);
                }
                _ => bytes.extend((0..len).map(|_| {
                    state ^= state << 13;
                    state ^= state >> 17;
                    state ^= state << 5;
                    (state & u32::from(byte)) as u8
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

fn reading(format: Format) -> DecodeOptions {
    DecodeOptions { format, ..DecodeOptions::default() }
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

fn streamed(input: &[u8], pieces: &[usize]) -> Result<Vec<u8>, DecodeError> {
    let mut decoder = StreamDecoder::new(&DecodeOptions::default());
    let (mut output, mut left) = (Vec::new(), input);
    for &len in pieces.iter().cycle() {
        let (piece, rest) = left.split_at(left.len().min(len));
        decoder.push(piece, &mut output)?;
        left = rest;
        if left.is_empty() {
            break;
        }
    }
    decoder.finish().map(|()| output)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn what_goes_in_comes_out(input in content(), options in options()) {
        let compressed = packed(&input, &options);
        prop_assert_eq!(&unpacked(&compressed, &reading(options.format)).unwrap(), &input);
        // Exactly the limit is enough, one less is not.
        let exact = DecodeOptions { max_output_bytes: input.len() as u64, ..reading(options.format) };
        prop_assert_eq!(unpacked(&compressed, &exact).map(|bytes| bytes.len()), Ok(input.len()));
        if !input.is_empty() {
            let limit = input.len() as u64 - 1;
            let short = DecodeOptions { max_output_bytes: limit, ..exact };
            prop_assert_eq!(unpacked(&compressed, &short), Err(DecodeError::OutputTooLarge { limit }));
        }
    }

    #[test]
    fn the_oracle_reads_what_we_write(input in content(), options in options()) {
        let compressed = packed(&input, &options);
        let theirs = match options.format {
            Format::Block => lz4_flex::block::decompress(&compressed, input.len()).unwrap(),
            Format::Frame => {
                let mut bytes = Vec::new();
                lz4_flex::frame::FrameDecoder::new(compressed.as_slice()).read_to_end(&mut bytes).unwrap();
                bytes
            }
        };
        prop_assert_eq!(theirs, input);
    }

    #[test]
    fn we_read_what_the_oracle_writes(input in content(), linked: bool, sums: bool) {
        use lz4_flex::frame::{BlockMode, FrameEncoder, FrameInfo};
        let block = lz4_flex::block::compress(&input);
        prop_assert_eq!(&unpacked(&block, &reading(Format::Block)).unwrap(), &input);
        let info = FrameInfo::new()
            .block_mode(if linked { BlockMode::Linked } else { BlockMode::Independent })
            .block_checksums(sums)
            .content_checksum(sums);
        let mut encoder = FrameEncoder::with_frame_info(info, Vec::new());
        encoder.write_all(&input).unwrap();
        let frame = encoder.finish().unwrap();
        prop_assert_eq!(&unpacked(&frame, &reading(Format::Frame)).unwrap(), &input);
    }

    #[test]
    fn an_encoder_does_not_remember(first in content(), second in content(), options in options()) {
        let mut encoder = Encoder::new();
        let mut output = Vec::new();
        encoder.compress(&first, &options, &mut output).unwrap();
        output.clear();
        encoder.compress(&second, &options, &mut output).unwrap();
        prop_assert_eq!(output, packed(&second, &options));
    }

    #[test]
    fn streams_may_be_cut_anywhere(
        input in content(),
        options in options(),
        pieces in proptest::collection::vec(1..90_000_usize, 1..6),
    ) {
        let options = EncodeOptions { content_size: false, format: Format::Frame, ..options };
        let whole = packed(&input, &options);
        let mut encoder = StreamEncoder::new(&options);
        let (mut frame, mut left) = (Vec::new(), input.as_slice());
        for &len in pieces.iter().cycle() {
            if left.is_empty() { break; }
            let (piece, rest) = left.split_at(left.len().min(len));
            encoder.push(piece, &mut frame).unwrap();
            left = rest;
        }
        encoder.finish(&mut frame).unwrap();
        prop_assert_eq!(&frame, &whole);
        prop_assert_eq!(&streamed(&whole, &pieces).unwrap(), &input);
        if whole.len() < 5000 {
            prop_assert_eq!(&streamed(&whole, &[1]).unwrap(), &input);
        }
    }

    #[test]
    fn flushed_content_can_be_read(input in content(), cut: prop::sample::Index) {
        let (first, second) = input.split_at(cut.index(input.len() + 1));
        let mut encoder = StreamEncoder::new(&EncodeOptions::default());
        let mut decoder = StreamDecoder::new(&DecodeOptions::default());
        let (mut frame, mut output) = (Vec::new(), Vec::new());
        encoder.push(first, &mut frame).unwrap();
        encoder.flush(&mut frame).unwrap();
        decoder.push(&frame, &mut output).unwrap();
        prop_assert_eq!(&output, first);
        frame.clear();
        encoder.push(second, &mut frame).unwrap();
        encoder.finish(&mut frame).unwrap();
        decoder.push(&frame, &mut output).unwrap();
        decoder.finish().unwrap();
        prop_assert_eq!(&output, &input);
    }

    #[test]
    fn damage_never_panics(
        input in content(),
        options in options(),
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut: prop::sample::Index,
    ) {
        let mut compressed = packed(&input, &options);
        for (at, byte) in changes {
            let at = at.index(compressed.len());
            compressed[at] = byte;
        }
        for bytes in [&compressed[..], &compressed[..cut.index(compressed.len())]] {
            let limits = DecodeOptions { max_output_bytes: 1 << 20, ..reading(options.format) };
            if let Ok(output) = unpacked(bytes, &limits) {
                prop_assert!(output.len() <= 1 << 20);
            }
            if options.format == Format::Frame {
                let whole = unpacked(bytes, &DecodeOptions::default());
                let pieces = streamed(bytes, &[1000]);
                match (whole, pieces) {
                    (Ok(whole), Ok(pieces)) => prop_assert_eq!(whole, pieces),
                    (whole, pieces) => prop_assert!(whole.is_err() && pieces.is_err()),
                }
            }
        }
    }
}

#[test]
fn every_prefix_of_a_frame_is_truncated() {
    let input: Vec<u8> = (0..3000_u32).map(|at| (at * at / 7) as u8).collect();
    let options = EncodeOptions { block_checksum: true, ..EncodeOptions::default() };
    let frame = packed(&input, &options);
    for cut in 0..frame.len() {
        let result = unpacked(&frame[..cut], &DecodeOptions::default());
        assert!(matches!(result, Err(DecodeError::Truncated { .. })), "{cut}: {result:?}");
        let result = streamed(&frame[..cut], &[7]);
        assert!(matches!(result, Err(DecodeError::Truncated { .. })), "{cut}: {result:?}");
    }
}

#[test]
fn a_bomb_stops_at_its_limit() {
    let zeros = vec![0; 64 << 20];
    let options = EncodeOptions { format: Format::Block, ..EncodeOptions::default() };
    let bomb = packed(&zeros, &options);
    assert!(bomb.len() < 300_000);
    for max_output_bytes in [0, 1, 1000, 1 << 20] {
        let limits = DecodeOptions { max_output_bytes, ..reading(Format::Block) };
        let mut output = Vec::new();
        let error = decompress(&bomb, &limits, &mut output).unwrap_err();
        assert_eq!(error, DecodeError::OutputTooLarge { limit: max_output_bytes });
        assert!(
            output.capacity() as u64 <= 2 * max_output_bytes + (256 << 10),
            "{max_output_bytes}"
        );
    }
    let limits = DecodeOptions { max_ratio: 100, ..reading(Format::Block) };
    assert_eq!(unpacked(&bomb, &limits), Err(DecodeError::RatioTooLarge { limit: 100 }));
}

#[test]
fn frames_follow_one_another_and_nothing_else_does() {
    let skippable = [&0x184D_2A53_u32.to_le_bytes()[..], &3_u32.to_le_bytes(), b"abc"].concat();
    let frame = packed(b"hello", &EncodeOptions::default());
    let all = [&skippable[..], &frame, &skippable, &frame].concat();
    assert_eq!(unpacked(&all, &DecodeOptions::default()), Ok(b"hellohello".to_vec()));
    assert_eq!(unpacked(&skippable, &DecodeOptions::default()), Ok(Vec::new()));
    let at = all.len() as u64;
    for tail in [&b"x"[..], b"1234", b"more than a magic number"] {
        let bytes = [&all, tail].concat();
        let refused = Err(DecodeError::Trailing { offset: at });
        assert_eq!(unpacked(&bytes, &DecodeOptions::default()), refused);
        assert_eq!(streamed(&bytes, &[3]), refused);
        let lenient = DecodeOptions { allow_trailing: true, ..DecodeOptions::default() };
        assert_eq!(unpacked(&bytes, &lenient), Ok(b"hellohello".to_vec()));
    }
}
