//! Where an image is put on another.

use super::blend::Blend;
use crate::raster::Raster;

/// The side or corner that an image is put to, as sharp names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Gravity {
    /// The middle.
    #[default]
    Centre,
    /// The middle of the top.
    North,
    /// The top right.
    Northeast,
    /// The middle of the right.
    East,
    /// The bottom right.
    Southeast,
    /// The middle of the bottom.
    South,
    /// The bottom left.
    Southwest,
    /// The middle of the left.
    West,
    /// The top left.
    Northwest,
}

/// Where an image is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placement {
    /// To a side or a corner. What cannot be halved is more to the right and below, of tiles more to the left and
    /// above, as in sharp.
    Gravity(Gravity),
    /// With its first pixel, or that of one of its tiles, in a column and row that may lie outside.
    At {
        /// The column.
        left: i32,
        /// The row.
        top: i32,
    },
}

/// How an image is put on another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CompositeOptions {
    /// Where.
    pub placement: Placement,
    /// By which formula.
    pub blend: Blend,
    /// Again and again, in both directions.
    pub tile: bool,
    /// What its alpha is multiplied by, in parts of 255; products are taken to the nearest.
    pub opacity: u8,
}

impl Default for CompositeOptions {
    /// In the middle, over, once, as it is.
    fn default() -> Self {
        let placement = Placement::Gravity(Gravity::Centre);
        Self { placement, blend: Blend::Over, tile: false, opacity: 255 }
    }
}

impl CompositeOptions {
    /// Column and row of the first pixel.
    pub(super) fn origin(&self, base: &Raster, other: &Raster) -> (i64, i64) {
        let gravity = match self.placement {
            Placement::At { left, top } => return (i64::from(left), i64::from(top)),
            Placement::Gravity(gravity) => gravity,
        };
        let right = i64::from(base.width()) - i64::from(other.width());
        let bottom = i64::from(base.height()) - i64::from(other.height());
        let middle = |space: i64| (space + i64::from(!self.tile)).div_euclid(2);
        let left = match gravity {
            Gravity::Northwest | Gravity::West | Gravity::Southwest => 0,
            Gravity::North | Gravity::Centre | Gravity::South => middle(right),
            Gravity::Northeast | Gravity::East | Gravity::Southeast => right,
        };
        let top = match gravity {
            Gravity::Northwest | Gravity::North | Gravity::Northeast => 0,
            Gravity::West | Gravity::Centre | Gravity::East => middle(bottom),
            Gravity::Southwest | Gravity::South | Gravity::Southeast => bottom,
        };
        (left, top)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_sharp() {
        let image = |width, height| Raster::zeroed(width, height, 1, 99).unwrap();
        let (base, other) = (image(8, 7), image(3, 2));
        for (gravity, tile, expected) in [
            (Gravity::Centre, false, (3, 3)),
            (Gravity::Centre, true, (2, 2)),
            (Gravity::North, false, (3, 0)),
            (Gravity::Northeast, false, (5, 0)),
            (Gravity::East, true, (5, 2)),
            (Gravity::Southeast, false, (5, 5)),
            (Gravity::South, false, (3, 5)),
            (Gravity::Southwest, false, (0, 5)),
            (Gravity::West, false, (0, 3)),
            (Gravity::Northwest, false, (0, 0)),
        ] {
            let placement = Placement::Gravity(gravity);
            let options = CompositeOptions { placement, tile, ..CompositeOptions::default() };
            assert_eq!(options.origin(&base, &other), expected);
        }
    }
}
