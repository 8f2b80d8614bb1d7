//! Prediction of blocks from what is above and to the left; RFC 6386, section 12.

use super::trees::{DC, HORIZONTAL, VERTICAL};

/// What surrounds a square block of `N` pixels. Outside of the image it is 127 above and 129 to the left.
#[derive(Clone, Copy)]
pub(super) struct Edges<const N: usize> {
    pub(super) above: [u8; N],
    pub(super) left: [u8; N],
    pub(super) corner: u8,
    /// Whether pixels above are of the image.
    pub(super) has_above: bool,
    /// Whether pixels to the left are of the image.
    pub(super) has_left: bool,
}

impl<const N: usize> Edges<N> {
    /// Predicts a block whose rows are 16 apart.
    pub(super) fn predict(&self, mode: u8, out: &mut [u8]) {
        let rows = out.chunks_mut(16).take(N);
        match mode {
            DC => {
                let value = self.mean();
                rows.for_each(|row| row[..N].fill(value));
            }
            VERTICAL => rows.for_each(|row| row[..N].copy_from_slice(&self.above)),
            HORIZONTAL => rows.zip(self.left).for_each(|(row, value)| row[..N].fill(value)),
            _ => {
                for (row, left) in rows.zip(self.left) {
                    let slope = i16::from(left) - i16::from(self.corner);
                    for (pixel, above) in row[..N].iter_mut().zip(self.above) {
                        *pixel = (i16::from(above) + slope).clamp(0, 255) as u8;
                    }
                }
            }
        }
    }

    fn mean(&self) -> u8 {
        let sum = |edge: &[u8; N]| edge.iter().map(|&pixel| u32::from(pixel)).sum::<u32>();
        let (above, left, n) = (sum(&self.above), sum(&self.left), N as u32);
        match (self.has_above, self.has_left) {
            (true, true) => ((above + left + n) / (2 * n)) as u8,
            (true, false) => ((above + n / 2) / n) as u8,
            (false, true) => ((left + n / 2) / n) as u8,
            (false, false) => 128,
        }
    }
}

/// Predictions of a 4x4 block by two modes, side by side.
pub(super) type Pair = [[u8; 8]; 4];

/// How many modes of 4x4 blocks there are.
pub(super) const BLOCK_MODES: usize = 10;

/// All ten predictions of a 4x4 block, two by two. `edge` is what surrounds it: from the lowest pixel to the left
/// upwards, the corner, then eight pixels above from the left to the right.
#[inline(always)]
pub(super) fn predict_block(edge: &[u8; 13]) -> [Pair; 5] {
    let e = |i: usize| u16::from(edge[i]);
    // Means of neighbours, and of three with the middle one twice.
    let two: [u8; 12] = core::array::from_fn(|i| ((e(i) + e(i + 1) + 1) >> 1) as u8);
    let three: [u8; 12] = core::array::from_fn(|i| {
        if i == 0 { 0 } else { ((e(i - 1) + 2 * e(i) + e(i + 1) + 2) >> 2) as u8 }
    });
    let lowest = ((e(1) + 3 * e(0) + 2) >> 2) as u8;
    let farthest = ((e(11) + 3 * e(12) + 2) >> 2) as u8;

    let sum: u16 = (0..4).map(|i| e(i) + e(i + 5)).sum();
    let dc = [[((sum + 4) >> 3) as u8; 4]; 4];
    let motion = core::array::from_fn(|y| {
        let slope = e(3 - y).cast_signed() - e(4).cast_signed();
        core::array::from_fn(|x| (e(5 + x).cast_signed() + slope).clamp(0, 255) as u8)
    });
    let window = |from: &[u8; 12], at: usize| [from[at], from[at + 1], from[at + 2], from[at + 3]];
    let vertical = [window(&three, 5); 4];
    let horizontal = [[three[3]; 4], [three[2]; 4], [three[1]; 4], [lowest; 4]];
    let left_down = [
        window(&three, 6),
        window(&three, 7),
        window(&three, 8),
        [three[9], three[10], three[11], farthest],
    ];
    let right_down = [window(&three, 4), window(&three, 3), window(&three, 2), window(&three, 1)];
    let vertical_right = [
        window(&two, 4),
        window(&three, 4),
        [three[3], two[4], two[5], two[6]],
        [three[2], three[4], three[5], three[6]],
    ];
    let vertical_left = [
        window(&two, 5),
        window(&three, 6),
        [two[6], two[7], two[8], three[10]],
        [three[7], three[8], three[9], three[11]],
    ];
    let horizontal_down = [
        [two[3], three[4], three[5], three[6]],
        [two[2], three[3], two[3], three[4]],
        [two[1], three[2], two[2], three[3]],
        [two[0], three[1], two[1], three[2]],
    ];
    let last = edge[0];
    let horizontal_up = [
        [two[2], three[2], two[1], three[1]],
        [two[1], three[1], two[0], lowest],
        [two[0], lowest, last, last],
        [last; 4],
    ];
    let pair = |a: [[u8; 4]; 4], b: [[u8; 4]; 4]| {
        core::array::from_fn(|y| {
            let [a, b] = [a[y], b[y]];
            [a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3]]
        })
    };
    [
        pair(dc, motion),
        pair(vertical, horizontal),
        pair(left_down, right_down),
        pair(vertical_right, vertical_left),
        pair(horizontal_down, horizontal_up),
    ]
}
