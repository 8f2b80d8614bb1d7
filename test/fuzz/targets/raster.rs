//! Any operations one after another: each ends in an image of as many bytes as it says, or in an error.
#![no_main]

use bytemill_raster::{
    Area, Blend, CompositeOptions, Extend, ExtendMode, Gravity, Interpolation, Kernel, Modulate,
    Placement, Raster, RasterError, Sharpen, TrimOptions, blurhash, dhash, phash, thumbhash,
};
use libfuzzer_sys::arbitrary::{self, Arbitrary};
use libfuzzer_sys::fuzz_target;

/// Most pixels of an image, lest time goes into few operations.
const MAX_PIXELS: u64 = 1 << 14;

#[derive(Arbitrary, Debug)]
enum Step {
    Extract([u8; 4]),
    Trim(u8, Option<[u8; 4]>, bool),
    Extend([u8; 4], u8, [u8; 4]),
    Orient(u8),
    Rotate(f64, [u8; 4], bool),
    Modulate([f64; 4]),
    Normalise(u8, u8),
    Gamma(f64, f64),
    Linear(Vec<f64>, Vec<f64>),
    Recomb([[f64; 3]; 3]),
    Tint([u8; 3]),
    Threshold(u8, bool),
    Flatten([u8; 3]),
    Negate(bool),
    Channels(u8),
    Blur(f64),
    Sharpen([f64; 6]),
    SharpenMildly,
    Median(u8),
    Convolve(u8, u8, Vec<f64>, Option<f64>, f64),
    Composite(u8, u8, u8, Vec<u8>, i32, i32, Option<u8>, u8, bool, u8),
    Look(u8, u8),
}

const MODES: [Blend; 24] = [
    Blend::Clear,
    Blend::Source,
    Blend::Over,
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
    Blend::ColorBurn,
    Blend::HardLight,
    Blend::SoftLight,
    Blend::Difference,
    Blend::Exclusion,
];

const SIDES: [Gravity; 9] = [
    Gravity::Centre,
    Gravity::North,
    Gravity::Northeast,
    Gravity::East,
    Gravity::Southeast,
    Gravity::South,
    Gravity::Southwest,
    Gravity::West,
    Gravity::Northwest,
];

/// An image of these bytes, again and again.
fn image(width: u8, height: u8, channels: u8, bytes: &[u8]) -> Raster {
    let (width, height) = (u32::from(width) + 1, u32::from(height) + 1);
    let channels = usize::from(channels % 4) + 1;
    let len = (width * height) as usize * channels;
    let data = bytes.iter().copied().chain([0]).cycle().take(len).collect();
    Raster::new(width, height, channels, data).expect("the size is right")
}

fn copy(image: &Raster) -> Result<Raster, RasterError> {
    image.try_clone()
}

fn step(image: &Raster, step: &Step) -> Result<Raster, RasterError> {
    let mut changed = copy(image)?;
    match step {
        Step::Extract(sides) => {
            let [left, top, width, height] = sides.map(u32::from);
            return image.extract(Area { left, top, width, height });
        }
        Step::Trim(threshold, background, line_art) => {
            let options =
                TrimOptions { threshold: *threshold, background: *background, line_art: *line_art };
            return Ok(image.trim(&options)?.0);
        }
        Step::Extend(sides, mode, background) => {
            let [top, bottom, left, right] = sides.map(u32::from);
            let mode = match mode % 4 {
                0 => ExtendMode::Background,
                1 => ExtendMode::Copy,
                2 => ExtendMode::Repeat,
                _ => ExtendMode::Mirror,
            };
            let extend = Extend { top, bottom, left, right, mode, background: *background };
            return image.extend(&extend, MAX_PIXELS);
        }
        Step::Orient(orientation) => return changed.orient(*orientation),
        Step::Rotate(angle, background, cubic) => {
            let how = if *cubic { Interpolation::Bicubic } else { Interpolation::Bilinear };
            return image.rotate(*angle, *background, how, MAX_PIXELS);
        }
        Step::Modulate([brightness, saturation, hue, lightness]) => changed.modulate(Modulate {
            brightness: *brightness,
            saturation: *saturation,
            hue: *hue,
            lightness: *lightness,
        })?,
        Step::Normalise(lower, upper) => changed.normalise(*lower, *upper)?,
        Step::Gamma(before, after) => changed.gamma(*before, *after)?,
        Step::Linear(a, b) => changed.linear(a, b)?,
        Step::Recomb(matrix) => return image.recomb(*matrix),
        Step::Tint(colour) => return image.tint(*colour),
        Step::Threshold(value, grey) => return image.threshold(*value, *grey),
        Step::Flatten(colour) => return image.flatten(*colour),
        Step::Negate(alpha) => changed.negate(*alpha),
        Step::Channels(which) => {
            return match which % 6 {
                0 => image.to_rgb(),
                1 => image.to_rgba(),
                2 => image.to_grey(),
                3 => image.drop_alpha(),
                4 => image.add_alpha(),
                _ => image.narrow(),
            };
        }
        Step::Blur(sigma) => changed.blur(*sigma)?,
        Step::Sharpen([sigma, m1, m2, x1, y2, y3]) => {
            let [sigma, m1, m2, x1, y2, y3] = [*sigma, *m1, *m2, *x1, *y2, *y3];
            changed.sharpen(&Sharpen { sigma, m1, m2, x1, y2, y3 })?;
        }
        Step::SharpenMildly => changed.sharpen_mildly()?,
        Step::Median(size) => return image.median(u32::from(*size)),
        Step::Convolve(width, height, values, scale, offset) => {
            let (width, height) = (usize::from(*width), usize::from(*height));
            changed.convolve(&Kernel { width, height, values, scale: *scale, offset: *offset })?;
        }
        Step::Composite(width, height, channels, bytes, left, top, side, blend, tile, opacity) => {
            let other = self::image(width % 64, height % 64, *channels, bytes);
            let placement = match side {
                Some(side) => Placement::Gravity(SIDES[usize::from(*side) % SIDES.len()]),
                None => Placement::At { left: *left, top: *top },
            };
            let blend = MODES[usize::from(*blend) % MODES.len()];
            let options = CompositeOptions { placement, blend, tile: *tile, opacity: *opacity };
            return changed.composite(&other, &options);
        }
        Step::Look(x, y) => {
            thumbhash(image)?;
            dhash(image)?;
            phash(image)?;
            image.stats()?;
            image.mean_colour();
            blurhash(image, u32::from(*x), u32::from(*y))?;
        }
    }
    Ok(changed)
}

fuzz_target!(|input: (u8, u8, u8, Vec<u8>, Vec<Step>)| {
    let (width, height, channels, bytes, steps) = input;
    let mut raster = image(width % 64, height % 64, channels, &bytes);
    for next in steps.iter().take(8) {
        if let Ok(result) = step(&raster, next) {
            raster = result;
        }
        let bytes = raster.pixels() * raster.channels() as u64;
        assert_eq!(raster.data().len() as u64, bytes);
        assert!(raster.pixels() <= MAX_PIXELS);
    }
});
