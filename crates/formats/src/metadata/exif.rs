//! EXIF data: a TIFF structure (EXIF 2.32, 4.5 and 4.6.4).

use crate::tiff::{Directory, Tiff};
use crate::{Density, Unit};

const ORIENTATION: u16 = 0x0112;

/// What of the first image directory of EXIF data matters to pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exif {
    /// How the image has to be turned to be upright, 1 to 8; 1 where it is not said.
    pub orientation: u8,
    /// Its resolution.
    pub density: Option<Density>,
}

impl Exif {
    /// Reads a TIFF structure, from its byte order mark on. What is damaged is as if it were not there.
    pub fn read(tiff: &[u8]) -> Self {
        let directory = first(tiff);
        Self {
            orientation: directory.map_or(1, of_directory),
            density: directory.and_then(density),
        }
    }
}

fn first(tiff: &[u8]) -> Option<Directory<'_>> {
    let tiff = Tiff::new(tiff).ok()?;
    tiff.directory(tiff.first().ok()?).ok()
}

/// The orientation in EXIF data, 1 where there is none.
pub(crate) fn orientation(tiff: &[u8]) -> u8 {
    first(tiff).map_or(1, of_directory)
}

/// The orientation in a directory, 1 where there is none.
pub(crate) fn of_directory(directory: Directory<'_>) -> u8 {
    let entry = directory.find(ORIENTATION).filter(|entry| entry.kind == 3 && entry.count == 1);
    let value = entry.and_then(|entry| entry.number(0));
    value.filter(|value| (1..=8).contains(value)).map_or(1, |value| value as u8)
}

/// The resolution in a directory. Without a unit it is in inches.
pub(crate) fn density(directory: Directory<'_>) -> Option<Density> {
    let rounded = |tag| {
        let (number, divisor) = directory.find(tag)?.rational(0)?;
        let rounded = number.checked_add(divisor / 2)?.checked_div(divisor)?;
        (rounded > 0).then_some(rounded)
    };
    let (x, y) = (rounded(0x011A)?, rounded(0x011B)?);
    let unit = match directory.find(0x0128).and_then(|entry| entry.number(0)) {
        None | Some(2) => Unit::Inch,
        Some(3) => Unit::Centimetre,
        Some(_) => Unit::Aspect,
    };
    Some(Density { x, y, unit })
}

/// Sets the orientation to 1 where there is one.
pub(crate) fn set_upright(exif: &mut [u8]) {
    let place = |tiff| {
        let entry = first(tiff)?.find(ORIENTATION)?;
        (entry.kind == 3 && entry.count == 1).then_some((entry.values, entry.tiff.little))
    };
    let Some((at, little)) = place(exif) else { return };
    let value = if little { [1, 0] } else { [0, 1] };
    if let Some(bytes) = exif.get_mut(at..at + 2) {
        bytes.copy_from_slice(&value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BIG: &[u8] =
        b"MM\0*\0\0\0\x08\0\x02\x01\0\0\x03\0\0\0\x01\0\x05\0\0\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
    const LITTLE: &[u8] = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";

    #[test]
    fn both_byte_orders_are_read() {
        assert_eq!(orientation(BIG), 6);
        assert_eq!(orientation(LITTLE), 8);
        for end in 0..BIG.len() - 2 {
            assert_eq!(orientation(&BIG[..end]), 1);
        }
        assert_eq!(orientation(b"II*\0\xFF\xFF\xFF\xFF"), 1);
    }

    #[test]
    fn an_image_is_set_upright() {
        for exif in [BIG, LITTLE] {
            let mut upright = exif.to_vec();
            set_upright(&mut upright);
            assert_eq!(orientation(&upright), 1);
            assert_eq!(upright.iter().zip(exif).filter(|(a, b)| a != b).count(), 1);
        }
    }

    #[test]
    fn resolution_is_read() {
        let mut exif = b"II*\0\x08\0\0\0\x03\0".to_vec();
        for (tag, kind, value) in [(0x011A_u16, 5_u16, 50_u32), (0x011B, 5, 58), (0x0128, 3, 3)] {
            exif.extend(tag.to_le_bytes());
            exif.extend(kind.to_le_bytes());
            exif.extend([1, 0, 0, 0]);
            exif.extend(value.to_le_bytes());
        }
        exif.extend([0; 4]);
        for number in [300_u32, 1, 999, 10] {
            exif.extend(number.to_le_bytes());
        }
        let density = Exif::read(&exif).density.unwrap();
        assert_eq!(density, Density { x: 300, y: 100, unit: Unit::Centimetre });
        assert_eq!(density.per_inch(), Some(762));
    }
}
