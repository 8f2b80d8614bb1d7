//! One flat enum.

use core::fmt;

/// Why a profile could not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IccError {
    /// The profile ends before what its header or its tag table points to.
    Truncated,
    /// The profile is not a well-formed one.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// The profile uses a part of ICC.1 that is not supported.
    Unsupported {
        /// The part.
        feature: &'static str,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for IccError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated => f.write_str("colour profile ends before its last tag"),
            Self::Invalid { expected } => {
                write!(f, "colour profile is not valid: expected {expected}")
            }
            Self::Unsupported { feature } => {
                write!(f, "colour profile is not supported: {feature}")
            }
            Self::OutOfMemory { bytes } => {
                write!(f, "no memory for {bytes} bytes of a colour profile")
            }
        }
    }
}

impl core::error::Error for IccError {}

pub(crate) const fn invalid(expected: &'static str) -> IccError {
    IccError::Invalid { expected }
}

pub(crate) const fn unsupported(feature: &'static str) -> IccError {
    IccError::Unsupported { feature }
}

/// An empty list with room for some elements.
pub(crate) fn reserve<T>(len: usize) -> Result<Vec<T>, IccError> {
    let mut list = Vec::new();
    list.try_reserve_exact(len)
        .map_err(|_| IccError::OutOfMemory { bytes: len.saturating_mul(size_of::<T>()) })?;
    Ok(list)
}
