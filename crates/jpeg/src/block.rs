//! One block of a sequential scan (T.81, F.2.2).

use crate::bits::Cursor;
use crate::huffman::{END, Table, extend};

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

/// A coefficient whose code or value is too long for the table: its place, and its value; none at the end of the block or of
/// a run of 16 zeros. Moves `k` behind it.
#[inline(always)]
pub(crate) fn long(table: &Table, bits: &mut Cursor<'_>, k: &mut usize) -> Option<(usize, i16)> {
    let symbol = table.symbol(bits);
    let size = u32::from(symbol & 15);
    if size == 0 {
        *k += if symbol == 0xF0 { 16 } else { END };
        return None;
    }
    let value = extend(bits.take(size), size) as i16;
    let place = *k + usize::from(symbol >> 4);
    *k = place + 1;
    Some((place, value))
}

/// Decodes the AC coefficients into a block of zeros. Returns the place, in zigzag order, of the last that may not be
/// zero, or 0. There have to be as many bits as [`Table::difference`] leaves.
#[inline(always)]
pub(crate) fn ac(table: &Table, bits: &mut Cursor<'_>, block: &mut Block) -> usize {
    let mut put = |place: usize, value: i16| block[usize::from(ZIGZAG[place & 127] & 63)] = value;
    let mut k = 1;
    // Here there are always bits for two looks.
    while k < 64 {
        for look in 0..2 {
            let entry = table.look(bits);
            let (second, value) = entry.second();
            // Behind the last coefficient comes the next block, not the end of this one that the table may see.
            if entry.len() == 0 || k + second >= 63 {
                if let Some((place, value)) = long(table, bits, &mut k) {
                    put(place, value);
                }
                break;
            }
            bits.skip(entry.len());
            put(k + entry.run(), entry.value());
            put(k + second, value);
            k += entry.step();
            if look == 1 {
                bits.refill();
            } else if k >= 64 {
                break;
            }
        }
    }
    if k > END { k - END - 1 } else { 63 }
}
