//! Lines, shapes and images.

use super::content::{Content, put_rounded, put_segments};
use super::rotation::rotation;
use crate::{CreateError, Ellipse, Item, Line, Paint, Path, Placed, Rectangle};

/// Draws what is a shape; all else is left to others.
pub(crate) fn shape(content: &mut Content, item: &Item<'_>) {
    match item {
        Item::Line(shape) => line(content, shape),
        Item::Rectangle(shape) => rectangle(content, shape),
        Item::Ellipse(shape) => ellipse(content, shape),
        Item::Path(shape) => path(content, shape),
        _ => {}
    }
}

fn line(content: &mut Content, line: &Line) {
    let stroke = Some(line.stroke.clone());
    let paint = Paint { fill: None, stroke, opacity: line.opacity };
    content.paint(&paint, false, |output| {
        output.numbers(&line.from.map(f64::from)).put("m ");
        output.numbers(&line.to.map(f64::from)).put("l ");
    });
}

fn rectangle(content: &mut Content, rectangle: &Rectangle) {
    let Rectangle { x, y, width, height, radius, .. } = *rectangle;
    let [x, y, width, height, radius] = [x, y, width, height, radius].map(f64::from);
    content.paint(&rectangle.paint, false, |output| {
        let radius = radius.min(width / 2.0).min(height / 2.0);
        if radius > 0.0 {
            put_rounded(output, [x, y], [width, height], [radius; 2]);
        } else {
            output.numbers(&[x, y, width, height]).put("re ");
        }
    });
}

fn ellipse(content: &mut Content, ellipse: &Ellipse) {
    let ([x, y], [rx, ry]) = (ellipse.centre.map(f64::from), ellipse.radii.map(f64::from));
    content.paint(&ellipse.paint, false, |output| {
        put_rounded(output, [x - rx, y - ry], [2.0 * rx, 2.0 * ry], [rx, ry]);
    });
}

fn path(content: &mut Content, path: &Path) {
    if !path.segments.is_empty() {
        content.paint(&path.paint, path.even_odd, |output| put_segments(output, &path.segments));
    }
}

/// Draws an image of a size in pixels, and of an orientation as EXIF numbers them.
pub(crate) fn image(
    content: &mut Content,
    placed: &Placed,
    size: (u32, u32),
    orientation: u8,
) -> Result<(), CreateError> {
    let (across, up) = (f64::from(size.0.max(1)), f64::from(size.1.max(1)));
    let (across, up) = if orientation >= 5 { (up, across) } else { (across, up) };
    let (width, height) = match (placed.width.map(f64::from), placed.height.map(f64::from)) {
        (Some(width), Some(height)) => (width, height),
        (Some(width), None) => (width, width / across * up),
        (None, Some(height)) => (height / up * across, height),
        (None, None) => (across, up),
    };
    // A matrix without an inverse is an error to many viewers.
    if width <= 0.0 || height <= 0.0 {
        return Ok(());
    }
    let (w, h) = (width, height);
    let [a, b, c, d, e, f] = match orientation {
        2 => [-w, 0.0, 0.0, h, w, 0.0],
        3 => [-w, 0.0, 0.0, -h, w, h],
        4 => [w, 0.0, 0.0, -h, 0.0, h],
        5 => [0.0, -h, -w, 0.0, w, h],
        6 => [0.0, -h, w, 0.0, 0.0, h],
        7 => [0.0, h, w, 0.0, 0.0, 0.0],
        8 => [0.0, h, -w, 0.0, w, 0.0],
        _ => [w, 0.0, 0.0, h, 0.0, 0.0],
    };
    content.opacity(placed.opacity);
    content.save()?;
    if placed.rotation == 0.0 {
        content.transform([a, b, c, d, e + f64::from(placed.x), f + f64::from(placed.y)]);
    } else {
        content.transform(rotation(placed.rotation, placed.x, placed.y));
        content.transform([a, b, c, d, e, f]);
    }
    content.needs.images.insert(placed.image);
    content.output.put("/I").integer(placed.image.into()).put(" Do\n");
    content.restore();
    Ok(())
}
