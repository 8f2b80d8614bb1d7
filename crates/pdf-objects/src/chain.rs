//! Reading the cross-reference sections, from the newest to the oldest (ISO 32000-1, 7.5.4 to 7.5.8).

use bytemill_gzip::Salvager;

use crate::budget::Budget;
use crate::chars::{digits, object_header, skip_space};
use crate::lexer::Lexer;
use crate::parser::{Builder, Parser};
use crate::stream_data;
use crate::xref::{Entry, MAX_NUMBER, Place};
use crate::{Dictionary, Object, PdfError};

/// Sections of one file.
const MAX_SECTIONS: usize = 4096;

/// What the sections say.
pub(crate) struct Chain {
    /// Newest first.
    pub(crate) entries: Vec<Entry>,
    pub(crate) trailer: Dictionary,
}

/// Where sections are read from.
pub(crate) struct Reader<'a, 'b> {
    pub(crate) input: &'a [u8],
    /// Where the header begins; offsets count from there.
    pub(crate) base: usize,
    pub(crate) builder: &'b mut Builder,
    pub(crate) salvager: &'b mut Salvager,
    pub(crate) budget: &'b Budget,
    entries: Vec<Entry>,
}

impl<'a, 'b> Reader<'a, 'b> {
    pub(crate) fn new(
        input: &'a [u8],
        base: usize,
        builder: &'b mut Builder,
        salvager: &'b mut Salvager,
        budget: &'b Budget,
    ) -> Self {
        Self { input, base, builder, salvager, budget, entries: Vec::new() }
    }

    /// All sections, or none where one of them is broken.
    pub(crate) fn chain(mut self) -> Result<Option<Chain>, PdfError> {
        let Some(start) = self.start() else { return Ok(None) };
        let mut visited = Vec::new();
        let mut trailer: Option<Dictionary> = None;
        let mut next = Some(start);
        while let Some(at) = next {
            if visited.contains(&at) {
                break;
            }
            if visited.len() == MAX_SECTIONS {
                return Ok(None);
            }
            visited.push(at);
            let before = self.entries.len();
            let Some(section) = self.section(at)? else { return Ok(None) };
            if let Some(at) = offset(&section, b"XRefStm")
                && !visited.contains(&at)
            {
                visited.push(at);
                if !self.hidden(at, before)? {
                    return Ok(None);
                }
            }
            next = offset(&section, b"Prev");
            trailer.get_or_insert(section);
        }
        let Some(trailer) = trailer else { return Ok(None) };
        Ok(Some(Chain { entries: self.entries, trailer }))
    }

    /// Of a hybrid file (7.5.8.4): the stream of what the table, whose entries begin at `table`, hides from old readers. It has
    /// those objects free. False where the stream is broken.
    fn hidden(&mut self, at: usize, table: usize) -> Result<bool, PdfError> {
        let stream = self.entries.len();
        if self.section(at)?.is_none() {
            return Ok(false);
        }
        let mut index = 0;
        self.entries.retain(|entry| {
            index += 1;
            index <= stream || entry.place != Place::Free
        });
        // Of two entries the first counts.
        self.entries[table..].rotate_left(stream - table);
        Ok(true)
    }

    /// The offset after the last `startxref`.
    fn start(&self) -> Option<usize> {
        let tail = self.input.len().saturating_sub(2048);
        let at = memchr::memmem::rfind(&self.input[tail..], b"startxref")? + tail + 9;
        let (offset, _) = digits(self.input, skip_space(self.input, at))?;
        usize::try_from(offset).ok()
    }

    /// A section at an offset; its trailer.
    fn section(&mut self, offset: usize) -> Result<Option<Dictionary>, PdfError> {
        // Offsets may count from the start of the file although something precedes the header.
        for base in [self.base, 0] {
            let Some(at) = offset.checked_add(base).filter(|at| *at < self.input.len()) else {
                continue;
            };
            let at = skip_space(self.input, at);
            if self.input[at..].starts_with(b"xref") {
                return self.table(at + 4);
            }
            if let Some((.., body)) = object_header(self.input, at) {
                return self.stream(body);
            }
            if self.base == 0 {
                break;
            }
        }
        Ok(None)
    }

    fn push(&mut self, number: u64, generation: u64, place: Place) -> Result<(), PdfError> {
        if number > u64::from(MAX_NUMBER) {
            return Ok(());
        }
        // Growth follows the file: few objects take less than 32 bytes of it, even of those in object streams.
        let limit = (1 << 20) + self.input.len() / 32;
        if self.entries.len() >= limit {
            return Err(PdfError::TooManyObjects { limit: limit as u64 });
        }
        if self.entries.len() == self.entries.capacity() {
            let bytes = self.entries.len().max(64) * size_of::<Entry>();
            self.entries
                .try_reserve(self.entries.len().max(64))
                .map_err(|_| PdfError::OutOfMemory { bytes })?;
        }
        let generation = u16::try_from(generation).unwrap_or(u16::MAX);
        self.entries.push(Entry { number: number as u32, generation, place });
        Ok(())
    }

