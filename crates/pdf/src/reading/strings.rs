//! Names as text.

/// UTF-8 (ISO 32000-1, 7.3.5) where it is, else Latin-1.
pub(crate) fn name_text(bytes: &[u8]) -> String {
    match core::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::name_text;

    #[test]
    fn encodings() {
        assert_eq!(name_text(b"caf\xe9"), "caf\u{e9}");
        assert_eq!(name_text("caf\u{e9}".as_bytes()), "caf\u{e9}");
    }
}
