//! Filters (ISO 32000-1, 7.4), through the data of inline images.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::sync::Arc;

use bytemill_gzip::{EncodeOptions, Encoder, Format};
use bytemill_pdf_objects::{
    Dictionary, Document, ImageFilter, Lexer, Limits, OpenOptions, PdfError, Stream,
};

const FILE: &[u8] =
    b"%PDF-1.4\n1 0 obj<</Pages 2 0 R>>endobj 2 0 obj<</Kids[3 0 R]/Count 1>>endobj \
    3 0 obj<</Type/Page>>endobj trailer<</Root 1 0 R>>";

fn dictionary(text: &str) -> Dictionary {
    Lexer::new(text.as_bytes()).object().as_dictionary().cloned().unwrap()
}

fn open(max_stream_bytes: u64) -> Document<'static> {
    let limits = Limits { max_stream_bytes, ..Limits::default() };
    Document::open(FILE, &OpenOptions { password: None, limits }).unwrap()
}

fn decode(entries: &str, bytes: &[u8]) -> Vec<u8> {
    open(1 << 20).decode(&dictionary(&format!("<<{entries}>>")), bytes).unwrap().to_vec()
}

fn zlib(bytes: &[u8]) -> Vec<u8> {
    let mut output = Vec::new();
    let options = EncodeOptions { format: Format::Zlib, ..EncodeOptions::default() };
    Encoder::new().compress(bytes, &options, &mut output).unwrap();
    output
}

#[test]
fn hexadecimal_and_85() {
    assert_eq!(decode("/Filter/ASCIIHexDecode", b"48 65 6c6C 6f7> junk"), b"Hellop");
    assert_eq!(decode("/F/A85", b"87cURD]i,\"Ebo80~>"), b"Hello World!");
    assert_eq!(decode("/F/A85", b" <~87cURD]i,\"Ebo80~>"), b"Hello World!");
    assert_eq!(decode("/F/A85", b"z5s\n~>"), b"\0\0\0\0A");
    assert_eq!(decode("/F/A85", b"87cUR!"), b"Hell");
    assert_eq!(decode("/F/A85", b""), b"");
}

#[test]
fn run_lengths() {
    assert_eq!(decode("/F/RL", &[2, b'a', b'b', b'c', 254, b'x', 128, 9]), b"abcxxx");
    assert_eq!(decode("/F[/RunLengthDecode]", &[5, b'a', b'b']), b"ab");
    assert_eq!(decode("/F/RL", &[200]), b"");
}

#[test]
fn lzw() {
    // The example of 7.4.4.2.
    let data = [0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01];
    let plain = [45, 45, 45, 45, 45, 65, 45, 45, 45, 66];
    assert_eq!(decode("/Filter/LZWDecode", &data), plain);
    assert_eq!(decode("/F/LZW", &data[..4])[..3], plain[..3]);
}

/// Codes of rising width, one step early or not.
#[test]
fn lzw_of_all_widths() {
    for early in [0, 1] {
        let plain: Vec<u8> = (0..20_000u32).map(|at| ((at * at) >> 7) as u8).collect();
        let (mut bits, mut count, mut data) = (0u64, 0, Vec::new());
        let mut write = |code: u32, width: u32| {
            bits = bits << width | u64::from(code);
            count += width;
            while count >= 8 {
                count -= 8;
                data.push((bits >> count) as u8);
            }
        };
        write(256, 9);
        let (mut strings, mut width) = (std::collections::BTreeMap::new(), 9);
        let mut rest = &plain[..];
        while !rest.is_empty() {
            let mut length = 1;
            let mut code = u32::from(rest[0]);
            while length < rest.len()
                && let Some(longer) = strings.get(&rest[..=length])
            {
                (length, code) = (length + 1, *longer);
            }
            write(code, width);
            let next = 258 + strings.len() as u32;
            if next < 4096 && length < rest.len() {
                strings.insert(rest[..=length].to_vec(), next);
            }
            rest = &rest[length..];
            // The decoder is one code behind.
            let known = 258 + strings.len() as u32 - 1 + early;
            width = match known {
                0..512 => 9,
                512..1024 => 10,
                1024..2048 => 11,
                _ => 12,
            };
            if strings.len() == 4096 - 258 {
                write(256, width);
                strings.clear();
                width = 9;
            }
        }
        write(257, width);
        write(0, 7);
        let params = format!("/Filter/LZWDecode/DecodeParms<</EarlyChange {early}>>");
        assert!(decode(&params, &data) == plain, "early change {early}");
    }
}

