//! Elementary functions that give the same bits on every machine, from operations that IEEE 754 rounds exactly.
//!
//! Sine and cosine are those of FDLIBM 5.3, to the bit, because placeholders are compared with what JavaScript engines
//! compute:
//!
//! Copyright (C) 1993 by Sun Microsystems, Inc. All rights reserved.
//! Developed at `SunSoft`, a Sun Microsystems, Inc. business.
//! Permission to use, copy, modify, and distribute this software is freely granted, provided that this notice is
//! preserved.

#![allow(clippy::excessive_precision, clippy::unreadable_literal, reason = "as published")]

use core::f64::consts::{FRAC_2_PI, LN_2, PI};

/// e to the power of `x`; relative error below 3e-16 for |x| < 700, 0 or infinity past that.
pub(crate) fn exp(x: f64) -> f64 {
    if x < -700.0 {
        return 0.0;
    }
    if x > 700.0 {
        return f64::INFINITY;
    }
    let k = (x / LN_2).round();
    // ln 2 in two parts, the first with 21 zero bits at its end: its product with k is exact.
    let r = (x - k * 6.93147180369123816490e-01) - k * 1.90821492927058770002e-10;
    // Taylor's series; |r| <= 0.35, so the term of degree 14 is below 1e-17.
    let mut sum = 1.0;
    for n in (1..=14_u8).rev() {
        sum = 1.0 + sum * r / f64::from(n);
    }
    sum * f64::from_bits(((k as i64 + 1023) as u64) << 52)
}

/// The natural logarithm of a positive normal number; error below 3e-16 of the larger of it and 1.
pub(crate) fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let mut exponent = (bits >> 52) as i32 - 1023;
    let mut m = f64::from_bits(bits & ((1 << 52) - 1) | 1023 << 52);
    if m > core::f64::consts::SQRT_2 {
        m *= 0.5;
        exponent += 1;
    }
    // ln m = 2 artanh s, |s| <= 0.172.
    let s = (m - 1.0) / (m + 1.0);
    let (z, mut sum) = (s * s, 0.0);
    for n in (1..=11_u8).rev() {
        sum = z * (sum + 1.0 / f64::from(2 * n + 1));
    }
    let k = f64::from(exponent);
    k * 6.93147180369123816490e-01 + (k * 1.90821492927058770002e-10 + 2.0 * s * (1.0 + sum))
}

/// `x` to the power of `y`, for `x` not below zero and `y` above; 0 below the smallest normal number.
pub(crate) fn pow(x: f64, y: f64) -> f64 {
    if x < f64::MIN_POSITIVE { 0.0 } else { exp(y * ln(x)) }
}

const C: [f64; 6] = [
    4.16666666666666019037e-02,
    -1.38888888888741095749e-03,
    2.48015872894767294178e-05,
    -2.75573143513906633035e-07,
    2.08757232129817482790e-09,
    -1.13596475577881948265e-11,
];
const S: [f64; 6] = [
    -1.66666666666666324348e-01,
    8.33333333332248946124e-03,
    -1.98412698298579493134e-04,
    2.75573137070700676789e-06,
    -2.50507602534068634195e-08,
    1.58969099521155010221e-10,
];

fn high(x: f64) -> i32 {
    (x.to_bits() >> 32) as i32
}

/// The cosine of `x + y`, |x| below pi / 4, `y` its tail.
fn kernel_cos(x: f64, y: f64) -> f64 {
    let top = high(x) & 0x7FFF_FFFF;
    if top < 0x3E40_0000 {
        return 1.0;
    }
    let z = x * x;
    let r = z * (C[0] + z * (C[1] + z * (C[2] + z * (C[3] + z * (C[4] + z * C[5])))));
    if top < 0x3FD3_3333 {
        return 1.0 - (0.5 * z - (z * r - x * y));
    }
    // About a quarter of x, of few bits: what is subtracted from 1 is then exact.
    let quarter = if top > 0x3FE9_0000 {
        0.28125
    } else {
        f64::from_bits(((top - 0x0020_0000) as u64) << 32)
    };
    let hz = 0.5 * z - quarter;
    (1.0 - quarter) - (hz - (z * r - x * y))
}

