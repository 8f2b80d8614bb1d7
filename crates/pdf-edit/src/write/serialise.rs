//! Objects as text (ISO 32000-1, 7.3), in the shortest form that means the same.

use bytemill_pdf_objects::{Dictionary, Object};

use crate::EditError;
use crate::crypt::Cipher;

/// Appends bytes.
pub(crate) fn push(output: &mut Vec<u8>, bytes: &[u8]) -> Result<(), EditError> {
    output.try_reserve(bytes.len()).map_err(|_| EditError::OutOfMemory { bytes: bytes.len() })?;
    output.extend_from_slice(bytes);
    Ok(())
}

/// Writes objects one behind another, with a space only where two would run together.
pub(crate) struct Serialiser<'s> {
    pub(crate) output: &'s mut Vec<u8>,
    /// Encrypts strings, for the object of this number.
    pub(crate) cipher: Option<(&'s mut Cipher, u32)>,
}

impl Serialiser<'_> {
    /// Writes an object. Of a stream only the dictionary is written.
    ///
    /// Recursive: what was read is nested as deep as reading allows, and what is made here less than that.
    pub(crate) fn object(&mut self, object: &Object) -> Result<(), EditError> {
        match object {
            Object::Null => self.word(b"null"),
            Object::Boolean(true) => self.word(b"true"),
            Object::Boolean(false) => self.word(b"false"),
            Object::Integer(value) => self.integer(*value),
            Object::Real(value) => self.real(*value),
            Object::Name(bytes) => self.name(bytes),
            Object::String(bytes) => self.string(bytes),
            Object::Array(elements) => {
                push(self.output, b"[")?;
                for element in elements.iter() {
                    self.object(element)?;
                }
                push(self.output, b"]")
            }
            Object::Dictionary(dictionary) => self.dictionary(dictionary),
            Object::Stream(stream) => self.dictionary(stream.dictionary()),
            Object::Reference(reference) => {
                self.integer(i64::from(reference.number))?;
                push(self.output, b" 0 R")
            }
        }
    }

    pub(crate) fn dictionary(&mut self, dictionary: &Dictionary) -> Result<(), EditError> {
        push(self.output, b"<<")?;
        for (name, value) in dictionary.iter() {
            // An entry that is null is as one that is not there (7.3.7).
            if !value.is_null() {
                self.name(name)?;
                self.object(value)?;
            }
        }
        push(self.output, b">>")
    }

    /// Something of regular characters: apart from what is before it, if that ends in one, too.
    fn word(&mut self, word: &[u8]) -> Result<(), EditError> {
        if self.output.last().is_some_and(|byte| is_regular(*byte)) {
            push(self.output, b" ")?;
        }
        push(self.output, word)
    }

    pub(crate) fn integer(&mut self, value: i64) -> Result<(), EditError> {
        let mut digits = Digits::new();
        self.word(digits.integer(u128::from(value.unsigned_abs()), value < 0))
    }

    fn real(&mut self, value: f64) -> Result<(), EditError> {
        let mut digits = Digits::new();
        self.word(digits.real(value))
    }

    /// A name (7.3.5): what is not a regular character in ASCII is written as its number.
    fn name(&mut self, bytes: &[u8]) -> Result<(), EditError> {
        push(self.output, b"/")?;
        if bytes.is_empty() {
            // Or what comes next would be taken for its letters.
            return push(self.output, b" ");
        }
        for &byte in bytes {
            if is_regular(byte) && byte.is_ascii_graphic() && byte != b'#' {
                push(self.output, &[byte])?;
            } else {
                let digit = |value: u8| b"0123456789ABCDEF"[usize::from(value & 15)];
                push(self.output, &[b'#', digit(byte >> 4), digit(byte)])?;
            }
        }
        Ok(())
    }

    fn string(&mut self, bytes: &[u8]) -> Result<(), EditError> {
        match &mut self.cipher {
            None => literal(self.output, bytes),
            Some((cipher, number)) => {
                let mut sealed = Vec::new();
                cipher.seal(*number, bytes, &mut sealed)?;
                literal(self.output, &sealed)
            }
        }
    }
}

/// A literal string (7.3.4.2): only brackets, the backslash and the carriage return have to be escaped.
fn literal(output: &mut Vec<u8>, bytes: &[u8]) -> Result<(), EditError> {
    push(output, b"(")?;
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|byte| matches!(byte, b'(' | b')' | b'\\' | b'\r')) {
        push(output, &rest[..at])?;
        push(output, &[b'\\', if rest[at] == b'\r' { b'r' } else { rest[at] }])?;
        rest = &rest[at + 1..];
    }
    push(output, rest)?;
    push(output, b")")
}

/// Whether a byte is neither white space nor a delimiter (7.2.2).
const fn is_regular(byte: u8) -> bool {
    !matches!(
        byte,
        0 | 9
            | 10
            | 12
            | 13
            | b' '
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'['
            | b']'
            | b'{'
            | b'}'
            | b'/'
            | b'%'
    )
}

/// Numbers as text, written from the end.
struct Digits {
    bytes: [u8; 64],
    start: usize,
}

