//! What the caller says, and what may go wrong.

use core::fmt;

/// How many samples of chroma there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Subsampling {
    /// One for each pixel: 4:4:4.
    None,
    /// One for two by two pixels: 4:2:0.
    #[default]
    Both,
}

impl Subsampling {
    /// Pixels to a sample of chroma, across and down.
    pub fn factor(self) -> usize {
        match self {
            Self::None => 1,
            Self::Both => 2,
        }
    }
}

/// How an image is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EncodeOptions {
    /// 1 to 100, as in libjpeg: 50 stands for the tables of T.81, annex K.
    pub quality: u8,
    /// How many samples of chroma there are.
    pub subsampling: Subsampling,
    /// Makes Huffman tables for the image: 2 to 10 % smaller, and all of the image is kept until its end, in about four
    /// bytes for each coefficient that is not zero. Otherwise the tables are those of T.81, annex K.
    pub optimise: bool,
    /// Writes the image in ten scans of growing precision, those of libjpeg's `jpeg_simple_progression`: 2 to 8 % smaller,
    /// and a reader can show a coarse image early. Huffman tables are made for each scan, and all of the image is kept
    /// until its end, in two bytes for each sample.
    pub progressive: bool,
    /// Leaves chroma out.
    pub grey: bool,
    /// Most bytes of the file. Reaching it exactly is allowed.
    pub max_bytes: u64,
}

impl Default for EncodeOptions {
    /// Quality 80, 4:2:0, with tables of its own, 256 MiB.
    fn default() -> Self {
        Self {
            quality: 80,
            subsampling: Subsampling::Both,
            optimise: true,
            progressive: false,
            grey: false,
            max_bytes: 256 << 20,
        }
    }
}

/// Why an image could not be encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EncodeError {
    /// The quality is not in 1 to 100.
    Quality {
        /// The quality that was asked for.
        quality: u8,
    },
    /// A side is not in 1 to 65535.
    Size {
        /// The side.
        size: usize,
    },
    /// The file would be larger than the limit.
    TooLarge {
        /// The limit in bytes.
        limit: u64,
    },
    /// The allocator refused memory.
    OutOfMemory {
        /// How many bytes were asked for.
        bytes: usize,
    },
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::Quality { quality } => write!(f, "expected a quality of 1 to 100, got {quality}"),
            Self::Size { size } => write!(f, "expected sides of 1 to 65535 pixels, got {size}"),
            Self::TooLarge { limit } => write!(f, "JPEG is over the limit of {limit} bytes"),
            Self::OutOfMemory { bytes } => write!(f, "no memory for {bytes} bytes of a JPEG"),
        }
    }
}

impl core::error::Error for EncodeError {}
