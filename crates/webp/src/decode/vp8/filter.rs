//! The loop filters (RFC 6386, section 15), for sixteen places of an edge at a time.

use bytemill_simd::{I16x8, U8x16};

use super::frame_header::Strength;

/// Samples across an edge, from `p3` to `q3`.
pub(super) type Across = [U8x16; 8];

/// What the differences of samples are compared with.
#[derive(Clone, Copy)]
pub(super) struct Thresholds {
    edge: U8x16,
    interior: U8x16,
    variance: U8x16,
}

impl Thresholds {
    /// For the edges between macroblocks.
    #[inline(always)]
    pub(super) fn between(strength: Strength) -> Self {
        Self::new(strength.limit + 4, strength)
    }

    /// For the edges within them.
    #[inline(always)]
    pub(super) fn within(strength: Strength) -> Self {
        Self::new(strength.limit, strength)
    }

    #[inline(always)]
    fn new(edge: u8, strength: Strength) -> Self {
        Self {
            edge: U8x16::splat(edge),
            interior: U8x16::splat(strength.interior),
            variance: U8x16::splat(strength.variance),
        }
    }
}

#[inline(always)]
fn difference(a: U8x16, b: U8x16) -> U8x16 {
    a.sub_saturating(b).or(b.sub_saturating(a))
}

/// Ones where `value` is at most `limit`.
#[inline(always)]
fn at_most(value: U8x16, limit: U8x16) -> U8x16 {
    value.sub_saturating(limit).equal(U8x16::splat(0))
}

/// Ones where the step at the edge is small enough to be an artefact: `4 |p0 - q0| + |p1 - q1|` is at most twice the
/// limit, and one.
#[inline(always)]
fn is_small(p1: U8x16, p0: U8x16, q0: U8x16, q1: U8x16, limit: U8x16) -> U8x16 {
    let outer = difference(p1, q1).sub_saturating(U8x16::splat(1)).average(U8x16::splat(0));
    let inner = difference(p0, q0);
    at_most(inner.add_saturating(inner).add_saturating(outer), limit)
}

/// Ones where the normal filters apply.
#[inline(always)]
fn is_filtered([p3, p2, p1, p0, q0, q1, q2, q3]: Across, limits: &Thresholds) -> U8x16 {
    let pairs = [(p3, p2), (p2, p1), (p1, p0), (q0, q1), (q1, q2), (q2, q3)];
    let over = pairs
        .map(|(a, b)| difference(a, b).sub_saturating(limits.interior))
        .into_iter()
        .fold(U8x16::splat(0), U8x16::or);
    is_small(p1, p0, q0, q1, limits.edge).and(over.equal(U8x16::splat(0)))
}

/// Ones where variance is high.
#[inline(always)]
fn is_varied([_, _, p1, p0, q0, q1, _, _]: Across, limits: &Thresholds) -> U8x16 {
    let over = |a, b| difference(a, b).sub_saturating(limits.variance);
    U8x16::splat(255).and_not(over(p1, p0).or(over(q1, q0)).equal(U8x16::splat(0)))
}

/// Samples as numbers with sign, and back.
#[inline(always)]
fn flip(samples: U8x16) -> U8x16 {
    samples.xor(U8x16::splat(0x80))
}

/// `outer + 3 (q0 - p0)`, clamped.
#[inline(always)]
fn base(outer: U8x16, p0: U8x16, q0: U8x16) -> U8x16 {
    let inner = q0.sub_saturating_signed(p0);
    outer.add_saturating_signed(inner).add_saturating_signed(inner).add_saturating_signed(inner)
}

/// Moves the two samples at the edge towards each other; also what was taken from `q0`.
#[inline(always)]
fn common_adjust(a: U8x16, p0: U8x16, q0: U8x16) -> (U8x16, U8x16, U8x16) {
    let from_q = a.add_saturating_signed(U8x16::splat(4)).shr_signed::<3>();
    let to_p = a.add_saturating_signed(U8x16::splat(3)).shr_signed::<3>();
    (p0.add_saturating_signed(to_p), q0.sub_saturating_signed(from_q), from_q)
}

/// The simple filter, of `p1`, `p0`, `q0` and `q1`: the new `p0` and `q0`.
#[inline(always)]
pub(super) fn simple([p1, p0, q0, q1]: [U8x16; 4], limits: &Thresholds) -> [U8x16; 2] {
    let mask = is_small(p1, p0, q0, q1, limits.edge);
    let [p1, p0, q0, q1] = [p1, p0, q0, q1].map(flip);
    let a = base(p1.sub_saturating_signed(q1), p0, q0).and(mask);
    let (p0, q0, _) = common_adjust(a, p0, q0);
    [flip(p0), flip(q0)]
}

/// The normal filter within a macroblock: changes `p1` to `q1`.
#[inline(always)]
pub(super) fn within(across: Across, limits: &Thresholds) -> Across {
    let mask = is_filtered(across, limits);
    let varied = is_varied(across, limits);
    let [p3, p2, p1, p0, q0, q1, q2, q3] = across;
    let [p1, p0, q0, q1] = [p1, p0, q0, q1].map(flip);
    let a = base(p1.sub_saturating_signed(q1).and(varied), p0, q0).and(mask);
    let (p0, q0, from_q) = common_adjust(a, p0, q0);
    let half = from_q.add(U8x16::splat(1)).shr_signed::<1>().and_not(varied);
    let (p1, q1) = (p1.add_saturating_signed(half), q1.sub_saturating_signed(half));
    [p3, p2, flip(p1), flip(p0), flip(q0), flip(q1), q2, q3]
}

