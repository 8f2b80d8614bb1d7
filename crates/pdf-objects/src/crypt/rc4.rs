//! RC4, as documents up to version 1.5 are encrypted with.

/// Encrypts or decrypts in place; an empty key changes nothing.
pub fn rc4(key: &[u8], data: &mut [u8]) {
    if key.is_empty() {
        return;
    }
    let mut state: [u8; 256] = core::array::from_fn(|at| at as u8);
    let mut j = 0u8;
    for i in 0..256 {
        j = j.wrapping_add(state[i]).wrapping_add(key[i % key.len()]);
        state.swap(i, j as usize);
    }
    let (mut i, mut j) = (0u8, 0u8);
    for byte in data {
        i = i.wrapping_add(1);
        j = j.wrapping_add(state[i as usize]);
        state.swap(i as usize, j as usize);
        let sum = state[i as usize].wrapping_add(state[j as usize]);
        *byte ^= state[sum as usize];
    }
}

#[cfg(test)]
mod tests {
    /// Test vectors that are in many implementations.
    #[test]
    fn known_answers() {
        for (key, plain, expected) in [
            ("Key", "Plaintext", &[0xBB, 0xF3, 0x16, 0xE8, 0xD9, 0x40, 0xAF, 0x0A, 0xD3][..]),
            ("Wiki", "pedia", &[0x10, 0x21, 0xBF, 0x04, 0x20]),
        ] {
            let mut data = plain.as_bytes().to_vec();
            super::rc4(key.as_bytes(), &mut data);
            assert_eq!(data, expected);
        }
    }
}