impl Digits {
    const fn new() -> Self {
        Self { bytes: [0; 64], start: 64 }
    }

    fn put(&mut self, byte: u8) {
        self.start -= 1;
        self.bytes[self.start] = byte;
    }

    fn integer(&mut self, mut value: u128, negative: bool) -> &[u8] {
        loop {
            self.put(b'0' + (value % 10) as u8);
            value /= 10;
            if value == 0 {
                break;
            }
        }
        if negative {
            self.put(b'-');
        }
        &self.bytes[self.start..]
    }

    /// A real (7.3.3) without an exponent, with as few decimals as read back as the same number, or as 16 digits.
    ///
    /// Up to 2^53 and 10^22 both parts of a division are exact and its result is rounded once, as a reader's is; so the
    /// comparison finds the decimals that were written in the first place.
    #[expect(
        clippy::float_cmp,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "equality is the question; magnitudes are not negative, and compared once they are integers"
    )]
    fn real(&mut self, value: f64) -> &[u8] {
        const EXACT: f64 = 9_007_199_254_740_992.0;
        let size = value.abs();
        if !value.is_finite() || size < 1e-20 {
            return self.integer(0, false);
        }
        if size >= EXACT {
            // A decimal point, or readers take it for an integer that is too large for them.
            self.put(b'0');
            self.put(b'.');
            // Saturates at 2^128, where single precision ends.
            return self.integer(size as u128, value < 0.0);
        }
        let mut power = 1.0;
        let mut decimals = 0;
        while decimals < 22 && size * power < 1e15 {
            let digits = (size * power + 0.5) as u64;
            if digits as f64 / power == size {
                break;
            }
            power *= 10.0;
            decimals += 1;
        }
        let mut digits = (size * power + 0.5) as u64;
        while decimals > 0 && digits.is_multiple_of(10) {
            digits /= 10;
            decimals -= 1;
        }
        if digits == 0 {
            return self.integer(0, false);
        }
        if decimals == 0 {
            return self.integer(u128::from(digits), value < 0.0);
        }
        for _ in 0..decimals {
            self.put(b'0' + (digits % 10) as u8);
            digits /= 10;
        }
        self.put(b'.');
        if digits > 0 {
            return self.integer(u128::from(digits), value < 0.0);
        }
        if value < 0.0 {
            self.put(b'-');
        }
        &self.bytes[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn text(object: &Object) -> String {
        let mut output = Vec::new();
        Serialiser { output: &mut output, cipher: None }.object(object).unwrap();
        output.iter().map(|byte| char::from(*byte)).collect()
    }

    fn name(text: &str) -> Object {
        Object::Name(text.as_bytes().into())
    }

    #[test]
    fn reals_are_short_and_have_no_exponent() {
        let cases = [
            (0.0, "0"),
            (-0.0, "0"),
            (1.0, "1"),
            (-1.0, "-1"),
            (0.1, ".1"),
            (-0.5, "-.5"),
            (612.25, "612.25"),
            (1e-7, ".0000001"),
            (1e-30, "0"),
            (123_456_789.125, "123456789.125"),
            (1e15, "1000000000000000"),
            (1e20, "100000000000000000000.0"),
            (f64::MAX, "340282366920938463463374607431768211455.0"),
            (f64::INFINITY, "0"),
            (f64::NAN, "0"),
            (0.333_333_333_333_333_3, ".3333333333333333"),
            (2.0 / 3.0, ".6666666666666666"),
        ];
        for (value, expected) in cases {
            assert_eq!(text(&Object::Real(value)), expected);
        }
    }

    #[test]
    fn integers_reach_both_ends() {
        assert_eq!(text(&Object::Integer(i64::MIN)), "-9223372036854775808");
        assert_eq!(text(&Object::Integer(i64::MAX)), "9223372036854775807");
        assert_eq!(text(&Object::Integer(0)), "0");
    }

    #[test]
    fn names_and_strings_are_escaped() {
        assert_eq!(text(&name("A#B /C\u{e9}")), "/A#23B#20#2FC#C3#A9");
        assert_eq!(text(&Object::Array([name(""), Object::Integer(1)].as_slice().into())), "[/ 1]");
        let string = Object::String(b"a(b)\\c\rd\n\xFF".as_slice().into());
        assert_eq!(text(&string), "(a\\(b\\)\\\\c\\rd\n\u{ff})");
    }

    #[test]
    fn only_what_would_run_together_is_apart() {
        let key = |text: &str| -> Arc<[u8]> { text.as_bytes().into() };
        let dictionary = Dictionary::from_iter([
            (key("A"), Object::Integer(1)),
            (key("B"), name("C")),
            (key("D"), Object::Null),
            (key("E"), Object::Boolean(true)),
        ]);
        let array = [
            Object::Integer(1),
            Object::Real(-2.5),
            name("N"),
            Object::Null,
            Object::String(b"s".as_slice().into()),
            Object::Integer(3),
            Object::Dictionary(dictionary),
        ];
        assert_eq!(
            text(&Object::Array(array.as_slice().into())),
            "[1 -2.5/N null(s)3<</A 1/B/C/E true>>]"
        );
    }
}
