//! Trained dictionaries: C zstd and ruzstd take them, they are about as good as those of C's trainer, and bad samples are
//! refused.
#![expect(clippy::unwrap_used, reason = "what cannot be made fails the test")]

mod kinds;

use bytemill_zstd::{
    DecodeOptions, Decoder, Dictionary, EncodeOptions, Encoder, TrainError, TrainOptions, train,
};
use kinds::{Random, html, json, log, record, samples};

fn trained(samples: &[Vec<u8>], options: &TrainOptions) -> Result<Vec<u8>, TrainError> {
    let lengths: Vec<u32> = samples.iter().map(|sample| sample.len() as u32).collect();
    train(&samples.concat(), &lengths, options)
}

fn of_size(max_bytes: usize) -> TrainOptions {
    TrainOptions { max_bytes, ..TrainOptions::default() }
}

/// Sum of the sizes of messages with a dictionary, by C zstd.
fn theirs(dictionary: &[u8], messages: &[Vec<u8>]) -> usize {
    let mut compressor = zstd::bulk::Compressor::with_dictionary(3, dictionary).unwrap();
    messages.iter().map(|message| compressor.compress(message).unwrap().len()).sum()
}

/// The same by this crate.
fn ours(dictionary: &[u8], messages: &[Vec<u8>]) -> usize {
    let dictionary = Dictionary::parse(dictionary).unwrap();
    let options = EncodeOptions { dictionary: Some(&dictionary), ..EncodeOptions::default() };
    let mut encoder = Encoder::new();
    let sizes = messages.iter().map(|message| {
        let mut frame = Vec::new();
        encoder.compress(message, &options, &mut frame).unwrap();
        frame.len()
    });
    sizes.sum()
}

#[test]
fn unseen_messages_become_about_as_small_as_with_cs_trainer() {
    type Kind = fn(&mut Random) -> Vec<u8>;
    let kinds: [(&str, Kind, usize); 4] =
        [("json", json, 3000), ("log", log, 5000), ("html", html, 800), ("record", record, 5000)];
    for (name, kind, count) in kinds {
        let all = samples(kind, count + 200, 1);
        let (seen, unseen) = all.split_at(count);
        for size in [4 << 10, 32 << 10] {
            let mine = trained(seen, &of_size(size)).unwrap();
            let other = zstd::dict::from_samples(seen, size).unwrap();
            assert!(mine.len() <= size);
            for (by, sizes) in [
                ("C", [&mine, &other].map(|dictionary| theirs(dictionary, unseen))),
                ("us", [&mine, &other].map(|dictionary| ours(dictionary, unseen))),
            ] {
                #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^53")]
                let ratio = sizes[0] as f64 / sizes[1] as f64;
                println!("{name} {size} by {by}: {ratio:.4}");
                assert!(ratio < 1.04, "{name}, {size}, compressed by {by}: {ratio} of C's trainer");
            }
        }
    }
}

#[test]
fn every_decoder_reads_what_was_compressed_with_it() {
    let all = samples(json, 640, 5);
    let (seen, messages) = all.split_at(600);
    for level in [-7, 1, 3, 7, 13, 19] {
        let options = TrainOptions { level, ..of_size(10 << 10) };
        let bytes = trained(seen, &options).unwrap();
        let dictionary = Dictionary::parse(&bytes).unwrap();
        let encode =
            EncodeOptions { level, dictionary: Some(&dictionary), ..EncodeOptions::default() };
        let decode = DecodeOptions { dictionary: Some(&dictionary), ..DecodeOptions::default() };
        let mut their_encoder = zstd::bulk::Compressor::with_dictionary(level, &bytes).unwrap();
        let mut their_decoder = zstd::bulk::Decompressor::with_dictionary(&bytes).unwrap();
        let parsed = ruzstd::decoding::Dictionary::decode_dict(&bytes).unwrap();
        assert_eq!(parsed.id, dictionary.id());
        let mut ruzstd = ruzstd::decoding::FrameDecoder::new();
        ruzstd.add_dict(parsed).unwrap();
        for message in messages {
            let mut frame = Vec::new();
            Encoder::new().compress(message, &encode, &mut frame).unwrap();
            assert!(frame.len() < message.len() / 2, "{} of {}", frame.len(), message.len());
            assert!(their_decoder.decompress(&frame, message.len()).unwrap() == *message);
            let mut output = Vec::with_capacity(message.len());
            ruzstd.decode_all_to_vec(&frame, &mut output).unwrap();
            assert!(output == *message, "ruzstd");
            let frame = their_encoder.compress(message).unwrap();
            let mut output = Vec::new();
            Decoder::new().decompress(&frame, &decode, &mut output).unwrap();
            assert!(output == *message);
        }
    }
}

