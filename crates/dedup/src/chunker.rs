//! The two ways to cut an input.

use crate::fastcdc::FastCdc;
use crate::xet;

/// Where chunks end: a function of their own bytes alone, so that equal content gives equal chunks wherever it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chunker {
    /// FastCDC (2020).
    FastCdc(FastCdc),
    /// The Xet protocol: 64 KiB on average, 8 to 128 KiB.
    Xet,
}

impl Chunker {
    /// The length of the first chunk of `input` in bytes; none where that depends on what follows.
    ///
    /// Takes time linear in the length of the chunk.
    #[inline]
    pub fn cut(&self, input: &[u8]) -> Option<usize> {
        match self {
            Self::FastCdc(fastcdc) => fastcdc.cut(input),
            Self::Xet => xet::cut(input),
        }
    }

    /// Most bytes of a chunk.
    pub const fn max_bytes(&self) -> usize {
        match self {
            Self::FastCdc(fastcdc) => fastcdc.max_bytes(),
            Self::Xet => xet::MAX_BYTES,
        }
    }
}
