//! The types of fields.

use crate::document::Date;
use crate::error::{Place, push};
use crate::{Cap, Colour, CreateError, Join, Paint, Segment, Stroke};

/// Bytes that are read from the front.
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    /// What is being read.
    pub(super) place: Place,
}

type Result<T> = core::result::Result<T, CreateError>;

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, place: Place { kind: "description", page: None, number: 0 } }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    pub(super) fn invalid(&self, expected: &'static str) -> CreateError {
        CreateError::Invalid { place: self.place, expected }
    }

    fn take(&mut self, len: usize) -> Result<&'a [u8]> {
        let truncated = CreateError::Truncated { place: self.place };
        let (taken, rest) = self.rest.split_at_checked(len).ok_or(truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let truncated = CreateError::Truncated { place: self.place };
        let (taken, rest) = self.rest.split_first_chunk().ok_or(truncated)?;
        self.rest = rest;
        Ok(*taken)
    }

    pub(super) fn u8(&mut self) -> Result<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn u16(&mut self) -> Result<u16> {
        self.array().map(u16::from_le_bytes)
    }

    pub(super) fn u32(&mut self) -> Result<u32> {
        self.array().map(u32::from_le_bytes)
    }

    pub(super) fn f32(&mut self) -> Result<f32> {
        self.array().map(f32::from_le_bytes)
    }

    pub(super) fn floats<const N: usize>(&mut self) -> Result<[f32; N]> {
        let mut floats = [0.0; N];
        for float in &mut floats {
            *float = self.f32()?;
        }
        Ok(floats)
    }

    pub(super) fn bool(&mut self) -> Result<bool> {
        match self.u8()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(self.invalid("0 or 1 for no or yes")),
        }
    }

    /// One of some values, by its index.
    pub(super) fn one_of<T: Copy>(&mut self, values: &[T], expected: &'static str) -> Result<T> {
        let index = self.u8()?;
        values.get(usize::from(index)).copied().ok_or(self.invalid(expected))
    }

    pub(super) fn bytes(&mut self) -> Result<&'a [u8]> {
        let len = self.u32()?;
        self.take(len as usize)
    }

    pub(super) fn text(&mut self) -> Result<&'a str> {
        let bytes = self.bytes()?;
        core::str::from_utf8(bytes).map_err(|_| self.invalid("text in UTF-8"))
    }

    pub(super) fn option<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T>,
    ) -> Result<Option<T>> {
        match self.u8()? {
            0 => Ok(None),
            1 => read(self).map(Some),
            _ => Err(self.invalid("0 or 1 for nothing or something")),
        }
    }

    /// Grows with what is there, not by the number in front.
    pub(super) fn list<T>(&mut self, read: impl Fn(&mut Self) -> Result<T>) -> Result<Vec<T>> {
        let mut list = Vec::new();
        for _ in 0..self.u32()? {
            push(&mut list, read(self)?)?;
        }
        Ok(list)
    }

    pub(super) fn colour(&mut self) -> Result<Colour> {
        Ok(match self.u8()? {
            0 => Colour::Grey(self.f32()?),
            1 => Colour::Rgb(self.floats()?),
            2 => Colour::Cmyk(self.floats()?),
            _ => return Err(self.invalid("0, 1 or 2 for a colour of grey, RGB or CMYK")),
        })
    }

    pub(super) fn stroke(&mut self) -> Result<Stroke> {
        Ok(Stroke {
            colour: self.colour()?,
            width: self.f32()?,
            cap: self.one_of(&[Cap::Butt, Cap::Round, Cap::Square], "0 to 2 for a line's ends")?,
            join: self
                .one_of(&[Join::Miter, Join::Round, Join::Bevel], "0 to 2 for a line's corners")?,
            dash: self.list(Self::f32)?,
            phase: self.f32()?,
        })
    }

    pub(super) fn paint(&mut self) -> Result<Paint> {
        Ok(Paint {
            fill: self.option(Self::colour)?,
            stroke: self.option(Self::stroke)?,
            opacity: self.f32()?,
        })
    }

    pub(super) fn segments(&mut self) -> Result<Vec<Segment>> {
        self.list(|reader| {
            Ok(match reader.u8()? {
                0 => Segment::Move(reader.floats()?),
                1 => Segment::Line(reader.floats()?),
                2 => Segment::Curve([reader.floats()?, reader.floats()?, reader.floats()?]),
                3 => Segment::Close,
                _ => return Err(reader.invalid("0 to 3 for a part of a path")),
            })
        })
    }

    pub(super) fn date(&mut self) -> Result<Date> {
        let seconds = f64::from_le_bytes(self.array()?);
        let offset = i16::from_le_bytes(self.array()?);
        // Conversion saturates, and what is out of range is refused when it is written.
        Ok(Date { seconds: seconds.floor() as i64, offset })
    }
}
