//! The direction of knowledge: kernels <- bindings/core <- shells <- npm <- test, bench. Never back, never sideways.

use std::fs;

use crate::build::files_below;
use crate::shell::{Outcome, root};

/// A folder, and what the manifests and sources below it must not mention.
struct Rule {
    below: &'static str,
    endings: &'static [&'static str],
    forbidden: &'static [&'static str],
}

const RULES: [Rule; 6] = [
    Rule {
        below: "crates",
        endings: &["Cargo.toml", ".rs"],
        forbidden: &[
            "wasm-bindgen",
            "wasm_bindgen",
            "napi",
            "js-sys",
            "js_sys",
            "bytemill-core",
            "bytemill_core",
            "std::fs",
            "std::net",
            "std::thread::",
        ],
    },
    Rule {
        below: "bindings/core",
        endings: &["Cargo.toml", ".rs"],
        forbidden: &[
            "wasm-bindgen",
            "wasm_bindgen",
            "js-sys",
            "js_sys",
            "napi.",
            "napi_derive",
            "bytemill-wasm",
            "bytemill-napi",
        ],
    },
    Rule {
        below: "bindings/wasm",
        endings: &["Cargo.toml", ".rs"],
        forbidden: &[
            "bytemill-napi",
            "bytemill-zstd",
            "bytemill-gzip",
            "bytemill-brotli",
            "bytemill-lz4",
            "bytemill-hash",
            "bytemill-image",
            "bytemill-jpeg",
            "bytemill-webp",
            "bytemill-formats",
            "bytemill-raster",
            "bytemill-resize",
            "bytemill-icc",
            "bytemill-pdf",
        ],
    },
    Rule {
        below: "bindings/napi",
        endings: &["Cargo.toml", ".rs"],
        forbidden: &[
            "bytemill-wasm",
            "bytemill-zstd",
            "bytemill-gzip",
            "bytemill-brotli",
            "bytemill-lz4",
            "bytemill-hash",
            "bytemill-image",
            "bytemill-jpeg",
            "bytemill-webp",
            "bytemill-formats",
            "bytemill-raster",
            "bytemill-resize",
            "bytemill-icc",
            "bytemill-pdf",
        ],
    },
    Rule {
        below: "npm/src",
        endings: &[".ts"],
        forbidden: &["../../test", "../../bench", "../bench", "../test/"],
    },
    // Families are bundled apart, and the core serves all of them.
    Rule {
        below: "npm/src/core",
        endings: &[".ts"],
        forbidden: &[
            "generated/zstd",
            "generated/gzip",
            "generated/brotli",
            "generated/lz4",
            "generated/hash",
            "generated/image",
            "generated/pdf",
            "../entry/",
        ],
    },
];

/// Checks every rule; tests of the kernels may do I/O to read their vectors.
pub(crate) fn check() -> Outcome {
    let mut found = Vec::new();
    for rule in RULES {
        let mut files = Vec::new();
        files_below(&root().join(rule.below), &mut files);
        for file in files {
            let name = file.to_string_lossy().replace('\\', "/");
            let checked = rule.endings.iter().any(|ending| name.ends_with(ending));
            let helper = ["/tests/", "/tests.rs", "/examples/", "/benches/"]
                .iter()
                .any(|part| name.contains(part));
            if !checked || helper || name.contains("/node_modules/") {
                continue;
            }
            let text = fs::read_to_string(&file).unwrap_or_default();
            for (number, line) in text.lines().enumerate() {
                let code = line
                    .split("//")
                    .next()
                    .unwrap_or_default()
                    .split('#')
                    .next()
                    .unwrap_or_default();
                if let Some(word) = rule.forbidden.iter().find(|word| code.contains(**word)) {
                    found.push(format!(
                        "{name}:{}: {} must not know of {word}",
                        number + 1,
                        rule.below
                    ));
                }
            }
        }
    }
    if found.is_empty() {
        Ok(())
    } else {
        Err(format!("layers are crossed:\n{}", found.join("\n")))
    }
}
