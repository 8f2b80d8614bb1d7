//! INDEX and DICT structures (Adobe Technical Note 5176, chapters 4 and 5).

use crate::reader::{u8_at, u16_at};

/// An array of objects of any sizes, checked when one is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Index<'a> {
    count: usize,
    offset_size: usize,
    /// From the first offset on.
    data: &'a [u8],
}

impl<'a> Index<'a> {
    /// Reads the INDEX at a place; gives also the place behind it.
    pub(super) fn parse(data: &'a [u8], at: usize) -> Option<(Self, usize)> {
        let count = usize::from(u16_at(data, at)?);
        if count == 0 {
            return Some((Self::default(), at + 2));
        }
        let offset_size = usize::from(u8_at(data, at + 2)?);
        if !(1..=4).contains(&offset_size) {
            return None;
        }
        let index = Self { count, offset_size, data: data.get(at + 3..)? };
        let end = index.start(count)?;
        Some((index, (at + 3).checked_add(end)?))
    }

    pub(super) fn len(&self) -> usize {
        self.count
    }

    pub(super) fn get(&self, index: usize) -> Option<&'a [u8]> {
        if index >= self.count {
            return None;
        }
        self.data.get(self.start(index)?..self.start(index + 1)?)
    }

    /// Where an object starts in `data`; the one behind the last tells the end.
    fn start(&self, index: usize) -> Option<usize> {
        let at = index * self.offset_size;
        let bytes = self.data.get(at..at + self.offset_size)?;
        let offset = bytes.iter().fold(0usize, |offset, byte| offset << 8 | usize::from(*byte));
        // Offsets count from the byte before the objects.
        ((self.count + 1) * self.offset_size).checked_add(offset)?.checked_sub(1)
    }
}

/// The numbers before an operator, and the operator: two-byte ones as `12 << 8 | second`.
pub(super) fn operands(dict: &[u8], operator: u16) -> Option<Vec<f64>> {
    let mut numbers = Vec::new();
    let mut at = 0;
    while let Some(byte) = u8_at(dict, at) {
        at += 1;
        let number = match byte {
            0..=21 => {
                let mut found = u16::from(byte);
                if byte == 12 {
                    found = 12 << 8 | u16::from(u8_at(dict, at)?);
                    at += 1;
                }
                if found == operator {
                    return Some(numbers);
                }
                numbers.clear();
                continue;
            }
            28 => {
                at += 2;
                f64::from(crate::reader::i16_at(dict, at - 2)?)
            }
            29 => {
                at += 4;
                f64::from(crate::reader::u32_at(dict, at - 4)?.cast_signed())
            }
            30 => real(dict, &mut at),
            32..=246 => f64::from(byte) - 139.0,
            247..=250 => {
                at += 1;
                (f64::from(byte) - 247.0) * 256.0 + f64::from(u8_at(dict, at - 1)?) + 108.0
            }
            251..=254 => {
                at += 1;
                -(f64::from(byte) - 251.0) * 256.0 - f64::from(u8_at(dict, at - 1)?) - 108.0
            }
            _ => continue,
        };
        // 48 is the most that an operator may have.
        if numbers.len() < 48 {
            numbers.push(number);
        }
    }
    None
}

/// Nibbles: digits, 10 a point, 11 and 12 an exponent, 14 a minus, 15 the end. Not exact in the last bit: what is asked for is
/// whether an angle is 0.
fn real(dict: &[u8], at: &mut usize) -> f64 {
    let (mut value, mut scale, mut exponent) = (0.0, 0i32, 0i32);
    let (mut negative, mut point, mut power) = (false, false, 0);
    'number: while let Some(byte) = u8_at(dict, *at) {
        *at += 1;
        for nibble in [byte >> 4, byte & 15] {
            match nibble {
                0..=9 if power != 0 => exponent = (exponent * 10 + i32::from(nibble)).min(400),
                0..=9 => {
                    value = value * 10.0 + f64::from(nibble);
                    scale += i32::from(point);
                }
                10 => point = true,
                11 => power = 1,
                12 => power = -1,
                14 => negative = true,
                15 => break 'number,
                _ => {}
            }
        }
    }
    let exponent = power * exponent - scale.min(400);
    for _ in 0..exponent.unsigned_abs() {
        value = if exponent < 0 { value / 10.0 } else { value * 10.0 };
    }
    if negative { -value } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_forms() {
        // The examples of chapter 4: -2.25, 0.140541E-3, and the integers.
        let dict = [
            0x1e, 0xe2, 0xa2, 0x5f, 0x1e, 0x0a, 0x14, 0x05, 0x41, 0xc3, 0xff, 0x8b, 0xef, 0x27,
            0xfa, 0x7c, 0xfe, 0x7c, 0x1c, 0x27, 0x10, 0x1c, 0xd8, 0xf0, 0x1d, 0, 1, 0x86, 0xa0,
            0x1d, 0xff, 0xfe, 0x79, 0x60, 12, 7, 1, 2, 15,
        ];
        let numbers = operands(&dict, 0x0c07).unwrap();
        let expected = [
            -2.25,
            0.000_140_541,
            0.0,
            100.0,
            -100.0,
            1000.0,
            -1000.0,
            10_000.0,
            -10_000.0,
            100_000.0,
            -100_000.0,
        ];
        assert_eq!(numbers.len(), expected.len());
        for (number, expected) in numbers.into_iter().zip(expected) {
            assert!((number - expected).abs() < 1e-12, "{number} {expected}");
        }
        assert_eq!(operands(&dict, 15), Some(vec![]));
        assert_eq!(operands(&dict, 16), None);
        assert_eq!(operands(&[0x1e, 0x99, 0x99], 1), None);
        assert_eq!(
            operands(&[0x1e, 0x1b, 0x99, 0x99, 0xff, 1], 1).map(|numbers| numbers[0].is_finite()),
            Some(false)
        );
    }

    #[test]
    fn indexes_hold_what_is_there() {
        let (index, end) = Index::parse(&[0, 2, 1, 1, 2, 4, b'a', b'b', b'c', 9], 0).unwrap();
        assert_eq!((index.len(), end), (2, 9));
        assert_eq!(
            [index.get(0), index.get(1), index.get(2)],
            [Some(&b"a"[..]), Some(b"bc"), None]
        );
        assert_eq!(
            Index::parse(&[0, 0, 7], 0).map(|(index, end)| (index.len(), end)),
            Some((0, 2))
        );
        // Offsets that go back, that are 0, and an object that is not there.
        let (index, _) = Index::parse(&[0, 2, 1, 3, 1, 2, b'a'], 0).unwrap();
        assert_eq!([index.get(0), index.get(1)], [None, Some(&b"a"[..])]);
        assert!(Index::parse(&[0, 1, 5, 1, 1], 0).is_none());
        assert!(Index::parse(&[0, 1, 1], 0).is_none());
        let (index, _) = Index::parse(&[0, 1, 1, 0, 9, b'a'], 0).unwrap();
        assert_eq!(index.get(0), None);
    }
}
