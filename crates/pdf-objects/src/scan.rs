//! One look at the whole file, where its cross-reference table is of no use.
//!
//! Every byte is looked at a few times, whatever the file is: searches for keywords go on from where they were, what
//! stands between two of them is searched once, and streams are passed over where their length is true.

use memchr::memmem::Finder;

use crate::chars::{digits, is_regular, is_space, skip_space};
use crate::stream_data;

/// An object that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) number: u32,
    pub(crate) generation: u16,
    /// Where its header begins, in bytes from the start of the file.
    pub(crate) offset: u32,
}

/// What the file holds, in its order.
#[derive(Debug, Default)]
pub(crate) struct Scan {
    pub(crate) objects: Vec<Found>,
    /// Indices in `objects` of what looks like an object stream.
    pub(crate) object_streams: Vec<u32>,
    /// Where dictionaries begin that are trailers, or those of cross-reference streams.
    pub(crate) trailers: Vec<u32>,
}

/// Places of a keyword, each found once.
struct Places<'a> {
    input: &'a [u8],
    finder: Finder<'static>,
    next: usize,
}

impl<'a> Places<'a> {
    fn new(input: &'a [u8], keyword: &'static [u8]) -> Self {
        let finder = Finder::new(keyword);
        let next = finder.find(input).unwrap_or(input.len());
        Self { input, finder, next }
    }

    /// The first place at or after `at`, which never goes back; the end where there is none.
    fn from(&mut self, at: usize) -> usize {
        if self.next < at {
            let found = self.input.get(at..).and_then(|rest| self.finder.find(rest));
            self.next = found.map_or(self.input.len(), |found| at + found);
        }
        self.next
    }
}

/// Finds objects and trailers, at most `limit` objects; false where there are more.
pub(crate) fn scan(input: &[u8], limit: usize) -> (Scan, bool) {
    let mut scan = Scan::default();
    let mut objects = Places::new(input, b"obj");
    let mut streams = Places::new(input, b"stream");
    let mut trailers = Places::new(input, b"trailer");
    let mut at = 0;
    loop {
        let (object, trailer) = (objects.from(at), trailers.from(at));
        if object.min(trailer) >= input.len() {
            return (scan, true);
        }
        if trailer < object {
            at = trailer + 7;
            scan.trailers.push(at as u32);
            continue;
        }
        at = object + 3;
        let Some(found) = header_before(input, object) else { continue };
        if scan.objects.len() == limit {
            return (scan, false);
        }
        scan.objects.push(found);
        let (stream, next) = (streams.from(at), objects.from(at));
        if stream >= next {
            continue;
        }
        let dictionary = &input[at..stream];
        if memchr::memmem::find(dictionary, b"/ObjStm").is_some() {
            scan.object_streams.push(scan.objects.len() as u32 - 1);
        } else if memchr::memmem::find(dictionary, b"/XRef").is_some() {
            scan.trailers.push(at as u32);
        }
        at = stream + 6;
        if let Some(length) = direct_length(dictionary)
            && let Some(end) =
                stream_data::declared_end(input, at + line_end(input, at), Some(length))
        {
            at = end;
        }
    }
}

/// The header `n g obj` that ends with the keyword at `at`.
fn header_before(input: &[u8], at: usize) -> Option<Found> {
    // Words that begin with it.
    if input.get(at + 3).is_some_and(u8::is_ascii_alphabetic) {
        return None;
    }
    let (_, generation) = number_before(input, at)?;
    let (apart, number) = number_before(input, generation)?;
    if !apart {
        return None;
    }
    let (generation, _) = digits(input, generation)?;
    let (value, _) = digits(input, number)?;
    Some(Found {
        number: u32::try_from(value).ok().filter(|number| *number <= crate::xref::MAX_NUMBER)?,
        generation: u16::try_from(generation).unwrap_or(u16::MAX),
        offset: u32::try_from(number).ok()?,
    })
}

/// Where the digits before a place begin, and whether white space separates them from it.
fn number_before(input: &[u8], at: usize) -> Option<(bool, usize)> {
    let spaces = input[..at].iter().rev().take_while(|byte| is_space(**byte)).count();
    let end = at - spaces;
    let length =
        input[..end].iter().rev().take(11).take_while(|byte| byte.is_ascii_digit()).count();
    (1..=10).contains(&length).then_some((spaces > 0, end - length))
}

/// The entry `Length`, if it is a number.
fn direct_length(dictionary: &[u8]) -> Option<i64> {
    let at = memchr::memmem::find_iter(dictionary, b"/Length")
        .find(|at| dictionary.get(at + 7).is_none_or(|byte| !is_regular(*byte)))?;
    let (length, end) = digits(dictionary, skip_space(dictionary, at + 7))?;
    // `5 0 R` is a reference.
    let next = dictionary.get(skip_space(dictionary, end));
    (!next.is_some_and(u8::is_ascii_digit)).then(|| i64::try_from(length).ok())?
}

/// Bytes of the end of line after the keyword `stream`.
fn line_end(input: &[u8], at: usize) -> usize {
    match input.get(at..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([b'\r' | b'\n', ..]) => 1,
        _ => 0,
    }
}
