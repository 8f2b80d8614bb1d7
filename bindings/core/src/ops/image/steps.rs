//! The steps of a chain: what each takes, and how a list of them crosses.
//!
//! A step is declared as an operation's options are. A list of steps is one option that is bytes, and for each step holds
//!
//! ```text
//! u32 number of the step | u32 cells | u32 blob bytes | f64 cells… | blob
//! ```

use alloc::vec;
use alloc::vec::Vec;

use bytemill_image::{
    Blend, Composite, Edge, Fit, Modulation, Overlay, Placement, RawInput, Rectangle, Resize,
    Sharpening, Step,
};

use super::{DEFAULT_BACKGROUND, FILTERS, MAX_SIDE, POSITIONS, opaque};
use crate::ops::Description;
use crate::options::{Reader, options};
use crate::{Cells, Code, Error, Row};

/// Steps of one chain at most.
const MAX_STEPS: usize = 256;
const FITS: [Fit; 5] = [Fit::Cover, Fit::Contain, Fit::Fill, Fit::Inside, Fit::Outside];
const EDGES: [Edge; 4] = [Edge::Background, Edge::Copy, Edge::Repeat, Edge::Mirror];
/// By sharp's names.
const BLENDS: [Blend; 26] = [
    Blend::Over,
    Blend::Clear,
    Blend::Source,
    Blend::In,
    Blend::Out,
    Blend::Atop,
    Blend::Dest,
    Blend::DestOver,
    Blend::DestIn,
    Blend::DestOut,
    Blend::DestAtop,
    Blend::Xor,
    Blend::Add,
    Blend::Multiply,
    Blend::Screen,
    Blend::Overlay,
    Blend::Darken,
    Blend::Lighten,
    Blend::ColorDodge,
    Blend::ColorDodge,
    Blend::ColorBurn,
    Blend::ColorBurn,
    Blend::HardLight,
    Blend::SoftLight,
    Blend::Difference,
    Blend::Exclusion,
];

options! {
    /// Options of `resize`.
    pub struct ResizeOptions {
        /// Width of the result; 0 follows from the height.
        width: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Height of the result; 0 follows from the width.
        height: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// How the image meets its box when both width and height are given, as in CSS `object-fit`.
        fit: choice(default = 0, names = ["cover", "contain", "fill", "inside", "outside"]),
        /// What `cover` keeps of the image, and where `contain` places it.
        position: choice(default = 0, names = [
            "centre", "top", "right top", "right", "right bottom", "bottom", "left bottom", "left", "left top",
            "center", "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"
        ]),
        /// The filter. `cubic` is Catmull and Rom's.
        kernel: choice(default = 0, names = ["lanczos3", "mitchell", "cubic", "linear", "nearest", "lanczos2"]),
        /// Leave an image that is smaller than its box as it is.
        without_enlargement: boolean(default = false),
        /// Leave an image that is larger than its box as it is.
        without_reduction: boolean(default = false),
        /// Colour beside an image that `contain` fits.
        background: colour(default = DEFAULT_BACKGROUND),
    }
}

options! {
    /// Options of `extract`.
    pub struct ExtractOptions {
        /// Columns to leave out on the left.
        left: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Rows to leave out above.
        top: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Width of what is kept; 0 for all that is right of `left`.
        width: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Height of what is kept; 0 for all that is below `top`.
        height: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
    }
}

options! {
    /// Options of `trim`.
    pub struct TrimOptions {
        /// How much a pixel may differ from the upper left one and still be border.
        threshold: integer(default = 10, min = 0, max = 255, unit = "levels"),
        /// Whether the image is a drawing: no median evens out the noise of photographs first.
        line_art: boolean(default = false),
    }
}

options! {
    /// Options of `extend`.
    pub struct ExtendOptions {
        /// Rows to add above.
        top: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Rows to add below.
        bottom: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Columns to add on the left.
        left: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Columns to add on the right.
        right: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// What the new pixels are.
        extend_with: choice(default = 0, names = ["background", "copy", "repeat", "mirror"]),
        /// Their colour, with `'background'`.
        background: colour(default = DEFAULT_BACKGROUND),
    }
}

options! {
    /// Options of `rotate`.
    pub struct RotateOptions {
        /// Clockwise. What is no multiple of 90 makes the canvas larger.
        angle: number(default = 0.0, min = -360_000.0, max = 360_000.0, unit = "degrees"),
        /// Colour of the corners that appear.
        background: colour(default = DEFAULT_BACKGROUND),
    }
}

