//! From words to pieces of lines: words on one baseline with no more than a wide space between them.

use crate::glyphs::{Direction, Glyphs};
use crate::layout::words::Word;

/// Widest gap within a piece, in units of the size. Gutters between columns are wider.
const PIECE_GAP: f32 = 1.0;
/// How far words of a piece may overlap.
const PIECE_OVERLAP: f32 = 0.35;
/// How far a superscript may lie over what it stands at: the A of LaTeX's name does by .36.
const SCRIPT_OVERLAP: f32 = 0.45;
/// Glyphs of a superscript or subscript.
const SCRIPT: u32 = 4;
/// Pairs of pieces that are compared beside a fixed number for each piece; more than real pages have.
const MAX_PAIRS: usize = 1 << 21;

/// Words on one baseline, in the frame of their direction.
#[derive(Clone, Debug)]
pub(crate) struct Piece {
    /// Its words from left to right: this part of [`Pieces::order`].
    pub(crate) first: u32,
    pub(crate) end: u32,
    pub(crate) left: f32,
    pub(crate) right: f32,
    /// Baseline of its largest words.
    pub(crate) base: f32,
    /// Size of its largest words.
    pub(crate) size: f32,
    pub(crate) glyphs: u32,
    pub(crate) direction: u8,
}

impl Piece {
    fn new(word: &Word) -> Self {
        Self {
            first: 0,
            end: 0,
            left: word.left,
            right: word.right,
            base: word.base,
            size: word.size,
            glyphs: word.len(),
            direction: word.direction,
        }
    }

    fn add(&mut self, other: &Self) {
        self.left = self.left.min(other.left);
        self.right = self.right.max(other.right);
        if other.size > self.size * 1.01
            || (other.size > 0.99 * self.size && other.glyphs > self.glyphs)
        {
            (self.base, self.size) = (other.base, other.size);
        }
        self.glyphs += other.glyphs;
    }
}

/// All pieces of a page.
#[derive(Debug, Default)]
pub(crate) struct Pieces {
    pub(crate) pieces: Vec<Piece>,
    /// Numbers of words, piece by piece.
    pub(crate) order: Vec<u32>,
}

impl Pieces {
    pub(crate) fn words(&self, piece: &Piece) -> &[u32] {
        self.order.get(piece.first as usize..piece.end as usize).unwrap_or_default()
    }
}

/// Whether two, each a baseline and a size, stand on one line: as far as one can tell without looking along it.
/// `script`: one of them is short enough for a superscript or subscript.
fn level(a: (f32, f32), b: (f32, f32), vertical: bool, script: bool) -> bool {
    let ((base, size), (other, other_size)) = (a, b);
    let (small, large) = if size < other_size { (a, b) } else { (b, a) };
    if (base - other).abs() <= 0.15 * large.1 {
        return true;
    }
    // A drop capital or a brace over many lines belongs to none but that of its baseline.
    if small.1 * 2.5 < large.1 {
        return false;
    }
    let extent = |(base, size): (f32, f32)| {
        if vertical {
            (base - 0.5 * size, base + 0.5 * size)
        } else {
            (base - 0.2 * size, base + 0.7 * size)
        }
    };
    let ((low, high), (lower, higher)) = (extent(small), extent(large));
    // Subscripts go further down than lines may be apart.
    let share = if script && is_script(a.1, b.1) { 0.4 } else { 0.55 };
    high.min(higher) - low.max(lower) > share * (high - low)
}

/// Whether one of two sizes is that of superscripts and subscripts to the other.
fn is_script(a: f32, b: f32) -> bool {
    a.min(b) < 0.85 * a.max(b)
}

/// Whether one of two words is a superscript or subscript that lies over the other's end.
fn lies_over(a: &Word, b: &Word) -> bool {
    let apart = gap((a.left, a.right), (b.left, b.right));
    is_script(a.size, b.size) && apart < 0.0 && apart > -SCRIPT_OVERLAP * a.size.max(b.size)
}

/// Where `b` begins after `a` ends, or the other way round.
fn gap(a: (f32, f32), b: (f32, f32)) -> f32 {
    if a.0 + a.1 <= b.0 + b.1 { b.0 - a.1 } else { a.0 - b.1 }
}

