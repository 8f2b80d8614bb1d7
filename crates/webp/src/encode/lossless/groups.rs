//! Tiles with codes of their own, as many as pay for themselves; RFC 9649, section 5.2.2.

use super::super::error::{EncodeError, filled};
use super::histogram::Histogram;

/// Which group each tile belongs to, and the groups' counts.
pub(super) struct Groups {
    pub(super) of_tile: Vec<u16>,
    pub(super) histograms: Vec<Histogram>,
}

/// How many groups are compared pair by pair.
const MOST: usize = 48;

impl Groups {
    /// Groups tiles that have much the same symbols.
    ///
    /// # Errors
    ///
    /// [`EncodeError::OutOfMemory`].
    pub(super) fn new(mut tiles: Vec<Histogram>) -> Result<Self, EncodeError> {
        tiles.iter_mut().for_each(Histogram::measure);
        // Tiles of about the same entropy first.
        let full = (0..tiles.len()).filter(|&i| !tiles[i].is_empty());
        let mut order: Vec<(u64, usize)> = full.map(|i| (tiles[i].cost, i)).collect();
        order.sort_unstable();
        let size = order.len().div_ceil(MOST).max(1);
        let mut groups: Vec<Histogram> = Vec::new();
        for members in order.chunks(size) {
            let mut group = tiles[members[0].1].clone();
            members[1..].iter().for_each(|&(_, i)| group.add(&tiles[i]));
            group.measure();
            groups.push(group);
        }
        merge(&mut groups);
        let mut of_tile = filled(0_u16, tiles.len())?;
        for _ in 0..2 {
            let prices: Vec<Vec<u16>> = groups.iter().map(Histogram::prices).collect();
            for (group, tile) in of_tile.iter_mut().zip(&tiles) {
                let best = (0..groups.len()).min_by_key(|&i| (tile.cost_at(&prices[i]), i));
                *group = best.unwrap_or(0) as u16;
            }
            groups = regroup(&tiles, &mut of_tile, &groups);
        }
        merge_into(&mut groups, &mut of_tile);
        Ok(Self { of_tile, histograms: groups })
    }
}

/// The counts of groups by their members; empty ones go.
fn regroup(tiles: &[Histogram], of_tile: &mut [u16], groups: &[Histogram]) -> Vec<Histogram> {
    let mut numbers = vec![None; groups.len()];
    let mut new: Vec<Histogram> = Vec::new();
    for (group, tile) in of_tile.iter_mut().zip(tiles) {
        let number = *numbers[usize::from(*group)].get_or_insert(new.len());
        if number == new.len() {
            new.push(tile.clone());
        } else {
            new[number].add(tile);
        }
        *group = number as u16;
    }
    new.iter_mut().for_each(Histogram::measure);
    new
}

fn merge(groups: &mut Vec<Histogram>) {
    merge_into(groups, &mut []);
}

/// How much less both cost together.
#[inline(never)]
fn gain(a: &Histogram, b: &Histogram) -> i64 {
    (a.cost + b.cost).cast_signed() - a.together(b).cast_signed()
}

/// Merges the two groups that gain most by it, as long as any do.
fn merge_into(groups: &mut Vec<Histogram>, of_tile: &mut [u16]) {
    let count = groups.len();
    // Gains of pairs, the larger number first.
    let mut gains: Vec<Vec<i64>> =
        (0..count).map(|a| (0..a).map(|b| gain(&groups[a], &groups[b])).collect()).collect();
    let mut numbers: Vec<usize> = (0..count).collect();
    loop {
        let mut best = (0, 0, 0);
        for (a, row) in gains.iter().enumerate() {
            for (b, &gain) in row.iter().enumerate() {
                if gain > best.0 {
                    best = (gain, a, b);
                }
            }
        }
        let (gain_of_both, a, b) = best;
        if gain_of_both <= 0 {
            break;
        }
        let removed = groups[a].clone();
        groups[b].add(&removed);
        groups[b].measure();
        // Number `a` goes, and those behind it move up.
        groups.remove(a);
        gains.remove(a);
        gains.iter_mut().skip(a).for_each(|row| {
            row.remove(a);
        });
        for number in &mut numbers {
            match (*number).cmp(&a) {
                core::cmp::Ordering::Equal => *number = b,
                core::cmp::Ordering::Greater => *number -= 1,
                core::cmp::Ordering::Less => {}
            }
        }
        for other in 0..groups.len() {
            if other != b {
                gains[other.max(b)][other.min(b)] = gain(&groups[other], &groups[b]);
            }
        }
    }
    for group in of_tile {
        *group = numbers[usize::from(*group)] as u16;
    }
}
