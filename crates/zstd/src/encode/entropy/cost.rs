//! Logarithms for estimates of size.

/// `log2` of 1..=256 in units of 1/256.
const LOG2: [u16; 257] = {
    let mut table = [0; 257];
    let mut i = 1;
    while i <= 256 {
        table[i] = log2_slow(i as u64) as u16;
        i += 1;
    }
    table
};

/// The integral part by position of the highest bit, the others by squaring.
const fn log2_slow(value: u64) -> u32 {
    let whole = value.ilog2();
    // 1 <= x < 2 with 32 bits behind the point.
    let mut x = (value << 32) >> whole;
    let mut result = whole;
    let mut i = 0;
    while i < 8 {
        x = ((x as u128 * x as u128) >> 32) as u64;
        result <<= 1;
        if x >= 2 << 32 {
            x >>= 1;
            result |= 1;
        }
        i += 1;
    }
    result
}

/// `log2(value)` in units of 1/256 bit, for `value >= 1`.
#[inline]
pub(crate) fn log2(value: u32) -> u32 {
    let shift = 24_u32.saturating_sub((value | 1).leading_zeros());
    // At most 8 significant bits remain, so the index is below 257.
    u32::from(LOG2[((value >> shift) as usize).min(256)]) + shift * 256
}

#[cfg(test)]
mod tests {
    use super::log2;

    #[test]
    fn logarithms() {
        for value in [1_u32, 2, 3, 7, 100, 255, 256, 1000, 65_536, 131_072, 1 << 30] {
            let exact = f64::from(value).log2() * 256.0;
            assert!(
                (f64::from(log2(value)) - exact).abs() < 3.0,
                "{value}: {} {exact}",
                log2(value)
            );
        }
    }
}
