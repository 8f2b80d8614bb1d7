//! Round trips through both encoders and both decoders, whole and in pieces.
#![no_main]

use std::io::Read as _;

use bytemill_lz4::{
    BlockSize, DecodeOptions, EncodeOptions, Encoder, Format, StreamEncoder, decompress,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    independent_blocks: bool,
    block_checksum: bool,
    checksum: bool,
    piece: u16,
    before: &'a [u8],
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let content = case.content.repeat(1 + usize::from(case.piece) % 40);
    let mut encoder = Encoder::new();
    for format in [Format::Frame, Format::Block] {
        let options = EncodeOptions {
            format,
            block_size: BlockSize::Kib64,
            independent_blocks: case.independent_blocks,
            block_checksum: case.block_checksum,
            checksum: case.checksum,
            content_size: false,
        };
        let mut packed = Vec::new();
        encoder.compress(case.before, &options, &mut packed).expect("everything can be compressed");
        packed.clear();
        encoder.compress(&content, &options, &mut packed).expect("everything can be compressed");
        assert!(decoded(&packed, format, content.len()) == content);
        if format == Format::Block {
            let theirs = lz4_flex::block::decompress(&packed, content.len());
            assert!(theirs.expect("lz4_flex accepts our block") == content);
            let block = lz4_flex::block::compress(&content);
            assert!(decoded(&block, format, content.len()) == content);
            continue;
        }
        let mut theirs = Vec::new();
        let mut decoder = lz4_flex::frame::FrameDecoder::new(packed.as_slice());
        decoder.read_to_end(&mut theirs).expect("lz4_flex accepts our frame");
        assert!(theirs == content);
        let mut stream = StreamEncoder::new(&options);
        let mut pieces = Vec::new();
        for piece in content.chunks(usize::from(case.piece) + 1) {
            stream.push(piece, &mut pieces).expect("a stream takes everything");
        }
        stream.finish(&mut pieces).expect("a stream ends");
        assert!(pieces == packed, "pieces give other bytes");
    }
});

/// Decodes under a limit that is reached exactly.
fn decoded(packed: &[u8], format: Format, length: usize) -> Vec<u8> {
    let limits =
        DecodeOptions { format, max_output_bytes: length as u64, ..DecodeOptions::default() };
    let mut output = Vec::new();
    decompress(packed, &limits, &mut output).expect("what was made just now decodes");
    output
}
