//! zlib-rs, a port of zlib, as the oracle: it reads what we write, we read what it writes, and of broken
//! input both think the same.
#![expect(clippy::unwrap_used, reason = "an encoder that fails fails the test")]

use std::io::{Read as _, Write as _};
use std::process::{Command, Stdio};

use bytemill_gzip::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, EncodeOptions, Encoder, Format,
    StreamDecoder,
};
use zlib_rs::{Deflate, DeflateFlush, Inflate, InflateFlush, Status};

const FORMATS: [Format; 3] = [Format::Gzip, Format::Zlib, Format::Raw];
const LIMIT: usize = 1 << 20;

fn window_bits(format: Format) -> (bool, u8) {
    match format {
        Format::Gzip => (true, 31),
        Format::Zlib => (true, 15),
        Format::Raw => (false, 15),
    }
}

/// What zlib makes of one input: all members of gzip, nothing behind the end.
fn theirs(format: Format, input: &[u8]) -> Option<Vec<u8>> {
    let (header, bits) = window_bits(format);
    let (mut output, mut rest) = (Vec::new(), input);
    loop {
        let mut inflate = Inflate::new(header, bits);
        let mut piece = vec![0; LIMIT];
        let Ok(Status::StreamEnd) = inflate.decompress(rest, &mut piece, InflateFlush::Finish)
        else {
            return None;
        };
        output.extend_from_slice(&piece[..inflate.total_out() as usize]);
        rest = &rest[inflate.total_in() as usize..];
        if rest.is_empty() {
            return Some(output);
        }
        if format != Format::Gzip {
            return None;
        }
    }
}

fn their_encoder(format: Format, level: i32, input: &[u8]) -> Vec<u8> {
    let (header, bits) = window_bits(format);
    let mut output = vec![0; input.len() * 2 + 1000];
    let mut deflate = Deflate::new(level, header, bits);
    let status = deflate.compress(input, &mut output, DeflateFlush::Finish).unwrap();
    assert_eq!(status, Status::StreamEnd);
    output.truncate(deflate.total_out() as usize);
    output
}

fn ours(decoder: &mut Decoder, format: Format, input: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let limits = DecodeLimits { max_output_bytes: LIMIT as u64, max_ratio: 0 };
    let options = DecodeOptions { format, limits, ..DecodeOptions::default() };
    let mut output = Vec::new();
    decoder.decompress(input, &options, &mut output).map(|()| output)
}

fn in_pieces(format: Format, input: &[u8], size: usize) -> Result<Vec<u8>, DecodeError> {
    let limits = DecodeLimits { max_output_bytes: LIMIT as u64, max_ratio: 0 };
    let options = DecodeOptions { format, limits, ..DecodeOptions::default() };
    let mut decoder = StreamDecoder::new(&options);
    let mut output = Vec::new();
    for piece in input.chunks(size) {
        decoder.push(piece, &mut output)?;
    }
    decoder.finish().map(|()| output)
}

struct Random(u32);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0 as usize % end
    }
}

fn samples() -> Vec<Vec<u8>> {
    let text = include_bytes!("../src/table.rs").as_slice();
    let mut random = Random(5);
    let noise = (0..3000).map(|_| random.below(256) as u8).collect();
    let few = (0..20_000).map(|_| b"acgt"[random.below(4)]).collect();
    let long = (0..400_000).map(|i| text[(i * 7 + random.below(3)) % text.len()]).collect();
    vec![Vec::new(), b"a".to_vec(), text.to_vec(), noise, few, vec![7; 70_000], long]
}

#[test]
fn each_reads_the_other() {
    let (mut encoder, mut decoder) = (Encoder::new(), Decoder::new());
    for sample in samples() {
        for format in FORMATS {
            for level in 0..=9 {
                let options = EncodeOptions { format, level, ..EncodeOptions::default() };
                let mut packed = Vec::new();
                encoder.compress(&sample, &options, &mut packed).unwrap();
                assert!(theirs(format, &packed).as_ref() == Some(&sample), "{format:?} {level}");
                let packed = their_encoder(format, i32::from(level), &sample);
                assert!(ours(&mut decoder, format, &packed).as_ref() == Ok(&sample));
                assert!(in_pieces(format, &packed, 1000).as_ref() == Ok(&sample));
            }
        }
    }
}

