//! Dictionaries, limits, trailing bytes, headers and spans.

use bytemill_zstd::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, Dictionary, StreamDecoder, StreamOptions,
    decompress, frame_info, frame_spans,
};
use std::sync::Arc;

fn samples() -> Vec<Vec<u8>> {
    (0..2000_u32)
        .map(|i| {
            let (a, b) = (i.wrapping_mul(2_654_435_761) >> 12, i % 17);
            format!(
                "{{\"id\":{i},\"user\":\"user-{a}\",\"role\":\"{}\",\"score\":{},\"active\":{}}}",
                ["admin", "guest", "member"][(i % 3) as usize],
                a % 1000,
                b > 4
            )
            .into_bytes()
        })
        .collect()
}

fn with(dictionary: &Dictionary) -> DecodeOptions<'_> {
    DecodeOptions { dictionary: Some(dictionary), ..DecodeOptions::default() }
}

#[test]
fn dictionaries_of_both_kinds() {
    let samples = samples();
    let trained = zstd::dict::from_samples(&samples, 16 << 10).unwrap();
    let raw = samples[..40].concat();
    let mut decoder = Decoder::new();
    for bytes in [trained.as_slice(), &raw] {
        let dictionary = Dictionary::parse(bytes).unwrap();
        for level in [1, 3, 9, 19] {
            let mut encoder = zstd::bulk::Compressor::with_dictionary(level, bytes).unwrap();
            encoder.include_checksum(true).unwrap();
            for sample in samples.iter().step_by(37).chain([&samples.concat()]) {
                let frame = encoder.compress(sample).unwrap();
                let mut output = Vec::new();
                decoder.decompress(&frame, &with(&dictionary), &mut output).unwrap();
                assert!(output == *sample);

                let dictionary = Some(Arc::new(dictionary.clone()));
                let mut stream =
                    StreamDecoder::new(StreamOptions { dictionary, ..StreamOptions::default() });
                output.clear();
                for piece in frame.chunks(100) {
                    stream.push(piece, &mut output).unwrap();
                }
                stream.finish().unwrap();
                assert!(output == *sample);
            }
        }
    }
}

#[test]
fn another_dictionary_is_an_error_of_its_own() {
    let samples = samples();
    let trained = zstd::dict::from_samples(&samples, 8 << 10).unwrap();
    let dictionary = Dictionary::parse(&trained).unwrap();
    let id = dictionary.id();
    assert_ne!(id, 0);
    let frame = zstd::bulk::Compressor::with_dictionary(3, &trained)
        .unwrap()
        .compress(&samples[5])
        .unwrap();
    assert_eq!(frame_info(&frame).unwrap().dictionary_id, id);
    let mut output = Vec::new();
    let result = decompress(&frame, &DecodeLimits::default(), &mut output);
    assert_eq!(result, Err(DecodeError::DictionaryRequired { id }));
    let raw = Dictionary::parse(b"not a dictionary with tables").unwrap();
    let result = Decoder::new().decompress(&frame, &with(&raw), &mut output);
    assert_eq!(result, Err(DecodeError::DictionaryMismatch { id, given: 0 }));
    // A frame that names none takes any.
    let plain = zstd::bulk::compress(b"no dictionary was used", 3).unwrap();
    Decoder::new().decompress(&plain, &with(&dictionary), &mut output).unwrap();
    assert_eq!(output, b"no dictionary was used");
}

#[test]
fn damaged_dictionaries_have_libzstds_verdict() {
    let samples = samples();
    let trained = zstd::dict::from_samples(&samples, 4 << 10).unwrap();
    let frame = zstd::bulk::Compressor::with_dictionary(3, &trained)
        .unwrap()
        .compress(&samples[5])
        .unwrap();
    let mut state = 1_u32;
    let mut both = 0;
    for case in 0..3000 {
        let mut bytes = trained.clone();
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        if case % 10 == 9 {
            bytes.truncate(4 + (state >> 20) as usize % 300);
        } else {
            let at = 8 + (state >> 8) as usize % 200;
            bytes[at.min(trained.len() - 1)] ^= 1 << (state >> 29);
        }
        let mut theirs = vec![0; 1000];
        let mut context = zstd::bulk::Decompressor::with_dictionary(&bytes);
        let theirs = context
            .as_mut()
            .ok()
            .and_then(|context| context.decompress_to_buffer(&frame, &mut theirs).ok())
            .map(|len| theirs[..len].to_vec());
        let mut output = Vec::new();
        let ours = Dictionary::parse(&bytes).and_then(|dictionary| {
            Decoder::new().decompress(&frame, &with(&dictionary), &mut output)
        });
        match (ours, theirs) {
            (Ok(()), Some(theirs)) => {
                assert!(output == theirs, "case {case}");
                both += 1;
            }
            (Err(_), None) => {}
            (ours, theirs) => panic!("case {case}: {ours:?} {}", theirs.is_some()),
        }
    }
    assert!(both > 100, "{both}");
}