fn adjacent(a: &Piece, b: &Piece) -> bool {
    let size = a.size.max(b.size);
    let gap = gap((a.left, a.right), (b.left, b.right));
    gap <= PIECE_GAP * size && gap >= -PIECE_OVERLAP * size
}

/// Finds the pieces.
pub(crate) fn pieces(words: &[Word], glyphs: &Glyphs) -> Pieces {
    let (mut chains, mut owner) = chain(words, &glyphs.directions);
    let mut parent: Vec<u32> = (0..chains.len() as u32).collect();
    let vertical = |piece: &Piece| glyphs.directions[usize::from(piece.direction)].vertical;
    let mut sorted: Vec<u32> = (0..chains.len() as u32).collect();
    sorted.sort_by(|a, b| {
        let (a, b) = (&chains[*a as usize], &chains[*b as usize]);
        (a.direction.cmp(&b.direction))
            .then(b.base.total_cmp(&a.base))
            .then(a.left.total_cmp(&b.left))
    });
    // Members of each chain, for the comparison word by word.
    let members = group(&owner, chains.len());
    let mut pairs = MAX_PAIRS + 32 * chains.len();
    for (at, a) in sorted.iter().enumerate() {
        let (index, a) = (*a, &chains[*a as usize]);
        for b in &sorted[at + 1..] {
            let (other, b) = (*b, &chains[*b as usize]);
            // Sizes differ by less than three where words of different baselines belong together.
            if b.direction != a.direction || a.base - b.base > 2.0 * a.size || pairs == 0 {
                break;
            }
            pairs -= 1;
            let script = a.glyphs.min(b.glyphs) <= SCRIPT;
            if !level((a.base, a.size), (b.base, b.size), vertical(a), script) {
                continue;
            }
            let mut fits = || {
                let close = (a.base - b.base).abs() < 0.2 * a.size.max(b.size);
                gap((a.left, a.right), (b.left, b.right)) < 0.0
                    && (close || script && is_script(a.size, b.size))
                    && interleave(members.get(index), members.get(other), words, glyphs, &mut pairs)
            };
            if adjacent(a, b) || fits() {
                unite(&mut parent, index, other);
            }
        }
    }
    for piece in &mut owner {
        *piece = find(&mut parent, *piece);
    }
    for index in 0..chains.len() {
        let root = find(&mut parent, index as u32) as usize;
        if root != index {
            let other = chains[index].clone();
            chains[root].add(&other);
            chains[index].glyphs = 0;
        }
    }
    collect(chains, &owner, words, glyphs)
}

/// Chains of words that follow each other in the order they are shown, to the right or to the left; and the chain of
/// each word.
fn chain(words: &[Word], directions: &[Direction]) -> (Vec<Piece>, Vec<u32>) {
    let mut chains: Vec<Piece> = Vec::new();
    let mut owner = Vec::with_capacity(words.len());
    let mut last: Option<&Word> = None;
    for word in words {
        let one = Piece::new(word);
        let follows = |piece: &Piece, last: &Word| {
            let vertical = directions[usize::from(word.direction)].vertical;
            let script = word.len().min(last.len()) <= SCRIPT;
            let level = |base: f32, size: f32| {
                level((base, size), (word.base, word.size), vertical, script)
            };
            piece.direction == word.direction
                && level(last.base, last.size)
                && level(piece.base, piece.size)
                && (adjacent(piece, &one) || script && lies_over(last, word))
        };
        match (chains.last_mut(), last) {
            (Some(piece), Some(last)) if follows(piece, last) => piece.add(&one),
            _ => chains.push(one),
        }
        last = Some(word);
        owner.push(chains.len() as u32 - 1);
    }
    (chains, owner)
}

/// Lists of the words of each piece.
struct Groups {
    starts: Vec<u32>,
    members: Vec<u32>,
}

impl Groups {
    fn get(&self, group: u32) -> &[u32] {
        let group = group as usize;
        &self.members[self.starts[group] as usize..self.starts[group + 1] as usize]
    }
}

