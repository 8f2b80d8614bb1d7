//! `test/vectors/dedup`: what the JavaScript suite checks too.
#![expect(clippy::unwrap_used, reason = "a manifest that does not parse fails the test")]

use std::fs;
use std::path::PathBuf;

use bytemill_dedup::{
    Chunker, Chunks, FastCdc, Fingerprint, FingerprintParameters, Normalization, XET_DATA_KEY,
    chunk, root, xet_file_hash,
};
use bytemill_hash::blake3::{Key, Mode};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../test/vectors/dedup")
}

fn input(of: &Value) -> Vec<u8> {
    if let Value::String(file) = of {
        return fs::read(folder().join(file)).unwrap();
    }
    let length = of["length"].as_u64().unwrap();
    if of["pattern"] == "mod251" {
        return (0..length).map(|at| (at % 251) as u8).collect();
    }
    let mut state = 0x2545_f491_u32;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    };
    (0..length).map(|_| next()).collect()
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}

fn unhex(digits: &str) -> [u8; 32] {
    std::array::from_fn(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).unwrap())
}

fn chunks(input: &[u8], options: &Value) -> (Chunks, [u8; 32]) {
    let size = |name: &str| options[name].as_u64().map(|size| size as u32);
    let average = size("averageBytes").unwrap_or(65_536);
    let (min, max) = (size("minBytes"), size("maxBytes"));
    let level = size("normalization").unwrap_or(1);
    let secret = options["key"].as_str().map(unhex);
    let xet = options["algorithm"] == "xet";
    let mode = match (&secret, options["context"].as_str()) {
        (Some(secret), _) => Mode::Keyed(secret),
        (_, Some(context)) => Mode::DeriveKey(context.as_bytes()),
        _ if xet => Mode::Keyed(&XET_DATA_KEY),
        _ => Mode::Hash,
    };
    let chunker = if xet {
        Chunker::Xet
    } else {
        let sizes = [min.unwrap_or(average / 4), average, max.unwrap_or(average * 4)];
        Chunker::FastCdc(FastCdc::new(sizes[0], sizes[1], sizes[2], level).unwrap())
    };
    let mut chunks = Chunks::default();
    chunk(input, true, &chunker, &Key::new(&mode), &mut chunks).unwrap();
    let above = if xet { xet_file_hash } else { root };
    let root = above(&chunks.digests, &chunks.lengths);
    (chunks, root)
}

fn fingerprint(input: &[u8], options: &Value) -> String {
    let secret = options["key"].as_str().map(unhex);
    let newlines = options["normalization"] == "newlines";
    let maker = Fingerprint::new(&FingerprintParameters {
        namespace: options["namespace"].as_str().unwrap_or_default().as_bytes(),
        version: options["version"].as_u64().unwrap_or(1) as u32,
        normalization: if newlines { Normalization::Newlines } else { Normalization::None },
        length: options["length"].as_u64().unwrap_or(32) as u8,
        secret: secret.as_ref(),
    });
    hex(&maker.of(input).unwrap()[..maker.length()])
}

#[test]
fn the_manifest() {
    let bytes = fs::read(folder().join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&bytes).unwrap();
    let cases = manifest["cases"].as_array().unwrap();
    assert!(cases.len() > 60);
    for case in cases.iter().filter(|case| case["error"].is_null()) {
        let (name, expect) = (&case["name"], &case["expect"]);
        let input = input(&case["input"]);
        if case["op"] == "dedup.fingerprint" {
            assert_eq!(fingerprint(&input, &case["options"]), expect["hex"], "{name}");
            continue;
        }
        let (chunks, root) = chunks(&input, &case["options"]);
        let lengths: Vec<u64> =
            expect["lengths"].as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
        assert!(chunks.lengths.iter().map(|length| u64::from(*length)).eq(lengths), "{name}");
        assert_eq!(hex(&Sha256::digest(&chunks.digests)), expect["digests"], "{name}");
        assert_eq!(hex(&root), expect["root"], "{name}");
    }
}
