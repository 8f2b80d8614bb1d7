//! The operators that show text or decide where it lands (ISO 32000-1, 8.4.4, 9.3, 9.4).

use std::collections::BTreeMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object};

use crate::font::{Font, GlyphNames};
use crate::lexer::{Lexer, Token};
use crate::page::{Budget, entry};
use crate::pen::{Gap, Matrix, Pen};
use crate::{Limits, PdfError};

/// Forms within each other.
const MAX_FORMS: u32 = 12;
/// Graphics states within each other that are kept.
const MAX_STATES: usize = 256;
/// Numbers and strings of one operator, or of its array, that are kept.
const MAX_OPERANDS: usize = 1 << 16;
/// Bytes of a string that are shown at once; even, so that it does not split codes.
const MAX_PIECE: usize = 1024;
/// What setting up a font costs beside its `ToUnicode` map.
const FONT_COST: u64 = 4096;

/// The part of the graphics state that matters to text.
#[derive(Clone, Debug)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    leading: f32,
    char_spacing: f32,
    word_spacing: f32,
    /// Horizontal scaling, 1 by default.
    stretch: f32,
    rise: f32,
}

/// One element of an operator's operands; strings end there in the buffer.
#[derive(Clone, Copy, Debug)]
enum Operand {
    Number(f32),
    String(usize),
}

/// Runs content streams and collects what they show.
#[derive(Debug)]
pub(crate) struct Interpreter<'a> {
    document: &'a Document,
    pub(crate) budget: Budget,
    fonts: BTreeMap<usize, Rc<Font>>,
    names: GlyphNames,
    output: &'a mut Vec<u8>,
    start: usize,
    page_start: usize,
    limit: u64,
    state: State,
    text: Matrix,
    line: Matrix,
    pen: Option<Pen>,
    chars: Vec<char>,
}

impl<'a> Interpreter<'a> {
    pub(crate) fn new(
        document: &'a Document,
        budget: Budget,
        limits: &Limits,
        output: &'a mut Vec<u8>,
    ) -> Self {
        let start = output.len();
        Self {
            document,
            budget,
            fonts: BTreeMap::new(),
            names: GlyphNames::default(),
            output,
            start,
            page_start: start,
            limit: limits.max_output_bytes,
            state: State::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            pen: None,
            chars: Vec::new(),
        }
    }

    pub(crate) fn output_len(&self) -> usize {
        self.output.len()
    }

    /// Appends one byte of text.
    pub(crate) fn raw(&mut self, byte: u8) -> Result<(), PdfError> {
        self.push(&[byte])
    }

    fn push(&mut self, bytes: &[u8]) -> Result<(), PdfError> {
        let size = (self.output.len() - self.start + bytes.len()) as u64;
        if size > self.limit {
            return Err(PdfError::OutputTooLarge { limit: self.limit });
        }
        self.output
            .try_reserve(bytes.len())
            .map_err(|_| PdfError::OutOfMemory { bytes: self.output.len() + bytes.len() })?;
        self.output.extend_from_slice(bytes);
        Ok(())
    }

    /// Runs the content of a page; the text ends with a line feed when there is any.
    pub(crate) fn page(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
    ) -> Result<(), PdfError> {
        self.page_start = self.output.len();
        self.state = State::new();
        self.pen = None;
        self.run(content, resources, 0)?;
        self.gap(Gap::Line)
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Option<&'a Dictionary>,
        depth: u32,
    ) -> Result<(), PdfError> {
        let mut lexer = Lexer::new(content);
        let mut states = Vec::new();
        let (mut strings, mut operands, mut name) = (Vec::new(), Vec::new(), None);
        while let Some(token) = lexer.next(&mut strings) {
            match token {
                Token::Number(number) if operands.len() < MAX_OPERANDS => {
                    operands.push(Operand::Number(number));
                }
                Token::String if operands.len() < MAX_OPERANDS => {
                    operands.push(Operand::String(strings.len()));
                }
                Token::Name(bytes) => name = Some(bytes),
                Token::Operator(operator) => {
                    match operator {
                        b"q" if states.len() < MAX_STATES => states.push(self.state.clone()),
                        b"Q" => {
                            if let Some(state) = states.pop() {
                                self.state = state;
                            }
                        }
                        b"ID" => lexer.skip_inline_image(),
                        b"Tf" => self.set_font(resources, name, &operands)?,
                        b"Do" => self.form(resources, name, depth)?,
                        _ => self.operator(operator, &operands, &strings)?,
                    }
                    name = None;
                    operands.clear();
                    strings.clear();
                }
                _ => {}
            }
        }
        Ok(())
    }