options! {
    /// Options of `flip`.
    pub struct FlipOptions {}
}

options! {
    /// Options of `flop`.
    pub struct FlopOptions {}
}

options! {
    /// Options of `grayscale`.
    pub struct GrayscaleOptions {}
}

options! {
    /// Options of `negate`.
    pub struct NegateOptions {
        /// Alpha too.
        alpha: boolean(default = true),
    }
}

options! {
    /// Options of `threshold`.
    pub struct ThresholdOptions {
        /// From this level on a sample becomes 255, below it 0.
        value: integer(default = 128, min = 0, max = 255, unit = "level"),
        /// Make the image grey first.
        grayscale: boolean(default = true),
    }
}

options! {
    /// Options of `gamma`.
    pub struct GammaOptions {
        /// Exponent that darkens the image before it is resized.
        gamma: number(default = 2.2, min = 1.0, max = 3.0, unit = "exponent"),
        /// Exponent whose inverse lightens it after; 0 for the same.
        gamma_out: number(default = 0.0, min = 0.0, max = 3.0, unit = "exponent"),
    }
}

options! {
    /// Options of `modulate`.
    pub struct ModulateOptions {
        /// Factor of the lightness (CIE L*).
        brightness: number(default = 1.0, min = 0.0, max = 1000.0, unit = "factor"),
        /// Factor of the chroma (CIE C*).
        saturation: number(default = 1.0, min = 0.0, max = 1000.0, unit = "factor"),
        /// Angle that is added to the hue.
        hue: number(default = 0.0, min = -360_000.0, max = 360_000.0, unit = "degrees"),
        /// What is added to the lightness.
        lightness: number(default = 0.0, min = -100.0, max = 100.0, unit = "percent"),
    }
}

options! {
    /// Options of `blur`.
    pub struct BlurOptions {
        /// Standard deviation of the Gaussian; 0 for a fast and mild blur of 3 by 3 pixels.
        sigma: number(default = 0.0, min = 0.0, max = 1000.0, unit = "pixels"),
    }
}

options! {
    /// Options of `sharpen`.
    pub struct SharpenOptions {
        /// Standard deviation of the Gaussian; 0 for a fast and mild sharpening of 3 by 3 pixels.
        sigma: number(default = 0.0, min = 0.0, max = 10.0, unit = "pixels"),
        /// Sharpening of flat areas.
        m1: number(default = 1.0, min = 0.0, max = 1_000_000.0, unit = "factor"),
        /// Sharpening of jagged areas.
        m2: number(default = 2.0, min = 0.0, max = 1_000_000.0, unit = "factor"),
        /// Where flat ends and jagged begins.
        x1: number(default = 2.0, min = 0.0, max = 1_000_000.0, unit = "L*"),
        /// Most brightening.
        y2: number(default = 10.0, min = 0.0, max = 1_000_000.0, unit = "L*"),
        /// Most darkening.
        y3: number(default = 20.0, min = 0.0, max = 1_000_000.0, unit = "L*"),
    }
}

options! {
    /// Options of `tint`.
    pub struct TintOptions {
        /// The colour.
        colour: colour(default = DEFAULT_BACKGROUND),
    }
}

options! {
    /// Options of `flatten`.
    pub struct FlattenOptions {
        /// What shows behind transparent pixels.
        background: colour(default = DEFAULT_BACKGROUND),
    }
}

options! {
    /// Options of `median`.
    pub struct MedianOptions {
        /// Side of the square whose median a pixel becomes.
        size: integer(default = 3, min = 1, max = 63, unit = "pixels"),
    }
}

options! {
    /// Options of `linear`.
    pub struct LinearOptions {
        /// What samples are multiplied with.
        multiplier: number(default = 1.0, min = -1_000_000.0, max = 1_000_000.0, unit = "factor"),
        /// What is added to them then.
        offset: number(default = 0.0, min = -1_000_000.0, max = 1_000_000.0, unit = "levels"),
    }
}

options! {
    /// Options of `normalize`.
    pub struct NormalizeOptions {
        /// The share of the darkest pixels that may become black.
        lower: integer(default = 1, min = 0, max = 99, unit = "percent"),
        /// The share of pixels beyond which they may become white.
        upper: integer(default = 99, min = 1, max = 100, unit = "percent"),
    }
}

