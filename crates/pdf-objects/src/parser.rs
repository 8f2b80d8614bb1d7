//! Objects out of tokens (ISO 32000-1, 7.3).

use std::sync::Arc;

use crate::chars::{digits, is_regular, skip_space};
use crate::crypt::ObjectKey;
use crate::lexer::{Lexer, Token};
use crate::{Dictionary, Object, PdfError, Reference};

/// Arrays and dictionaries in each other; what lies deeper is null.
const MAX_DEPTH: u32 = 64;
/// Tokens of one object: at most about 100 MB of them in memory, and mostly a third of it.
pub(crate) const MAX_TOKENS: u32 = 1_250_000;

/// What objects are made in: kept from object to object, so that only what they consist of is allocated.
#[derive(Default)]
pub(crate) struct Builder {
    /// Elements of the arrays and values of the dictionaries that are open.
    values: Vec<Object>,
    /// Keys of the dictionaries that are open.
    keys: Vec<Arc<[u8]>>,
    scratch: Vec<u8>,
    names: Names,
}

impl Builder {
    /// For many objects: names are remembered.
    pub(crate) fn new() -> Self {
        Self { names: Names(vec![Arc::default(); 256]), ..Self::default() }
    }
}

/// Names that were read lately: most are the same few again and again.
#[derive(Default)]
struct Names(Vec<Arc<[u8]>>);

impl Names {
    fn get(&mut self, name: &[u8]) -> Arc<[u8]> {
        if name.len() > 32 || self.0.is_empty() {
            return name.into();
        }
        let hash = name
            .iter()
            .fold(0u32, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193));
        let slot = &mut self.0[(hash ^ hash >> 16) as usize & 255];
        if **slot != *name {
            *slot = name.into();
        }
        Arc::clone(slot)
    }
}

/// An object has too many tokens.
struct TooLarge;

/// Where the next object comes from.
pub(crate) struct Parser<'a, 'b> {
    pub(crate) lexer: Lexer<'a>,
    builder: &'b mut Builder,
    key: Option<&'b ObjectKey>,
    tokens: u32,
    /// Whether `1 0 R` is a reference.
    references: bool,
}

impl<'a, 'b> Parser<'a, 'b> {
    pub(crate) fn new(
        lexer: Lexer<'a>,
        builder: &'b mut Builder,
        key: Option<&'b ObjectKey>,
    ) -> Self {
        Self { lexer, builder, key, tokens: 0, references: true }
    }

    /// Takes `1 0 R` for two numbers and an operator.
    pub(crate) fn without_references(mut self) -> Self {
        self.references = false;
        self
    }

    /// The next object; null where there is none or it is broken.
    ///
    /// # Errors
    ///
    /// [`PdfError::TooManyObjects`] where it has too many tokens.
    pub(crate) fn object(&mut self) -> Result<Object, PdfError> {
        let result = self.value(0);
        self.builder.values.clear();
        self.builder.keys.clear();
        match result {
            Ok(object) => Ok(object.unwrap_or_default()),
            Err(TooLarge) => Err(PdfError::TooManyObjects { limit: u64::from(MAX_TOKENS) }),
        }
    }

    /// An object, or none where a token comes that ends what is around it; the lexer then stands before that token.
    fn value(&mut self, depth: u32) -> Result<Option<Object>, TooLarge> {
        let start = self.lexer.position();
        let Some(token) = self.lexer.next() else { return Ok(None) };
        self.tokens += 1;
        if self.tokens > MAX_TOKENS {
            return Err(TooLarge);
        }
        Ok(Some(match token {
            Token::Integer(value) => self.reference(value).unwrap_or(Object::Integer(value)),
            Token::Real(value) => Object::Real(value),
            Token::Name(name) => Object::Name(self.builder.names.get(&name)),
            Token::String(string) => {
                self.builder.scratch.clear();
                string.append_to(&mut self.builder.scratch);
                if let Some(key) = self.key {
                    key.decrypt(&mut self.builder.scratch);
                }
                Object::String(self.builder.scratch.as_slice().into())
            }
            Token::ArrayStart | Token::DictionaryStart if depth == MAX_DEPTH => self.skip(),
            Token::ArrayStart => self.array(depth + 1)?,
            Token::DictionaryStart => Object::Dictionary(self.dictionary(depth + 1)?),
            Token::Keyword(b"true") => Object::Boolean(true),
            Token::Keyword(b"false") => Object::Boolean(false),
            Token::Keyword(word) if !ends_object(word) => Object::Null,
            Token::ArrayEnd | Token::DictionaryEnd | Token::Keyword(_) => {
                self.lexer.set_position(start);
                return Ok(None);
            }
        }))
    }

