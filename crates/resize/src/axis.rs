//! Where each sample of the result lies in the source, and what weights the samples around it have.

use crate::{Filter, ResizeError};

/// Fractional bits of a weight.
pub(crate) const WEIGHT_BITS: i32 = 14;
/// The sum of the weights of a sample.
const ONE: f64 = (1 << WEIGHT_BITS) as f64;

/// How one side of the result lies in the source. The centre of its sample `i` is at `start + (i + 0.5) * step`, where the
/// first sample of the source reaches from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Samples of the source; at least 1.
    pub source: usize,
    /// Samples of the result; at least 1.
    pub target: usize,
    /// Where the result begins in the source.
    pub start: f64,
    /// Distance of two samples of the result in samples of the source. Below zero the result is mirrored.
    pub step: f64,
}

impl Axis {
    /// All of the source.
    pub fn whole(source: usize, target: usize) -> Self {
        Self { source, target, start: 0.0, step: source as f64 / target.max(1) as f64 }
    }

    /// The same part, mirrored.
    #[must_use]
    pub fn mirrored(self) -> Self {
        Self { start: self.start + self.step * self.target as f64, step: -self.step, ..self }
    }

    /// Whether samples of the result are samples of the source, in their order or mirrored.
    fn is_copy(&self) -> bool {
        self.step.abs() == 1.0 && self.start.fract() == 0.0
    }

    /// The samples whose centres are within `radius` of that of sample `at` of the result; at least one. With a radius of
    /// 0 the nearest.
    fn span(&self, at: usize, radius: f64) -> (f64, usize, usize) {
        let last = self.source.saturating_sub(1);
        let offset = match (radius == 0.0 && self.step.abs() < 1.0, self.step < 0.0) {
            (false, _) => 0.5,
            // The sample that one of a larger image begins in, as libvips has it.
            (true, mirrored) => f64::from(u8::from(mirrored)),
        };
        let centre = (self.start + (at as f64 + offset) * self.step).clamp(0.0, self.source as f64);
        let nearest = (centre as usize).min(last);
        let from = ((centre - radius - 0.5).ceil().max(0.0) as usize).min(nearest);
        let to = ((centre + radius - 0.5).floor().max(0.0) as usize).clamp(nearest, last);
        (centre, from, to)
    }
}

/// The weights of every sample along one side of the result.
#[derive(Debug)]
pub(crate) struct Weights {
    /// Weights to a sample, zeros behind the last; a multiple of 8.
    pub(crate) stride: usize,
    /// Most weights of a sample, zeros aside.
    pub(crate) most: usize,
    /// Samples of the source.
    pub(crate) source: usize,
    /// First source sample, and how many.
    pub(crate) spans: Vec<(u32, u32)>,
    values: Vec<i16>,
}

impl Weights {
    pub(crate) fn new(axis: &Axis, filter: Filter) -> Result<Self, ResizeError> {
        if axis.source == 0 || axis.target == 0 || axis.source > u32::MAX as usize {
            return Err(ResizeError::Size);
        }
        if !axis.start.is_finite() || !axis.step.is_finite() {
            return Err(ResizeError::Size);
        }
        let filter = if axis.is_copy() { Filter::Nearest } else { filter };
        let scale = if filter == Filter::Nearest { 0.0 } else { axis.step.abs().max(1.0) };
        let radius = filter.radius() * scale;
        let mut spans = Vec::new();
        reserve(&mut spans, axis.target)?;
        spans.extend((0..axis.target).map(|at| {
            let (_, from, to) = axis.span(at, radius);
            (from as u32, (to - from + 1) as u32)
        }));
        let most = spans.iter().map(|span| span.1).max().unwrap_or(1) as usize;
        let stride = most.next_multiple_of(8);
        let mut weights = Vec::new();
        let count = stride.checked_mul(axis.target).ok_or(ResizeError::Size)?;
        reserve(&mut weights, count)?;
        weights.resize(count, 0);
        let mut exact = Vec::new();
        reserve(&mut exact, most)?;
        for (at, target) in weights.chunks_exact_mut(stride).enumerate() {
            let (centre, from, to) = axis.span(at, radius);
            exact.clear();
            let distance = |sample: usize| (sample as f64 + 0.5 - centre) / scale;
            exact.extend(
                (from..=to).map(
                    |sample| {
                        if from == to { 1.0 } else { filter.at(distance(sample)) }
                    },
                ),
            );
            quantise(&exact, target);
        }
        Ok(Self { stride, most, source: axis.source, spans, values: weights })
    }

