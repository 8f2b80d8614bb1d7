//! Reads one file and prints what came of it: `measure FILE [PASSWORD]`; text goes to standard output with `-v`.

use std::io::Write;

use bytemill_pdf::{Limits, TextOptions, extract_text, open};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().position(|a| a == "-v").map(|i| arguments.remove(i)).is_some();
    let input = arguments.first().and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    let (options, limits) = (TextOptions::default(), Limits::default());
    let (mut output, mut ends) = (Vec::new(), Vec::new());
    let result = open(&input, arguments.get(1).map(String::as_str), &limits)
        .and_then(|document| extract_text(&document, &options, &limits, &mut output, &mut ends));
    match result {
        Ok(extracted) => {
            eprintln!("text: {} bytes on {} pages, {extracted:?}", output.len(), ends.len());
        }
        Err(error) => eprintln!("text: {error:?}"),
    }
    if verbose {
        let _ = std::io::stdout().write_all(&output);
    }
}
