//! Split: a stream gives the same bytes whole and in pieces, and nothing panics or passes its limit.
#![no_main]

use bytemill_brotli::{DecodeOptions, StreamDecoder, decompress};
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 4 << 20;
const BEFORE: &[u8] = b"before";

fuzz_target!(|input: &[u8]| {
    let options = DecodeOptions { max_output_bytes: LIMIT as u64, ..DecodeOptions::default() };
    let mut output = BEFORE.to_vec();
    let whole = decompress(input, &options, &mut output);
    let content = output.strip_prefix(BEFORE).expect("what was there stays");
    assert!(content.len() <= LIMIT);
    if whole.is_err() {
        assert!(content.is_empty(), "an error leaves the output as it was");
    }

    let len = input.last().map_or(1, |byte| usize::from(*byte) + 1);
    let mut decoder = StreamDecoder::new(&options);
    let mut pieces = Vec::new();
    let fed = input.chunks(len).try_for_each(|piece| decoder.push(piece, &mut pieces));
    let ended = fed.and_then(|()| decoder.finish());
    assert_eq!(ended.is_ok(), whole.is_ok(), "pieces end differently");
    assert!(pieces.len() <= LIMIT);
    if whole.is_ok() {
        assert!(pieces == content, "pieces give other bytes");
    }
});
