//! Tokens of `CMaps`: the part of PostScript that they use (Adobe Technical Note 5014).

/// One token. Bytes of strings go to the caller's buffer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    Integer(i32),
    Name(&'a [u8]),
    /// A string, whose bytes were appended to the caller's buffer.
    String,
    Open,
    Close,
    Operator(&'a [u8]),
}

/// Where in the data the next token is looked for.
#[derive(Debug)]
pub(super) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
}

/// Bytes of one string that are kept: more than any code or text has, and a bound for what is not closed.
const MAX_STRING: usize = 512;

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

impl<'a> Lexer<'a> {
    pub(super) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    /// The next token; the bytes of a string go to the end of `text`.
    pub(super) fn next(&mut self, text: &mut Vec<u8>) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            match byte {
                _ if is_space(byte) => self.at += 1,
                b'%' => {
                    while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                b'(' => {
                    self.at += 1;
                    self.literal(text);
                    return Some(Token::String);
                }
                b'<' if self.data.get(self.at + 1) == Some(&b'<') => self.at += 2,
                b'<' => {
                    self.at += 1;
                    self.hexadecimal(text);
                    return Some(Token::String);
                }
                b'[' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b']' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'/' => {
                    self.at += 1;
                    return Some(Token::Name(self.regular()));
                }
                b')' | b'>' | b'{' | b'}' => self.at += 1,
                _ => {
                    let word = self.regular();
                    return Some(integer(word).map_or(Token::Operator(word), Token::Integer));
                }
            }
        }
    }

    fn regular(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
            self.at += 1;
        }
        &self.data[start..self.at]
    }

    /// Balanced parentheses; what `CMaps` have in them are names of registries, without escapes that matter.
    fn literal(&mut self, text: &mut Vec<u8>) {
        let (mut depth, start) = (0usize, text.len());
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => return,
                b')' => depth -= 1,
                _ => {}
            }
            if text.len() - start < MAX_STRING {
                text.push(byte);
            }
        }
    }

    /// An odd number of digits: as `<041>` is written by those who mean 0x41, the first byte has the single digit.
    fn hexadecimal(&mut self, text: &mut Vec<u8>) {
        let start = text.len();
        let mut digits = 0usize;
        while let Some(byte) = self.peek() {
            // The `>` may be missing; no string goes on behind the next `<`.
            if byte == b'<' {
                break;
            }
            self.at += 1;
            if byte == b'>' {
                break;
            }
            let Some(digit) = char::from(byte).to_digit(16) else { continue };
            if digits.is_multiple_of(2) {
                if text.len() - start == MAX_STRING {
                    continue;
                }
                text.push((digit as u8) << 4);
            } else if let Some(last) = text.last_mut() {
                *last |= digit as u8;
            }
            digits += 1;
        }
        if digits % 2 == 1 {
            let mut carry = 0;
            for byte in &mut text[start..] {
                let low = *byte & 15;
                *byte = carry << 4 | *byte >> 4;
                carry = low;
            }
        }
    }
}

fn integer(word: &[u8]) -> Option<i32> {
    str::from_utf8(word).ok()?.parse().ok()
}
