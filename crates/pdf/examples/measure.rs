//! Reads one file and prints what came of it: `measure FILE [PASSWORD]`; text goes to standard output with `-v`.

use std::io::Write;

use bytemill_pdf::{Limits, TextOptions, extract_text, info};

fn main() {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let verbose = arguments.iter().position(|a| a == "-v").map(|i| arguments.remove(i)).is_some();
    let input = arguments.first().and_then(|path| std::fs::read(path).ok()).unwrap_or_default();
    let password = arguments.get(1).map(String::as_str);
    let options = TextOptions { password, first_page: 1, last_page: 0 };
    let (mut output, mut ends) = (Vec::new(), Vec::new());
    match extract_text(&input, &options, &Limits::default(), &mut output, &mut ends) {
        Ok(()) => eprintln!("text: {} bytes on {} pages", output.len(), ends.len()),
        Err(error) => eprintln!("text: {error:?}"),
    }
    match info(&input, password, &Limits::default()) {
        Ok(info) => eprintln!("info: {} pages, {:?}", info.page_count, info.title),
        Err(error) => eprintln!("info: {error:?}"),
    }
    if verbose {
        let _ = std::io::stdout().write_all(&output);
    }
}
