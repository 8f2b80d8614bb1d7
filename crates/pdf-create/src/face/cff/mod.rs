//! CFF programs of some glyphs (Adobe's Technical Note 5176), written with CIDs, which are the numbers of the glyphs,
//! and without subroutines, most of which a few glyphs do not need.

mod charstring;
mod dict;
mod index;

use charstring::{Charstrings, Failure, Subroutines};
use dict::{Dict, copy, operand, operator};
use index::Index;

use super::read::{u8_at, u16_at};
use crate::CreateError;
use crate::error::push;
use crate::syntax::Output;

/// A font program as it is.
struct Program<'a> {
    cff: &'a [u8],
    name: &'a [u8],
    top: Dict<'a>,
    global: Index<'a>,
    glyphs: Index<'a>,
    /// Font DICTs, of a program with CIDs.
    fonts: Option<Index<'a>>,
}

/// One of the parts of a program with hints and subroutines of their own.
#[derive(Clone, Copy)]
struct Part<'a> {
    /// Its number in the program.
    number: usize,
    dict: Option<Dict<'a>>,
    private: Dict<'a>,
    local: Index<'a>,
}

impl<'a> Program<'a> {
    fn parse(cff: &'a [u8]) -> Option<Self> {
        let header = usize::from(u8_at(cff, 2).filter(|_| cff[0] == 1)?);
        let (names, at) = Index::parse(cff, header)?;
        let (tops, at) = Index::parse(cff, at)?;
        let (_, at) = Index::parse(cff, at)?;
        let (global, _) = Index::parse(cff, at)?;
        let top = Dict(tops.get(0)?);
        // Type 1 charstrings have other operators.
        if top.offset(dict::KIND, 0).is_some_and(|kind| kind != 2) {
            return None;
        }
        let (glyphs, _) = Index::parse(cff, top.offset(dict::CHAR_STRINGS, 0)?)?;
        let fonts = match top.get(dict::ROS) {
            Some(_) => Some(Index::parse(cff, top.offset(dict::FD_ARRAY, 0)?)?.0),
            None => None,
        };
        Some(Self { cff, name: names.get(0)?, top, global, glyphs, fonts })
    }

