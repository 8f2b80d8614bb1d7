//! AC coefficients of which few or none are needed: many are passed over at a look.

use crate::bits::Cursor;
use crate::block::long;
use crate::huffman::{Table, boxed, ends_block, extend};

/// How many bits [`Skip`] looks at.
const WINDOW: u32 = 12;
const WINDOWS: usize = 1 << WINDOW;
/// How many windows there are in what is filled up at once.
const LOOKS: u32 = 56 / WINDOW;
/// How many bits [`Lead`] looks at.
const LEAD: u32 = 11;
const LEADS: usize = 1 << LEAD;

/// What a window holds whole: its bits, the place behind the last coefficient, and whether the block ends there.
struct Part {
    len: u32,
    k: usize,
    end: bool,
}

/// Reads the `bits` bits of a window as a block from place `k` on; `each` gets place and value of what is not zero.
fn part(
    table: &Table,
    window: u32,
    bits: u32,
    mut k: usize,
    each: &mut dyn FnMut(usize, i32),
) -> Part {
    let mut len = 0;
    while k < 64 {
        // Behind the window there are zeros, which may look like anything: lengths tell.
        let rest = window << (16 - bits) << len & 0xFFFF;
        let (code, symbol) = table.find(rest);
        let size = u32::from(symbol & 15);
        let end = ends_block(symbol);
        let next = k + usize::from(symbol >> 4) + 1;
        if len + code + size > bits || next > 64 && !end {
            break;
        }
        len += code + size;
        if end {
            return Part { len, k, end };
        }
        if size > 0 {
            each(next - 1, extend((rest << code & 0xFFFF) >> (16 - size), size));
        }
        k = next;
    }
    Part { len, k, end: false }
}

/// Passes over AC coefficients that nobody needs.
pub(crate) struct Skip {
    /// Bits 0 to 3 length of what fits into the window, 4 to 10 coefficients in it, an end of block counted as one, 11
    /// whether there is such an end.
    steps: Box<[u16; WINDOWS]>,
}

impl Skip {
    pub(crate) fn new(table: &Table) -> Self {
        let mut steps = boxed(0);
        for (window, step) in (0..).zip(steps.iter_mut()) {
            let Part { len, k, end } = part(table, window, WINDOW, 0, &mut |_, _| ());
            // Where nothing fits, so many that they do not fit into a block.
            let coefficients = if len == 0 { 127 } else { k as u32 + u32::from(end) };
            *step = (len | coefficients << 4 | u32::from(end) << 11) as u16;
        }
        Self { steps }
    }

    /// Goes to the end of the block, from coefficient `k` on.
    #[inline(always)]
    pub(crate) fn block(&self, table: &Table, bits: &mut Cursor<'_>, mut k: usize) {
        while k < 64 {
            bits.refill();
            for _ in 0..LOOKS {
                let step = usize::from(self.steps[bits.peek::<WINDOW>() & (WINDOWS - 1)]);
                // Nothing in the window may belong to the next block.
                if k + (step >> 4 & 127) > 64 {
                    long(table, bits, &mut k);
                    break;
                }
                bits.skip(step as u32 & 15);
                k += step >> 4;
                if k >= 64 {
                    break;
                }
            }
        }
    }
}

/// The three lowest frequencies beside the mean: coefficients 1, 2 and 4 of a block. Most blocks begin, and many end, in one
/// window.
pub(crate) struct Lead {
    /// Bits 0 to 3 length of what fits into the window, 4 to 11 coefficients in it, an end of block counted as 128, then 16
    /// bits for each of the values.
    entries: Box<[u64; LEADS]>,
}

/// The bits of an entry that hold a coefficient; none for those that are not needed.
const fn lane(place: usize) -> Option<usize> {
    match place {
        1 => Some(0),
        2 => Some(1),
        4 => Some(2),
        _ => None,
    }
}

impl Lead {
    pub(crate) fn new(table: &Table) -> Self {
        let mut entries = boxed(0);
        for (window, entry) in (0..).zip(entries.iter_mut()) {
            let mut values = 0;
            let Part { len, k, end } = part(table, window, LEAD, 1, &mut |place, value| {
                if let Some(lane) = lane(place) {
                    values |= u64::from(value as u16) << (16 + 16 * lane);
                }
            });
            *entry = values | ((k as u64 - 1) | u64::from(end) << 7) << 4 | u64::from(len);
        }
        Self { entries }
    }

    /// Coefficients 1, 2 and 4 of a block, which is read to its end. There have to be as many bits as
    /// [`Table::difference`] leaves.
    #[inline(always)]
    pub(crate) fn block(&self, skip: &Skip, table: &Table, bits: &mut Cursor<'_>) -> [i16; 3] {
        let entry = self.entries[bits.peek::<LEAD>() & (LEADS - 1)];
        bits.skip(entry as u32 & 15);
        let mut values = [0, (entry >> 16) as i16, (entry >> 32) as i16, 0, (entry >> 48) as i16];
        let mut k = 1 + (entry as usize >> 4 & 0xFF);
        while k <= 4 {
            bits.refill();
            let entry = table.look(bits);
            if entry.len() == 0 {
                if let Some((place, value)) = long(table, bits, &mut k)
                    && let Some(target) = values.get_mut(place)
                {
                    *target = value;
                }
                continue;
            }
            bits.skip(entry.len());
            for (offset, value) in [(entry.run(), entry.value()), entry.second()] {
                if let Some(target) = values.get_mut(k + offset) {
                    *target = value;
                }
            }
            k += entry.step();
        }
        let [_, across, down, _, both] = values;
        skip.block(table, bits, k);
        [across, down, both]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bits::Bits;
    use crate::block;
    use crate::huffman::Spec;
    use crate::standard::CODES;

    /// Bits that look random: blocks of all lengths, some of them past the last coefficient.
    #[test]
    fn passing_over_ends_where_reading_does() {
        let mut state = 1_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let data: Vec<u8> = (0..200_000).map(|_| random().min(0xFE)).collect();
        for (counts, symbols) in [&CODES[1], &CODES[3]] {
            let table = Table::ac(&Spec::of(counts, symbols));
            let (skip, lead) = (Skip::new(&table), Lead::new(&table));
            let mut read = Bits::new(&data, 0);
            let mut passed = Bits::new(&data, 0);
            let mut led = Bits::new(&data, 0);
            for _ in 0..5_000 {
                let mut cursor = read.blocks(1);
                cursor.refill();
                let mut block = [0; 64];
                block::ac(&table, &mut cursor, &mut block);
                read.place = cursor.place;

                let mut cursor = passed.blocks(1);
                skip.block(&table, &mut cursor, 1);
                passed.place = cursor.place;

                let mut cursor = led.blocks(1);
                cursor.refill();
                let values = lead.block(&skip, &table, &mut cursor);
                led.place = cursor.place;
                assert_eq!(values, [block[1], block[8], block[9]]);
                // There is no stuffing.
                let [read, passed, led] =
                    [&read, &passed, &led].map(|bits| 8 * bits.position() - bits.unread());
                assert_eq!([passed, led], [read; 2]);
            }
        }
    }
}
