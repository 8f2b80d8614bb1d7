//! Cosines and sines that are the same everywhere, which those of platforms are not.

use core::f64::consts::FRAC_PI_4;

/// The matrix that turns by degrees counter-clockwise, and moves the origin to a point.
pub(super) fn rotation(degrees: f32, x: f32, y: f32) -> [f64; 6] {
    let (cos, sin) = cos_sin(f64::from(degrees));
    [cos, sin, -sin, cos, x.into(), y.into()]
}

fn cos_sin(degrees: f64) -> (f64, f64) {
    let degrees = degrees.rem_euclid(360.0);
    let eighth = (degrees / 45.0) as u8;
    // Degrees past the multiple of 90 that is nearest, -45 to 45.
    let quarter = eighth.div_ceil(2);
    let past = degrees - 90.0 * f64::from(quarter);
    let (cos, sin) = series(past / 45.0 * FRAC_PI_4);
    match quarter {
        1 => (-sin, cos),
        2 => (-cos, -sin),
        3 => (sin, -cos),
        _ => (cos, sin),
    }
}

/// Of an angle of at most an eighth of a turn, by the first terms of the series: off by less than 1e-13.
fn series(angle: f64) -> (f64, f64) {
    let square = angle * angle;
    let (mut cos, mut sin) = (1.0, 1.0);
    for term in (1..=6_u8).rev() {
        let n = f64::from(2 * term);
        cos = 1.0 - square / (n * (n - 1.0)) * cos;
        sin = 1.0 - square / (n * (n + 1.0)) * sin;
    }
    (cos, sin * angle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn angles_are_those_of_the_library() {
        for degrees in -1500..1500 {
            let degrees = f64::from(degrees) / 2.0;
            let (cos, sin) = cos_sin(degrees);
            let expected = degrees.to_radians();
            assert!((cos - expected.cos()).abs() < 1e-11, "{degrees}");
            assert!((sin - expected.sin()).abs() < 1e-11, "{degrees}");
        }
        assert_eq!(cos_sin(90.0), (0.0, 1.0));
    }
}
