//! Round trips through our encoders, whole and streaming, and both decoders.
#![no_main]

use bytemill_gzip::{
    DecodeLimits, DecodeOptions, Decoder, EncodeOptions, Encoder, Format, StreamEncoder,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use zlib_rs::{Inflate, InflateFlush};

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    level: u8,
    format: u8,
    piece: u8,
    flush: bool,
    dictionary: Option<&'a [u8]>,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let format = [Format::Gzip, Format::Zlib, Format::Raw][usize::from(case.format % 3)];
    let dictionary = case.dictionary.filter(|_| format != Format::Gzip);
    let level = case.level % 10;
    let options = EncodeOptions { format, level, dictionary, ..EncodeOptions::default() };

    let mut whole = Vec::new();
    Encoder::new().compress(case.content, &options, &mut whole).expect("anything compresses");
    let mut encoder = StreamEncoder::new(&options).expect("the options are right");
    let mut streamed = Vec::new();
    for piece in case.content.chunks(1 + usize::from(case.piece)) {
        encoder.push(piece, &mut streamed).expect("anything compresses");
        if case.flush {
            encoder.flush(&mut streamed).expect("a flush works");
        }
    }
    encoder.finish(&mut streamed).expect("a stream ends");

    for packed in [&whole, &streamed] {
        // A limit that is reached exactly.
        let limits = DecodeLimits { max_output_bytes: case.content.len() as u64, max_ratio: 0 };
        let options = DecodeOptions { format, limits, dictionary, allow_trailing: false };
        let mut back = Vec::new();
        Decoder::new().decompress(packed, &options, &mut back).expect("made just now");
        assert!(back == case.content);
        if dictionary.is_none() {
            assert!(theirs(format, packed, case.content.len()) == case.content);
        }
    }
});

fn theirs(format: Format, packed: &[u8], length: usize) -> Vec<u8> {
    let (header, bits) = match format {
        Format::Gzip => (true, 31),
        Format::Zlib => (true, 15),
        Format::Raw => (false, 15),
    };
    let mut inflate = Inflate::new(header, bits);
    let mut content = vec![0; length + 1];
    inflate.decompress(packed, &mut content, InflateFlush::Finish).expect("zlib-rs accepts ours");
    content.truncate(inflate.total_out() as usize);
    content
}
