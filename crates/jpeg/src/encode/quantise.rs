//! Quantisation tables, and division by them.

use bytemill_simd::I16x8;

use crate::block::{Block, ZIGZAG};

/// A table in rows, with what dividing by it takes.
pub(super) struct Table {
    pub(super) steps: [u8; 64],
    /// Half a step of the transform's results, which are 8 times as large.
    halves: [i16; 64],
    /// 2^(16+b) over such a step, rounded up, where the step is above 2^b and at most 2^(b+1).
    reciprocals: [i16; 64],
    /// 2^(16-b).
    shifts: [i16; 64],
}

impl Table {
    /// A table of annex K at a quality of 1 to 100, scaled as in libjpeg.
    pub(super) fn new(base: &[u8; 64], quality: u8) -> Self {
        let quality = u32::from(quality.clamp(1, 100));
        let percent = if quality < 50 { 5000 / quality } else { 200 - 2 * quality };
        let mut table =
            Self { steps: [1; 64], halves: [0; 64], reciprocals: [0; 64], shifts: [0; 64] };
        for (i, base) in base.iter().enumerate() {
            let step = ((u32::from(*base) * percent + 50) / 100).clamp(1, 255);
            table.steps[i] = step as u8;
            let step = 8 * step;
            let bits = (step - 1).ilog2();
            table.halves[i] = (step / 2) as i16;
            table.reciprocals[i] = ((1_u32 << (16 + bits)).div_ceil(step) as u16).cast_signed();
            table.shifts[i] = ((1_u32 << (16 - bits)) as u16).cast_signed();
        }
        table
    }

    /// Divides the transform's results, rounded to the nearest, halves away from zero. Each bit that is returned says of
    /// a place in zigzag order whether the quotient there is not zero.
    #[inline(always)]
    pub(super) fn divide(&self, rows: [I16x8; 8], block: &mut Block) -> u64 {
        let (halves, _) = self.halves.as_chunks::<8>();
        let (reciprocals, _) = self.reciprocals.as_chunks::<8>();
        let (shifts, _) = self.shifts.as_chunks::<8>();
        let (targets, _) = block.as_chunks_mut::<8>();
        let tables = halves.iter().zip(reciprocals.iter().zip(shifts)).zip(&PLACES);
        let mut nonzero = 0;
        for ((row, ((half, (reciprocal, shift)), places)), target) in
            rows.into_iter().zip(tables).zip(targets)
        {
            let sign = row.shr::<15>();
            let size = row.xor(sign).sub(sign).add(I16x8::load(half));
            let quotient = size.mul_high_unsigned(I16x8::load(reciprocal));
            let quotient = quotient.mul_high_unsigned(I16x8::load(shift));
            let mask = usize::from(quotient.nonzero_mask());
            nonzero |= places[0][mask & 15] | places[1][mask >> 4 & 15];
            quotient.xor(sign).sub(sign).store(target);
        }
        nonzero
    }
}

/// For each half of each row, and each set of its four places, bits of these in zigzag order.
static PLACES: [[[u64; 16]; 2]; 8] = {
    let mut places = [[[0; 16]; 2]; 8];
    let mut at = 0;
    while at < 64 {
        let place = ZIGZAG[at] as usize;
        let mut set = 0;
        while set < 16 {
            if set >> (place % 4) & 1 == 1 {
                places[place / 8][place / 4 % 2][set] |= 1 << at;
            }
            set += 1;
        }
        at += 1;
    }
    places
};

#[cfg(test)]
#[allow(clippy::cast_possible_wrap, reason = "small numbers")]
mod tests {
    use super::*;
    use crate::standard::{CHROMINANCE, LUMINANCE};

    #[test]
    fn every_quotient_is_right() {
        // All steps there are.
        for base in 1..=255 {
            let table = Table::new(&[base; 64], 50);
            assert_eq!(table.steps, [base; 64]);
            let step = 8 * i32::from(base);
            for start in (-16_000..16_000_i16).step_by(64) {
                let values: [[i16; 8]; 8] =
                    core::array::from_fn(|y| core::array::from_fn(|x| start + (8 * y + x) as i16));
                let mut block = [0; 64];
                let nonzero = table.divide(values.each_ref().map(I16x8::load), &mut block);
                for (at, place) in ZIGZAG.iter().take(64).enumerate() {
                    assert_eq!(nonzero >> at & 1 == 1, block[usize::from(*place)] != 0);
                }
                for (value, quotient) in values.as_flattened().iter().zip(block) {
                    let value = i32::from(*value);
                    let expected = (value.abs() + step / 2) / step * value.signum();
                    assert_eq!(i32::from(quotient), expected, "{value} / {step}");
                }
            }
        }
    }

    #[test]
    fn qualities_scale_the_tables() {
        assert_eq!(Table::new(&LUMINANCE, 50).steps, LUMINANCE);
        assert_eq!(Table::new(&CHROMINANCE, 100).steps, [1; 64]);
        assert_eq!(Table::new(&LUMINANCE, 1).steps, [255; 64]);
        assert_eq!(Table::new(&LUMINANCE, 80).steps[..8], [6, 4, 4, 6, 10, 16, 20, 24]);
        assert_eq!(Table::new(&LUMINANCE, 10).steps[..4], [80, 55, 50, 80]);
    }
}
