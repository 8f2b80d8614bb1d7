//! The orientation in EXIF data: a TIFF structure (EXIF 2.3, 4.5 and 4.6.4).

/// Tag 274 of the first image directory, 1 to 8; 1 where there is none or it is not one of these.
pub(crate) fn orientation(tiff: &[u8]) -> u8 {
    find(tiff).filter(|value| (1..=8).contains(value)).map_or(1, |value| value as u8)
}

fn find(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk()?;
        Some(if little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = long(4)? as usize;
    let entries = usize::from(short(directory)?);
    let first = directory.checked_add(2)?;
    for entry in 0..entries {
        let at = first.checked_add(12 * entry)?;
        // Tag, type SHORT, one value.
        if short(at)? == 0x0112 {
            let single = short(at + 2)? == 3 && long(at + 4)? == 1;
            return single.then(|| short(at + 8)).flatten();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_byte_orders_are_read() {
        let big = b"MM\0*\0\0\0\x08\0\x02\x01\0\0\x03\0\0\0\x01\0\x05\0\0\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        let little = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x08\0\0\0";
        assert_eq!(orientation(big), 6);
        assert_eq!(orientation(little), 8);
        for end in 0..big.len() - 2 {
            assert_eq!(orientation(&big[..end]), 1);
        }
        assert_eq!(orientation(b"II*\0\xFF\xFF\xFF\xFF"), 1);
    }
}
