//! Writing GIF: stills, and animations in which a frame holds what differs from the one before.

use crate::bytes::{reserve, zeroed};
use crate::lzw::Encoder;
use crate::palette::{Indexed, quantise};
use crate::sink::{Sink, rgba};
use crate::{FormatError, Image};

/// How to write a GIF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GifOptions {
    /// Most colours of a frame, 2 to 256.
    pub colours: u16,
    /// Spreads differences over the neighbours, as Floyd and Steinberg do.
    pub dither: bool,
    /// How often an animation is played; 0 without end.
    pub loops: u32,
    /// Most bytes of the file. Reaching it exactly is allowed.
    pub max_bytes: u64,
}

impl Default for GifOptions {
    /// 256 colours, dithered, played without end, 256 MiB.
    fn default() -> Self {
        Self { colours: 256, dither: true, loops: 0, max_bytes: 256 << 20 }
    }
}

/// Appends the image as a GIF of one frame to `output`, which is as before after an error. Pixels are opaque from an alpha
/// of 128 on, and transparent below.
///
/// # Errors
///
/// [`FormatError::Dimension`], [`FormatError::Colours`], [`FormatError::OutputTooLarge`],
/// [`FormatError::OutOfMemory`].
pub fn encode_gif(
    image: &Image<'_>,
    options: &GifOptions,
    output: &mut Vec<u8>,
) -> Result<(), FormatError> {
    image.check(u16::MAX.into())?;
    Sink::run(output, options.max_bytes, |sink| {
        start(image.width, image.height, None, sink)?;
        let whole = [0, 0, image.width, image.height];
        frame(image, whole, None, Disposal::Keep, options, sink)?;
        sink.put(&[0x3B])
    })
}

/// Writes an animation frame by frame.
#[derive(Debug)]
pub struct GifEncoder {
    width: usize,
    height: usize,
    options: GifOptions,
    file: Vec<u8>,
    /// The frame that waits until it is known what the next one takes away, and how long it is shown.
    waiting: Option<(Vec<u8>, u32)>,
    /// What is shown before it, if it stays.
    shown: Option<Vec<u8>>,
}

/// What becomes of a frame before the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Disposal {
    Keep = 1,
    Background = 2,
}

impl GifEncoder {
    /// An animation of a size.
    ///
    /// # Errors
    ///
    /// [`FormatError::Dimension`], [`FormatError::Colours`], [`FormatError::OutOfMemory`].
    pub fn new(width: usize, height: usize, options: &GifOptions) -> Result<Self, FormatError> {
        let limit = u64::from(u16::MAX);
        for side in [width, height] {
            if side == 0 || side as u64 > limit {
                return Err(FormatError::Dimension { size: side as u64, limit });
            }
        }
        if !(2..=256).contains(&options.colours) {
            return Err(FormatError::Colours { colours: options.colours });
        }
        let mut file = Vec::new();
        Sink::run(&mut file, options.max_bytes, |sink| {
            start(width, height, Some(options.loops), sink)
        })?;
        Ok(Self { width, height, options: *options, file, waiting: None, shown: None })
    }

