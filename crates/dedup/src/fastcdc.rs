//! FastCDC (2020). The masks are those of the authors' reference implementation (destor) from 64 bytes to 128 KiB, and
//! those of restic-FastCDC around them, which makes cuts equal to those of the crate `fastcdc` and what follows it.

use core::fmt;

use bytemill_base::Message;

use crate::gear::{FastCdcGear, find};

/// By binary logarithm of the size of chunk that a mask makes; none is smaller than 2^5.
const MASKS: [u64; 26] = [
    0,
    0,
    0,
    0,
    0,
    0x0180_4110,
    0x0180_3110,
    0x1803_5100,
    0x0018_0003_5300,
    0x0190_0035_3000,
    0x5900_0353_0000,
    0xd900_0353_0000,
    0xd901_0353_0000,
    0xd903_0353_0000,
    0xd903_1353_0000,
    0xd90f_0353_0000,
    0xd903_0353_7000,
    0xd907_0353_7000,
    0xd907_0753_7000,
    0xd917_0753_7000,
    0xd917_4753_7000,
    0xd917_6753_7000,
    0xd937_6753_7000,
    0xd937_7753_7000,
    0xd937_7757_7000,
    0xdb37_7757_7000,
];

/// Sizes that are none for FastCDC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SizeError {
    /// The smallest size is odd or lies outside of its range.
    Min {
        /// What came.
        bytes: u32,
    },
    /// The average size is odd or lies outside of its range.
    Average {
        /// What came.
        bytes: u32,
    },
    /// The largest size is odd or lies outside of its range.
    Max {
        /// What came.
        bytes: u32,
    },
    /// The sizes do not ascend.
    Order {
        /// Smallest, average and largest size that came.
        bytes: [u32; 3],
    },
    /// There is no such level of normalization.
    Level {
        /// What came.
        level: u32,
    },
}

impl SizeError {
    /// The sentence that [`fmt::Display`] gives.
    pub const fn message(&self) -> Message {
        let (template, [least, most], bytes) = match *self {
            Self::Min { bytes } => (MIN, FastCdc::MIN_BYTES, bytes),
            Self::Average { bytes } => (AVERAGE, FastCdc::AVERAGE_BYTES, bytes),
            Self::Max { bytes } => (MAX, FastCdc::MAX_BYTES, bytes),
            Self::Order { bytes: [min, average, max] } => (ORDER, [min, average], max),
            Self::Level { level } => (LEVEL, [0, 3], level),
        };
        Message::new(template).numbers([least as u64, most as u64, bytes as u64])
    }
}

const MIN: &str = "expected an even smallest size from # to # bytes, got #";
const AVERAGE: &str = "expected an even average size from # to # bytes, got #";
const MAX: &str = "expected an even largest size from # to # bytes, got #";
const ORDER: &str = "expected smallest, average and largest size to ascend, got #, #, # bytes";
const LEVEL: &str = "expected a level of normalization from # to #, got #";

impl fmt::Display for SizeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

impl core::error::Error for SizeError {}

/// Cuts as FastCDC does: nothing before the smallest size, with a strict mask up to the average one, with a loose mask
/// up to the largest, and there at last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FastCdc {
    min: usize,
    average: usize,
    max: usize,
    strict: u64,
    loose: u64,
}

impl FastCdc {
    /// Least and most bytes of the smallest size.
    pub const MIN_BYTES: [u32; 2] = [64, 1 << 20];
    /// Least and most bytes of the average size.
    pub const AVERAGE_BYTES: [u32; 2] = [256, 4 << 20];
    /// Least and most bytes of the largest size.
    pub const MAX_BYTES: [u32; 2] = [1024, 16 << 20];

    /// Sizes in bytes, all even, because bytes are judged in pairs; and the level of normalization, 0 to 3, by which
    /// the masks differ in bits from the one of the average size (section 4.4 of the paper of 2016).
    ///
    /// # Errors
    ///
    /// Every variant of [`SizeError`].
    pub fn new(min: u32, average: u32, max: u32, level: u32) -> Result<Self, SizeError> {
        let fits = |bytes: u32, [least, most]: [u32; 2]| {
            bytes.is_multiple_of(2) && (least..=most).contains(&bytes)
        };
        if !fits(min, Self::MIN_BYTES) {
            return Err(SizeError::Min { bytes: min });
        }
        if !fits(average, Self::AVERAGE_BYTES) {
            return Err(SizeError::Average { bytes: average });
        }
        if !fits(max, Self::MAX_BYTES) {
            return Err(SizeError::Max { bytes: max });
        }
        if min > average || average > max {
            return Err(SizeError::Order { bytes: [min, average, max] });
        }
        if level > 3 {
            return Err(SizeError::Level { level });
        }
        let bits = nearest_log2(average);
        Ok(Self {
            min: min as usize,
            average: average as usize,
            max: max as usize,
            strict: MASKS[(bits + level) as usize],
            loose: MASKS[(bits - level) as usize],
        })
    }

    /// Most bytes of a chunk.
    pub(crate) const fn max_bytes(&self) -> usize {
        self.max
    }

    /// The length of the first chunk of `input`; none where that depends on what follows, or the input ends before.
    pub(crate) fn cut(&self, input: &[u8]) -> Option<usize> {
        let end = input.len().min(self.max);
        if end > self.min {
            // Bytes are judged in pairs: one that is alone at the end of the input is not.
            let end = end & !1;
            let middle = self.average.min(end);
            let mut hash = 0;
            for (mask, from, to) in [(self.strict, self.min, middle), (self.loose, middle, end)] {
                if let Some(found) = find::<FastCdcGear>(mask, &mut hash, &input[from..to]) {
                    // The byte that tells belongs to the next chunk.
                    return Some(from + found);
                }
            }
        }
        (input.len() >= self.max).then_some(self.max)
    }
}

/// The binary logarithm, to the nearest whole number: up from the square root of two on.
fn nearest_log2(value: u32) -> u32 {
    let floor = value.ilog2();
    let square = u64::from(value) * u64::from(value);
    floor + u32::from(square > 1 << (2 * floor + 1))
}
