//! Big-endian numbers at offsets, nothing where the data end before.

pub(super) fn u8_at(data: &[u8], at: usize) -> Option<u8> {
    data.get(at).copied()
}

pub(super) fn u16_at(data: &[u8], at: usize) -> Option<u16> {
    let bytes = data.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(bytes.try_into().ok()?))
}

pub(super) fn i16_at(data: &[u8], at: usize) -> Option<i16> {
    u16_at(data, at).map(u16::cast_signed)
}

pub(super) fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    let bytes = data.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(bytes.try_into().ok()?))
}

/// What begins where the 16-bit offset at `at` says.
pub(super) fn offset16(data: &[u8], at: usize) -> Option<&[u8]> {
    match u16_at(data, at)? {
        0 => None,
        offset => data.get(usize::from(offset)..),
    }
}

/// What begins where the 32-bit offset at `at` says.
pub(super) fn offset32(data: &[u8], at: usize) -> Option<&[u8]> {
    match u32_at(data, at)? {
        0 => None,
        offset => data.get(offset as usize..),
    }
}
