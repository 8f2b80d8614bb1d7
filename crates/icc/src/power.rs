//! Powers from additions and multiplications alone: those of the platform's library may differ in the last bit, and
//! the pixels with them.

/// The terms of atanh(s) / s in s squared, from the last: 1 / 23 to 1.
const ATANH: [f64; 12] = {
    let mut terms = [0.0; 12];
    let mut at = 0;
    while at < 12 {
        terms[at] = 1.0 / (23 - 2 * at) as f64;
        at += 1;
    }
    terms
};

/// The terms of e to the x, from the last: 1 / 14! to 1.
const EXP: [f64; 15] = {
    let mut terms = [1.0; 15];
    let mut factorial = 1.0;
    let mut at = 0;
    while at < 15 {
        if at > 0 {
            factorial *= at as f64;
        }
        terms[14 - at] = 1.0 / factorial;
        at += 1;
    }
    terms
};

const MANTISSA: u64 = (1 << 52) - 1;
const ONE: u64 = 1023 << 52;

fn polynomial(terms: &[f64], x: f64) -> f64 {
    terms.iter().fold(0.0, |sum, term| sum * x + term)
}

/// The logarithm of base 2 of a normal positive number.
fn log2(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = (bits >> 52) as i64 - 1023;
    let mut mantissa = f64::from_bits(bits & MANTISSA | ONE);
    // Around 1 the series is at its shortest.
    if mantissa > core::f64::consts::SQRT_2 {
        mantissa *= 0.5;
        exponent += 1;
    }
    let s = (mantissa - 1.0) / (mantissa + 1.0);
    let ln = 2.0 * s * polynomial(&ATANH, s * s);
    exponent as f64 + ln * core::f64::consts::LOG2_E
}

/// 2 to the power of a number from -1022 to 1023.
fn exp2(x: f64) -> f64 {
    // Truncation, and from there to the nearest whole number.
    let whole = (x + if x < 0.0 { -0.5 } else { 0.5 }) as i64;
    let power = f64::from_bits(((whole + 1023) as u64) << 52);
    power * polynomial(&EXP, (x - whole as f64) * core::f64::consts::LN_2)
}

/// `base` to the power of `exponent`, within 1e-13 of it where that is between 1e-9 and 1e9. What is no positive
/// number, or too small for one, counts as zero; what is too large is the largest there is.
pub(crate) fn power(base: f64, exponent: f64) -> f64 {
    if exponent == 0.0 {
        return 1.0;
    }
    if base < f64::MIN_POSITIVE {
        return 0.0;
    }
    if exponent == 1.0 || base > f64::MAX {
        return base.min(f64::MAX);
    }
    let log = log2(base) * exponent;
    if log <= -1022.0 {
        0.0
    } else if log < 1023.0 {
        exp2(log)
    } else {
        f64::MAX
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_those_of_the_library() {
        let mut worst = 0.0_f64;
        for exponent in [1.0, 1.8, 2.0, 2.2, 2.4, 2.6, 3.0, 1.0 / 2.4, 0.3, 0.01, -1.5] {
            for at in 1..=20_000 {
                let base = f64::from(at) / 10_000.0;
                let expected = base.powf(exponent);
                worst = worst.max((power(base, exponent) / expected - 1.0).abs());
            }
        }
        assert!(worst < 4e-15, "{worst:e}");
    }

    #[test]
    fn the_ends_are_finite() {
        assert_eq!(power(0.0, 2.4), 0.0);
        assert_eq!(power(-1.0, 2.4), 0.0);
        assert_eq!(power(1e-310, 0.5), 0.0);
        assert_eq!(power(0.5, 0.0), 1.0);
        assert_eq!(power(0.5, 32767.0), 0.0);
        assert_eq!(power(0.5, -32768.0), f64::MAX);
        assert_eq!(power(f64::INFINITY, 2.0), f64::MAX);
        assert!((power(1e300, 1.02) / 1e306 - 1.0).abs() < 1e-12);
        let ends = [f64::MAX, f64::MIN_POSITIVE, 1.5, 32768.0, -32768.0];
        for base in ends {
            for exponent in ends {
                let got = power(base, exponent);
                assert!((0.0..=f64::MAX).contains(&got), "{base} {exponent}");
            }
        }
    }
}
