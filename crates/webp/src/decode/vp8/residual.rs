//! Coefficients of macroblocks (RFC 6386, section 13).

use super::bool_reader::BoolReader;
use super::frame_header::{Contexts, Quantizer, Steps};
use super::tables::ZIGZAG;
use super::transform::inverse_walsh_hadamard;
use crate::vp8::Tree;

/// Kinds of blocks, as the contexts are ordered.
const LUMA_WITHOUT_FIRST: usize = 0;
const SECOND: usize = 1;
const CHROMA: usize = 2;
const LUMA: usize = 3;

/// Whether the blocks at an edge of a macroblock have coefficients: the context of the blocks next to them.
#[derive(Clone, Copy, Default)]
pub(super) struct Edge {
    luma: [bool; 4],
    chroma: [[bool; 2]; 2],
    second: bool,
}

impl Edge {
    /// A macroblock without coefficients. The second block's context stays where the macroblock has none.
    pub(super) fn clear(&mut self, whole: bool) {
        *self = Self { second: self.second && !whole, ..Self::default() };
    }
}

/// What a block adds to its prediction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Content {
    #[default]
    Nothing,
    /// Its first coefficient.
    First,
    All,
}

/// Dequantized coefficients of a macroblock.
pub(super) struct Residual {
    /// 16 blocks of luma, 4 of U, 4 of V, each row by row.
    pub(super) blocks: [[i16; 16]; 24],
    pub(super) contents: [Content; 24],
}

impl Residual {
    pub(super) const ZERO: Self = Self { blocks: [[0; 16]; 24], contents: [Content::Nothing; 24] };

    /// Reads them; whether there is any.
    pub(super) fn read(
        &mut self,
        reader: &mut BoolReader<'_>,
        contexts: &Contexts,
        quantizer: &Quantizer,
        whole: bool,
        (above, left): (&mut Edge, &mut Edge),
    ) -> bool {
        // In registers for as long as it takes.
        let mut bits = *reader;
        let mut any = false;
        let mut firsts = [0; 16];
        let (kind, first) = if whole {
            let mut second = [0; 16];
            let context = usize::from(above.second) + usize::from(left.second);
            let end =
                block(&mut bits, &contexts[SECOND], context, quantizer.second, 0, &mut second);
            above.second = end > 0;
            left.second = end > 0;
            if end > 0 {
                firsts = inverse_walsh_hadamard(&second);
            }
            (LUMA_WITHOUT_FIRST, 1)
        } else {
            (LUMA, 0)
        };
        let luma = &contexts[kind];
        for (y, left) in left.luma.iter_mut().enumerate() {
            for (x, above) in above.luma.iter_mut().enumerate() {
                let place = &mut self.blocks[4 * y + x];
                *place = [0; 16];
                place[0] = firsts[4 * y + x];
                let context = usize::from(*above) + usize::from(*left);
                let end = block(&mut bits, luma, context, quantizer.luma, first, place);
                *above = end > first;
                *left = end > first;
                let content = content(end, place[0]);
                any |= content != Content::Nothing;
                self.contents[4 * y + x] = content;
            }
        }
        for plane in 0..2 {
            for (y, left) in left.chroma[plane].iter_mut().enumerate() {
                for (x, above) in above.chroma[plane].iter_mut().enumerate() {
                    let index = 16 + 4 * plane + 2 * y + x;
                    let place = &mut self.blocks[index];
                    *place = [0; 16];
                    let context = usize::from(*above) + usize::from(*left);
                    let end =
                        block(&mut bits, &contexts[CHROMA], context, quantizer.chroma, 0, place);
                    *above = end > 0;
                    *left = end > 0;
                    let content = content(end, place[0]);
                    any |= content != Content::Nothing;
                    self.contents[index] = content;
                }
            }
        }
        *reader = bits;
        any
    }
}

fn content(end: usize, first: i16) -> Content {
    match (end, first) {
        (2.., _) => Content::All,
        (_, 0) => Content::Nothing,
        _ => Content::First,
    }
}

