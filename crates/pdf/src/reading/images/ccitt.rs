//! Fax images: ITU-T T.4 in one and two dimensions, and T.6 (ISO 32000-1, 7.4.6).

use super::ccitt_codes::{BLACK, Run, WHITE};

/// Parameters (table 11).
#[derive(Clone, Copy, Debug)]
pub(crate) struct FaxParams {
    /// Below 0: T.6; 0: one dimension; above 0: lines of one and of two dimensions.
    pub(crate) k: i64,
    pub(crate) columns: usize,
    /// 0 where the data says where it ends.
    pub(crate) rows: usize,
    /// Each line begins with a byte.
    pub(crate) byte_align: bool,
    pub(crate) black_is_1: bool,
}

/// Modes of two dimensions (T.4, table 4): length, code, mode.
const MODES: [(u32, u32, Mode); 9] = [
    (1, 0b1, Mode::Vertical(0)),
    (3, 0b011, Mode::Vertical(1)),
    (3, 0b010, Mode::Vertical(-1)),
    (3, 0b001, Mode::Horizontal),
    (4, 0b0001, Mode::Pass),
    (6, 0b00_0011, Mode::Vertical(2)),
    (6, 0b00_0010, Mode::Vertical(-2)),
    (7, 0b000_0011, Mode::Vertical(3)),
    (7, 0b000_0010, Mode::Vertical(-3)),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Pass,
    Horizontal,
    Vertical(isize),
}

struct Bits<'a> {
    data: &'a [u8],
    /// In bits.
    at: usize,
}

impl Bits<'_> {
    /// The next bits, up to 24, zeros past the end.
    fn peek(&self, count: u32) -> u32 {
        let mut value = 0_u32;
        for index in 0..4 {
            value =
                value << 8 | u32::from(self.data.get(self.at / 8 + index).copied().unwrap_or(0));
        }
        value << (self.at % 8) >> (32 - count)
    }

    fn is_at_end(&self) -> bool {
        self.at >= self.data.len() * 8
    }

    /// A run of a colour, with its make-up codes; none where no code fits.
    fn run(&mut self, table: &[Run]) -> Option<usize> {
        let mut length = 0;
        loop {
            let code = table.iter().find(|run| self.peek(run.bits) == run.code)?;
            self.at += code.bits as usize;
            length += usize::from(code.length);
            if code.length < 64 {
                return Some(length);
            }
            // Longer than any line is wide.
            if length > 1 << 24 || self.is_at_end() {
                return None;
            }
        }
    }

    fn mode(&mut self) -> Option<Mode> {
        let (bits, _, mode) = MODES.iter().find(|(bits, code, _)| self.peek(*bits) == *code)?;
        self.at += *bits as usize;
        Some(*mode)
    }

    /// Passes an end of line and the zeros before it; whether there was one.
    fn end_of_line(&mut self) -> bool {
        let mut at = self.at;
        let bit = |at: usize| self.data.get(at / 8).map(|byte| byte >> (7 - at % 8) & 1);
        while bit(at) == Some(0) {
            at += 1;
        }
        let found = at - self.at >= 11 && bit(at) == Some(1);
        if found {
            self.at = at + 1;
        }
        found
    }
}

/// Rows of bits, 0 for black unless the parameters say otherwise, each from a byte on. What decodes before a damage counts;
/// rows that are missing are white. At most `max_rows`.
pub(crate) fn decode(data: &[u8], params: &FaxParams, max_rows: usize) -> Vec<u8> {
    let columns = params.columns;
    let row_bytes = columns.div_ceil(8);
    let rows = if params.rows == 0 { max_rows } else { params.rows.min(max_rows) };
    let mut bits = Bits { data, at: 0 };
    let mut out = Vec::new();
    // Where colours change on the line above, and on this one, white first.
    let (mut above, mut line) = (Vec::new(), Vec::new());
    for _ in 0..rows {
        if params.byte_align {
            bits.at = bits.at.next_multiple_of(8);
        }
        let ended = bits.end_of_line();
        let mut two_dimensions = params.k < 0;
        if params.k > 0 {
            two_dimensions = bits.peek(1) == 0;
            bits.at += 1;
        }
        // An end of line ends T.6; of T.4 it takes two of them.
        let over = ended && (params.k < 0 || bits.peek(12) == 1);
        if over || bits.is_at_end() {
            break;
        }
        line.clear();
        let whole = if two_dimensions {
            two(&mut bits, &above, columns, &mut line)
        } else {
            one(&mut bits, columns, &mut line)
        };
        paint(&line, columns, row_bytes, params.black_is_1, &mut out);
        if whole.is_none() && (params.k < 0 || !resynchronize(&mut bits)) {
            break;
        }
        core::mem::swap(&mut above, &mut line);
    }
    out
}

