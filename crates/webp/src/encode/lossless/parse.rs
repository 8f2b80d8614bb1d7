//! Which pixels are literals and which are copied.

use super::super::error::{EncodeError, filled};
use super::matches::{Finder, MAX_LENGTH, Search, Sequence, Sequences, returns};
use super::price::Prices;

/// What a copy costs at least, in 16ths of a bit.
const CHEAPEST: u32 = 16 * 11;

/// A copy and how much less it costs than its pixels as literals.
#[derive(Clone, Copy, Default)]
struct Copy {
    gain: i64,
    length: usize,
    distance: usize,
}

/// The copy with the largest gain.
fn best(finder: &Finder, prices: &Prices, at: usize, pixels: usize, depth: u32) -> Copy {
    let mut best = Copy::default();
    // Where literals cost next to nothing, no copy is worth a search.
    if prices.literals(at, (at + MAX_LENGTH).min(pixels)) < CHEAPEST {
        return best;
    }
    finder.visit(at, depth, |distance, length| {
        let price = prices.length(length) + prices.distance(distance);
        let gain = i64::from(prices.literals(at, at + length)) - i64::from(price);
        if gain > best.gain {
            best = Copy { gain, length, distance };
        }
    });
    best
}

/// Copies wherever they gain, unless one that begins a pixel later gains more. Says, too, whether any pixels return
/// from afar.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn greedy(
    pixels: &[[u8; 4]],
    width: usize,
    mut search: Search,
) -> Result<(Vec<Sequence>, bool), EncodeError> {
    let prices = Prices::guess(pixels, width)?;
    // In a photograph, copies of two or three pixels cost more than they save.
    let span = if prices.mean() >= 6 { 4 } else { 2 };
    // What a copy from afar costs about.
    let worth = |at| prices.literals(at, at + span) > 16 * 30;
    if span == 4 && !returns(pixels, span, worth)? {
        search.depth = 0;
    }
    let mut finder = Finder::new(pixels, width, span, search)?;
    let mut sequences = Sequences::new();
    let mut at = 0;
    let mut next = None;
    let mut misses = 0;
    while at < pixels.len() {
        // The longer there was no copy, the fewer places are searched for one.
        let depth = if at & (misses >> 8).min(7) == 0 { search.depth } else { 0 };
        let find = |at, depth| best(&finder, &prices, at, pixels.len(), depth);
        let copy = next.take().unwrap_or_else(|| find(at, depth));
        misses += 1;
        if copy.length == 0 {
            finder.insert(at);
            at += 1;
            continue;
        }
        misses = 0;
        finder.insert(at);
        if copy.length < search.enough && at + 1 < pixels.len() {
            let later = best(&finder, &prices, at + 1, pixels.len(), search.depth);
            if later.gain > copy.gain {
                next = Some(later);
                at += 1;
                continue;
            }
        }
        sequences.push(at, copy.length, copy.distance)?;
        (at + 1..at + copy.length).for_each(|inside| finder.insert(inside));
        at += copy.length;
    }
    Ok((sequences.finish(pixels.len())?, search.depth > 0))
}

/// How a place is reached at the least price.
#[derive(Clone, Copy)]
struct Step {
    price: u32,
    /// 1 for a literal.
    length: u32,
    /// 0 for a literal.
    distance: u32,
}

/// Pixels whose steps are kept at a time: prices stay small, and so does the memory.
const WINDOW: usize = 1 << 16;
/// Copies are tried at each of so many lengths; of longer ones, at their full length alone.
const SHORT: usize = 64;

/// The cheapest way through the pixels, by the prices of an earlier one.
///
/// # Errors
///
/// [`EncodeError::OutOfMemory`].
pub(super) fn cheapest(
    pixels: &[[u8; 4]],
    width: usize,
    search: Search,
    prices: &Prices,
) -> Result<Vec<Sequence>, EncodeError> {
    let mut finder = Finder::new(pixels, width, 2, search)?;
    let mut sequences = Sequences::new();
    let unreached = Step { price: u32::MAX, length: 0, distance: 0 };
    let mut steps = filled(unreached, WINDOW + 1)?;
    let mut path = Vec::new();
    let mut start = 0;
    while start < pixels.len() {
        let size = WINDOW.min(pixels.len() - start);
        steps[..=size].fill(unreached);
        steps[0].price = 0;
        let mut i = 0;
        while i < size {
            let at = start + i;
            let price = steps[i].price;
            let literal = price + prices.literals(at, at + 1);
            if literal < steps[i + 1].price {
                steps[i + 1] = Step { price: literal, length: 1, distance: 0 };
            }
            let mut jump = (0, 0, u32::MAX);
            let mut tried = 0;
            let longest = finder.visit(at, search.depth, |distance, length| {
                let length = length.min(size - i);
                let base = price + prices.distance(distance);
                if base + prices.length(length) < jump.2 || length > jump.0 {
                    jump = (length, distance, base + prices.length(length));
                }
                // The first ones are near: short copies of them may be the cheapest.
                let from = if distance <= width + 1 { 1 } else { tried + 1 };
                tried = tried.max(length);
                let short = from..=length.min(SHORT);
                for length in short.chain((length > SHORT).then_some(length)) {
                    let price = base + prices.length(length);
                    if price < steps[i + length].price {
                        steps[i + length] =
                            Step { price, length: length as u32, distance: distance as u32 };
                    }
                }
            });
            let advance = if longest >= search.enough { jump.0.max(1) } else { 1 };
            (at..at + advance).for_each(|inside| finder.insert(inside));
            i += advance;
        }
        path.clear();
        let mut end = size;
        while end > 0 {
            let step = steps[end];
            let length = step.length.max(1) as usize;
            end -= length;
            if step.distance > 0 {
                path.push((end, length, step.distance as usize));
            }
        }
        for &(from, length, distance) in path.iter().rev() {
            sequences.push(start + from, length, distance)?;
        }
        start += size;
    }
    sequences.finish(pixels.len())
}
