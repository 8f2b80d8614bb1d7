//! Where a block should end: when what comes looks different from what it has.

/// Kinds of symbols that are told apart: eight of literals, short and long matches.
const KINDS: usize = 10;
/// So many new symbols are compared with those before.
const SAMPLE: u32 = 512;
/// A block has this many bytes at least, if the input has.
pub(crate) const MIN_BLOCK: usize = 5_000;

/// Counts of symbols, of the block and of the latest sample.
#[derive(Clone, Copy, Default)]
pub(crate) struct Split {
    block: [u32; KINDS],
    sample: [u32; KINDS],
    in_block: u32,
    in_sample: u32,
}

impl Split {
    #[inline]
    pub(crate) fn literal(&mut self, byte: u8) {
        // Case, digits and the like, by the top bits; the lowest bit tells columns of numbers apart.
        self.sample[usize::from(byte >> 5 & 6 | byte & 1)] += 1;
        self.in_sample += 1;
    }

    #[inline]
    pub(crate) fn matched(&mut self, length: usize) {
        self.sample[8 + usize::from(length >= 9)] += 1;
        self.in_sample += 1;
    }

    /// Whether the block, so many bytes long, should end here, with so many bytes of input left.
    #[inline]
    pub(crate) fn ends(&mut self, length: usize, left: usize) -> bool {
        self.in_sample >= SAMPLE && length >= MIN_BLOCK && left >= MIN_BLOCK && self.differs(length)
    }

    #[inline(never)]
    fn differs(&mut self, length: usize) -> bool {
        if self.in_block > 0 {
            // Both shares over the same denominator: how far apart they are, summed over the kinds.
            let (block, sample) = (u64::from(self.in_block), u64::from(self.in_sample));
            let apart: u64 = (self.block.iter().zip(&self.sample))
                .map(|(&old, &new)| (u64::from(old) * sample).abs_diff(u64::from(new) * block))
                .sum();
            let mut cutoff = sample * 200 / 512 * block;
            let symbols = block + sample;
            if length < 10_000 && symbols < 8_192 {
                // A header is dear for a short block.
                cutoff += cutoff * (8_192 - symbols) / 8_192;
            }
            if apart + (length as u64 / 4_096) * block >= cutoff {
                return true;
            }
        }
        for (block, sample) in self.block.iter_mut().zip(&mut self.sample) {
            *block += core::mem::take(sample);
        }
        self.in_block += core::mem::take(&mut self.in_sample);
        false
    }
}
