//! Tokens of content streams and of `CMaps` (ISO 32000-1, 7.2 and 7.8.2).

/// One token.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    Number(f32),
    Name(&'a [u8]),
    /// A string, whose bytes were appended to the caller's buffer.
    String,
    Open,
    Close,
    Operator(&'a [u8]),
}

/// Where in the data the next token is looked for.
#[derive(Debug)]
pub(crate) struct Lexer<'a> {
    data: &'a [u8],
    at: usize,
}

pub(crate) fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

impl<'a> Lexer<'a> {
    pub(crate) fn new(data: &'a [u8]) -> Self {
        Self { data, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    fn bump(&mut self) -> Option<u8> {
        let byte = self.peek()?;
        self.at += 1;
        Some(byte)
    }

    /// The next token; the bytes of a string go to the end of `text`.
    pub(crate) fn next(&mut self, text: &mut Vec<u8>) -> Option<Token<'a>> {
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
                b'+' | b'-' | b'.' | b'0'..=b'9' => return Some(Token::Number(self.number())),
                _ => return Some(Token::Operator(self.regular())),
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

    /// Signs in the middle end a number, as other readers have it; so do letters.
    fn number(&mut self) -> f32 {
        let mut negative = false;
        while let Some(sign @ (b'+' | b'-')) = self.peek() {
            negative = sign == b'-';
            self.at += 1;
        }
        let (mut value, mut scale, mut fraction) = (0f32, 1f32, false);
        while let Some(byte) = self.peek() {
            match byte {
                b'0'..=b'9' if fraction => {
                    scale /= 10.0;
                    value += f32::from(byte - b'0') * scale;
                }
                b'0'..=b'9' => value = value * 10.0 + f32::from(byte - b'0'),
                b'.' if !fraction => fraction = true,
                b'-' | b'.' => {}
                _ => break,
            }
            self.at += 1;
        }
        if negative { -value } else { value }
    }

    /// 7.3.4.2: balanced parentheses, escapes, line ends as line feeds.
    fn literal(&mut self, text: &mut Vec<u8>) {
        let mut depth = 0usize;
        while let Some(byte) = self.bump() {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => return,
                b')' => depth -= 1,
                b'\\' => {
                    self.escape(text);
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
    }

    fn escape(&mut self, text: &mut Vec<u8>) {
        let Some(byte) = self.bump() else { return };
        text.push(match byte {
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'b' => 8,
            b'f' => 12,
            b'\n' => return,
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
                return;
            }
            b'0'..=b'7' => {
                let mut value = byte - b'0';
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                    value = value.wrapping_mul(8).wrapping_add(digit - b'0');
                    self.at += 1;
                }
                value
            }
            other => other,
        });
    }

    fn hexadecimal(&mut self, text: &mut Vec<u8>) {
        let mut high = None;
        while let Some(byte) = self.bump() {
            if byte == b'>' {
                break;
            }
            let Some(digit) = hex(byte) else { continue };
            match high.take() {
                None => high = Some(digit),
                Some(first) => text.push(first << 4 | digit),
            }
        }
        if let Some(first) = high {
            text.push(first << 4);
        }
    }

    /// After the operator `ID`: to the `EI` between white space that ends an inline image (8.9.7).
    pub(crate) fn skip_inline_image(&mut self) {
        let rest = &self.data[self.at..];
        let end = rest.windows(3).enumerate().position(|(i, window)| {
            is_space(window[0])
                && window[1..] == *b"EI"
                && rest.get(i + 3).is_none_or(|byte| is_space(*byte) || is_delimiter(*byte))
        });
        self.at = end.map_or(self.data.len(), |end| self.at + end + 3);
    }
}
