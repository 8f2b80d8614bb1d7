//! Where text lands, and the white space that follows from it (ISO 32000-1, 8.3.3, 9.4.4).

/// `[a b c d e f]` of a transformation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Matrix(pub(crate) [f32; 6]);

impl Matrix {
    pub(crate) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// First `self`, then `outer`.
    #[expect(clippy::many_single_char_names, reason = "the specification's names")]
    pub(crate) fn then(self, outer: Self) -> Self {
        let [a, b, c, d, e, f] = self.0;
        let [p, q, r, s, t, u] = outer.0;
        Self([
            a * p + b * r,
            a * q + b * s,
            c * p + d * r,
            c * q + d * s,
            e * p + f * r + t,
            e * q + f * s + u,
        ])
    }

    pub(crate) fn translated(self, x: f32, y: f32) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y]).then(self)
    }
}

/// What to write before a string.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    None,
    Space,
    Line,
}

/// The end of the string shown last.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pen {
    x: f32,
    y: f32,
    /// How far the end may be from where it is believed to be.
    doubt: f32,
}

impl Pen {
    pub(crate) fn new(matrix: Matrix, doubt: f32) -> Self {
        let [.., x, y] = matrix.0;
        Self { x, y, doubt }
    }

    /// The gap between the end of the last string and one that starts at `matrix`, from text space to the page.
    pub(crate) fn gap(self, matrix: Matrix, size: f32) -> Gap {
        let [right, up, c, d, x, y] = matrix.0;
        let along = (right * right + up * up).sqrt();
        let height = (c * c + d * d).sqrt() * size.abs();
        if !(along > 0.0 && height > 0.0) {
            return Gap::None;
        }
        let (ux, uy) = (right / along, up / along);
        let (dx, dy) = (x - self.x, y - self.y);
        let forward = dx * ux + dy * uy;
        let aside = dy * ux - dx * uy;
        let em = along * size.abs();
        if aside.abs() > 0.5 * height || forward < -2.0 * em - self.doubt {
            Gap::Line
        } else if forward > 0.17 * em + self.doubt {
            Gap::Space
        } else {
            Gap::None
        }
    }
}
