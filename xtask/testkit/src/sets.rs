//! Conformance and hostile sets: real files with the verdicts of reference implementations.

use std::path::PathBuf;
use std::{env, fs};

use crate::sha256;

/// The sets' folder: what `BYTEMILL_SETS` names, or one beside the workspace. Where there is none, says so.
pub fn folder() -> Option<PathBuf> {
    let beside = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/sets");
    let folder = env::var_os("BYTEMILL_SETS").map_or(beside, PathBuf::from);
    let found = folder.join("ORACLE.tsv").is_file().then_some(folder);
    if found.is_none() {
        println!("skipped: no conformance sets (BYTEMILL_SETS names their folder)");
    }
    found
}

/// Holds a decoder to the reference's verdict on every file of some formats, and to the digest of what it wrote.
///
/// # Panics
///
/// With a list of the files where the two differ, and where there are fewer than `at_least` files.
pub fn check_codec<Error: std::fmt::Display>(
    formats: &[&str],
    at_least: usize,
    mut decode: impl FnMut(&str, &[u8]) -> Result<Vec<u8>, Error>,
) {
    let Some(sets) = folder() else { return };
    let oracle = fs::read_to_string(sets.join("ORACLE.tsv")).unwrap();
    let mut differences = Vec::new();
    let mut count = 0;
    for line in oracle.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [format, _, file, verdict, _, digest, ..] = fields[..] else { continue };
        if !formats.contains(&format) {
            continue;
        }
        count += 1;
        let input = fs::read(sets.join(format).join(file)).unwrap();
        let difference = match (verdict, decode(format, &input)) {
            ("accept", Err(error)) => format!("false reject: {error}"),
            ("reject", Ok(output)) => format!("false accept: {} bytes", output.len()),
            ("accept", Ok(output)) if sha256(&output) != digest => "other bytes".to_owned(),
            _ => continue,
        };
        differences.push(format!("{format}/{file}: {difference}"));
    }
    assert!(count >= at_least, "only {count} files");
    let failures = differences.len();
    assert!(differences.is_empty(), "{failures} of {count}:\n{}", differences.join("\n"));
}