/// Sorts numbers into groups, each in order.
fn group(owner: &[u32], groups: usize) -> Groups {
    let mut starts = vec![0u32; groups + 1];
    for group in owner {
        starts[*group as usize + 1] += 1;
    }
    for index in 0..groups {
        starts[index + 1] += starts[index];
    }
    let mut next = starts.clone();
    let mut members = vec![0u32; owner.len()];
    for (index, group) in owner.iter().enumerate() {
        members[next[*group as usize] as usize] = index as u32;
        next[*group as usize] += 1;
    }
    Groups { starts, members }
}

/// Whether each word of the smaller piece repeats one of the other or has room between them: fake bold, blanks that
/// were filled in later.
fn interleave(a: &[u32], b: &[u32], words: &[Word], glyphs: &Glyphs, budget: &mut usize) -> bool {
    let (few, many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    *budget = budget.saturating_sub(few.len() * many.len());
    *budget > 0
        && few.iter().all(|one| {
            let one = &words[*one as usize];
            many.iter().all(|other| {
                let other = &words[*other as usize];
                gap((one.left, one.right), (other.left, other.right)) > -0.3 * one.size
                    || one.is_again(other, glyphs)
            }) || many.iter().any(|other| one.is_again(&words[*other as usize], glyphs))
        })
}

fn find(parent: &mut [u32], mut index: u32) -> u32 {
    while parent[index as usize] != index {
        parent[index as usize] = parent[parent[index as usize] as usize];
        index = parent[index as usize];
    }
    index
}

fn unite(parent: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(parent, a), find(parent, b));
    parent[a.max(b) as usize] = a.min(b);
}

/// Sorts the words of each piece and drops those that are shown again.
fn collect(chains: Vec<Piece>, owner: &[u32], words: &[Word], glyphs: &Glyphs) -> Pieces {
    let groups = group(owner, chains.len());
    let mut result = Pieces { pieces: Vec::new(), order: Vec::with_capacity(words.len()) };
    let mut line: Vec<u32> = Vec::new();
    for (index, mut piece) in chains.into_iter().enumerate() {
        if piece.glyphs == 0 {
            continue;
        }
        line.clear();
        line.extend_from_slice(groups.get(index as u32));
        line.sort_by(|a, b| {
            let (a, b) = (&words[*a as usize], &words[*b as usize]);
            a.left.total_cmp(&b.left).then(a.right.total_cmp(&b.right))
        });
        piece.first = result.order.len() as u32;
        for word in &line {
            let one = &words[*word as usize];
            let shown = result.order[piece.first as usize..].iter().rev().take(8);
            let again = shown
                .map(|other| &words[*other as usize])
                .take_while(|other| one.left - other.left < 0.2 * one.size)
                .any(|other| one.is_again(other, glyphs));
            if !again {
                result.order.push(*word);
            }
        }
        piece.end = result.order.len() as u32;
        result.pieces.push(piece);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_level(a: (f32, f32), b: (f32, f32)) -> bool {
        level(a, b, false, true) && level(b, a, false, true)
    }

    #[test]
    fn what_stands_on_one_line() {
        assert!(is_level((100.0, 12.0), (100.0, 10.0)));
        assert!(is_level((100.0, 12.0), (104.0, 8.0)), "a superscript");
        assert!(is_level((100.0, 9.0), (96.6, 6.0)), "a subscript");
        assert!(!is_level((100.0, 12.0), (90.0, 12.0)), "the next line, set close");
        assert!(!is_level((100.0, 40.0), (120.0, 10.0)), "beside a drop capital");
        assert!(is_level((100.0, 40.0), (100.0, 10.0)), "the line of a drop capital");
    }

    #[test]
    fn gaps_on_either_side() {
        assert!((gap((0.0, 10.0), (12.0, 20.0)) - 2.0).abs() < 1e-6);
        assert!((gap((12.0, 20.0), (0.0, 10.0)) - 2.0).abs() < 1e-6);
        assert!((gap((0.0, 10.0), (7.0, 20.0)) + 3.0).abs() < 1e-6);
    }
}
