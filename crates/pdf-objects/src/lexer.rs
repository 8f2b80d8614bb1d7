//! Tokens (ISO 32000-1, 7.2): of files, content streams and `CMaps`.

use std::borrow::Cow;

use memchr::{memchr2, memchr3};

use crate::Object;
use crate::chars::{is_regular, is_space, skip_space};
use crate::number::{self, Number};
use crate::parser::{Builder, Parser};
use crate::strings::{StringToken, decode_name};

/// One token. Its bytes are those of the data.
#[derive(Clone, Debug, PartialEq)]
pub enum Token<'a> {
    /// A number without a decimal point.
    Integer(i64),
    /// A number with a decimal point, or too large for 64 bits. It is finite.
    Real(f64),
    /// A name without its solidus. Borrowed unless it has escapes.
    Name(Cow<'a, [u8]>),
    /// A string, still as it is written.
    String(StringToken<'a>),
    /// `[`
    ArrayStart,
    /// `]`
    ArrayEnd,
    /// `<<`
    DictionaryStart,
    /// `>>`
    DictionaryEnd,
    /// Anything else: an operator, `true`, `null`, `obj`, or a brace by itself.
    Keyword(&'a [u8]),
}

impl Token<'_> {
    /// The value of a number.
    pub fn as_number(&self) -> Option<f64> {
        match *self {
            #[expect(clippy::cast_precision_loss, reason = "coordinates are far smaller")]
            Self::Integer(value) => Some(value as f64),
            Self::Real(value) => Some(value),
            _ => None,
        }
    }
}

/// Reads one token after another, without allocating anything.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
}

impl<'a> Lexer<'a> {
    /// Reads from the first byte on.
    pub fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }

    /// Reads from a position on, in bytes from the start.
    pub fn at(data: &'a [u8], position: usize) -> Self {
        Self { data, at: position.min(data.len()) }
    }

    /// All of the data.
    pub fn data(&self) -> &'a [u8] {
        self.data
    }

    /// Where the next token is looked for, in bytes from the start of the data.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Goes on at a position, in bytes from the start; past the end there are no tokens.
    pub fn set_position(&mut self, position: usize) {
        self.at = position.min(self.data.len());
    }

    /// Skips white space and comments.
    pub fn skip_space(&mut self) {
        loop {
            self.at = skip_space(self.data, self.at);
            if self.data.get(self.at) != Some(&b'%') {
                return;
            }
            let rest = &self.data[self.at..];
            self.at += memchr2(b'\n', b'\r', rest).unwrap_or(rest.len());
        }
    }

    /// The next token, or none at the end.
    #[expect(clippy::should_implement_trait, reason = "a loop wants the lexer between two tokens")]
    #[inline]
    pub fn next(&mut self) -> Option<Token<'a>> {
        self.skip_space();
        let byte = *self.data.get(self.at)?;
        let double = self.data.get(self.at + 1) == Some(&byte);
        let (token, length) = match byte {
            b'0'..=b'9' | b'+' | b'-' | b'.' => {
                let (number, end) = number::read(self.data, self.at);
                self.at = end;
                return Some(match number {
                    Number::Integer(value) => Token::Integer(value),
                    Number::Real(value) => Token::Real(value),
                });
            }
            b'/' => {
                self.at += 1;
                return Some(Token::Name(decode_name(self.regular())));
            }
            b'(' => return Some(Token::String(self.literal())),
            b'<' if !double => return Some(Token::String(self.hexadecimal())),
            b'[' => (Token::ArrayStart, 1),
            b']' => (Token::ArrayEnd, 1),
            b'<' => (Token::DictionaryStart, 2),
            b'>' if double => (Token::DictionaryEnd, 2),
            b'{' | b'}' | b')' | b'>' => (Token::Keyword(&self.data[self.at..=self.at]), 1),
            _ => return Some(Token::Keyword(self.regular())),
        };
        self.at += length;
        Some(token)
    }

    /// Regular characters from here on.
    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.data.get(self.at).is_some_and(|byte| is_regular(*byte)) {
            self.at += 1;
        }
        &self.data[start..self.at]
    }

    /// 7.3.4.2: up to the parenthesis that balances the first; all of the rest where there is none.
    fn literal(&mut self) -> StringToken<'a> {
        self.at += 1;
        let start = self.at;
        let (mut depth, mut plain) = (0usize, true);
        loop {
            let rest = &self.data[self.at..];
            let Some(next) = memchr3(b'(', b')', b'\\', rest) else {
                self.at = self.data.len();
                return StringToken::literal(&self.data[start..], plain);
            };
            self.at += next + 1;
            match rest[next] {
                b'(' => depth += 1,
                b')' if depth == 0 => {
                    return StringToken::literal(&self.data[start..self.at - 1], plain);
                }
                b')' => depth -= 1,
                _ => {
                    plain = false;
                    self.at = (self.at + 1).min(self.data.len());
                }
            }
        }
    }

    /// 7.3.4.3: up to `>`.
    fn hexadecimal(&mut self) -> StringToken<'a> {
        self.at += 1;
        let rest = &self.data[self.at..];
        let length = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        self.at = (self.at + length + 1).min(self.data.len());
        StringToken::hexadecimal(&rest[..length])
    }

    /// After the operator `ID`: the data of an inline image (8.9.7), up to an `EI` between white space that no binary
    /// data follows; goes on behind it.
    pub fn inline_image(&mut self) -> &'a [u8] {
        let start = (self.at + 1).min(self.data.len());
        let rest = &self.data[start..];
        for at in memchr::memmem::find_iter(rest, b"EI") {
            let behind = &rest[at + 2..];
            let before = at.checked_sub(1).map(|before| rest[before]);
            let apart =
                before.is_none_or(is_space) && behind.first().is_none_or(|byte| !is_regular(*byte));
            // What follows are operators, which are text.
            let text = behind.iter().take(12).all(|byte| matches!(byte, 9 | 10 | 13 | 32..=126));
            if apart && text {
                self.at = start + at + 2;
                return &rest[..at.saturating_sub(1)];
            }
        }
        self.at = self.data.len();
        rest
    }
}

impl Lexer<'_> {
    /// An object without references, as operands and the dictionaries of inline images are; null where none comes next.
    /// Arrays and dictionaries end where their bracket is missing.
    pub fn object(&mut self) -> Object {
        let mut builder = Builder::default();
        let mut parser = Parser::new(self.clone(), &mut builder, None).without_references();
        let object = parser.object().unwrap_or_default();
        self.at = parser.lexer.at;
        object
    }
}
