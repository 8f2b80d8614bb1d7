//! Optimal parsing: of all ways through the next bytes, the one whose estimated price is lowest.

use alloc::vec::Vec;

use super::lazy::Match;
use super::prices::{BIT, Prices, offset_value};
use super::tree::Tree;
use super::{Hash, Span, common, read32, read64};
use crate::encode::params::{Params, Strategy};
use crate::encode::store::Store;

/// Most bytes that are parsed at once, but for a long match at their end.
const SPAN: usize = 4096;
/// Past this nothing is reached.
const UNREACHED: u32 = u32::MAX / 2;

/// The cheapest way found to a position.
#[derive(Clone, Copy)]
struct Node {
    price: u32,
    /// The match that ends here; length 0 for a literal.
    length: u32,
    distance: u32,
    /// Literals since the last match.
    literals: u32,
    history: [u32; 3],
}

const EMPTY: Node =
    Node { price: UNREACHED, length: 0, distance: 0, literals: 0, history: [1, 4, 8] };

/// State that is kept from block to block.
pub(super) struct Optimal {
    pub(super) prices: Prices,
    nodes: Vec<Node>,
    matches: Vec<Match>,
    path: Vec<(usize, Match)>,
    /// Newest position by hash of three bytes.
    pub(super) triples: Vec<u32>,
}

impl Optimal {
    pub(super) fn new() -> Self {
        Self {
            prices: Prices::new(),
            nodes: Vec::new(),
            matches: Vec::new(),
            path: Vec::new(),
            triples: Vec::new(),
        }
    }
}

/// Size of the table of triples.
pub(super) fn triples_log(params: &Params) -> u32 {
    params.window_log.min(17)
}

/// The hash of three bytes.
pub(super) fn triple_hash(params: &Params) -> Hash {
    Hash::new(3, triples_log(params))
}

/// The finder of a block: a tree, and the table of triples with the first position that is not in it.
struct Candidates<'a> {
    tree: Tree<'a>,
    triples: Option<(&'a mut [u32], Hash)>,
    next_triple: usize,
    enough: usize,
    least: usize,
}

pub(super) fn block(
    state: &mut Optimal,
    tree: Tree<'_>,
    span: &Span<'_>,
    params: &Params,
    store: &mut Store,
) -> usize {
    let Optimal { prices, nodes, matches, path, triples } = state;
    if nodes.is_empty() {
        nodes.resize(SPAN + 8, EMPTY);
    }
    let of_triple = triple_hash(params);
    let triples =
        (params.min_match == 3).then(|| (&mut triples[..1 << triples_log(params)], of_triple));
    let mut candidates = Candidates {
        tree,
        triples,
        next_triple: span.start,
        enough: (params.target_length as usize).min(SPAN - 1),
        least: params.min_match.clamp(3, 4) as usize,
    };
    let fast = params.strategy == Strategy::Opt;
    prices.near = fast;
    prices.begin(&span.buf[span.start..span.end]);
    let limit = span.end - 8;
    let floor = span.position(span.lowest_of_block());
    let mut anchor = span.start;
    let mut at = span.start.max(floor + 1);
    while at < limit {
        let literals = (at - anchor) as u32;
        candidates.at(span, at, store.offsets, literals == 0, matches);
        if matches.is_empty() {
            at += 1;
            continue;
        }
        let start = Node {
            price: prices.literals_length(literals),
            length: 0,
            distance: 0,
            literals,
            history: store.offsets,
        };
        let (reached, last) =
            parse(nodes, start, &mut candidates, matches, prices, span, at, limit, fast);
        // Back along the cheapest way, then forward through the store.
        path.clear();
        path.extend(last.map(|found| (reached, found)));
        let mut position = reached;
        while position > 0 {
            let Node { length, distance, .. } = nodes[position];
            if length == 0 {
                position -= 1;
            } else {
                position -= length as usize;
                path.push((position, Match { length: length as usize, distance }));
            }
        }
        for &(position, found) in path.iter().rev() {
            let begin = at + position;
            store.push(span.buf, anchor, begin - anchor, found.distance, found.length);
            if let Some(sequence) = store.sequences.last() {
                prices.learn(&span.buf[anchor..begin], sequence.offset, found.length);
            }
            anchor = begin + found.length;
        }
        at += reached + last.map_or(0, |found| found.length);
    }
    anchor
}

