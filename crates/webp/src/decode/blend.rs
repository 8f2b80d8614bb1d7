//! Straight alpha over straight alpha, in the arithmetic of libwebp's animation decoder.

/// A pixel over another.
pub(super) fn over(above: [u8; 4], below: [u8; 4]) -> [u8; 4] {
    let alpha = u32::from(above[3]);
    match alpha {
        0 => return below,
        255 => return above,
        _ => {}
    }
    let rest = (u32::from(below[3]) * (256 - alpha)) >> 8;
    let sum = alpha + rest;
    let scale = (1 << 24) / sum;
    let channel = |i: usize| {
        let weighted = u32::from(above[i]) * alpha + u32::from(below[i]) * rest;
        (weighted.wrapping_mul(scale) >> 24) as u8
    };
    [channel(0), channel(1), channel(2), sum as u8]
}