/// Reads a block from `first` on; one past the place of its last coefficient.
#[inline]
fn block(
    reader: &mut BoolReader<'_>,
    contexts: &[[Tree; 3]; 17],
    context: usize,
    steps: Steps,
    first: usize,
    output: &mut [i16; 16],
) -> usize {
    let mut bits = *reader;
    let end = if bits.has_block() {
        tokens::<true>(&mut bits, contexts, context, steps, first, output)
    } else {
        tokens::<false>(&mut bits, contexts, context, steps, first, output)
    };
    *reader = bits;
    end
}

/// A reader that is filled before every fourth decision, or with each where the data ends.
#[inline(always)]
fn fill<const FILLED: bool>(reader: &mut BoolReader<'_>) {
    if FILLED {
        reader.fill();
    }
}

#[inline(always)]
fn bit<const FILLED: bool>(reader: &mut BoolReader<'_>, probability: u8) -> bool {
    if FILLED { reader.filled_bit(probability) } else { reader.bit(probability) }
}

#[inline(always)]
fn tokens<const FILLED: bool>(
    reader: &mut BoolReader<'_>,
    contexts: &[[Tree; 3]; 17],
    context: usize,
    steps: Steps,
    first: usize,
    output: &mut [i16; 16],
) -> usize {
    let mut place = first;
    let mut tree = &contexts[place][context];
    let mut step = steps[usize::from(first > 0)];
    while place < 16 {
        fill::<FILLED>(reader);
        if !bit::<FILLED>(reader, tree[0]) {
            return place;
        }
        while !bit::<FILLED>(reader, tree[1]) {
            place += 1;
            step = steps[1];
            if place == 16 {
                return 16;
            }
            tree = &contexts[place][0];
            fill::<FILLED>(reader);
        }
        let next = &contexts[place + 1];
        let value = if bit::<FILLED>(reader, tree[2]) {
            let value = large::<FILLED>(reader, tree);
            tree = &next[2];
            value
        } else {
            tree = &next[1];
            1
        };
        let value = if FILLED { reader.filled_sign(value) } else { reader.sign(value) };
        output[usize::from(ZIGZAG[place])] = (value * step) as i16;
        step = steps[1];
        place += 1;
    }
    16
}

/// A number over 1, and its extra bits (section 13.2). Leaves enough bits for the sign.
#[inline(always)]
fn large<const FILLED: bool>(reader: &mut BoolReader<'_>, tree: &Tree) -> i32 {
    fill::<FILLED>(reader);
    let value = if !bit::<FILLED>(reader, tree[3]) {
        if bit::<FILLED>(reader, tree[4]) {
            3 + i32::from(bit::<FILLED>(reader, tree[5]))
        } else {
            2
        }
    } else if !bit::<FILLED>(reader, tree[6]) {
        if bit::<FILLED>(reader, tree[7]) {
            fill::<FILLED>(reader);
            let high = i32::from(bit::<FILLED>(reader, 165));
            7 + 2 * high + i32::from(bit::<FILLED>(reader, 145))
        } else {
            5 + i32::from(bit::<FILLED>(reader, 159))
        }
    } else {
        let high = usize::from(bit::<FILLED>(reader, tree[8]));
        let category = 2 * high + usize::from(bit::<FILLED>(reader, tree[9 + high]));
        let mut extra = 0;
        for probability in CATEGORIES[category] {
            fill::<FILLED>(reader);
            extra = 2 * extra + i32::from(bit::<FILLED>(reader, *probability));
        }
        3 + (8 << category) + extra
    };
    fill::<FILLED>(reader);
    value
}

/// Probabilities of the extra bits of categories 3 to 6.
const CATEGORIES: [&[u8]; 4] = [
    &[173, 148, 140],
    &[176, 155, 140, 135],
    &[180, 157, 141, 134, 130],
    &[254, 254, 243, 230, 196, 177, 153, 140, 133, 130, 129],
];
