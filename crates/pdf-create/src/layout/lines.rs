//! Glyphs to lines.

use super::breaks::{Class, may_break};
use super::glyphs::{Glyph, Run};
use crate::error::{Place, push};
use crate::fonts::Font;
use crate::{Align, CreateError, Text};

/// Points by which a line may be wider than its width: what rounding to `f32` loses of a measured width.
const TOLERANCE: f64 = 0.01;

/// A line of a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    /// The first glyph, and the one behind the last that is drawn.
    pub(crate) first: usize,
    pub(crate) end: usize,
    /// The first glyph of the line below.
    pub(super) next: usize,
    /// Its width, in points.
    pub(crate) width: f64,
    /// The hyphen that is drawn at its end.
    pub(crate) hyphen: Option<Glyph>,
    /// Whether it is the last of a paragraph.
    last: bool,
}

/// A text in lines, measured.
#[derive(Debug)]
pub(crate) struct Block {
    pub(crate) run: Run,
    /// Those that are drawn.
    pub(crate) lines: Vec<Line>,
    /// The first glyph that is not.
    pub(super) rest: usize,
    /// From baseline to baseline, in points.
    pub(crate) line_height: f64,
    /// From the upper edge to the first baseline, in points.
    pub(crate) first_baseline: f64,
}

impl Block {
    /// Lays a text out, of which the numbers are valid.
    pub(crate) fn new(text: &Text<'_>, font: &Font<'_>, place: Place) -> Result<Self, CreateError> {
        let size = f64::from(text.size);
        let metrics = font.metrics();
        let line_height = text.line_height.map_or(metrics.line * size, f64::from);
        // What a line is higher than its letters is half above and half below them.
        let letters = (metrics.ascent - metrics.descent) * size;
        let first_baseline = (line_height - letters) / 2.0 + metrics.ascent * size;
        let width = text.width.map(f64::from);
        let height =
            text.height.filter(|_| width.is_some()).map(|height| f64::from(height) + TOLERANCE);
        // Of a long text that flows from page to page only the page at hand is laid out. Lines hold their width of glyphs,
        // without spaces, and a line feed; twice that leaves room for kerning.
        let enough = match (width, height) {
            (Some(width), Some(height)) if text.character_spacing >= 0.0 => {
                Some(4.0 * (height / line_height + 2.0) * (width + size))
            }
            _ => None,
        };
        let run = Run::new(text, font, enough, place)?;
        let mut lines = wrap(&run, width)?;
        let mut rest = run.glyphs.len();
        if let Some(height) = height {
            let fit = (1..=lines.len()).take_while(|line| *line as f64 * line_height <= height);
            let fit = fit.count();
            rest = lines.get(fit).map_or(rest, |line| line.first);
            lines.truncate(fit);
        }
        Ok(Self { run, lines, rest, line_height, first_baseline })
    }

    /// Where a line starts, from the text's `x` on, and by how much each of its spaces is wider, in points.
    pub(crate) fn place(&self, line: &Line, text: &Text<'_>) -> (f64, f64) {
        let room = text.width.map_or(0.0, f64::from) - line.width;
        match text.align {
            Align::Left => (0.0, 0.0),
            Align::Centre => (room / 2.0, 0.0),
            Align::Right => (room, 0.0),
            Align::Justify => {
                let spaces = self.spaces(line);
                if line.last || text.width.is_none() || spaces == 0 || room <= 0.0 {
                    return (0.0, 0.0);
                }
                (0.0, room / spaces as f64)
            }
        }
    }

    /// The glyphs of a line, the hyphen at its end included.
    pub(crate) fn glyphs<'b>(&'b self, line: &'b Line) -> impl Iterator<Item = &'b Glyph> {
        let glyphs = self.run.glyphs.get(line.first..line.end).unwrap_or_default();
        glyphs.iter().chain(&line.hyphen)
    }

    fn spaces(&self, line: &Line) -> usize {
        self.glyphs(line).filter(|glyph| glyph.is_space()).count()
    }
}

impl Glyph {
    /// Whether it is a space that becomes wider.
    pub(crate) fn is_space(&self) -> bool {
        self.class == Class::Space
    }
}

/// What of a line is known while it grows.
#[derive(Clone, Copy, Debug, Default)]
struct Growing {
    first: usize,
    /// Behind the last glyph that is not a space at the end.
    end: usize,
    /// Up to there.
    width: f64,
    /// Up to the next glyph.
    advance: f64,
}

impl Growing {
    fn at(first: usize) -> Self {
        Self { first, end: first, width: 0.0, advance: 0.0 }
    }

    fn line(self, next: usize, hyphen: Option<Glyph>, last: bool) -> Line {
        let width = self.width + hyphen.map_or(0.0, |hyphen| hyphen.width);
        Line { first: self.first, end: self.end, next, width, hyphen, last }
    }
}

/// Breaks lines at line feeds, and where the next word does not fit.
fn wrap(run: &Run, limit: Option<f64>) -> Result<Vec<Line>, CreateError> {
    let glyphs = &run.glyphs;
    let mut lines = Vec::new();
    let mut line = Growing::at(0);
    // The line as it would be when broken at the last place where it may be.
    let mut broken: Option<Line> = None;
    let mut at = 0;
    while let Some(glyph) = glyphs.get(at) {
        if glyph.class == Class::Newline {
            push(&mut lines, line.line(at + 1, None, true))?;
            (line, broken) = (Growing::at(at + 1), None);
            at += 1;
            continue;
        }
        let space = glyph.class == Class::Space;
        let width = line.advance + glyph.width;
        let fits = |width: f64| limit.is_none_or(|limit| width <= limit + TOLERANCE);
        if !space && !fits(width) && at > line.first {
            // No more than a line's glyphs are looked at again: the next line starts with them.
            let full = broken.take().unwrap_or_else(|| line.line(at, None, false));
            push(&mut lines, full)?;
            at = full.next;
            line = Growing::at(at);
            continue;
        }
        line.advance = width + glyph.after;
        at += 1;
        // Without a width, spaces at the end count: who measures words adds them up.
        if !space || limit.is_none() {
            (line.width, line.end) = (width, at);
        }
        let (Some(next), Some(_)) = (glyphs.get(at), limit) else { continue };
        if glyph.class == Class::SoftHyphen {
            if let Some(hyphen) = run.hyphen
                && fits(line.advance + hyphen.width)
            {
                broken = Some(line.line(at, Some(hyphen), false));
            }
        } else if may_break(
            at.checked_sub(2).map(|before| glyphs[before].character),
            (glyph.character, glyph.class),
            next.character,
        ) {
            broken = Some(line.line(at, None, false));
        }
    }
    push(&mut lines, line.line(at, None, true))?;
    Ok(lines)
}