#[test]
fn six_thousand_broken_streams_get_the_same_verdict() {
    let mut decoder = Decoder::new();
    let mut random = Random(2026);
    let (mut accepted, mut refused) = (0, 0);
    let samples = samples();
    let streams: Vec<(Format, Vec<u8>)> = FORMATS
        .iter()
        .flat_map(|&format| {
            samples[1..6].iter().zip([6, 9, 1, 6, 6]).map(move |(sample, level)| {
                (format, their_encoder(format, level, &sample[..sample.len().min(5000)]))
            })
        })
        .collect();
    for round in 0..6000 {
        let (format, whole) = &streams[round % streams.len()];
        let mut broken = whole.clone();
        for _ in 0..=random.below(3) {
            let at = random.below(broken.len());
            match random.below(4) {
                0 => broken[at] ^= 1 << random.below(8),
                1 => broken[at] = random.below(256) as u8,
                2 => broken.truncate(at + 1),
                _ => broken.insert(at, random.below(256) as u8),
            }
        }
        let expected = theirs(*format, &broken);
        let result = ours(&mut decoder, *format, &broken);
        assert!(result.as_ref().ok() == expected.as_ref(), "round {round}: {result:?}");
        let size = 1 + random.below(40);
        let streamed = in_pieces(*format, &broken, size);
        assert!(streamed.as_ref().ok() == expected.as_ref(), "round {round}: {streamed:?}");
        if result.is_ok() {
            accepted += 1;
        } else {
            refused += 1;
        }
    }
    assert!(accepted > 100 && refused > 3000, "{accepted} accepted, {refused} refused");
}

#[test]
fn dictionaries_are_those_of_zlib() {
    let sample = &samples()[2];
    let dictionary = &sample[1000..5000];
    let options = EncodeOptions {
        format: Format::Zlib,
        dictionary: Some(dictionary),
        ..EncodeOptions::default()
    };
    let mut packed = Vec::new();
    Encoder::new().compress(sample, &options, &mut packed).unwrap();
    let mut inflate = Inflate::new(true, 15);
    let mut output = vec![0; sample.len()];
    let first = inflate.decompress(&packed, &mut output, InflateFlush::NoFlush);
    assert!(first.is_err(), "needs the dictionary");
    inflate.set_dictionary(dictionary).unwrap();
    let used = inflate.total_in() as usize;
    inflate.decompress(&packed[used..], &mut output, InflateFlush::Finish).unwrap();
    assert!(output == *sample);
}

/// What the gzip tool makes of some input; nothing where it is not installed.
fn tool(argument: &str, input: &[u8]) -> Option<Vec<u8>> {
    let mut child = Command::new("gzip")
        .args([argument, "-c"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .ok()?;
    let mut stdin = child.stdin.take()?;
    let input = input.to_vec();
    let writer = std::thread::spawn(move || stdin.write_all(&input).is_ok());
    let mut output = Vec::new();
    child.stdout.take()?.read_to_end(&mut output).ok()?;
    (writer.join().ok()? && child.wait().ok()?.success()).then_some(output)
}

#[test]
fn the_gzip_tool_and_we_read_each_other() {
    if tool("-1", b"").is_none() {
        println!("skipped: there is no gzip here");
        return;
    }
    for sample in samples() {
        for (level, argument) in [(1, "-1"), (6, "-6"), (9, "-9")] {
            let options = EncodeOptions { level, name: Some(b"a"), ..EncodeOptions::default() };
            let mut packed = Vec::new();
            Encoder::new().compress(&sample, &options, &mut packed).unwrap();
            assert!(tool("-d", &packed).as_ref() == Some(&sample), "level {level}");
            let packed = tool(argument, &sample).unwrap();
            assert!(ours(&mut Decoder::new(), Format::Gzip, &packed).as_ref() == Ok(&sample));
        }
    }
}
