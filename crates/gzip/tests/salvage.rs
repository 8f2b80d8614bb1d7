//! What is left of damaged streams: all that comes before the damage.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use bytemill_gzip::{EncodeOptions, Encoder, Ending, Format, Salvager};

fn raw(plain: &[u8], level: u8) -> Vec<u8> {
    let mut output = Vec::new();
    let options = EncodeOptions { format: Format::Raw, level, ..EncodeOptions::default() };
    Encoder::new().compress(plain, &options, &mut output).unwrap();
    output
}

fn salvage(input: &[u8], max_bytes: u64) -> (Ending, Vec<u8>) {
    let mut output = b"before".to_vec();
    let ending = Salvager::new().decompress(input, max_bytes, &mut output).unwrap();
    assert_eq!(output[..6], *b"before");
    (ending, output.split_off(6))
}

#[test]
fn whole_streams_and_every_cut() {
    let plain: Vec<u8> = (0..3000u32).map(|at| (at % 97 * (at >> 6)) as u8).collect();
    for level in [0, 1, 6, 9] {
        let input = raw(&plain, level);
        assert_eq!(salvage(&input, u64::MAX), (Ending::Complete, plain.clone()), "level {level}");
        assert_eq!(
            salvage(&[&input[..], b"junk"].concat(), 3000),
            (Ending::Complete, plain.clone())
        );
        let mut longest = 0;
        for cut in 0..input.len() {
            let (ending, output) = salvage(&input[..cut], u64::MAX);
            assert!(
                ending == Ending::Damaged && plain.starts_with(&output),
                "level {level}, {cut}"
            );
            assert!(output.len() >= longest, "a longer input gives no less");
            longest = output.len();
        }
        assert!(longest > 2900, "level {level}: {longest}");
    }
}

#[test]
fn limits_are_exact() {
    let plain = vec![7; 40 << 20];
    let input = raw(&plain, 6);
    for (limit, expected) in [
        (0, Ending::Limit),
        (1, Ending::Limit),
        ((40 << 20) - 1, Ending::Limit),
        (40 << 20, Ending::Complete),
    ] {
        let (ending, output) = salvage(&input, limit);
        assert!(ending == expected && output.len() as u64 <= limit, "{limit}: {ending:?}");
    }
    assert_eq!(salvage(&[], 9), (Ending::Damaged, Vec::new()));
    assert_eq!(salvage(&[0xFF; 9], 9), (Ending::Damaged, Vec::new()));
}
