//! Options that many readings have.

use bytemill_pdf::PageRange;

use super::{MAX_OUTPUT_BYTES, MAX_PAGES, MAX_PASSWORD_BYTES, MAX_SAFE_INTEGER, MAX_STREAM_BYTES};
use crate::options::options;

options! {
    /// Options of what reads a whole document.
    pub struct DocumentOptions {
        /// User or owner password of an encrypted document.
        password: text(max = MAX_PASSWORD_BYTES),
        /// Most bytes that the document's streams may inflate to.
        max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Longest answer accepted.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
    }
}

options! {
    /// Options of what reads some pages.
    pub struct RangeOptions {
        /// User or owner password of an encrypted document.
        password: text(max = MAX_PASSWORD_BYTES),
        /// First page, counted from 1.
        first_page: integer(default = 1, min = 1, max = 0xffff_ffff, unit = "page"),
        /// Last page; 0 is the last of the document.
        last_page: integer(default = 0, min = 0, max = 0xffff_ffff, unit = "page"),
        /// Most bytes that the document's streams may inflate to.
        max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Longest answer accepted.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
    }
}

#[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
pub(super) fn range(options: &RangeOptions<'_>) -> PageRange {
    PageRange { first: options.first_page as u32, last: options.last_page as u32 }
}