#[test]
fn flate_and_what_is_left_of_it() {
    let plain: Vec<u8> = (0..50_000u32).map(|at| (at % 251 * (at >> 10)) as u8).collect();
    let data = zlib(&plain);
    assert!(decode("/F/Fl", &data) == plain);
    // Without its checksum, with a wrong one, with a wrong check of the header, after white space, without a header.
    assert!(decode("/F/Fl", &data[..data.len() - 4]) == plain);
    let mut wrong = data.clone();
    *wrong.last_mut().unwrap() ^= 1;
    wrong[1] ^= 1;
    assert!(decode("/F/Fl", &wrong) == plain);
    assert!(decode("/F/Fl", &[b"\r\n", &data[..]].concat()) == plain);
    assert!(decode("/F/Fl", &data[2..]) == plain);
    // Cut, and damaged.
    let cut = decode("/F/Fl", &data[..data.len() / 2]);
    assert!(cut.len() > 1000 && plain.starts_with(&cut));
    let mut damaged = data.clone();
    let middle = damaged.len() / 2;
    damaged[middle..].fill(0xFF);
    let kept = decode("/F/Fl", &damaged);
    assert!(kept.len() > 1000 && plain[..1000] == kept[..1000]);
}

#[test]
fn chains_and_predictors() {
    let rows = [2, 1, 2, 3, 2, 1, 1, 1];
    let hex = bytemill_testkit::hex(&zlib(&rows));
    let entries = "/Filter[/AHx/FlateDecode]/DecodeParms[null<</Predictor 12/Columns 3>>]";
    assert_eq!(decode(entries, hex.as_bytes()), [1, 2, 3, 2, 3, 4]);
    assert_eq!(decode("", b"as it is"), b"as it is");
    assert_eq!(decode("/Filter/Crypt", b"as it is"), b"as it is");
}

#[test]
fn limits_hold_while_output_grows() {
    let bomb = zlib(&vec![0; 4 << 20]);
    let limit = PdfError::StreamTooLarge { limit: 1 << 20 };
    for (entries, bytes) in [("/F/Fl", &bomb[..]), ("/F/RL", &[129, 0].repeat(10_000))] {
        let document = open(1 << 20);
        let entries = dictionary(&format!("<<{entries}>>"));
        assert_eq!(document.decode(&entries, bytes), Err(limit));
        assert_eq!(document.decode(&entries, bytes), Err(limit), "the budget is used up");
    }
    let unknown = open(99).decode(&dictionary("<</Filter/Nonsense>>"), b"");
    assert!(matches!(unknown, Err(PdfError::Unsupported { .. })));
}

#[test]
fn formats_of_images_are_left() {
    let document = open(1 << 20);
    let data: Arc<[u8]> = b"ffd8>".as_slice().into();
    let stream = Stream::new(dictionary("<</Filter[/AHx/DCTDecode]>>"), Arc::clone(&data));
    let (bytes, filter) = document.image_data(&stream).unwrap();
    assert_eq!((&*bytes, filter), (&[0xFF, 0xD8][..], Some(ImageFilter::Dct)));
    assert!(matches!(document.data(&stream), Err(PdfError::Unsupported { .. })));
    assert_eq!(document.raw(&stream).unwrap(), &data[..]);
}