    /// A table after its keyword, and the trailer after the table.
    fn table(&mut self, mut at: usize) -> Result<Option<Dictionary>, PdfError> {
        let input = self.input;
        let mut first_section = true;
        loop {
            at = skip_space(input, at);
            let Some((mut number, end)) = digits(input, at) else { break };
            let Some((count, end)) = digits(input, skip_space(input, end)) else {
                return Ok(None);
            };
            at = end;
            for index in 0..count {
                let start = skip_space(input, at);
                let Some((offset, end)) = digits(input, start) else {
                    // Fewer entries than the section says.
                    at = start;
                    break;
                };
                let Some((generation, end)) = digits(input, skip_space(input, end)) else {
                    return Ok(None);
                };
                let end = skip_space(input, end);
                let place = match input.get(end) {
                    Some(b'n') => place(offset),
                    Some(b'f') => Place::Free,
                    // The next section begins here.
                    _ => {
                        at = start;
                        break;
                    }
                };
                // Some producers count from 1 although the list of free objects begins with 0.
                let head = place == Place::Free && generation == 65535 && offset == 0;
                if first_section && index == 0 && number == 1 && head {
                    number = 0;
                }
                self.push(number, generation, place)?;
                number += 1;
                at = end + 1;
            }
            first_section = false;
        }
        if !input.get(at..).is_some_and(|rest| rest.starts_with(b"trailer")) {
            return Ok(None);
        }
        let mut parser = Parser::new(Lexer::at(input, at + 7), self.builder, None);
        let trailer = parser.object()?;
        Ok(trailer.as_dictionary().cloned())
    }

    /// A cross-reference stream (7.5.8), whose dictionary is the trailer too.
    fn stream(&mut self, body: usize) -> Result<Option<Dictionary>, PdfError> {
        let mut parser = Parser::new(Lexer::at(self.input, body), self.builder, None);
        let object = parser.object()?;
        let lexer = parser.lexer;
        let Some(dictionary) = object.as_dictionary().cloned() else { return Ok(None) };
        let Some(start) = stream_data::start(self.input, &lexer) else { return Ok(None) };
        if !dictionary.has_type(b"XRef") {
            return Ok(None);
        }
        let widths = dictionary.get(b"W").and_then(Object::as_array).unwrap_or_default();
        let width = |at: usize| {
            let width = widths.get(at).and_then(Object::as_integer).unwrap_or(0);
            usize::try_from(width).ok().filter(|width| *width <= 8)
        };
        let (Some(a), Some(b), Some(c)) = (width(0), width(1), width(2)) else { return Ok(None) };
        if a + b + c == 0 {
            return Ok(None);
        }
        let end = stream_data::end(self.input, start, dictionary.get(b"Length"));
        let data = match stream_data::decode_plain(
            &self.input[start..end],
            &dictionary,
            self.salvager,
            self.budget,
        ) {
            Ok(data) => data,
            // The section is broken.
            Err(PdfError::Invalid { .. } | PdfError::Unsupported { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let size = dictionary.get(b"Size").and_then(Object::as_integer).unwrap_or(0);
        let whole = [Object::Integer(0), Object::Integer(size)];
        let index = dictionary.get(b"Index").and_then(Object::as_array).unwrap_or(&whole);
        let mut rows = data.chunks_exact(a + b + c);
        for pair in index.chunks_exact(2) {
            let (Some(first), Some(count)) = (pair[0].as_integer(), pair[1].as_integer()) else {
                return Ok(None);
            };
            let Ok(first) = u64::try_from(first) else { return Ok(None) };
            for number in 0..u64::try_from(count).unwrap_or(0) {
                let Some(row) = rows.next() else { break };
                let field = |range: std::ops::Range<usize>| {
                    row[range].iter().fold(0u64, |value, byte| value << 8 | u64::from(*byte))
                };
                // Without the first field entries are in use.
                let kind = if a == 0 { 1 } else { field(0..a) };
                let (second, third) = (field(a..a + b), field(a + b..a + b + c));
                let place = match kind {
                    1 => place(second),
                    2 => match (u32::try_from(second), u32::try_from(third)) {
                        (Ok(stream), Ok(index)) => Place::Compressed { stream, index },
                        _ => Place::Free,
                    },
                    // 0, and types to come, which are null (7.5.8.3).
                    _ => Place::Free,
                };
                let generation = if kind == 2 { 0 } else { third };
                self.push(first.saturating_add(number), generation, place)?;
            }
        }
        Ok(Some(dictionary))
    }
}

fn place(offset: u64) -> Place {
    match u32::try_from(offset) {
        // No object begins with the header.
        Ok(offset) if offset > 0 => Place::Offset(offset),
        _ => Place::Free,
    }
}

/// An offset in a trailer.
fn offset(trailer: &Dictionary, key: &[u8]) -> Option<usize> {
    let value = trailer.get(key)?;
    // `/Prev 0` says that there is none.
    usize::try_from(value.as_integer()?).ok().filter(|offset| *offset > 0)
}

/// Where `%PDF-` is, within the first kilobyte; 0 where it is not.
pub(crate) fn header(input: &[u8]) -> Option<usize> {
    memchr::memmem::find(&input[..input.len().min(1024)], b"%PDF-")
}

/// The version after `%PDF-`.
pub(crate) fn version(input: &[u8], header: usize) -> Option<(u8, u8)> {
    let rest = input.get(header + 5..)?;
    let (major, end) = digits(rest, 0)?;
    let minor = rest.get(end).filter(|byte| **byte == b'.').and_then(|_| digits(rest, end + 1));
    let minor = minor.map_or(0, |(minor, _)| minor);
    Some((u8::try_from(major).ok()?, u8::try_from(minor).ok()?))
}
