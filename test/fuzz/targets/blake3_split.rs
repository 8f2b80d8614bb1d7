//! One call, pieces with a stored state between them, and a batch equal the `blake3` crate, in every mode and for every
//! length of digest.
#![no_main]

use bytemill_hash::blake3::{Key, Mode, State, digests, fill, fill_at};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    key: [u8; 32],
    context: &'a str,
    length: u16,
    /// Where a part of the digest starts.
    offset: u32,
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
        (Mode::DeriveKey(case.context.as_bytes()), ::blake3::Hasher::new_derive_key(case.context)),
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

        let key = Key::new(&mode);
        let mut digest = vec![0xaa; usize::from(case.length)];
        fill(&content, &key, &mut digest);
        assert!(digest == expected);

        let mut reader = hasher.finalize_xof();
        reader.set_position(u64::from(case.offset));
        let mut part = vec![0; usize::from(case.length)];
        reader.fill(&mut part);
        fill_at(&content, &key, u64::from(case.offset), &mut digest);
        assert!(digest == part);

        let mut state = State::new(key);
        let mut rest = content.as_slice();
        for length in &case.pieces {
            let units = usize::from(*length) / 4096;
            let (piece, tail) = rest.split_at(rest.len().min(units * 4096) / 4096 * 4096);
            assert!(state.update(piece).is_empty());
            rest = tail;
            let mut stored = Vec::new();
            state.store(&mut stored);
            state = State::load(&stored).expect("what was stored");
        }
        state.fill(rest, &mut digest);
        assert!(digest == expected);

        // The pieces as inputs of their own.
        let mut inputs = Vec::new();
        let mut rest = content.as_slice();
        for length in &case.pieces {
            let (piece, tail) = rest.split_at(rest.len().min(usize::from(*length)));
            inputs.push(piece);
            rest = tail;
        }
        let length = usize::from(case.length) % 32 + 1;
        let mut all = vec![0; inputs.len() * length];
        digests(&mut inputs.iter().copied(), &key, length, &mut all);
        for (input, found) in inputs.iter().zip(all.chunks(length)) {
            let mut expected = [0; 32];
            fill(input, &key, &mut expected);
            assert!(found == &expected[..length]);
        }
    }
    // Bytes that nobody stored are refused or hashed on, never a panic.
    if let Some(state) = State::load(case.content) {
        state.fill(&content, &mut [0; 32]);
    }
});
