//! The nearest colour of a palette.

use super::cut::WEIGHTS;
use super::histogram::premultiply;
use super::table;
use crate::FormatError;
use crate::bytes::sort;

/// A colour of the palette, alpha multiplied in.
#[derive(Clone, Copy)]
struct Entry {
    colour: [u8; 4],
    /// Its weighted sum: how far apart two of these are says how far apart the colours are at least.
    sum: i32,
    index: u8,
}

/// A palette by weighted sum, and what was found before.
pub(super) struct Nearest {
    entries: Vec<Entry>,
    /// A colour and an index by hash; nothing where nothing has been looked for.
    found: Vec<Option<([u8; 4], u8)>>,
    /// The entry that was found last.
    last: usize,
}

/// Places for what was found before, as a power of two.
const PLACES: u32 = 13;

fn sum(colour: [u8; 4]) -> i32 {
    colour.iter().zip(WEIGHTS).map(|(sample, weight)| i32::from(*sample) * weight as i32).sum()
}

fn distance(one: [u8; 4], other: [u8; 4]) -> i32 {
    let squares = one.iter().zip(other).zip(WEIGHTS);
    squares.map(|((a, b), weight)| i32::from(a.abs_diff(b)).pow(2) * weight as i32).sum()
}

impl Nearest {
    /// For a palette of 1 to 256 straight colours.
    pub(super) fn new(palette: &[[u8; 4]]) -> Result<Self, FormatError> {
        let entry = |(index, colour): (u8, &[u8; 4])| {
            let colour = premultiply(*colour);
            Entry { colour, sum: sum(colour), index }
        };
        let mut entries: Vec<Entry> = (0..=255).zip(palette).map(entry).collect();
        sort(&mut entries, |entry| entry.sum);
        Ok(Self { entries, found: table(1 << PLACES)?, last: 0 })
    }

    /// The index of the colour that is nearest to one that has alpha multiplied in.
    pub(super) fn index(&mut self, colour: [u8; 4]) -> u8 {
        let hash = u32::from_le_bytes(colour).wrapping_mul(0x9E37_79B1) >> (32 - PLACES);
        if let Some((known, index)) = self.found[hash as usize]
            && known == colour
        {
            return index;
        }
        let index = self.search(colour);
        self.found[hash as usize] = Some((colour, index));
        index
    }

    /// From the colour of the nearest sum to both sides, until nothing can be nearer than what was found.
    fn search(&mut self, colour: [u8; 4]) -> u8 {
        let own = sum(colour);
        let mut above = self.entries.partition_point(|entry| entry.sum < own);
        let mut below = above;
        // Neighbours in an image are alike: the one before sets the mark.
        let mut best = self.last;
        let mut least = distance(colour, self.entries[best].colour);
        let weights = WEIGHTS.iter().sum::<u64>() as i32;
        loop {
            let down = below.checked_sub(1).map_or(i32::MAX, |at| own - self.entries[at].sum);
            let up = self.entries.get(above).map_or(i32::MAX, |entry| entry.sum - own);
            let apart = down.min(up);
            // By Cauchy and Schwarz: nothing farther away in sum is nearer.
            if apart == i32::MAX || apart * apart > least * weights {
                break;
            }
            let at = if down <= up {
                below -= 1;
                below
            } else {
                above += 1;
                above - 1
            };
            let distance = distance(colour, self.entries[at].colour);
            let first = self.entries[at].index < self.entries[best].index;
            if distance < least || (distance == least && first) {
                (best, least) = (at, distance);
            }
        }
        self.last = best;
        self.entries[best].index
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_nearer() {
        let mut state = 5_u32;
        let mut random = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8).to_le_bytes().map(|byte| byte ^ (state >> 24) as u8)
        };
        for count in [1, 2, 17, 256_usize] {
            let palette: Vec<_> = (0..count).map(|_| random()).collect();
            let mut nearest = Nearest::new(&palette).unwrap();
            for _ in 0..500 {
                let colour = premultiply(random());
                let found = palette[usize::from(nearest.index(colour))];
                let found = distance(colour, premultiply(found));
                let least = palette.iter().map(|other| distance(colour, premultiply(*other))).min();
                assert_eq!(Some(found), least);
            }
        }
    }
}
