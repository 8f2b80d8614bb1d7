//! Weights of Gaussian filters.

use crate::math::exp;

/// Most weights to one side of the middle one.
pub(super) const MAX_RADIUS: usize = 23;

/// Half of a symmetric filter: the middle weight, then one side of it. All weights together are 32768.
pub(super) struct Half {
    weights: [i16; MAX_RADIUS + 1],
    radius: usize,
}

impl Half {
    /// The middle weight first, `radius + 1` of them.
    pub(super) fn weights(&self) -> &[i16] {
        &self.weights[..=self.radius]
    }

    /// Weights that are proportional to these, the middle one first.
    fn new(radius: usize, value: impl Fn(usize) -> f64) -> Self {
        let radius = radius.min(MAX_RADIUS);
        let total = value(0) + 2.0 * (1..=radius).map(&value).sum::<f64>();
        let mut weights = [0; MAX_RADIUS + 1];
        let (mut rest, mut error) = (32768_i32, 0.0);
        // What rounding takes from one weight the next one nearer to the middle gets.
        for (i, weight) in weights.iter_mut().enumerate().take(radius + 1).skip(1).rev() {
            let exact = 32768.0 * value(i) / total + error;
            let share = exact.round();
            error = exact - share;
            *weight = share as i16;
            rest -= 2 * i32::from(*weight);
        }
        // A filter of one weight would need one more than 16 bits hold; it loses nothing that is seen.
        weights[0] = rest.clamp(0, 32767) as i16;
        Self { weights, radius }
    }

    /// Samples of a Gaussian up to 3.5 sigma, past which is 0.05 percent of it.
    pub(super) fn gaussian(sigma: f64) -> Self {
        let value = |x: usize| exp(-((x * x) as f64) / (2.0 * sigma * sigma));
        Self::new((3.5 * sigma).ceil() as usize, value)
    }

    /// The mask of libvips' `gaussmat` with integers: samples of a Gaussian above a tenth, in twentieths.
    pub(super) fn twentieths(sigma: f64) -> Self {
        let value = |x: usize| exp(-((x * x) as f64) / (2.0 * sigma * sigma));
        let radius = (0..=MAX_RADIUS + 1).find(|x| value(*x) < 0.1).unwrap_or(MAX_RADIUS + 1);
        Self::new(radius.saturating_sub(1), |x| (20.0 * value(x)).round())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_add_up() {
        for step in 1..=400 {
            let sigma = f64::from(step) * 0.01;
            for half in [Half::gaussian(sigma), Half::twentieths(sigma * 2.5)] {
                let weights = half.weights();
                let sum: i32 = weights[1..].iter().map(|w| 2 * i32::from(*w)).sum();
                let all = sum + i32::from(weights[0]);
                assert!(all == 32768 || (all == 32767 && sum == 0), "{sigma} {weights:?}");
                assert!(weights.is_sorted_by(|a, b| *a >= b - 1), "{sigma} {weights:?}");
            }
        }
    }
}
