//! What a document says of itself.

use lopdf::{Document, Object};

use crate::page::{inherited, pages};
use crate::{Limits, PdfError, document, encodings};

/// Description of a document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Info {
    /// Major and minor version, from the header or, where that is later, the catalog.
    pub version: (u8, u8),
    /// Pages that the page tree leads to.
    pub page_count: u32,
    /// Whether the file is encrypted.
    pub encrypted: bool,
    /// Whether the file is laid out for page-at-a-time loading.
    pub linearized: bool,
    /// Width and height in points of the first page's crop box or else media box, before rotation.
    pub first_page_size: Option<(f32, f32)>,
    /// `Title` of the information dictionary.
    pub title: Option<String>,
    /// `Author`.
    pub author: Option<String>,
    /// `Subject`.
    pub subject: Option<String>,
    /// `Keywords`.
    pub keywords: Option<String>,
    /// `Creator`: the program that made the original.
    pub creator: Option<String>,
    /// `Producer`: the program that made the PDF.
    pub producer: Option<String>,
    /// `CreationDate` as it stands there, such as `D:20240131120000Z`.
    pub creation_date: Option<String>,
    /// `ModDate` as it stands there.
    pub modification_date: Option<String>,
}

/// Reads a document's description.
///
/// # Errors
///
/// A document that cannot be read or opened, or that passes a limit.
pub fn info(input: &[u8], password: Option<&str>, limits: &Limits) -> Result<Info, PdfError> {
    let document = document::open(input, password, limits)?;
    let pages = pages(&document, limits)?;
    let text = |key: &[u8]| field(&document, key);
    Ok(Info {
        version: version(&document),
        page_count: pages.len() as u32,
        encrypted: document.was_encrypted(),
        linearized: document.linearization.is_some(),
        first_page_size: pages.first().and_then(|page| {
            [b"CropBox".as_slice(), b"MediaBox"]
                .iter()
                .find_map(|key| size(&document, inherited(&document, *page, key)?))
        }),
        title: text(b"Title"),
        author: text(b"Author"),
        subject: text(b"Subject"),
        keywords: text(b"Keywords"),
        creator: text(b"Creator"),
        producer: text(b"Producer"),
        creation_date: text(b"CreationDate"),
        modification_date: text(b"ModDate"),
    })
}

/// Both are written as `1.7`.
fn version(document: &Document) -> (u8, u8) {
    let parse = |text: &[u8]| match *text {
        [major @ b'0'..=b'9', b'.', minor @ b'0'..=b'9', ..] => (major - b'0', minor - b'0'),
        _ => (0, 0),
    };
    let header = parse(document.version.as_bytes());
    let catalog = document
        .catalog()
        .and_then(|catalog| catalog.get_deref(b"Version", document))
        .and_then(Object::as_name)
        .map_or((0, 0), parse);
    header.max(catalog)
}

/// A rectangle's corners may come in any order (ISO 32000-1, 7.9.5).
fn size(document: &Document, rectangle: &Object) -> Option<(f32, f32)> {
    let [x0, y0, x1, y1] = rectangle.as_array().ok()?.as_slice() else { return None };
    let number = |object| {
        let (_, object) = document.dereference(object).ok()?;
        object.as_float().ok().filter(|number| number.is_finite())
    };
    let (width, height) = (number(x1)? - number(x0)?, number(y1)? - number(y0)?);
    Some((width.abs(), height.abs()))
}

/// A text string of the information dictionary (7.9.2.2).
fn field(document: &Document, key: &[u8]) -> Option<String> {
    let dictionary = document.trailer.get_deref(b"Info", document).ok()?.as_dict().ok()?;
    let object = dictionary.get_deref(key, document).ok()?;
    Some(text_string(object.as_str().ok()?))
}

/// UTF-16 or UTF-8 where a byte order mark says so, else `PDFDocEncoding`; what is broken becomes U+FFFD. Spelled out
/// because lopdf does it by `encoding_rs`, whose tables of East Asian encodings would be a third of the module.
fn text_string(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, rest @ ..] => {
            let units = rest.as_chunks::<2>().0.iter().map(|unit| u16::from_be_bytes(*unit));
            let chars = char::decode_utf16(units);
            chars.map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
        }
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => {
            let table = encodings::table(encodings::PDF_DOC);
            let chars = bytes.iter().map(|byte| table[usize::from(*byte)]);
            chars.filter(|char| *char != '\0').collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::text_string;
    use lopdf::{Object, StringFormat, decode_text_string};

    #[test]
    fn text_strings_are_lopdfs() {
        let bytes: Vec<u8> = (0..=255).collect();
        for text in [&bytes[..0xfe], b"\xfe\xff\0A\xd8\x3d\xde\x00", b"\xef\xbb\xbf\xc3\xa4", b""] {
            let object = Object::String(text.to_vec(), StringFormat::Literal);
            assert_eq!(text_string(text), decode_text_string(&object).unwrap());
        }
    }

    #[test]
    fn what_is_broken_is_replaced() {
        assert_eq!(text_string(b"\xfe\xff\xd8\0\0A"), "\u{fffd}A");
        assert_eq!(text_string(b"\xef\xbb\xbf\xffA"), "\u{fffd}A");
    }
}
