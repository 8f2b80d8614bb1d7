//! Interactive forms: their fields and values (ISO 32000-1, 12.7).

use std::collections::BTreeMap;

use bytemill_pdf_objects::{Dictionary, Document, Object, PdfError, Reference};

use super::links::{annotations, rectangle};
use super::pages::PageNumbers;
use super::strings::name_text;
use super::tree::{self, MAX_ITEMS, Visited};
use crate::text_string::text_string;

/// Fields above a field.
const MAX_DEPTH: usize = 64;
/// Bytes of a field's full name.
const MAX_NAME: usize = 1 << 12;

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// Text.
    Text,
    /// A button that does something.
    PushButton,
    /// One that is on or off.
    CheckBox,
    /// A group of which at most one is on.
    RadioButton,
    /// A list of which one or more are chosen.
    ListBox,
    /// A list that opens, perhaps with a text of one's own.
    ComboBox,
    /// A signature.
    Signature,
    /// None of these, or a type that is missing.
    Unknown,
}

/// What a choice can be, or a button when it is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldOption {
    /// What the field's value is then.
    pub value: String,
    /// What is shown.
    pub label: String,
}

/// A place on a page that shows a field.
#[derive(Clone, Debug, PartialEq)]
pub struct Widget {
    /// The page, counted from 1, if it is on one.
    pub page: Option<u32>,
    /// Left, bottom, right and top in points, in the page's default space.
    pub rectangle: [f32; 4],
    /// The value of a check box or radio button when this widget is on.
    pub on: Option<String>,
    /// Whether that is on.
    pub checked: bool,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct FormField {
    /// Its name after those of the fields above it, with full stops between.
    pub name: String,
    /// What people see as its name (`TU`).
    pub label: Option<String>,
    /// What it holds.
    pub kind: FieldKind,
    /// Its values: one, or several of a list box; none where it is empty. A signature has that of its signer's name.
    pub values: Vec<String>,
    /// What it is set back to.
    pub defaults: Vec<String>,
    /// What can be chosen.
    pub options: Vec<FieldOption>,
    /// The flags of tables 221, 226, 228 and 230.
    pub flags: u32,
    /// The longest text, in characters.
    pub max_length: Option<u32>,
    /// Where it is shown.
    pub widgets: Vec<Widget>,
}

impl FormField {
    /// Whether its value may not be changed.
    pub fn is_read_only(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether it must have a value when the form is sent.
    pub fn is_required(&self) -> bool {
        self.flags & 2 != 0
    }

    /// Whether a text may have several lines.
    pub fn is_multiline(&self) -> bool {
        self.kind == FieldKind::Text && self.flags & 1 << 12 != 0
    }

    /// Whether a text is shown as dots.
    pub fn is_password(&self) -> bool {
        self.kind == FieldKind::Text && self.flags & 1 << 13 != 0
    }
}

/// What kind of form a document has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FormKind {
    /// None.
    #[default]
    None,
    /// Fields.
    AcroForm,
    /// An XFA form, whose fields are there too unless it is a dynamic one.
    Xfa,
}

/// The kind of form that a document has.
pub fn form_kind(document: &Document<'_>) -> FormKind {
    let form = document.dictionary(&document.catalog(), b"AcroForm");
    let Some(form) = form else { return FormKind::None };
    if !document.get(&form, b"XFA").is_null() {
        return FormKind::Xfa;
    }
    let fields = document.array(&form, b"Fields").unwrap_or_default();
    if fields.is_empty() { FormKind::None } else { FormKind::AcroForm }
}

/// The fields of a document's form that hold something themselves, in the order of the form's tree; then those that only
/// pages know.
///
/// # Errors
///
/// A limit that was passed.
pub fn form_fields(document: &Document<'_>) -> Result<Vec<FormField>, PdfError> {
    let form = document.dictionary(&document.catalog(), b"AcroForm").unwrap_or_default();
    let mut walk = Walk {
        document,
        numbers: PageNumbers::new(document),
        visited: Visited::default(),
        seen: 0,
        homeless: BTreeMap::new(),
        known: BTreeMap::new(),
        fields: Vec::new(),
    };
    for field in document.array(&form, b"Fields").unwrap_or_default().iter() {
        walk.field(field, &mut Vec::new(), "")?;
    }
    if !form.is_empty() {
        walk.pages()?;
    }
    document.check()?;
    Ok(walk.fields)
}

struct Walk<'d, 'a> {
    document: &'d Document<'a>,
    numbers: PageNumbers<'d, 'a>,
    visited: Visited,
    seen: usize,
    /// Widgets that do not know their page: the index of the field and that of the widget.
    homeless: BTreeMap<Reference, (usize, usize)>,
    /// Indices of the fields that are objects of their own.
    known: BTreeMap<Reference, usize>,
    fields: Vec<FormField>,
}

impl Walk<'_, '_> {
    /// A field and those below it; `above` are the fields that it inherits from, `name` is the name of the last.
    fn field(
        &mut self,
        object: &Object,
        above: &mut Vec<Dictionary>,
        name: &str,
    ) -> Result<(), PdfError> {
        let document = self.document;
        if above.len() >= MAX_DEPTH || !self.visited.enter(object) {
            return Ok(());
        }
        self.seen += 1;
        if self.seen > MAX_ITEMS {
            return Err(PdfError::TooManyObjects { limit: MAX_ITEMS as u64 });
        }
        let resolved = document.resolve(object);
        let Some(field) = resolved.as_dictionary() else { return Ok(()) };
        let mut full = name.to_owned();
        if let Some(part) = document.string(field, b"T") {
            if !full.is_empty() {
                full.push('.');
            }
            full.push_str(&text_string(&part));
        }
        if full.len() > MAX_NAME {
            return Ok(());
        }
        let kids = document.array(field, b"Kids").unwrap_or_default();
        // Kids with names are fields; those without are this field's widgets (12.7.3.1).
        let named = |kid: &Object| {
            let kid = document.resolve(kid);
            kid.as_dictionary().is_some_and(|kid| {
                kid.get(b"T").is_some()
                    || document.array(kid, b"Kids").is_some_and(|kids| !kids.is_empty())
            })
        };
        let has_fields = kids.iter().any(named);
        above.push(field.clone());
        if has_fields {
            for kid in kids.iter() {
                self.field(kid, above, &full)?;
            }
        } else {
            let mut found = describe(document, above, full);
            if kids.is_empty() {
                found.widgets.extend(self.widget(
                    object,
                    field,
                    (found.kind, self.fields.len(), 0),
                ));
            }
            for kid in kids.iter() {
                self.seen += 1;
                if let Some(widget) = document.resolve(kid).as_dictionary()
                    && self.seen <= MAX_ITEMS
                    && self.visited.enter(kid)
                {
                    found.widgets.extend(self.widget(
                        kid,
                        widget,
                        (found.kind, self.fields.len(), found.widgets.len()),
                    ));
                }
            }
            if found.kind == FieldKind::RadioButton || found.kind == FieldKind::CheckBox {
                name_options(document, above, &mut found);
            }
            if let Some(reference) = object.as_reference() {
                self.known.insert(reference, self.fields.len());
            }
            self.fields.push(found);
        }
        above.pop();
        Ok(())
    }

