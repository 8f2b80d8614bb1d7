//! Dictionaries (RFC 8878, 5): content that frames may refer to, and tables for their first blocks.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::DecodeError;
use crate::codes::{FIRST_OFFSETS, MAX_LENGTH_ACCURACY, MAX_OFFSET_ACCURACY};
use crate::decode::{Counts, Weights, read_weights};

const MAGIC: [u8; 4] = [0x37, 0xA4, 0x30, 0xEC];

/// After the magic number and the id.
const TABLES_AT: usize = 8;

/// A dictionary, read once and used for many frames.
#[derive(Clone, Debug)]
pub struct Dictionary {
    id: u32,
    content: Vec<u8>,
    entropy: Option<Box<Entropy>>,
    /// Tells dictionaries apart without comparing them.
    serial: u64,
}

/// The tables of a dictionary, as distributions: decoder and encoder make different tables of them.
#[derive(Clone, Debug)]
pub(crate) struct Entropy {
    /// Huffman weights of literals.
    pub(crate) literals: Weights,
    pub(crate) offset: Counts,
    pub(crate) match_length: Counts,
    pub(crate) literals_length: Counts,
    pub(crate) repeats: [u32; 3],
}

impl Dictionary {
    /// Reads a dictionary: of the format that `zstd --train` writes, or any other bytes as mere content.
    ///
    /// # Errors
    /// [`DecodeError::Invalid`] for a dictionary that begins as the format does and is not whole.
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        if bytes.len() < 8 || bytes[..4] != MAGIC {
            return Ok(Self { id: 0, content: bytes.to_vec(), entropy: None, serial });
        }
        let id = u32::from_le_bytes([bytes[4], bytes[5], bytes[6], bytes[7]]);
        let (entropy, content) = entropy(bytes)
            .map_err(|expected| DecodeError::Invalid { offset: TABLES_AT, expected })?;
        Ok(Self { id, content: content.to_vec(), entropy: Some(Box::new(entropy)), serial })
    }

    /// The id that frames name it by; 0 for mere content.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// What frames may refer to.
    pub fn content(&self) -> &[u8] {
        &self.content
    }

    pub(crate) fn entropy(&self) -> Option<&Entropy> {
        self.entropy.as_deref()
    }

    /// The offsets that repeat codes mean at the start of a frame.
    pub(crate) fn offsets(&self) -> [u32; 3] {
        self.entropy.as_ref().map_or(FIRST_OFFSETS, |entropy| entropy.repeats)
    }

    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }
}

fn entropy(bytes: &[u8]) -> Result<(Entropy, &[u8]), &'static str> {
    const CUT: &str = "a dictionary with all of its tables";
    let (literals, end) = read_weights(bytes, TABLES_AT, bytes.len())?;
    let rest = bytes.get(end..).ok_or(CUT)?;
    let (offset, used) = Counts::read(rest, 32, MAX_OFFSET_ACCURACY)?;
    let rest = rest.get(used..).ok_or(CUT)?;
    let (match_length, used) = Counts::read(rest, 53, MAX_LENGTH_ACCURACY)?;
    let rest = rest.get(used..).ok_or(CUT)?;
    let (literals_length, used) = Counts::read(rest, 36, MAX_LENGTH_ACCURACY)?;
    let rest = rest.get(used..).ok_or(CUT)?;
    let (offsets_at, content) = rest.split_at_checked(12).ok_or(CUT)?;
    let repeat = |index: usize| {
        let at = index * 4;
        u32::from_le_bytes([
            offsets_at[at],
            offsets_at[at + 1],
            offsets_at[at + 2],
            offsets_at[at + 3],
        ])
    };
    let repeats = [repeat(0), repeat(1), repeat(2)];
    if repeats.iter().any(|offset| *offset == 0 || *offset as usize > content.len()) {
        return Err("a dictionary whose first offsets lie in its content");
    }
    Ok((Entropy { literals, offset, match_length, literals_length, repeats }, content))
}