#[test]
fn ids_come_from_the_content_unless_given() {
    let seen = samples(log, 400, 3);
    let bytes = trained(&seen, &of_size(4096)).unwrap();
    assert_eq!(bytes, trained(&seen, &of_size(4096)).unwrap(), "the same on every run");
    let id = Dictionary::parse(&bytes).unwrap().id();
    assert!((32_768..1 << 31).contains(&id), "{id}");
    for id in [1, 300, u32::MAX] {
        let given = trained(&seen, &TrainOptions { id, ..of_size(4096) }).unwrap();
        assert_eq!(Dictionary::parse(&given).unwrap().id(), id);
        assert_eq!(given[8..], bytes[8..], "nothing else differs");
    }
}

#[test]
fn samples_of_all_shapes() {
    let mut random = Random::new(9);
    let noise: Vec<Vec<u8>> =
        (0..64).map(|_| (0..300).map(|_| random.below(256) as u8).collect()).collect();
    let equal = vec![b"all of them are the same message".to_vec(); 64];
    let zeros = vec![vec![0; 5000]; 20];
    let mut some_empty = samples(record, 50, 2);
    some_empty.extend([vec![], b"x".to_vec(), vec![0; 7]]);
    let few = samples(html, 8, 4);
    let large = vec![b"a page that repeats itself; ".repeat(12_000); 9];
    let text: Vec<u8> = (0..=255).collect();
    let flat: Vec<Vec<u8>> = (0..200).map(|at| [&text[at..], &text[..at]].concat()).collect();
    for (name, samples) in [
        ("noise", noise),
        ("equal", equal),
        ("zeros", zeros),
        ("some empty", some_empty),
        ("few", few),
        ("large", large),
        ("flat", flat),
    ] {
        for max_bytes in [512, 700, 20_000] {
            for level in [-3, 3, 19] {
                let options = TrainOptions { level, ..of_size(max_bytes) };
                let bytes = trained(&samples, &options).unwrap();
                assert!(bytes.len() <= max_bytes, "{name}: {} of {max_bytes}", bytes.len());
                assert!(Dictionary::parse(&bytes).unwrap().content().len() >= 8, "{name}");
                let mut encoder = zstd::bulk::Compressor::with_dictionary(3, &bytes).unwrap();
                let mut decoder = zstd::bulk::Decompressor::with_dictionary(&bytes).unwrap();
                for sample in samples.iter().take(10) {
                    let frame = encoder.compress(sample).unwrap();
                    assert!(decoder.decompress(&frame, sample.len()).unwrap() == *sample, "{name}");
                }
            }
        }
    }
}

#[test]
fn what_cannot_be_learned_from_is_refused() {
    let seen = samples(log, 100, 3);
    let few = trained(&seen[..7], &of_size(4096)).unwrap_err();
    assert_eq!(few, TrainError::Samples { of_use: 7, all: 7 });
    assert_eq!(
        few.to_string(),
        "expected at least 8 samples of 8 bytes or more, got 7 among 7 samples"
    );
    let short = vec![b"1234567".to_vec(); 100];
    let short = trained(&short, &of_size(4096));
    assert_eq!(short, Err(TrainError::Samples { of_use: 0, all: 100 }));
    assert_eq!(trained(&[], &of_size(4096)), Err(TrainError::Samples { of_use: 0, all: 0 }));
    for max_bytes in [0, 511, (64 << 20) + 1] {
        let refused = trained(&seen, &of_size(max_bytes));
        assert_eq!(refused, Err(TrainError::MaxBytes { max_bytes }));
    }
    for level in [-8, 20] {
        let refused = trained(&seen, &TrainOptions { level, ..of_size(4096) });
        assert_eq!(refused, Err(TrainError::Level { level }));
    }
    let refused = train(b"abc", &[u32::MAX, 5], &of_size(4096));
    assert_eq!(refused, Err(TrainError::Lengths { total: (1 << 32) + 4, content: 3 }));
}
