//! From pieces of lines to blocks: lines below each other at one distance, or rows of a table.

use crate::layout::pieces::{Piece, Pieces};

/// Distance of baselines within a block at most, in units of the size.
const LEADING: f32 = 1.7;
/// How much wider than the first distance another one in the same block may be.
const LEADING_CHANGE: f32 = 1.25;
/// Sizes that stand in one block differ by no more than this factor.
const SIZE_CHANGE: f32 = 1.25;
/// A gap between pieces of one line that the lines around it cross may be this wide.
const WIDE_GAP: f32 = 4.0;
/// Pieces from this many glyphs on are prose, which is not read across columns.
const PROSE: u32 = 20;
/// Pieces that are looked at on the way to the next line, for each piece; and where there are so many that it is no
/// page to read.
const MAX_LOOK: usize = 256;
const MANY: usize = 1 << 14;
const MAX_LOOK_MANY: usize = 16;

fn look(count: usize) -> usize {
    if count < MANY { MAX_LOOK } else { MAX_LOOK_MANY }
}

/// Pieces that are read together.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    /// Numbers of its pieces, from top to bottom.
    pub(crate) pieces: Vec<u32>,
    pub(crate) left: f32,
    pub(crate) right: f32,
    pub(crate) top: f32,
    pub(crate) bottom: f32,
    pub(crate) direction: u8,
    pub(crate) glyphs: u32,
}

impl Block {
    fn new(index: u32, piece: &Piece) -> Self {
        Self {
            pieces: vec![index],
            left: piece.left,
            right: piece.right,
            top: piece.base + 0.7 * piece.size,
            bottom: piece.base - 0.2 * piece.size,
            direction: piece.direction,
            glyphs: piece.glyphs,
        }
    }

    fn add(&mut self, other: Self) {
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        self.top = self.top.max(other.top);
        self.bottom = self.bottom.min(other.bottom);
        self.glyphs += other.glyphs;
        self.pieces.extend(other.pieces);
    }

    /// Whether its lines are on average less than half as long as those of another.
    fn is_label_of(&self, other: &Self) -> bool {
        let (own, others) = (self.pieces.len() as u64, other.pieces.len() as u64);
        2 * u64::from(self.glyphs) * others < u64::from(other.glyphs) * own
    }

    /// Long lines that fill the block.
    fn is_prose(&self, pieces: &[Piece]) -> bool {
        let count = self.pieces.len();
        let filled = self.pieces.iter().map(|piece| &pieces[*piece as usize]);
        let filled: f32 = filled.map(|piece| piece.right - piece.left).sum();
        count > 1
            && self.glyphs > PROSE * count as u32
            && filled > 0.7 * count as f32 * (self.right - self.left)
    }
}

/// What stands on the lines next to a piece.
#[derive(Clone, Copy, Debug, Default)]
struct Neighbours {
    /// Pieces of the nearest line above that reach over this one.
    above: u32,
    /// One of them.
    upper: u32,
    /// Pieces that have this one above them.
    below: u32,
}

/// Pieces from top to bottom, direction by direction.
pub(crate) fn sort(pieces: &mut [Piece]) {
    pieces.sort_by(|a, b| {
        (a.direction.cmp(&b.direction))
            .then(b.base.total_cmp(&a.base))
            .then(a.left.total_cmp(&b.left))
    });
}

fn overlap(a: &Piece, b: &Piece) -> f32 {
    a.right.min(b.right) - a.left.max(b.left)
}

