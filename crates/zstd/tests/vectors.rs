//! `test/vectors/zstd`: what the JavaScript suite checks too.

use bytemill_testkit::Value;
use bytemill_testkit::vectors::{Codec, check_codec};
use bytemill_zstd::{DecodeError, DecodeLimits, EncodeError, EncodeOptions, compress, decompress};

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

struct Zstd;

impl Codec for Zstd {
    const NAME: &'static str = "zstd";

    fn compress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
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

    fn decompress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
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

    fn unpack(_case: &Value, _input: &[u8], output: &[u8]) -> Option<Vec<u8>> {
        zstd::stream::decode_all(output).ok()
    }
}

#[test]
fn manifest() {
    check_codec::<Zstd>();
}
