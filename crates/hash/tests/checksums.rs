//! `test/vectors/sha256`, `xxh3` and `crc32`: what the JavaScript suite checks too.
#![expect(clippy::unwrap_used, reason = "a manifest that does not parse fails the test")]

use std::fs;
use std::path::PathBuf;

use bytemill_hash::crc::{Polynomial, crc32};
use bytemill_hash::{sha256, xxh3};
use serde_json::Value;

fn run(folder: &str, hash: impl Fn(&str, &[u8], &Value) -> String) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../test/vectors").join(folder);
    let manifest: Value =
        serde_json::from_slice(&fs::read(folder.join("manifest.json")).unwrap()).unwrap();
    let cases = manifest["cases"].as_array().unwrap();
    assert!(cases.len() > 10);
    // What a number of 64 bits cannot be is refused before the kernel.
    for case in cases.iter().filter(|case| case["error"].is_null()) {
        let input = match &case["input"] {
            Value::String(file) => fs::read(folder.join(file)).unwrap(),
            pattern => (0..pattern["length"].as_u64().unwrap()).map(|i| (i % 251) as u8).collect(),
        };
        let found = hash(case["op"].as_str().unwrap(), &input, &case["options"]);
        assert_eq!(found, case["expect"]["hex"].as_str().unwrap(), "{}", case["name"]);
    }
}

#[test]
fn sha256_manifest() {
    run("sha256", |_, input, _| hex(&sha256::digest(input)));
}

#[test]
fn xxh3_manifest() {
    run("xxh3", |op, input, options| {
        let seed = options["seed"].as_u64().unwrap_or(0);
        match op {
            "hash.xxh3" => format!("{:016x}", xxh3::hash64(input, seed)),
            _ => format!("{:032x}", xxh3::hash128(input, seed)),
        }
    });
}

#[test]
fn crc32_manifest() {
    run("crc32", |op, input, options| {
        let polynomial = if op == "hash.crc32" { Polynomial::Ieee } else { Polynomial::Castagnoli };
        let before = options["value"].as_u64().unwrap_or(0);
        format!("{:08x}", crc32(polynomial, input, before as u32))
    });
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}
