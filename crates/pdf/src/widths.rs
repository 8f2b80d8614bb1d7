//! Glyph widths in text space units (ISO 32000-1, 9.2.4, 9.7.4.3).

use lopdf::{Dictionary, Document, Object};

/// Entries that one font may have.
const MAX_ENTRIES: usize = 1 << 16;

/// Widths by code; only that of composite fonts with the identity encoding is by code as well.
#[derive(Debug)]
pub(crate) struct Widths {
    /// First code, last code, width; sorted.
    ranges: Vec<(u32, u32, f32)>,
    default: Option<f32>,
}

impl Widths {
    /// Of a font dictionary; composite fonts have theirs in the descendant.
    pub(crate) fn of(document: &Document, font: &Dictionary) -> Self {
        let descendant = font
            .get_deref(b"DescendantFonts", document)
            .and_then(Object::as_array)
            .ok()
            .and_then(|fonts| fonts.first())
            .and_then(|font| document.dereference(font).ok())
            .and_then(|(_, font)| font.as_dict().ok());
        if let Some(font) = descendant {
            let default = number(font.get_deref(b"DW", document).ok()).unwrap_or(1000.0) / 1000.0;
            let mut widths = Self { ranges: Vec::new(), default: Some(default) };
            if let Ok(array) = font.get_deref(b"W", document).and_then(Object::as_array) {
                widths.composite(document, array);
            }
            return widths;
        }
        let first = code(font.get_deref(b"FirstChar", document).ok()).unwrap_or(0);
        let mut ranges = Vec::new();
        let scale = if is_type3(font) { 0.0 } else { 0.001 };
        if scale > 0.0
            && let Ok(array) = font.get_deref(b"Widths", document).and_then(Object::as_array)
        {
            for (code, width) in (first..=255).zip(array) {
                if let Some(width) = number(document.dereference(width).ok().map(|(_, w)| w)) {
                    ranges.push((code, code, width * scale));
                }
            }
        }
        Self { ranges, default: None }
    }

    /// `W` of a CID font: `first [w w ...]` or `first last w`.
    fn composite(&mut self, document: &Document, array: &[Object]) {
        let value = |object: &Object| number(document.dereference(object).ok().map(|(_, o)| o));
        let mut rest = array;
        while let [first, second, tail @ ..] = rest {
            let Some(first) = code(Some(first)) else { break };
            let list = document.dereference(second).ok().and_then(|(_, o)| o.as_array().ok());
            if let Some(list) = list {
                for (code, width) in (first..).zip(list) {
                    self.push(code, code, value(width));
                }
                rest = tail;
            } else if let ([width, tail @ ..], Some(last)) = (tail, code(Some(second))) {
                self.push(first, last, value(width));
                rest = tail;
            } else {
                break;
            }
        }
        self.ranges.sort_by_key(|(first, ..)| *first);
    }

    fn push(&mut self, first: u32, last: u32, width: Option<f32>) {
        if let Some(width) = width
            && self.ranges.len() < MAX_ENTRIES
        {
            self.ranges.push((first, last, width / 1000.0));
        }
    }

    /// In units of the font size, if known.
    pub(crate) fn get(&self, code: u32) -> Option<f32> {
        let end = self.ranges.partition_point(|(first, ..)| *first <= code);
        match end.checked_sub(1).map(|i| self.ranges[i]) {
            Some((_, last, width)) if code <= last => Some(width),
            _ => self.default,
        }
    }
}

fn is_type3(font: &Dictionary) -> bool {
    matches!(font.get(b"Subtype").and_then(Object::as_name), Ok(b"Type3"))
}

fn code(object: Option<&Object>) -> Option<u32> {
    object.and_then(|object| u32::try_from(object.as_i64().ok()?).ok())
}

fn number(object: Option<&Object>) -> Option<f32> {
    object.and_then(|object| object.as_float().ok()).filter(|number| number.is_finite())
}