    /// The number of the part that a glyph belongs to (section 19).
    fn part_of(&self, glyph: u16) -> Option<usize> {
        if self.fonts.is_none() {
            return Some(0);
        }
        let select = self.cff.get(self.top.offset(dict::FD_SELECT, 0)?..)?;
        let part = match u8_at(select, 0)? {
            0 => u8_at(select, 1 + usize::from(glyph))?,
            3 => {
                let count = usize::from(u16_at(select, 1)?);
                let starts = |range: usize| u16_at(select, 3 + 3 * range);
                let (mut low, mut high) = (0, count);
                while low < high {
                    let middle = low.midpoint(high);
                    if starts(middle)? <= glyph {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                u8_at(select, 5 + 3 * low.checked_sub(1)?)?
            }
            _ => return None,
        };
        Some(part.into())
    }

    fn part(&self, number: usize) -> Option<Part<'a>> {
        let dict = match &self.fonts {
            Some(fonts) => Some(Dict(fonts.get(number)?)),
            None => None,
        };
        let owner = dict.unwrap_or(self.top);
        let (len, start) = (owner.offset(dict::PRIVATE, 0)?, owner.offset(dict::PRIVATE, 1)?);
        let private = Dict(self.cff.get(start..start.checked_add(len)?)?);
        let local = match private.offset(dict::SUBRS, 0) {
            Some(offset) => Index::parse(self.cff, start.checked_add(offset)?)?.0,
            None => Index::default(),
        };
        Some(Part { number, dict, private, local })
    }
}

/// Writes a program with these glyphs.
pub(super) fn subset(
    cff: &[u8],
    glyphs: &[u16],
    number: u32,
    limit: u64,
) -> Result<Vec<u8>, CreateError> {
    let error = |expected| CreateError::Font { font: number, expected };
    let program = Program::parse(cff).ok_or(error("a CFF program of version 1"))?;
    // Parts and charstrings that lie upon one another could grow to anything.
    let limit = limit.min(8 * cff.len() as u64 + 65536);
    let mut charstrings = Charstrings::new(usize::try_from(limit).unwrap_or(usize::MAX));
    let mut parts: Vec<Part<'_>> = Vec::new();
    let mut select = Vec::new();
    for glyph in glyphs {
        let number = program.part_of(*glyph).ok_or(error("a part of the font for each glyph"))?;
        let place = if let Some(place) = parts.iter().position(|part| part.number == number) {
            place
        } else {
            let part = program.part(number).ok_or(error("hints for each part of the font"))?;
            push(&mut parts, part)?;
            parts.len() - 1
        };
        // A byte named the part, so that there are 256 at most.
        push(&mut select, place as u8)?;
        let charstring = program.glyphs.get((*glyph).into());
        let charstring = charstring.ok_or(error("a charstring for each glyph"))?;
        let calls = Subroutines { global: program.global, local: parts[place].local };
        charstrings.add(charstring, &calls).map_err(|failure| match failure {
            Failure::Damaged => error("charstrings that draw"),
            Failure::Composed => error("glyphs that are not composed by endchar"),
            Failure::Memory(error) => error,
        })?;
    }
    write(&program, &charstrings, &select, &parts, limit)
}

fn write(
    program: &Program<'_>,
    charstrings: &Charstrings,
    select: &[u8],
    parts: &[Part<'_>],
    limit: u64,
) -> Result<Vec<u8>, CreateError> {
    let count = select.len();
    let mut start = Output::new(limit);
    start.put([1, 0, 4, 4]);
    index::write(&mut start, [program.name].into_iter());

    let mut tail = Output::new(limit);
    index::write(&mut tail, [&b"Adobe"[..], b"Identity"].into_iter());
    // No global subroutines.
    index::write(&mut tail, [].into_iter());
    let mut offsets = [0; 4];
    offsets[0] = tail.bytes().len();
    // CIDs are 1 and so on, in the order of the glyphs; 0 goes without saying (section 13).
    match count {
        ..2 => _ = tail.put([0]),
        _ => _ = tail.put([2, 0, 1]).put(((count - 2) as u16).to_be_bytes()),
    }
    offsets[1] = tail.bytes().len();
    tail.put([0]).put(select);
    offsets[2] = tail.bytes().len();
    index::write(&mut tail, charstrings.strings());
    offsets[3] = tail.bytes().len();

    // The lengths of what stands before do not depend on the offsets in it.
    let top = top_dict(program, count, [0; 4], limit)?.len();
    let before = start.bytes().len() + 2 + 1 + 2 * index_offset_size(top) + top;
    let fonts = fonts(parts, before + tail.bytes().len(), limit)?;
    let top = top_dict(program, count, offsets.map(|offset| before + offset), limit)?;
    index::write(&mut start, [&top[..]].into_iter());
    debug_assert_eq!(start.bytes().len(), before, "the length was known");
    start.put(tail.finish()?).put(fonts);
    start.finish()
}

fn index_offset_size(len: usize) -> usize {
    if len < 255 { 1 } else { 2 }
}

fn top_dict(
    program: &Program<'_>,
    count: usize,
    offsets: [usize; 4],
    limit: u64,
) -> Result<Vec<u8>, CreateError> {
    let mut top = Output::new(limit);
    // The first two strings behind the 391 standard ones, supplement 0.
    operand(&mut top, 391);
    operand(&mut top, 392);
    operand(&mut top, 0);
    operator(&mut top, dict::ROS);
    copy(&mut top, program.top, dict::FONT_MATRIX);
    copy(&mut top, program.top, dict::FONT_BOX);
    operator(operand(&mut top, count), dict::CID_COUNT);
    let operators = [dict::CHARSET, dict::FD_SELECT, dict::CHAR_STRINGS, dict::FD_ARRAY];
    for (offset, number) in offsets.into_iter().zip(operators) {
        operator(operand(&mut top, offset), number);
    }
    let top = top.finish()?;
    if top.len() > 0xFFF0 {
        return Err(CreateError::OutputTooLarge { limit: 0xFFF0 });
    }
    Ok(top)
}

/// The font DICTs, and behind them the private ones without their subroutines. `at` is where they are put.
fn fonts(parts: &[Part<'_>], at: usize, limit: u64) -> Result<Vec<u8>, CreateError> {
    let mut privates = Output::new(limit);
    let mut places = Vec::new();
    for part in parts {
        let offset = privates.bytes().len();
        for (number, operands) in part.private.entries() {
            if number != dict::SUBRS {
                operator(privates.put(operands), number);
            }
        }
        push(&mut places, (privates.bytes().len() - offset, offset))?;
        privates.check()?;
    }
    let dicts = |start: usize| {
        let mut dicts = Vec::new();
        for (part, (len, offset)) in parts.iter().zip(&places) {
            let mut font = Output::new(limit);
            if let Some(dict) = part.dict {
                copy(&mut font, dict, dict::FONT_MATRIX);
            }
            operand(operand(&mut font, *len), start + offset);
            operator(&mut font, dict::PRIVATE);
            push(&mut dicts, font.finish()?)?;
        }
        let mut index = Output::new(limit);
        index::write(&mut index, dicts.iter().map(Vec::as_slice));
        Ok(index)
    };
    let len = dicts(0)?.finish()?.len();
    let mut output: Output = dicts(at + len)?;
    output.put(privates.finish()?);
    output.finish()
}
