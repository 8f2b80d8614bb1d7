//! `test/vectors/gzip`: what the JavaScript suite checks too.

use std::fs;

use bytemill_gzip::{
    DecodeError, DecodeLimits, DecodeOptions, Decoder, EncodeError, EncodeOptions, Encoder, Format,
    StreamDecoder, gzip_header,
};
use bytemill_testkit::Value;
use bytemill_testkit::vectors::{Codec, check_codec, folder};

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

struct Gzip;

impl Codec for Gzip {
    const NAME: &'static str = "gzip";

    fn compress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
        let options = &case["options"];
        let defaults = EncodeOptions::default();
        let options = EncodeOptions {
            format: format(case),
            level: options["level"].as_u64().map_or(defaults.level, |level| level as u8),
            name: options["name"].as_str().map(str::as_bytes),
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

    fn decompress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str> {
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

    fn unpack(case: &Value, input: &[u8], output: &[u8]) -> Option<Vec<u8>> {
        let (header, bits) = match format(case) {
            Format::Gzip => (true, 31),
            Format::Zlib => (true, 15),
            Format::Raw => (false, 15),
        };
        let mut back = vec![0; input.len() + 1];
        let mut inflate = zlib_rs::Inflate::new(header, bits);
        let status = inflate.decompress(output, &mut back, zlib_rs::InflateFlush::Finish);
        back.truncate(inflate.total_out() as usize);
        (status == Ok(zlib_rs::Status::StreamEnd)).then_some(back)
    }
}

#[test]
fn manifest() {
    check_codec::<Gzip>();
}

#[test]
fn the_header_of_the_file_with_all_fields() {
    let file = fs::read(folder("gzip").join("all-fields.gz")).unwrap();
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
