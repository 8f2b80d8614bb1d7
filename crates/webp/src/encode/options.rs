//! How images are encoded.

/// How an image is encoded.
#[derive(Clone, Copy, Debug)]
pub struct EncodeOptions<'a> {
    /// Whether every pixel comes back as it is. The colours of pixels without any opacity do, too.
    pub lossless: bool,
    /// Of lossy images, 0 to 100, on libwebp's scale.
    pub quality: u8,
    /// 0, the fastest, to 6, the smallest.
    pub effort: u8,
    /// What goes into the file besides pixels.
    pub metadata: Metadata<'a>,
    /// The largest file, in bytes.
    pub max_bytes: u64,
}

/// What a file says besides its pixels. What is empty is left out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Metadata<'a> {
    /// A colour profile of the ICC.
    pub icc: &'a [u8],
    /// EXIF, from its TIFF header on.
    pub exif: &'a [u8],
    /// XMP, as UTF-8.
    pub xmp: &'a [u8],
}

impl Default for EncodeOptions<'_> {
    /// Lossy of quality 80 with effort 4, no metadata, 256 MiB.
    fn default() -> Self {
        Self {
            lossless: false,
            quality: 80,
            effort: 4,
            metadata: Metadata::default(),
            max_bytes: 256 << 20,
        }
    }
}
