//! Small messages with a dictionary: it is entered into tables once, which every message starts from.

use alloc::vec::Vec;

use super::super::params::Params;
use super::Blocks;
use crate::encode::entropy::literals::LiteralsState;
use crate::encode::entropy::sequences::SequencesState;
use crate::encode::finder::Snapshot;
use crate::{Dictionary, EncodeError};

/// Dictionaries with more content are entered for every message: their tables would be large.
const MAX_CONTENT: usize = 1 << 20;
/// In larger messages, entering the dictionary is a small part of the work.
const MAX_MESSAGE: usize = 128 << 10;
const MAX_MESSAGE_RATIO: usize = 8;
/// Sizes below are the same to the choice of parameters, so that messages share them and with them the tables.
const MIN_CLASS: u64 = 4 << 10;
/// Most bytes of all that is kept, unless one alone has more.
const KEEP_BYTES: usize = 64 << 20;
/// Dictionaries, or classes of sizes of messages, that are kept.
const KEEP: usize = 4;

/// The size that stands for a message's size where parameters for it and a dictionary are chosen.
pub(crate) fn size_class(message: usize) -> u64 {
    (message as u64).next_power_of_two().max(MIN_CLASS)
}

/// Tables that begin with a dictionary.
struct Prepared {
    dictionary: u64,
    params: Params,
    blocks: Blocks,
    /// The dictionary's content, and a message after it.
    joined: Vec<u8>,
    content: usize,
    offsets: [u32; 3],
    finder: Snapshot,
    literals: LiteralsState,
    sequences: SequencesState,
    base: u32,
    /// Whether the tables are those of the dictionary alone.
    clean: bool,
}

impl Prepared {
    fn new(dictionary: &Dictionary, content: &[u8], params: &Params) -> Result<Self, EncodeError> {
        let mut blocks = Blocks::new();
        blocks.begin(params)?;
        blocks.start_from(dictionary);
        blocks.load(content, 0, content.len());
        let mut joined = Vec::new();
        extend(&mut joined, content)?;
        let (mut literals, mut sequences) = (LiteralsState::new(), SequencesState::new());
        literals.start_as(&blocks.literals);
        sequences.start_as(&blocks.sequences);
        Ok(Self {
            dictionary: dictionary.serial(),
            params: *params,
            joined,
            content: content.len(),
            offsets: blocks.store.offsets,
            finder: blocks.finder.snapshot()?,
            literals,
            sequences,
            base: blocks.base,
            clean: true,
            blocks,
        })
    }

    fn run(&mut self, message: &[u8], output: &mut Vec<u8>) -> Result<(), EncodeError> {
        self.joined.truncate(self.content);
        extend(&mut self.joined, message)?;
        let blocks = &mut self.blocks;
        (blocks.base, blocks.low) = (self.base, self.base);
        blocks.store.offsets = self.offsets;
        blocks.literals.start_as(&self.literals);
        blocks.sequences.start_as(&self.sequences);
        // Still false in the next call if this one does not get to its end.
        let from = if self.clean { self.content } else { 0 };
        self.clean = false;
        let result = blocks.run(&self.joined, self.content, true, output);
        let span = blocks.span(&self.joined, from, self.joined.len());
        blocks.finder.restore(&self.finder, &span, &self.params);
        self.clean = true;
        result
    }

    fn bytes(&self) -> usize {
        2 * self.finder.bytes() + self.joined.capacity()
    }
}

/// What was prepared, the last used first.
pub(crate) struct Cache {
    prepared: Vec<Prepared>,
}

impl Cache {
    pub(crate) const fn new() -> Self {
        Self { prepared: Vec::new() }
    }

    /// Whether a message of this size is worth preparing its dictionary.
    pub(crate) fn pays(content: usize, message: usize) -> bool {
        (1..=MAX_CONTENT).contains(&content)
            && message <= MAX_MESSAGE
            && message / MAX_MESSAGE_RATIO <= content
    }

    /// Writes the blocks of a message that follows `content`, what a dictionary has of use to a frame of `params`.
    pub(crate) fn run(
        &mut self,
        dictionary: &Dictionary,
        content: &[u8],
        params: &Params,
        message: &[u8],
        output: &mut Vec<u8>,
    ) -> Result<(), EncodeError> {
        let same = |one: &Prepared| one.dictionary == dictionary.serial() && one.params == *params;
        if let Some(at) = self.prepared.iter().position(same) {
            self.prepared[..=at].rotate_right(1);
        } else {
            self.prepared.truncate(KEEP - 1);
            self.prepared.insert(0, Prepared::new(dictionary, content, params)?);
            let mut bytes = 0;
            let within = |one: &Prepared| {
                bytes += one.bytes();
                bytes <= KEEP_BYTES
            };
            let keep = self.prepared.iter().map(within).take_while(|&within| within).count();
            self.prepared.truncate(keep.max(1));
        }
        self.prepared[0].run(message, output)
    }
}

fn extend(joined: &mut Vec<u8>, bytes: &[u8]) -> Result<(), EncodeError> {
    joined.try_reserve(bytes.len()).map_err(|_| EncodeError::OutOfMemory { bytes: bytes.len() })?;
    joined.extend_from_slice(bytes);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::encode::params::{MAX_LEVEL, MIN_LEVEL};

    /// Records that have much in common.
    fn record(number: usize, fields: usize) -> Vec<u8> {
        (0..fields)
            .flat_map(|field| {
                let value = (number * 7919 + field * 104_729) % 9973;
                format!("{{\"field{field}\":\"value {value}\",\"of\":{number}}},").into_bytes()
            })
            .collect()
    }

    #[test]
    fn tables_are_the_dictionarys_again_after_every_message() {
        let content: Vec<u8> = (0..400).flat_map(|number| record(number, 2)).collect();
        for bytes in [3000, content.len()] {
            let dictionary = Dictionary::parse(&content[..bytes]).unwrap();
            for level in MIN_LEVEL..=MAX_LEVEL {
                let params = Params::new(level, Some(bytes as u64 + size_class(1)), 0);
                let mut prepared =
                    Prepared::new(&dictionary, dictionary.content(), &params).unwrap();
                let mut first = Vec::new();
                for fields in [20, 0, 1, 2, 3, 80, 300, 20] {
                    let mut message = record(1234, fields);
                    message.extend(record(fields, fields));
                    let mut output = Vec::new();
                    prepared.run(&message, &mut output).unwrap();
                    let same = prepared.blocks.finder == prepared.finder;
                    assert!(same, "level {level}, {bytes} bytes, {fields} fields");
                    if fields == 20 {
                        assert!(first.is_empty() || first == output, "level {level}");
                        first = output;
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let mut cache = Cache::new();
        let mut output = Vec::new();
        for number in 0..10 {
            let dictionary = Dictionary::parse(&record(number, 2000)).unwrap();
            let content = dictionary.content();
            let params = Params::new(19, Some(content.len() as u64 + size_class(1)), 0);
            cache.run(&dictionary, content, &params, b"a message", &mut output).unwrap();
            assert!(cache.prepared.len() <= KEEP);
            let bytes: usize = cache.prepared.iter().map(Prepared::bytes).sum();
            assert!(bytes <= KEEP_BYTES, "{bytes}");
        }
    }
}
