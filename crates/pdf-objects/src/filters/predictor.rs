//! Predictors of Flate and LZW (ISO 32000-1, 7.4.4.4): TIFF's and those of PNG.

use super::Params;

/// Undoes what the encoder did, in place; a row that is cut counts as far as it goes.
pub(super) fn undo(data: &mut Vec<u8>, params: &Params) {
    let within = |value: i64, most: usize| {
        usize::try_from(value).ok().filter(|value| (1..=most).contains(value))
    };
    let (Some(colors), Some(bits), Some(columns)) =
        (within(params.colors, 32), within(params.bits, 16), within(params.columns, 1 << 30))
    else {
        return;
    };
    if params.predictor < 2 || !bits.is_power_of_two() {
        return;
    }
    let Some(row_bits) = columns.checked_mul(colors * bits) else { return };
    let row = row_bits.div_ceil(8);
    let pixel = (colors * bits).div_ceil(8);
    if params.predictor == 2 {
        tiff(data, row, colors, bits);
    } else {
        png(data, row, pixel);
    }
}

fn tiff(data: &mut [u8], row: usize, colors: usize, bits: usize) {
    for row in data.chunks_mut(row) {
        match bits {
            8 => {
                for at in colors..row.len() {
                    row[at] = row[at].wrapping_add(row[at - colors]);
                }
            }
            16 => {
                for at in (2 * colors..row.len().saturating_sub(1)).step_by(2) {
                    let word = |at: usize| u16::from_be_bytes([row[at], row[at + 1]]);
                    let sum = word(at).wrapping_add(word(at - 2 * colors));
                    row[at..at + 2].copy_from_slice(&sum.to_be_bytes());
                }
            }
            _ => {
                let mask = (1u8 << bits) - 1;
                let mut left = [0u8; 32];
                for sample in 0..row.len() * 8 / bits {
                    let (at, shift) = (sample * bits / 8, 8 - bits - sample * bits % 8);
                    let left = &mut left[sample % colors];
                    *left = left.wrapping_add(row[at] >> shift) & mask;
                    row[at] = row[at] & !(mask << shift) | *left << shift;
                }
            }
        }
    }
}

/// Each row begins with its type, whichever the parameters name (W3C PNG, section 9).
fn png(data: &mut Vec<u8>, row: usize, pixel: usize) {
    let (mut from, mut to) = (0, 0);
    while from + 1 < data.len() {
        let kind = data[from];
        let length = row.min(data.len() - from - 1);
        data.copy_within(from + 1..from + 1 + length, to);
        from += 1 + length;
        let (above, current) = data[..to + length].split_at_mut(to);
        let above = above.len().checked_sub(row).map(|start| &above[start..]);
        unfilter(kind, current, above, pixel);
        to += length;
    }
    data.truncate(to);
}

fn unfilter(kind: u8, row: &mut [u8], above: Option<&[u8]>, pixel: usize) {
    match (kind, above) {
        (1, _) | (4, None) => {
            // Paeth's choice is the left one where nothing is above.
            for at in pixel..row.len() {
                row[at] = row[at].wrapping_add(row[at - pixel]);
            }
        }
        (2, Some(above)) => {
            for (byte, above) in row.iter_mut().zip(above) {
                *byte = byte.wrapping_add(*above);
            }
        }
        (3, above) => {
            for at in 0..row.len() {
                let left = at.checked_sub(pixel).map_or(0, |left| row[left]);
                let up = above.map_or(0, |above| above[at]);
                row[at] = row[at].wrapping_add(left.midpoint(up));
            }
        }
        (4, Some(above)) => {
            for at in 0..row.len() {
                let (left, corner) = match at.checked_sub(pixel) {
                    Some(left) => (row[left], above[left]),
                    None => (0, 0),
                };
                row[at] = row[at].wrapping_add(paeth(left, above[at], corner));
            }
        }
        // Type 0, and types that are none.
        _ => {}
    }
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let (pa, pb, pc) = ((b - c).abs(), (a - c).abs(), (a + b - 2 * c).abs());
    if pa <= pb && pa <= pc {
        left
    } else if pb <= pc {
        up
    } else {
        corner
    }
}

#[cfg(test)]
mod tests {
    use super::{Params, undo};

    fn undone(data: &[u8], predictor: i64, colors: i64, bits: i64, columns: i64) -> Vec<u8> {
        let mut data = data.to_vec();
        undo(&mut data, &Params { predictor, colors, bits, columns, early_change: true });
        data
    }

    #[test]
    fn tiff_of_any_depth() {
        assert_eq!(undone(&[1, 2, 3, 4, 5, 6], 2, 1, 8, 3), [1, 3, 6, 4, 9, 15]);
        assert_eq!(undone(&[1, 2, 3, 4, 5, 6], 2, 3, 8, 2), [1, 2, 3, 5, 7, 9]);
        assert_eq!(undone(&[0, 255, 0, 2, 1, 0], 2, 1, 16, 3), [0, 255, 1, 1, 2, 1]);
        // 4 bits: 1, 2, 15, 1 sum up to 1, 3, 2, 3.
        assert_eq!(undone(&[0x12, 0xF1], 2, 1, 4, 4), [0x13, 0x23]);
        // 1 bit: every one flips.
        assert_eq!(undone(&[0b1001_0001], 2, 1, 1, 8), [0b1110_0001]);
    }

    #[test]
    fn png_rows() {
        let data = [0, 10, 20, 30, 1, 1, 1, 1, 2, 5, 5, 5, 3, 1, 1, 1, 4, 1, 1, 1];
        let expected = [10, 20, 30, 1, 2, 3, 6, 7, 8, 4, 6, 8, 5, 7, 9];
        assert_eq!(undone(&data, 15, 1, 8, 3), expected);
        // The first row has none above; the last is cut; two bytes a pixel.
        assert_eq!(undone(&[2, 1, 2, 3, 4, 1, 1, 1, 1], 12, 2, 8, 2), [1, 2, 3, 4, 1, 1, 2]);
        assert_eq!(undone(&[4, 1, 2, 3, 4], 10, 1, 16, 2), [1, 2, 4, 6]);
    }

    #[test]
    fn senseless_parameters_change_nothing() {
        for (colors, bits, columns) in [(0, 8, 1), (1, 7, 1), (1, 8, 0), (1, 8, -1), (99, 8, 1)] {
            assert_eq!(undone(&[1, 2, 3], 12, colors, bits, columns), [1, 2, 3]);
        }
        assert_eq!(undone(&[1, 2, 3], 12, 32, 16, 1 << 30), [2, 3]);
    }
}
