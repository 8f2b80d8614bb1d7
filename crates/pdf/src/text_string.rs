//! Text strings (ISO 32000-1, 7.9.2.2; ISO 32000-2 adds UTF-8).

use bytemill_pdf_fonts::pdf_doc_char;

/// UTF-16 or UTF-8 where a byte order mark says so, else `PDFDocEncoding`; what is broken becomes U+FFFD. Language codes
/// between escape characters, which UTF-16 may have, are left out.
pub(crate) fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // Not in the specification, but in files.
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => {
            bytes.iter().filter_map(|byte| pdf_doc_char(*byte)).filter(|it| *it != '\0').collect()
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    const ESCAPE: u16 = 0x1b;
    let mut escaped = false;
    let units = bytes.as_chunks::<2>().0.iter().map(|pair| unit(*pair)).filter(|unit| {
        escaped ^= *unit == ESCAPE;
        !escaped && *unit != ESCAPE
    });
    char::decode_utf16(units).map(|it| it.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

#[cfg(test)]
mod tests {
    use super::text_string;

    #[test]
    fn byte_order_marks_decide() {
        assert_eq!(text_string(b"\xfe\xff\x04\x16\xd8\x3d\xde\x00"), "\u{416}\u{1f600}");
        assert_eq!(text_string(b"\xff\xfe\x16\x04"), "\u{416}");
        assert_eq!(text_string(b"\xef\xbb\xbf\xd0\x96"), "\u{416}");
        assert_eq!(text_string(b"caf\xe9 \x84"), "caf\u{e9} \u{2014}");
        assert_eq!(text_string(b"\xfe\xff\xd8\0\0A"), "\u{fffd}A");
        assert_eq!(text_string(b""), "");
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        assert_eq!(text_string(b"\xfe\xff\0\x1b\0d\0e\0\x1b\0A"), "A");
        assert_eq!(text_string(b"A\0\x9f"), "A");
        assert_eq!(text_string(b"\xef\xbb\xbf\xffA"), "\u{fffd}A");
    }
}
