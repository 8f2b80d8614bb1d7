//! Optional content: layers that are off (ISO 32000-1, 8.11).

use std::collections::BTreeSet;

use bytemill_pdf_objects::{Dictionary, Document, Object, Reference};

/// Groups of a configuration that are looked at, and terms of one expression.
const MAX_GROUPS: usize = 1 << 14;
const MAX_TERMS: u32 = 256;
const MAX_DEPTH: u32 = 8;

/// Which groups are on when the document is opened.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    /// Groups that differ from the base state.
    switched: BTreeSet<u32>,
    base_is_off: bool,
}

impl Layers {
    pub(crate) fn of(document: &Document) -> Self {
        let Some(properties) = document.dictionary(&document.catalog(), b"OCProperties") else {
            return Self::default();
        };
        let Some(configuration) = document.dictionary(&properties, b"D") else {
            return Self::default();
        };
        let base = document.name(&configuration, b"BaseState");
        let base_is_off = base.is_some_and(|name| *name == *b"OFF");
        let key: &[u8] = if base_is_off { b"ON" } else { b"OFF" };
        let groups = document.array(&configuration, key);
        let numbers = groups.iter().flat_map(|groups| groups.iter().take(MAX_GROUPS));
        let switched = numbers.filter_map(Object::as_reference).map(|it| it.number).collect();
        Self { switched, base_is_off }
    }

    /// Whether every layer is on.
    fn is_plain(&self) -> bool {
        self.switched.is_empty() && !self.base_is_off
    }

    fn is_on(&self, group: Reference) -> bool {
        self.switched.contains(&group.number) == self.base_is_off
    }

    /// Whether what belongs to a group or to a membership dictionary shows: `OC` of an object or of its properties.
    pub(crate) fn shows(&self, document: &Document, content: &Object) -> bool {
        if self.is_plain() || content.is_null() {
            return true;
        }
        let resolved = document.resolve(content);
        let Some(dictionary) = resolved.as_dictionary() else { return true };
        if !dictionary.has_type(b"OCMD") {
            return content.as_reference().is_none_or(|group| self.is_on(group));
        }
        if let Some(expression) = document.array(dictionary, b"VE") {
            return self.holds(document, &expression, 0, &mut 0);
        }
        self.policy(document, dictionary)
    }

    fn policy(&self, document: &Document, dictionary: &Dictionary) -> bool {
        let groups = match dictionary.get(b"OCGs") {
            Some(Object::Reference(group)) => match document.object(*group) {
                Object::Array(groups) => groups,
                _ => return self.one(document, dictionary, *group),
            },
            Some(Object::Array(groups)) => groups.clone(),
            _ => return true,
        };
        let on = || groups.iter().filter_map(Object::as_reference).map(|group| self.is_on(group));
        if on().next().is_none() {
            return true;
        }
        match document.name(dictionary, b"P").as_deref() {
            Some(b"AllOn") => on().all(|on| on),
            Some(b"AnyOff") => on().any(|on| !on),
            Some(b"AllOff") => on().all(|on| !on),
            _ => on().any(|on| on),
        }
    }

    fn one(&self, document: &Document, dictionary: &Dictionary, group: Reference) -> bool {
        let policy = document.name(dictionary, b"P");
        let wants_off = policy.is_some_and(|name| matches!(&*name, b"AnyOff" | b"AllOff"));
        self.is_on(group) != wants_off
    }

    /// A visibility expression (table 99).
    fn holds(&self, document: &Document, terms: &[Object], depth: u32, count: &mut u32) -> bool {
        let Some((operator, terms)) = terms.split_first() else { return true };
        let mut holds = |term: &Object| {
            *count += 1;
            if depth >= MAX_DEPTH || *count > MAX_TERMS {
                return true;
            }
            match (document.resolve(term), term.as_reference()) {
                (Object::Array(terms), _) => self.holds(document, &terms, depth + 1, count),
                (_, Some(group)) => self.is_on(group),
                _ => true,
            }
        };
        match operator.as_name() {
            Some(b"And") => terms.iter().all(holds),
            Some(b"Or") => terms.iter().any(holds),
            Some(b"Not") => !terms.first().is_none_or(&mut holds),
            _ => true,
        }
    }
}
