//! The file: a header of 128 bytes (ICC.1:2022, 7.2) and a table of tags (7.3), which may share their data.

use crate::error::{IccError, invalid, unsupported};

/// What the pixels of a profile's images are made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Space {
    /// One channel of light.
    Grey,
    /// Red, green and blue.
    Rgb,
    /// Cyan, magenta, yellow and black, 255 for full ink.
    Cmyk,
}

impl Space {
    /// How many channels a pixel has, without alpha.
    pub fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk => 4,
        }
    }
}

/// A profile whose header has been read.
#[derive(Clone, Copy)]
pub(crate) struct Profile<'a> {
    bytes: &'a [u8],
    pub(crate) space: Space,
    /// Whether the connection space is CIELAB, and not CIEXYZ.
    pub(crate) lab: bool,
    /// The major version.
    pub(crate) version: u8,
}

const TAG_TABLE: usize = 128;

impl<'a> Profile<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, IccError> {
        let size = u32_at(bytes, 0)? as usize;
        // Containers pad; a profile that says more than there is has lost its end.
        let bytes = bytes.get(..size).ok_or(IccError::Truncated)?;
        if field(bytes, 36)? != *b"acsp" {
            return Err(invalid("the signature acsp"));
        }
        let version = slice(bytes, 8, 1)?[0];
        if !(1..=4).contains(&version) {
            return Err(unsupported("a version that is not 2 or 4"));
        }
        // Input, display, output and colour space profiles have the same tags; the other classes have no device.
        if !matches!(&field(bytes, 12)?, b"scnr" | b"mntr" | b"prtr" | b"spac") {
            return Err(unsupported("a profile that belongs to no device"));
        }
        let space = match &field(bytes, 16)? {
            b"GRAY" => Space::Grey,
            b"RGB " => Space::Rgb,
            b"CMYK" => Space::Cmyk,
            _ => return Err(unsupported("colours other than grey, RGB and CMYK")),
        };
        let lab = match &field(bytes, 20)? {
            b"Lab " => true,
            b"XYZ " => false,
            _ => return Err(invalid("a connection space of XYZ or Lab")),
        };
        u32_at(bytes, TAG_TABLE)?;
        Ok(Self { bytes, space, lab, version })
    }

    /// The data of the first tag of that name, from its type signature on.
    pub(crate) fn tag(&self, name: [u8; 4]) -> Result<Option<&'a [u8]>, IccError> {
        let count = u32_at(self.bytes, TAG_TABLE)? as usize;
        let table = self.bytes.get(TAG_TABLE + 4..).ok_or(IccError::Truncated)?;
        let entries = table.as_chunks::<12>().0;
        // A lying count ends where the bytes do.
        let Some(entry) = entries.iter().take(count).find(|entry| entry[..4] == name) else {
            return Ok(None);
        };
        let (offset, len) = (u32_at(entry, 4)? as usize, u32_at(entry, 8)? as usize);
        slice(self.bytes, offset, len).map(Some)
    }

    /// A tag without which the profile is of no use.
    pub(crate) fn required(
        &self,
        name: [u8; 4],
        expected: &'static str,
    ) -> Result<&'a [u8], IccError> {
        self.tag(name)?.ok_or(invalid(expected))
    }

    /// A tag of one `XYZNumber` (10.31).
    pub(crate) fn xyz(&self, name: [u8; 4]) -> Result<[f64; 3], IccError> {
        let tag = self.required(name, "the colorants rXYZ, gXYZ and bXYZ")?;
        if field(tag, 0)? != *b"XYZ " {
            return Err(invalid("colorants of the type XYZ"));
        }
        Ok([fixed_at(tag, 8)?, fixed_at(tag, 12)?, fixed_at(tag, 16)?])
    }
}

/// Some bytes, wherever a profile says that they are.
pub(crate) fn slice(bytes: &[u8], at: usize, len: usize) -> Result<&[u8], IccError> {
    bytes.get(at..).and_then(|rest| rest.get(..len)).ok_or(IccError::Truncated)
}

/// Four bytes, as of a signature.
pub(crate) fn field(bytes: &[u8], at: usize) -> Result<[u8; 4], IccError> {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).copied().ok_or(IccError::Truncated)
}

/// A `uInt32Number`.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Result<u32, IccError> {
    field(bytes, at).map(u32::from_be_bytes)
}

/// A `uInt16Number`.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Result<u16, IccError> {
    let bytes = slice(bytes, at, 2)?;
    Ok(u16::from_be_bytes([bytes[0], bytes[1]]))
}

/// An `s15Fixed16Number`.
pub(crate) fn fixed_at(bytes: &[u8], at: usize) -> Result<f64, IccError> {
    field(bytes, at).map(|bytes| f64::from(i32::from_be_bytes(bytes)) / 65536.0)
}
