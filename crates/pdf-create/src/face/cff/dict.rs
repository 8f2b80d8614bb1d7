//! Operators and their operands, which CFF calls DICT (section 4).

use crate::face::read::{i16_at, u8_at, u32_at};
use crate::syntax::Output;

pub(super) const FONT_BOX: u16 = 5;
pub(super) const CHARSET: u16 = 15;
pub(super) const CHAR_STRINGS: u16 = 17;
pub(super) const PRIVATE: u16 = 18;
pub(super) const SUBRS: u16 = 19;
pub(super) const KIND: u16 = 0xC06;
pub(super) const FONT_MATRIX: u16 = 0xC07;
pub(super) const ROS: u16 = 0xC1E;
pub(super) const CID_COUNT: u16 = 0xC22;
pub(super) const FD_ARRAY: u16 = 0xC24;
pub(super) const FD_SELECT: u16 = 0xC25;

/// A DICT that is in a font.
#[derive(Clone, Copy, Debug)]
pub(super) struct Dict<'a>(pub(super) &'a [u8]);

impl<'a> Dict<'a> {
    /// Operators with the bytes of their operands, up to what is not well-formed.
    pub(super) fn entries(self) -> impl Iterator<Item = (u16, &'a [u8])> {
        let mut at = 0;
        core::iter::from_fn(move || {
            let start = at;
            while let Some(len) = operand_len(self.0, at) {
                at += len;
            }
            let operands = &self.0[start..at];
            let first = u8_at(self.0, at)?;
            at += 1;
            if first != 12 {
                return (first < 22).then_some((first.into(), operands));
            }
            let second = u8_at(self.0, at)?;
            at += 1;
            Some((0xC00 | u16::from(second), operands))
        })
    }

    /// The operands of an operator.
    pub(super) fn get(self, operator: u16) -> Option<&'a [u8]> {
        self.entries().find(|(other, _)| *other == operator).map(|(_, operands)| operands)
    }

    /// An offset or a size: the operand of that number.
    pub(super) fn offset(self, operator: u16, number: usize) -> Option<usize> {
        let mut operands = self.get(operator)?;
        for _ in 0..number {
            operands = &operands[operand_len(operands, 0)?..];
        }
        usize::try_from(integer(operands)?).ok()
    }
}

/// The bytes of the operand at an offset; nothing where there is none.
fn operand_len(dict: &[u8], at: usize) -> Option<usize> {
    let len = match u8_at(dict, at)? {
        28 => 3,
        29 => 5,
        30 => {
            let digits = dict.get(at + 1..)?;
            digits.iter().position(|byte| byte & 15 == 15 || byte >> 4 == 15)? + 2
        }
        32..=246 => 1,
        247..=254 => 2,
        _ => return None,
    };
    (at + len <= dict.len()).then_some(len)
}

fn integer(operand: &[u8]) -> Option<i32> {
    let first = i32::from(u8_at(operand, 0)?);
    let second = || u8_at(operand, 1).map(i32::from);
    Some(match first {
        28 => i16_at(operand, 1)?.into(),
        29 => u32_at(operand, 1)?.cast_signed(),
        32..=246 => first - 139,
        247..=250 => (first - 247) * 256 + second()? + 108,
        251..=254 => -(first - 251) * 256 - second()? - 108,
        _ => return None,
    })
}

/// Writes an operand in 5 bytes, whatever it is.
pub(super) fn operand(output: &mut Output, value: usize) -> &mut Output {
    output.put([29]).put((value as u32).to_be_bytes())
}

/// Writes an operator.
pub(super) fn operator(output: &mut Output, operator: u16) -> &mut Output {
    match operator >> 8 {
        0 => output.put([operator as u8]),
        _ => output.put(operator.to_be_bytes()),
    }
}

/// Copies an operator with its operands, if it is there.
pub(super) fn copy(output: &mut Output, dict: Dict<'_>, number: u16) {
    if let Some(operands) = dict.get(number) {
        operator(output.put(operands), number);
    }
}