/// The sine of `x + y`, |x| below pi / 4, `y` its tail.
fn kernel_sin(x: f64, y: f64) -> f64 {
    if high(x) & 0x7FFF_FFFF < 0x3E40_0000 {
        return x;
    }
    let z = x * x;
    let v = z * x;
    let r = S[1] + z * (S[2] + z * (S[3] + z * (S[4] + z * S[5])));
    x - ((z * (0.5 * y - v * r) - y) - v * S[0])
}

/// `x` less a multiple of pi / 2, with its tail, and that multiple. Not for |x| above 2^20.
fn reduce(x: f64) -> (i64, f64, f64) {
    const PARTS: [(f64, f64); 3] = [
        (1.57079632673412561417e+00, 6.07710050650619224932e-11),
        (6.07710050630396597660e-11, 2.02226624879595063154e-21),
        (2.02226624871116645580e-21, 8.47842766036889956997e-32),
    ];
    if high(x) & 0x7FFF_FFFF <= 0x3FE9_21FB {
        return (0, x, 0.0);
    }
    let n = (x.abs() * FRAC_2_PI + 0.5) as i64;
    let count = n as f64;
    let exponent = high(x) >> 20 & 0x7FF;
    let (mut r, mut w) = (x.abs() - count * PARTS[0].0, count * PARTS[0].1);
    let mut head = r - w;
    for (&(part, tail), lost) in PARTS[1..].iter().zip([16, 49]) {
        if exponent - (high(head) >> 20 & 0x7FF) <= lost {
            break;
        }
        let before = r;
        w = count * part;
        r = before - w;
        w = count * tail - ((before - r) - w);
        head = r - w;
    }
    let rest = (r - head) - w;
    if x < 0.0 { (-n, -head, -rest) } else { (n, head, rest) }
}

/// The cosine of an angle in radians, |x| below 2^20.
pub(crate) fn cos(x: f64) -> f64 {
    let (n, head, tail) = reduce(x);
    match n & 3 {
        0 => kernel_cos(head, tail),
        1 => -kernel_sin(head, tail),
        2 => -kernel_cos(head, tail),
        _ => kernel_sin(head, tail),
    }
}

/// The sine of an angle in radians, |x| below 2^20.
pub(crate) fn sin(x: f64) -> f64 {
    let (n, head, tail) = reduce(x);
    match n & 3 {
        0 => kernel_sin(head, tail),
        1 => kernel_cos(head, tail),
        2 => -kernel_sin(head, tail),
        _ => -kernel_cos(head, tail),
    }
}

/// Sine and cosine of an angle in degrees, exact at multiples of 90.
pub(crate) fn sin_cos_degrees(degrees: f64) -> (f64, f64) {
    let turned = degrees % 360.0;
    let angle = if turned < 0.0 { turned + 360.0 } else { turned };
    let quarter = (angle / 90.0).floor();
    let rest = (angle - 90.0 * quarter) * (PI / 180.0);
    let (s, c) = if rest == 0.0 { (0.0, 1.0) } else { (sin(rest), cos(rest)) };
    match quarter as u8 & 3 {
        0 => (s, c),
        1 => (c, -s),
        2 => (-s, -c),
        _ => (-c, s),
    }
}

/// The cube root of a number not below zero, relative error below 3e-7.
pub(crate) fn cbrt(x: f32) -> f32 {
    if x < 1e-30 {
        return 0.0;
    }
    // A third of the exponent is within 6 percent; each of two steps of Halley cubes the error.
    let mut root = f32::from_bits(x.to_bits() / 3 + 709_921_077);
    for _ in 0..2 {
        let cube = root * root * root;
        root = root * (cube + x + x) / (cube + cube + x);
    }
    root
}

