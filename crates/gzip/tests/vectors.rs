//! `test/vectors/gzip`: what the JavaScript suite checks too.
#![expect(clippy::unwrap_used, reason = "a manifest that does not parse fails the test")]

use std::fs;
use std::path::PathBuf;

use bytemill_gzip::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, EncodeError, EncodeOptions, Encoder, Format,
    StreamDecoder, gzip_header,
};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../test/vectors/gzip")
}

fn input(case: &Value) -> Vec<u8> {
    match &case["input"] {
        Value::String(file) => fs::read(folder().join(file)).unwrap(),
        pattern => (0..pattern["length"].as_u64().unwrap()).map(|i| (i % 251) as u8).collect(),
    }
}

fn format(case: &Value) -> Format {
    match case["options"]["format"].as_str() {
        Some("zlib") => Format::Zlib,
        Some("raw") => Format::Raw,
        _ => Format::Gzip,
    }
}

fn decode_code(error: DecodeError) -> &'static str {
    match error {
        DecodeError::Truncated { .. } => "ERR_TRUNCATED",
        DecodeError::Invalid { .. } | DecodeError::Length { .. } | DecodeError::Trailing { .. } => {
            "ERR_INVALID_DATA"
        }
        DecodeError::Checksum { .. } => "ERR_CHECKSUM",
        DecodeError::DictionaryRequired { .. } | DecodeError::DictionaryMismatch { .. } => {
            "ERR_INVALID_ARGUMENT"
        }
        DecodeError::OutputTooLarge { .. } | DecodeError::RatioTooLarge { .. } => {
            "ERR_LIMIT_EXCEEDED"
        }
        DecodeError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
    }
}

fn run_decompress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
    let defaults = DecodeLimits::default();
    let limit = |name: &str, default| case["options"][name].as_u64().unwrap_or(default);
    let options = DecodeOptions {
        format: format(case),
        limits: DecodeLimits {
            max_output_bytes: limit("maxOutputBytes", defaults.max_output_bytes),
            max_ratio: limit("maxRatio", defaults.max_ratio),
        },
        dictionary: None,
        allow_trailing: case["options"]["allowTrailing"] == Value::Bool(true),
    };
    let mut output = Vec::new();
    let result = Decoder::new().decompress(input, &options, &mut output).map_err(decode_code);
    let mut stream = StreamDecoder::new(&options);
    let mut streamed = Vec::new();
    let pushed = input.chunks(13).try_for_each(|piece| stream.push(piece, &mut streamed));
    let pushed = pushed.and_then(|()| stream.finish()).map_err(decode_code);
    assert_eq!(pushed, result, "{}", case["name"]);
    result?;
    assert!(streamed == output, "{}", case["name"]);
    Ok(output)
}

fn run_compress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
    let options = &case["options"];
    let defaults = EncodeOptions::default();
    let options = EncodeOptions {
        format: format(case),
        level: options["level"].as_u64().map_or(defaults.level, |level| level as u8),
        name: options["name"].as_str(),
        mtime: options["mtime"].as_u64().map_or(0, |mtime| mtime as u32),
        dictionary: None,
    };
    let mut output = Vec::new();
    Encoder::new().compress(input, &options, &mut output).map_err(|error| match error {
        EncodeError::Level { .. }
        | EncodeError::Name
        | EncodeError::Dictionary
        | EncodeError::Finished => "ERR_INVALID_ARGUMENT",
        EncodeError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
    })?;
    Ok(output)
}

#[test]
fn manifest() {
    let manifest = fs::read(folder().join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let mut failures = Vec::new();
    for case in manifest["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let input = input(case);
        let result = match case["op"].as_str().unwrap() {
            "gzip.compress" => run_compress(case, &input),
            _ => run_decompress(case, &input),
        };
        if let Err(problem) = check(case, &input, result) {
            failures.push(format!("{name}: {problem}"));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

fn check(case: &Value, input: &[u8], result: Result<Vec<u8>, &str>) -> Result<(), String> {
    let output = match (case["error"].as_str(), result) {
        (Some(expected), Err(code)) if expected == code => return Ok(()),
        (Some(expected), Err(code)) => return Err(format!("{code} instead of {expected}")),
        (Some(expected), Ok(_)) => return Err(format!("accepted instead of {expected}")),
        (None, Err(code)) => return Err(code.to_owned()),
        (None, Ok(output)) => output,
    };
    if let Some(digest) = case["sha256"].as_str()
        && hex(&Sha256::digest(&output)) != digest
    {
        return Err("other bytes".to_owned());
    }
    let expect = &case["expect"];
    if let Some(most) = expect["maxBytes"].as_u64()
        && output.len() as u64 > most
    {
        return Err(format!("{} bytes, expected at most {most}", output.len()));
    }
    if expect["roundTrip"] == Value::Bool(true) {
        let (header, bits) = match format(case) {
            Format::Gzip => (true, 31),
            Format::Zlib => (true, 15),
            Format::Raw => (false, 15),
        };
        let mut back = vec![0; input.len() + 1];
        let mut inflate = zlib_rs::Inflate::new(header, bits);
        let status = inflate.decompress(&output, &mut back, zlib_rs::InflateFlush::Finish);
        back.truncate(inflate.total_out() as usize);
        if status != Ok(zlib_rs::Status::StreamEnd) || back != input {
            return Err(format!("zlib-rs does not give it back: {status:?}"));
        }
    }
    Ok(())
}

#[test]
fn the_header_of_the_file_with_all_fields() {
    let file = fs::read(folder().join("all-fields.gz")).unwrap();
    let header = gzip_header(&file).unwrap();
    assert_eq!(header.name, Some(&b"name.txt"[..]));
    assert_eq!(header.comment, Some(&b"a comment"[..]));
    assert_eq!(header.extra, Some(&b"Ap\x02\0\x01\x02"[..]));
    assert_eq!((header.mtime, header.os, header.length), (0x0403_0201, 3, 39));
    for length in 0..header.length {
        let cut = gzip_header(&file[..length]);
        assert_eq!(cut, Err(DecodeError::Truncated { offset: length as u64 }));
    }
    let mut broken = file;
    broken[12] ^= 1;
    assert!(matches!(gzip_header(&broken), Err(DecodeError::Checksum { .. })));
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}
