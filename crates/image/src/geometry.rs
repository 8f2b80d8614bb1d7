//! Sizes: which part of the image becomes how many pixels on what canvas. The rules are sharp's.

use crate::{Fit, Size, ThumbnailOptions};

/// What to do to an image, all in the coordinates of the image as displayed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plan {
    /// Width and height of the middle part of the image that is kept.
    pub(crate) crop: (f64, f64),
    /// What that part is scaled to.
    pub(crate) scaled: Size,
    /// What the result is padded to; the same as `scaled` but for [`Fit::Contain`].
    pub(crate) canvas: Size,
}

pub(crate) fn plan(image: Size, options: &ThumbnailOptions) -> Plan {
    let (image_width, image_height) = (f64::from(image.width), f64::from(image.height));
    let whole = (image_width, image_height);
    let cap = |scale: f64| if options.without_enlargement { scale.min(1.0) } else { scale };
    let horizontal = cap(f64::from(options.width) / image_width);
    let vertical = cap(f64::from(options.height) / image_height);
    let by =
        |x: f64, y: f64| Size { width: round(image_width * x), height: round(image_height * y) };
    let same = |crop, scaled| Plan { crop, scaled, canvas: scaled };

    let fit = match (options.width, options.height) {
        (0, 0) => return same(whole, image),
        (_, 0) => return same(whole, by(horizontal, horizontal)),
        (0, _) => return same(whole, by(vertical, vertical)),
        _ => options.fit,
    };
    match fit {
        Fit::Fill => same(whole, by(horizontal, vertical)),
        Fit::Inside => same(whole, by(horizontal.min(vertical), horizontal.min(vertical))),
        Fit::Outside => same(whole, by(horizontal.max(vertical), horizontal.max(vertical))),
        Fit::Contain => Plan {
            crop: whole,
            scaled: by(horizontal.min(vertical), horizontal.min(vertical)),
            canvas: Size { width: options.width, height: options.height },
        },
        Fit::Cover => {
            let scale = horizontal.max(vertical);
            let scaled = by(scale, scale);
            let scaled = Size {
                width: scaled.width.min(options.width),
                height: scaled.height.min(options.height),
            };
            let crop = (
                (f64::from(scaled.width) / scale).min(image_width),
                (f64::from(scaled.height) / scale).min(image_height),
            );
            same(crop, scaled)
        }
    }
}

/// At least one pixel; too large a number is the largest, which is over any limit.
#[expect(
    clippy::cast_sign_loss,
    reason = "a float to integer cast saturates and sizes are positive"
)]
fn round(size: f64) -> u32 {
    (size.round() as u32).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn result(image: (u32, u32), size: (u32, u32), fit: Fit, without_enlargement: bool) -> Size {
        let options = ThumbnailOptions {
            width: size.0,
            height: size.1,
            fit,
            without_enlargement,
            ..ThumbnailOptions::default()
        };
        let plan = plan(Size { width: image.0, height: image.1 }, &options);
        assert!(plan.crop.0 <= f64::from(image.0) && plan.crop.1 <= f64::from(image.1));
        plan.canvas
    }

    #[test]
    fn sizes_are_sharps() {
        let cases = [
            // Image, asked for, fit, without enlargement, result.
            ((4032, 3024), (320, 0), Fit::Cover, false, (320, 240)),
            ((4032, 3024), (0, 100), Fit::Cover, false, (133, 100)),
            ((4032, 3024), (0, 0), Fit::Cover, false, (4032, 3024)),
            ((2725, 2225), (320, 240), Fit::Cover, false, (320, 240)),
            ((2725, 2225), (320, 240), Fit::Contain, false, (320, 240)),
            ((2725, 2225), (320, 240), Fit::Fill, false, (320, 240)),
            ((2725, 2225), (320, 240), Fit::Inside, false, (294, 240)),
            ((2725, 2225), (320, 240), Fit::Outside, false, (320, 261)),
            ((2725, 2225), (3000, 3000), Fit::Inside, false, (3000, 2450)),
            ((2725, 2225), (3000, 3000), Fit::Inside, true, (2725, 2225)),
            ((2725, 2225), (3000, 0), Fit::Cover, true, (2725, 2225)),
            ((2725, 2225), (3000, 100), Fit::Fill, true, (2725, 100)),
            ((2725, 2225), (3000, 100), Fit::Cover, true, (2725, 100)),
            ((2725, 2225), (3000, 3000), Fit::Contain, true, (3000, 3000)),
            ((1, 10_000), (10, 10), Fit::Inside, false, (1, 10)),
            ((10_000, 1), (10, 10), Fit::Cover, false, (10, 10)),
        ];
        for (image, size, fit, without, (width, height)) in cases {
            let actual = result(image, size, fit, without);
            assert_eq!(actual, Size { width, height }, "{image:?} to {size:?}, {fit:?}, {without}");
        }
    }
}
