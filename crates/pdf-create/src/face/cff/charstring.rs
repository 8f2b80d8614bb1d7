//! Charstrings without calls of subroutines (Adobe's Technical Note 5177, Type 2 charstrings).

use super::index::Index;
use crate::CreateError;
use crate::error::{push, reserve};
use crate::face::read::{i16_at, u8_at};

/// Calls within calls; the specification allows 10.
const MAX_DEPTH: u32 = 16;
/// Operands on the stack; the specification of CFF2 allows 513, that of CFF 48.
const MAX_OPERANDS: usize = 513;
/// Hints of a glyph; the specification allows 96.
const MAX_HINTS: usize = 512;
/// Operators and operands in all glyphs together.
const MAX_STEPS: u32 = 1 << 24;

/// Subroutines that charstrings call.
#[derive(Clone, Copy, Debug)]
pub(super) struct Subroutines<'a> {
    pub(super) global: Index<'a>,
    pub(super) local: Index<'a>,
}

/// Charstrings that have been written anew.
#[derive(Debug)]
pub(super) struct Charstrings {
    code: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
    /// Most bytes of all.
    limit: usize,
    steps: u32,
    /// Operands, and where in the code each begins.
    stack: Vec<(i32, usize)>,
    hints: usize,
}

/// Why a charstring was not written.
#[derive(Clone, Copy, Debug)]
pub(super) enum Failure {
    /// It is damaged, or computes, which no font does any more.
    Damaged,
    /// It puts a glyph together of others by their standard codes, which programs with CIDs do not have.
    Composed,
    /// No memory.
    Memory(CreateError),
}

impl From<CreateError> for Failure {
    fn from(error: CreateError) -> Self {
        Self::Memory(error)
    }
}

/// How a charstring or subroutine ends.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Return,
    Glyph,
}

impl Charstrings {
    pub(super) fn new(limit: usize) -> Self {
        let (code, ends, stack) = (Vec::new(), Vec::new(), Vec::new());
        Self { code, ends, limit, steps: MAX_STEPS, stack, hints: 0 }
    }

    /// All, in the order in which they were added.
    pub(super) fn strings(&self) -> impl ExactSizeIterator<Item = &[u8]> + Clone {
        self.ends.iter().enumerate().map(|(number, end)| {
            let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
            &self.code[start..*end]
        })
    }

    /// Adds that of a glyph.
    pub(super) fn add(
        &mut self,
        charstring: &[u8],
        calls: &Subroutines<'_>,
    ) -> Result<(), Failure> {
        self.stack.clear();
        self.hints = 0;
        if self.run(charstring, calls, 0)? == End::Return {
            self.put(&[14])?;
        }
        push(&mut self.ends, self.code.len())?;
        Ok(())
    }

    fn run(&mut self, code: &[u8], calls: &Subroutines<'_>, depth: u32) -> Result<End, Failure> {
        let mut at = 0;
        while let Some(first) = u8_at(code, at) {
            self.steps = self.steps.checked_sub(1).ok_or(Failure::Damaged)?;
            let start = at;
            at += 1;
            let byte = || u8_at(code, start + 1).map(i32::from).ok_or(Failure::Damaged);
            let word = || i16_at(code, start + 1).map(i32::from).ok_or(Failure::Damaged);
            let number = i32::from(first);
            let operand = match first {
                28 => Some((word()?, 3)),
                32..=246 => Some((number - 139, 1)),
                247..=250 => Some(((number - 247) * 256 + byte()? + 108, 2)),
                251..=254 => Some((-(number - 251) * 256 - byte()? - 108, 2)),
                // 16.16: the fraction names no subroutine.
                255 => Some((word()?, 5)),
                _ => None,
            };
            if let Some((value, len)) = operand {
                if self.stack.len() == MAX_OPERANDS {
                    return Err(Failure::Damaged);
                }
                push(&mut self.stack, (value, self.code.len()))?;
                self.put(code.get(start..start + len).ok_or(Failure::Damaged)?)?;
                at = start + len;
                continue;
            }
            match first {
                // hstem, vstem, hstemhm, vstemhm
                1 | 3 | 18 | 23 => self.count_hints()?,
                // hintmask, cntrmask; operands are hints without an operator.
                19 | 20 => {
                    self.count_hints()?;
                    at += self.hints.div_ceil(8);
                }
                // Moves, lines and curves.
                4..=8 | 21 | 22 | 24..=27 | 30 | 31 => self.stack.clear(),
                // The flexes. What is computed might be the number of a subroutine.
                12 if (34..=37).contains(&byte()?) => {
                    self.stack.clear();
                    at += 1;
                }
                10 | 29 => {
                    let index = if first == 10 { &calls.local } else { &calls.global };
                    let (operand, start) = self.stack.pop().ok_or(Failure::Damaged)?;
                    // An operand on the stack is followed by others alone.
                    self.code.truncate(start);
                    let subroutine = subroutine(index, operand).ok_or(Failure::Damaged)?;
                    if depth == MAX_DEPTH {
                        return Err(Failure::Damaged);
                    }
                    if self.run(subroutine, calls, depth + 1)? == End::Glyph {
                        return Ok(End::Glyph);
                    }
                    continue;
                }
                11 => return Ok(End::Return),
                14 if self.stack.len() >= 4 => return Err(Failure::Composed),
                14 => {
                    self.put(&[14])?;
                    return Ok(End::Glyph);
                }
                _ => return Err(Failure::Damaged),
            }
            self.put(code.get(start..at).ok_or(Failure::Damaged)?)?;
        }
        Ok(End::Return)
    }

    fn put(&mut self, code: &[u8]) -> Result<(), Failure> {
        if self.code.len() + code.len() > self.limit {
            return Err(Failure::Damaged);
        }
        reserve(&mut self.code, code.len())?;
        self.code.extend_from_slice(code);
        Ok(())
    }

    fn count_hints(&mut self) -> Result<(), Failure> {
        self.hints += self.stack.len() / 2;
        self.stack.clear();
        if self.hints > MAX_HINTS { Err(Failure::Damaged) } else { Ok(()) }
    }
}

/// The subroutine that an operand calls (section 4.7).
fn subroutine<'a>(index: &Index<'a>, operand: i32) -> Option<&'a [u8]> {
    let bias = match index.len() {
        0..1240 => 107,
        1240..33900 => 1131,
        _ => 32768,
    };
    index.get(usize::try_from(operand.checked_add(bias)?).ok()?)
}