#[test]
fn ratio_and_size_limits_are_exact() {
    let content = vec![b'z'; 100_000];
    let frame = zstd::bulk::compress(&content, 3).unwrap();
    let run = |limits: DecodeLimits| {
        let mut output = b"kept".to_vec();
        let result = decompress(&frame, &limits, &mut output);
        assert_eq!(output.len(), if result.is_ok() { 100_004 } else { 4 });
        result
    };
    let sized = |max_output_bytes| DecodeLimits { max_output_bytes, ..DecodeLimits::default() };
    assert_eq!(run(sized(100_000)), Ok(()));
    assert_eq!(run(sized(99_999)), Err(DecodeError::OutputTooLarge { limit: 99_999 }));
    let ratio = |max_ratio| DecodeLimits { max_ratio, ..DecodeLimits::default() };
    let exact = 100_000_u64.div_ceil(frame.len() as u64);
    assert_eq!(run(ratio(exact)), Ok(()));
    assert_eq!(run(ratio(exact - 1)), Err(DecodeError::RatioTooLarge { limit: exact - 1 }));
}

#[test]
fn trailing_bytes_are_ignored_only_if_told() {
    let input = [zstd::bulk::compress(b"content", 3).unwrap(), b"junk".to_vec()].concat();
    let lax = DecodeOptions { allow_trailing: true, ..DecodeOptions::default() };
    let mut output = Vec::new();
    Decoder::new().decompress(&input, &lax, &mut output).unwrap();
    assert_eq!(output, b"content");
    assert!(Decoder::new().decompress(&input, &DecodeOptions::default(), &mut output).is_err());
    assert!(Decoder::new().decompress(b"junk", &lax, &mut output).is_err());
}

#[test]
fn a_claimed_size_reserves_nothing() {
    // A single segment of 200 MiB, of which 3 bytes are there.
    let mut frame = vec![0x28, 0xB5, 0x2F, 0xFD, 0xA0];
    frame.extend_from_slice(&(200_u32 << 20).to_le_bytes());
    frame.extend_from_slice(&[25, 0, 0, b'a', b'b', b'c']);
    let limits = DecodeLimits { max_window_bytes: u64::MAX, ..DecodeLimits::default() };
    let mut output = Vec::new();
    let result = decompress(&frame, &limits, &mut output);
    let declared = 200 << 20;
    assert_eq!(result, Err(DecodeError::ContentSize { offset: 0, declared, actual: 3 }));
    assert!(output.capacity() < 10_000, "{}", output.capacity());
}

#[test]
fn headers_and_spans() {
    let one = zstd::bulk::compress(b"one", 3).unwrap();
    let info = frame_info(&one[..one.len() - 3]).unwrap();
    assert_eq!((info.content_size, info.window_size, info.checksum), (Some(3), 3, false));
    assert_eq!(info.header_len, 6);
    let skippable = b"\x5A\x2A\x4D\x18\x03\0\0\0abc";
    assert!(frame_info(skippable).unwrap().skippable);
    assert!(matches!(frame_info(&one[..5]), Err(DecodeError::Truncated { offset: 0 })));

    let streamed = zstd::stream::encode_all(b"two".repeat(100_000).as_slice(), 3).unwrap();
    let input = [one.as_slice(), skippable, &streamed].concat();
    let spans = frame_spans(&input, &DecodeLimits::default()).unwrap();
    let ends: Vec<_> = spans.iter().map(|span| (span.start, span.end)).collect();
    let (a, b) = (one.len(), one.len() + skippable.len());
    assert_eq!(ends, [(0, a), (a, b), (b, input.len())]);
    assert_eq!(spans[0].content_size, Some(3));
    assert!(spans[1].skippable && !spans[2].skippable);
    assert_eq!(spans[2].content_size, None);
    assert!(spans[2].max_content_size >= 300_000);
    let mut output = Vec::new();
    let last = &input[spans[2].start..spans[2].end];
    decompress(last, &DecodeLimits::default(), &mut output).unwrap();
    assert_eq!(output.len(), 300_000);
}
