//! What coefficients cost, in 256ths of a bit.

use super::tables::{BANDS, CATEGORIES, EXTRA_BITS};
use crate::vp8::Probabilities;

/// Larger levels do not occur: the transform's range over the smallest step.
pub(super) const MAX_LEVEL: usize = 2047;

/// `-log2(p / 256)` in 256ths of a bit, by squaring: each square of the fraction gives one binary digit of the
/// logarithm.
const fn log_cost(probability: u32) -> u16 {
    if probability == 0 {
        return 8 * 256;
    }
    let whole = probability.ilog2();
    // From 1 to 2, times 2^31.
    let mut fraction = (probability as u64) << (31 - whole);
    let mut log = 0;
    let mut digit = 0;
    while digit < 12 {
        fraction = (fraction * fraction) >> 31;
        log <<= 1;
        if fraction >= 1 << 32 {
            fraction >>= 1;
            log |= 1;
        }
        digit += 1;
    }
    ((((8 - whole) << 12) - log + 8) >> 4) as u16
}

/// Costs of a 0 by its probability.
static COSTS: [u16; 257] = {
    let mut costs = [0; 257];
    let mut probability = 0;
    while probability < 257 {
        costs[probability] = log_cost(probability as u32);
        probability += 1;
    }
    costs
};

/// What a bit costs.
#[inline]
pub(super) fn bit_cost(bit: bool, probability: u8) -> u16 {
    let probability = usize::from(probability);
    COSTS[if bit { 256 - probability } else { probability }]
}

/// Which token stands for a level: 0 to 4 are themselves, 5 to 10 are categories.
#[inline]
pub(super) fn token(level: usize) -> usize {
    if level < 5 {
        return level;
    }
    4 + CATEGORIES.iter().take_while(|&&from| usize::from(from) <= level).count()
}

/// Levels from here on have the last category's token.
const LAST: usize = CATEGORIES[5] as usize;
/// How many of the last category's bits are looked up together.
const LOW_BITS: usize = 6;

/// What the bits of `value` cost, each with its own probability.
const fn bits_cost(probabilities: &[u8], from: usize, value: usize, width: usize) -> u16 {
    let mut cost = 0;
    let mut bit = 0;
    while bit < width {
        let probability = probabilities[from + bit] as usize;
        let one = value >> (width - 1 - bit) & 1 == 1;
        cost += COSTS[if one { 256 - probability } else { probability }];
        bit += 1;
    }
    cost
}

/// What goes into the bits of a level before [`LAST`] after its token, its sign among them.
static LEVEL_BITS: [u16; LAST] = {
    let mut costs = [256; LAST];
    costs[0] = 0;
    let mut category = 0;
    while category < 5 {
        let extra = EXTRA_BITS[category];
        let from = CATEGORIES[category] as usize;
        let mut level = from;
        while level < CATEGORIES[category + 1] as usize {
            costs[level] += bits_cost(extra, 0, level - from, extra.len());
            level += 1;
        }
        category += 1;
    }
    costs
};

/// The same of the last category, for the upper and the lower bits: the costs of bits add up, and one table of all
/// levels would be a hundredth of the module.
static LAST_BITS: [[u16; 1 << LOW_BITS]; 2] = {
    let mut costs = [[0; 1 << LOW_BITS]; 2];
    let extra = EXTRA_BITS[5];
    let high_bits = extra.len() - LOW_BITS;
    let mut value = 0;
    while value < 1 << LOW_BITS {
        if value < 1 << high_bits {
            costs[0][value] = 256 + bits_cost(extra, 0, value, high_bits);
        }
        costs[1][value] = bits_cost(extra, high_bits, value, LOW_BITS);
        value += 1;
    }
    costs
};

/// What goes into the bits of a level after its token, its sign among them.
#[inline(always)]
fn level_bits(level: usize) -> u16 {
    if let Some(cost) = LEVEL_BITS.get(level) {
        return *cost;
    }
    let value = level.min(MAX_LEVEL) - LAST;
    let [high, low] = &LAST_BITS;
    high[value >> LOW_BITS & 63] + low[value & 63]
}

/// Tokens of levels that are looked up; above, all are of the last category.
static TOKENS: [u8; LAST + 1] = {
    let mut tokens = [0; LAST + 1];
    let mut level = 0;
    let mut token = 0;
    while level <= LAST {
        if level < 5 {
            token = level;
        } else if level == CATEGORIES[token - 4] as usize {
            token += 1;
        }
        tokens[level] = token as u8;
        level += 1;
    }
    tokens
};

