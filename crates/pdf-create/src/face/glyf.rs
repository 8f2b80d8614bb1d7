//! TrueType programs of some glyphs: the tables that PDF asks for (ISO 32000-1, 9.9), and those of the hinting.

use super::Face;
use super::read::{i16_at, u16_at, u32_at};
use crate::CreateError;
use crate::error::{push, reserve};
use crate::syntax::Output;

/// Flags of a component.
const WORDS: u16 = 1;
const SCALE: u16 = 8;
const MORE: u16 = 0x20;
const TWO_SCALES: u16 = 0x40;
const MATRIX: u16 = 0x80;

/// Where the outlines are.
struct Outlines<'a> {
    glyf: &'a [u8],
    loca: &'a [u8],
    long: bool,
}

impl<'a> Outlines<'a> {
    fn of(face: &Face<'a>) -> Result<Self, CreateError> {
        let table = |tag| face.sfnt.table(tag).unwrap_or_default();
        let long = match i16_at(table(*b"head"), 50) {
            Some(0) => false,
            Some(1) => true,
            _ => return Err(face.error("offsets of glyphs of 16 or 32 bits")),
        };
        Ok(Self { glyf: table(*b"glyf"), loca: table(*b"loca"), long })
    }

    /// The outline of a glyph; empty where it has none.
    fn get(&self, glyph: u16) -> Option<&'a [u8]> {
        let offset = |index: usize| {
            if self.long {
                u32_at(self.loca, 4 * index).map(|offset| offset as usize)
            } else {
                u16_at(self.loca, 2 * index).map(|offset| 2 * usize::from(offset))
            }
        };
        let index = usize::from(glyph);
        self.glyf.get(offset(index)?..offset(index + 1)?)
    }
}

/// The glyphs that an outline is put together of: where their numbers stand in it.
fn components(outline: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = i16_at(outline, 0).is_some_and(|contours| contours < 0).then_some(10);
    core::iter::from_fn(move || {
        let start = at?;
        let flags = u16_at(outline, start)?;
        u16_at(outline, start + 2)?;
        let offsets = if flags & WORDS != 0 { 4 } else { 2 };
        let transform = match flags {
            _ if flags & SCALE != 0 => 2,
            _ if flags & TWO_SCALES != 0 => 4,
            _ if flags & MATRIX != 0 => 8,
            _ => 0,
        };
        at = (flags & MORE != 0).then_some(start + 4 + offsets + transform);
        Some(start + 2)
    })
}

/// Writes a program with these glyphs, and those that they are put together of behind them.
pub(super) fn subset(face: &Face<'_>, glyphs: &[u16], limit: u64) -> Result<Vec<u8>, CreateError> {
    let outlines = Outlines::of(face)?;
    let (glyphs, numbers) = closure(face, &outlines, glyphs)?;
    let mut glyf = Output::new(limit);
    let mut loca = Output::new(limit);
    let mut hmtx = Output::new(limit);
    for glyph in &glyphs {
        loca.put((glyf.bytes().len() as u32).to_be_bytes());
        let outline = outlines.get(*glyph).unwrap_or_default();
        let mut written = 0;
        for at in components(outline) {
            let component = u16_at(outline, at).map_or(0, usize::from);
            glyf.put(&outline[written..at]).put(numbers[component].to_be_bytes());
            written = at + 2;
        }
        glyf.put(&outline[written..]);
        while !glyf.bytes().len().is_multiple_of(4) && glyf.check().is_ok() {
            glyf.put([0]);
        }
        hmtx.put(face.width(*glyph).to_be_bytes()).put(face.bearing(*glyph).to_be_bytes());
    }
    loca.put((glyf.bytes().len() as u32).to_be_bytes());

    let count = glyphs.len() as u16;
    let copy = |tag, patches: &[(usize, u16)]| copy(face, tag, patches);
    let head = copy(*b"head", &[(8, 0), (10, 0), (50, 1)])?;
    let hhea = copy(*b"hhea", &[(34, count)])?;
    let maxp = copy(*b"maxp", &[(4, count)])?;
    let (glyf, loca, hmtx) = (glyf.finish()?, loca.finish()?, hmtx.finish()?);
    let table = |tag| face.sfnt.table(tag).unwrap_or_default();
    let tables: [(&[u8; 4], &[u8]); 9] = [
        (b"cvt ", table(*b"cvt ")),
        (b"fpgm", table(*b"fpgm")),
        (b"glyf", &glyf),
        (b"head", &head),
        (b"hhea", &hhea),
        (b"hmtx", &hmtx),
        (b"loca", &loca),
        (b"maxp", &maxp),
        (b"prep", table(*b"prep")),
    ];
    assemble(&tables, limit)
}

