//! The images of pages: a module of its own, with a writer of PNG.

use bytemill_pdf::{Document, ImageFile, ImageFormat, ImageOptions, PageImage, PageRange, images};

use super::record::Record;
use super::{MAX_OUTPUT_BYTES, MAX_PAGES, MAX_PASSWORD_BYTES, MAX_SAFE_INTEGER, Reading, reading};
use crate::Error;
use crate::options::options;

/// Images inflate to more than text does.
const MAX_STREAM_BYTES: i64 = 128 << 20;
const MAX_PIXELS: i64 = 64 << 20;

options! {
    /// Options of `pdf.images`.
    pub struct ImagesOptions {
        /// User or owner password of an encrypted document.
        password: text(max = MAX_PASSWORD_BYTES),
        /// First page, counted from 1.
        first_page: integer(default = 1, min = 1, max = 0xffff_ffff, unit = "page"),
        /// Last page; 0 is the last of the document.
        last_page: integer(default = 0, min = 0, max = 0xffff_ffff, unit = "page"),
        /// Whether files are made, or images only listed.
        files: boolean(default = true),
        /// Largest image that becomes a PNG; larger ones are listed without a file.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
        /// Most bytes that the document's streams may inflate to.
        max_stream_bytes: integer(default = MAX_STREAM_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most bytes of all files together.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        /// Most pages accepted.
        max_pages: integer(default = MAX_PAGES, min = 1, max = 0xffff_ffff, unit = "pages"),
    }
}

/// The images of pages.
#[derive(Debug)]
pub struct Images;

reading!(Images, 0x0a0b, "images", ImagesOptions);

impl Reading for Images {
    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn read(
        document: &Document<'_>,
        options: &ImagesOptions<'_>,
        record: &mut Record<'_, '_>,
    ) -> Result<(), Error> {
        let range = PageRange { first: options.first_page as u32, last: options.last_page as u32 };
        let wanted = ImageOptions {
            files: options.files,
            max_pixels: options.max_pixels as u64,
            max_output_bytes: record.limits.max_output_bytes,
        };
        let all = images(document, range, &wanted)?;
        record.list(&all, |record, image: &PageImage| {
            record.number(image.page);
            record.text(&image.name);
            record.optional(image.reference.map(|reference| reference.number));
            record.number(image.width);
            record.number(image.height);
            record.number(image.bits);
            record.text(&image.colour_space);
            record.text(&image.filter);
            record.flag(image.stencil);
            record.flag(image.masked);
            record.flag(image.decode_ignored);
            write_file(image.file.as_ref(), record);
            write_file(image.mask.as_ref(), record);
            record.optional_text(image.problem);
        });
        Ok(())
    }
}

fn write_file(file: Option<&ImageFile>, record: &mut Record<'_, '_>) {
    record.flag(file.is_some());
    let Some(file) = file else { return };
    record.number(match file.format {
        ImageFormat::Png => 0_u8,
        ImageFormat::Jpeg => 1,
        ImageFormat::Jpeg2000 => 2,
        ImageFormat::Jbig2 => 3,
    });
    record.bytes(&file.bytes);
}
