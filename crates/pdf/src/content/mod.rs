//! Content streams: the operators that show text or decide where it lands, token by token (ISO 32000-1, 7.8.2).

mod annotations;
pub(crate) mod budget;
mod forms;
mod marked;
mod optional;
mod show;
mod state;

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Lexer, Object, Page, PdfError, Stream, Token};

use crate::content::budget::Budget;
use crate::content::marked::Marked;
use crate::content::optional::Layers;
use crate::content::state::{Operand, Operands, State};
use crate::fonts::Fonts;
use crate::geometry::{Matrix, Rect};
use crate::glyphs::Glyphs;
use crate::page_text::PageFont;
use crate::text_string::text_string;

/// Graphics states within each other that are kept.
const MAX_STATES: usize = 512;
/// Fonts that are remembered by name within one content stream.
const MAX_NAMES: usize = 64;

/// What of a page is text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) annotations: bool,
    pub(crate) artifacts: bool,
}

/// Runs content streams and collects the glyphs that they show.
pub(crate) struct Interpreter<'d, 'a> {
    document: &'d Document<'a>,
    fonts: Fonts,
    layers: Layers,
    wanted: Wanted,
    pub(crate) glyphs: Glyphs,
    /// Fonts of the page, and for each of the document its number among these.
    pub(crate) page_fonts: Vec<PageFont>,
    numbers: Vec<Option<u16>>,
    pub(crate) needs_cmaps: bool,
    budget: Budget,
    media: Rect,
    state: State,
    text: Matrix,
    line: Matrix,
    marked: Marked,
    /// Flags for the next glyph: white space was shown.
    pending: u8,
    /// Forms at hand, from the outermost to the innermost.
    forms: Vec<u32>,
    error: Option<PdfError>,
}

/// What a content stream refers to by name.
struct Scope {
    resources: Dictionary,
    fonts: Option<Dictionary>,
    known: Vec<(Vec<u8>, Option<u16>)>,
}

impl Scope {
    fn new(document: &Document<'_>, resources: Dictionary) -> Self {
        let fonts = document.dictionary(&resources, b"Font");
        Self { resources, fonts, known: Vec::new() }
    }
}

impl<'d, 'a> Interpreter<'d, 'a> {
    pub(crate) fn new(document: &'d Document<'a>, wanted: Wanted) -> Self {
        Self {
            document,
            fonts: Fonts::default(),
            layers: Layers::of(document),
            wanted,
            glyphs: Glyphs::default(),
            page_fonts: Vec::new(),
            numbers: Vec::new(),
            needs_cmaps: false,
            budget: Budget::new(),
            media: Rect::EMPTY,
            state: State::new(),
            text: Matrix::IDENTITY,
            line: Matrix::IDENTITY,
            marked: Marked::default(),
            pending: 0,
            forms: Vec::new(),
            error: None,
        }
    }

    /// Collects the glyphs of a page; gives the steps it took.
    pub(crate) fn page(&mut self, page: &Page) -> Result<u64, PdfError> {
        self.fonts.start_page();
        self.glyphs.clear();
        self.page_fonts.clear();
        self.numbers.clear();
        self.needs_cmaps = false;
        self.budget = Budget::new();
        self.marked.clear();
        self.pending = 0;
        self.state = State::new();
        let [left, bottom, right, top] = page.media_box(self.document).map(|number| number as f32);
        self.media = Rect { left, bottom, right, top };
        let resources = page.attribute(self.document, b"Resources");
        let resources = resources.as_dictionary().cloned();
        let scope =
            Scope::new(self.document, resources.unwrap_or_else(|| Dictionary::from_iter([])));
        let content = self.contents(page);
        self.run(&content, scope);
        self.marked.end_to(0, &mut self.glyphs);
        if self.wanted.annotations {
            self.annotations(page);
        }
        match self.error.take() {
            Some(error) => Err(error),
            None => Ok(self.budget.spent()),
        }
    }

    /// The data of a stream; nothing where it cannot be decoded. Keeps the error of a limit.
    fn data(&mut self, stream: &Stream) -> Option<Arc<[u8]>> {
        match self.document.data(stream) {
            Ok(data) => Some(data),
            Err(PdfError::Unsupported { .. }) => None,
            Err(error) => {
                self.error = Some(error);
                None
            }
        }
    }

    /// The page's content streams as one (7.7.3.3). What cannot be decoded is left out.
    fn contents(&mut self, page: &Page) -> Arc<[u8]> {
        let contents = self.document.get(&page.dictionary, b"Contents");
        let mut data = |object: &Object| {
            let stream = self.document.resolve(object);
            stream.as_stream().and_then(|stream| self.data(stream))
        };
        let Object::Array(streams) = contents else { return data(&contents).unwrap_or_default() };
        if let [stream] = &*streams {
            return data(stream).unwrap_or_default();
        }
        let mut whole = Vec::new();
        for part in streams.iter().filter_map(data) {
            if whole.try_reserve(part.len() + 1).is_err() {
                break;
            }
            whole.extend_from_slice(&part);
            // Tokens do not span streams.
            whole.push(b'\n');
        }
        whole.into()
    }

