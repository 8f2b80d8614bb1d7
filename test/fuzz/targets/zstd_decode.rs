//! Differential: whatever C zstd accepts comes out the same here, and nothing panics or passes its limit.
//!
//! The other direction is not asserted: C zstd has no limits.
#![no_main]

use bytemill_zstd::{DecodeError, DecodeLimits, decompress};
use libfuzzer_sys::fuzz_target;

const LIMIT: usize = 4 << 20;
const BEFORE: &[u8] = b"before";
/// What C zstd looks at in streams, but not in one call.
const STRICTER: [&str; 2] = [
    "a block no larger than the window and 128 KiB",
    "content no larger than the window and 128 KiB in a block",
];

fuzz_target!(|input: &[u8]| {
    let limits = DecodeLimits {
        max_output_bytes: LIMIT as u64,
        max_window_bytes: u64::MAX,
        ..DecodeLimits::default()
    };
    let mut output = BEFORE.to_vec();
    let ours = decompress(input, &limits, &mut output);
    let content = output.strip_prefix(BEFORE).expect("what was there stays");
    assert!(content.len() <= LIMIT);
    if ours.is_err() {
        assert!(content.is_empty(), "an error leaves the output as it was");
    }

    // C zstd takes empty input for no frames; here it is a truncated one.
    if input.is_empty() {
        assert!(matches!(ours, Err(DecodeError::Truncated { .. })));
        return;
    }
    if let Err(DecodeError::Invalid { expected, .. }) = ours
        && STRICTER.contains(&expected)
    {
        return;
    }
    if let Ok(theirs) = zstd::bulk::decompress(input, LIMIT) {
        assert_eq!(ours, Ok(()), "refused, but C zstd accepts it");
        assert!(content == theirs, "C zstd decodes it to other bytes");
    }
});
