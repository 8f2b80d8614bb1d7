//! Sizes: which part of the image becomes how many pixels on what canvas. The rules are sharp's.

use crate::scaling::Turn;
use crate::{Fit, Resize, Size};

/// A part of an image, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Part {
    pub(crate) left: f64,
    pub(crate) top: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Part {
    /// All of it.
    pub(crate) fn whole(size: Size) -> Self {
        let (width, height) = (f64::from(size.width), f64::from(size.height));
        Self { left: 0.0, top: 0.0, width, height }
    }

    /// The same part of the image as stored, where `self` is one of the image as `turn` makes it, and `stored` the whole.
    pub(crate) fn as_stored(self, stored: Size, turn: Turn) -> Self {
        let mut part = self;
        if turn.transposed {
            part = Self { left: self.top, top: self.left, width: self.height, height: self.width };
        }
        if turn.mirrored {
            part.left = f64::from(stored.width) - part.left - part.width;
        }
        if turn.upside_down {
            part.top = f64::from(stored.height) - part.top - part.height;
        }
        part
    }
}

/// What to do to an image, all in the coordinates of the image as displayed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Plan {
    /// What is kept of the image.
    pub(crate) part: Part,
    /// What that part is scaled to.
    pub(crate) scaled: Size,
    /// What the result is padded to; the same as `scaled` but for [`Fit::Contain`].
    pub(crate) canvas: Size,
    /// Where the scaled part lies on the canvas, from the left and from the top.
    pub(crate) at: (u32, u32),
}

/// What becomes of `region` of an image.
pub(crate) fn plan(region: Part, resize: &Resize) -> Plan {
    let Part { width, height, .. } = region;
    let cap = |scale: f64| {
        let scale = if resize.without_enlargement { scale.min(1.0) } else { scale };
        if resize.without_reduction { scale.max(1.0) } else { scale }
    };
    let horizontal = cap(f64::from(resize.width) / width);
    let vertical = cap(f64::from(resize.height) / height);
    let by = |x: f64, y: f64| Size { width: round(width * x), height: round(height * y) };
    let same = |part, scaled| Plan { part, scaled, canvas: scaled, at: (0, 0) };

    let fit = match (resize.width, resize.height) {
        (0, 0) => return same(region, by(1.0, 1.0)),
        (_, 0) => return same(region, by(horizontal, horizontal)),
        (0, _) => return same(region, by(vertical, vertical)),
        _ => resize.fit,
    };
    match fit {
        Fit::Fill => same(region, by(horizontal, vertical)),
        Fit::Inside => same(region, by(horizontal.min(vertical), horizontal.min(vertical))),
        Fit::Outside => same(region, by(horizontal.max(vertical), horizontal.max(vertical))),
        Fit::Contain => {
            let scaled = by(horizontal.min(vertical), horizontal.min(vertical));
            let canvas = Size {
                width: resize.width.max(scaled.width),
                height: resize.height.max(scaled.height),
            };
            let (x, y) = resize.position.halves();
            let at =
                ((canvas.width - scaled.width) * x / 2, (canvas.height - scaled.height) * y / 2);
            Plan { part: region, scaled, canvas, at }
        }
        Fit::Cover => {
            let scale = horizontal.max(vertical);
            let scaled = by(scale, scale);
            let scaled = Size {
                width: scaled.width.min(resize.width),
                height: scaled.height.min(resize.height),
            };
            let kept_width = (f64::from(scaled.width) / scale).min(width);
            let kept_height = (f64::from(scaled.height) / scale).min(height);
            let (x, y) = resize.position.halves();
            let part = Part {
                left: region.left + (width - kept_width) * f64::from(x) / 2.0,
                top: region.top + (height - kept_height) * f64::from(y) / 2.0,
                width: kept_width,
                height: kept_height,
            };
            same(part, scaled)
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
    use crate::Position;

    fn result(image: (u32, u32), size: (u32, u32), fit: Fit, without_enlargement: bool) -> Size {
        let resize =
            Resize { width: size.0, height: size.1, fit, without_enlargement, ..Resize::default() };
        let plan = plan(Part::whole(Size { width: image.0, height: image.1 }), &resize);
        assert!(plan.part.width <= f64::from(image.0) && plan.part.height <= f64::from(image.1));
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

    #[test]
    fn positions_choose_what_stays() {
        let image = Part::whole(Size { width: 300, height: 100 });
        for (position, left, at) in [
            (Position::LeftTop, 0.0, (0, 0)),
            (Position::Centre, 100.0, (0, 33)),
            (Position::RightBottom, 200.0, (0, 67)),
        ] {
            let square = Resize { width: 100, height: 100, position, ..Resize::default() };
            let covered = plan(image, &Resize { fit: Fit::Cover, ..square });
            assert_eq!((covered.part.left, covered.part.top), (left, 0.0), "{position:?}");
            let contained = plan(image, &Resize { fit: Fit::Contain, ..square });
            assert_eq!(contained.scaled, Size { width: 100, height: 33 });
            assert_eq!(contained.at, at, "{position:?}");
        }
    }

    #[test]
    fn a_part_lies_where_it_is_stored() {
        let stored = Size { width: 40, height: 30 };
        // The upper left of what is displayed.
        for (orientation, left, top) in [
            (1, 0.0, 0.0),
            (2, 30.0, 0.0),
            (3, 30.0, 25.0),
            (4, 0.0, 25.0),
            (5, 0.0, 0.0),
            (6, 0.0, 20.0),
            (7, 35.0, 20.0),
            (8, 35.0, 0.0),
        ] {
            let part = Part { left: 0.0, top: 0.0, width: 10.0, height: 5.0 };
            let found = part.as_stored(stored, Turn::new(orientation));
            assert_eq!((found.left, found.top), (left, top), "{orientation}");
            let sides = if orientation < 5 { (10.0, 5.0) } else { (5.0, 10.0) };
            assert_eq!((found.width, found.height), sides, "{orientation}");
        }
    }
}
