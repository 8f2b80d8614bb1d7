//! A kernel behind wasm-bindgen as its guide shows it: slices in, `Vec` or `Result` out. The same kernel, compiled with
//! the same flags, as in the package, so that only the way to it differs.

use bytemill_hash::blake3::{Key, Mode, digest as hash};
use wasm_bindgen::prelude::{JsError, wasm_bindgen};

fn digest(input: &[u8]) -> [u8; 32] {
    hash(input, &Key::new(&Mode::Hash))
}

/// BLAKE3 of the input.
#[wasm_bindgen]
pub fn blake3(input: &[u8]) -> Vec<u8> {
    digest(input).to_vec()
}

/// BLAKE3 of the input, as a function that can fail.
#[wasm_bindgen(js_name = blake3Checked)]
pub fn blake3_checked(input: &[u8]) -> Result<Vec<u8>, JsError> {
    Ok(blake3(input))
}

/// The kernel alone, `rounds` times without leaving wasm: what a boundary that costs nothing would cost.
#[wasm_bindgen]
pub fn kernel(length: usize, rounds: u32) -> u8 {
    let mut input = vec![0; length];
    for round in 0..rounds {
        // The next input depends on the last digest, so that no round can be left out.
        input[0] = digest(&input)[0] ^ round as u8;
    }
    input[0]
}
