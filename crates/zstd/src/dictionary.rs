//! Dictionaries (RFC 8878, 5): tables, offsets and content that frames start from.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::sync::atomic::{AtomicU64, Ordering};

use crate::DecodeError;
use crate::codes::{FIRST_OFFSETS, MAX_LENGTH_ACCURACY, MAX_OFFSET_ACCURACY};
use crate::decode::Prepared;
use crate::decode::fse::{Distribution, read_distribution};
use crate::decode::huffman::{Weights, read_weights};
use crate::frame::little_endian;

/// Begins a dictionary that has tables.
pub(crate) const MAGIC: [u8; 4] = [0x37, 0xA4, 0x30, 0xEC];
/// Magic number and id.
pub(crate) const HEADER: usize = 8;

/// What frames of one kind of data have in common.
#[derive(Clone, Debug)]
pub struct Dictionary {
    /// What was made for one dictionary is found again by this number.
    serial: u64,
    id: u32,
    entropy: Option<Box<(Entropy, Prepared)>>,
    offsets: [u32; 3],
    bytes: Vec<u8>,
    /// How many of `bytes` are magic number, id, tables and offsets.
    header_len: usize,
}

/// The tables of a dictionary, as they are described.
#[derive(Clone, Debug)]
pub(crate) struct Entropy {
    pub(crate) literals: Weights,
    pub(crate) offset: Distribution<32>,
    pub(crate) match_length: Distribution<53>,
    pub(crate) literals_length: Distribution<36>,
}

impl Dictionary {
    /// Reads a dictionary. Bytes that do not begin with the magic number `0xEC30A437` are all content.
    ///
    /// # Errors
    ///
    /// [`DecodeError::InvalidDictionary`] where the tables or offsets of a dictionary that has the magic number are wrong,
    /// and [`DecodeError::OutOfMemory`].
    pub fn parse(bytes: &[u8]) -> Result<Self, DecodeError> {
        static SERIAL: AtomicU64 = AtomicU64::new(1);
        let serial = SERIAL.fetch_add(1, Ordering::Relaxed);
        if bytes.len() < HEADER || bytes[..4] != MAGIC {
            return Ok(Self {
                serial,
                id: 0,
                entropy: None,
                offsets: FIRST_OFFSETS,
                bytes: copy(bytes)?,
                header_len: 0,
            });
        }
        let id = little_endian(&bytes[4..HEADER]) as u32;
        let invalid = |expected| DecodeError::InvalidDictionary { expected };
        let (entropy, after) = Entropy::read(bytes).map_err(invalid)?;
        let (offsets, content) = bytes
            .get(after..)
            .and_then(|rest| rest.split_at_checked(12))
            .ok_or(invalid("three offsets after the tables"))?;
        let mut repeats = FIRST_OFFSETS;
        for (repeat, offset) in repeats.iter_mut().zip(offsets.chunks_exact(4)) {
            *repeat = little_endian(offset) as u32;
            if *repeat == 0 || *repeat as usize > content.len() {
                return Err(invalid("offsets within the content"));
            }
        }
        let prepared = Prepared::new(&entropy);
        let entropy = Some(Box::new((entropy, prepared)));
        let header_len = bytes.len() - content.len();
        Ok(Self { serial, id, entropy, offsets: repeats, bytes: copy(bytes)?, header_len })
    }

    /// The id that frames name; 0 for a dictionary without tables.
    pub fn id(&self) -> u32 {
        self.id
    }

    /// A number, not 0, that no other dictionary has, except clones of this one.
    pub(crate) fn serial(&self) -> u64 {
        self.serial
    }

    /// What matches can be copied from.
    pub fn content(&self) -> &[u8] {
        self.bytes.get(self.header_len..).unwrap_or_default()
    }

    /// What lies before a frame for its decoder: as for libzstd the whole dictionary, tables and all.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The tables, where there are any, as they are described: an encoder makes its own of them.
    pub(crate) fn entropy(&self) -> Option<&Entropy> {
        self.entropy.as_deref().map(|(entropy, _)| entropy)
    }

    /// The tables, where there are any, ready for decoding.
    pub(crate) fn prepared(&self) -> Option<&Prepared> {
        self.entropy.as_deref().map(|(_, prepared)| prepared)
    }

    /// The offsets that repeat codes mean at the start of a frame.
    pub(crate) fn offsets(&self) -> [u32; 3] {
        self.offsets
    }
}

impl Entropy {
    /// Reads the tables and returns where they end.
    pub(crate) fn read(bytes: &[u8]) -> Result<(Self, usize), &'static str> {
        let (literals, at) = read_weights(bytes, HEADER, bytes.len())?;
        let rest = |at| bytes.get(at..).unwrap_or_default();
        let (offset, len) = read_distribution(rest(at), MAX_OFFSET_ACCURACY)?;
        let at = at + len;
        let (match_length, len) = read_distribution(rest(at), MAX_LENGTH_ACCURACY)?;
        let at = at + len;
        let (literals_length, len) = read_distribution(rest(at), MAX_LENGTH_ACCURACY)?;
        Ok((Self { literals, offset, match_length, literals_length }, at + len))
    }
}

fn copy(bytes: &[u8]) -> Result<Vec<u8>, DecodeError> {
    let mut content = Vec::new();
    content
        .try_reserve_exact(bytes.len())
        .map_err(|_| DecodeError::OutOfMemory { bytes: bytes.len() })?;
    content.extend_from_slice(bytes);
    Ok(content)
}
