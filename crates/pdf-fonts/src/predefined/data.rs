//! The reader of `data/cmaps.bin`, which `xtask/pdf-data/cmaps.py` writes. Numbers are big-endian, or varints: seven bits a
//! byte, the lowest first.
//!
//! | part | holds |
//! | --- | --- |
//! | offsets | of the five tables of texts, four bytes each |
//! | names | their count in two bytes, and for each name of `cmap-names.txt` the section it means in one |
//! | offsets | of the sections, after their count in two bytes, four each |
//! | table of texts | number of runs; their lengths - 1; for each run 0, or 1 + the zigzag step from the character expected; number of texts of several characters; gaps between their CIDs; their UTF-8, each with a zero |
//! | section | base: 0 none, 1 the table of texts read backwards, else 2 + a section; code space ranges; ranges without glyphs; number of lengths of codes; for each the length, number of ranges, gaps, lengths - 1, and 0 for codes that the base has too much or 1 + the zigzag step from the CID expected |
//!
//! Codes of length 0 are Unicode, which becomes UTF-16, UTF-8 or UTF-32 as the name has it.

use super::{Collection, UnicodeForm};
use crate::cmap::{CMap, Ranges};
use crate::reader::{u8_at, u16_at, u32_at};

const DATA: &[u8] = include_bytes!("../../data/cmaps.bin");
/// Sections that stand on each other.
const MAX_CHAIN: usize = 16;
/// Marks codes that the section below has and this one has not.
const HOLE: u32 = 0x00ff_ffff;

/// The texts of the CIDs of a collection.
#[derive(Debug, Default)]
pub(super) struct Texts {
    /// By CID; 0 where there is none, or several.
    pub(super) chars: Vec<u32>,
    /// CID and text of those of several characters.
    pub(super) several: Vec<(u32, &'static str)>,
}

/// The table of texts of a collection.
pub(super) fn texts(collection: Collection) -> Texts {
    let mut texts = Texts::default();
    let _ = read_texts(collection, &mut texts);
    texts
}

fn read_texts(collection: Collection, texts: &mut Texts) -> Option<()> {
    let mut reader = Varints { at: u32_at(DATA, 4 * collection as usize)? as usize };
    let lengths = reader.list()?;
    let mut expected = 0u32;
    for length in lengths {
        let length = length + 1;
        let end = texts.chars.len() + length as usize;
        match reader.next()?.checked_sub(1) {
            None => texts.chars.resize(end, 0),
            Some(step) => {
                let first = expected.wrapping_add_signed(unzigzag(step));
                texts.chars.extend(first..first + length);
                expected = first + length;
            }
        }
    }
    let mut cid = 0;
    let gaps = reader.list()?;
    let mut strings = DATA.get(reader.at..)?.split(|byte| *byte == 0);
    for gap in gaps {
        cid += gap;
        texts.several.push((cid, str::from_utf8(strings.next()?).ok()?));
        cid += 1;
    }
    Some(())
}

/// The `CMap` of the name of this number.
pub(super) fn cmap(
    name: usize,
    collection: Collection,
    form: Option<UnicodeForm>,
    vertical: bool,
) -> Option<CMap> {
    let section = u8_at(DATA, NAMES_AT + 2 + name)?;
    let mut map = match form {
        Some(form) => CMap::unicode(form, vertical),
        None => CMap { vertical, ..CMap::default() },
    };
    let mut ranges = [const { Vec::new() }; 5];
    read_section(section.into(), collection, MAX_CHAIN, &mut map, &mut ranges)?;
    let mut cids = Ranges::default();
    for (length, ranges) in ranges.iter().enumerate() {
        for (first, last, cid) in ranges {
            match form {
                Some(form) => encode(form, *first, *last, *cid, &mut cids),
                None => cids.push(length, *first, *last, *cid),
            }
        }
    }
    cids.finish();
    cids.retain(|range| range.value != HOLE);
    map.cids = cids;
    map.undefined.finish();
    if form.is_none() {
        map.spaces.finish(0);
    }
    Some(map)
}

/// Where the number of names stands.
const NAMES_AT: usize = 4 * Collection::ALL.len();

/// First and last code with the CID of the first, by length of code.
type Sections = [Vec<(u32, u32, u32)>; 5];

/// Appends the ranges of a section behind those that it stands on: later ones win.
fn read_section(
    section: usize,
    collection: Collection,
    depth: usize,
    map: &mut CMap,
    ranges: &mut Sections,
) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    let offsets = NAMES_AT + 4 + usize::from(u16_at(DATA, NAMES_AT)?);
    let at = u32_at(DATA, offsets + 4 * section)? as usize;
    let mut reader = Varints { at };
    match reader.next()? {
        0 => {}
        1 => inverse(collection, &mut ranges[0]),
        base => {
            // Code spaces and the like are whole in each section.
            read_section(base as usize - 2, collection, depth, &mut CMap::default(), ranges)?;
        }
    }
    for _ in 0..reader.next()? {
        let (length, low, high) = (reader.next()?, reader.next()?, reader.next()?);
        map.spaces.push(length as usize, low, high);
    }
    for _ in 0..reader.next()? {
        let (length, first, last) = (reader.next()?, reader.next()?, reader.next()?);
        let cid = reader.next()?;
        match length {
            // Controls, the same ones in all forms of Unicode but for the length of their codes.
            0 => map.undefined.push_same(map.spaces.shortest(), first, last, cid),
            _ => map.undefined.push_same(length as usize, first, last, cid),
        }
    }
    for _ in 0..reader.next()? {
        let target = ranges.get_mut(reader.next()? as usize)?;
        let gaps = reader.list()?;
        let sizes: Option<Vec<u32>> = gaps.iter().map(|_| reader.next()).collect();
        let (mut at, mut expected) = (0, 0u32);
        for (gap, size) in gaps.into_iter().zip(sizes?) {
            let (first, last) = (at + gap, at + gap + size);
            at = last + 1;
            match reader.next()?.checked_sub(1) {
                // One by one, so that no range counts on from the mark.
                None => target.extend((first..=last).map(|code| (code, code, HOLE))),
                Some(step) => {
                    let cid = expected.wrapping_add_signed(unzigzag(step));
                    target.push((first, last, cid));
                    expected = cid + size + 1;
                }
            }
        }
    }
    Some(())
}

