//! Tokens and objects (ISO 32000-1, 7.2 and 7.3), as they should be and as they are.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fmt::Write as _;

use bytemill_pdf_objects::{Lexer, Object, Token};

fn object(text: &str) -> Object {
    Lexer::new(text.as_bytes()).object()
}

fn string(text: &[u8]) -> Vec<u8> {
    match Lexer::new(text).next() {
        Some(Token::String(string)) => string.bytes().into_owned(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tokens_of_a_content_stream() {
    let text =
        b"q 1 0 .5 -2 72 720 cm%comment\r/F1#20b 12 Tf[(a)-3<62>]TJ/P<</MCID 0>>BDC true {x}";
    let mut lexer = Lexer::new(text);
    let mut seen = Vec::new();
    while let Some(token) = lexer.next() {
        let word = match token {
            Token::Integer(value) => value.to_string(),
            Token::Real(value) => format!("{value:.1}"),
            Token::Name(name) => format!("/{}", String::from_utf8_lossy(&name)),
            Token::String(string) => format!("({})", String::from_utf8_lossy(&string.bytes())),
            Token::ArrayStart => "[".into(),
            Token::ArrayEnd => "]".into(),
            Token::DictionaryStart => "<<".into(),
            Token::DictionaryEnd => ">>".into(),
            Token::Keyword(word) => String::from_utf8_lossy(word).into_owned(),
        };
        seen.push(word);
    }
    assert_eq!(
        seen.join(" "),
        "q 1 0 0.5 -2 72 720 cm /F1 b 12 Tf [ (a) -3 (b) ] TJ /P << /MCID 0 >> BDC true { x }"
    );
    assert_eq!(lexer.position(), text.len());
    lexer.set_position(2);
    assert_eq!(lexer.next(), Some(Token::Integer(1)));
}

#[test]
fn strings() {
    assert_eq!(string(b"(a(b)c)"), b"a(b)c");
    assert_eq!(string(b"(\\n\\r\\t\\b\\f\\(\\)\\\\\\x)"), b"\n\r\t\x08\x0c()\\x");
    assert_eq!(string(b"(\\101\\7\\0053\\400)"), b"A\x07\x053\x00");
    assert_eq!(string(b"(a\\\r\nb\\\nc\rd\r\ne)"), b"abc\nd\ne");
    assert_eq!(string(b"(without an end \\"), b"without an end ");
    assert_eq!(string(b"<4 1 4x2 5>"), b"ABP");
    assert_eq!(string(b"<>"), b"");
    assert_eq!(string(b"<41"), b"A");
}

#[test]
fn broken_objects() {
    let dictionary = |text: &str| object(text).as_dictionary().cloned().unwrap();
    let broken = dictionary("<</A 1 garbage /B(x)/C>>");
    assert_eq!(broken.get(b"A"), Some(&Object::Integer(1)));
    assert_eq!(broken.get(b"B").and_then(Object::as_string), Some(&b"x"[..]));
    assert_eq!((broken.get(b"C"), broken.len()), (None, 2));
    assert_eq!(dictionary("<</A[1 2/B 3>>").get(b"A").unwrap().as_array().unwrap().len(), 4);
    assert_eq!(dictionary("<</A 1 endobj /B 2").len(), 1);
    assert_eq!(dictionary("<</A]/B 2").len(), 1);
    assert_eq!(dictionary("<</A 1/B 2/A 3>>").get(b"A"), Some(&Object::Integer(3)));
    assert_eq!(object("[1 0 R]").as_array().unwrap().len(), 3);
    assert_eq!(object("[true false null nonsense]").as_array().unwrap()[3], Object::Null);
    // What is nested too deeply is null, and what follows is still read.
    assert!(object(&"[".repeat(100_000)).as_array().is_some());
    let deep = format!("<</A{}{}/B 1>>", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(dictionary(&deep).get(b"B"), Some(&Object::Integer(1)));
    assert!(object("]").is_null());
    assert!(object("").is_null());
}

#[test]
fn large_dictionaries_find_the_last_of_twins() {
    let mut text = "<<".to_owned();
    for number in 0..1000 {
        let _ = write!(text, "/K{} {number}", number % 300);
    }
    let dictionary = object(&(text + ">>")).as_dictionary().cloned().unwrap();
    assert_eq!(dictionary.len(), 300);
    for key in 0..300 {
        let last = if key < 100 { key + 900 } else { key + 600 };
        let name = format!("K{key}");
        assert_eq!(dictionary.get(name.as_bytes()), Some(&Object::Integer(last)));
    }
    assert_eq!(dictionary.get(b"K300"), None);
    let order: Vec<_> = dictionary.iter().take(2).map(|(name, _)| name.to_vec()).collect();
    assert_eq!(order, [b"K0".to_vec(), b"K1".to_vec()]);
}

#[test]
fn inline_images_end_where_operators_follow() {
    let text = b"ID \x01 EI \xff\x02 EI Q q";
    let mut lexer = Lexer::at(text, 2);
    assert_eq!(lexer.inline_image(), b"\x01 EI \xff\x02");
    assert_eq!(lexer.next(), Some(Token::Keyword(b"Q")));
    let mut lexer = Lexer::at(b"ID abc", 2);
    assert_eq!(lexer.inline_image(), b"abc");
    assert_eq!(lexer.next(), None);
}
