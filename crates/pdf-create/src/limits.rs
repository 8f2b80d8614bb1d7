//! How much a document may take.

/// How much a document may take. Reaching a limit exactly is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most pages.
    pub max_pages: u32,
    /// Most items on all pages together; most fonts, images, outline entries, labels and attachments, each.
    pub max_items: u32,
    /// Most bytes of the file, and of what is drawn on one page, before compression.
    pub max_output_bytes: u64,
    /// Most pixels of one image that has to be decoded.
    pub max_image_pixels: u64,
}

impl Default for Limits {
    /// 10 000 pages, a million items, 256 MiB, 100 million pixels.
    fn default() -> Self {
        Self {
            max_pages: 10_000,
            max_items: 1_000_000,
            max_output_bytes: 256 << 20,
            max_image_pixels: 100_000_000,
        }
    }
}