options! {
    /// Options of `composite`, for each image that is laid over.
    pub struct CompositeOptions {
        /// The image.
        input: bytes(min = 1, max = 1 << 30),
        /// Width of an image that is nothing but samples; 0 for a file.
        raw_width: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Height of an image that is nothing but samples.
        raw_height: integer(default = 0, min = 0, max = MAX_SIDE, unit = "pixels"),
        /// Samples per pixel of an image that is nothing but samples.
        raw_channels: integer(default = 4, min = 1, max = 4, unit = "samples"),
        /// Where it lies.
        gravity: choice(default = 0, names = [
            "centre", "top", "right top", "right", "right bottom", "bottom", "left bottom", "left", "left top",
            "center", "north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"
        ]),
        /// Whether `left` and `top` say where it lies instead.
        placed: boolean(default = false),
        /// Distance of its left edge from that of the image.
        left: integer(default = 0, min = -MAX_SIDE, max = MAX_SIDE, unit = "pixels"),
        /// Distance of its upper edge from that of the image.
        top: integer(default = 0, min = -MAX_SIDE, max = MAX_SIDE, unit = "pixels"),
        /// How the two become one.
        blend: choice(default = 0, names = [
            "over", "clear", "source", "in", "out", "atop", "dest", "dest-over", "dest-in",
            "dest-out", "dest-atop", "xor", "add", "multiply", "screen", "overlay", "darken",
            "lighten", "colour-dodge", "color-dodge", "colour-burn", "color-burn", "hard-light",
            "soft-light", "difference", "exclusion"
        ]),
        /// Repeat it over the whole image.
        tile: boolean(default = false),
        /// How much of it is seen.
        opacity: number(default = 1.0, min = 0.0, max = 1.0, unit = "part"),
    }
}

/// Declares the table of steps: number, name, options, and how they become what the kernel takes.
macro_rules! steps {
    ($($id:literal, $name:literal, $options:ident => $step:expr;)+) => {
        /// Describes every step.
        pub(crate) fn describe() -> Vec<Description> {
            vec![$(Description {
                family: "image",
                name: $name,
                id: $id,
                parallel: false,
                options: $options::SPECS,
            }),+]
        }

        #[expect(clippy::cast_sign_loss, reason = "the ranges of what is cast start at 0")]
        fn step<'a>(id: u32, row: Row<'a>) -> Result<Step<'a>, Error> {
            let mut reader = Reader::new(row);
            let step = match id {
                $($id => {
                    let convert: fn($options<'a>) -> Step<'a> = $step;
                    convert($options::take(&mut reader))
                })+
                _ => return Err(broken()),
            };
            reader.finish(step)
        }
    };
}

steps! {
    1, "resize", ResizeOptions => |options| Step::Resize(Resize {
        width: options.width as u32,
        height: options.height as u32,
        fit: FITS[options.fit],
        position: POSITIONS[options.position],
        filter: FILTERS[options.kernel],
        without_enlargement: options.without_enlargement,
        without_reduction: options.without_reduction,
        background: options.background,
    });
    2, "extract", ExtractOptions => |options| Step::Extract(Rectangle {
        left: options.left as u32,
        top: options.top as u32,
        width: options.width as u32,
        height: options.height as u32,
    });
    3, "trim", TrimOptions => |options| Step::Trim {
        threshold: options.threshold as u8,
        line_art: options.line_art,
    };
    4, "extend", ExtendOptions => |options| Step::Extend {
        top: options.top as u32,
        bottom: options.bottom as u32,
        left: options.left as u32,
        right: options.right as u32,
        edge: EDGES[options.extend_with],
        background: options.background,
    };
    5, "rotate", RotateOptions => |options| Step::Rotate {
        degrees: options.angle,
        background: options.background,
    };
    6, "flip", FlipOptions => |_| Step::Flip;
    7, "flop", FlopOptions => |_| Step::Flop;
    8, "grayscale", GrayscaleOptions => |_| Step::Grayscale;
    9, "negate", NegateOptions => |options| Step::Negate { alpha: options.alpha };
    10, "threshold", ThresholdOptions => |options| Step::Threshold {
        value: options.value as u8,
        grayscale: options.grayscale,
    };
    11, "gamma", GammaOptions => |options| Step::Gamma {
        before: options.gamma,
        after: if options.gamma_out == 0.0 { options.gamma } else { options.gamma_out.max(1.0) },
    };
    12, "modulate", ModulateOptions => |options| Step::Modulate(Modulation {
        brightness: options.brightness,
        saturation: options.saturation,
        hue: options.hue,
        lightness: options.lightness,
    });
    13, "blur", BlurOptions => |options| Step::Blur { sigma: options.sigma };
    14, "sharpen", SharpenOptions => |options| Step::Sharpen(Sharpening {
        sigma: options.sigma,
        m1: options.m1,
        m2: options.m2,
        x1: options.x1,
        y2: options.y2,
        y3: options.y3,
    });
    15, "tint", TintOptions => |options| Step::Tint(opaque(options.colour));
    16, "flatten", FlattenOptions => |options| Step::Flatten(opaque(options.background));
    17, "median", MedianOptions => |options| Step::Median { size: options.size as u32 };
    18, "linear", LinearOptions => |options| Step::Linear {
        multiplier: options.multiplier,
        offset: options.offset,
    };
    19, "normalize", NormalizeOptions => |options| Step::Normalize {
        lower: options.lower as u8,
        upper: options.upper as u8,
    };
    20, "composite", CompositeOptions => |options| Step::Composite(Composite {
        overlay: Overlay {
            data: options.input.unwrap_or_default(),
            raw: raw(options.raw_width, options.raw_height, options.raw_channels),
        },
        placement: if options.placed {
            Placement::At { left: options.left as i32, top: options.top as i32 }
        } else {
            Placement::Gravity(POSITIONS[options.gravity])
        },
        blend: BLENDS[options.blend],
        tile: options.tile,
        opacity: options.opacity,
    });
}

