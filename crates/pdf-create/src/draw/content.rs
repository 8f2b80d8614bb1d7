//! Operators of a page's content (ISO 32000-1, 8.4, 8.5), each written where it changes something.

use std::collections::BTreeSet;

use crate::syntax::Output;
use crate::{Colour, CreateError, Paint, Segment, Stroke};

/// How far the control points of a quarter of a circle are from its ends: 4/3 (sqrt(2) - 1).
const QUARTER: f64 = 0.552_284_749_830_793_4;

/// The content of a page, and what it needs.
#[derive(Debug)]
pub(crate) struct Content {
    pub(crate) output: Output,
    pub(super) state: State,
    stack: Vec<State>,
    pub(crate) needs: Needs,
}

/// Resources that a page needs, by number; opacities in thousandths.
#[derive(Debug, Default)]
pub(crate) struct Needs {
    pub(crate) fonts: BTreeSet<u32>,
    pub(crate) images: BTreeSet<u32>,
    pub(crate) opacities: BTreeSet<u16>,
}

/// The graphics state, as far as it is known.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    fill: Option<Colour>,
    line: Option<Colour>,
    width: Option<f32>,
    cap_and_join: Option<(u8, u8)>,
    dashed: bool,
    opacity: Option<u16>,
    pub(super) font: Option<(u32, f32)>,
    pub(super) spacing: f32,
}

impl Content {
    pub(crate) fn new(limit: u64) -> Self {
        let (output, state) = (Output::new(limit), State::default());
        Self { output, state, stack: Vec::new(), needs: Needs::default() }
    }

    /// Keeps the state for [`Content::restore`].
    pub(crate) fn save(&mut self) -> Result<(), CreateError> {
        crate::error::push(&mut self.stack, self.state.clone())?;
        self.output.put("q\n");
        Ok(())
    }

    /// How often the state is kept.
    pub(crate) fn depth(&self) -> usize {
        self.stack.len()
    }

    pub(crate) fn restore(&mut self) {
        if let Some(state) = self.stack.pop() {
            self.state = state;
            self.output.put("Q\n");
        }
    }

    pub(crate) fn transform(&mut self, matrix: [f64; 6]) {
        let [a, b, c, d, e, f] = matrix;
        for value in [a, b, c, d] {
            self.output.decimals(value, 6);
        }
        self.output.numbers(&[e, f]).put("cm\n");
    }

    pub(super) fn opacity(&mut self, opacity: f32) {
        let opacity = (opacity * 1000.0).round() as u16;
        if self.state.opacity.unwrap_or(1000) != opacity {
            self.state.opacity = Some(opacity);
            self.needs.opacities.insert(opacity);
            self.output.put("/G").integer(opacity.into()).put(" gs\n");
        }
    }

    pub(super) fn fill_colour(&mut self, colour: Colour) {
        // Black is what a page begins with.
        if self.state.fill.unwrap_or(Colour::BLACK) != colour {
            self.state.fill = Some(colour);
            self.colour(colour, ["g", "rg", "k"]);
        }
    }

    fn colour(&mut self, colour: Colour, [grey, rgb, cmyk]: [&str; 3]) {
        let output = &mut self.output;
        match colour {
            Colour::Grey(value) => output.numbers(&[value.into()]).put(grey),
            Colour::Rgb(values) => output.numbers(&values.map(f64::from)).put(rgb),
            Colour::Cmyk(values) => output.numbers(&values.map(f64::from)).put(cmyk),
        };
        output.put("\n");
    }

    pub(super) fn stroke(&mut self, stroke: &Stroke) {
        if self.state.line.unwrap_or(Colour::BLACK) != stroke.colour {
            self.state.line = Some(stroke.colour);
            self.colour(stroke.colour, ["G", "RG", "K"]);
        }
        let output = &mut self.output;
        if self.state.width.unwrap_or(1.0).to_bits() != stroke.width.to_bits() {
            self.state.width = Some(stroke.width);
            output.number(stroke.width.into()).put("w\n");
        }
        let (cap, join) = (stroke.cap.number(), stroke.join.number());
        if self.state.cap_and_join.unwrap_or_default() != (cap, join) {
            self.state.cap_and_join = Some((cap, join));
            output.integer(cap.into()).put(" J ").integer(join.into()).put(" j\n");
        }
        if self.state.dashed || !stroke.dash.is_empty() {
            self.state.dashed = !stroke.dash.is_empty();
            output.put("[");
            for dash in &stroke.dash {
                output.number((*dash).into());
            }
            output.put("] ").number(stroke.phase.into()).put("d\n");
        }
    }

    /// Paints the path that was put before by `path`.
    pub(super) fn paint(&mut self, paint: &Paint, even_odd: bool, path: impl FnOnce(&mut Output)) {
        let operator = match (&paint.fill, &paint.stroke, even_odd) {
            (None, None, _) => return,
            (Some(_), None, false) => "f\n",
            (Some(_), None, true) => "f*\n",
            (None, Some(_), _) => "S\n",
            (Some(_), Some(_), false) => "B\n",
            (Some(_), Some(_), true) => "B*\n",
        };
        self.opacity(paint.opacity);
        if let Some(fill) = paint.fill {
            self.fill_colour(fill);
        }
        if let Some(stroke) = &paint.stroke {
            self.stroke(stroke);
        }
        path(&mut self.output);
        self.output.put(operator);
    }

    /// Clips to a path from here on.
    pub(crate) fn clip(&mut self, segments: &[Segment], even_odd: bool) {
        put_segments(&mut self.output, segments);
        self.output.put(if even_odd { "W* n\n" } else { "W n\n" });
    }
}

pub(super) fn put_segments(output: &mut Output, segments: &[Segment]) {
    let put = |output: &mut Output, points: &[f32], operator: &str| {
        for value in points {
            output.number((*value).into());
        }
        output.put(operator);
    };
    for segment in segments {
        match segment {
            Segment::Move(point) => put(output, point, "m\n"),
            Segment::Line(point) => put(output, point, "l\n"),
            Segment::Curve(points) => put(output, points.as_flattened(), "c\n"),
            Segment::Close => put(output, &[], "h\n"),
        }
    }
}

/// A rectangle with corners of these radii, across and upwards: half the sides for an ellipse.
pub(super) fn put_rounded(output: &mut Output, corner: [f64; 2], size: [f64; 2], radii: [f64; 2]) {
    let ([left, bottom], [width, height], [rx, ry]) = (corner, size, radii);
    let (right, top) = (left + width, bottom + height);
    let (kx, ky) = (rx * (1.0 - QUARTER), ry * (1.0 - QUARTER));
    output.numbers(&[left + rx, bottom]).put("m\n");
    // Sides that the corners leave nothing of are not drawn.
    let (across, up) = (width > 2.0 * rx, height > 2.0 * ry);
    let side = |output: &mut Output, drawn: bool, point: [f64; 2]| {
        if drawn {
            output.numbers(&point).put("l\n");
        }
    };
    side(output, across, [right - rx, bottom]);
    output.numbers(&[right - kx, bottom, right, bottom + ky, right, bottom + ry]).put("c\n");
    side(output, up, [right, top - ry]);
    output.numbers(&[right, top - ky, right - kx, top, right - rx, top]).put("c\n");
    side(output, across, [left + rx, top]);
    output.numbers(&[left + kx, top, left, top - ky, left, top - ry]).put("c\n");
    side(output, up, [left, bottom + ry]);
    output.numbers(&[left, bottom + ky, left + kx, bottom, left + rx, bottom]).put("c\nh\n");
}
