//! The vectors of `test/vectors/pdf`, which the JavaScript suite reads as well.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

use bytemill_pdf::{Limits, PdfError, TextOptions, extract_text, info};
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
        password: options["password"].as_str(),
        first_page: number(options, "firstPage").unwrap_or(1) as u32,
        last_page: number(options, "lastPage").unwrap_or(0) as u32,
    };
    let (mut output, mut ends) = (Vec::new(), Vec::new());
    let result = extract_text(input, &text_options, &limits(options), &mut output, &mut ends);
    if expect(case, result.map_err(code))?.is_none() {
        return Ok(());
    }
    let text = String::from_utf8(output).unwrap();
    let expected = &case["expect"];
    let wanted = expected.get("contains");
    for part in wanted.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
        if !text.contains(part) {
            return Err(format!("no {part:?} in {text:?}"));
        }
    }
    if let Some(pages) = number(expected, "pages")
        && pages != ends.len() as u64
    {
        return Err(format!("{} pages, not {pages}", ends.len()));
    }
    Ok(())
}

fn check_info(case: &Value, input: &[u8]) -> Result<(), String> {
    let options = &case["options"];
    let result = info(input, options["password"].as_str(), &limits(options));
    let Some(info) = expect(case, result.map_err(code))? else { return Ok(()) };
    let expected = &case["expect"];
    let (major, minor) = info.version;
    let version = Some(format!("{major}.{minor}"));
    let texts = [
        ("version", &version),
        ("title", &info.title),
        ("author", &info.author),
        ("subject", &info.subject),
        ("keywords", &info.keywords),
        ("creator", &info.creator),
        ("producer", &info.producer),
        ("creationDate", &info.creation_date),
        ("modificationDate", &info.modification_date),
    ];
    for (name, text) in texts {
        if let Some(wanted) = expected.get(name)
            && wanted.as_str() != text.as_deref()
        {
            return Err(format!("{name} {text:?}, not {wanted}"));
        }
    }
    let flags = [("encrypted", info.encrypted), ("linearized", info.linearized)];
    for (name, flag) in flags {
        if expected.get(name).is_some_and(|wanted| wanted.as_bool() != Some(flag)) {
            return Err(format!("{name} {flag}"));
        }
    }
    if let Some(wanted) = expected.get("pageSize") {
        let size = info.first_page_size.map(|(width, height)| [width, height].map(f64::from));
        let wanted = [wanted[0].as_f64(), wanted[1].as_f64()];
        if size.map(|size| size.map(Some)) != Some(wanted) {
            return Err(format!("page size {size:?}"));
        }
    }
    match number(expected, "pageCount") {
        Some(pages) if pages != u64::from(info.page_count) => {
            Err(format!("{} pages, not {pages}", info.page_count))
        }
        _ => Ok(()),
    }
}

#[test]
fn vectors() {
    check("pdf", |case| {
        let input = input("pdf", case);
        match case["op"].as_str().unwrap() {
            "pdf.extractText" => check_text(case, &input),
            "pdf.info" => check_info(case, &input),
            other => Err(format!("unknown operation {other}")),
        }
    });
}
