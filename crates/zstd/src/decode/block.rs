//! Compressed blocks (RFC 8878, 3.1.1.3): the state that goes from one to the next, and their output.

use alloc::vec::Vec;

use super::copy::SLACK;
use super::huffman::Table;
use super::lenient::Origin;
use super::literals;
use super::sequences::{Header, History, Sequences, Stop};
use super::tables::{Kind, Tables};
use crate::codes::FIRST_OFFSETS;
use crate::dictionary::Entropy;
use crate::{DecodeError, Dictionary};

/// Why a block could not be decoded.
#[derive(Clone, Copy, Debug)]
pub(super) enum Fault {
    /// What was expected.
    Invalid(&'static str),
    /// The block's content is within the format's limits, but past the caller's.
    TooLarge,
    /// The allocator refused so many bytes.
    OutOfMemory(usize),
    /// Something outside the block.
    Other(DecodeError),
}

impl From<&'static str> for Fault {
    fn from(expected: &'static str) -> Self {
        Self::Invalid(expected)
    }
}

/// How much a block may give.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// `Block_Maximum_Size`.
    pub(super) block: usize,
    /// What the caller's limits leave.
    pub(super) limit: usize,
    /// How much it probably gives.
    pub(super) hint: Option<usize>,
}

/// The tables of a dictionary, made once for all frames.
#[derive(Clone)]
pub(crate) struct Prepared {
    literals: Table,
    tables: Tables,
}

impl Prepared {
    pub(crate) fn new(entropy: &Entropy) -> Self {
        let (mut literals, mut tables) = (Table::new(), Tables::new());
        literals.build(&entropy.literals);
        let counts = &entropy.literals_length;
        tables.literals_length.build(Kind::LiteralsLength, &counts.counts, counts.accuracy);
        let counts = &entropy.offset;
        tables.offset.build(Kind::Offset, &counts.counts, counts.accuracy);
        let counts = &entropy.match_length;
        tables.match_length.build(Kind::MatchLength, &counts.counts, counts.accuracy);
        tables.known = true;
        Self { literals, tables }
    }

    /// Makes `tables` those that a frame starts with.
    pub(super) fn copy_tables_to(&self, tables: &mut Tables) {
        tables.clone_from(&self.tables);
    }
}

impl core::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Prepared").finish_non_exhaustive()
    }
}

/// Decoding state of a frame; made once and used for many.
pub(super) struct Blocks {
    pub(super) literals: literals::Decoder,
    pub(super) tables: Tables,
    pub(super) repeats: [u32; 3],
}

impl Blocks {
    pub(super) fn new() -> Self {
        Self { literals: literals::Decoder::new(), tables: Tables::new(), repeats: FIRST_OFFSETS }
    }

    /// Forgets the tables of the frame before.
    pub(super) fn reset(&mut self) {
        self.literals.known = false;
        self.tables.known = false;
        self.repeats = FIRST_OFFSETS;
    }

    /// Starts from the tables and offsets of a dictionary.
    pub(super) fn use_dictionary(&mut self, dictionary: &Dictionary) {
        self.repeats = dictionary.offsets();
        if let Some(prepared) = dictionary.prepared() {
            let number = dictionary.serial();
            self.literals.table.copy_from(&prepared.literals, number);
            self.literals.known = true;
            self.literals.origin = Origin::Dictionary;
            self.tables.copy_from(&prepared.tables, number);
        }
    }

    /// Decodes the compressed block `source[start..end]`, appending to `output`. After an error `output` may
    /// have bytes of the block.
    pub(super) fn decode(
        &mut self,
        (source, start, end): (&[u8], usize, usize),
        room: Room,
        history: History<'_>,
        output: &mut Vec<u8>,
    ) -> Result<(), Fault> {
        let found = self.literals.decode(source, start, end, room.block)?;
        let section = source.get(found.end..end).unwrap_or_default();
        let header =
            Header::read(section).ok_or("a sequences section that ends within its block")?;
        let literals = match found.in_source {
            Some(at) => source.get(at..at + found.len + SLACK),
            None => self.literals.buffer.get(..found.len + SLACK),
        }
        .unwrap_or_default();
        if header.count == 0 {
            if header.len != section.len() {
                return Err(Fault::Invalid("the end of a block that has no sequences"));
            }
            return append(output, literals.get(..found.len).unwrap_or_default(), room);
        }
        let tables_at = found.end + header.len;
        let tables = section.get(header.len..).unwrap_or_default();
        let stream = tables_at + self.tables.read(header.modes, tables)?;
        let stream = (source, stream, end);
        let mut sequences =
            Sequences::new(stream, header.count, &self.tables, literals, history.dictionary)
                .ok_or("a bit stream of sequences")?;

        let begin = output.len();
        let most = room.block.min(room.limit);
        let guess = room.hint.unwrap_or(found.len + 16 * header.count as usize);
        // What is reserved comes first; more only where it is needed.
        let free = output.capacity().saturating_sub(begin + SLACK);
        extend(output, begin, guess.min(most).min(free))?;
        // Positions within the history from here on.
        let block_at = begin - history.start;
        let mut at = block_at;
        loop {
            let bytes = output.get_mut(history.start..).unwrap_or_default();
            match sequences.run(bytes, &mut self.repeats, &mut at) {
                Ok(()) => break,
                Err(Stop::Invalid(expected)) => return Err(Fault::Invalid(expected)),
                Err(Stop::Room(needed)) => {
                    let needed = needed - block_at;
                    check(needed, room)?;
                    let more = needed.saturating_mul(2).min(most);
                    extend(output, begin, if needed <= free { more.min(free) } else { more })?;
                }
            }
        }
        output.truncate(history.start + at);
        let rest = sequences.finish()?;
        let used = at - block_at;
        check(used, room)?;
        let room = Room { block: room.block - used, limit: room.limit - used, hint: None };
        append(output, rest, room)
    }
}

/// Refuses content of `len` bytes that is more than there is room for.
pub(super) fn check(len: usize, room: Room) -> Result<(), Fault> {
    if len > room.block {
        Err(Fault::Invalid("content no larger than the window and 128 KiB in a block"))
    } else if len > room.limit {
        Err(Fault::TooLarge)
    } else {
        Ok(())
    }
}

/// Makes room for `len` bytes after `begin` and [`SLACK`].
fn extend(output: &mut Vec<u8>, begin: usize, len: usize) -> Result<(), Fault> {
    let target = begin + len + SLACK;
    let more = target.saturating_sub(output.len());
    output.try_reserve(more).map_err(|_| Fault::OutOfMemory(more))?;
    output.resize(target.max(output.len()), 0);
    Ok(())
}

/// Appends bytes as they are.
pub(super) fn append(output: &mut Vec<u8>, bytes: &[u8], room: Room) -> Result<(), Fault> {
    check(bytes.len(), room)?;
    output.try_reserve(bytes.len()).map_err(|_| Fault::OutOfMemory(bytes.len()))?;
    output.extend_from_slice(bytes);
    Ok(())
}

/// Appends one byte `len` times.
pub(super) fn append_run(
    output: &mut Vec<u8>,
    byte: u8,
    len: usize,
    room: Room,
) -> Result<(), Fault> {
    check(len, room)?;
    output.try_reserve(len).map_err(|_| Fault::OutOfMemory(len))?;
    output.resize(output.len() + len, byte);
    Ok(())
}
