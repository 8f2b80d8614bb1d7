//! Decoding tables for the codes of RFC 1951, section 3.2.2.
//!
//! One look-up of the next bits gives an entry with all that its symbol means. Codes longer than the
//! table's width lead to a second table behind the first.
//!
//! | bits  | literal | length or distance                 | second table     | end of block, no code |
//! |-------|---------|------------------------------------|------------------|-----------------------|
//! | 0-5   | bits of the code | bits of code and extra bits together | width of the first table | bits of the code, 1 |
//! | 8-11  |         | bits of the code                   | its width        |                       |
//! | 13-15 | 0       | 0                                  | `RARE`, `SECOND` | `RARE` and, at the end, `END` |
//! | 16-30 | byte    | base                               | where it starts  |                       |
//! | 31    | 1       | 0                                  | 0                | 0                     |

/// The symbol is a literal.
pub(crate) const LITERAL: u32 = 1 << 31;
/// Neither a literal nor a base with extra bits.
pub(crate) const RARE: u32 = 1 << 15;
/// Leads to a second table.
pub(crate) const SECOND: u32 = 1 << 14;
/// The end of the block.
pub(crate) const END: u32 = 1 << 13;
/// No code has these bits.
const NO_CODE: u32 = RARE | 1;

/// Width of the first table for literals and lengths.
pub(crate) const LITLEN_BITS: u32 = 11;
/// Width of the first table for distances.
pub(crate) const DISTANCE_BITS: u32 = 8;
/// Room for both tables of literals and lengths: 2342 entries at most, and a power of two so that a mask
/// is all the bounds check there is.
pub(crate) const LITLEN_ENTRIES: usize = 4096;
/// Room for both tables of distances: 402 entries at most.
pub(crate) const DISTANCE_ENTRIES: usize = 512;
/// Width of the table of the codes that code lengths are written in, which has no second one.
pub(crate) const PRECODE_BITS: u32 = 7;

/// Base and extra bits of the 29 lengths (section 3.2.5).
pub(crate) const LENGTHS: [(u16, u8); 29] = {
    let mut table = [(0, 0); 29];
    let (mut symbol, mut base) = (0, 3);
    while symbol < 28 {
        let extra = if symbol < 8 { 0 } else { symbol / 4 - 1 };
        table[symbol] = (base, extra as u8);
        base += 1 << extra;
        symbol += 1;
    }
    table[28] = (258, 0);
    table
};

/// Base and extra bits of the 30 distances (section 3.2.5).
pub(crate) const DISTANCES: [(u16, u8); 30] = {
    let mut table = [(0, 0); 30];
    let (mut symbol, mut base) = (0, 1);
    while symbol < 30 {
        let extra = if symbol < 4 { 0 } else { symbol / 2 - 1 };
        table[symbol] = (base, extra as u8);
        base += 1 << extra;
        symbol += 1;
    }
    table
};

/// What the symbols of a code mean.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alphabet {
    Litlen,
    Distance,
    Precode,
}

impl Alphabet {
    fn width(self) -> u32 {
        match self {
            Self::Litlen => LITLEN_BITS,
            Self::Distance => DISTANCE_BITS,
            Self::Precode => PRECODE_BITS,
        }
    }

    /// The entry of a symbol whose code has `bits` bits left to look up.
    fn entry(self, symbol: usize, bits: u32) -> u32 {
        let based = |(base, extra): (u16, u8)| {
            u32::from(base) << 16 | bits << 8 | (bits + u32::from(extra))
        };
        match self {
            Self::Litlen if symbol < 256 => LITERAL | (symbol as u32) << 16 | bits,
            Self::Litlen if symbol == 256 => RARE | END | bits,
            Self::Litlen => LENGTHS.get(symbol - 257).map_or(NO_CODE, |&length| based(length)),
            Self::Distance => DISTANCES.get(symbol).map_or(NO_CODE, |&distance| based(distance)),
            Self::Precode => (symbol as u32) << 16 | bits,
        }
    }
}

/// Fills `table` from the lengths of the codes of all symbols, 0 for none and 15 at most. False if they are
/// not those of a prefix code: every code must be used, but for a lone code of one bit or none at all, where
/// the alphabet allows that.
pub(crate) fn build(alphabet: Alphabet, lengths: &[u8], table: &mut [u32]) -> bool {
    let mut counts = [0_u32; 16];
    for &length in lengths {
        counts[usize::from(length & 15)] += 1;
    }
    counts[0] = 0;
    let mut starts = [0_u32; 16];
    let (mut left, mut start) = (1_i32, 0);
    for length in 1..16 {
        left = left * 2 - counts[length].cast_signed();
        if left < 0 {
            return false;
        }
        starts[length] = start;
        start += counts[length];
    }
    let width = alphabet.width();
    if left > 0 {
        let lone = start == 0 || start == 1 && counts[1] == 1;
        if !lone || alphabet == Alphabet::Precode {
            return false;
        }
        table[..1 << width].fill(NO_CODE);
    }

    let mut sorted = [0_u16; 320];
    for (symbol, &length) in lengths.iter().enumerate() {
        if length != 0 {
            let place = &mut starts[usize::from(length & 15)];
            sorted[(*place % 320) as usize] = symbol as u16;
            *place += 1;
        }
    }
    if left > 0 {
        if start == 1 {
            for slot in table[..1 << width].iter_mut().step_by(2) {
                *slot = alphabet.entry(usize::from(sorted[0]), 1);
            }
        }
        return true;
    }
    fill(alphabet, &counts, &sorted, table);
    true
}

/// Fills the tables of a complete code. The first doubles each time the codes grow by a bit.
fn fill(alphabet: Alphabet, counts: &[u32; 16], sorted: &[u16; 320], table: &mut [u32]) {
    let width = alphabet.width();
    let mut symbols = sorted.iter().map(|&symbol| usize::from(symbol));
    // The code, its first bit lowest, as it comes out of the input.
    let mut code = 0_u32;
    for length in 1..=width {
        let half = 1 << (length - 1);
        if length > 1 {
            table.copy_within(..half, half);
        }
        for symbol in symbols.by_ref().take(counts[length as usize] as usize) {
            table[code as usize] = alphabet.entry(symbol, length);
            code = next_code(code, length);
        }
    }
    let (mut end, mut prefix, mut start) = (1_usize << width, u32::MAX, 0);
    for length in width + 1..16 {
        for i in 0..counts[length as usize] {
            let Some(symbol) = symbols.next() else { return };
            if code & ((1 << width) - 1) != prefix {
                prefix = code & ((1 << width) - 1);
                start = end;
                // As wide as the longest code behind this prefix: the codes left may not fill less.
                let mut second = length - width;
                let mut used = counts[length as usize] - i;
                while used < 1 << second && width + second < 15 {
                    second += 1;
                    used = used * 2 + counts[(width + second) as usize];
                }
                end = start + (1 << second);
                table[prefix as usize] = (start as u32) << 16 | RARE | SECOND | second << 8 | width;
            }
            let entry = alphabet.entry(symbol, length - width);
            let first = start + (code >> width) as usize;
            for slot in table[first..end].iter_mut().step_by(1 << (length - width)) {
                *slot = entry;
            }
            code = next_code(code, length);
        }
    }
}

/// The code after `code`, both with the first bit lowest: an increment that carries downwards.
fn next_code(code: u32, length: u32) -> u32 {
    let clear = !code & ((1 << length) - 1);
    if clear == 0 {
        return code;
    }
    let bit = 1 << clear.ilog2();
    code & (bit - 1) | bit
}
