//! Differential and split: what zlib-rs accepts comes out the same here, whole and in pieces, and nothing else
//! is accepted.
//!
//! The last byte chooses the format, the one before it the size of the pieces.
#![no_main]

use bytemill_gzip::{DecodeLimits, DecodeOptions, Decoder, Format, StreamDecoder};
use libfuzzer_sys::fuzz_target;
use zlib_rs::{Inflate, InflateFlush, Status};

const LIMIT: usize = 4 << 20;
const BEFORE: &[u8] = b"before";

fuzz_target!(|input: &[u8]| {
    let (input, last) = input.split_at(input.len().saturating_sub(2));
    let choice = last.last().copied().unwrap_or_default();
    let size = 1 + usize::from(last.first().copied().unwrap_or_default());
    let format = [Format::Gzip, Format::Zlib, Format::Raw][usize::from(choice % 3)];
    let limits = DecodeLimits { max_output_bytes: LIMIT as u64, max_ratio: 0 };
    let options = DecodeOptions { format, limits, ..DecodeOptions::default() };

    let mut output = BEFORE.to_vec();
    let ours = Decoder::new().decompress(input, &options, &mut output);
    let content = output.strip_prefix(BEFORE).expect("what was there stays");
    assert!(content.len() <= LIMIT);
    if ours.is_err() {
        assert!(content.is_empty(), "an error leaves the output as it was");
    }

    let mut stream = StreamDecoder::new(&options);
    let mut streamed = Vec::new();
    let pushed = input.chunks(size).try_for_each(|piece| stream.push(piece, &mut streamed));
    let pushed = pushed.and_then(|()| stream.finish());
    assert_eq!(pushed.is_ok(), ours.is_ok(), "{pushed:?} in pieces, {ours:?} at once");
    if ours.is_ok() {
        assert!(streamed == content, "other bytes in pieces");
    }

    match (reference(format, input), ours) {
        (Some(theirs), Ok(())) => assert!(content == theirs, "zlib-rs decodes it to other bytes"),
        (Some(_), Err(error)) => panic!("zlib-rs accepts it: {error}"),
        (None, result) => assert!(result.is_err(), "zlib-rs refuses it"),
    }
});

/// What zlib makes of it: all members of gzip, nothing behind the end, nothing over the limit.
fn reference(format: Format, input: &[u8]) -> Option<Vec<u8>> {
    let (header, bits) = match format {
        Format::Gzip => (true, 31),
        Format::Zlib => (true, 15),
        Format::Raw => (false, 15),
    };
    let (mut content, mut rest) = (Vec::new(), input);
    loop {
        let mut inflate = Inflate::new(header, bits);
        let mut piece = vec![0; LIMIT - content.len()];
        let Ok(Status::StreamEnd) = inflate.decompress(rest, &mut piece, InflateFlush::Finish)
        else {
            return None;
        };
        content.extend_from_slice(&piece[..inflate.total_out() as usize]);
        rest = &rest[inflate.total_in() as usize..];
        if rest.is_empty() || format != Format::Gzip {
            return rest.is_empty().then_some(content);
        }
    }
}
