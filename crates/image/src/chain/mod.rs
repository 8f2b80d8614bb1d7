//! Chains: decode, any steps, encode.

mod run;
mod step;

use bytemill_formats::Metadata;
use bytemill_raster::Raster;

use crate::encode::{self, check_size};
use crate::geometry::{Part, plan};
use crate::pad::pad;
use crate::scaling::{Scaling, Turn};
use crate::source::Source;
use crate::{Encoding, Format, ImageError, Keep, Limits, Resize, Size, jpeg, metadata};

pub use step::{
    Composite, Edge, Modulation, Overlay, Placement, RawInput, Rectangle, Sharpening, Step,
};

/// What is to become of an image.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The size of an input that is nothing but samples.
    pub raw: Option<RawInput>,
    /// Which image of a file that has several.
    pub page: u32,
    /// Leaves the image as stored instead of turning it upright by its EXIF orientation, before all steps.
    pub as_stored: bool,
    /// The steps, in their order.
    pub steps: &'a [Step<'a>],
    /// The result's format; that of the input if there is none, or PNG where that is only read.
    pub format: Option<Format>,
    /// How it is encoded; its own `format` is not looked at.
    pub encoding: Encoding,
    /// What of the input's metadata the result gets.
    pub keep: Keep,
    /// How much the image may take.
    pub limits: Limits,
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Info {
    /// The result's format.
    pub format: Format,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Samples per pixel before it was encoded.
    pub channels: u32,
}

/// Decodes an image, does to it what the steps say and encodes it, appending to `output`.
///
/// The first steps, as far as they keep a part of the image and change its size, are done while it is decoded: then time
/// and memory are those of [`thumbnail`](crate::thumbnail()). Whatever follows takes memory for all pixels. Colours are
/// converted to sRGB by the profile of the file, if it has one and [`Keep::icc`] does not say otherwise.
///
/// # Errors
///
/// Every variant of [`ImageError`]. On an error `output` is as before.
pub fn process(
    input: &[u8],
    request: &Request<'_>,
    output: &mut Vec<u8>,
) -> Result<Info, ImageError> {
    let limits = &request.limits;
    let source = match request.raw {
        Some(_) if request.page > 0 => {
            return Err(ImageError::NoPage { page: request.page, pages: 1 });
        }
        Some(raw) => Source::raw(input, raw, limits)?,
        None => Source::open(input, request.page, limits)?,
    };
    let format = request.format.unwrap_or(match source.format {
        Format::Ico | Format::Tiff => Format::Png,
        format => format,
    });
    let encoding = Encoding { format, ..request.encoding };
    encode::check(&encoding)?;
    let before = output.len();
    let result = run_all(&source, request, &encoding, output);
    if result.is_err() {
        output.truncate(before);
    }
    result
}

fn run_all(
    source: &Source<'_>,
    request: &Request<'_>,
    encoding: &Encoding,
    output: &mut Vec<u8>,
) -> Result<Info, ImageError> {
    let limits = &request.limits;
    let orientation = if request.as_stored { 1 } else { source.orientation };
    let lead = Lead::of(request.steps);
    let found = source.metadata();
    let transform = if request.keep.icc { None } else { metadata::to_srgb(&found) };
    let kept = metadata::keep(found, request.keep, orientation != 1);
    let Scaled { scaling, canvas, at } = lead.scaling(source.size, orientation, limits)?;
    source.check_complete()?;
    let plain = lead.rest.is_empty() && transform.is_none() && canvas == scaling.result();
    if let (Some(file), true, Format::Jpeg) = (source.as_jpeg(), plain, encoding.format) {
        let start = output.len();
        check_size(canvas, encoding.format)?;
        if jpeg::reencode(file, &scaling, encoding, limits, output)? {
            metadata::insert_into_jpeg(&kept, start, limits, output)?;
            let Size { width, height } = canvas;
            return Ok(Info {
                format: Format::Jpeg,
                width,
                height,
                channels: jpeg::channels(file)?,
            });
        }
    }
    // Decoding in full is exact where scaling to the same size would only be near.
    let raster =
        if lead.is_empty() { source.pixels(orientation)? } else { source.scaled(&scaling)? };
    let mut raster = metadata::convert(raster, transform.as_ref());
    if let Some(resize) = lead.resize {
        raster = pad(raster, canvas, at, resize.background, limits)?;
    }
    let raster = run::all(raster, lead.rest, limits)?;
    finish(raster, encoding, &kept, limits, output)
}

