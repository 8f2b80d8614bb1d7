//! Animations, frame by frame.

use bytemill_image::{Animation, Limits, frames};

use super::MAX_PIXELS;
use crate::ops::{MAX_OUTPUT_BYTES, MAX_SAFE_INTEGER, operation};
use crate::options::options;
use crate::{Error, Operation, Output};

options! {
    /// Options of `image.frames`.
    pub struct FramesOptions {
        /// Most frames accepted.
        max_frames: integer(default = 10_000, min = 1, max = 0xffff_ffff, unit = "frames"),
        /// Largest canvas accepted.
        max_pixels: integer(default = MAX_PIXELS, min = 1, max = MAX_SAFE_INTEGER, unit = "pixels"),
        /// Most bytes of pixels, all frames taken together.
        max_output_bytes: integer(default = MAX_OUTPUT_BYTES, min = 0, max = MAX_SAFE_INTEGER, unit = "bytes"),
    }
}

/// The pixels of all frames. Numbers: width, height, loops (NaN where nothing is played), and the duration of each frame.
#[derive(Debug)]
pub struct ReadFrames;

impl Operation for ReadFrames {
    operation!(0x0808, "frames", FramesOptions);

    #[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
    fn run(
        input: &[u8],
        options: &Self::Options<'_>,
        output: &mut Output<'_>,
    ) -> Result<(), Error> {
        let limits = Limits {
            max_pixels: options.max_pixels as u64,
            max_output_bytes: options.max_output_bytes as u64,
        };
        let mut durations = Vec::new();
        let Animation { size, loops } =
            frames(input, options.max_frames as u32, &limits, output.bytes, &mut durations)?;
        output.numbers.extend([
            f64::from(size.width),
            f64::from(size.height),
            loops.map_or(f64::NAN, f64::from),
        ]);
        output.numbers.extend(durations.into_iter().map(f64::from));
        Ok(())
    }
}
