//! `test/vectors/blake3`: the official vectors, and what the JavaScript suite checks too.
#![expect(clippy::unwrap_used, reason = "a manifest that does not parse fails the test")]

use std::fs;

use bytemill_hash::blake3::{Key, Mode, fill};
use bytemill_testkit::vectors::{check, folder, input};
use bytemill_testkit::{Value, hex, pattern};

fn digest(input: &[u8], mode: Mode<'_>, length: usize) -> String {
    let mut output = vec![0; length];
    fill(input, &Key::new(&mode), &mut output);
    hex(&output)
}

fn unhex(text: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&text[at..at + 2], 16).unwrap();
    (0..text.len()).step_by(2).map(byte).collect()
}

#[test]
fn official_vectors() {
    let vectors = fs::read(folder("blake3").join("vectors.json")).unwrap();
    let vectors: Value = serde_json::from_slice(&vectors).unwrap();
    let key: &[u8; 32] = vectors["key"].as_str().unwrap().as_bytes().try_into().unwrap();
    let context = vectors["context"].as_str().unwrap();
    let cases = vectors["cases"].as_array().unwrap();
    assert_eq!(cases.len(), 35);
    for case in cases {
        let input = pattern(case["input_len"].as_u64().unwrap());
        let modes = [
            ("hash", Mode::Hash),
            ("keyed_hash", Mode::Keyed(key)),
            ("derive_key", Mode::DeriveKey(context.as_bytes())),
        ];
        for (name, mode) in modes {
            let expected = case[name].as_str().unwrap();
            assert_eq!(expected.len(), 262);
            // A shorter output is a prefix of a longer one.
            for length in [0, 1, 32, 64, 100, 131] {
                let actual = digest(&input, mode, length);
                assert_eq!(actual, expected[..2 * length], "{name} of {} bytes", input.len());
            }
        }
    }
}

#[test]
fn manifest() {
    check("blake3", |case| {
        // Options that are wrong do not get as far as the kernel.
        if case["error"].is_string() {
            return Ok(());
        }
        let options = &case["options"];
        let key = options["key"].as_str().map(unhex);
        let key: Option<[u8; 32]> = key.map(|key| key.try_into().unwrap());
        let mode = match (&key, options["context"].as_str()) {
            (Some(key), _) => Mode::Keyed(key),
            (None, Some(context)) => Mode::DeriveKey(context.as_bytes()),
            (None, None) => Mode::Hash,
        };
        let length = options["length"].as_u64().unwrap_or(32) as usize;
        let actual = digest(&input("blake3", case), mode, length);
        if case["expect"]["hex"] == *actual { Ok(()) } else { Err(format!("got {actual}")) }
    });
}

/// The first official vector, as its authors publish it.
#[test]
fn empty_input() {
    let expected = "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262";
    assert_eq!(digest(b"", Mode::Hash, 32), expected);
}
