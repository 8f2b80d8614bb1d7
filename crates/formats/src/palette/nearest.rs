//! The nearest colour of a palette.

use super::histogram::{PLACES, Shifts};
use super::table;
use crate::FormatError;

/// A palette, and what has been found in it by bin.
pub(super) struct Nearest<'a> {
    palette: &'a [[u8; 4]],
    shifts: Shifts,
    /// An index and one more; 0 where nothing has been looked for.
    found: Vec<u16>,
}

impl<'a> Nearest<'a> {
    pub(super) fn new(palette: &'a [[u8; 4]], shifts: Shifts) -> Result<Self, FormatError> {
        Ok(Self { palette, shifts, found: table(PLACES)? })
    }

    /// The index of the colour that is nearest to the first one that came of this one's bin: at most a bin's width from
    /// the nearest.
    pub(super) fn index(&mut self, colour: [u8; 4]) -> u8 {
        // What cannot be seen has a colour of its own, the first.
        if colour[3] == 0 && self.palette[0][3] == 0 {
            return 0;
        }
        let place = self.shifts.bin(colour);
        if let Some(found) = self.found[place].checked_sub(1) {
            return found as u8;
        }
        let (mut best, mut least) = (0, u32::MAX);
        for (number, candidate) in (0..=255).zip(self.palette) {
            let distance = distance(colour, *candidate);
            if distance < least {
                (best, least) = (number, distance);
            }
        }
        self.found[place] = u16::from(best) + 1;
        best
    }
}

/// Squared differences with the weights of the palette's making; colours count as much as they can be seen.
fn distance(colour: [u8; 4], other: [u8; 4]) -> u32 {
    let square = |channel: usize| u32::from(colour[channel].abs_diff(other[channel])).pow(2);
    let seen = u32::from(colour[3].max(other[3]));
    let colours = 3 * square(0) + 4 * square(1) + 2 * square(2);
    colours / 255 * seen + 5 * square(3)
}
