//! The engine against the reference.

use proptest::prelude::*;

use super::{Key, Mode, State, digest, digests, fill, fill_at, reference, root};

fn both(input: &[u8], mode: Mode<'_>, len: usize) -> (Vec<u8>, Vec<u8>) {
    let (mut ours, mut theirs) = (vec![0; len], vec![0; len]);
    fill(input, &Key::new(&mode), &mut ours);
    match mode {
        Mode::Hash => reference::hash(input, &mut theirs),
        Mode::Keyed(key) => reference::keyed_hash(key, input, &mut theirs),
        Mode::DeriveKey(context) => reference::derive_key(context, input, &mut theirs),
    }
    (ours, theirs)
}

#[test]
fn around_block_and_chunk_borders() {
    let key: [u8; 32] = core::array::from_fn(|i| i as u8);
    let input: Vec<u8> = (0..300_000_usize).map(|i| (i % 251) as u8).collect();
    let borders = [0_usize, 64, 1024, 2048, 4096, 8192, 16_384, 131_072, 262_144];
    for len in borders.iter().flat_map(|b| [b.saturating_sub(1), *b, b + 1]) {
        for mode in [Mode::Hash, Mode::Keyed(&key), Mode::DeriveKey(b"bytemill tests")] {
            let (ours, theirs) = both(&input[..len], mode, 131);
            assert_eq!(ours, theirs, "{len} bytes, {mode:?}");
        }
    }
}

proptest! {
    #[test]
    fn equals_the_reference(
        input in prop::collection::vec(any::<u8>(), 0..6000),
        key in any::<[u8; 32]>(),
        context in ".{0,80}",
        len in 0_usize..200,
    ) {
        for mode in [Mode::Hash, Mode::Keyed(&key), Mode::DeriveKey(context.as_bytes())] {
            let (ours, theirs) = both(&input, mode, len);
            prop_assert_eq!(ours, theirs);
        }
    }
}

fn key_of(mode: u8, key: &[u8; 32]) -> Key {
    match mode % 3 {
        0 => Key::new(&Mode::Hash),
        1 => Key::new(&Mode::Keyed(key)),
        _ => Key::new(&Mode::DeriveKey(b"bytemill tests")),
    }
}

proptest! {
    #[test]
    fn a_batch_is_its_inputs_one_by_one(
        inputs in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..5000), 0..20),
        mode in any::<u8>(),
        key in any::<[u8; 32]>(),
        length in 1_usize..=32,
    ) {
        let key = key_of(mode, &key);
        let mut output = vec![0; inputs.len() * length];
        digests(&mut inputs.iter().map(Vec::as_slice), &key, length, &mut output);
        let expected: Vec<u8> =
            inputs.iter().flat_map(|input| digest(input, &key)[..length].to_vec()).collect();
        prop_assert_eq!(output, expected);
    }

    #[test]
    fn equals_the_crate(len in 0_usize..200_000, mode in any::<u8>(), key in any::<[u8; 32]>(), out in 0_usize..1000) {
        let input: Vec<u8> = (0..len).map(|i| (i * i % 253) as u8).collect();
        let mut hasher = match mode % 3 {
            0 => ::blake3::Hasher::new(),
            1 => ::blake3::Hasher::new_keyed(&key),
            _ => ::blake3::Hasher::new_derive_key("bytemill tests"),
        };
        hasher.update(&input);
        let mut expected = vec![0; out];
        hasher.finalize_xof().fill(&mut expected);
        let mut output = vec![0; out];
        let key = key_of(mode, &key);
        root(&input, &key).fill(0, &mut output);
        prop_assert_eq!(&output, &expected);
        fill(&input, &key, &mut output);
        prop_assert_eq!(&output, &expected);
        prop_assert_eq!(digest(&input, &key), *hasher.finalize().as_bytes());
    }

    #[test]
    fn a_part_of_the_output_is_that_part(
        len in 0_usize..9000,
        offset in 0_usize..2000,
        part in 0_usize..2000,
        mode in any::<u8>(),
        key in any::<[u8; 32]>(),
    ) {
        let input: Vec<u8> = (0..len).map(|i| (i * i % 253) as u8).collect();
        let key = key_of(mode, &key);
        let mut whole = vec![0; offset + part];
        fill(&input, &key, &mut whole);
        let mut output = vec![0; part];
        fill_at(&input, &key, offset as u64, &mut output);
        prop_assert_eq!(&output, &whole[offset..]);
        let whole_groups = input.len() / 4096 * 4096;
        let mut state = State::new(key);
        state.update(&input[..whole_groups]);
        state.fill_at(&input[whole_groups..], offset as u64, &mut output);
        prop_assert_eq!(&output, &whole[offset..]);
    }

    #[test]
    fn pieces_are_the_whole(
        len in 0_usize..900_000,
        cuts in prop::collection::vec(0_usize..200_000, 0..8),
        mode in any::<u8>(),
        key in any::<[u8; 32]>(),
    ) {
        let input: Vec<u8> = (0..len).map(|i| (i * i % 253) as u8).collect();
        let key = key_of(mode, &key);
        let mut state = State::new(key);
        let mut rest = &input[..];
        for cut in cuts {
            let (piece, _) = rest.split_at(cut.min(rest.len()));
            let left = state.update(piece).len();
            rest = &rest[piece.len() - left..];
            let mut stored = Vec::new();
            state.store(&mut stored);
            prop_assert!(stored.len() <= State::STORED_LEN);
            prop_assert!(State::load(&stored[1..]).is_none());
            state = State::load(&stored).unwrap();
        }
        let mut output = [0; 32];
        state.fill(rest, &mut output);
        prop_assert_eq!(output, digest(&input, &key));
    }
}
