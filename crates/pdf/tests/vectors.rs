//! The vectors of `test/vectors/pdf`, which the JavaScript suite reads as well.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use bytemill_pdf::{Limits, PdfError, TextOptions, extract_text, open};
use bytemill_testkit::Value;
use bytemill_testkit::vectors::{check, expect, input};

fn code(error: PdfError) -> &'static str {
    match error {
        PdfError::Invalid { .. } => "ERR_INVALID_DATA",
        PdfError::Truncated => "ERR_TRUNCATED",
        PdfError::Password => "ERR_PASSWORD",
        PdfError::Unsupported { .. } => "ERR_UNSUPPORTED",
        PdfError::PageRange { .. } => "ERR_INVALID_ARGUMENT",
        PdfError::TooManyPages { .. }
        | PdfError::StreamTooLarge { .. }
        | PdfError::TooManyObjects { .. }
        | PdfError::OutputTooLarge { .. } => "ERR_LIMIT_EXCEEDED",
        PdfError::OutOfMemory { .. } => "ERR_OUT_OF_MEMORY",
    }
}

fn number(options: &Value, name: &str) -> Option<u64> {
    options.get(name).and_then(Value::as_u64)
}

fn limits(options: &Value) -> Limits {
    let default = Limits::default();
    Limits {
        max_stream_bytes: number(options, "maxStreamBytes").unwrap_or(default.max_stream_bytes),
        max_output_bytes: number(options, "maxOutputBytes").unwrap_or(default.max_output_bytes),
        max_pages: number(options, "maxPages").map_or(default.max_pages, |pages| pages as u32),
    }
}

/// What is there instead of what was expected, if anything.
fn check_text(case: &Value, input: &[u8]) -> Result<(), String> {
    let options = &case["options"];
    let text_options = TextOptions {
        first_page: number(options, "firstPage").unwrap_or(1) as u32,
        last_page: number(options, "lastPage").unwrap_or(0) as u32,
        ..TextOptions::default()
    };
    let limits = limits(options);
    let (mut output, mut ends) = (Vec::new(), Vec::new());
    let result = open(input, options["password"].as_str(), &limits).and_then(|document| {
        extract_text(&document, &text_options, &limits, &mut output, &mut ends)
    });
    if expect(case, result.map_err(code))?.is_none() {
        return Ok(());
    }
    let text = String::from_utf8(output).unwrap();
    let expected = &case["expect"];
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let exact = expected.get("exact").is_some();
    let lines = |text: &str| {
        let lines = text.lines().map(flat).filter(|line| !line.is_empty());
        lines.collect::<Vec<_>>().join("\n")
    };
    let wanted = expected.get("contains").and_then(Value::as_array);
    let wanted = wanted.into_iter().flatten().filter_map(Value::as_str);
    for (part, page) in wanted.zip(text.split('\x0c')) {
        let found = if exact { lines(page) == part } else { flat(page).contains(&flat(part)) };
        if !found {
            return Err(format!("{page:?}, not {part:?}"));
        }
    }
    if let Some(pages) = number(expected, "pages")
        && pages != ends.len() as u64
    {
        return Err(format!("{} pages, not {pages}", ends.len()));
    }
    Ok(())
}

#[test]
fn vectors() {
    check("pdf", |case| {
        let input = input("pdf", case);
        match case["op"].as_str().unwrap() {
            "pdf.extractText" => check_text(case, &input),
            _ => Ok(()),
        }
    });
}