/// Fills `nodes` from `start` on, whose matches are given. Returns where the way ends, and a match from there on that is
/// long enough to be taken without asking for prices; it may reach past all nodes.
#[expect(clippy::too_many_arguments, reason = "the state of one loop, cut in two to be readable")]
fn parse(
    nodes: &mut [Node],
    start: Node,
    candidates: &mut Candidates<'_>,
    matches: &mut Vec<Match>,
    prices: &Prices,
    span: &Span<'_>,
    at: usize,
    limit: usize,
    fast: bool,
) -> (usize, Option<Match>) {
    nodes[0] = start;
    let mut last = 0;
    let mut here = 0;
    loop {
        if !matches.is_empty() {
            let last_match = matches.last().copied();
            let longest = last_match.map_or(0, |found| found.length);
            if longest > candidates.enough || here + longest >= SPAN {
                return (here, last_match);
            }
            let Node { price: base, literals, history, .. } = nodes[here];
            let end = here + longest;
            if end > last {
                nodes[last + 1..=end].fill(EMPTY);
                last = end;
            }
            let base = base + prices.literals_length(0);
            let mut shorter = candidates.least - 1;
            for found in matches.iter() {
                let (value, _) = offset_value(history, found.distance, literals == 0);
                let base = base + prices.offset(value);
                for length in (shorter + 1..=found.length).rev() {
                    let price = base + prices.match_length(length as u32);
                    let node = &mut nodes[here + length];
                    if price < node.price {
                        node.price = price;
                        node.length = length as u32;
                        node.distance = found.distance;
                        node.literals = 0;
                    } else if fast {
                        break;
                    }
                }
                shorter = found.length;
            }
        }
        // On to the next position: is it cheaper to arrive there by a literal?
        here += 1;
        let before = nodes[here - 1];
        let literals = before.literals + 1;
        let price = before.price
            + prices.literal(span.buf[at + here - 1])
            + prices.literals_length(literals)
            - prices.literals_length(before.literals).min(before.price);
        let node = &mut nodes[here];
        if price <= node.price {
            *node = Node { price, length: 0, distance: 0, literals, history: before.history };
        } else {
            let length = node.length as usize;
            let distance = node.distance;
            let origin = nodes[here - length];
            nodes[here].history = offset_value(origin.history, distance, origin.literals == 0).1;
        }
        if here >= last {
            return (last, None);
        }
        matches.clear();
        if at + here >= limit || (fast && nodes[here + 1].price <= nodes[here].price + BIT / 2) {
            continue;
        }
        let Node { history, literals, .. } = nodes[here];
        candidates.at(span, at + here, history, literals == 0, matches);
    }
}

impl Candidates<'_> {
    /// The matches at a position, each longer than the one before.
    fn at(
        &mut self,
        span: &Span<'_>,
        at: usize,
        history: [u32; 3],
        after_match: bool,
        matches: &mut Vec<Match>,
    ) {
        matches.clear();
        // In the middle of a repetition that the tree has passed over, repeated offsets still find its rest.
        let passed = at < self.tree.next;
        if !passed {
            self.tree.update(span, at);
        }
        let buf = span.buf;
        let index = span.index(at);
        let lowest = span.lowest(at);
        let farthest = index - lowest;
        let mut longest = self.least - 1;
        let mask = if self.least == 3 { 0x00FF_FFFF } else { u32::MAX };
        let word = read32(buf, at);
        let [first, second, third] = history;
        let repeats = if after_match {
            [second, third, first.wrapping_sub(1)]
        } else {
            [first, second, third]
        };
        for distance in repeats {
            // 0 and what is too far fail at once.
            if distance.wrapping_sub(1) >= farthest {
                continue;
            }
            let source = at - distance as usize;
            if (read32(buf, source) ^ word) & mask == 0 {
                let length = common(buf, at, source, span.end);
                if length > longest {
                    longest = length;
                    matches.push(Match { length, distance });
                }
            }
        }
        if longest <= self.enough
            && at + longest < span.end
            && let Some((table, hash)) = &mut self.triples
        {
            for position in self.next_triple.max(at.saturating_sub(64))..=at {
                let slot = &mut table[hash.of(read64(buf, position))];
                let candidate = *slot;
                *slot = span.index(position);
                // Farther away a match of three bytes costs more than its literals.
                if position == at
                    && longest < 3
                    && candidate >= lowest
                    && index - candidate < 1 << 18
                {
                    let length = common(buf, at, span.position(candidate), span.end);
                    if length > longest {
                        longest = length;
                        matches.push(Match { length, distance: index - candidate });
                    }
                }
            }
            self.next_triple = at + 1;
        }
        if passed {
            return;
        }
        if longest > self.enough || at + longest >= span.end {
            self.tree.next = self.tree.next.max(at + 1);
            return;
        }
        let skip = self.tree.walk(span, at, longest.max(3), |found| matches.push(found));
        self.tree.next = at + skip;
    }
}
