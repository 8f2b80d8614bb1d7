//! Page labels (ISO 32000-1, 12.4.2).

use bytemill_pdf_objects::{Dictionary, Document, PdfError};

use super::tree;
use crate::text_string::text_string;

/// Letters and Roman numerals grow with the number: past these pages of a range they are written as digits.
const MAX_NUMERAL: i64 = 10_000;

/// The label of each page, such as `iv` or `A-3`; nothing where the document has none, and pages are counted from 1.
///
/// # Errors
///
/// A limit that was passed.
pub fn page_labels(document: &Document<'_>) -> Result<Option<Vec<String>>, PdfError> {
    let catalog = document.catalog();
    let Some(root) = catalog.get(b"PageLabels") else { return Ok(None) };
    let mut ranges: Vec<(u32, Dictionary)> = Vec::new();
    tree::walk(document, root, b"Nums", |key, value| {
        let start = key.as_integer().and_then(|start| u32::try_from(start).ok());
        if let (Some(start), Some(range)) = (start, document.resolve(value).as_dictionary()) {
            ranges.push((start, range.clone()));
        }
        Ok(true)
    })?;
    document.check()?;
    if ranges.is_empty() {
        return Ok(None);
    }
    ranges.sort_by_key(|(start, _)| *start);
    let count = document.page_count();
    let mut labels = Vec::new();
    // Pages before the first range, which should begin with the first page.
    labels.extend((0..ranges[0].0.min(count)).map(|index| (index + 1).to_string()));
    for (index, (start, range)) in ranges.iter().enumerate() {
        let end = ranges.get(index + 1).map_or(count, |(next, _)| (*next).min(count));
        let prefix = document.string(range, b"P").map(|prefix| text_string(&prefix));
        let prefix = prefix.unwrap_or_default();
        let style = document.name(range, b"S").unwrap_or_default();
        let first = document.integer(range, b"St").unwrap_or(1);
        for page in *start..end {
            let mut label = prefix.clone();
            numeral(first.saturating_add(i64::from(page - start)), &style, &mut label);
            labels.push(label);
        }
    }
    document.check()?;
    Ok(Some(labels))
}

/// Appends a number in a style (table 159); nothing where there is no style.
fn numeral(number: i64, style: &[u8], out: &mut String) {
    let small = (1..=MAX_NUMERAL).contains(&number);
    match style {
        b"R" | b"r" if small => roman(number, style == b"r", out),
        b"A" | b"a" if small => {
            // A to Z, then AA to ZZ, AAA to ZZZ.
            let letter = style[0] + ((number - 1) % 26) as u8;
            out.extend((0..=(number - 1) / 26).map(|_| char::from(letter)));
        }
        b"D" | b"R" | b"r" | b"A" | b"a" => out.push_str(&number.to_string()),
        _ => {}
    }
}

fn roman(mut number: i64, lower: bool, out: &mut String) {
    const DIGITS: [(i64, &str, &str); 13] = [
        (1000, "M", "m"),
        (900, "CM", "cm"),
        (500, "D", "d"),
        (400, "CD", "cd"),
        (100, "C", "c"),
        (90, "XC", "xc"),
        (50, "L", "l"),
        (40, "XL", "xl"),
        (10, "X", "x"),
        (9, "IX", "ix"),
        (5, "V", "v"),
        (4, "IV", "iv"),
        (1, "I", "i"),
    ];
    for (value, upper_case, lower_case) in DIGITS {
        while number >= value {
            out.push_str(if lower { lower_case } else { upper_case });
            number -= value;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::numeral;

    #[test]
    fn styles() {
        let cases: [(i64, &str, &str); 14] = [
            (1, "D", "1"),
            (-3, "D", "-3"),
            (4, "r", "iv"),
            (1994, "R", "MCMXCIV"),
            (9, "r", "ix"),
            (1, "A", "A"),
            (26, "a", "z"),
            (27, "A", "AA"),
            (53, "a", "aaa"),
            (0, "A", "0"),
            (0, "r", "0"),
            (100_000, "R", "100000"),
            (7, "", ""),
            (7, "X", ""),
        ];
        for (number, style, label) in cases {
            let mut out = String::new();
            numeral(number, style.as_bytes(), &mut out);
            assert_eq!(out, label);
        }
    }
}
