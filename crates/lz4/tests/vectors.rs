//! `test/vectors/lz4`: what the JavaScript suite checks too.

use std::io::Read as _;

use bytemill_lz4::{
    BlockSize, DecodeError, DecodeOptions, EncodeOptions, Format, compress, decompress,
};
use bytemill_testkit::Value;
use bytemill_testkit::vectors::{Codec, check_codec};

fn decode_code(error: DecodeError) -> &'static str {
    match error {
        DecodeError::Truncated { .. } => "ERR_TRUNCATED",
        DecodeError::Invalid { .. }
        | DecodeError::ContentSize { .. }
        | DecodeError::Trailing { .. } => "ERR_INVALID_DATA",
        DecodeError::Checksum { .. } => "ERR_CHECKSUM",
        DecodeError::DictionaryRequired { .. } | DecodeError::Legacy { .. } => "ERR_UNSUPPORTED",
        DecodeError::OutputTooLarge { .. } | DecodeError::RatioTooLarge { .. } => {
            "ERR_LIMIT_EXCEEDED"
        }
        DecodeError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
        DecodeError::Ended => "ERR_RELEASED",
    }
}

fn format(case: &Value) -> Option<Format> {
    match case["options"]["format"].as_str() {
        None | Some("frame") => Some(Format::Frame),
        Some("block") => Some(Format::Block),
        Some(_) => None,
    }
}

struct Lz4;

impl Codec for Lz4 {
    const NAME: &'static str = "lz4";

    fn compress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
        let options = &case["options"];
        let defaults = EncodeOptions::default();
        let flag = |name: &str, default| options[name].as_bool().unwrap_or(default);
        let options = EncodeOptions {
            format: format(case).ok_or("ERR_INVALID_ARGUMENT")?,
            block_size: match options["blockBytes"].as_u64() {
                None | Some(..=65_536) => BlockSize::Kib64,
                Some(..=262_144) => BlockSize::Kib256,
                Some(..=1_048_576) => BlockSize::Mib1,
                Some(_) => BlockSize::Mib4,
            },
            independent_blocks: flag("independentBlocks", defaults.independent_blocks),
            block_checksum: flag("blockChecksum", defaults.block_checksum),
            checksum: flag("checksum", defaults.checksum),
            content_size: flag("contentSize", defaults.content_size),
        };
        let mut output = Vec::new();
        compress(input, &options, &mut output).map_err(|_| "another error")?;
        Ok(output)
    }

    fn decompress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
        let defaults = DecodeOptions::default();
        let limit = |name: &str, default| case["options"][name].as_u64().unwrap_or(default);
        let options = DecodeOptions {
            format: format(case).ok_or("ERR_INVALID_ARGUMENT")?,
            max_output_bytes: limit("maxOutputBytes", defaults.max_output_bytes),
            max_ratio: limit("maxRatio", defaults.max_ratio),
            allow_trailing: case["options"]["allowTrailing"].as_bool().unwrap_or(false),
        };
        let mut output = Vec::new();
        decompress(input, &options, &mut output).map_err(decode_code)?;
        Ok(output)
    }

    fn unpack(case: &Value, input: &[u8], output: &[u8]) -> Option<Vec<u8>> {
        if format(case) == Some(Format::Block) {
            return lz4_flex::block::decompress(output, input.len()).ok();
        }
        let mut content = Vec::new();
        lz4_flex::frame::FrameDecoder::new(output).read_to_end(&mut content).ok()?;
        Some(content)
    }
}

#[test]
fn manifest() {
    check_codec::<Lz4>();
}