/// Costs at one place in one context.
#[derive(Clone, Copy, Default)]
pub(super) struct Costs {
    /// By the token, together with the bit that says that one comes. After a zero there is no such bit, and context 0
    /// has it not, but for the first coefficient: see `more`.
    tokens: [u16; 11],
    /// What the tokens of context 0 have not.
    more: u16,
    /// That no coefficient comes any more.
    pub(super) end: u16,
}

impl Costs {
    #[inline(always)]
    pub(super) fn level(&self, level: usize) -> u32 {
        let token = TOKENS[level.min(LAST)];
        u32::from(self.tokens[usize::from(token)]) + u32::from(level_bits(level))
    }
}

/// Costs of every coefficient.
pub(super) struct CostTable(Box<[[[Costs; 3]; 8]; 4]>);

impl CostTable {
    pub(super) fn new() -> Self {
        Self(Box::default())
    }

    pub(super) fn update(&mut self, probabilities: &Probabilities) {
        let costs = self.0.as_flattened_mut().as_flattened_mut();
        let all = probabilities.as_flattened().as_flattened();
        for (i, (costs, p)) in costs.iter_mut().zip(all).enumerate() {
            let more = bit_cost(true, p[0]);
            let base = if i % 3 == 0 { 0 } else { more };
            let one = base + bit_cost(true, p[1]);
            let large = one + bit_cost(true, p[2]);
            let (small, larger) = (large + bit_cost(false, p[3]), large + bit_cost(true, p[3]));
            let (low, high) = (larger + bit_cost(false, p[6]), larger + bit_cost(true, p[6]));
            let (third, fifth) = (high + bit_cost(false, p[8]), high + bit_cost(true, p[8]));
            let three = small + bit_cost(true, p[4]);
            *costs = Costs {
                tokens: [
                    base + bit_cost(false, p[1]),
                    one + bit_cost(false, p[2]),
                    small + bit_cost(false, p[4]),
                    three + bit_cost(false, p[5]),
                    three + bit_cost(true, p[5]),
                    low + bit_cost(false, p[7]),
                    low + bit_cost(true, p[7]),
                    third + bit_cost(false, p[9]),
                    third + bit_cost(true, p[9]),
                    fifth + bit_cost(false, p[10]),
                    fifth + bit_cost(true, p[10]),
                ],
                more,
                end: bit_cost(false, p[0]),
            };
        }
    }

    pub(super) fn kind(&self, kind: Kind) -> &[[Costs; 3]; 8] {
        &self.0[kind as usize]
    }

    /// What a block costs, of which the scan's coefficients from `first` on, up to before `end`, are not all zero.
    #[inline]
    pub(super) fn block(&self, kind: Kind, context: usize, levels: &[i16; 16], end: usize) -> u32 {
        let table = self.kind(kind);
        let first = kind.first();
        let mut costs = &table[usize::from(BANDS[first])][context];
        if end <= first {
            return u32::from(costs.end);
        }
        let mut rate = if context == 0 { u32::from(costs.more) } else { 0 };
        for n in first..end {
            let level = usize::from(levels[n & 15].unsigned_abs());
            rate += costs.level(level);
            costs = &table[usize::from(BANDS[n + 1])][level.min(2)];
        }
        if end < 16 { rate + u32::from(costs.end) } else { rate }
    }

    /// What the first coefficient costs in addition.
    #[inline]
    pub(super) fn start(&self, kind: Kind, context: usize) -> u32 {
        let costs = &self.kind(kind)[usize::from(BANDS[kind.first()])][context];
        if context == 0 { u32::from(costs.more) } else { 0 }
    }
}

/// Kinds of blocks; section 13.3.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Luma whose DC coefficient is among those of [`Kind::Dc`].
    LumaAc = 0,
    /// The DC coefficients of sixteen blocks.
    Dc = 1,
    Chroma = 2,
    /// Luma with its DC coefficient.
    Luma = 3,
}

impl Kind {
    /// The first coefficient that is coded.
    #[inline(always)]
    pub(super) fn first(self) -> usize {
        usize::from(matches!(self, Self::LumaAc))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_of_a_level_cost_what_each_of_them_does() {
        assert_eq!(level_bits(0), 0);
        for level in 1..=MAX_LEVEL {
            let category =
                CATEGORIES.iter().take_while(|from| usize::from(**from) <= level).count();
            let mut expected = 256;
            if category > 0 {
                let extra = EXTRA_BITS[category - 1];
                let value = level - usize::from(CATEGORIES[category - 1]);
                for (bit, probability) in extra.iter().rev().enumerate() {
                    expected += bit_cost(value >> bit & 1 == 1, *probability);
                }
            }
            assert_eq!(level_bits(level), expected, "level {level}");
        }
        assert_eq!(level_bits(4000), level_bits(MAX_LEVEL));
    }
}
