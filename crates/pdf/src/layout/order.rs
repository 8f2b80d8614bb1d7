//! The order in which blocks are read: T. Breuel, "High performance document layout analysis" (2003), section 4.

use crate::layout::blocks::Block;

/// Blocks from which on a page is read in rows: sorting takes time with the cube of their number.
const MAX_BLOCKS: usize = 160;

/// Sorts the blocks of one direction. `mirrored`: columns go from right to left.
pub(crate) fn sort(blocks: &mut Vec<Block>, mirrored: bool) {
    if mirrored {
        flip(blocks);
    }
    blocks.sort_by(|a, b| b.top.total_cmp(&a.top).then(a.left.total_cmp(&b.left)));
    if blocks.len() <= MAX_BLOCKS && blocks.len() > 2 {
        let order = topological(blocks);
        let mut taken: Vec<Option<Block>> = core::mem::take(blocks).into_iter().map(Some).collect();
        blocks.extend(order.into_iter().filter_map(|index| taken[index].take()));
    }
    if mirrored {
        flip(blocks);
    }
}

fn flip(blocks: &mut [Block]) {
    for block in blocks {
        (block.left, block.right) = (-block.right, -block.left);
    }
}

/// Depth first from the top, each block after those that come before it.
fn topological(blocks: &[Block]) -> Vec<usize> {
    let count = blocks.len();
    let mut order = Vec::with_capacity(count);
    let mut visited = vec![false; count];
    // Blocks on the way, each with the number of the next one to look at.
    let mut stack: Vec<(usize, usize)> = Vec::new();
    for start in 0..count {
        if visited[start] {
            continue;
        }
        visited[start] = true;
        stack.push((start, 0));
        while let Some((block, next)) = stack.last_mut() {
            let (block, other) = (*block, *next);
            *next += 1;
            if other == count {
                order.push(block);
                stack.pop();
            } else if !visited[other] && before(blocks, other, block) {
                visited[other] = true;
                stack.push((other, 0));
            }
        }
    }
    order
}

/// How far blocks share a range of x, less a little that touching boxes overlap by.
fn share(a: &Block, b: &Block) -> bool {
    let slack = 0.05 * (a.right - a.left).min(b.right - b.left);
    a.left + slack < b.right && b.left + slack < a.right
}

/// Whether something stands beside one of two blocks in the column of the other. Otherwise the lower one, to the left, is
/// a heading under a centred title, not the end of a column.
fn are_columns(blocks: &[Block], low: &Block, high: &Block) -> bool {
    let beside = |a: &Block, b: &Block| a.bottom < b.top && b.bottom < a.top && !share(a, b);
    blocks.iter().any(|block| {
        beside(block, high) && share(block, low) || beside(block, low) && share(block, high)
    })
}

/// Whether `a` has to come before `b`.
fn before(blocks: &[Block], a: usize, b: usize) -> bool {
    let (first, second) = (&blocks[a], &blocks[b]);
    if share(first, second) {
        return first.top + first.bottom > second.top + second.bottom;
    }
    if first.left > second.left {
        return false;
    }
    // To the left, unless something between them in height reaches over both.
    let (high, low) = if first.bottom >= second.top {
        (first.bottom, second.top)
    } else if second.bottom >= first.top {
        if !are_columns(blocks, first, second) {
            return false;
        }
        (second.bottom, first.top)
    } else {
        return true;
    };
    !blocks.iter().any(|between| {
        let middle = 0.5 * (between.top + between.bottom);
        middle < high && middle > low && share(between, first) && share(between, second)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(boxes: &[(f32, f32, f32, f32)], mirrored: bool) -> Vec<u32> {
        let mut blocks: Vec<Block> = (0..)
            .zip(boxes)
            .map(|(index, &(left, bottom, right, top))| Block {
                pieces: vec![index],
                left,
                right,
                top,
                bottom,
                direction: 0,
                glyphs: 1,
            })
            .collect();
        sort(&mut blocks, mirrored);
        blocks.iter().map(|block| block.pieces[0]).collect()
    }

    /// A title, two columns of two paragraphs, a figure over both, two columns, a foot.
    const PAGE: [(f32, f32, f32, f32); 9] = [
        (50.0, 20.0, 550.0, 30.0),
        (310.0, 100.0, 550.0, 290.0),
        (50.0, 100.0, 290.0, 290.0),
        (50.0, 300.0, 550.0, 400.0),
        (310.0, 410.0, 550.0, 540.0),
        (310.0, 550.0, 550.0, 690.0),
        (50.0, 410.0, 290.0, 590.0),
        (50.0, 600.0, 290.0, 690.0),
        (60.0, 710.0, 500.0, 740.0),
    ];

    #[test]
    fn columns_between_what_reaches_over_them() {
        assert_eq!(order(&PAGE, false), [8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }

    #[test]
    fn columns_from_right_to_left() {
        assert_eq!(order(&PAGE, true), [8, 5, 4, 7, 6, 3, 1, 2, 0]);
    }

    #[test]
    fn many_blocks_are_sorted_by_rows() {
        let boxes: Vec<(f32, f32, f32, f32)> = (0..400u16)
            .map(|index| {
                let (x, y) = (f32::from(index % 20) * 30.0, f32::from(index / 20) * 30.0);
                (x, 600.0 - y, x + 20.0, 620.0 - y)
            })
            .collect();
        assert_eq!(order(&boxes, false), (0..400).collect::<Vec<u32>>());
    }
}
