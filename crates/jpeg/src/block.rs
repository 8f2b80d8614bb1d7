//! One block of a sequential scan (T.81, F.2.2).

use crate::bits::Bits;
use crate::huffman::{Table, extend};

/// For each place in zigzag order its place in rows. Runs of broken files go past 63, to 78 at most; they end on the
/// last coefficient, as in libjpeg.
pub(crate) const ZIGZAG: [u8; 128] = {
    let mut order = [63; 128];
    let (mut x, mut y, mut at) = (0_u8, 0_u8, 0);
    while at < 64 {
        order[at] = 8 * y + x;
        let up = (x + y).is_multiple_of(2);
        if up && x == 7 || !up && y < 7 && x == 0 {
            y += 1;
        } else if up && y == 0 || !up && y == 7 {
            x += 1;
        } else if up {
            x += 1;
            y -= 1;
        } else {
            x -= 1;
            y += 1;
        }
        at += 1;
    }
    order
};

/// Quantised coefficients in rows.
pub(crate) type Block = [i16; 64];

/// Decodes the AC coefficients up to place 4 into a block of zeros. Returns the place behind the last one that was read,
/// which is 64 or more at the end of the block, and whether any is not zero.
#[inline(always)]
pub(crate) fn lowest(table: &Table, reader: &mut Bits<'_>, block: &mut Block) -> (usize, bool) {
    let mut bits = *reader;
    let mut k = 1;
    let mut found = false;
    while k <= 4 {
        bits.refill();
        let entry = table.look(&bits);
        let (place, value);
        if entry.len() == 0 {
            let symbol = table.symbol(&mut bits);
            let size = u32::from(symbol & 15);
            if size == 0 {
                k += if symbol == 0xF0 { 16 } else { 64 };
                continue;
            }
            value = extend(bits.take(size), size) as i16;
            place = k + usize::from(symbol >> 4);
            k = place + 1;
        } else {
            bits.skip(entry.len());
            value = entry.value();
            place = k + entry.run();
            k += entry.step();
        }
        if place <= 4 {
            block[usize::from(ZIGZAG[place] & 63)] = value;
            found |= value != 0;
        }
    }
    *reader = bits;
    (k, found)
}

/// Decodes the AC coefficients into a block of zeros. Returns the place, in zigzag order, of the last that is not
/// zero, or 0.
#[inline(always)]
pub(crate) fn ac(table: &Table, reader: &mut Bits<'_>, block: &mut Block) -> usize {
    // A copy that nothing points to stays in registers.
    let mut bits = *reader;
    let mut k = 1;
    let mut last = 0;
    while k < 64 {
        bits.refill();
        let entry = table.look(&bits);
        let (place, value);
        // Behind the last coefficient comes the next block, not the end of this one that the table may see.
        if entry.len() == 0 || k + entry.run() >= 63 {
            let symbol = table.symbol(&mut bits);
            let size = u32::from(symbol & 15);
            if size == 0 {
                k += if symbol == 0xF0 { 16 } else { 64 };
                continue;
            }
            value = extend(bits.take(size), size) as i16;
            place = k + usize::from(symbol >> 4);
            k = place + 1;
        } else {
            bits.skip(entry.len());
            value = entry.value();
            place = k + entry.run();
            k += entry.step();
        }
        // Zero at the end of a block, which is a zero already.
        block[usize::from(ZIGZAG[place & 127] & 63)] = value;
        last = if value == 0 { last } else { place };
    }
    *reader = bits;
    last
}
