//! Dictionaries on the encoder's side: kept from message to message, and in streams.

#![expect(clippy::unwrap_used, reason = "what does not decode fails the test")]

use bytemill_zstd::{
    DecodeError, DecodeOptions, Decoder, Dictionary, EncodeOptions, Encoder, StreamDecoder,
    StreamEncoder, StreamOptions, compress, frame_info,
};
use std::sync::Arc;

fn samples() -> Vec<Vec<u8>> {
    (0..2000_u32)
        .map(|i| {
            let a = i.wrapping_mul(2_654_435_761) >> 12;
            format!(
                "{{\"id\":{i},\"user\":\"user-{a}\",\"role\":\"{}\",\"score\":{},\"active\":{}}}",
                ["admin", "guest", "member"][(i % 3) as usize],
                a % 1000,
                i % 17 > 4
            )
            .into_bytes()
        })
        .collect()
}

/// A trained one and one without tables.
fn dictionaries() -> Vec<Vec<u8>> {
    let samples = samples();
    vec![zstd::dict::from_samples(&samples, 16 << 10).unwrap(), samples[..400].concat()]
}

fn decode(frame: &[u8], dictionary: &[u8], content: &[u8]) {
    let mut theirs = zstd::bulk::Decompressor::with_dictionary(dictionary).unwrap();
    assert!(theirs.decompress(frame, content.len()).unwrap() == content, "libzstd");
    let parsed = Dictionary::parse(dictionary).unwrap();
    let options = DecodeOptions { dictionary: Some(&parsed), ..DecodeOptions::default() };
    let mut output = Vec::new();
    Decoder::new().decompress(frame, &options, &mut output).unwrap();
    assert!(output == content, "ours");
}

fn streamed(content: &[u8], options: &EncodeOptions<'_>, piece: usize) -> Vec<u8> {
    let mut frame = Vec::new();
    let mut stream = StreamEncoder::new(options, None).unwrap();
    for piece in content.chunks(piece) {
        stream.push(piece, &mut frame).unwrap();
    }
    stream.finish(&mut frame).unwrap();
    frame
}

#[test]
fn what_is_kept_makes_no_difference() {
    let samples = samples();
    let dictionaries = dictionaries();
    let parsed: Vec<_> =
        dictionaries.iter().map(|bytes| Dictionary::parse(bytes).unwrap()).collect();
    for level in [-5, 1, 3, 5, 7, 9, 12, 13, 16, 19] {
        let mut encoder = Encoder::new();
        for i in 0..40 {
            // From nothing to more than what dictionaries are kept for.
            let sizes = [0, 1, 3, 40, 500];
            let message = samples[i * 7..][..sizes[i % 5]].concat();
            let message = if i == 39 { message.repeat(8) } else { message };
            let at = i / 3 % 2;
            let options = EncodeOptions {
                level,
                checksum: i % 2 == 0,
                content_size: i % 7 > 0,
                dictionary: Some(&parsed[at]),
                ..EncodeOptions::default()
            };
            let (mut kept, mut new) = (Vec::new(), Vec::new());
            encoder.compress(&message, &options, &mut kept).unwrap();
            compress(&message, &options, &mut new).unwrap();
            assert!(kept == new, "level {level}, message {i}");
            decode(&kept, &dictionaries[at], &message);
            if i % 5 == 1 {
                let most = message.len() / 2 + 20;
                assert!(kept.len() < most, "level {level}: {} of {}", kept.len(), message.len());
            }
        }
    }
}

#[test]
fn streams_take_dictionaries() {
    let samples = samples();
    for bytes in dictionaries() {
        let dictionary = Dictionary::parse(&bytes).unwrap();
        for level in [-3, 1, 3, 6, 13, 19] {
            for (window_log, count) in [(0, 3), (0, 800), (12, 500), (0, 0)] {
                let content = samples[..count].concat();
                let options = EncodeOptions {
                    level,
                    window_log,
                    checksum: true,
                    dictionary: Some(&dictionary),
                    ..EncodeOptions::default()
                };
                let whole = streamed(&content, &options, usize::MAX);
                assert_eq!(frame_info(&whole).unwrap().dictionary_id, dictionary.id());
                decode(&whole, &bytes, &content);
                assert!(whole == streamed(&content, &options, 10));
                assert!(whole == streamed(&content, &options, 1000));
                if count == 3 {
                    assert!(whole.len() < 150, "level {level}: {}", whole.len());
                }

                let dictionary = Some(Arc::new(dictionary.clone()));
                let mut stream =
                    StreamDecoder::new(StreamOptions { dictionary, ..StreamOptions::default() });
                let mut output = Vec::new();
                for piece in whole.chunks(77) {
                    stream.push(piece, &mut output).unwrap();
                }
                stream.finish().unwrap();
                assert!(output == content);
            }
        }
    }
}

#[test]
fn a_stream_wants_the_dictionary_that_it_was_made_with() {
    let samples = samples();
    let bytes = &dictionaries()[0];
    let dictionary = Dictionary::parse(bytes).unwrap();
    let id = dictionary.id();
    let options =
        EncodeOptions { dictionary: Some(&dictionary), checksum: true, ..EncodeOptions::default() };
    let frame = streamed(&samples.concat(), &options, 1000);
    let run = |dictionary: Option<Dictionary>| {
        let dictionary = dictionary.map(Arc::new);
        let mut stream =
            StreamDecoder::new(StreamOptions { dictionary, ..StreamOptions::default() });
        let mut output = Vec::new();
        frame.chunks(3).try_for_each(|piece| stream.push(piece, &mut output))
    };
    assert_eq!(run(None), Err(DecodeError::DictionaryRequired { id }));
    let raw = Dictionary::parse(b"bytes of no dictionary").unwrap();
    assert_eq!(run(Some(raw)), Err(DecodeError::DictionaryMismatch { id, given: 0 }));
    assert_eq!(run(Some(dictionary)), Ok(()));
    let mut other = bytes.clone();
    other[4] ^= 1;
    let other = Dictionary::parse(&other).unwrap();
    let given = other.id();
    assert_eq!(run(Some(other)), Err(DecodeError::DictionaryMismatch { id, given }));
}

#[test]
fn far_repetitions_and_a_dictionary() {
    let bytes = &dictionaries()[0];
    let dictionary = Dictionary::parse(bytes).unwrap();
    let content = samples().concat();
    let options = EncodeOptions {
        dictionary: Some(&dictionary),
        long_distance: true,
        ..EncodeOptions::default()
    };
    let mut frame = Vec::new();
    compress(&content, &options, &mut frame).unwrap();
    decode(&frame, bytes, &content);
    decode(&streamed(&content, &options, 999), bytes, &content);
}