/// 2 to the power of 23: numbers from there to twice as much have no fractional bits.
const WHOLE: f32 = 8_388_608.0;

/// The whole number nearest to one of 0 to 2^22, as both: two instructions, where a conversion on wasm is a dozen.
#[inline(always)]
pub(crate) fn whole(x: f32) -> (usize, f32) {
    let shifted = x + WHOLE;
    ((shifted.to_bits() & 0x3F_FFFF) as usize, shifted - WHOLE)
}

/// A function from a table of its values at 0, 0, 1, 2 and on, by lines between them; `x` is not below 0.
#[inline(always)]
pub(crate) fn between<const N: usize>(table: &[f32; N], x: f32) -> f32 {
    let (step, start) = whole(x + 0.5);
    // The place in the table is one after that of the whole part of x, or, where that is even, at x itself.
    let at = step.min(N - 2);
    let (a, b) = (table[at], table[at + 1]);
    a + (b - a) * (x + 1.0 - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_are_near_those_of_the_platform() {
        for i in 1..20_000 {
            let x = f64::from(i) * 1e-3;
            assert!((ln(x) - x.ln()).abs() <= 4e-16 * x.ln().abs().max(1.0), "ln {x}");
            let y = f64::from(i - 10_000) * 0.069;
            assert!((exp(y) / y.exp() - 1.0).abs() < 1e-15, "exp {y}");
            let expected = x.powf(2.4);
            assert!((pow(x, 2.4) / expected - 1.0).abs() < 4e-15, "pow {x}");
            let root = cbrt(x as f32);
            assert!((f64::from(root) / f64::from(x as f32).cbrt() - 1.0).abs() < 3e-7, "cbrt {x}");
        }
        assert_eq!((exp(0.0), ln(1.0), pow(0.0, 2.4), cbrt(0.0)), (1.0, 0.0, 0.0, 0.0));
        assert_eq!((exp(-1e9), exp(1e9)), (0.0, f64::INFINITY));
    }

    #[test]
    fn tables_give_lines() {
        let table = [5.0, 5.0, 7.0, 1.0, 2.0];
        for (x, y) in [(0.0, 5.0), (0.25, 5.5), (0.5, 6.0), (1.0, 7.0), (1.5, 4.0), (2.0, 1.0)] {
            assert_eq!(between(&table, x), y);
        }
        for x in 0..2_000_u16 {
            assert_eq!(whole(f32::from(x) + 0.25), (usize::from(x), f32::from(x)));
        }
    }

    #[test]
    fn angles_are_near_those_of_the_platform() {
        for i in -20_000..20_000 {
            let x = f64::from(i) * 0.013;
            assert!((cos(x) - x.cos()).abs() < 2e-16, "cos {x}");
            assert!((sin(x) - x.sin()).abs() < 2e-16, "sin {x}");
            let (s, c) = sin_cos_degrees(x);
            let radians = x.to_radians();
            assert!((s - radians.sin()).abs() < 1e-13 && (c - radians.cos()).abs() < 1e-13);
        }
        assert_eq!(sin_cos_degrees(-90.0), (-1.0, 0.0));
        assert_eq!(sin_cos_degrees(540.0), (0.0, -1.0));
    }

    /// Where FDLIBM is not correctly rounded, as Node.js 20 prints it.
    #[test]
    fn cosines_are_those_of_fdlibm() {
        let angle = |w: f64, c: f64, x: f64| PI / w * c * (x + 0.5);
        assert_eq!(cos(angle(5.0, 4.0, 1.0)), -0.8090169943749475);
        assert_eq!(cos(angle(5.0, 6.0, 3.0)), 0.8090169943749478);
        assert_eq!(cos(angle(7.0, 1.0, 5.0)), -0.7818314824680297);
        assert_eq!(cos(angle(8.0, 5.0, 3.0)), 0.8314696123025456);
        assert_eq!(cos(angle(9.0, 2.0, 5.0)), -0.7660444431189781);
    }
}
