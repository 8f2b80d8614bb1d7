//! Distances between pairs of glyphs: the feature `kern` of the table GPOS, or the table kern where there is none.

use core::cmp::Ordering;

use super::read::{i16_at, offset16, offset32, u8_at, u16_at};
use super::sfnt::Sfnt;

/// Lookups, and subtables of each, that are looked at: real fonts have a few.
const MAX_LOOKUPS: usize = 16;
const MAX_SUBTABLES: usize = 64;

/// Where the distances are.
#[derive(Clone, Debug)]
pub(super) enum Kern<'a> {
    None,
    /// Format 0 of kern: its pairs, 6 bytes each, sorted.
    Pairs(&'a [u8]),
    /// Subtables of pair adjustment, by lookup.
    Lookups(Vec<Vec<&'a [u8]>>),
}

impl<'a> Kern<'a> {
    pub(super) fn parse(sfnt: &Sfnt<'a>) -> Self {
        if let Some(gpos) = sfnt.table(*b"GPOS") {
            let lookups = lookups(gpos).unwrap_or_default();
            if !lookups.is_empty() {
                return Self::Lookups(lookups);
            }
        }
        sfnt.table(*b"kern").and_then(pairs).map_or(Self::None, Self::Pairs)
    }

    pub(super) fn pair(&self, first: u16, second: u16) -> i32 {
        match self {
            Self::None => 0,
            Self::Pairs(pairs) => {
                let key = (first, second);
                search(pairs, 6, |pair| Some((u16_at(pair, 0)?, u16_at(pair, 2)?).cmp(&key)))
                    .and_then(|pair| i16_at(pair, 4))
                    .map_or(0, i32::from)
            }
            Self::Lookups(lookups) => {
                let of = |lookup: &Vec<&[u8]>| {
                    lookup.iter().find_map(|table| adjustment(table, first, second)).unwrap_or(0)
                };
                lookups.iter().map(|lookup| i32::from(of(lookup))).sum()
            }
        }
    }
}

/// The first horizontal subtable of format 0.
fn pairs(kern: &[u8]) -> Option<&[u8]> {
    // Apple's header is longer, and its coverage has other bits.
    let apple = u16_at(kern, 0)? == 1;
    let (mut at, header) = if apple { (8, 8) } else { (4, 6) };
    for _ in 0..MAX_SUBTABLES {
        let table = kern.get(at..)?;
        let (format, horizontal, len) = if apple {
            let len = usize::from(u16_at(table, 0)?) << 16 | usize::from(u16_at(table, 2)?);
            (u8_at(table, 5)?, u8_at(table, 4)? & 0xE0 == 0, len)
        } else {
            (u8_at(table, 4)?, u8_at(table, 5)? & 7 == 1, usize::from(u16_at(table, 2)?))
        };
        if format == 0 && horizontal {
            // The length overflows in large tables; the number of pairs does not.
            let count = usize::from(u16_at(table, header)?);
            let pairs = table.get(header + 8..)?;
            return pairs.get(..6 * count);
        }
        at = at.checked_add(len.max(1))?;
    }
    None
}

/// The subtables of all lookups of the feature `kern`, whatever the script.
fn lookups(gpos: &[u8]) -> Option<Vec<Vec<&[u8]>>> {
    let features = offset16(gpos, 6)?;
    let list = offset16(gpos, 8)?;
    let mut numbers: Vec<u16> = Vec::new();
    for record in 0..usize::from(u16_at(features, 0)?) {
        let at = 2 + 6 * record;
        if features.get(at..at + 4)? != b"kern" {
            continue;
        }
        let Some(feature) = offset16(features, at + 4) else { continue };
        for index in 0..usize::from(u16_at(feature, 2)?) {
            let number = u16_at(feature, 4 + 2 * index)?;
            if !numbers.contains(&number) && numbers.len() < MAX_LOOKUPS {
                numbers.push(number);
            }
        }
    }
    // Lookups apply in the order of their list.
    numbers.sort_unstable();
    let mut lookups = Vec::new();
    for number in numbers {
        let Some(lookup) = offset16(list, 2 + 2 * usize::from(number)) else { continue };
        let kind = u16_at(lookup, 0)?;
        let mut tables = Vec::new();
        for index in 0..usize::from(u16_at(lookup, 4)?).min(MAX_SUBTABLES) {
            let Some(mut table) = offset16(lookup, 6 + 2 * index) else { continue };
            let mut kind = kind;
            if kind == 9 {
                kind = u16_at(table, 2)?;
                let Some(extended) = offset32(table, 4) else { continue };
                table = extended;
            }
            if kind == 2 {
                tables.push(table);
            }
        }
        if !tables.is_empty() {
            lookups.push(tables);
        }
    }
    Some(lookups)
}

/// The advance of the first glyph in a subtable of pair adjustment; nothing where it says nothing of the pair.
fn adjustment(table: &[u8], first: u16, second: u16) -> Option<i16> {
    let index = usize::from(covered(offset16(table, 2)?, first)?);
    let (format_1, format_2) = (u16_at(table, 4)?, u16_at(table, 6)?);
    let [size_1, size_2] = [format_1, format_2].map(|format| 2 * format.count_ones() as usize);
    // Behind x and y placement, if those are there.
    let advance = |record: &[u8], at: usize| {
        if format_1 & 4 == 0 {
            return Some(0);
        }
        i16_at(record, at + 2 * (format_1 & 3).count_ones() as usize)
    };
    match u16_at(table, 0)? {
        1 => {
            let set = offset16(table, 10 + 2 * index)?;
            let size = 2 + size_1 + size_2;
            let records = set.get(2..2 + size * usize::from(u16_at(set, 0)?))?;
            let record = search(records, size, |record| Some(u16_at(record, 0)?.cmp(&second)))?;
            advance(record, 2)
        }
        2 => {
            let class_1 = usize::from(class(offset16(table, 8)?, first)?);
            let class_2 = usize::from(class(offset16(table, 10)?, second)?);
            let (count_1, count_2) = (u16_at(table, 12)?.into(), u16_at(table, 14)?.into());
            if class_1 >= count_1 || class_2 >= count_2 {
                return None;
            }
            advance(table, 16 + (class_1 * count_2 + class_2) * (size_1 + size_2))
        }
        _ => None,
    }
}

/// The index of a glyph in a coverage table.
fn covered(coverage: &[u8], glyph: u16) -> Option<u16> {
    let count = usize::from(u16_at(coverage, 2)?);
    match u16_at(coverage, 0)? {
        1 => {
            let glyphs = coverage.get(4..4 + 2 * count)?;
            let found = search(glyphs, 2, |entry| Some(u16_at(entry, 0)?.cmp(&glyph)))?;
            u16::try_from((glyphs.len() - found.len()) / 2).ok()
        }
        2 => {
            let range = range(coverage.get(4..4 + 6 * count)?, glyph)?;
            u16_at(range, 4)?.checked_add(glyph - u16_at(range, 0)?)
        }
        _ => None,
    }
}

/// The class of a glyph: 0 where the table names none.
fn class(table: &[u8], glyph: u16) -> Option<u16> {
    match u16_at(table, 0)? {
        1 => {
            let index = glyph.checked_sub(u16_at(table, 2)?);
            let index = index.filter(|index| Some(*index) < u16_at(table, 4));
            index.map_or(Some(0), |index| u16_at(table, 6 + 2 * usize::from(index)))
        }
        2 => {
            let ranges = table.get(4..4 + 6 * usize::from(u16_at(table, 2)?))?;
            range(ranges, glyph).map_or(Some(0), |range| u16_at(range, 4))
        }
        _ => None,
    }
}

/// The record of first glyph, last glyph and a number that a glyph is in.
fn range(ranges: &[u8], glyph: u16) -> Option<&[u8]> {
    search(ranges, 6, |range| {
        let (first, last) = (u16_at(range, 0)?, u16_at(range, 2)?);
        Some(if last < glyph {
            Ordering::Less
        } else if first > glyph {
            Ordering::Greater
        } else {
            Ordering::Equal
        })
    })
}

/// What begins with the record that is equal, in sorted records of one size.
fn search(
    records: &[u8],
    size: usize,
    compare: impl Fn(&[u8]) -> Option<Ordering>,
) -> Option<&[u8]> {
    let (mut low, mut high) = (0, records.len() / size);
    while low < high {
        let middle = low.midpoint(high);
        let rest = records.get(middle * size..)?;
        match compare(rest)? {
            Ordering::Less => low = middle + 1,
            Ordering::Greater => high = middle,
            Ordering::Equal => return Some(rest),
        }
    }
    None
}
