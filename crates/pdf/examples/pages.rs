//! Prints the text of a document's first pages, form feeds between them: `pages FILE [LAST]`. For
//! `bench/pdf-quality/run.mjs --engine-command`, which measures a change without the wasm module being built.

use std::io::Write;
use std::process::ExitCode;

use bytemill_pdf::{Limits, TextOptions, extract_text, open};

const LAST_PAGE: u32 = 8;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let input = arguments.next().and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    let last_page = arguments.next().and_then(|last| last.parse().ok()).unwrap_or(LAST_PAGE);
    let options = TextOptions { last_page, ..TextOptions::default() };
    let (mut output, limits) = (Vec::new(), Limits::default());
    let result = open(&input, None, &limits).and_then(|document| {
        extract_text(&document, &options, &limits, &mut output, &mut Vec::new())
    });
    let result = result.map_err(|error| error.to_string());
    match result.and_then(|_| std::io::stdout().write_all(&output).map_err(|it| it.to_string())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