/// The normal filter between macroblocks: changes `p2` to `q2`.
#[inline(always)]
pub(super) fn between(across: Across, limits: &Thresholds) -> Across {
    let mask = is_filtered(across, limits);
    let varied = is_varied(across, limits);
    let [p3, p2, p1, p0, q0, q1, q2, q3] = across;
    let [p2, p1, p0, q0, q1, q2] = [p2, p1, p0, q0, q1, q2].map(flip);
    let a = base(p1.sub_saturating_signed(q1), p0, q0).and(mask);
    let (p0, q0, _) = common_adjust(a.and(varied), p0, q0);
    // 27, 18 and 9 of 128.
    let a = a.and_not(varied);
    let nine = [a.widen_low_signed(), a.widen_high_signed()].map(|a| a.mul(I16x8::splat(9)));
    let third = nine.map(|nine| nine.add(I16x8::splat(63)));
    let second = [third[0].add(nine[0]), third[1].add(nine[1])];
    let first = [second[0].add(nine[0]), second[1].add(nine[1])];
    let [first, second, third] =
        [first, second, third].map(|[low, high]| low.shr::<7>().narrow_signed(high.shr::<7>()));
    let [p0, p1, p2] = [(p0, first), (p1, second), (p2, third)]
        .map(|(sample, step)| flip(sample.add_saturating_signed(step)));
    let [q0, q1, q2] = [(q0, first), (q1, second), (q2, third)]
        .map(|(sample, step)| flip(sample.sub_saturating_signed(step)));
    [p3, p2, p1, p0, q0, q1, q2, q3]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clamp_signed(value: i32) -> i32 {
        value.clamp(-128, 127)
    }

    /// The formulas of sections 15.2 and 15.3 for one place.
    fn reference(samples: [u8; 8], strength: Strength, edge: u8, between: bool) -> [u8; 8] {
        let [p3, p2, p1, p0, q0, q1, q2, q3] = samples.map(i32::from);
        let interior = i32::from(strength.interior);
        let variance = i32::from(strength.variance);
        let filtered = 4 * (p0 - q0).abs() + (p1 - q1).abs() <= 2 * i32::from(edge) + 1
            && [p3 - p2, p2 - p1, p1 - p0, q0 - q1, q1 - q2, q2 - q3]
                .iter()
                .all(|difference| difference.abs() <= interior);
        if !filtered {
            return samples;
        }
        let varied = (p1 - p0).abs() > variance || (q1 - q0).abs() > variance;
        let mut signed = samples.map(|sample| i32::from(sample) - 128);
        let outer = clamp_signed(signed[2] - signed[5]);
        let inner = 3 * (signed[4] - signed[3]);
        if between && !varied {
            let a = clamp_signed(outer + inner);
            for (step, factor) in [(1, 27), (2, 18), (3, 9)] {
                let change = clamp_signed((factor * a + 63) >> 7);
                signed[3 + step] = clamp_signed(signed[3 + step] - change);
                signed[4 - step] = clamp_signed(signed[4 - step] + change);
            }
        } else {
            let a = clamp_signed(inner + if between || varied { outer } else { 0 });
            let from_q = clamp_signed(a + 4) >> 3;
            signed[4] = clamp_signed(signed[4] - from_q);
            signed[3] = clamp_signed(signed[3] + (clamp_signed(a + 3) >> 3));
            if !between && !varied {
                let half = (from_q + 1) >> 1;
                signed[5] = clamp_signed(signed[5] - half);
                signed[2] = clamp_signed(signed[2] + half);
            }
        }
        signed.map(|sample| (sample + 128) as u8)
    }

    #[test]
    fn places_are_those_of_the_formulas() {
        let mut state = 3_u32;
        let mut next = move |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let mut changed = 0;
        for _ in 0..4000 {
            let spread = 1 + next(80);
            let level = next(256 - spread);
            let places: [[u8; 8]; 16] =
                [(); 16].map(|()| [(); 8].map(|()| (level + next(spread)) as u8));
            let strength = Strength {
                limit: 3 + next(180) as u8,
                interior: 1 + next(63) as u8,
                variance: next(3) as u8,
            };
            let across: Across = core::array::from_fn(|i| {
                U8x16::load(&core::array::from_fn(|place| places[place][i]))
            });
            let lanes = |across: Across, i: usize| {
                let mut lanes = [0; 16];
                across[i].store(&mut lanes);
                lanes
            };
            let a = within(across, &Thresholds::within(strength));
            let b = between(across, &Thresholds::between(strength));
            let limits = Thresholds::between(strength);
            let c = simple([across[2], across[3], across[4], across[5]], &limits);
            for (place, samples) in places.iter().enumerate() {
                let inner = reference(*samples, strength, strength.limit, false);
                let outer = reference(*samples, strength, strength.limit + 4, true);
                let plain = Strength { interior: 255, variance: 0, ..strength };
                let mut varied = *samples;
                // The simple filter is what variance makes of the others.
                varied[0] = varied[1];
                let simple = reference(varied, plain, strength.limit + 4, true);
                for i in 0..8 {
                    assert_eq!(lanes(a, i)[place], inner[i]);
                    assert_eq!(lanes(b, i)[place], outer[i]);
                }
                changed += usize::from(inner != *samples) + usize::from(outer != *samples);
                if samples[2] != samples[3] || samples[4] != samples[5] {
                    let mut lanes = [[0; 16]; 2];
                    c[0].store(&mut lanes[0]);
                    c[1].store(&mut lanes[1]);
                    assert_eq!([lanes[0][place], lanes[1][place]], [simple[3], simple[4]]);
                }
            }
        }
        assert!(changed > 10_000, "{changed}");
    }
}