    /// Takes the next frame: RGBA of the whole canvas, alpha not multiplied in. It is shown for `delay_ms` milliseconds,
    /// rounded to hundredths of a second.
    ///
    /// # Errors
    ///
    /// [`FormatError::Dimension`], [`FormatError::OutputTooLarge`], [`FormatError::OutOfMemory`].
    pub fn push(&mut self, pixels: &[u8], delay_ms: u32) -> Result<(), FormatError> {
        let size = Image { width: self.width, height: self.height, channels: 4, pixels };
        size.check(u16::MAX.into())?;
        let mut frame = Vec::new();
        reserve(&mut frame, pixels.len() as u64)?;
        frame.extend_from_slice(pixels);
        for pixel in frame.as_chunks_mut::<4>().0 {
            *pixel = opaque_or_clear(*pixel);
        }
        if let Some((waiting, delay)) = self.waiting.take() {
            // What shows now and not in the next frame has to be taken away.
            let vanishes = waiting.as_chunks::<4>().0.iter().zip(frame.as_chunks::<4>().0);
            let vanishes = vanishes.into_iter().any(|(now, next)| now[3] != 0 && next[3] == 0);
            let disposal = if vanishes { Disposal::Background } else { Disposal::Keep };
            self.write(&waiting, delay, disposal)?;
            self.shown = (!vanishes).then_some(waiting);
        }
        self.waiting = Some((frame, delay_ms));
        Ok(())
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// As [`GifEncoder::push`]; [`FormatError::Dimension`] if there was no frame.
    pub fn finish(mut self) -> Result<Vec<u8>, FormatError> {
        let limit = self.options.max_bytes;
        let (waiting, delay) =
            self.waiting.take().ok_or(FormatError::Dimension { size: 0, limit })?;
        self.write(&waiting, delay, Disposal::Keep)?;
        let left = self.left();
        Sink::run(&mut self.file, left, |sink| sink.put(&[0x3B]))?;
        Ok(self.file)
    }

    fn left(&self) -> u64 {
        self.options.max_bytes.saturating_sub(self.file.len() as u64)
    }

    /// Writes the part of a frame that differs from what is shown; with everything if its whole area is taken away.
    fn write(&mut self, pixels: &[u8], delay: u32, disposal: Disposal) -> Result<(), FormatError> {
        let image = Image { width: self.width, height: self.height, channels: 4, pixels };
        let whole = [0, 0, self.width, self.height];
        let (left, options) = (self.left(), self.options);
        let Some(shown) = &self.shown else {
            return Sink::run(&mut self.file, left, |sink| {
                frame(&image, whole, Some(delay), disposal, &options, sink)
            });
        };
        let area = if disposal == Disposal::Background {
            whole
        } else {
            difference(self.width, shown, pixels)
        };
        let [x, y, width, height] = area;
        let mut part = zeroed(4 * width as u64 * height as u64)?;
        for (row, target) in part.chunks_exact_mut(4 * width).enumerate() {
            let at = 4 * ((y + row) * self.width + x);
            let (now, before) = (&pixels[at..at + 4 * width], &shown[at..at + 4 * width]);
            for (i, pixel) in target.as_chunks_mut::<4>().0.iter_mut().enumerate() {
                let at = 4 * i..4 * i + 4;
                // What is the same is left out: long runs of nothing.
                if now[at.clone()] != before[at.clone()] {
                    pixel.copy_from_slice(&now[at]);
                }
            }
        }
        let image = Image { width, height, channels: 4, pixels: &part };
        Sink::run(&mut self.file, left, |sink| {
            frame(&image, area, Some(delay), disposal, &options, sink)
        })
    }
}

fn opaque_or_clear([r, g, b, a]: [u8; 4]) -> [u8; 4] {
    if a < 128 { [0; 4] } else { [r, g, b, 255] }
}

/// The smallest area in which two images differ; one pixel if they do not.
fn difference(width: usize, one: &[u8], other: &[u8]) -> [usize; 4] {
    let (mut left, mut right) = (width, 0);
    let (mut top, mut bottom) = (usize::MAX, 0);
    let rows = one.chunks_exact(4 * width).zip(other.chunks_exact(4 * width));
    for (y, (one, other)) in rows.enumerate() {
        let pairs = one.as_chunks::<4>().0.iter().zip(other.as_chunks::<4>().0);
        let mut differ = pairs.enumerate().filter(|(_, (one, other))| one != other);
        let Some((first, _)) = differ.next() else { continue };
        let last = differ.next_back().map_or(first, |(last, _)| last);
        left = left.min(first);
        right = right.max(last + 1);
        top = top.min(y);
        bottom = y + 1;
    }
    if bottom == 0 { [0, 0, 1, 1] } else { [left, top, right - left, bottom - top] }
}

/// Signature, screen and repetitions.
fn start(
    width: usize,
    height: usize,
    loops: Option<u32>,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    sink.put(b"GIF89a")?;
    sink.put(&(width as u16).to_le_bytes())?;
    sink.put(&(height as u16).to_le_bytes())?;
    // No table of colours for all frames.
    sink.put(&[0x70, 0, 0])?;
    match loops {
        // Once is what it is without the extension.
        None | Some(1) => Ok(()),
        Some(loops) => {
            // How often it is repeated.
            let repeats = loops.saturating_sub(1).min(u16::MAX.into()) as u16;
            sink.put(b"\x21\xFF\x0BNETSCAPE2.0\x03\x01")?;
            sink.put(&repeats.to_le_bytes())?;
            sink.put(&[0])
        }
    }
}

fn frame(
    image: &Image<'_>,
    area: [usize; 4],
    delay_ms: Option<u32>,
    disposal: Disposal,
    options: &GifOptions,
    sink: &mut Sink<'_>,
) -> Result<(), FormatError> {
    let indexed = indexed(image, options)?;
    let transparent = indexed.colours.first().is_some_and(|colour| colour[3] == 0);
    if delay_ms.is_some() || transparent {
        let hundredths = delay_ms.unwrap_or(0).saturating_add(5) / 10;
        let [low, high] = (hundredths.min(u16::MAX.into()) as u16).to_le_bytes();
        let flags = (disposal as u8) << 2 | u8::from(transparent);
        sink.put(&[0x21, 0xF9, 4, flags, low, high, 0, 0])?;
    }
    sink.put(&[0x2C])?;
    area.iter().try_for_each(|number| sink.put(&(*number as u16).to_le_bytes()))?;
    // Colours are stored as a power of two, 2 at least.
    let bits = indexed.colours.len().max(2).next_power_of_two().trailing_zeros() as u8;
    sink.put(&[0x80 | (bits - 1)])?;
    for number in 0..1 << bits {
        let [r, g, b, _] = indexed.colours.get(number).copied().unwrap_or_default();
        sink.put(&[r, g, b])?;
    }
    let literal = bits.max(2);
    sink.put(&[literal])?;
    Encoder::new(literal).run(indexed.indices.iter().copied(), |bytes| sink.put(bytes))
}

/// The image in the colours that are allowed, a transparent one first if there is any.
fn indexed(image: &Image<'_>, options: &GifOptions) -> Result<Indexed, FormatError> {
    let mut pixels = Vec::new();
    if !image.has_alpha() {
        return quantise(image, options.colours, options.dither);
    }
    reserve(&mut pixels, 4 * image.width as u64 * image.height as u64)?;
    for pixel in image.pixels.chunks_exact(image.channels) {
        pixels.extend(opaque_or_clear(rgba(pixel)));
    }
    let image = Image { channels: 4, pixels: &pixels, ..*image };
    quantise(&image, options.colours, options.dither)
}
