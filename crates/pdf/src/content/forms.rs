//! Form `XObjects` (ISO 32000-1, 8.10).

use bytemill_pdf_objects::{Dictionary, Document, Object, Stream};

use crate::content::budget;
use crate::content::state::Operands;
use crate::content::{Interpreter, Scope};
use crate::geometry::Matrix;

/// Forms within each other.
const MAX_FORMS: usize = 24;

/// The six numbers under a name; the identity where they are not there.
pub(crate) fn matrix(document: &Document<'_>, dictionary: &Dictionary, key: &[u8]) -> Matrix {
    let mut matrix = Matrix::IDENTITY;
    if let Some(array) = document.array(dictionary, key).filter(|array| array.len() >= 6) {
        for (entry, object) in matrix.0.iter_mut().zip(array.iter()) {
            *entry = document.resolve(object).as_number().unwrap_or_default();
        }
    }
    matrix
}

impl Interpreter<'_, '_> {
    /// `Do`: runs a form.
    pub(super) fn x_object(&mut self, scope: &Scope, operands: &Operands) {
        let Some(name) = operands.name() else { return };
        let document = self.document;
        let Some(objects) = document.dictionary(&scope.resources, b"XObject") else { return };
        let Some(object) = objects.get(name) else { return };
        let Object::Stream(form) = document.resolve(object) else { return };
        let dictionary = form.dictionary();
        let is_image = document.name(dictionary, b"Subtype").as_deref() == Some(b"Image");
        if is_image || !self.is_shown(dictionary) {
            return;
        }
        let outer = (self.state.clone(), self.text, self.line);
        self.form(&form, Some(&scope.resources));
        (self.state, self.text, self.line) = outer;
    }

    /// Whether the layer of an object is on.
    pub(super) fn is_shown(&self, dictionary: &Dictionary) -> bool {
        dictionary.get(b"OC").is_none_or(|content| self.layers.shows(self.document, content))
    }

    /// Runs a form in the graphics state at hand; `outer`: the resources of what shows it, which old files rely on.
    pub(super) fn form(&mut self, form: &Stream, outer: Option<&Dictionary>) {
        let number = form.reference().map(|reference| reference.number);
        let inside = number.is_some_and(|number| self.forms.contains(&number));
        if inside || self.forms.len() >= MAX_FORMS || !self.budget.spend(budget::FORM) {
            return;
        }
        let Some(content) = self.data(form) else { return };
        let dictionary = form.dictionary();
        self.state.ctm = matrix(self.document, dictionary, b"Matrix").then(self.state.ctm);
        let resources =
            self.document.dictionary(dictionary, b"Resources").or_else(|| outer.cloned());
        let resources = resources.unwrap_or_else(|| Dictionary::from_iter([]));
        let depth = self.marked.depth();
        self.forms.push(number.unwrap_or(u32::MAX));
        self.run(&content, Scope::new(self.document, resources));
        self.forms.pop();
        self.marked.end_to(depth, &mut self.glyphs);
    }
}
