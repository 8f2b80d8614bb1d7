//! Every file of the conformance sets against the verdict of the reference implementation and the digest of its output.
//!
//! The sets are not part of the repository. They are looked for in `BYTEMILL_SETS`, then in a folder beside the
//! workspace; without them this test says so and passes. There are no known differences.

use std::path::PathBuf;
use std::{env, fs};

use bytemill_brotli::{DecodeOptions, decompress};
use sha2::{Digest, Sha256};

fn sets() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sets");
    let folder = env::var_os("BYTEMILL_SETS").map_or(beside, PathBuf::from);
    folder.join("ORACLE.tsv").is_file().then_some(folder)
}

#[test]
fn accepts_what_the_reference_accepts() {
    let Some(sets) = sets() else {
        println!("skipped: no conformance sets (BYTEMILL_SETS names their folder)");
        return;
    };
    let oracle = fs::read_to_string(sets.join("ORACLE.tsv")).unwrap();
    let mut differences = Vec::new();
    let mut count = 0;
    for line in oracle.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let ["brotli", _, file, verdict, _, digest, ..] = fields[..] else { continue };
        count += 1;
        let input = fs::read(sets.join("brotli").join(file)).unwrap();
        let mut output = Vec::new();
        let result = decompress(&input, &DecodeOptions::default(), &mut output);
        let difference = match (verdict, result) {
            ("accept", Err(error)) => format!("false reject: {error}"),
            ("reject", Ok(())) => format!("false accept: {} bytes", output.len()),
            ("accept", Ok(())) if hex(&Sha256::digest(&output)) != digest => "other bytes".into(),
            _ => continue,
        };
        differences.push(format!("{file}: {difference}"));
    }
    assert!(count >= 28, "only {count} files");
    assert!(
        differences.is_empty(),
        "{} of {count}:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).flatten().collect()
}