/// Encodes.
fn finish(
    raster: Raster,
    encoding: &Encoding,
    kept: &Metadata,
    limits: &Limits,
    output: &mut Vec<u8>,
) -> Result<Info, ImageError> {
    let (width, height) = (raster.width(), raster.height());
    let channels = raster.channels() as u32;
    check_size(Size { width, height }, encoding.format)?;
    encode::encode(raster, encoding, kept, limits, output)?;
    Ok(Info { format: encoding.format, width, height, channels })
}

/// The first steps, which are done while the image is decoded.
struct Lead<'a> {
    extract: Option<Rectangle>,
    resize: Option<&'a Resize>,
    rest: &'a [Step<'a>],
}

/// What the first steps come to.
struct Scaled {
    scaling: Scaling,
    canvas: Size,
    at: (u32, u32),
}

impl<'a> Lead<'a> {
    fn of(steps: &'a [Step<'a>]) -> Self {
        // What gamma does is around the resizing.
        let powers = steps.iter().any(|step| matches!(step, Step::Gamma { .. }));
        let mut lead = Self { extract: None, resize: None, rest: steps };
        if powers {
            return lead;
        }
        if let [Step::Extract(part), rest @ ..] = lead.rest {
            lead.extract = Some(*part);
            lead.rest = rest;
        }
        if let [Step::Resize(resize), rest @ ..] = lead.rest {
            lead.resize = Some(resize);
            lead.rest = rest;
        }
        lead
    }

    /// Whether there is nothing to do but to turn the image.
    fn is_empty(&self) -> bool {
        self.extract.is_none() && self.resize.is_none()
    }

    /// Of an image of this size.
    fn scaling(
        &self,
        stored: Size,
        orientation: u8,
        limits: &Limits,
    ) -> Result<Scaled, ImageError> {
        let turn = Turn::new(orientation);
        let upright = stored.turned(turn.transposed);
        let region = match self.extract {
            Some(part) => part.within(upright)?,
            None => Part::whole(upright),
        };
        let resize = self.resize.copied().unwrap_or_default();
        let plan = plan(region, &resize);
        limits.check(plan.canvas)?;
        let scaling = Scaling::new(stored, &plan, turn, resize.filter);
        Ok(Scaled { scaling, canvas: plan.canvas, at: plan.at })
    }
}

impl Rectangle {
    /// The part of an image of this size.
    ///
    /// # Errors
    ///
    /// [`ImageError::Argument`] where it sticks out.
    fn within(self, size: Size) -> Result<Part, ImageError> {
        let (left, top, width, height) = self.sides(size)?;
        Ok(Part {
            left: f64::from(left),
            top: f64::from(top),
            width: f64::from(width),
            height: f64::from(height),
        })
    }

    /// As numbers.
    pub(crate) fn sides(self, size: Size) -> Result<(u32, u32, u32, u32), ImageError> {
        let kept = |start: u32, length: u32, whole: u32| {
            let rest = whole.checked_sub(start).filter(|rest| *rest > 0)?;
            let length = if length == 0 { rest } else { length };
            (length <= rest).then_some(length)
        };
        match (kept(self.left, self.width, size.width), kept(self.top, self.height, size.height)) {
            (Some(width), Some(height)) => Ok((self.left, self.top, width, height)),
            _ => Err(ImageError::Argument { expected: "a part that lies within the image" }),
        }
    }
}
