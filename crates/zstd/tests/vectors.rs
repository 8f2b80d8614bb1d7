//! `test/vectors/zstd`: what the JavaScript suite checks too.
#![expect(clippy::unwrap_used, reason = "a manifest that does not parse fails the test")]

use std::fs;
use std::path::PathBuf;

use bytemill_zstd::{DecodeError, DecodeLimits, EncodeError, EncodeOptions, compress, decompress};
use serde_json::Value;
use sha2::{Digest, Sha256};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../test/vectors/zstd")
}

fn input(case: &Value) -> Vec<u8> {
    match &case["input"] {
        Value::String(file) => fs::read(folder().join(file)).unwrap(),
        pattern => (0..pattern["length"].as_u64().unwrap()).map(|i| (i % 251) as u8).collect(),
    }
}

fn decode_code(error: DecodeError) -> &'static str {
    match error {
        DecodeError::Truncated { .. } => "ERR_TRUNCATED",
        DecodeError::Invalid { .. } | DecodeError::ContentSize { .. } => "ERR_INVALID_DATA",
        DecodeError::Checksum { .. } => "ERR_CHECKSUM",
        DecodeError::DictionaryRequired { .. } | DecodeError::DictionaryMismatch { .. } => {
            "ERR_UNSUPPORTED"
        }
        DecodeError::InvalidDictionary { .. } => "ERR_INVALID_ARGUMENT",
        DecodeError::WindowTooLarge { .. }
        | DecodeError::OutputTooLarge { .. }
        | DecodeError::RatioTooLarge { .. } => "ERR_LIMIT_EXCEEDED",
        DecodeError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
    }
}

fn run_decompress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
    let defaults = DecodeLimits::default();
    let limit = |name: &str, default| case["options"][name].as_u64().unwrap_or(default);
    let limits = DecodeLimits {
        max_output_bytes: limit("maxOutputBytes", defaults.max_output_bytes),
        max_window_bytes: limit("maxWindowBytes", defaults.max_window_bytes),
        max_ratio: limit("maxRatio", defaults.max_ratio),
    };
    let mut output = Vec::new();
    decompress(input, &limits, &mut output).map_err(decode_code)?;
    Ok(output)
}

fn run_compress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
    let options = &case["options"];
    let defaults = EncodeOptions::default();
    let options = EncodeOptions {
        level: options["level"].as_i64().map_or(defaults.level, |level| level as i32),
        checksum: options["checksum"].as_bool().unwrap_or(defaults.checksum),
        content_size: options["contentSize"].as_bool().unwrap_or(defaults.content_size),
        ..defaults
    };
    let mut frame = Vec::new();
    compress(input, &options, &mut frame).map_err(|error| match error {
        EncodeError::Level { .. }
        | EncodeError::WindowLog { .. }
        | EncodeError::ContentSize { .. } => "ERR_INVALID_ARGUMENT",
        EncodeError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
    })?;
    Ok(frame)
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
            "zstd.compress" => run_compress(case, &input),
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
    if let Some(file) = case["output"].as_str()
        && fs::read(folder().join(file)).unwrap() != output
    {
        return Err("other bytes".to_owned());
    }
    let expect = &case["expect"];
    if let Some(most) = expect["maxBytes"].as_u64()
        && output.len() as u64 > most
    {
        return Err(format!("{} bytes, expected at most {most}", output.len()));
    }
    if expect["roundTrip"] == Value::Bool(true)
        && zstd::stream::decode_all(output.as_slice()).ok().as_deref() != Some(input)
    {
        return Err("does not round-trip".to_owned());
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}
