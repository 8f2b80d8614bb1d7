//! Against the crate xxhash-rust.

use proptest::prelude::*;
use xxhash_rust::xxh3::{xxh3_64_with_seed, xxh3_128_with_seed};

use super::{State, hash64, hash128};

#[test]
fn every_length_up_to_three_turns() {
    let input: Vec<u8> = (0..4200_usize).map(|i| (i * i % 251) as u8).collect();
    for seed in [0, 1, 0x9E37_79B1_85EB_CA8D, u64::MAX] {
        for len in (0..1200).chain(1980..2120).chain([3071, 3072, 3073, 4200]) {
            let input = &input[..len];
            assert_eq!(hash64(input, seed), xxh3_64_with_seed(input, seed), "{len} bytes, {seed}");
            assert_eq!(
                hash128(input, seed),
                xxh3_128_with_seed(input, seed),
                "{len} bytes, {seed}"
            );
        }
    }
}

/// The buffer and some of the values of xxHash's own sanity check.
#[test]
fn the_sanity_values() {
    let mut state = 0x9E37_79B1_u64;
    let buffer: Vec<u8> = std::iter::repeat_with(|| {
        let byte = (state >> 56) as u8;
        state = state.wrapping_mul(0x9E37_79B1_85EB_CA8D);
        byte
    })
    .take(2367)
    .collect();
    for (len, expected) in [
        (0, 0x2D06_8005_38D3_94C2),
        (1, 0xC44B_DFF4_074E_ECDB),
        (6, 0x27B5_6A84_CD2D_7325),
        (12, 0xA713_DAF0_DFBB_77E7),
        (24, 0xA3FE_70BF_9D35_10EB),
        (48, 0x397D_A259_ECBA_1F11),
        (80, 0xBCDE_FBBB_2C47_C90A),
        (195, 0xCD94_217E_E362_EC3A),
        (403, 0xCDEB_804D_65C6_DEA4),
        (512, 0x617E_4959_9013_CB6B),
        (2048, 0xDD59_E2C3_A5F0_38E0),
        (2240, 0x6E73_A905_39CF_2948),
        (2367, 0xCB37_AEB9_E5D3_61ED),
    ] {
        assert_eq!(hash64(&buffer[..len], 0), expected, "{len} bytes");
    }
    assert_eq!(hash128(&[], 0), 0x99AA_06D3_0147_98D8_6001_C324_468D_497F);
}

#[test]
fn a_state_that_is_none_is_refused() {
    let mut stored = Vec::new();
    State::new(1).store(&mut stored);
    assert_eq!(stored.len(), State::STORED_LEN);
    assert!(State::load(&stored).is_some() && State::load(&stored[1..]).is_none());
    stored[8] = 1;
    assert!(State::load(&stored).is_none());
}

proptest! {
    #[test]
    fn pieces_are_the_whole(input in prop::collection::vec(any::<u8>(), 0..9000), at in 0_usize..9000, seed in any::<u64>()) {
        let mut state = State::new(seed);
        let at = at.min(input.len().saturating_sub(64));
        let left = state.update(&input[..at]).len();
        let mut stored = Vec::new();
        state.store(&mut stored);
        let state = State::load(&stored).unwrap();
        let last = &input[at - left..];
        prop_assert_eq!(state.hash64(last), xxh3_64_with_seed(&input, seed));
        prop_assert_eq!(state.hash128(last), xxh3_128_with_seed(&input, seed));
    }
}
