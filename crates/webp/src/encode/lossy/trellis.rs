//! Levels by what they cost and what they lose: of each coefficient the nearest level and the one below it, and of all
//! ways through a block the cheapest (the algorithm of Viterbi).

use super::cost::{CostTable, Kind};
use super::quantise::{Quantiser, to_array};
use super::tables::{BANDS, SCAN};
use super::transform::Vectors;

/// Weights of squared errors, column by column.
const WEIGHTS: [i64; 16] = [30, 27, 19, 11, 27, 24, 17, 10, 19, 17, 12, 8, 11, 10, 8, 6];

#[derive(Clone, Copy, Default)]
struct Node {
    score: i64,
    level: i16,
    /// Which node of the coefficient before comes before this one.
    before: u8,
}

/// Levels in the order of the file and where they end.
pub(super) fn trellis(
    coefficients: Vectors,
    quantiser: &Quantiser,
    costs: &CostTable,
    kind: Kind,
    context: usize,
    lambda: u64,
) -> ([i16; 16], usize) {
    let nearest = quantiser.nearest(coefficients);
    if nearest[0].or(nearest[1]).is_zero() {
        return ([0; 16], 0);
    }
    let (nearest, coefficients) = (to_array(nearest), to_array(coefficients));
    let first = kind.first();
    let lambda = lambda.cast_signed();
    let table = costs.kind(kind);
    let price = |cost: u32| lambda * i64::from(cost);
    let end = (first..16).rfind(|&n| nearest[usize::from(SCAN[n])] != 0).map_or(first, |n| n + 1);

    let mut nodes = [[Node::default(); 2]; 16];
    let empty = &table[usize::from(BANDS[first])][context];
    let mut best = (price(u32::from(empty.end)), 0, 0);
    // Contexts and scores of the nodes before, as many as there are.
    let mut before = [(context, price(costs.start(kind, context))); 2];
    let mut choices = 1;
    for n in first..end {
        let place = usize::from(SCAN[n]);
        let coefficient = i64::from(coefficients[place].unsigned_abs());
        let step = i64::from(quantiser.step(place));
        let highest = nearest[place].unsigned_abs();
        let at = &table[usize::from(BANDS[n])];
        let after = &table[usize::from(BANDS[n + 1])];
        let mut new = before;
        let candidates = if highest == 0 { 1 } else { 2 };
        for choice in 0..candidates {
            let level = highest - choice as u16;
            let error = coefficient - i64::from(level) * step;
            let loss = 256 * WEIGHTS[place] * (error * error - coefficient * coefficient);
            let mut node = Node { score: i64::MAX, level: level.cast_signed(), before: 0 };
            for (i, (context, score)) in before.iter().take(choices).enumerate() {
                let score = score + price(at[*context].level(usize::from(level)));
                if score < node.score {
                    node.score = score;
                    node.before = i as u8;
                }
            }
            node.score += loss;
            let context = usize::from(level.min(2));
            if level > 0 {
                let last = if n < 15 { price(u32::from(after[context].end)) } else { 0 };
                if node.score + last < best.0 {
                    best = (node.score + last, n + 1, choice);
                }
            }
            nodes[n][choice] = node;
            new[choice] = (context, node.score);
        }
        before = new;
        choices = candidates;
    }
    let mut levels = [0; 16];
    let (_, end, mut choice) = best;
    for n in (first..end).rev() {
        let node = nodes[n][choice];
        let negative = coefficients[usize::from(SCAN[n])] < 0;
        levels[n] = if negative { -node.level } else { node.level };
        choice = usize::from(node.before);
    }
    (levels, end)
}