/// The lowest CID of each character.
fn inverse(collection: Collection, ranges: &mut Vec<(u32, u32, u32)>) {
    let mut pairs: Vec<(u32, u32)> =
        texts(collection).chars.into_iter().zip(0..).filter(|(char, _)| *char != 0).collect();
    pairs.sort_unstable();
    pairs.dedup_by_key(|(char, _)| *char);
    for (char, cid) in pairs {
        if let Some((first, last, start)) = ranges.last_mut()
            && *last + 1 == char
            && *start + char - *first == cid
        {
            *last = char;
        } else {
            ranges.push((char, char, cid));
        }
    }
}

/// Adds a range of Unicode as ranges of codes: cut where the codes do not count on.
fn encode(form: UnicodeForm, first: u32, last: u32, cid: u32, cids: &mut Ranges) {
    let mut at = first;
    while at <= last {
        // Bits that count within codes of the same beginning.
        let (length, code, bits) = match (form, at) {
            (UnicodeForm::Utf32, _) => (4, at, 32),
            (UnicodeForm::Utf8, ..0x80) => (1, at, 7),
            (UnicodeForm::Utf8, ..0x800) => (2, 0xc080 | at >> 6 << 8 | at & 0x3f, 6),
            (UnicodeForm::Utf8, ..0x1_0000) => {
                (3, 0x00e0_8080 | at >> 12 << 16 | (at >> 6 & 0x3f) << 8 | at & 0x3f, 6)
            }
            (UnicodeForm::Utf8, _) => {
                let high = at >> 18 << 24 | (at >> 12 & 0x3f) << 16;
                (4, 0xf080_8080 | high | (at >> 6 & 0x3f) << 8 | at & 0x3f, 6)
            }
            (UnicodeForm::Ucs2 | UnicodeForm::Utf16, ..0x1_0000) => (2, at, 16),
            (UnicodeForm::Ucs2 | UnicodeForm::Utf16, _) => {
                let offset = at - 0x1_0000;
                (4, 0xd800_dc00 | offset >> 10 << 16 | offset & 0x3ff, 10)
            }
        };
        let end = last.min(
            u32::try_from((u64::from(at) >> bits << bits) + (1 << bits) - 1).unwrap_or(u32::MAX),
        );
        cids.push(
            length,
            code,
            code + (end - at),
            if cid == HOLE { HOLE } else { cid + (at - first) },
        );
        let Some(next) = end.checked_add(1) else { break };
        at = next;
    }
}

fn unzigzag(number: u32) -> i32 {
    (number >> 1).cast_signed() ^ -(number & 1).cast_signed()
}

/// Numbers of seven bits a byte.
struct Varints {
    at: usize,
}

impl Varints {
    fn next(&mut self) -> Option<u32> {
        let mut number = 0;
        for shift in (0..32).step_by(7) {
            let byte = u8_at(DATA, self.at)?;
            self.at += 1;
            number |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    /// A number, and as many others.
    fn list(&mut self) -> Option<Vec<u32>> {
        (0..self.next()?).map(|_| self.next()).collect()
    }
}
