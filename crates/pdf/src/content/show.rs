//! Showing strings (ISO 32000-1, 9.4.3 and 9.4.4).

use crate::content::Interpreter;
use crate::content::budget::{self, Budget};
use crate::content::state::Operand;
use crate::fonts::{Entry, WHITE};
use crate::geometry::{Matrix, Rect};
use crate::glyphs::{Direction, Glyph, Glyphs};

/// White space narrower than this, in units of the size, is marked: places alone would not show it.
const NARROW: f32 = 0.03;

/// Where and how a string is shown.
struct Pen {
    /// The origin in the frame of the direction.
    x: f64,
    y: f64,
    /// What one unit of text space along the line is in the frame.
    along: (f64, f64),
    size: f32,
    /// The advance of a glyph in the frame, for its width in units of the font size.
    scale: f32,
    /// The font's number on the page.
    font: u16,
    direction: u8,
    frame: Direction,
    page: Rect,
}

impl Interpreter<'_, '_> {
    /// Shows strings with numbers between them, which step back by thousandths of the font size.
    pub(crate) fn show(&mut self, operands: &[Operand], bytes: &[u8]) {
        let Some(font) = self.state.font else { return };
        let vertical = self.fonts.get(font).is_some_and(|font| font.is_vertical());
        let mut from = 0;
        for operand in operands {
            match *operand {
                Operand::Number(number) => {
                    let step = -number / 1000.0 * self.state.size;
                    self.step(if vertical { step } else { step * self.state.stretch }, vertical);
                }
                Operand::String(to) => {
                    self.show_string(font, vertical, bytes.get(from..to).unwrap_or_default());
                    from = to;
                }
            }
        }
    }

    /// Moves along the line, in text space.
    fn step(&mut self, distance: f64, vertical: bool) {
        let (x, y) = if vertical { (0.0, distance) } else { (distance, 0.0) };
        self.text = self.text.translated(x, y);
    }

    /// The pen at the place of the text matrix; none where nothing can be shown.
    fn pen(&mut self, font: u16, vertical: bool) -> Option<Pen> {
        let state = &self.state;
        let matrix = self.text.then(state.ctm);
        let em = f64::from(self.fonts.get(font)?.em);
        // Type 3 fonts may have their y axis the other way round; text does not.
        let (ux, uy) = matrix.vector(0.0, state.size * em);
        let (vx, vy) = matrix.vector(state.size * em, 0.0);
        let (up, right) = ((ux * ux + uy * uy).sqrt(), (vx * vx + vy * vy).sqrt());
        let size = if up > 0.0 { up } else { right };
        let (x, y) = matrix.apply(0.0, state.rise);
        if !matrix.is_finite() || !size.is_finite() || size <= 0.0 || x.abs() > 1e6 || y.abs() > 1e6
        {
            return None;
        }
        // A negative size turns the text; a negative stretch runs it backwards.
        let turn = Matrix([state.size.signum(), 0.0, 0.0, state.size.signum(), 0.0, 0.0]);
        let direction = self.glyphs.direction(turn.then(matrix), vertical);
        let frame = self.glyphs.directions[usize::from(direction)];
        let (cos, sin) = (f64::from(frame.cos), f64::from(frame.sin));
        let to_frame = |x: f64, y: f64| (x * cos + y * sin, y * cos - x * sin);
        let along = if vertical { matrix.vector(0.0, 1.0) } else { matrix.vector(1.0, 0.0) };
        let along = to_frame(along.0, along.1);
        let stretch = if vertical { -1.0 } else { state.stretch };
        let (x, y) = to_frame(x, y);
        let scale = (along.0 * state.size * stretch) as f32;
        let font = self.number(font)?;
        Some(Pen {
            x,
            y,
            along,
            size: size as f32,
            scale,
            font,
            direction,
            frame,
            page: self.media,
        })
    }

    fn show_string(&mut self, font: u16, vertical: bool, mut string: &[u8]) {
        let hidden = self.marked.is_hidden();
        let pen = if hidden { None } else { self.pen(font, vertical) };
        let state = &self.state;
        let (size, spacing, words) = (state.size, state.char_spacing, state.word_spacing);
        let (stretch, sign) = if vertical { (-1.0, -1.0) } else { (state.stretch, 1.0) };
        let Some(font) = self.fonts.get(font) else { return };
        let mut way = 0.0;
        while let Some(shown) = font.next(string, self.document) {
            string = string.get(shown.length.max(1)..).unwrap_or_default();
            if !self.budget.spend(budget::GLYPH) || !Budget::has_room(self.glyphs.list.len()) {
                return;
            }
            let entry = &shown.entry;
            // Spacing adds to the way, which goes down in vertical writing.
            let space = sign * if shown.is_space { spacing + words } else { spacing };
            if let Some(pen) = &pen {
                if entry.flags & WHITE != 0 {
                    self.pending |= pen.white(entry, space);
                } else if !entry.is_empty()
                    && pen.place(entry, font.text(entry), way, self.pending, &mut self.glyphs)
                {
                    self.pending = 0;
                }
            }
            way += (f64::from(entry.advance) * size + space) * stretch;
        }
        self.step(way, vertical);
    }

    /// The number of a font among those of the page.
    fn number(&mut self, font: u16) -> Option<u16> {
        let index = usize::from(font);
        if let Some(number) = self.numbers.get(index).copied().flatten() {
            return Some(number);
        }
        let known = self.fonts.get(font)?;
        let number = self.page_fonts.len() as u16;
        self.page_fonts.push(known.about.clone());
        self.needs_cmaps |= known.needs_cmaps;
        if self.numbers.len() <= index {
            self.numbers.resize(index + 1, None);
        }
        self.numbers[index] = Some(number);
        Some(number)
    }
}

impl Pen {
    /// Flags for what comes after white space.
    fn white(&self, entry: &Entry, spacing: f64) -> u8 {
        let room = entry.advance * self.scale + (spacing * self.along.0) as f32;
        let narrow = room.abs() <= NARROW * self.size;
        Glyph::AFTER_SPACE | if narrow { Glyph::AFTER_NARROW_SPACE } else { 0 }
    }

    /// Adds a glyph that is `way` along the line in text space; gives whether it is on the page.
    #[inline]
    fn place(&self, entry: &Entry, text: &str, way: f64, flags: u8, glyphs: &mut Glyphs) -> bool {
        let advance = entry.advance * self.scale;
        let (x, y) = (self.x + way * self.along.0, self.y + way * self.along.1);
        let (x, y) = (x as f32, y as f32);
        let (px, py) = self.frame.to_page(x, y);
        let (page, room) = (&self.page, advance.abs());
        if px + room < page.left
            || px - room > page.right
            || py + room < page.bottom
            || py - room > page.top
        {
            return false;
        }
        let at = glyphs.text.len();
        glyphs.text.push_str(text);
        // What runs backwards is laid out forwards.
        let (x, advance) = if advance < 0.0 { (x + advance, -advance) } else { (x, advance) };
        glyphs.list.push(Glyph {
            x,
            y,
            advance,
            size: self.size,
            text: at as u32,
            length: text.len() as u16,
            font: self.font,
            direction: self.direction,
            flags: entry.flags & !WHITE | flags,
        });
        true
    }
}
