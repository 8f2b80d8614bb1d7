//! Lengths and distances as symbols with extra bits, and distances in two dimensions; RFC 9649, section 3.6.2.2 on.

/// The pixels nearest to one, as columns to the left and rows above, by their code.
const NEAR: [(i8, i8); 120] = [
    (0, 1),
    (1, 0),
    (1, 1),
    (-1, 1),
    (0, 2),
    (2, 0),
    (1, 2),
    (-1, 2),
    (2, 1),
    (-2, 1),
    (2, 2),
    (-2, 2),
    (0, 3),
    (3, 0),
    (1, 3),
    (-1, 3),
    (3, 1),
    (-3, 1),
    (2, 3),
    (-2, 3),
    (3, 2),
    (-3, 2),
    (0, 4),
    (4, 0),
    (1, 4),
    (-1, 4),
    (4, 1),
    (-4, 1),
    (3, 3),
    (-3, 3),
    (2, 4),
    (-2, 4),
    (4, 2),
    (-4, 2),
    (0, 5),
    (3, 4),
    (-3, 4),
    (4, 3),
    (-4, 3),
    (5, 0),
    (1, 5),
    (-1, 5),
    (5, 1),
    (-5, 1),
    (2, 5),
    (-2, 5),
    (5, 2),
    (-5, 2),
    (4, 4),
    (-4, 4),
    (3, 5),
    (-3, 5),
    (5, 3),
    (-5, 3),
    (0, 6),
    (6, 0),
    (1, 6),
    (-1, 6),
    (6, 1),
    (-6, 1),
    (2, 6),
    (-2, 6),
    (6, 2),
    (-6, 2),
    (4, 5),
    (-4, 5),
    (5, 4),
    (-5, 4),
    (3, 6),
    (-3, 6),
    (6, 3),
    (-6, 3),
    (0, 7),
    (7, 0),
    (1, 7),
    (-1, 7),
    (5, 5),
    (-5, 5),
    (7, 1),
    (-7, 1),
    (4, 6),
    (-4, 6),
    (6, 4),
    (-6, 4),
    (2, 7),
    (-2, 7),
    (7, 2),
    (-7, 2),
    (3, 7),
    (-3, 7),
    (7, 3),
    (-7, 3),
    (5, 6),
    (-5, 6),
    (6, 5),
    (-6, 5),
    (8, 0),
    (4, 7),
    (-4, 7),
    (7, 4),
    (-7, 4),
    (8, 1),
    (8, 2),
    (6, 6),
    (-6, 6),
    (8, 3),
    (5, 7),
    (-5, 7),
    (7, 5),
    (-7, 5),
    (8, 4),
    (6, 7),
    (-6, 7),
    (7, 6),
    (-7, 6),
    (8, 5),
    (7, 7),
    (-7, 7),
    (8, 6),
    (8, 7),
];

/// Codes by rows above and columns to the left, of which 0 stands for eight to the right.
static CODES: [[u8; 17]; 8] = {
    let mut codes = [[0; 17]; 8];
    let mut i = 0;
    while i < NEAR.len() {
        let (left, up) = NEAR[i];
        codes[up as usize][(left + 8) as usize] = i as u8 + 1;
        i += 1;
    }
    codes
};

/// The code of a distance in an image of a width: 1 to 120 for what is near in two dimensions.
#[inline]
pub(super) fn distance_code(distance: usize, width: usize) -> u32 {
    let (up, left) = (distance / width, distance % width);
    let code = if left <= 8 && up < 8 {
        CODES[up][left + 8]
    } else if left + 8 > width && up < 7 {
        CODES[up + 1][left + 8 - width]
    } else {
        0
    };
    if code > 0 { u32::from(code) } else { distance as u32 + 120 }
}

/// A number from 1 on as a symbol, with its extra bits and how many these are; section 3.6.2.2.
#[inline(always)]
pub(super) fn prefix(value: u32) -> (usize, u32, u32) {
    let value = value - 1;
    if value < 4 {
        return (value as usize, 0, 0);
    }
    let high = value.ilog2();
    let extra = high - 1;
    ((2 * high + (value >> extra & 1)) as usize, value & ((1 << extra) - 1), extra)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_distance_has_the_code_that_means_it() {
        for width in [1, 2, 5, 9, 16, 40, 1000] {
            for distance in 1..20 * width {
                let code = distance_code(distance, width);
                let meant = if code > 120 {
                    (code - 120) as usize
                } else {
                    let (left, up) = NEAR[code as usize - 1];
                    let meant = isize::from(left) + isize::from(up) * width as isize;
                    meant.max(1) as usize
                };
                assert_eq!(meant, distance, "width {width}");
            }
        }
    }

    #[test]
    fn symbols_are_those_of_the_table() {
        let table = [(1, 0), (2, 1), (4, 3), (5, 4), (6, 4), (7, 5), (9, 6), (13, 7), (4096, 23)];
        for (value, symbol) in table {
            assert_eq!(prefix(value).0, symbol);
        }
    }
}
