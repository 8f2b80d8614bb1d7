//! `image.thumbnail`, for one size and for several.

use bytemill_image::{
    Encoding, Fit, Limits, Resize, Size, ThumbnailOptions as Kernel, jpeg_thumbnail,
};

use super::{DEFAULT_BACKGROUND, FILTERS, FORMATS, MAX_PIXELS, MAX_SIDE, POSITIONS, opaque};
use crate::ops::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Error, Operation, Output};

const FITS: [Fit; 5] = [Fit::Inside, Fit::Cover, Fit::Contain, Fit::Fill, Fit::Outside];

options! {
    /// Options of `image.thumbnail`.
    pub struct ThumbnailOptions {
        /// Width of the box that the result is fitted to; 0 follows from the height.
        width: integer(default = 320, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Height of the box; 0 follows from the width.
        height: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// How the image meets its box, as in CSS `object-fit`; `inside` never crops and never exceeds it.
        fit: choice(default = 0, names = ["inside", "cover", "contain", "fill", "outside"]),
        /// What `cover` keeps of the image, and where `contain` places it.
        position: choice(default = 0, names = [
            "centre", "top", "right top", "right", "right bottom", "bottom", "left bottom", "left", "left top",
            "center", "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"
        ]),
        /// The filter. `cubic` is Catmull and Rom's.
        kernel: choice(default = 0, names = ["lanczos3", "mitchell", "cubic", "linear", "nearest", "lanczos2"]),
        /// Leave an image that is smaller than its box as it is.
        without_enlargement: boolean(default = true),
        /// Format of the result.
        format: choice(default = 0, names = ["jpeg", "png", "webp", "gif", "bmp", "qoi"]),
        /// Quality of a JPEG or lossy WebP result.
        quality: integer(default = 80, min = 1, max = 100, unit = "percent"),
        /// Turn the image as its EXIF orientation says.
        auto_orient: boolean(default = true),
        /// Colour behind transparent pixels where the format has none, and beside a `contain`ed image.
        background: colour(default = DEFAULT_BACKGROUND),
        /// Largest input accepted.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
        /// Largest output accepted.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
    }
}

#[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
impl ThumbnailOptions<'_> {
    fn kernel(&self) -> Kernel {
        Kernel {
            resize: Resize {
                width: self.width as u32,
                height: self.height as u32,
                fit: FITS[self.fit],
                position: POSITIONS[self.position],
                filter: FILTERS[self.kernel],
                without_enlargement: self.without_enlargement,
                without_reduction: false,
                background: self.background,
            },
            encoding: Encoding {
                format: FORMATS[self.format],
                quality: self.quality as u8,
                background: opaque(self.background),
                ..Encoding::default()
            },
            as_stored: !self.auto_orient,
        }
    }

    fn limits(&self) -> Limits {
        Limits {
            max_pixels: self.max_pixels as u64,
            max_output_bytes: self.max_output_bytes as u64,
        }
    }
}

/// Decode, orient, resize, encode: one crossing. From JPEG to JPEG alone.
#[derive(Debug)]
pub struct JpegThumbnail;

impl Operation for JpegThumbnail {
    operation!(0x0810, "jpegThumbnail", ThumbnailOptions);

    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let size = jpeg_thumbnail(input, &options.kernel(), &options.limits(), output.bytes)?;
        numbers(size, output);
        Ok(())
    }
}

fn numbers(size: Size, output: &mut Output<'_>) {
    output.numbers.extend([f64::from(size.width), f64::from(size.height)]);
}

#[cfg(feature = "image")]
mod every_format {
    use bytemill_image::{thumbnail, thumbnails};

    use super::{
        DEFAULT_BACKGROUND, Encoding, Error, FORMATS, Fit, Kernel, Limits, MAX_OUTPUT_BYTES,
        MAX_PIXELS, MAX_SAFE_INTEGER, MAX_SIDE, Operation, Output, Resize, ThumbnailOptions,
        numbers, opaque, operation, options,
    };
    use crate::Code;

    /// Decode, orient, resize, encode: one crossing. From and to every format.
    #[derive(Debug)]
    pub struct Thumbnail;

    impl Operation for Thumbnail {
        operation!(0x0801, "thumbnail", ThumbnailOptions);

        fn run(
            input: &[u8],
            options: &Self::Options<'_>,
            output: &mut Output<'_>,
        ) -> Result<(), Error> {
            let size = thumbnail(input, &options.kernel(), &options.limits(), output.bytes)?;
            numbers(size, output);
            Ok(())
        }
    }

    options! {
        /// Options of `image.thumbnails`.
        pub struct ThumbnailsOptions {
            /// Widths of the results, in their order; heights follow from them.
            widths: integers(min = 1, max = MAX_SIDE as u32, count = 32, unit = "pixels"),
            /// Leave an image that is smaller than asked for as it is.
            without_enlargement: boolean(default = true),
            /// Format of the results.
            format: choice(default = 0, names = ["jpeg", "png", "webp", "gif", "bmp", "qoi"]),
            /// Quality of JPEG or lossy WebP results.
            quality: integer(default = 80, min = 1, max = 100, unit = "percent"),
            /// Turn the image as its EXIF orientation says.
            auto_orient: boolean(default = true),
            /// Colour behind transparent pixels where the format has none.
            background: colour(default = DEFAULT_BACKGROUND),
            /// Largest input accepted.
            max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
            /// Largest output accepted, all results together.
            max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
        }
    }

    /// Several thumbnails of one image, which is decoded once.
    #[derive(Debug)]
    pub struct Thumbnails;

    impl Operation for Thumbnails {
        operation!(0x0803, "thumbnails", ThumbnailsOptions);

        #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
        fn run(
            input: &[u8],
            options: &Self::Options<'_>,
            output: &mut Output<'_>,
        ) -> Result<(), Error> {
            if options.widths.is_empty() {
                return Err(Error::new(Code::InvalidArgument, "widths: expected at least one"));
            }
            let of_width = |width: &[u8; 4]| Kernel {
                resize: Resize {
                    width: u32::from_le_bytes(*width),
                    fit: Fit::Inside,
                    without_enlargement: options.without_enlargement,
                    ..Resize::default()
                },
                encoding: Encoding {
                    format: FORMATS[options.format],
                    quality: options.quality as u8,
                    background: opaque(options.background),
                    ..Encoding::default()
                },
                as_stored: !options.auto_orient,
            };
            let wanted: Vec<Kernel> = options.widths.iter().map(of_width).collect();
            let limits = Limits {
                max_pixels: options.max_pixels as u64,
                max_output_bytes: options.max_output_bytes as u64,
            };
            let lengths = thumbnails(input, &wanted, &limits, output.bytes)?;
            #[expect(
                clippy::cast_precision_loss,
                reason = "lengths of buffers are far below 2^53"
            )]
            output.numbers.extend(lengths.iter().map(|length| *length as f64));
            Ok(())
        }
    }
}
#[cfg(feature = "image")]
pub use every_format::{Thumbnail, Thumbnails, ThumbnailsOptions};
