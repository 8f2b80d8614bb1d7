//! The kernel's one call equals the `blake3` crate fed in any pieces, in every mode and for every length of digest.
#![no_main]

use bytemill_hash::{Mode, blake3};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    key: [u8; 32],
    context: &'a str,
    length: u16,
    /// Lengths of the pieces; the last takes the rest.
    pieces: Vec<u16>,
    /// Repeats the content, to pass the size from which threads share the work.
    times: u8,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let content = case.content.repeat(1 + usize::from(case.times % 16));
    let modes = [
        (Mode::Hash, ::blake3::Hasher::new()),
        (Mode::Keyed(&case.key), ::blake3::Hasher::new_keyed(&case.key)),
        (Mode::DeriveKey(case.context), ::blake3::Hasher::new_derive_key(case.context)),
    ];
    for (mode, mut hasher) in modes {
        let mut rest = content.as_slice();
        for length in &case.pieces {
            let (piece, tail) = rest.split_at(rest.len().min(usize::from(*length)));
            hasher.update(piece);
            rest = tail;
        }
        hasher.update(rest);
        let mut expected = vec![0; usize::from(case.length)];
        hasher.finalize_xof().fill(&mut expected);

        let mut digest = vec![0xaa; usize::from(case.length)];
        blake3(&content, &mode, &mut digest);
        assert!(digest == expected);
    }
});
