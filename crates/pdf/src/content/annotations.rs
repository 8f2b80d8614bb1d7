//! Appearances of annotations, and values of form fields that have none (ISO 32000-1, 12.5.5 and 12.7.3).

use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Object, Page, Stream};

use crate::content::Interpreter;
use crate::content::forms::matrix;
use crate::content::state::{Operand, State};
use crate::geometry::Matrix;
use crate::text_string::text_string;

/// Annotations of one page.
const MAX_ANNOTATIONS: usize = 1 << 14;
/// Fields above a field.
const MAX_PARENTS: u32 = 32;
/// Flags of annotations that do not show: hidden, and not to be viewed (table 165).
const HIDDEN: i64 = 1 << 1;
const NO_VIEW: i64 = 1 << 5;
/// Size in points of values without an appearance.
const VALUE_SIZE: f64 = 10.0;

impl Interpreter<'_, '_> {
    pub(super) fn annotations(&mut self, page: &Page) {
        let annotations = self.document.array(&page.dictionary, b"Annots").unwrap_or_default();
        for annotation in annotations.iter().take(MAX_ANNOTATIONS) {
            if !self.budget.spend(1) {
                return;
            }
            let annotation = self.document.resolve(annotation);
            let Some(dictionary) = annotation.as_dictionary() else { continue };
            let flags = self.document.integer(dictionary, b"F").unwrap_or_default();
            let subtype = self.document.name(dictionary, b"Subtype");
            let popup = matches!(subtype.as_deref(), Some(b"Popup"));
            if flags & (HIDDEN | NO_VIEW) == 0 && !popup && self.is_shown(dictionary) {
                self.annotation(dictionary);
            }
        }
    }

    fn annotation(&mut self, annotation: &Dictionary) {
        let Some(rect) = self.rectangle(annotation, b"Rect") else { return };
        self.state = State::new();
        (self.text, self.line) = (Matrix::IDENTITY, Matrix::IDENTITY);
        self.marked.clear();
        match self.appearance(annotation) {
            Some(form) => {
                self.state.ctm = self.placed(&form, rect);
                self.form(&form, None);
                self.marked.end_to(0, &mut self.glyphs);
            }
            None => self.value(annotation, rect),
        }
    }

    /// The normal appearance, in the state that the annotation is in.
    fn appearance(&self, annotation: &Dictionary) -> Option<Stream> {
        let document = self.document;
        let all = document.dictionary(annotation, b"AP")?;
        match document.get(&all, b"N") {
            Object::Stream(form) => Some(form),
            Object::Dictionary(states) => {
                let state = document.name(annotation, b"AS")?;
                document.stream(&states, &state)
            }
            _ => None,
        }
    }

    fn rectangle(&self, dictionary: &Dictionary, key: &[u8]) -> Option<[f64; 4]> {
        let array = self.document.array(dictionary, key)?;
        let number = |index: usize| self.document.resolve(array.get(index)?).as_number();
        let (x0, y0, x1, y1) = (number(0)?, number(1)?, number(2)?, number(3)?);
        Some([x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)])
    }

    /// The matrix that fits the box of an appearance into the rectangle (algorithm 8.1).
    fn placed(&self, form: &Stream, rect: [f64; 4]) -> Matrix {
        let dictionary = form.dictionary();
        let Some([left, bottom, right, top]) = self.rectangle(dictionary, b"BBox") else {
            return Matrix([1.0, 0.0, 0.0, 1.0, rect[0], rect[1]]);
        };
        let matrix = matrix(self.document, dictionary, b"Matrix");
        let corners = [(left, bottom), (left, top), (right, bottom), (right, top)]
            .map(|(x, y)| matrix.apply(x, y));
        let low = |pick: fn((f64, f64)) -> f64| {
            corners.map(pick).into_iter().fold(f64::INFINITY, f64::min)
        };
        let high = |pick: fn((f64, f64)) -> f64| {
            corners.map(pick).into_iter().fold(f64::NEG_INFINITY, f64::max)
        };
        let (x0, x1) = (low(|it| it.0), high(|it| it.0));
        let (y0, y1) = (low(|it| it.1), high(|it| it.1));
        let scale = |from: f64, to: f64| if from > 0.0 { to / from } else { 1.0 };
        let (sx, sy) = (scale(x1 - x0, rect[2] - rect[0]), scale(y1 - y0, rect[3] - rect[1]));
        Matrix([sx, 0.0, 0.0, sy, rect[0] - x0 * sx, rect[1] - y0 * sy])
    }

    /// Shows the value of a text or choice field line by line from the top of its rectangle.
    fn value(&mut self, annotation: &Dictionary, rect: [f64; 4]) {
        let document = self.document;
        let mut field = annotation.clone();
        let (mut kind, mut value) = (None, Object::Null);
        for _ in 0..MAX_PARENTS {
            kind = kind.or_else(|| document.name(&field, b"FT"));
            if value.is_null() {
                value = document.get(&field, b"V");
            }
            let Some(parent) = document.dictionary(&field, b"Parent") else { break };
            field = parent;
        }
        let Object::String(value) = value else { return };
        if !matches!(kind.as_deref(), Some(b"Tx" | b"Ch")) {
            return;
        }
        // A font that says of each byte what it is cannot be had; text is shown by replacing that of one byte.
        let helvetica = Dictionary::from_iter([
            (Arc::from(&b"BaseFont"[..]), Object::Name(Arc::from(&b"Helvetica"[..]))),
            (Arc::from(&b"Subtype"[..]), Object::Name(Arc::from(&b"Type1"[..]))),
        ]);
        self.state.font = self.font(&Object::Dictionary(helvetica));
        self.state.size = VALUE_SIZE.min((rect[3] - rect[1]).abs()).max(1.0);
        let top = rect[3] - self.state.size;
        for (index, line) in text_string(&value).split(['\r', '\n']).take(256).enumerate() {
            let down = index as f64 * 1.2 * self.state.size;
            self.text = Matrix([1.0, 0.0, 0.0, 1.0, rect[0], top - down]);
            let count = line.chars().count().min(1 << 12);
            let bytes = vec![b'n'; count];
            self.marked.begin(false, Some(line.chars().take(count).collect()), &self.glyphs);
            self.show(&[Operand::String(count)], &bytes);
            self.marked.end(&mut self.glyphs);
        }
    }
}
