//! The frames of an animation: one of them, or all.

use bytemill_formats as formats;
use bytemill_raster::Raster;

use crate::encode::append;
use crate::header::memory;
use crate::source::Source;
use crate::{ImageError, Limits, Size, metadata};

/// What all frames of an animation have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Animation {
    /// Width and height of the canvas, which every frame covers.
    pub size: Size,
    /// How often it is played, 0 without end; none where there is nothing to be played.
    pub loops: Option<u32>,
}

/// Decodes all frames of an animated GIF, PNG or WebP as a viewer shows them, one after another to the end of `output`: rows of red,
/// green, blue and alpha, which is not multiplied in, in sRGB. `durations` gets how long each is shown, in milliseconds as
/// stored: browsers make 100 of 0 to 10. A still image, of any format, is one frame that is shown for 0.
///
/// # Errors
///
/// As [`process`](crate::process()), and [`ImageError::TooManyFrames`]. On an error `output` and `durations` are as before.
pub fn frames(
    input: &[u8],
    max_frames: u32,
    limits: &Limits,
    output: &mut Vec<u8>,
    durations: &mut Vec<u32>,
) -> Result<Animation, ImageError> {
    let before = (output.len(), durations.len());
    let result = append_all(input, max_frames, limits, output, durations);
    if result.is_err() {
        output.truncate(before.0);
        durations.truncate(before.1);
    }
    result
}

fn append_all(
    input: &[u8],
    max_frames: u32,
    limits: &Limits,
    output: &mut Vec<u8>,
    durations: &mut Vec<u32>,
) -> Result<Animation, ImageError> {
    let start = (output.len(), durations.len());
    let source = Source::open(input, 0, limits)?;
    source.check_complete()?;
    let transform = metadata::to_srgb(&source.metadata());
    let mut add = |pixels: &[u8], duration: u32| {
        if (durations.len() - start.1) as u64 >= u64::from(max_frames) {
            return Err(ImageError::TooManyFrames { limit: max_frames });
        }
        let length = (output.len() - start.0 + pixels.len()) as u64;
        if length > limits.max_output_bytes {
            return Err(ImageError::OutputTooLarge { limit: limits.max_output_bytes });
        }
        let from = output.len();
        append(pixels, output)?;
        if let Some(transform) = &transform {
            transform.apply(&mut output[from..], 4);
        }
        durations.push(duration);
        Ok(())
    };
    let Some(mut player) = Player::new(input, limits)? else {
        let pixels = source.pixels(source.orientation)?.to_rgba()?;
        add(pixels.data(), 0)?;
        let size = Size { width: pixels.width(), height: pixels.height() };
        return Ok(Animation { size, loops: None });
    };
    while let Some((pixels, duration)) = player.next_frame()? {
        add(pixels, duration)?;
    }
    Ok(Animation { size: source.size, loops: player.loops() })
}

/// The frame of a number, counted from 0: red, green, blue and alpha.
pub(crate) fn frame(input: &[u8], page: u32, limits: &Limits) -> Result<Raster, ImageError> {
    let no_page = |pages| ImageError::NoPage { page, pages };
    let mut player = Player::new(input, limits)?.ok_or(no_page(1))?;
    for passed in 0..=page {
        let size = player.size();
        let Some((pixels, _)) = player.next_frame()? else { return Err(no_page(passed)) };
        if passed == page {
            let mut data = Vec::new();
            append(pixels, &mut data)?;
            return Ok(Raster::new(size.width, size.height, 4, data)?);
        }
    }
    Err(ImageError::Internal)
}

/// Frames one after another, of any format that has several.
enum Player<'a> {
    Formats(formats::Frames<'a>),
    Webp(bytemill_webp::Frames<'a>),
}

impl<'a> Player<'a> {
    /// Nothing for a still image.
    fn new(input: &'a [u8], limits: &Limits) -> Result<Option<Self>, ImageError> {
        let max_pixels = limits.max_pixels;
        let max_memory_bytes = memory(input) / 2;
        Ok(match formats::Format::of(input)? {
            formats::Format::Gif | formats::Format::Png => {
                let limits =
                    formats::Limits { max_pixels, max_memory_bytes, ..formats::Limits::default() };
                let options = formats::Options { limits, ..formats::Options::default() };
                let frames = formats::Frames::new(input, &options)?;
                (frames.header().pages > 1).then_some(Self::Formats(frames))
            }
            formats::Format::WebP => {
                let limits = bytemill_webp::Limits { max_pixels, max_memory_bytes };
                let options = bytemill_webp::Options { limits, ..Default::default() };
                let frames = bytemill_webp::Frames::new(input, &options)?;
                frames.header().animated.then_some(Self::Webp(frames))
            }
            _ => None,
        })
    }

    fn size(&self) -> Size {
        match self {
            Self::Formats(frames) => {
                let header = frames.header();
                Size { width: header.width, height: header.height }
            }
            Self::Webp(frames) => {
                let header = frames.header();
                Size { width: header.width, height: header.height }
            }
        }
    }

    fn loops(&self) -> Option<u32> {
        match self {
            Self::Formats(frames) => frames.header().loops,
            Self::Webp(frames) => frames.header().animated.then_some(frames.header().loops),
        }
    }

    /// Pixels, and for how long they are shown in milliseconds.
    fn next_frame(&mut self) -> Result<Option<(&[u8], u32)>, ImageError> {
        Ok(match self {
            Self::Formats(frames) => {
                frames.next_frame()?.map(|frame| (frame.pixels, frame.delay_ms))
            }
            Self::Webp(frames) => frames.next_frame()?.map(|frame| (frame.pixels, frame.duration)),
        })
    }
}