/// The size of an image that is nothing but samples; none where its width is 0.
#[expect(clippy::cast_sign_loss, reason = "the ranges start at 0")]
pub(super) fn raw(width: i64, height: i64, channels: i64) -> Option<RawInput> {
    (width > 0).then_some(RawInput {
        width: width as u32,
        height: height as u32,
        channels: channels as u32,
    })
}

/// Takes a list of steps apart.
pub(super) fn read(mut list: &[u8]) -> Result<Vec<Step<'_>>, Error> {
    let mut steps = Vec::new();
    while !list.is_empty() {
        if steps.len() == MAX_STEPS {
            return Err(Error::new(Code::InvalidArgument, "expected at most 256 steps"));
        }
        let (id, row, rest) = split(list).ok_or_else(broken)?;
        steps.push(step(id, row)?);
        list = rest;
    }
    Ok(steps)
}

fn split(list: &[u8]) -> Option<(u32, Row<'_>, &[u8])> {
    let (header, rest) = list.split_first_chunk::<12>()?;
    let ([id, cells, blob], _) = header.as_chunks::<4>() else { return None };
    let length = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes) as usize;
    let (cells, rest) = rest.split_at_checked(length(cells).checked_mul(8)?)?;
    let (blob, rest) = rest.split_at_checked(length(blob))?;
    Some((u32::from_le_bytes(*id), Row { cells: Cells::Bytes(cells), blob }, rest))
}

fn broken() -> Error {
    Error::new(Code::Internal, "the lengths of a list of steps do not add up")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(id: u32, cells: &[f64], blob: &[u8]) -> Vec<u8> {
        let mut bytes = Vec::new();
        for field in [id, cells.len() as u32, blob.len() as u32] {
            bytes.extend(field.to_le_bytes());
        }
        bytes.extend(cells.iter().flat_map(|cell| cell.to_le_bytes()));
        bytes.extend(blob);
        bytes
    }

    #[test]
    fn a_list_is_read_in_order() {
        let list = [entry(1, &[320.0], b""), entry(6, &[], b""), entry(9, &[0.0], b"")].concat();
        let resize = Resize { width: 320, fit: Fit::Cover, ..Resize::default() };
        let expected = [Step::Resize(resize), Step::Flip, Step::Negate { alpha: false }];
        assert_eq!(read(&list).unwrap(), expected);
        assert!(read(&[]).unwrap().is_empty());
    }

    #[test]
    fn every_length_but_the_right_one_is_refused() {
        let list = entry(20, &[3.0, 1.0], b"abc");
        assert!(read(&list).is_ok());
        for length in 1..list.len() {
            assert_eq!(read(&list[..length]).unwrap_err().code, Code::Internal);
        }
        assert_eq!(read(&entry(99, &[], b"")).unwrap_err().code, Code::Internal);
    }

    #[test]
    fn a_value_outside_its_range_names_the_option() {
        let error = read(&entry(13, &[1001.0], b"")).unwrap_err();
        assert_eq!(error.code, Code::InvalidArgument);
        assert!(error.message.contains("sigma"), "{}", error.message);
        let many = entry(6, &[], b"").repeat(257);
        assert_eq!(read(&many).unwrap_err().code, Code::InvalidArgument);
    }
}