/// Finds the blocks of sorted pieces.
pub(crate) fn blocks(found: &Pieces) -> Vec<Block> {
    let pieces = &found.pieces;
    let mut blocks: Vec<Block> = Vec::new();
    let neighbours = neighbours(pieces);
    let mut block_of: Vec<u32> = Vec::with_capacity(pieces.len());
    // The distance of lines in each block.
    let mut leading: Vec<f32> = Vec::new();
    for (index, piece) in pieces.iter().enumerate() {
        let around = neighbours[index];
        let upper = &pieces[around.upper as usize];
        let distance = upper.base - piece.base;
        let target = block_of.get(around.upper as usize).copied().unwrap_or_default();
        let joins = around.above == 1
            && neighbours[around.upper as usize].below == 1
            && distance <= LEADING * piece.size.max(upper.size)
            && upper.size <= SIZE_CHANGE * piece.size
            && piece.size <= SIZE_CHANGE * upper.size
            && leading.get(target as usize).is_none_or(|first| distance <= LEADING_CHANGE * first);
        if joins {
            let first = &mut leading[target as usize];
            *first = first.min(distance);
            blocks[target as usize].add(Block::new(index as u32, piece));
            block_of.push(target);
        } else {
            block_of.push(blocks.len() as u32);
            blocks.push(Block::new(index as u32, piece));
            leading.push(f32::INFINITY);
        }
    }
    bridge(pieces, &mut blocks);
    rows(pieces, &mut blocks);
    for block in &mut blocks {
        block.pieces.sort_unstable();
    }
    blocks
}

/// Looks upwards from each piece to the nearest line that has something over it.
fn neighbours(pieces: &[Piece]) -> Vec<Neighbours> {
    let mut found = vec![Neighbours::default(); pieces.len()];
    let look = look(pieces.len());
    for index in 0..pieces.len() {
        let piece = &pieces[index];
        let mut nearest: Option<f32> = None;
        let (mut count, mut upper) = (0, 0);
        for other in (index.saturating_sub(look)..index).rev() {
            let above = &pieces[other];
            let size = piece.size.max(above.size);
            let distance = above.base - piece.base;
            if above.direction != piece.direction
                || distance > LEADING * size
                || nearest.is_some_and(|nearest| distance > nearest + 0.4 * piece.size)
            {
                break;
            }
            if distance > 0.4 * piece.size.min(above.size)
                && overlap(piece, above) > 0.1 * piece.size
            {
                nearest.get_or_insert(distance);
                count += 1;
                upper = other;
                found[other].below += 1;
            }
        }
        found[index].above = count;
        found[index].upper = upper as u32;
    }
    found
}

/// Joins blocks whose pieces on one line are only apart by a gap that the lines above and below cross: justified text
/// with wide spaces, not columns.
fn bridge(pieces: &[Piece], blocks: &mut Vec<Block>) {
    let mut owner = vec![0u32; pieces.len()];
    for (index, block) in blocks.iter().enumerate() {
        for piece in &block.pieces {
            owner[*piece as usize] = index as u32;
        }
    }
    let mut moved: Vec<u32> = (0..blocks.len() as u32).collect();
    for index in 0..pieces.len() {
        let piece = &pieces[index];
        // The nearest piece to the right on the same line.
        let near = index.saturating_sub(16)..pieces.len().min(index + 16);
        let next = near
            .filter(|other| {
                let other = &pieces[*other];
                other.direction == piece.direction
                    && (other.base - piece.base).abs() < 0.2 * piece.size
                    && other.left > piece.right
            })
            .min_by(|a, b| pieces[*a].left.total_cmp(&pieces[*b].left));
        let Some(next) = next else { continue };
        let (from, to) = (piece.right, pieces[next].left);
        if to - from > WIDE_GAP * piece.size {
            continue;
        }
        let (mut above, mut below) = (None, None);
        let start = index.saturating_sub(64);
        let around = &pieces[start..pieces.len().min(index + 64)];
        for (other, line) in (start..).zip(around) {
            let distance = line.base - piece.base;
            if line.direction != piece.direction || distance.abs() > LEADING * piece.size {
                continue;
            }
            if line.left < to && line.right > from && distance.abs() > 0.4 * piece.size {
                let crosses = line.left < from && line.right > to;
                let side = if distance > 0.0 { &mut above } else { &mut below };
                *side = Some((crosses && side.is_none_or(|(it, _)| it), other));
            }
        }
        let all = |side: Option<(bool, usize)>| side.is_none_or(|(crosses, _)| crosses);
        if (above.is_some() || below.is_some()) && all(above) && all(below) {
            let mut join = |a: usize, b: usize| {
                let (a, b) = (root(&mut moved, owner[a]), root(&mut moved, owner[b]));
                moved[a.max(b) as usize] = a.min(b);
            };
            join(index, next);
            // The paragraph around the wide line.
            for (_, other) in above.into_iter().chain(below) {
                let line = &pieces[other];
                if line.size <= 1.05 * piece.size && piece.size <= 1.05 * line.size {
                    join(index, other);
                }
            }
        }
    }
    merge(blocks, &mut moved);
}

