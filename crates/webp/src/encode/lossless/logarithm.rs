//! Logarithms in 256ths, the same on every machine.

/// `256 * log2(1 + i / 256)`, rounded.
static FRACTIONS: [u16; 257] = {
    let mut table = [0; 257];
    let mut i = 0;
    while i < 257 {
        // From 1 to 2, times 2^31; each square gives a binary digit.
        let mut fraction = (256 + i as u64) << 23;
        let mut log = 0_u32;
        let mut digit = 0;
        while digit < 12 {
            if fraction >= 1 << 32 {
                fraction >>= 1;
                log += 1 << (12 - digit);
            }
            fraction = (fraction * fraction) >> 31;
            digit += 1;
        }
        table[i] = ((log + 8) >> 4) as u16;
        i += 1;
    }
    table
};

/// `256 * log2(x)`, within two.
#[inline]
pub(super) fn log(x: u32) -> u32 {
    if x == 0 {
        return 0;
    }
    let whole = x.ilog2();
    let fraction = if whole > 8 { x >> (whole - 8) } else { x << (8 - whole) };
    256 * whole + u32::from(FRACTIONS[(fraction & 255) as usize])
}

/// `256 * x * log2(x)`.
#[inline]
pub(super) fn weighted(x: u32) -> u64 {
    u64::from(x) * u64::from(log(x))
}

/// What symbols that occur so often cost together, in 256ths of a bit.
pub(super) fn entropy(counts: &[u32]) -> u64 {
    let (mut total, mut sum) = (0, 0);
    for &count in counts {
        if count > 0 {
            total += count;
            sum += weighted(count);
        }
    }
    weighted(total).saturating_sub(sum)
}

#[cfg(test)]
mod tests {
    use super::log;

    #[test]
    fn logarithms_are_close() {
        for x in (1..70_000_u32).chain([u32::MAX, 1 << 31, 123_456_789]) {
            let exact = 256.0 * f64::from(x).log2();
            assert!((f64::from(log(x)) - exact).abs() < 2.0, "{x}");
        }
    }
}
