//! The one vector operation of the finders: which of 16 bytes equal a byte.

/// A bit for each byte of `tags` that is `tag`.
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
pub(super) fn equal(tags: &[u8; 16], tag: u8) -> u16 {
    use core::arch::wasm32::{u8x16, u8x16_bitmask, u8x16_eq, u8x16_splat};
    // One load: the compiler sees that the bytes are neighbours.
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = *tags;
    let tags = u8x16(a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p);
    u8x16_bitmask(u8x16_eq(tags, u8x16_splat(tag)))
}

/// A bit for each byte of `tags` that is `tag`: eight at a time.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
pub(super) fn equal(tags: &[u8; 16], tag: u8) -> u16 {
    const LOW: u64 = 0x0101_0101_0101_0101;
    let splat = u64::from(tag).wrapping_mul(LOW);
    let (words, _) = tags.as_chunks::<8>();
    let mut mask = 0;
    for (i, word) in words.iter().enumerate() {
        let other = u64::from_le_bytes(*word) ^ splat;
        // 0x80 in every byte that is 0, exactly: no carry crosses a byte.
        let zero = !(((other & !(LOW << 7)) + !(LOW << 7)) | other | !(LOW << 7));
        mask |= ((zero >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56) << (8 * i);
    }
    mask as u16
}

#[cfg(test)]
mod tests {
    #[test]
    fn masks() {
        for tag in [0, 1, 0x7F, 0x80, 0xFF] {
            for seed in 0..500_u32 {
                let tags: [u8; 16] = core::array::from_fn(|i| {
                    let noise = (seed + 1).wrapping_mul(0x9E37_79B9).rotate_left(i as u32 * 2);
                    if noise.trailing_zeros() >= 2 { tag } else { tag ^ (noise >> 9) as u8 }
                });
                let slow = (0..16).fold(0, |mask, i| mask | u16::from(tags[i] == tag) << i);
                assert_eq!(super::equal(&tags, tag), slow, "{tags:?} {tag}");
            }
        }
    }
}
