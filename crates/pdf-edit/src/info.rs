//! The document information dictionary (ISO 32000-1, 14.3.3).

use std::sync::Arc;

use bytemill_pdf_objects::Object;

use crate::copier::{Entries, set};

/// What becomes of an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is taken away.
    Remove,
    /// It is set.
    Set(T),
}

/// A moment: seconds since 1970-01-01T00:00:00Z. Written as UTC; years from 0 to 9999 can be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Date(pub i64);

/// What becomes of what a document says of itself, in the information dictionary and in its XMP metadata alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InfoChanges<'a> {
    /// The document's title.
    pub title: Change<&'a str>,
    /// Who wrote it.
    pub author: Change<&'a str>,
    /// What it is about.
    pub subject: Change<&'a str>,
    /// Words to find it by.
    pub keywords: Change<&'a str>,
    /// What wrote the document that was converted to PDF.
    pub creator: Change<&'a str>,
    /// What converted it.
    pub producer: Change<&'a str>,
    /// When it was made.
    pub creation_date: Change<Date>,
    /// When it was changed last.
    pub modification_date: Change<Date>,
}

impl InfoChanges<'_> {
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    pub(crate) fn texts(&self) -> [(&'static [u8], Change<&str>); 6] {
        [
            (b"Title", self.title),
            (b"Author", self.author),
            (b"Subject", self.subject),
            (b"Keywords", self.keywords),
            (b"Creator", self.creator),
            (b"Producer", self.producer),
        ]
    }

    pub(crate) fn dates(&self) -> [(&'static [u8], Change<Date>); 2] {
        [(b"CreationDate", self.creation_date), (b"ModDate", self.modification_date)]
    }

    /// Changes the entries of an information dictionary.
    pub(crate) fn apply(&self, entries: &mut Entries) {
        for (key, change) in self.texts() {
            match change {
                Change::Keep => {}
                Change::Remove => set(entries, key, Object::Null),
                Change::Set(text) => set(entries, key, Object::String(text_string(text))),
            }
        }
        for (key, change) in self.dates() {
            match change {
                Change::Keep => {}
                Change::Remove => set(entries, key, Object::Null),
                Change::Set(date) => {
                    set(entries, key, Object::String(date.pdf().into_bytes().into()));
                }
            }
        }
    }
}

/// A text string (7.9.2.2): ASCII, which all encodings have in common, or UTF-16 with a byte order mark.
pub(crate) fn text_string(text: &str) -> Arc<[u8]> {
    if text.bytes().all(|byte| matches!(byte, b'\t' | b'\n' | b'\r' | b' '..=b'~')) {
        return text.as_bytes().into();
    }
    let units = text.encode_utf16().flat_map(u16::to_be_bytes);
    [0xFE, 0xFF].into_iter().chain(units).collect()
}

impl Date {
    /// Year, month, day, hour, minute, second, in the proleptic Gregorian calendar.
    fn fields(self) -> [i64; 6] {
        // Seconds of the years 0 to 9999.
        let seconds = self.0.clamp(-62_167_219_200, 253_402_300_799);
        let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
        // Years begin in March, so that the leap day is their last; eras have 400 years.
        let days = days + 719_468;
        let (era, day) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (day - day / 1460 + day / 36_524 - day / 146_096) / 365;
        let day = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day + 2) / 153;
        let day = day - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let year = year + era * 400 + i64::from(month <= 2);
        [year, month, day, rest / 3600, rest / 60 % 60, rest % 60]
    }

    /// As PDF has it (7.9.4).
    pub(crate) fn pdf(self) -> String {
        let [year, month, day, hour, minute, second] = self.fields();
        format!("D:{year:04}{month:02}{day:02}{hour:02}{minute:02}{second:02}Z")
    }

    /// As XMP has it (ISO 8601).
    pub(crate) fn iso(self) -> String {
        let [year, month, day, hour, minute, second] = self.fields();
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        assert_eq!(Date(0).pdf(), "D:19700101000000Z");
        assert_eq!(Date(951_782_399).iso(), "2000-02-28T23:59:59Z");
        assert_eq!(Date(951_782_400).iso(), "2000-02-29T00:00:00Z");
        assert_eq!(Date(1_709_251_200).iso(), "2024-03-01T00:00:00Z");
        assert_eq!(Date(-1).iso(), "1969-12-31T23:59:59Z");
        assert_eq!(Date(i64::MIN).iso(), "0000-01-01T00:00:00Z");
        assert_eq!(Date(i64::MAX).iso(), "9999-12-31T23:59:59Z");
    }

    #[test]
    fn texts_are_ascii_or_utf_16() {
        assert_eq!(*text_string("Plain (text)"), *b"Plain (text)");
        assert_eq!(*text_string("\u{20ac}\u{1f600}"), *b"\xFE\xFF\x20\xAC\xD8\x3D\xDE\x00");
    }
}
