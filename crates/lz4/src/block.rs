//! Decoding of one block: sequences of literals and a match each (block format, "Compressed block format").

use alloc::vec::Vec;

use crate::copy::{SLACK, copy, grow, load, repeat, store};

/// Why a block could not be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The block ends inside a sequence.
    Truncated,
    /// A match reaches back before the first byte that it may, or nowhere. With its place in the block.
    Distance { at: usize },
    /// The output would be longer than it may become.
    Full,
    /// No memory for this many bytes.
    Memory { bytes: usize },
}

/// Why the loop over sequences stopped.
enum Stop {
    /// At the end of the block.
    End,
    /// The next sequence needs this many bytes of room.
    Room(usize),
    Fault(Fault),
}

/// The shortest match.
const MIN_MATCH: usize = 4;
/// What the short way reads at once: token, 16 bytes of literals and what follows them.
const HEAD: usize = 20;
/// What the short way may write: 14 literals, then a match of 32.
const SHORT: usize = 48;
/// From here on, what a match has more stands in a byte of its own, or in several.
const LONG: usize = 15 + MIN_MATCH;

/// Decodes `block`, appending to `output`, which may become `most` bytes long. Matches may reach back to `output[low]`.
///
/// On an error, `output` is longer than before by anything up to what was asked for.
pub(crate) fn decode(
    block: &[u8],
    output: &mut Vec<u8>,
    low: usize,
    most: usize,
) -> Result<(), Fault> {
    let mut cursor = Cursor { read: 0, written: output.len(), low, most };
    loop {
        match cursor.run(block, output) {
            Stop::End => {
                output.truncate(cursor.written);
                return Ok(());
            }
            Stop::Room(needed) => {
                let hint = (block.len() - cursor.read).saturating_mul(4).saturating_add(256);
                let bytes = needed.max(hint);
                grow(output, cursor.written, needed, hint).map_err(|_| Fault::Memory { bytes })?;
            }
            Stop::Fault(fault) => return Err(fault),
        }
    }
}

struct Cursor {
    read: usize,
    written: usize,
    low: usize,
    most: usize,
}

impl Cursor {
    /// Decodes sequences until the end of the block, or until one has no room.
    fn run(&mut self, block: &[u8], output: &mut [u8]) -> Stop {
        let Self { mut read, mut written, low, most } = *self;
        let allowed = output.len().min(most);
        let stop = loop {
            let mut input = block.get(read..).unwrap_or_default();
            let room = &mut output[..allowed];
            while let Some(head) = input.first_chunk::<HEAD>()
                && let Some((taken, len)) = short(head, room, written, low)
            {
                input = &input[taken..];
                written += len;
            }
            read = block.len() - input.len();
            let start = read;
            match sequence(block, &mut read, most - written) {
                Ok((literals, literals_at, distance, len)) => {
                    let needed = literals + len + SLACK;
                    if output.len() - written < needed {
                        read = start;
                        break Stop::Room(needed);
                    }
                    copy(block, literals_at, output, written, literals);
                    written += literals;
                    if len == 0 {
                        break Stop::End;
                    }
                    if distance.wrapping_sub(1) >= written - low {
                        break Stop::Fault(Fault::Distance { at: literals_at + literals });
                    }
                    repeat(output, written, distance, len);
                    written += len;
                }
                Err(fault) => break Stop::Fault(fault),
            }
        };
        (self.read, self.written) = (read, written);
        stop
    }
}

/// Does the sequence that `head` starts with, if its lengths are short and it is well: how much of the input it takes,
/// and how much it writes at `written`.
#[inline]
fn short(
    head: &[u8; HEAD],
    output: &mut [u8],
    written: usize,
    low: usize,
) -> Option<(usize, usize)> {
    let (done, free) = output.split_at_mut_checked(written)?;
    // One look at how much room there is serves for all that follows.
    let room = free.first_chunk_mut::<SHORT>()?;
    let token = head[0];
    let literals = usize::from(token >> 4);
    let len = usize::from(token & 15) + MIN_MATCH;
    if literals == 15 {
        return None;
    }
    store::<16>(room, 0, load(head, 1));
    let distance = usize::from(u16::from_le_bytes([head[literals + 1], head[literals + 2]]));
    let more = usize::from(head[literals + 3]);
    // Most matches refer to what stands before the literals, and none of that is written here.
    let before = distance.wrapping_sub(literals);
    if (32..=written - low).contains(&before)
        && let Some(source) = done.get(done.len() - before..)
        && let Some(value) = source.first_chunk::<32>()
    {
        store::<16>(room, literals, load(value, 0));
        if len < LONG {
            store::<2>(room, literals + 16, load(value, 16));
            return Some((literals + 3, literals + len));
        }
        store::<16>(room, literals + 16, load(value, 16));
        if LONG + more <= 32 {
            return Some((literals + 4, literals + LONG + more));
        }
    }
    let at = written + literals;
    let (rest, len) = if len < LONG { (3, len) } else { (4, LONG + more) };
    let fits = len + SLACK < output.len() - at;
    if distance.wrapping_sub(1) >= at - low || len == LONG + 255 || !fits {
        return None;
    }
    repeat(output, at, distance, len);
    Some((literals + rest, literals + len))
}

/// Reads one sequence at `read`: how many literals, where they start, and distance and length of the match, which is 0
/// for the last sequence of a block. Both together are at most `room`.
#[inline]
fn sequence(
    block: &[u8],
    read: &mut usize,
    room: usize,
) -> Result<(usize, usize, usize, usize), Fault> {
    let token = next(block, read)?;
    let literals = length(block, read, token >> 4)?;
    let at = *read;
    if literals > block.len() - at {
        return Err(Fault::Truncated);
    }
    if literals > room {
        return Err(Fault::Full);
    }
    *read += literals;
    if *read == block.len() {
        return Ok((literals, at, 0, 0));
    }
    let distance = u16::from_le_bytes([next(block, read)?, next(block, read)?]);
    let len = length(block, read, token & 15)?.saturating_add(MIN_MATCH);
    if len > room - literals {
        return Err(Fault::Full);
    }
    Ok((literals, at, usize::from(distance), len))
}

#[inline]
fn next(block: &[u8], read: &mut usize) -> Result<u8, Fault> {
    let byte = *block.get(*read).ok_or(Fault::Truncated)?;
    *read += 1;
    Ok(byte)
}

/// A length whose first four bits are `start`: 15 is continued by bytes that are added up, to one below 255.
#[inline]
fn length(block: &[u8], read: &mut usize, start: u8) -> Result<usize, Fault> {
    let mut length = usize::from(start);
    if start == 15 {
        loop {
            let byte = next(block, read)?;
            length = length.saturating_add(usize::from(byte));
            if byte != 255 {
                break;
            }
        }
    }
    Ok(length)
}
