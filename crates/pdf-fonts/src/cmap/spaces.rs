//! Code space ranges: how many bytes the next code has (ISO 32000-1, 9.7.6.2 and 9.7.6.3).

/// Code space ranges that a `CMap` may have; Adobe's largest has 12.
const MAX_SPACES: usize = 256;

/// Each byte of a code lies between those of `low` and `high`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Space {
    length: u8,
    low: [u8; 4],
    high: [u8; 4],
}

/// The code space ranges of a `CMap`.
#[derive(Clone, Debug, Default)]
pub(crate) struct CodeSpaces {
    spaces: Vec<Space>,
    /// Whether there was none, and the one that is there was made up from the mappings.
    inferred: bool,
    /// By the first byte: the length of all ranges that match it, 0 where they differ. Empty without ranges.
    lengths: Vec<u8>,
}

impl CodeSpaces {
    /// Adds a range of codes of 1 to 4 bytes.
    pub(crate) fn push(&mut self, length: usize, low: u32, high: u32) {
        if (1..=4).contains(&length) && self.spaces.len() < MAX_SPACES {
            let bytes = |code: u32| {
                let mut bytes = [0; 4];
                bytes[..length].copy_from_slice(&code.to_be_bytes()[4 - length..]);
                bytes
            };
            let space = Space { length: length as u8, low: bytes(low), high: bytes(high) };
            if !self.spaces.contains(&space) {
                self.spaces.push(space);
            }
        }
    }

    /// Those of the `CMap` below count too.
    pub(crate) fn inherit(&mut self, base: &Self) {
        if self.inferred {
            self.spaces.clear();
            self.inferred = base.inferred;
        }
        for space in &base.spaces {
            if self.spaces.len() < MAX_SPACES && !self.spaces.contains(space) {
                self.spaces.push(*space);
            }
        }
        self.finish(0);
    }

    /// Makes the table of lengths. Without any range, codes have the lengths of the mappings (a bit `1 << length` each), and
    /// if there are none, two bytes.
    pub(crate) fn finish(&mut self, mapped: u8) {
        if self.spaces.is_empty() {
            self.inferred = true;
            for length in 1..=4 {
                if mapped >> length & 1 == 1 {
                    self.push(length, 0, u32::MAX);
                }
            }
            // Several lengths that all begin with any byte: the longest of them cannot be told apart.
            if let Some(longest) = self.spaces.pop() {
                self.spaces.clear();
                self.spaces.push(longest);
            }
        }
        let shortest = self.shortest() as u8;
        self.lengths.clear();
        self.lengths.extend((0..=u8::MAX).map(|byte| {
            let mut lengths = self
                .spaces
                .iter()
                .filter(|space| (space.low[0]..=space.high[0]).contains(&byte))
                .map(|space| space.length);
            match lengths.next() {
                // 9.7.6.3: not even the first byte is in a range.
                None => shortest,
                Some(length) if lengths.all(|other| other == length) => length,
                Some(_) => 0,
            }
        }));
    }

    /// The length of the shortest codes: two bytes, if it says nothing.
    pub(crate) fn shortest(&self) -> usize {
        self.spaces.iter().map(|space| usize::from(space.length)).min().unwrap_or(2)
    }

    /// How many bytes the next code has: 1 to 4, which may be more than there are.
    #[inline]
    pub(crate) fn length(&self, string: &[u8]) -> usize {
        let first = string.first().map_or(0, |byte| usize::from(*byte));
        match self.lengths.get(first) {
            Some(0) => self.search(string),
            Some(length) => usize::from(*length),
            None => 2,
        }
    }

    /// The range that matches the most bytes; among equals a whole match, and then the shortest.
    fn search(&self, string: &[u8]) -> usize {
        let matching = |space: &Space| {
            let length = usize::from(space.length);
            (0..length.min(string.len()))
                .take_while(|i| (space.low[*i]..=space.high[*i]).contains(&string[*i]))
                .count()
        };
        self.spaces
            .iter()
            .map(|space| {
                (matching(space) == usize::from(space.length), matching(space), space.length)
            })
            .max_by_key(|(whole, count, length)| (*whole, *count, core::cmp::Reverse(*length)))
            .map_or(2, |(.., length)| usize::from(length))
    }
}
