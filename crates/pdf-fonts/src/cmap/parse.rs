//! The parser of `CMaps`, lenient: counts before `begin…` are not looked at, an `end…` may be missing, and what does not
//! fit its section is passed over.

use std::sync::Arc;

use super::CMap;
use super::lexer::{Lexer, Token};

/// Ranges that one `CMap` may have in all; a font has at most 65,536 glyphs.
const MAX_RANGES: usize = 1 << 18;

/// What the operator at hand collects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Section {
    None,
    Spaces,
    CidChars,
    CidRanges,
    NotdefChars,
    NotdefRanges,
    Chars,
    Ranges,
}

impl Section {
    fn of(operator: &[u8]) -> Option<Self> {
        Some(match operator {
            b"begincodespacerange" => Self::Spaces,
            b"begincidchar" => Self::CidChars,
            b"begincidrange" => Self::CidRanges,
            b"beginnotdefchar" => Self::NotdefChars,
            b"beginnotdefrange" => Self::NotdefRanges,
            b"beginbfchar" => Self::Chars,
            b"beginbfrange" => Self::Ranges,
            _ if operator.starts_with(b"end") => Self::None,
            _ => return None,
        })
    }

    /// Strings of codes at the start of an entry.
    fn codes(self) -> usize {
        match self {
            Self::None => 0,
            Self::CidChars | Self::NotdefChars | Self::Chars => 1,
            Self::Spaces | Self::CidRanges | Self::NotdefRanges | Self::Ranges => 2,
        }
    }
}

pub(super) fn parse(data: &[u8], base: &mut dyn FnMut(&[u8]) -> Option<Arc<CMap>>) -> CMap {
    let mut parser = Parser {
        map: CMap::default(),
        section: Section::None,
        strings: Vec::new(),
        ends: [0; 2],
        count: 0,
        array: None,
    };
    let mut lexer = Lexer::new(data);
    let mut name: &[u8] = b"";
    let mut number = 0;
    let mut mode = false;
    let mut below = None;
    while let Some(token) = lexer.next(&mut parser.strings) {
        match token {
            Token::Operator(b"usecmap") if below.is_none() => below = base(name),
            Token::Operator(b"def") => {
                if mode {
                    parser.map.vertical = number == 1;
                }
                mode = false;
            }
            Token::Operator(operator) => parser.operator(operator),
            Token::Name(found) => {
                // `WMode` stands with its number between other definitions, often without a `def` that belongs to it.
                mode = found == b"WMode";
                name = found;
                parser.name(found);
            }
            Token::Integer(found) => {
                number = found;
                parser.integer(found);
                if mode {
                    parser.map.vertical = number == 1;
                }
            }
            Token::String => parser.string(),
            Token::Open => parser.open(),
            Token::Close => parser.close(),
        }
        if parser.map.range_count() > MAX_RANGES {
            break;
        }
    }
    parser.finish(below)
}

struct Parser {
    map: CMap,
    section: Section,
    /// The strings of the entry at hand, one behind the other.
    strings: Vec<u8>,
    /// Where the first of them, which are codes, end.
    ends: [usize; 2],
    count: usize,
    /// Within an array of texts: the code of the next one.
    array: Option<u32>,
}

impl Parser {
    fn operator(&mut self, operator: &[u8]) {
        if let Some(section) = Section::of(operator) {
            self.section = section;
        }
        self.restart();
    }

    fn restart(&mut self) {
        self.strings.clear();
        self.count = 0;
        self.array = None;
    }

    /// The codes of the entry: their length in bytes, the first and the last.
    fn codes(&self) -> (usize, u32, u32) {
        let low = &self.strings[..self.ends[0]];
        let high =
            if self.section.codes() == 2 { &self.strings[self.ends[0]..self.ends[1]] } else { low };
        // Producers write `<0> <ff>`: the longer one has the length.
        (low.len().max(high.len()), code(low), code(high))
    }

    fn string(&mut self) {
        let codes = self.section.codes();
        if codes == 0 {
            self.strings.clear();
            return;
        }
        if self.count < codes {
            self.ends[self.count] = self.strings.len();
            self.count += 1;
            if self.section == Section::Spaces && self.count == 2 {
                let (length, low, high) = self.codes();
                self.map.spaces.push(length, low, high);
                self.restart();
            }
            return;
        }
        let end = self.ends[codes - 1];
        let (length, first, last) = self.codes();
        let target = &self.strings[end..];
        match (self.section, self.array) {
            (Section::Ranges, Some(at)) => {
                if at <= last {
                    self.map.push_text(length, at, at, target);
                }
                self.array = Some(at.saturating_add(1));
                self.strings.truncate(end);
            }
            (Section::Chars | Section::Ranges, _) => {
                self.map.push_text(length, first, last, target);
                self.restart();
            }
            // A CID as a string.
            (Section::CidChars | Section::CidRanges, _) => {
                self.map.cids.push(length, first, last, code(target) & 0x00ff_ffff);
                self.restart();
            }
            _ => self.restart(),
        }
    }

    fn integer(&mut self, number: i32) {
        let codes = self.section.codes();
        if codes == 0 || self.count < codes {
            return;
        }
        let (length, first, last) = self.codes();
        let number = number.unsigned_abs() & 0x00ff_ffff;
        match self.section {
            Section::CidChars | Section::CidRanges => {
                self.map.cids.push(length, first, last, number);
            }
            Section::NotdefChars | Section::NotdefRanges => {
                self.map.undefined.push_same(length, first, last, number);
            }
            // A text as a number, which some write for the code point.
            Section::Chars | Section::Ranges if self.array.is_none() => {
                self.map.texts.push(length, first, last, number);
            }
            _ => {}
        }
        self.restart();
    }

    /// A text as a glyph name (Adobe Technical Note 5014 allows it).
    fn name(&mut self, name: &[u8]) {
        if matches!(self.section, Section::Chars | Section::Ranges)
            && self.count == self.section.codes()
        {
            let mut text = String::new();
            if crate::glyph_text(name, crate::GlyphList::Adobe, &mut text) {
                for unit in text.encode_utf16() {
                    self.strings.extend(unit.to_be_bytes());
                }
                self.string();
            } else if self.array.is_none() {
                self.restart();
            }
        }
    }

    fn open(&mut self) {
        if self.section == Section::Ranges && self.count == 2 {
            self.array = Some(code(&self.strings[..self.ends[0]]));
        }
    }

    fn close(&mut self) {
        if self.array.is_some() {
            self.restart();
        }
    }

    fn finish(self, below: Option<Arc<CMap>>) -> CMap {
        let mut map = self.map;
        map.cids.finish();
        map.undefined.finish();
        map.texts.finish();
        let mapped = map.cids.lengths() | map.texts.lengths();
        map.spaces.finish(mapped);
        match below {
            Some(below) => map.with_base(below),
            None => map,
        }
    }
}

/// The code of up to four bytes: of more, the last four.
fn code(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |code, byte| code << 8 | u32::from(*byte))
}