/// After a damage T.4 goes on at the next end of line.
fn resynchronize(bits: &mut Bits<'_>) -> bool {
    while !bits.is_at_end() {
        if bits.peek(12) == 1 {
            return true;
        }
        bits.at += 1;
    }
    false
}

/// A line of one dimension; none where it is damaged.
fn one(bits: &mut Bits<'_>, columns: usize, line: &mut Vec<usize>) -> Option<()> {
    let mut at = 0;
    let mut black = false;
    while at < columns {
        at = (at + bits.run(if black { &BLACK } else { &WHITE })?).min(columns);
        line.push(at);
        black = !black;
    }
    Some(())
}

/// A line of two dimensions, by the line above.
fn two(bits: &mut Bits<'_>, above: &[usize], columns: usize, line: &mut Vec<usize>) -> Option<()> {
    // `a0` of T.4; before the first pixel nothing has changed.
    let mut at = 0;
    let mut started = false;
    let mut black = false;
    // The first change above that may count: it only moves on, as far as `a0` does.
    let mut next = 0_usize;
    while at < columns {
        // `b1`: the first change above, right of `a0`, to the other colour. Even indices change to black.
        next = next.saturating_sub(2);
        while above.get(next).is_some_and(|change| *change < at || started && *change == at) {
            next += 1;
        }
        if next % 2 != usize::from(black) {
            next += 1;
        }
        let change = |index: usize| above.get(index).copied().unwrap_or(columns);
        match bits.mode()? {
            Mode::Pass => at = change(next + 1),
            Mode::Horizontal => {
                let (first, second) = if black { (&BLACK, &WHITE) } else { (&WHITE, &BLACK) };
                let middle = (at + bits.run(first)?).min(columns);
                line.push(middle);
                at = (middle + bits.run(second)?).min(columns);
                line.push(at);
            }
            Mode::Vertical(offset) => {
                let place = change(next).checked_add_signed(offset)?.min(columns);
                if place < at {
                    return None;
                }
                at = place;
                line.push(at);
                black = !black;
            }
        }
        started = true;
        // A line has at most as many changes as columns; modes that stay in place would make more.
        if line.len() > columns + 2 {
            return None;
        }
    }
    Some(())
}

/// Appends a row.
fn paint(line: &[usize], columns: usize, row_bytes: usize, black_is_1: bool, out: &mut Vec<u8>) {
    let start = out.len();
    out.resize(start + row_bytes, if black_is_1 { 0 } else { 0xFF });
    let row = &mut out[start..];
    for pair in line.chunks(2) {
        // From white to black, and back.
        let Some(from) = pair.first() else { break };
        let from = (*from).min(columns);
        let to = pair.get(1).copied().unwrap_or(columns).min(columns);
        for pixel in from..to {
            row[pixel / 8] ^= 0x80 >> (pixel % 8);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn params(k: i64, columns: usize, rows: usize) -> FaxParams {
        FaxParams { k, columns, rows, byte_align: false, black_is_1: true }
    }

    #[test]
    fn t6() {
        // As the vector `images.pdf` has it: four rows with pixels 4 to 7 black.
        let data = [0xCD, 0xBF, 0xFC, 0x70, 0x01, 0x00, 0x10];
        let rows: Vec<u8> =
            [0, 0, 0x0f00, 0x0f00, 0x0f00, 0x0f00, 0, 0].map(u16::to_be_bytes).concat();
        assert_eq!(decode(&data, &params(-1, 16, 8), 100), rows);
        assert_eq!(decode(&data, &params(-1, 16, 0), 100), rows, "the end of the block ends it");
    }

    #[test]
    fn t4_of_one_dimension() {
        // White 4 (1011), black 4 (011), white 8 (10011); end of line; white 16 (101010).
        let data = [0b1011_0111, 0b0011_0000, 0b0000_0001, 0b1010_1000];
        assert_eq!(decode(&data, &params(0, 16, 2), 100), [0x0f, 0, 0, 0]);
    }

    #[test]
    fn nothing_panics() {
        let mut state = 1_u32;
        for round in 0..2000_u32 {
            let data: Vec<u8> = (0..40)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (state >> 24) as u8
                })
                .collect();
            let columns = (round % 40) as usize;
            for k in [-1, 0, 1] {
                let params = FaxParams { byte_align: round % 2 == 0, ..params(k, columns, 0) };
                let out = decode(&data, &params, 50);
                assert!(out.len() <= 50 * columns.div_ceil(8));
            }
        }
    }
}
