//! The engine against the reference.

use proptest::prelude::*;

use crate::{Mode, blake3, reference};

fn both(input: &[u8], mode: Mode<'_>, len: usize) -> (Vec<u8>, Vec<u8>) {
    let (mut ours, mut theirs) = (vec![0; len], vec![0; len]);
    blake3(input, &mode, &mut ours);
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
        for mode in [Mode::Hash, Mode::Keyed(&key), Mode::DeriveKey("bytemill tests")] {
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
        for mode in [Mode::Hash, Mode::Keyed(&key), Mode::DeriveKey(&context)] {
            let (ours, theirs) = both(&input, mode, len);
            prop_assert_eq!(ours, theirs);
        }
    }
}
