//! BLAKE3 against the crate of its authors on random cases: lengths, splits, modes, lanes, parts of the output.
//!
//! `BYTEMILL_CASES=1000000 cargo test --release -p bytemill-hash --test agreement` runs a million; few run by default.
#![expect(clippy::unwrap_used, reason = "what cannot be parsed fails the test")]

use bytemill_hash::blake3::{Key, Mode, State, digest, digests, fill_at};

/// Inputs lie in this many random bytes.
const POOL_LEN: usize = 1 << 18;
/// Most inputs of a batch.
const BATCH: u64 = 24;
/// Longest output.
const OUTPUT_LEN: u64 = 600;

/// The generator `SplitMix64`.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ self.0 >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ mixed >> 31
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// Most are short; some are one byte beside a border of blocks, chunks or groups.
    fn length(&mut self) -> usize {
        let bits = self.below(17);
        let length = self.below(1 << bits);
        let border = [64, 1024, 4096][self.below(3) as usize];
        let near = length.next_multiple_of(border) + self.below(3);
        (if self.below(4) == 0 { near.saturating_sub(1) } else { length }) as usize
    }

    fn slice<'a>(&mut self, pool: &'a [u8]) -> &'a [u8] {
        let length = self.length();
        let at = self.below((pool.len() - length) as u64) as usize;
        &pool[at..at + length]
    }
}

/// A mode of ours, and the crate's hasher for the same.
fn mode(random: &mut Random, pool: &[u8]) -> (Key, blake3::Hasher) {
    match random.below(3) {
        0 => (Key::new(&Mode::Hash), blake3::Hasher::new()),
        1 => {
            let key = pool[random.below(1000) as usize..].first_chunk().unwrap();
            (Key::new(&Mode::Keyed(key)), blake3::Hasher::new_keyed(key))
        }
        _ => {
            let context = format!("bytemill agreement {}", random.below(100));
            (
                Key::new(&Mode::DeriveKey(context.as_bytes())),
                blake3::Hasher::new_derive_key(&context),
            )
        }
    }
}

/// One input in pieces of any multiple of four chunks, put down as bytes between them.
fn in_pieces(random: &mut Random, key: Key, input: &[u8], offset: u64, output: &mut [u8]) {
    let mut state = State::new(key);
    let mut rest = input;
    while rest.len() >= 4096 && random.below(4) > 0 {
        let groups = random.below(rest.len() as u64 / 4096) + 1;
        let (piece, after) = rest.split_at(groups as usize * 4096);
        assert!(state.update(piece).is_empty());
        let mut stored = Vec::new();
        state.store(&mut stored);
        state = State::load(&stored).unwrap();
        rest = after;
    }
    state.fill_at(rest, offset, output);
}

#[test]
fn random_cases_agree_with_the_crate() {
    let wanted = std::env::var("BYTEMILL_CASES").ok();
    let wanted: u64 = wanted.map_or(3000, |count| count.parse().unwrap());
    let mut random = Random(wanted);
    let pool: Vec<u8> = (0..POOL_LEN).map(|_| random.next() as u8).collect();
    let mut cases = 0;
    while cases < wanted {
        let (key, theirs) = mode(&mut random, &pool);
        if random.below(3) == 0 {
            let count = random.below(BATCH) + 1;
            let inputs: Vec<_> = (0..count).map(|_| random.slice(&pool)).collect();
            let length = random.below(32) as usize + 1;
            let mut output = vec![0; inputs.len() * length];
            digests(&mut inputs.iter().copied(), &key, length, &mut output);
            for (input, output) in inputs.iter().zip(output.chunks(length)) {
                let expected = theirs.clone().update(input).finalize();
                assert_eq!(output, &expected.as_bytes()[..length], "a batch, {}", input.len());
            }
            cases += count;
            continue;
        }
        let input = random.slice(&pool);
        let theirs = theirs.clone().update(input).clone();
        assert_eq!(digest(input, &key), *theirs.finalize().as_bytes(), "{}", input.len());
        let offset = if random.below(2) == 0 { 0 } else { random.next() >> random.below(40) >> 12 };
        let mut output = vec![0; random.below(OUTPUT_LEN) as usize];
        let mut expected = output.clone();
        let mut reader = theirs.finalize_xof();
        reader.set_position(offset);
        reader.fill(&mut expected);
        fill_at(input, &key, offset, &mut output);
        assert_eq!(output, expected, "{} bytes from {offset}", input.len());
        output.fill(0);
        in_pieces(&mut random, key, input, offset, &mut output);
        assert_eq!(output, expected, "{} bytes in pieces, from {offset}", input.len());
        cases += 1;
    }
    assert!(cases >= wanted);
}