    /// A widget, of a field of a kind: of which index it will be, and which of its widgets.
    fn widget(
        &mut self,
        object: &Object,
        widget: &Dictionary,
        field: (FieldKind, usize, usize),
    ) -> Option<Widget> {
        let (kind, index, count) = field;
        let document = self.document;
        let rectangle = rectangle(document, widget)?;
        let page = widget.get(b"P").and_then(|page| self.numbers.of(page));
        if page.is_none()
            && let Some(reference) = object.as_reference()
        {
            self.homeless.insert(reference, (index, count));
        }
        let mut on = None;
        let mut checked = false;
        if matches!(kind, FieldKind::CheckBox | FieldKind::RadioButton) {
            let appearances = document.dictionary(widget, b"AP").unwrap_or_default();
            let states = document.dictionary(&appearances, b"N").unwrap_or_default();
            let state = states.iter().map(|(name, _)| name).find(|name| ***name != *b"Off");
            on = state.map(|name| name_text(name));
            let shown = document.name(widget, b"AS");
            checked = shown.is_some() && shown.as_ref() == state;
        }
        Some(Widget { page, rectangle, on, checked })
    }

    /// Looks through the annotations of all pages: for widgets that do not know their page, and for those whose field the
    /// form does not list.
    fn pages(&mut self) -> Result<(), PdfError> {
        let document = self.document;
        let mut seen = 0;
        for page in 1..=document.page_count() {
            let mut lost = Vec::new();
            let (homeless, fields) = (&mut self.homeless, &mut self.fields);
            let visited = &self.visited;
            annotations(document, page, &mut seen, |object, annotation| {
                let reference = object.as_reference();
                if let Some((field, widget)) = reference.and_then(|it| homeless.remove(&it)) {
                    fields[field].widgets[widget].page = Some(page);
                } else if document.name(annotation, b"Subtype").as_deref() == Some(b"Widget")
                    && reference.is_some()
                    && !visited.has(object)
                {
                    lost.push(object.clone());
                }
            })?;
            let first = self.fields.len();
            for widget in lost {
                if !self.adopt(&widget, page) {
                    let root = self.root(widget);
                    self.field(&root, &mut Vec::new(), "")?;
                }
            }
            // Those that do not know it are on this page.
            for widget in self.fields[first..].iter_mut().flat_map(|field| &mut field.widgets) {
                widget.page = widget.page.or(Some(page));
            }
        }
        Ok(())
    }

