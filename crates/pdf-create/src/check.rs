//! Whether the numbers of items are numbers that a PDF can have.

use crate::error::Place;
use crate::{Cap, Colour, CreateError, Group, Item, Join, Page, Paint, Segment, Stroke, Text};

/// The largest coordinate, in points: far beyond any page, and exact to a thousandth as `f64`.
const MAX: f32 = 1e6;
/// The largest size of text, in points.
const MAX_SIZE: f32 = 1e4;
/// Dashes and gaps of a line.
const MAX_DASHES: usize = 16;

type Result = core::result::Result<(), CreateError>;

fn hold(place: Place, holds: bool, expected: &'static str) -> Result {
    if holds { Ok(()) } else { Err(CreateError::Invalid { place, expected }) }
}

fn points(place: Place, values: &[f32]) -> Result {
    let valid = values.iter().all(|value| (-MAX..=MAX).contains(value));
    hold(place, valid, "coordinates from -1000000 to 1000000")
}

fn lengths(place: Place, values: &[f32]) -> Result {
    let valid = values.iter().all(|value| (0.0..=MAX).contains(value));
    hold(place, valid, "lengths from 0 to 1000000")
}

fn opacity(place: Place, value: f32) -> Result {
    hold(place, (0.0..=1.0).contains(&value), "an opacity from 0 to 1")
}

fn colour(place: Place, colour: Colour) -> Result {
    let valid = |values: &[f32]| values.iter().all(|value| (0.0..=1.0).contains(value));
    let valid = match colour {
        Colour::Grey(grey) => valid(&[grey]),
        Colour::Rgb(rgb) => valid(&rgb),
        Colour::Cmyk(cmyk) => valid(&cmyk),
    };
    hold(place, valid, "components of a colour from 0 to 1")
}

fn stroke(place: Place, stroke: &Stroke) -> Result {
    colour(place, stroke.colour)?;
    lengths(place, &[stroke.width, stroke.phase])?;
    lengths(place, &stroke.dash)?;
    let dash = &stroke.dash;
    let valid = dash.is_empty() || dash.len() <= MAX_DASHES && dash.iter().any(|dash| *dash > 0.0);
    hold(place, valid, "at most 16 dashes and gaps that are not all 0")
}

fn paint(place: Place, paint: &Paint) -> Result {
    if let Some(fill) = paint.fill {
        colour(place, fill)?;
    }
    if let Some(line) = &paint.stroke {
        stroke(place, line)?;
    }
    opacity(place, paint.opacity)
}

fn segments(place: Place, segments: &[Segment]) -> Result {
    let first = segments.first();
    let moves = first.is_none_or(|first| matches!(first, Segment::Move(_)));
    hold(place, moves, "a path that begins with a move")?;
    segments.iter().try_for_each(|segment| match segment {
        Segment::Move(point) | Segment::Line(point) => points(place, point),
        Segment::Curve(curve) => points(place, curve.as_flattened()),
        Segment::Close => Ok(()),
    })
}

pub(crate) fn page(place: Place, page: &Page<'_>) -> Result {
    let size = |size: f32| (3.0..=14_400.0).contains(&size);
    hold(place, size(page.width) && size(page.height), "a width and height of 3 to 14400 points")?;
    hold(place, matches!(page.rotation, 0 | 90 | 180 | 270), "a rotation of 0, 90, 180 or 270")
}

pub(crate) fn text(text: &Text<'_>, place: Place) -> Result {
    hold(place, (0.01..=MAX_SIZE).contains(&text.size), "a size from 0.01 to 10000")?;
    points(place, &[text.x, text.y, text.rotation, text.character_spacing])?;
    hold(place, text.width.is_none_or(|width| width > 0.0), "a width above 0")?;
    let height = text.line_height.is_none_or(|height| height > 0.0);
    hold(place, height, "a line height above 0")?;
    for length in [text.width, text.height, text.line_height].into_iter().flatten() {
        lengths(place, &[length])?;
    }
    colour(place, text.colour)?;
    opacity(place, text.opacity)
}

fn group(place: Place, group: &Group) -> Result {
    let [a, b, c, d, ..] = group.matrix.map(f64::from);
    points(place, &group.matrix)?;
    hold(place, (a * d - b * c).abs() > 1e-9, "a matrix that can be inverted")?;
    segments(place, &group.clip)
}

pub(crate) fn item(item: &Item<'_>, place: Place) -> Result {
    match item {
        Item::Text(item) => text(item, place),
        Item::Line(line) => {
            points(place, &line.from)?;
            points(place, &line.to)?;
            stroke(place, &line.stroke)?;
            opacity(place, line.opacity)
        }
        Item::Rectangle(rectangle) => {
            points(place, &[rectangle.x, rectangle.y])?;
            lengths(place, &[rectangle.width, rectangle.height, rectangle.radius])?;
            paint(place, &rectangle.paint)
        }
        Item::Ellipse(ellipse) => {
            points(place, &ellipse.centre)?;
            lengths(place, &ellipse.radii)?;
            paint(place, &ellipse.paint)
        }
        Item::Path(path) => {
            segments(place, &path.segments)?;
            paint(place, &path.paint)
        }
        Item::Image(image) => {
            points(place, &[image.x, image.y, image.rotation])?;
            for length in [image.width, image.height].into_iter().flatten() {
                lengths(place, &[length])?;
            }
            opacity(place, image.opacity)
        }
        Item::Link(link) => {
            points(place, &[link.x, link.y])?;
            lengths(place, &[link.width, link.height])
        }
        Item::Begin(begin) => group(place, begin),
        Item::End => Ok(()),
    }
}

impl Item<'_> {
    /// What errors call it.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Line(_) => "line",
            Self::Rectangle(_) => "rectangle",
            Self::Ellipse(_) => "ellipse",
            Self::Path(_) => "path",
            Self::Image(_) => "image",
            Self::Link(_) => "link",
            Self::Begin(_) => "group",
            Self::End => "end of a group",
        }
    }
}

impl Cap {
    /// Its number in PDF (ISO 32000-1, table 54).
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Butt => 0,
            Self::Round => 1,
            Self::Square => 2,
        }
    }
}

impl Join {
    /// Its number in PDF (ISO 32000-1, table 55).
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Miter => 0,
            Self::Round => 1,
            Self::Bevel => 2,
        }
    }
}