    #[expect(clippy::many_single_char_names, reason = "the specification's names")]
    fn operator(
        &mut self,
        operator: &[u8],
        operands: &[Operand],
        strings: &[u8],
    ) -> Result<(), PdfError> {
        let [a, b, c, d, e, f] = numbers(operands);
        match operator {
            b"cm" => self.state.ctm = Matrix([a, b, c, d, e, f]).then(self.state.ctm),
            b"BT" => (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tc" => self.state.char_spacing = f,
            b"Tw" => self.state.word_spacing = f,
            b"Tz" => self.state.stretch = f / 100.0,
            b"TL" => self.state.leading = f,
            b"Ts" => self.state.rise = f,
            b"Td" => self.move_line(e, f),
            b"TD" => {
                self.state.leading = -f;
                self.move_line(e, f);
            }
            b"Tm" => {
                self.line = Matrix([a, b, c, d, e, f]);
                self.text = self.line;
            }
            b"T*" => self.move_line(0.0, -self.state.leading),
            b"Tj" | b"TJ" => return self.show(operands, strings),
            b"'" => {
                self.move_line(0.0, -self.state.leading);
                return self.show(operands, strings);
            }
            b"\"" => {
                if let [Operand::Number(word), Operand::Number(char), rest @ ..] = operands {
                    (self.state.word_spacing, self.state.char_spacing) = (*word, *char);
                    self.move_line(0.0, -self.state.leading);
                    return self.show(rest, strings);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn move_line(&mut self, x: f32, y: f32) {
        self.line = self.line.translated(x, y);
        self.text = self.line;
    }

    fn set_font(
        &mut self,
        resources: Option<&'a Dictionary>,
        name: Option<&[u8]>,
        operands: &[Operand],
    ) -> Result<(), PdfError> {
        let [.., size] = numbers(operands);
        self.state.size = size;
        let document = self.document;
        let font = resources
            .and_then(|resources| entry(document, resources, b"Font"))
            .zip(name)
            .and_then(|(fonts, name)| entry(document, fonts, name));
        self.state.font = match font {
            Some(font) => Some(self.font(font)?),
            None => None,
        };
        Ok(())
    }

    /// Fonts are set up once; a dictionary's address tells which.
    fn font(&mut self, font: &'a Dictionary) -> Result<Rc<Font>, PdfError> {
        let key = core::ptr::from_ref(font).addr();
        if let Some(font) = self.fonts.get(&key) {
            return Ok(Rc::clone(font));
        }
        self.budget.charge(FONT_COST)?;
        let stream = font.get_deref(b"ToUnicode", self.document).and_then(Object::as_stream).ok();
        let mut map = Vec::new();
        if let Some(stream) = stream {
            self.budget.inflate(stream, &mut map)?;
        }
        let map = stream.is_some().then_some(map.as_slice());
        let font = Rc::new(Font::new(self.document, font, map, &mut self.names));
        self.fonts.insert(key, Rc::clone(&font));
        Ok(font)
    }

    /// Runs a form (8.10).
    fn form(
        &mut self,
        resources: Option<&'a Dictionary>,
        name: Option<&[u8]>,
        depth: u32,
    ) -> Result<(), PdfError> {
        let document = self.document;
        let form = resources
            .and_then(|resources| entry(document, resources, b"XObject"))
            .zip(name)
            .and_then(|(forms, name)| forms.get_deref(name, document).ok())
            .and_then(|form| form.as_stream().ok());
        let Some(form) = form else { return Ok(()) };
        let is_form = matches!(form.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Form"));
        if !is_form || depth >= MAX_FORMS {
            return Ok(());
        }
        let mut content = Vec::new();
        self.budget.inflate(form, &mut content)?;
        let outer = (self.state.clone(), self.text, self.line);
        if let Ok(array) = form.dict.get_deref(b"Matrix", document).and_then(Object::as_array) {
            let mut matrix = [0.0; 6];
            for (entry, object) in matrix.iter_mut().zip(array) {
                *entry = object.as_float().unwrap_or_default();
            }
            self.state.ctm = Matrix(matrix).then(self.state.ctm);
        }
        let resources = entry(document, &form.dict, b"Resources").or(resources);
        let result = self.run(&content, resources, depth + 1);
        (self.state, self.text, self.line) = outer;
        result
    }

    fn show(&mut self, operands: &[Operand], strings: &[u8]) -> Result<(), PdfError> {
        let Some(font) = self.state.font.clone() else { return Ok(()) };
        let mut from = 0;
        for operand in operands {
            match *operand {
                Operand::Number(number) => {
                    let x = -number / 1000.0 * self.state.size * self.state.stretch;
                    self.text = self.text.translated(x, 0.0);
                }
                Operand::String(to) => {
                    for piece in strings.get(from..to).unwrap_or_default().chunks(MAX_PIECE) {
                        self.show_string(&font, piece)?;
                    }
                    from = to;
                }
            }
        }
        Ok(())
    }

    fn show_string(&mut self, font: &Font, string: &[u8]) -> Result<(), PdfError> {
        let state = &self.state;
        let (mut width, mut guessed) = (0.0, 0u16);
        let mut chars = core::mem::take(&mut self.chars);
        chars.clear();
        font.show(string, &mut chars, &mut |glyph| {
            width += glyph.width * state.size + state.char_spacing;
            if glyph.space {
                width += state.word_spacing;
            }
            guessed += u16::from(glyph.guessed);
        });
        let (size, rise) = (state.size, state.rise);
        let place = self.text.translated(0.0, rise * 0.5).then(state.ctm);
        self.text = self.text.translated(width * state.stretch, 0.0);
        let end = self.text.translated(0.0, rise * 0.5).then(state.ctm);
        // Ligatures are a few characters, not hundreds for every code.
        self.budget.charge((chars.len() as u64).saturating_sub(2 * string.len() as u64))?;
        if !chars.is_empty() {
            let gap = self.pen.map_or(Gap::None, |pen| pen.gap(place, size));
            let scale = end.0[0].hypot(end.0[1]) * size.abs();
            self.pen = Some(Pen::new(end, f32::from(guessed) * 0.1 * scale));
            self.write(gap, &chars)?;
        }
        self.chars = chars;
        Ok(())
    }

    fn write(&mut self, gap: Gap, chars: &[char]) -> Result<(), PdfError> {
        let blank = chars.first().is_some_and(|first| *first == ' ');
        if !(blank && gap == Gap::Space) {
            self.gap(gap)?;
        }
        for char in chars {
            // A form feed or NUL of the text must not look like the end of a page.
            let char = if char.is_control() { ' ' } else { *char };
            self.push(char.encode_utf8(&mut [0; 4]).as_bytes())?;
        }
        Ok(())
    }

    fn gap(&mut self, gap: Gap) -> Result<(), PdfError> {
        let last = self.output.get(self.page_start..).and_then(<[u8]>::last);
        match (gap, last) {
            (Gap::None, _) | (_, None | Some(b'\n')) | (Gap::Space, Some(b' ')) => Ok(()),
            (Gap::Space, _) => self.raw(b' '),
            (Gap::Line, _) => self.raw(b'\n'),
        }
    }
}

impl State {
    fn new() -> Self {
        Self {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            leading: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            rise: 0.0,
        }
    }
}

/// The last six numbers, with zeros before them when there are fewer.
fn numbers(operands: &[Operand]) -> [f32; 6] {
    let mut numbers = [0.0; 6];
    let values = operands.iter().rev().filter_map(|operand| match operand {
        Operand::Number(number) => Some(*number),
        Operand::String(_) => None,
    });
    for (slot, value) in numbers.iter_mut().rev().zip(values) {
        *slot = value;
    }
    numbers
}
