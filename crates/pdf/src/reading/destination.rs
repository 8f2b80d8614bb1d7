//! Destinations and the actions that lead to them (ISO 32000-1, 12.3.2 and 12.6).

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use bytemill_pdf_objects::{Dictionary, Document, Object, PdfError};

use super::pages::PageNumbers;
use super::strings::name_text;
use super::tree;
use crate::text_string::text_string;

/// How a page is to be shown (table 151).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// `XYZ`: `left`, `top` and `zoom`.
    #[default]
    Position,
    /// `Fit`: the whole page.
    Fit,
    /// `FitH`: its width, from `top`.
    FitWidth,
    /// `FitV`: its height, from `left`.
    FitHeight,
    /// `FitR`: a rectangle of it.
    FitRectangle,
    /// `FitB`: all that is on it.
    FitContent,
    /// `FitBH`: the width of what is on it, from `top`.
    FitContentWidth,
    /// `FitBV`: the height of what is on it, from `left`.
    FitContentHeight,
}

/// A place in a document. Coordinates are points from the bottom left of the page's default space; those that are
/// missing stay as they are when a reader goes there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Destination {
    /// The page, counted from 1; none where it leads to no page of the document.
    pub page: Option<u32>,
    /// How the page is to be shown.
    pub view: View,
    /// The left edge.
    pub left: Option<f32>,
    /// The bottom edge of a rectangle.
    pub bottom: Option<f32>,
    /// The right edge of a rectangle.
    pub right: Option<f32>,
    /// The top edge.
    pub top: Option<f32>,
    /// Magnification, 1 for the natural size.
    pub zoom: Option<f32>,
}

/// Where a link, a bookmark or an action leads.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// To a place in this document.
    Page(Destination),
    /// To a name that the document does not define.
    Undefined(String),
    /// To a URI, as it stands there.
    Uri(String),
    /// To another document.
    Remote {
        /// Its file name.
        file: String,
        /// The place there; its page is counted from 1.
        destination: Destination,
        /// The name of the place there, where it is given by a name.
        name: Option<String>,
    },
    /// To a program or a file that is to be opened.
    Launch(String),
    /// To what a reader knows by name: `NextPage`, `PrevPage`, `FirstPage`, `LastPage` and others.
    Named(String),
    /// To a script.
    JavaScript(String),
    /// To something else: the action's type.
    Other(String),
}

/// A destination that has a name.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedDestination {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub destination: Destination,
}

/// All destinations that have names: those of the catalog's `Dests`, then those of the name tree.
///
/// # Errors
///
/// A limit that was passed.
pub fn destinations(document: &Document<'_>) -> Result<Vec<NamedDestination>, PdfError> {
    let resolver = Resolver::new(document);
    let mut list = Vec::new();
    let old = document.dictionary(&document.catalog(), b"Dests").unwrap_or_default();
    for (name, value) in old.iter() {
        if let Some(destination) = resolver.explicit(value) {
            list.push(NamedDestination { name: name_text(name), destination });
        }
    }
    tree::walk(document, &tree::root(document, b"Dests"), b"Names", |name, value| {
        if let (Some(name), Some(destination)) = (name.as_string(), resolver.explicit(value)) {
            list.push(NamedDestination { name: text_string(name), destination });
        }
        Ok(true)
    })?;
    document.check()?;
    Ok(list)
}

/// Makes targets of destinations and actions.
pub(crate) struct Resolver<'d, 'a> {
    pub(crate) document: &'d Document<'a>,
    pub(crate) pages: PageNumbers<'d, 'a>,
    /// The name tree, once a name was looked for.
    names: OnceCell<BTreeMap<Arc<[u8]>, Object>>,
}

impl<'d, 'a> Resolver<'d, 'a> {
    pub(crate) fn new(document: &'d Document<'a>) -> Self {
        Self { document, pages: PageNumbers::new(document), names: OnceCell::new() }
    }

    /// The target of a bookmark or a link: its `Dest`, or its action.
    pub(crate) fn target(&self, dictionary: &Dictionary) -> Option<Target> {
        if let Some(destination) = dictionary.get(b"Dest") {
            return self.destination(destination);
        }
        let action = self.document.dictionary(dictionary, b"A")?;
        self.action(&action)
    }

    /// A destination, by itself or by its name.
    fn destination(&self, object: &Object) -> Option<Target> {
        let object = self.document.resolve(object);
        if let Object::Name(name) | Object::String(name) = &object {
            let found = self.named(name).and_then(|found| self.explicit(&found));
            let text = if object.as_name().is_some() { name_text } else { text_string };
            return Some(found.map_or_else(|| Target::Undefined(text(name)), Target::Page));
        }
        self.explicit(&object).map(Target::Page)
    }

    /// Names are those of the catalog's `Dests`, strings those of the name tree (12.3.2.3); files mix them.
    fn named(&self, name: &[u8]) -> Option<Object> {
        let document = self.document;
        let old = document.dictionary(&document.catalog(), b"Dests");
        old.and_then(|old| old.get(name).cloned()).or_else(|| {
            let names =
                self.names.get_or_init(|| tree::index(document, &tree::root(document, b"Dests")));
            names.get(name).cloned()
        })
    }