    /// Passes over the rest of an array or a dictionary.
    fn skip(&mut self) -> Object {
        let mut open = 1;
        while open > 0 {
            let start = self.lexer.position();
            match self.lexer.next() {
                Some(Token::ArrayStart | Token::DictionaryStart) => open += 1,
                Some(Token::ArrayEnd | Token::DictionaryEnd) => open -= 1,
                Some(Token::Keyword(word)) if ends_object(word) => {
                    self.lexer.set_position(start);
                    break;
                }
                Some(_) => {}
                None => break,
            }
        }
        Object::Null
    }

    fn array(&mut self, depth: u32) -> Result<Object, TooLarge> {
        let base = self.builder.values.len();
        loop {
            if let Some(value) = self.value(depth)? {
                self.builder.values.push(value);
                continue;
            }
            let end = self.lexer.position();
            match self.lexer.next() {
                Some(Token::ArrayEnd) | None => break,
                // Closes the dictionary around the array, which lacks its bracket; or nothing.
                _ => {
                    self.lexer.set_position(end);
                    break;
                }
            }
        }
        Ok(Object::Array(self.builder.values.drain(base..).collect()))
    }

    /// The entries after `<<`, up to `>>`.
    fn dictionary(&mut self, depth: u32) -> Result<Dictionary, TooLarge> {
        let (base, keys) = (self.builder.values.len(), self.builder.keys.len());
        loop {
            let start = self.lexer.position();
            match self.lexer.next() {
                Some(Token::Name(name)) => {
                    let name = self.builder.names.get(&name);
                    self.tokens += 1;
                    let Some(value) = self.value(depth)? else {
                        // A key without a value; what follows is looked at again, but a stray `]` would be for ever.
                        let at = self.lexer.position();
                        if self.lexer.next() != Some(Token::ArrayEnd) {
                            self.lexer.set_position(at);
                        }
                        continue;
                    };
                    self.builder.keys.push(name);
                    self.builder.values.push(value);
                }
                Some(Token::DictionaryEnd) | None => break,
                Some(Token::Keyword(word)) if ends_object(word) => {
                    self.lexer.set_position(start);
                    break;
                }
                // What is not a key is skipped, as others do.
                Some(_) => {
                    self.tokens += 1;
                    if self.tokens > MAX_TOKENS {
                        return Err(TooLarge);
                    }
                }
            }
        }
        let values = self.builder.values.drain(base..);
        Ok(self.builder.keys.drain(keys..).zip(values).collect())
    }

    /// The rest of a reference whose number was read (7.3.10).
    fn reference(&mut self, number: i64) -> Option<Object> {
        let data = self.lexer.data();
        let at = self.lexer.position();
        let number = u32::try_from(number).ok().filter(|_| self.references)?;
        let after = skip_space(data, at);
        if after == at {
            return None;
        }
        let (generation, end) = digits(data, after)?;
        let at = skip_space(data, end);
        let ends = data.get(at + 1).is_none_or(|byte| !is_regular(*byte));
        if at == end || data.get(at) != Some(&b'R') || !ends {
            return None;
        }
        self.lexer.set_position(at + 1);
        let generation = u16::try_from(generation).unwrap_or(u16::MAX);
        Some(Object::Reference(Reference { number, generation }))
    }
}

/// Keywords that no object contains: what lies before them ended without its bracket.
fn ends_object(word: &[u8]) -> bool {
    word.starts_with(b"endobj")
        || word.starts_with(b"endstream")
        || matches!(word, b"stream" | b"obj" | b"xref" | b"trailer" | b"startxref")
}
