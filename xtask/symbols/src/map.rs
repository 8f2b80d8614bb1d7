//! Writes a source map (ECMA-426). For wasm, the one line of the generated file is the module, its columns are bytes.

use std::collections::HashMap;
use std::fmt::Write as _;

use crate::lines::Row;

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The map as JSON.
pub(crate) fn json(rows: &[Row]) -> String {
    let mut sources: Vec<&str> = Vec::new();
    let mut positions: HashMap<&str, i64> = HashMap::new();
    let mut mappings = String::new();
    let (mut offset, mut source, mut line) = (0, 0, 0);
    for (index, row) in rows.iter().enumerate() {
        let next = sources.len().cast_signed() as i64;
        let position = *positions.entry(&row.file).or_insert_with(|| {
            sources.push(&row.file);
            next
        });
        if index > 0 {
            mappings.push(',');
        }
        // Lines count from 0 here, and every number is the difference to the one before; columns are not known.
        let (now, at) = (row.offset.cast_signed(), row.line.saturating_sub(1).cast_signed());
        for difference in [now - offset, position - source, at - line, 0] {
            vlq(&mut mappings, difference);
        }
        (offset, source, line) = (now, position, at);
    }
    let mut list = String::new();
    for (index, name) in sources.iter().enumerate() {
        let escaped = name.replace('\\', "\\\\").replace('"', "\\\"");
        let comma = if index == 0 { "" } else { "," };
        let _ = write!(list, "{comma}\"{escaped}\"");
    }
    format!("{{\"version\":3,\"sources\":[{list}],\"names\":[],\"mappings\":\"{mappings}\"}}\n")
}

/// Base64 digits of five bits each, the sign in the lowest.
fn vlq(out: &mut String, value: i64) {
    let mut rest = (value.unsigned_abs() << 1) | u64::from(value < 0);
    loop {
        let digit = (rest & 31) as usize;
        rest >>= 5;
        out.push(char::from(DIGITS[if rest == 0 { digit } else { digit | 32 }]));
        if rest == 0 {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_standard_shows() {
        for (value, text) in [(0, "A"), (1, "C"), (-1, "D"), (16, "gB"), (-17, "jB"), (1000, "w+B")]
        {
            let mut out = String::new();
            vlq(&mut out, value);
            assert_eq!(out, text, "{value}");
        }
    }

    #[test]
    fn a_map_names_its_sources_once() {
        let row = |offset, file: &str, line| Row { offset, file: file.to_owned(), line };
        let map = json(&[row(16, "a.rs", 1), row(20, "b.rs", 3), row(21, "a.rs", 2)]);
        let expected =
            r#"{"version":3,"sources":["a.rs","b.rs"],"names":[],"mappings":"gBAAA,ICEA,CDDA"}"#;
        assert_eq!(map.trim(), expected);
    }
}
