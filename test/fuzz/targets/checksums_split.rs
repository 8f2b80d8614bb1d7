//! SHA-256, XXH3 and the checksums: one call, pieces with a stored state between them, and a batch agree with the crates
//! sha2 and xxhash-rust.
#![no_main]

use bytemill_hash::crc::{Polynomial, crc32};
use bytemill_hash::{sha256, xxh3};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;
use sha2::Digest as _;

#[derive(Arbitrary, Debug)]
struct Case<'a> {
    seed: u64,
    /// Where the input is cut, in units of 4096 bytes.
    cut: u8,
    /// Lengths of the inputs of a batch.
    lengths: Vec<u16>,
    /// Repeats the content, to pass a turn of XXH3.
    times: u8,
    content: &'a [u8],
}

fuzz_target!(|case: Case<'_>| {
    let content = case.content.repeat(1 + usize::from(case.times % 64));
    let whole = content.len().saturating_sub(64) / 4096;
    let (head, tail) = content.split_at(usize::from(case.cut).min(whole) * 4096);

    let expected: [u8; 32] = sha2::Sha256::digest(&content).into();
    assert_eq!(sha256::digest(&content), expected);
    let mut state = sha256::State::default();
    state.update(head);
    let mut stored = Vec::new();
    state.store(&mut stored);
    assert_eq!(sha256::State::load(&stored).expect("what was stored").digest(tail), expected);

    let mut inputs = Vec::new();
    let mut rest = content.as_slice();
    for length in &case.lengths {
        let (piece, tail) = rest.split_at(rest.len().min(usize::from(*length)));
        inputs.push(piece);
        rest = tail;
    }
    let mut all = vec![0; inputs.len() * 32];
    sha256::digests(&mut inputs.iter().copied(), &mut all);
    for (input, found) in inputs.iter().zip(all.chunks(32)) {
        assert_eq!(found, sha256::digest(input));
    }

    let wide = xxhash_rust::xxh3::xxh3_128_with_seed(&content, case.seed);
    assert_eq!(xxh3::hash64(&content, case.seed), xxhash_rust::xxh3::xxh3_64_with_seed(&content, case.seed));
    assert_eq!(xxh3::hash128(&content, case.seed), wide);
    let mut state = xxh3::State::new(case.seed);
    state.update(head);
    let mut stored = Vec::new();
    state.store(&mut stored);
    assert_eq!(xxh3::State::load(&stored).expect("what was stored").hash128(tail), wide);

    for polynomial in [Polynomial::Ieee, Polynomial::Castagnoli] {
        let pieces = crc32(polynomial, tail, crc32(polynomial, head, 0));
        assert_eq!(crc32(polynomial, &content, 0), pieces);
    }
    // Bytes that nobody stored are refused or hashed on, never a panic.
    if let Some(state) = sha256::State::load(case.content) {
        state.digest(&content);
    }
    if let Some(state) = xxh3::State::load(case.content) {
        state.hash64(&content);
    }
});