/// Adds the glyphs that glyphs are put together of. Also gives new numbers by old ones.
fn closure(
    face: &Face<'_>,
    outlines: &Outlines<'_>,
    glyphs: &[u16],
) -> Result<(Vec<u16>, Vec<u16>), CreateError> {
    let total = usize::from(face.glyphs());
    let mut numbers = Vec::new();
    reserve(&mut numbers, total)?;
    numbers.resize(total, 0_u16);
    let mut all = Vec::new();
    reserve(&mut all, glyphs.len())?;
    for glyph in glyphs {
        if let Some(number) = numbers.get_mut(usize::from(*glyph)) {
            *number = all.len() as u16;
            all.push(*glyph);
        }
    }
    // Outlines that lie upon one another could make any amount of work.
    let mut budget = outlines.glyf.len();
    let mut next = 0;
    while let Some(glyph) = all.get(next).copied() {
        next += 1;
        let outline = outlines.get(glyph).ok_or(face.error("outlines within glyf"))?;
        budget = budget
            .checked_sub(outline.len())
            .ok_or(face.error("outlines that lie beside one another"))?;
        for at in components(outline) {
            let component = u16_at(outline, at).unwrap_or(0);
            let number = numbers.get_mut(usize::from(component));
            let number = number.ok_or(face.error("components among the glyphs"))?;
            if *number == 0 && component != 0 {
                // Not more than there are glyphs, which are counted in 16 bits.
                *number = all.len() as u16;
                push(&mut all, component)?;
            }
        }
    }
    Ok((all, numbers))
}

/// A table with some of its 16-bit fields changed.
fn copy(face: &Face<'_>, tag: [u8; 4], patches: &[(usize, u16)]) -> Result<Vec<u8>, CreateError> {
    let table = face.sfnt.table(tag).unwrap_or_default();
    let mut copy = Vec::new();
    reserve(&mut copy, table.len())?;
    copy.extend_from_slice(table);
    for (at, value) in patches {
        let field =
            copy.get_mut(*at..*at + 2).ok_or(face.error("whole tables head, hhea, maxp"))?;
        field.copy_from_slice(&value.to_be_bytes());
    }
    Ok(copy)
}

/// Puts tables together, which are sorted by their names; empty ones are left out.
fn assemble(tables: &[(&[u8; 4], &[u8])], limit: u64) -> Result<Vec<u8>, CreateError> {
    let tables = || tables.iter().filter(|(_, table)| !table.is_empty());
    let count = tables().count() as u16;
    let selector = count.ilog2() as u16;
    let range = 16 << selector;
    let mut output = Output::new(limit);
    output.put([0, 1, 0, 0]);
    for field in [count, range, selector, 16 * count - range] {
        output.put(field.to_be_bytes());
    }
    let mut offset = 12 + 16 * usize::from(count);
    let mut head = 0;
    for (tag, table) in tables() {
        if *tag == b"head" {
            head = offset;
        }
        output.put(tag).put(checksum(table).to_be_bytes());
        output.put((offset as u32).to_be_bytes()).put((table.len() as u32).to_be_bytes());
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables() {
        output.put(table).put(&[0; 3][..table.len().next_multiple_of(4) - table.len()]);
    }
    let mut program = output.finish()?;
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(checksum(&program));
    if let Some(field) = program.get_mut(head + 8..head + 12) {
        field.copy_from_slice(&adjustment.to_be_bytes());
    }
    Ok(program)
}

fn checksum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| {
        let byte = |index| u32::from(bytes.get(index).copied().unwrap_or(0));
        byte(0) << 24 | byte(1) << 16 | byte(2) << 8 | byte(3)
    };
    table.chunks(4).fold(0, |sum, bytes| sum.wrapping_add(word(bytes)))
}