    fn run(&mut self, content: &[u8], mut scope: Scope) {
        let mut lexer = Lexer::new(content);
        let mut states: Vec<State> = Vec::new();
        let mut operands = Operands::default();
        let mut in_array = false;
        while let Some(token) = lexer.next() {
            match token {
                Token::Integer(value) => {
                    #[expect(clippy::cast_precision_loss, reason = "coordinates are far smaller")]
                    operands.push(Operand::Number(value as f64));
                }
                Token::Real(value) => operands.push(Operand::Number(value)),
                Token::String(string) => {
                    string.append_to(&mut operands.bytes);
                    let end = operands.bytes.len();
                    operands.push(Operand::String(end));
                }
                Token::Name(name) => operands.set_name(&name),
                Token::DictionaryStart => operands.actual = marked::actual_text(&mut lexer),
                Token::ArrayStart => in_array = true,
                Token::ArrayEnd => in_array = false,
                Token::DictionaryEnd => {}
                // Operators within an array mean nothing, unless it was never closed.
                Token::Keyword(operator)
                    if in_array
                        && !matches!(operator, b"Tj" | b"TJ" | b"ET" | b"BT" | b"Q" | b"Tf") => {}
                Token::Keyword(operator) => {
                    in_array = false;
                    if !self.budget.spend(1) {
                        return;
                    }
                    match operator {
                        b"q" if states.len() < MAX_STATES => states.push(self.state.clone()),
                        b"Q" => {
                            if let Some(state) = states.pop() {
                                self.state = state;
                            }
                        }
                        b"ID" => {
                            lexer.inline_image();
                        }
                        b"Tf" => self.set_font(&mut scope, &operands),
                        b"Do" => self.x_object(&scope, &operands),
                        b"gs" => self.set_graphics_state(&scope, &operands),
                        b"BDC" | b"BMC" => self.begin_marked(&scope, &mut operands),
                        b"EMC" => self.marked.end(&mut self.glyphs),
                        b"BI" | b"true" | b"false" | b"null" => continue,
                        _ => self.operator(operator, &operands),
                    }
                    operands.clear();
                }
            }
        }
    }

    #[expect(clippy::many_single_char_names, reason = "the specification's names")]
    fn operator(&mut self, operator: &[u8], operands: &Operands) {
        // Most operators are those of paths, which matter to nothing here.
        let first = operator.first().copied().unwrap_or_default();
        if !matches!(first, b'T' | b'B' | b'c' | b'\'' | b'"') {
            return;
        }
        let [a, b, c, d, e, f] = operands.numbers();
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
            b"Tj" | b"TJ" => self.show(&operands.list, &operands.bytes),
            b"'" => {
                self.move_line(0.0, -self.state.leading);
                self.show(&operands.list, &operands.bytes);
            }
            b"\"" => {
                let mut shown = operands.list.as_slice();
                if let [Operand::Number(word), Operand::Number(char), rest @ ..] = shown {
                    (self.state.word_spacing, self.state.char_spacing) = (*word, *char);
                    shown = rest;
                }
                self.move_line(0.0, -self.state.leading);
                self.show(shown, &operands.bytes);
            }
            _ => {}
        }
    }

    fn move_line(&mut self, x: f64, y: f64) {
        self.line = self.line.translated(x, y);
        self.text = self.line;
    }

    fn set_font(&mut self, scope: &mut Scope, operands: &Operands) {
        let [.., size] = operands.numbers();
        self.state.size = size;
        let Some(name) = operands.name() else { return };
        if let Some((_, font)) = scope.known.iter().find(|(known, _)| known == name) {
            self.state.font = *font;
            return;
        }
        let font = scope.fonts.as_ref().and_then(|fonts| fonts.get(name)).cloned();
        self.state.font = font.and_then(|font| self.font(&font));
        if scope.known.len() < MAX_NAMES {
            scope.known.push((name.to_vec(), self.state.font));
        }
    }

    fn font(&mut self, font: &Object) -> Option<u16> {
        if let Some(known) = self.fonts.known(font) {
            return Some(known);
        }
        if !self.budget.spend(budget::FONT) {
            return None;
        }
        self.fonts.load(self.document, font)
    }

    /// `gs`, which may set the font (table 58).
    fn set_graphics_state(&mut self, scope: &Scope, operands: &Operands) {
        let Some(name) = operands.name() else { return };
        let document = self.document;
        let font = document
            .dictionary(&scope.resources, b"ExtGState")
            .and_then(|states| document.dictionary(&states, name))
            .and_then(|state| document.array(&state, b"Font"));
        if let Some([font, size]) = font.as_deref() {
            self.state.font = self.font(font);
            self.state.size = document.resolve(size).as_number().unwrap_or_default();
        }
    }

    /// `BDC` and `BMC`; the tag is the first name, the properties are a dictionary or another name.
    fn begin_marked(&mut self, scope: &Scope, operands: &mut Operands) {
        let document = self.document;
        let mut actual = operands.actual.take();
        let mut hidden = false;
        let tag = operands.tag().unwrap_or_default();
        if operands.names > 1
            && let Some(name) = operands.name()
            && let Some(all) = document.dictionary(&scope.resources, b"Properties")
            && let Some(properties) = all.get(name)
        {
            if tag == b"OC" {
                hidden = !self.layers.shows(document, properties);
            }
            let resolved = document.resolve(properties);
            let text = resolved.as_dictionary().and_then(|it| document.string(it, b"ActualText"));
            actual = text.map(|text| text.to_vec()).or(actual);
        }
        hidden |= tag == b"Artifact" && !self.wanted.artifacts;
        let actual = actual.map(|bytes| text_string(&bytes));
        self.marked.begin(hidden, actual, &self.glyphs);
    }
}
