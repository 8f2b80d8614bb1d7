//! From glyphs to words, lines, blocks and the order of reading.

pub(crate) mod accents;
mod bidi;
mod blocks;
mod compose;
mod marks;
mod order;
mod pieces;
mod words;

use crate::glyphs::Glyphs;
use crate::page_text::PageText;

/// Writes the text of `glyphs` into `page`, which has its fonts. `keep_hyphens`: words that are divided at the end of
/// a line stay so.
pub(crate) fn lay_out(glyphs: &mut Glyphs, keep_hyphens: bool, page: &mut PageText) {
    if glyphs.list.is_empty() {
        return;
    }
    marks::behind_letters(glyphs);
    let mut words = words::words(glyphs);
    let mut pieces = pieces::pieces(&words, glyphs);
    blocks::sort(&mut pieces.pieces);
    let mut blocks = blocks::blocks(&pieces);
    let mirrored = compose::is_mirrored(glyphs);
    let mut composer =
        compose::Composer::new(glyphs, &mut words, &pieces, mirrored, keep_hyphens, page);
    // The main direction first, then the others as they come.
    let mut counts = vec![0u32; glyphs.directions.len()];
    for block in &blocks {
        counts[usize::from(block.direction)] += block.glyphs;
    }
    let mut directions: Vec<usize> = (0..counts.len()).collect();
    directions.sort_by_key(|direction| core::cmp::Reverse(counts[*direction]));
    for direction in directions {
        let vertical = glyphs.directions[direction].vertical;
        let (mut chosen, rest) =
            blocks.into_iter().partition(|block| usize::from(block.direction) == direction);
        blocks = rest;
        order::sort(&mut chosen, mirrored && !vertical);
        for block in &chosen {
            composer.block(block);
        }
    }
}
