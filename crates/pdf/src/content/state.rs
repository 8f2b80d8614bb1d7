//! The part of the graphics state that matters to text, and the operands of operators (ISO 32000-1, 8.4, 9.3).

use crate::geometry::Matrix;

/// Numbers and strings of one operator, or of its array, that are kept.
const MAX_OPERANDS: usize = 1 << 16;

/// What `q` saves.
#[derive(Clone, Debug)]
pub(crate) struct State {
    pub(crate) ctm: Matrix,
    /// Index of the font among those of the document.
    pub(crate) font: Option<u16>,
    pub(crate) size: f64,
    pub(crate) leading: f64,
    pub(crate) char_spacing: f64,
    pub(crate) word_spacing: f64,
    /// Horizontal scaling, 1 by default.
    pub(crate) stretch: f64,
    pub(crate) rise: f64,
}

impl State {
    pub(crate) fn new() -> Self {
        Self {
            ctm: Matrix::IDENTITY,
            font: None,
            size: 0.0,
            leading: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            stretch: 1.0,
            rise: 0.0,
        }
    }
}

/// A number, or a string that ends there in [`Operands::bytes`].
#[derive(Clone, Copy, Debug)]
pub(crate) enum Operand {
    Number(f64),
    String(usize),
}

/// What stands before an operator; arrays are laid flat.
#[derive(Debug, Default)]
pub(crate) struct Operands {
    pub(crate) list: Vec<Operand>,
    pub(crate) bytes: Vec<u8>,
    /// The first name and the last one, behind each other.
    name: Vec<u8>,
    first_name: usize,
    pub(crate) names: u32,
    /// `ActualText` of a dictionary.
    pub(crate) actual: Option<Vec<u8>>,
}

impl Operands {
    pub(crate) fn clear(&mut self) {
        self.list.clear();
        self.bytes.clear();
        self.names = 0;
        self.actual = None;
    }

    #[inline]
    pub(crate) fn push(&mut self, operand: Operand) {
        if self.list.len() < MAX_OPERANDS {
            self.list.push(operand);
        }
    }

    pub(crate) fn set_name(&mut self, name: &[u8]) {
        let kept = if self.names == 0 { 0 } else { self.first_name };
        self.name.truncate(kept);
        self.name.extend_from_slice(name);
        if self.names == 0 {
            self.first_name = name.len();
        }
        self.names = self.names.saturating_add(1);
    }

    /// The last name.
    pub(crate) fn name(&self) -> Option<&[u8]> {
        match self.names {
            0 => None,
            1 => self.tag(),
            _ => self.name.get(self.first_name..),
        }
    }

    /// The first name.
    pub(crate) fn tag(&self) -> Option<&[u8]> {
        self.name.get(..self.first_name).filter(|_| self.names > 0)
    }

    /// The last six numbers, with zeros before them when there are fewer.
    pub(crate) fn numbers(&self) -> [f64; 6] {
        let mut numbers = [0.0; 6];
        let values = self.list.iter().rev().filter_map(|operand| match operand {
            Operand::Number(number) => Some(*number),
            Operand::String(_) => None,
        });
        for (slot, value) in numbers.iter_mut().rev().zip(values) {
            *slot = value;
        }
        numbers
    }
}