/// Joins blocks that are columns of a table: their lines stand beside each other, and they are not prose.
fn rows(pieces: &[Piece], blocks: &mut Vec<Block>) {
    let mut moved: Vec<u32> = (0..blocks.len() as u32).collect();
    let look = look(pieces.len());
    let prose: Vec<bool> = blocks.iter().map(|block| block.is_prose(pieces)).collect();
    let mut sorted: Vec<u32> = (0..blocks.len() as u32).collect();
    sorted.sort_by(|a, b| {
        let (a, b) = (&blocks[*a as usize], &blocks[*b as usize]);
        (a.direction.cmp(&b.direction))
            .then(b.top.total_cmp(&a.top))
            .then(a.left.total_cmp(&b.left))
    });
    for (at, a) in sorted.iter().enumerate() {
        let first = &blocks[*a as usize];
        for b in sorted[at + 1..].iter().take(look) {
            let second = &blocks[*b as usize];
            if second.direction != first.direction || second.top < first.bottom {
                break;
            }
            if first.right > second.left && second.right > first.left {
                continue;
            }
            let (fewer, more) = if first.pieces.len() < second.pieces.len() {
                (first.pieces.len(), second.pieces.len())
            } else {
                (second.pieces.len(), first.pieces.len())
            };
            // Beside long lines stand labels, numbers of chapters and of pages, if each has its own and is much shorter:
            // what is not is another column.
            let needed = match (prose[*a as usize], prose[*b as usize]) {
                (false, false) => fewer * 6,
                (true, false) if second.is_label_of(first) => more * 10,
                (false, true) if first.is_label_of(second) => more * 10,
                _ => continue,
            };
            let matched = matches(pieces, first, second);
            if matched * 10 >= needed && matched > 0 {
                let (a, b) = (root(&mut moved, *a), root(&mut moved, *b));
                moved[a.max(b) as usize] = a.min(b);
            }
        }
    }
    merge(blocks, &mut moved);
}

/// How many baselines two blocks share.
fn matches(pieces: &[Piece], a: &Block, b: &Block) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while let (Some(one), Some(other)) = (a.pieces.get(i), b.pieces.get(j)) {
        let (one, other) = (&pieces[*one as usize], &pieces[*other as usize]);
        let distance = one.base - other.base;
        if distance.abs() < 0.25 * one.size.max(other.size) {
            count += 1;
            i += 1;
            j += 1;
        } else if distance > 0.0 {
            i += 1;
        } else {
            j += 1;
        }
    }
    count
}

fn root(moved: &mut [u32], mut index: u32) -> u32 {
    while moved[index as usize] != index {
        moved[index as usize] = moved[moved[index as usize] as usize];
        index = moved[index as usize];
    }
    index
}

fn merge(blocks: &mut Vec<Block>, moved: &mut [u32]) {
    for index in 0..blocks.len() {
        let target = root(moved, index as u32) as usize;
        if target != index {
            let (before, from) = blocks.split_at_mut(index);
            let taken = Block { pieces: core::mem::take(&mut from[0].pieces), ..from[0] };
            before[target].add(taken);
        }
    }
    blocks.retain(|block| !block.pieces.is_empty());
    for block in blocks {
        block.pieces.sort_unstable();
    }
}
