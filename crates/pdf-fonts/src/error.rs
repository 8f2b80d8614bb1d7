//! One flat enum.

use core::fmt;

/// Why a font program or a predefined `CMap` is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FontError {
    /// The program ends within a part that nothing works without.
    Truncated,
    /// The program is not well-formed.
    Invalid {
        /// What was expected.
        expected: &'static str,
    },
    /// No predefined `CMap` and no character collection has the name.
    UnknownName,
    /// The name is known, but this build lacks the data: it needs the feature `cmaps`.
    NotBuiltIn,
}

impl fmt::Display for FontError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Truncated => f.write_str("font program ends too early"),
            Self::Invalid { expected } => {
                write!(f, "font program is not valid: expected {expected}")
            }
            Self::UnknownName => f.write_str("no predefined CMap has this name"),
            Self::NotBuiltIn => f.write_str("predefined CMaps are not part of this build"),
        }
    }
}

impl core::error::Error for FontError {}