    /// An array, or a dictionary that has one as `D`.
    fn explicit(&self, object: &Object) -> Option<Destination> {
        let mut object = self.document.resolve(object);
        if let Some(dictionary) = object.as_dictionary() {
            object = self.document.get(dictionary, b"D");
        }
        let array = object.as_array()?;
        let mut destination = self.view(array)?;
        let page = array.first()?;
        destination.page = self.pages.of(page).or_else(|| {
            // A number, as in remote destinations; some write it for their own.
            let number = page_number(page)?;
            (number <= self.document.page_count()).then_some(number)
        });
        Some(destination)
    }

    /// All but the page.
    fn view(&self, array: &[Object]) -> Option<Destination> {
        if array.is_empty() {
            return None;
        }
        let kind = array.get(1).map(|kind| self.document.resolve(kind)).unwrap_or_default();
        let number = |index: usize| {
            let number =
                array.get(index).map(|number| self.document.resolve(number))?.as_number()?;
            Some(number as f32)
        };
        let mut destination = Destination::default();
        match kind.as_name().unwrap_or_default() {
            b"Fit" => destination.view = View::Fit,
            b"FitB" => destination.view = View::FitContent,
            b"FitH" | b"FitBH" => {
                let whole = kind.as_name() == Some(b"FitH");
                destination.view = if whole { View::FitWidth } else { View::FitContentWidth };
                destination.top = number(2);
            }
            b"FitV" | b"FitBV" => {
                let whole = kind.as_name() == Some(b"FitV");
                destination.view = if whole { View::FitHeight } else { View::FitContentHeight };
                destination.left = number(2);
            }
            b"FitR" => {
                destination.view = View::FitRectangle;
                destination.left = number(2);
                destination.bottom = number(3);
                destination.right = number(4);
                destination.top = number(5);
            }
            _ => {
                destination.left = number(2);
                destination.top = number(3);
                // Zero is as good as none.
                destination.zoom = number(4).filter(|zoom| *zoom != 0.0);
            }
        }
        Some(destination)
    }

    /// An action. Of a chain of actions it is the first.
    pub(crate) fn action(&self, action: &Dictionary) -> Option<Target> {
        let document = self.document;
        let text = |key: &[u8]| match document.get(action, key) {
            Object::String(bytes) => text_string(&bytes),
            Object::Name(bytes) => name_text(&bytes),
            _ => String::new(),
        };
        let kind = document.name(action, b"S")?;
        Some(match &*kind {
            b"GoTo" => return self.destination(action.get(b"D")?),
            b"URI" => Target::Uri(uri(&document.string(action, b"URI")?)),
            b"GoToR" => {
                let place = document.get(action, b"D");
                let mut destination = Destination::default();
                let name = match &place {
                    Object::String(name) => Some(text_string(name)),
                    Object::Name(name) => Some(name_text(name)),
                    Object::Array(array) => {
                        destination = self.view(array).unwrap_or_default();
                        destination.page = array.first().and_then(page_number);
                        None
                    }
                    _ => None,
                };
                Target::Remote { file: self.file(action), destination, name }
            }
            b"Launch" => Target::Launch(self.file(action)),
            b"Named" => Target::Named(text(b"N")),
            b"JavaScript" => Target::JavaScript(self.script(action)),
            other => Target::Other(name_text(other)),
        })
    }

    /// The file of an action; that of Windows' own parameters where there is no other (table 204).
    fn file(&self, action: &Dictionary) -> String {
        let mut file = self.document.get(action, b"F");
        if file.is_null()
            && let Some(windows) = self.document.dictionary(action, b"Win")
        {
            file = self.document.get(&windows, b"F");
        }
        file_name(self.document, &file)
    }

    fn script(&self, action: &Dictionary) -> String {
        match self.document.get(action, b"JS") {
            Object::String(script) => text_string(&script),
            Object::Stream(script) => self
                .document
                .data(&script)
                .map_or_else(|_| String::new(), |data| text_string(&data)),
            _ => String::new(),
        }
    }
}

/// A URI is ASCII (12.6.4.7); files have UTF-8, and UTF-16 with its mark, too.
fn uri(bytes: &[u8]) -> String {
    match core::str::from_utf8(bytes) {
        Ok(text) => text.trim_start_matches('\u{feff}').to_owned(),
        Err(_) => text_string(bytes),
    }
}

/// Zero-based in the file.
fn page_number(object: &Object) -> Option<u32> {
    let Object::Integer(number) = object else { return None };
    u32::try_from(*number).ok()?.checked_add(1)
}

/// The name of a file specification (7.11): a string, or `UF`, `F` or an older entry of a dictionary.
pub(crate) fn file_name(document: &Document<'_>, file: &Object) -> String {
    match file {
        Object::String(name) => text_string(name),
        Object::Dictionary(file) => {
            let keys: [&[u8]; 5] = [b"UF", b"F", b"Unix", b"DOS", b"Mac"];
            let name = keys.iter().find_map(|key| document.string(file, key));
            name.map_or_else(String::new, |name| text_string(&name))
        }
        _ => String::new(),
    }
}
