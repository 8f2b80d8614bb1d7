//! The three tables of sequence codes (RFC 8878, 3.1.1.3.2.1) and how a block chooses them.

use super::fse::{self, Entry};
use crate::codes::{
    LENGTH_ACCURACY, LITERALS_LENGTH_BASE, LITERALS_LENGTH_BITS, LITERALS_LENGTH_COUNTS,
    MATCH_LENGTH_BASE, MATCH_LENGTH_BITS, MATCH_LENGTH_COUNTS, MAX_LENGTH_ACCURACY,
    MAX_OFFSET_ACCURACY, OFFSET_ACCURACY, OFFSET_COUNTS,
};

/// States of a table of lengths of the highest accuracy.
const LENGTH_STATES: usize = 1 << MAX_LENGTH_ACCURACY;
/// States of a table of offsets of the highest accuracy.
const OFFSET_STATES: usize = 1 << MAX_OFFSET_ACCURACY;

/// A table that sequences are decoded with; of `N` entries the first `1 << accuracy` count.
#[derive(Clone)]
pub(super) struct Table<const N: usize> {
    pub(super) entries: [Entry; N],
    pub(super) accuracy: u8,
    predefined: bool,
    /// The number of the dictionary whose table this is; 0 for none.
    dictionary: u64,
}

impl<const N: usize> Table<N> {
    fn new() -> Self {
        Self { entries: [Entry::default(); N], accuracy: 0, predefined: false, dictionary: 0 }
    }

    /// The entry of a state, which is always below `N`.
    #[inline(always)]
    pub(super) fn get(&self, state: u32) -> Entry {
        self.entries[state as usize & (N - 1)]
    }

    /// Takes over the table of a dictionary, unless it is there still.
    fn copy_from(&mut self, other: &Self, dictionary: u64) {
        if self.dictionary == dictionary {
            return;
        }
        self.dictionary = dictionary;
        let len = 1 << other.accuracy;
        if let (Some(to), Some(from)) = (self.entries.get_mut(..len), other.entries.get(..len)) {
            to.copy_from_slice(from);
        }
        (self.accuracy, self.predefined) = (other.accuracy, other.predefined);
    }

    /// Makes the table of a distribution of at most `1 << accuracy` parts.
    pub(super) fn build(&mut self, kind: Kind, counts: &[i16], accuracy: u32) {
        fse::build(&mut self.entries, counts, accuracy, |code| kind.value(code));
        self.accuracy = accuracy as u8;
        (self.predefined, self.dictionary) = (false, 0);
    }

    /// Takes the table that `mode` says. Returns how many bytes of `source` describe it.
    fn choose<const SYMBOLS: usize>(
        &mut self,
        kind: Kind,
        mode: u8,
        source: &[u8],
        known: bool,
    ) -> Result<usize, &'static str> {
        match mode {
            0 => {
                if !self.predefined {
                    let (counts, accuracy) = kind.predefined();
                    self.build(kind, counts, accuracy);
                    self.predefined = true;
                }
                Ok(0)
            }
            1 => {
                let code = source.first().map_or(usize::MAX, |code| usize::from(*code));
                if code >= SYMBOLS {
                    return Err("a code that exists, for all sequences of a block");
                }
                let (base, extra) = kind.value(code);
                self.entries[0] = Entry { base, extra, next: 0, bits: 0 };
                (self.accuracy, self.predefined, self.dictionary) = (0, false, 0);
                Ok(1)
            }
            2 => {
                let (distribution, len) =
                    fse::read_distribution::<SYMBOLS>(source, N.trailing_zeros())?;
                let counts = &distribution.counts[..distribution.symbols.min(SYMBOLS)];
                self.build(kind, counts, distribution.accuracy);
                Ok(len)
            }
            _ if known => Ok(0),
            _ => Err("a table of sequence codes before it is used again"),
        }
    }
}

/// What the codes of a table stand for.
#[derive(Clone, Copy)]
pub(super) enum Kind {
    LiteralsLength,
    Offset,
    MatchLength,
}

impl Kind {
    /// Where the values of a code begin, and how many bits it reads.
    fn value(self, code: usize) -> (u32, u8) {
        match self {
            Self::LiteralsLength => (
                LITERALS_LENGTH_BASE.get(code).copied().unwrap_or(0),
                LITERALS_LENGTH_BITS.get(code).copied().unwrap_or(0),
            ),
            // Codes 0 and 1 give an index of a repeated offset, the others an offset (3.1.1.5).
            Self::Offset => {
                let base = 1_u32 << (code & 31);
                (base - if code > 1 { 3 } else { 1 }, code as u8 & 31)
            }
            Self::MatchLength => (
                MATCH_LENGTH_BASE.get(code).copied().unwrap_or(0),
                MATCH_LENGTH_BITS.get(code).copied().unwrap_or(0),
            ),
        }
    }

    fn predefined(self) -> (&'static [i16], u32) {
        match self {
            Self::LiteralsLength => (&LITERALS_LENGTH_COUNTS, LENGTH_ACCURACY),
            Self::Offset => (&OFFSET_COUNTS, OFFSET_ACCURACY),
            Self::MatchLength => (&MATCH_LENGTH_COUNTS, LENGTH_ACCURACY),
        }
    }
}

/// The tables that the sequences of a block are decoded with, and may be again in the next block.
#[derive(Clone)]
pub(super) struct Tables {
    pub(super) literals_length: Table<LENGTH_STATES>,
    pub(super) offset: Table<OFFSET_STATES>,
    pub(super) match_length: Table<LENGTH_STATES>,
    /// Whether the frame has had tables already.
    pub(super) known: bool,
}

impl Tables {
    pub(super) fn new() -> Self {
        Self {
            literals_length: Table::new(),
            offset: Table::new(),
            match_length: Table::new(),
            known: false,
        }
    }

    /// Takes over the tables of the dictionary of this number.
    pub(super) fn copy_from(&mut self, other: &Self, dictionary: u64) {
        self.literals_length.copy_from(&other.literals_length, dictionary);
        self.offset.copy_from(&other.offset, dictionary);
        self.match_length.copy_from(&other.match_length, dictionary);
        self.known = other.known;
    }

    /// Reads the descriptions at the start of `source`, as the byte `modes` says. Returns how long they are.
    pub(super) fn read(&mut self, modes: u8, source: &[u8]) -> Result<usize, &'static str> {
        if modes & 3 != 0 {
            return Err("reserved bits of a sequences section to be 0");
        }
        let known = self.known;
        let mut at =
            self.literals_length.choose::<36>(Kind::LiteralsLength, modes >> 6, source, known)?;
        let rest = source.get(at..).unwrap_or_default();
        at += self.offset.choose::<32>(Kind::Offset, (modes >> 4) & 3, rest, known)?;
        let rest = source.get(at..).unwrap_or_default();
        at += self.match_length.choose::<53>(Kind::MatchLength, (modes >> 2) & 3, rest, known)?;
        self.known = true;
        Ok(at)
    }
}