    /// The weights of a sample, from its first source sample on.
    pub(crate) fn of(&self, at: usize) -> &[i16] {
        let start = at * self.stride;
        self.values.get(start..start + self.stride).unwrap_or_default()
    }

    pub(crate) fn try_clone(&self) -> Result<Self, ResizeError> {
        let (mut spans, mut values) = (Vec::new(), Vec::new());
        reserve(&mut spans, self.spans.len())?;
        reserve(&mut values, self.values.len())?;
        spans.extend_from_slice(&self.spans);
        values.extend_from_slice(&self.values);
        Ok(Self { spans, values, ..*self })
    }

    pub(crate) fn all(&self) -> &[i16] {
        &self.values
    }
}

/// To 14 fractional bits with a sum of exactly 1. It is the sums up to each weight that are rounded: the error of any
/// run of weights is below one unit, however many there are.
fn quantise(exact: &[f64], weights: &mut [i16]) {
    let whole: f64 = exact.iter().sum();
    let mut sum = 0.0;
    let mut before = 0;
    for (value, weight) in exact.iter().zip(weights) {
        sum += value;
        let rounded = (sum / whole * ONE + 0.5).floor() as i32;
        *weight = (rounded - before) as i16;
        before = rounded;
    }
}

pub(crate) fn reserve<T>(data: &mut Vec<T>, len: usize) -> Result<(), ResizeError> {
    let bytes = len.saturating_mul(size_of::<T>());
    data.try_reserve_exact(len).map_err(|_| ResizeError::OutOfMemory { bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILTERS: [Filter; 6] = [
        Filter::Nearest,
        Filter::Bilinear,
        Filter::CatmullRom,
        Filter::Mitchell,
        Filter::Lanczos2,
        Filter::Lanczos3,
    ];

    #[test]
    fn weights_add_up_to_one() {
        for filter in FILTERS {
            for (source, target) in
                [(1, 1), (1, 9), (9, 1), (100, 33), (33, 100), (4000, 7), (7, 7)]
            {
                for axis in [Axis::whole(source, target), Axis::whole(source, target).mirrored()] {
                    let weights = Weights::new(&axis, filter).unwrap();
                    for at in 0..target {
                        let sum: i32 = weights.of(at).iter().map(|weight| i32::from(*weight)).sum();
                        assert_eq!(sum, 1 << WEIGHT_BITS, "{filter:?} {axis:?}");
                        let (first, count) = weights.spans[at];
                        assert!((first + count) as usize <= source);
                    }
                }
            }
        }
    }

    #[test]
    fn the_own_size_is_a_copy() {
        for filter in FILTERS {
            let weights = Weights::new(&Axis::whole(50, 50), filter).unwrap();
            assert_eq!(weights.most, 1);
            let weights = Weights::new(&Axis::whole(50, 50).mirrored(), filter).unwrap();
            assert_eq!((weights.spans[0], weights.spans[49]), ((49, 1), (0, 1)));
        }
    }

    #[test]
    fn what_is_no_size_is_refused() {
        for (source, target, step) in [(0, 1, 1.0), (1, 0, 1.0), (1, 1, f64::NAN)] {
            let axis = Axis { source, target, start: 0.0, step };
            assert_eq!(Weights::new(&axis, Filter::Lanczos3).unwrap_err(), ResizeError::Size);
        }
    }
}
