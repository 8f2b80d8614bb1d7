//! JPEG, which PDF takes as it is (ISO 32000-1, 7.4.8).

use std::borrow::Cow;

use bytemill_jpeg::{Colour, Header, JpegError};

use super::{Coding, Picture, Space};
use crate::CreateError;

pub(super) fn read(file: &[u8], image: u32) -> Result<Picture<'_>, CreateError> {
    let header = Header::read(file).map_err(|error| {
        let expected = match error {
            JpegError::Truncated => "a JPEG that does not end in its header",
            JpegError::Invalid { expected } => expected,
            _ => "a JPEG of 8 bits with Huffman codes",
        };
        CreateError::Image { image, expected }
    })?;
    if !ends(file) {
        return Err(CreateError::Image { image, expected: "a JPEG that ends" });
    }
    let (space, inverted) = match header.colour {
        Colour::Grey => (Space::Grey, false),
        Colour::YCbCr | Colour::Rgb => (Space::Rgb, false),
        Colour::Cmyk => (Space::Cmyk, is_of_adobe(file)),
        Colour::Ycck => (Space::Cmyk, true),
    };
    Ok(Picture {
        size: (header.width, header.height),
        orientation: header.orientation,
        bits: 8,
        space,
        inverted,
        // Without Adobe's marker PDF takes three components for transformed ones.
        coding: Coding::Jpeg { untransformed: header.colour == Colour::Rgb },
        data: Cow::Borrowed(file),
        mask: None,
    })
}

/// Whether there is an end marker, behind which cameras leave anything.
fn ends(file: &[u8]) -> bool {
    file.windows(2).rev().any(|marker| marker == [0xFF, 0xD9])
}

/// Whether a segment of Adobe's says what the components are: then inks are inverted.
fn is_of_adobe(file: &[u8]) -> bool {
    let mut at = 2;
    while let Some([0xFF, marker, high, low]) = file.get(at..at + 4) {
        match marker {
            // Padding.
            0xFF => at += 1,
            0xDA | 0xD9 => return false,
            _ => {
                let contents = file.get(at + 4..).unwrap_or_default();
                if *marker == 0xEE && contents.starts_with(b"Adobe") {
                    return true;
                }
                at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
            }
        }
    }
    false
}
