//! Matrices and boxes (ISO 32000-1, 8.3.3).

/// `x' = a x + c y + e`, `y' = b x + d y + f`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Matrix(pub(crate) [f64; 6]);

impl Matrix {
    pub(crate) const IDENTITY: Self = Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);

    /// This one first, then `next`.
    pub(crate) fn then(self, next: Self) -> Self {
        let ([a, b, c, d, e, f], [g, h, i, j, k, l]) = (self.0, next.0);
        Self([
            a * g + b * i,
            a * h + b * j,
            c * g + d * i,
            c * h + d * j,
            e * g + f * i + k,
            e * h + f * j + l,
        ])
    }

    /// Moves the origin, in the coordinates before this matrix.
    pub(crate) fn translated(self, x: f64, y: f64) -> Self {
        let [a, b, c, d, e, f] = self.0;
        Self([a, b, c, d, x * a + y * c + e, x * b + y * d + f])
    }

    pub(crate) fn apply(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, e, f] = self.0;
        (x * a + y * c + e, x * b + y * d + f)
    }

    /// The same for a vector, which does not move.
    pub(crate) fn vector(self, x: f64, y: f64) -> (f64, f64) {
        let [a, b, c, d, ..] = self.0;
        (x * a + y * c, x * b + y * d)
    }

    pub(crate) fn is_finite(self) -> bool {
        self.0.iter().all(|number| number.is_finite())
    }
}

/// A rectangle with sides along the axes, in points; `left <= right` and `bottom <= top`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// Smallest x.
    pub left: f32,
    /// Smallest y.
    pub bottom: f32,
    /// Largest x.
    pub right: f32,
    /// Largest y.
    pub top: f32,
}

impl Rect {
    /// What lies around nothing: united with a rectangle it gives that one.
    pub(crate) const EMPTY: Self = Self {
        left: f32::INFINITY,
        bottom: f32::INFINITY,
        right: f32::NEG_INFINITY,
        top: f32::NEG_INFINITY,
    };

    /// Width in points.
    pub fn width(&self) -> f32 {
        self.right - self.left
    }

    /// Height in points.
    pub fn height(&self) -> f32 {
        self.top - self.bottom
    }

    pub(crate) fn unite(&mut self, other: Self) {
        self.left = self.left.min(other.left);
        self.bottom = self.bottom.min(other.bottom);
        self.right = self.right.max(other.right);
        self.top = self.top.max(other.top);
    }

    pub(crate) fn around(points: [(f32, f32); 4]) -> Self {
        let mut rect = Self::EMPTY;
        for (x, y) in points {
            rect.unite(Self { left: x, bottom: y, right: x, top: y });
        }
        rect
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn matrices_apply_one_after_the_other() {
        let turn = Matrix([0.0, 1.0, -1.0, 0.0, 10.0, 0.0]);
        let scale = Matrix([2.0, 0.0, 0.0, 3.0, 0.0, 1.0]);
        assert_eq!(turn.apply(1.0, 2.0), (8.0, 1.0));
        assert_eq!(turn.then(scale).apply(1.0, 2.0), (16.0, 4.0));
        assert_eq!(turn.translated(1.0, 2.0).apply(0.0, 0.0), turn.apply(1.0, 2.0));
        assert_eq!(turn.vector(1.0, 2.0), (-2.0, 1.0));
        assert_eq!(Matrix::IDENTITY.then(turn), turn);
    }

    #[test]
    fn rectangles_grow() {
        let rect = Rect::around([(1.0, 5.0), (3.0, 2.0), (0.0, 4.0), (2.0, 2.0)]);
        assert_eq!(rect, Rect { left: 0.0, bottom: 2.0, right: 3.0, top: 5.0 });
        assert_eq!((rect.width(), rect.height()), (3.0, 3.0));
    }
}
