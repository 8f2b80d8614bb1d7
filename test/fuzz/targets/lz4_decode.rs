//! Differential: frames and blocks that `lz4_flex` accepts come out the same here, cut into pieces or not, and nothing
//! panics or passes its limit.
#![no_main]

use std::io::Read as _;

use bytemill_lz4::{DecodeOptions, Format, StreamDecoder, decompress};
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 4 << 20;
const BEFORE: &[u8] = b"before";

fuzz_target!(|input: &[u8]| {
    for format in [Format::Frame, Format::Block] {
        let options =
            DecodeOptions { format, max_output_bytes: LIMIT as u64, ..DecodeOptions::default() };
        let mut output = BEFORE.to_vec();
        let ours = decompress(input, &options, &mut output);
        let content = output.strip_prefix(BEFORE).expect("what was there stays");
        assert!(content.len() <= LIMIT);
        if ours.is_err() {
            assert!(content.is_empty(), "an error leaves the output as it was");
        }
        match format {
            Format::Block => {
                if let Ok(theirs) = lz4_flex::block::decompress(input, LIMIT) {
                    assert!(ours.is_ok() && content == theirs, "lz4_flex accepts the block");
                }
            }
            Format::Frame => {
                let mut theirs = Vec::new();
                let mut decoder = lz4_flex::frame::FrameDecoder::new(input).take(LIMIT as u64 + 1);
                if decoder.read_to_end(&mut theirs).is_ok() && ours.is_ok() {
                    assert!(content.starts_with(&theirs), "lz4_flex decodes to other bytes");
                }
                pieces(input, &options, &ours.map(|()| content.to_vec()));
            }
        }
    }
});

/// The same in pieces, whose size the last byte of the input gives.
fn pieces(
    input: &[u8],
    options: &DecodeOptions,
    whole: &Result<Vec<u8>, bytemill_lz4::DecodeError>,
) {
    let len = input.last().map_or(1, |byte| usize::from(*byte) + 1);
    let mut decoder = StreamDecoder::new(options);
    let mut output = Vec::new();
    let fed = input.chunks(len).try_for_each(|piece| decoder.push(piece, &mut output));
    let ended = fed.and_then(|()| decoder.finish());
    match whole {
        Ok(content) => assert!(ended.is_ok() && output == *content, "pieces differ"),
        Err(_) => assert!(ended.is_err(), "pieces are accepted"),
    }
}
