//! Against the crate sha2.

use proptest::prelude::*;
use sha2::Digest as _;

use super::{State, digest, digests};

fn expected(input: &[u8]) -> [u8; 32] {
    sha2::Sha256::digest(input).into()
}

#[test]
fn around_the_borders_of_blocks() {
    let input: Vec<u8> = (0..1000_usize).map(|i| (i % 251) as u8).collect();
    for len in (0..260).chain([511, 512, 513, 999]) {
        assert_eq!(digest(&input[..len]), expected(&input[..len]), "{len} bytes");
    }
}

#[test]
fn a_state_that_is_none_is_refused() {
    let mut stored = Vec::new();
    State::default().store(&mut stored);
    assert_eq!(stored.len(), State::STORED_LEN);
    assert_eq!(State::load(&stored), Some(State::default()));
    assert_eq!(State::load(&stored[1..]), None);
    stored[32] = 1;
    assert_eq!(State::load(&stored), None);
}

proptest! {
    #[test]
    fn a_batch_is_its_inputs_one_by_one(
        inputs in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..20),
        long in 0_usize..70_000,
    ) {
        let mut inputs = inputs;
        inputs.push(vec![7; long]);
        inputs.push(vec![8; 3]);
        let mut output = vec![0; inputs.len() * 32];
        digests(&mut inputs.iter().map(Vec::as_slice), &mut output);
        let all: Vec<u8> = inputs.iter().flat_map(|input| expected(input)).collect();
        prop_assert_eq!(output, all);
    }

    #[test]
    fn pieces_are_the_whole(input in prop::collection::vec(any::<u8>(), 0..2000), at in 0_usize..2000) {
        let (head, tail) = input.split_at(at.min(input.len()) / 64 * 64);
        let mut state = State::default();
        prop_assert!(state.update(head).is_empty());
        let mut stored = Vec::new();
        state.store(&mut stored);
        prop_assert_eq!(State::load(&stored).unwrap().digest(tail), expected(&input));
    }
}
