//! Vectors: a manifest of cases, each with an operation, options, an input and what is expected.

use std::fs;
use std::path::PathBuf;

use crate::{Value, pattern, sha256};

/// A folder of vectors.
pub fn folder(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../test/vectors").join(name)
}

/// Runs all cases of a folder's manifest.
///
/// # Panics
///
/// With a list of the cases that fail.
pub fn check(name: &str, mut run: impl FnMut(&Value) -> Result<(), String>) {
    let manifest = fs::read(folder(name).join("manifest.json")).unwrap();
    let manifest: Value = serde_json::from_slice(&manifest).unwrap();
    let cases = manifest["cases"].as_array().unwrap();
    assert!(!cases.is_empty(), "{name} has no vectors");
    let mut failures = Vec::new();
    for case in cases {
        if let Err(problem) = run(case) {
            failures.push(format!("{}: {problem}", case["name"]));
        }
    }
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// The bytes that a case is about: those of a file, or a pattern of some length.
///
/// # Panics
///
/// Where there is no such file.
pub fn input(name: &str, case: &Value) -> Vec<u8> {
    match &case["input"] {
        Value::String(file) => fs::read(folder(name).join(file)).unwrap(),
        lengthy => pattern(lengthy["length"].as_u64().unwrap()),
    }
}

/// The result where one is expected, nothing where the right error came.
///
/// # Errors
///
/// What came instead of what the case expects.
pub fn expect<T>(case: &Value, result: Result<T, &str>) -> Result<Option<T>, String> {
    match (case["error"].as_str(), result) {
        (None, Ok(value)) => Ok(Some(value)),
        (None, Err(code)) => Err(code.to_owned()),
        (Some(expected), Err(code)) if expected == code => Ok(None),
        (Some(expected), Err(code)) => Err(format!("{code} instead of {expected}")),
        (Some(expected), Ok(_)) => Err(format!("accepted instead of {expected}")),
    }
}

/// What a codec's vectors are run by.
pub trait Codec {
    /// The folder of its vectors, and its operations' first name.
    const NAME: &'static str;

    /// Compresses with a case's options; the code of the error where that fails.
    ///
    /// # Errors
    ///
    /// As a case's `error` names it.
    fn compress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str>;

    /// Decompresses with a case's options.
    ///
    /// # Errors
    ///
    /// As a case's `error` names it.
    fn decompress(case: &Value, input: &[u8]) -> Result<Vec<u8>, &'static str>;

    /// The content of what [`Codec::compress`] gave for a case, by another implementation where there is one.
    fn unpack(case: &Value, input: &[u8], output: &[u8]) -> Option<Vec<u8>>;
}

/// Runs all vectors of a codec.
///
/// # Panics
///
/// With a list of the cases that fail.
pub fn check_codec<C: Codec>() {
    check(C::NAME, |case| {
        let input = input(C::NAME, case);
        let compresses = case["op"] == format!("{}.compress", C::NAME);
        let run = if compresses { C::compress } else { C::decompress };
        let Some(output) = expect(case, run(case, &input))? else { return Ok(()) };
        if case["sha256"].as_str().is_some_and(|digest| sha256(&output) != digest) {
            return Err("other bytes".to_owned());
        }
        if let Some(file) = case["output"].as_str()
            && fs::read(folder(C::NAME).join(file)).unwrap() != output
        {
            return Err("other bytes".to_owned());
        }
        let expect = &case["expect"];
        if let Some(most) = expect["maxBytes"].as_u64()
            && output.len() as u64 > most
        {
            return Err(format!("{} bytes, expected at most {most}", output.len()));
        }
        let round_trip = expect["roundTrip"] == Value::Bool(true);
        if round_trip && C::unpack(case, &input, &output).as_deref() != Some(&*input) {
            return Err("does not round-trip".to_owned());
        }
        Ok(())
    });
}