    /// Adds a widget to its field, if that is known and does not list it.
    fn adopt(&mut self, object: &Object, page: u32) -> bool {
        let resolved = self.document.resolve(object);
        let Some(widget) = resolved.as_dictionary() else { return true };
        let parent = widget.get(b"Parent").and_then(Object::as_reference);
        let Some(index) = parent.and_then(|parent| self.known.get(&parent).copied()) else {
            return false;
        };
        let place = (self.fields[index].kind, index, self.fields[index].widgets.len());
        if let Some(found) = self.widget(object, widget, place) {
            self.fields[index].widgets.push(Widget { page: Some(page), ..found });
        }
        true
    }

    /// The field above all others of a widget.
    fn root(&self, widget: Object) -> Object {
        let mut field = widget;
        for _ in 0..MAX_DEPTH {
            let above = self.document.resolve(&field);
            let above = above.as_dictionary().and_then(|field| field.get(b"Parent"));
            match above.filter(|above| above.as_reference().is_some()) {
                Some(above) => field = above.clone(),
                None => break,
            }
        }
        field
    }
}

/// The value of the nearest field, from the innermost, that has one.
fn inherited(document: &Document<'_>, fields: &[Dictionary], key: &[u8]) -> Object {
    let mut values = fields.iter().rev().map(|field| document.get(field, key));
    values.find(|value| !value.is_null()).unwrap_or_default()
}

/// All but the widgets of the last field.
fn describe(document: &Document<'_>, fields: &[Dictionary], name: String) -> FormField {
    let get = |key: &[u8]| inherited(document, fields, key);
    let flags = get(b"Ff").as_integer().unwrap_or(0) as u32;
    let kind = match get(b"FT").as_name().unwrap_or_default() {
        b"Tx" => FieldKind::Text,
        b"Btn" if flags & 1 << 16 != 0 => FieldKind::PushButton,
        b"Btn" if flags & 1 << 15 != 0 => FieldKind::RadioButton,
        b"Btn" => FieldKind::CheckBox,
        b"Ch" if flags & 1 << 17 != 0 => FieldKind::ComboBox,
        b"Ch" => FieldKind::ListBox,
        b"Sig" => FieldKind::Signature,
        _ => FieldKind::Unknown,
    };
    let label = fields.last().and_then(|field| document.string(field, b"TU"));
    let options = if matches!(kind, FieldKind::ComboBox | FieldKind::ListBox) {
        choices(document, &get(b"Opt"))
    } else {
        Vec::new()
    };
    FormField {
        name,
        label: label.map(|label| text_string(&label)),
        kind,
        values: values(document, &get(b"V")),
        defaults: values(document, &get(b"DV")),
        options,
        flags,
        max_length: get(b"MaxLen").as_integer().and_then(|length| u32::try_from(length).ok()),
        widgets: Vec::new(),
    }
}

/// A value: a text, a name, a stream with a text, several of them, or a signature.
fn values(document: &Document<'_>, value: &Object) -> Vec<String> {
    match value {
        Object::Array(values) => {
            values.iter().filter_map(|value| single(document, value)).collect()
        }
        Object::Null => Vec::new(),
        value => single(document, value).into_iter().collect(),
    }
}

fn single(document: &Document<'_>, value: &Object) -> Option<String> {
    match document.resolve(value) {
        Object::String(text) => Some(text_string(&text)),
        Object::Name(name) => Some(name_text(&name)),
        Object::Stream(stream) => Some(text_string(&document.data(&stream).ok()?)),
        Object::Dictionary(signature) => Some(
            document
                .string(&signature, b"Name")
                .map_or_else(String::new, |name| text_string(&name)),
        ),
        _ => None,
    }
}

/// Choices are texts, or pairs of a value and what is shown (table 231).
fn choices(document: &Document<'_>, options: &Object) -> Vec<FieldOption> {
    let options = options.as_array().unwrap_or_default();
    let text = |object: &Object| single(document, object).unwrap_or_default();
    options
        .iter()
        .take(MAX_ITEMS)
        .map(|option| match document.resolve(option) {
            Object::Array(pair) => {
                let value = pair.first().map(text).unwrap_or_default();
                let label = pair.get(1).map_or_else(|| value.clone(), text);
                FieldOption { value, label }
            }
            option => {
                let value = text(&option);
                FieldOption { label: value.clone(), value }
            }
        })
        .collect()
}

/// The states of a button's widgets are what can be chosen; `Opt` has their texts where names will not do (12.7.4.2.3).
fn name_options(document: &Document<'_>, fields: &[Dictionary], field: &mut FormField) {
    let labels = inherited(document, fields, b"Opt");
    let labels = labels.as_array().unwrap_or_default();
    for (index, widget) in field.widgets.iter().enumerate() {
        let Some(value) = &widget.on else { continue };
        let label = labels.get(index).and_then(|label| single(document, label));
        let label = label.unwrap_or_else(|| value.clone());
        // Widgets with the same state are switched together.
        if field.options.last().is_none_or(|last| last.value != *value) {
            field.options.push(FieldOption { value: value.clone(), label });
        }
    }
}

/// Whether any field has a script, of the first few thousand.
pub(crate) fn has_script(document: &Document<'_>) -> bool {
    const MAX_FIELDS: usize = 4096;
    let form = document.dictionary(&document.catalog(), b"AcroForm").unwrap_or_default();
    let mut fields: Vec<Object> = tree::list(document, &form, b"Fields").to_vec();
    let mut visited = Visited::default();
    let mut count = 0;
    while let Some(field) = fields.pop() {
        count += 1;
        if count > MAX_FIELDS || !visited.enter(&field) {
            break;
        }
        let field = document.resolve(&field);
        let Some(field) = field.as_dictionary() else { continue };
        if runs_script(document, field) {
            return true;
        }
        let kids = document.array(field, b"Kids").unwrap_or_default();
        fields.extend(kids.iter().take(MAX_FIELDS).cloned());
    }
    false
}

/// Whether the action or one of the additional actions (12.6.3) is a script.
pub(crate) fn runs_script(document: &Document<'_>, dictionary: &Dictionary) -> bool {
    let script = |action: &Object| {
        let action = document.resolve(action);
        action
            .as_dictionary()
            .is_some_and(|action| document.name(action, b"S").as_deref() == Some(b"JavaScript"))
    };
    dictionary.get(b"A").is_some_and(script)
        || document
            .dictionary(dictionary, b"AA")
            .is_some_and(|actions| actions.iter().any(|(_, action)| script(action)))
}
