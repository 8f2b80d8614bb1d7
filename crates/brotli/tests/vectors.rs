//! `test/vectors/brotli`: what the JavaScript suite checks too.

use bytemill_brotli::{
    DecodeError, DecodeOptions, EncodeError, EncodeOptions, Mode, compress, decompress,
};
use bytemill_testkit::Value;
use bytemill_testkit::vectors::{Codec, check_codec};

fn decode_code(error: DecodeError) -> &'static str {
    match error {
        DecodeError::Truncated { .. } => "ERR_TRUNCATED",
        DecodeError::Invalid { .. } | DecodeError::Trailing { .. } => "ERR_INVALID_DATA",
        DecodeError::OutputTooLarge { .. } | DecodeError::RatioTooLarge { .. } => {
            "ERR_LIMIT_EXCEEDED"
        }
        DecodeError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
        DecodeError::Ended => "ERR_RELEASED",
    }
}

struct Brotli;

impl Codec for Brotli {
    const NAME: &'static str = "brotli";

    fn compress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
        let options = &case["options"];
        let options = EncodeOptions {
            quality: options["quality"].as_u64().unwrap_or(5) as u8,
            window_bits: options["windowBits"].as_u64().unwrap_or(22) as u8,
            mode: match options["mode"].as_str() {
                Some("text") => Mode::Text,
                Some("font") => Mode::Font,
                _ => Mode::Generic,
            },
            size_hint: 0,
        };
        let mut output = Vec::new();
        compress(input, &options, &mut output).map_err(|error| match error {
            EncodeError::Quality { .. } | EncodeError::Window { .. } => "ERR_INVALID_ARGUMENT",
            _ => "another error",
        })?;
        Ok(output)
    }

    fn decompress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
        let defaults = DecodeOptions::default();
        let limit = |name: &str, default| case["options"][name].as_u64().unwrap_or(default);
        let options = DecodeOptions {
            max_output_bytes: limit("maxOutputBytes", defaults.max_output_bytes),
            max_ratio: limit("maxRatio", defaults.max_ratio),
            allow_trailing: case["options"]["allowTrailing"].as_bool().unwrap_or(false),
        };
        let mut output = Vec::new();
        decompress(input, &options, &mut output).map_err(decode_code)?;
        Ok(output)
    }

    fn unpack(_case: &Value, _input: &[u8], output: &[u8]) -> Option<Vec<u8>> {
        let mut content = Vec::new();
        decompress(output, &DecodeOptions::default(), &mut content).ok()?;
        Some(content)
    }
}

#[test]
fn manifest() {
    check_codec::<Brotli>();
}
