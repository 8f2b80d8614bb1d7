//! Chains: any steps between decoding and encoding, in one crossing.

use bytemill_image::{Encoding, Format, Info, Keep, Limits, Request, process};

use super::{DEFAULT_BACKGROUND, FORMATS, MAX_PIXELS, MAX_SIDE, opaque, steps};
use crate::ops::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Error, Operation, Output};

options! {
    /// Options of `image.process`.
    pub struct ProcessOptions {
        /// The steps, in their order.
        steps: bytes(min = 0, max = 1 << 30),
        /// Width of an input that is nothing but samples; 0 for a file.
        raw_width: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Height of an input that is nothing but samples.
        raw_height: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Samples per pixel of an input that is nothing but samples.
        raw_channels: integer(default = 4, min = 1, max = 4, unit = "samples"),
        /// Which image of a file that has several.
        page: integer(default = 0, min = 0, max = 65_535, unit = "images before it"),
        /// Turn the image as its EXIF orientation says, before all steps.
        auto_orient: boolean(default = true),
        /// Format of the result.
        format: choice(default = 0, names = ["input", "jpeg", "png", "webp", "gif", "bmp", "qoi", "raw"]),
        /// Quality of JPEG and lossy WebP.
        quality: integer(default = 80, min = 1, max = 100, unit = "percent"),
        /// JPEG in several scans, each finer than the one before.
        progressive: boolean(default = false),
        /// How much of the chroma JPEG keeps.
        chroma_subsampling: choice(default = 0, names = ["4:2:0", "4:4:4"]),
        /// WebP without loss.
        lossless: boolean(default = false),
        /// How hard PNG and WebP are compressed.
        effort: integer(default = 4, min = 0, max = 6, unit = "effort"),
        /// Colours of a PNG with a palette; 0 for all that there are.
        colours: integer(default = 0, min = 0, max = 256, unit = "colours"),
        /// What shows behind transparent pixels where the format has none.
        background: colour(default = DEFAULT_BACKGROUND),
        /// Keep EXIF.
        keep_exif: boolean(default = false),
        /// Keep the colour profile, and pixels as they are, instead of converting them to sRGB.
        keep_icc: boolean(default = false),
        /// Keep XMP.
        keep_xmp: boolean(default = false),
        /// Largest input accepted, and largest image between steps.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
        /// Largest output accepted.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
    }
}

/// Decodes, does what the steps say, encodes.
#[derive(Debug)]
pub struct Process;

impl Operation for Process {
    operation!(0x0804, "process", ProcessOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let steps = steps::read(options.steps.unwrap_or_default())?;
        let formats = FORMATS.iter().copied().chain([Format::Raw]);
        let request = Request {
            raw: steps::raw(options.raw_width, options.raw_height, options.raw_channels),
            page: options.page as u32,
            as_stored: !options.auto_orient,
            steps: &steps,
            format: options.format.checked_sub(1).and_then(|at| formats.clone().nth(at)),
            encoding: Encoding {
                format: Format::default(),
                quality: options.quality as u8,
                progressive: options.progressive,
                full_chroma: options.chroma_subsampling == 1,
                lossless: options.lossless,
                effort: options.effort as u8,
                colours: options.colours as u16,
                background: opaque(options.background),
            },
            keep: Keep { exif: options.keep_exif, icc: options.keep_icc, xmp: options.keep_xmp },
            limits: Limits {
                max_pixels: options.max_pixels as u64,
                max_output_bytes: options.max_output_bytes as u64,
            },
        };
        let Info { format, width, height, channels } = process(input, &request, output.bytes)?;
        let format = formats.clone().position(|one| one == format).unwrap_or_default();
        output.numbers.extend([format as u32, width, height, channels].map(f64::from));
        Ok(())
    }
}
