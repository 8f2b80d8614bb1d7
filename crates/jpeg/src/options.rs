//! What the caller says.

/// How much smaller than stored an image is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scale {
    /// As stored.
    #[default]
    Full,
    /// Half its width and height.
    Half,
    /// A quarter.
    Quarter,
    /// An eighth: the means of its blocks.
    Eighth,
}

impl Scale {
    /// All of them, the smallest image first.
    pub const ALL: [Self; 4] = [Self::Eighth, Self::Quarter, Self::Half, Self::Full];

    /// What width and height are divided by: 1, 2, 4 or 8. Quotients are rounded up.
    pub fn divisor(self) -> u32 {
        8 / self.size() as u32
    }

    /// Samples to a side of a block.
    pub(crate) fn size(self) -> usize {
        match self {
            Self::Full => 8,
            Self::Half => 4,
            Self::Quarter => 2,
            Self::Eighth => 1,
        }
    }
}

/// How much an image may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pixels as stored, before scaling.
    pub max_pixels: u64,
    /// Most scans; a progressive file of an ordinary encoder has about 10.
    pub max_scans: u32,
    /// Most bytes of memory beside the result. A progressive image, or one whose components come one after another,
    /// takes 129 for each block of 64 samples that is not reduced to its mean; any other takes a row of MCUs.
    pub max_memory_bytes: u64,
}

impl Default for Limits {
    /// 16383 by 16383 pixels, 99 scans, 1 GiB.
    fn default() -> Self {
        Self { max_pixels: 268_402_689, max_scans: 99, max_memory_bytes: 1 << 30 }
    }
}

/// How an image is decoded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// How much smaller than stored.
    pub scale: Scale,
    /// Decodes every component but the first at this scale of what is stored of it, for those who take components at
    /// their own size. Otherwise subsampled components are decoded at as much of their size as the first, or more.
    pub chroma: Option<Scale>,
    /// At a quarter, takes the samples from the four lowest frequencies of a block, as libjpeg 7 does, and not the means
    /// that libjpeg-turbo computes from up to 36: most of the entropy-coded data is then passed over.
    pub lowest: bool,
    /// Decodes these rows of the result alone, from the first to the one before the second. Rows above are read past without
    /// their transform, and nothing is read of those below, whatever is wrong with them.
    pub rows: Option<(u32, u32)>,
    /// Refuses a file whose entropy-coded data is incomplete or damaged, where that shows. Otherwise what is missing is
    /// grey, as in libjpeg.
    pub strict: bool,
    /// How much the image may take.
    pub limits: Limits,
}
