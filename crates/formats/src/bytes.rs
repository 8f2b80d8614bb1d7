//! Reading numbers, and taking memory.

use crate::FormatError;

/// `N` bytes at `at`.
pub(crate) fn array<const N: usize>(input: &[u8], at: usize) -> Result<[u8; N], FormatError> {
    let bytes = input.get(at..).and_then(|rest| rest.first_chunk());
    bytes.copied().ok_or(FormatError::Truncated)
}

pub(crate) fn le16(input: &[u8], at: usize) -> Result<u16, FormatError> {
    array(input, at).map(u16::from_le_bytes)
}

pub(crate) fn le32(input: &[u8], at: usize) -> Result<u32, FormatError> {
    array(input, at).map(u32::from_le_bytes)
}

pub(crate) fn be32(input: &[u8], at: usize) -> Result<u32, FormatError> {
    array(input, at).map(u32::from_be_bytes)
}

/// `len` bytes at `at`.
pub(crate) fn slice(input: &[u8], at: usize, len: usize) -> Result<&[u8], FormatError> {
    input.get(at..).and_then(|rest| rest.get(..len)).ok_or(FormatError::Truncated)
}

/// Zeros.
pub(crate) fn zeroed(bytes: u64) -> Result<Vec<u8>, FormatError> {
    let mut zeros = Vec::new();
    reserve(&mut zeros, bytes)?;
    zeros.resize(bytes as usize, 0);
    Ok(zeros)
}

/// Room for `bytes` more, and no more than that.
pub(crate) fn reserve(vec: &mut Vec<u8>, bytes: u64) -> Result<(), FormatError> {
    let bytes = usize::try_from(bytes).unwrap_or(usize::MAX);
    vec.try_reserve_exact(bytes).map_err(|_| FormatError::OutOfMemory { bytes })
}

/// A 16-bit sample to the nearest of 8 bits.
pub(crate) fn narrow(sample: u16) -> u8 {
    ((u32::from(sample) + 128) / 257) as u8
}

/// Sorts a short list, equal ones as they were: a hundredth of the code of the standard library's sorting.
pub(crate) fn sort<T: Copy, K: Ord>(list: &mut [T], key: impl Fn(&T) -> K) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && key(&list[at]) < key(&list[at - 1]) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}
