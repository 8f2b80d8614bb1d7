//! Filters, as functions of the distance from the centre in samples of the smaller image.

/// A separable filter.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Filter {
    /// One sample as it is: the one at the centre where the image becomes smaller, and where it becomes larger the one
    /// that a sample of the result begins in.
    Nearest,
    /// A triangle of radius 1.
    Bilinear,
    /// The cubic of Keys with a = -1/2 (IEEE Trans. ASSP 29, 1981), radius 2: sharp.
    CatmullRom,
    /// The cubic of Mitchell and Netravali with B = C = 1/3 (SIGGRAPH 1988), radius 2: hardly rings.
    Mitchell,
    /// A sinc within a sinc of radius 2.
    Lanczos2,
    /// A sinc within a sinc of radius 3: sharpest.
    #[default]
    Lanczos3,
}

impl Filter {
    /// Distance from which on the filter is zero.
    pub(crate) fn radius(self) -> f64 {
        match self {
            Self::Nearest => 0.5,
            Self::Bilinear => 1.0,
            Self::CatmullRom | Self::Mitchell | Self::Lanczos2 => 2.0,
            Self::Lanczos3 => 3.0,
        }
    }

    /// The filter at a distance, not normalised.
    pub(crate) fn at(self, distance: f64) -> f64 {
        let x = distance.abs();
        if x >= self.radius() {
            return 0.0;
        }
        match self {
            Self::Nearest => 1.0,
            Self::Bilinear => 1.0 - x,
            Self::CatmullRom => cubic(0.0, 0.5, x),
            Self::Mitchell => cubic(1.0 / 3.0, 1.0 / 3.0, x),
            Self::Lanczos2 => sinc(x) * sinc(x / 2.0),
            Self::Lanczos3 => lanczos3(x),
        }
    }
}

/// The family of Mitchell and Netravali, times 6.
fn cubic(b: f64, c: f64, x: f64) -> f64 {
    if x < 1.0 {
        ((12.0 - 9.0 * b - 6.0 * c) * x + (-18.0 + 12.0 * b + 6.0 * c)) * x * x + (6.0 - 2.0 * b)
    } else {
        (((-b - 6.0 * c) * x + (6.0 * b + 30.0 * c)) * x + (-12.0 * b - 48.0 * c)) * x
            + (8.0 * b + 24.0 * c)
    }
}

/// sinc(x) sinc(x/3) with one sine s for both: that of three times the angle is 3s - 4s³.
fn lanczos3(x: f64) -> f64 {
    if x < 1e-9 {
        return 1.0;
    }
    let sine = sin_pi(x / 3.0);
    let square = sine * sine;
    let angle = core::f64::consts::PI * x;
    square * (3.0 - 4.0 * square) * 3.0 / (angle * angle)
}

/// sin(πx) / πx.
fn sinc(x: f64) -> f64 {
    if x < 1e-9 { 1.0 } else { sin_pi(x) / (core::f64::consts::PI * x) }
}

/// What a term of Taylor's series for the sine is of the one before, but for the square; the last first. Products are
/// several times as fast as quotients.
const TERMS: [f64; 9] = {
    let mut terms = [0.0; 9];
    let mut i = 0;
    while i < 9 {
        let place = 2.0 * (9.0 - i as f64);
        terms[i] = 1.0 / (place * (place + 1.0));
        i += 1;
    }
    terms
};

/// sin(πx) for x from 0 to 3. The standard library's sine may differ from machine to machine; sums and products do not.
fn sin_pi(x: f64) -> f64 {
    let turns = (x + 0.5).floor();
    let angle = core::f64::consts::PI * (x - turns);
    let square = angle * angle;
    // Taylor's series up to the 19th power: for a quarter turn off by less than 1e-15.
    let mut sum = 1.0;
    for term in TERMS {
        sum = 1.0 - square * term * sum;
    }
    let sine = angle * sum;
    if turns == 1.0 || turns == 3.0 { -sine } else { sine }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sines_are_right() {
        for i in 0..=3000 {
            let x = f64::from(i) / 1000.0;
            assert!((sin_pi(x) - (core::f64::consts::PI * x).sin()).abs() < 1e-14, "{x}");
        }
        for whole in [0.0, 1.0, 2.0, 3.0] {
            assert!(sin_pi(whole) == 0.0);
        }
    }

    #[test]
    fn one_sine_is_as_good_as_two() {
        for i in 0..=3000 {
            let x = f64::from(i) / 1000.0;
            assert!((lanczos3(x) - sinc(x) * sinc(x / 3.0)).abs() < 1e-14, "{x}");
        }
    }

    #[test]
    fn filters_are_zero_at_other_samples() {
        for filter in [Filter::Bilinear, Filter::CatmullRom, Filter::Lanczos2, Filter::Lanczos3] {
            for x in [1.0, 2.0, 3.0] {
                assert!(filter.at(x).abs() < 1e-15, "{filter:?} at {x}");
            }
        }
        // Wherever a sample falls, the weights around it have the same sum.
        for filter in [Filter::Bilinear, Filter::CatmullRom, Filter::Mitchell] {
            let whole: f64 = (-3..=3).map(|i| filter.at(f64::from(i))).sum();
            let between: f64 = (-3..=3).map(|i| filter.at(f64::from(i) + 0.37)).sum();
            assert!((whole - between).abs() < 1e-12, "{filter:?}: {whole} and {between}");
        }
    }
}
