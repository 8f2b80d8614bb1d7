//! Arrays, for targets without one of the other backends, and the reference in tests.

#![allow(clippy::trivially_copy_pass_by_ref, reason = "as in the other backends")]

use core::array::from_fn;

pub(crate) type V8 = [u8; 16];
pub(crate) type V16 = [i16; 8];
pub(crate) type V32 = [i32; 4];

pub(crate) fn splat8(value: u8) -> V8 {
    [value; 16]
}

pub(crate) fn load8(from: &[u8; 16]) -> V8 {
    *from
}

pub(crate) fn store8(value: V8, to: &mut [u8; 16]) {
    *to = value;
}

pub(crate) fn halves8(value: V8) -> [[u8; 8]; 2] {
    [from_fn(|i| value[i]), from_fn(|i| value[i + 8])]
}

pub(crate) fn reverse8(a: V8) -> V8 {
    from_fn(|i| a[15 - i])
}

pub(crate) fn high_bits8(a: V8) -> u16 {
    (0..16).map(|i| u16::from(a[i] >> 7) << i).sum()
}

pub(crate) fn widen_low8(value: V8) -> V16 {
    from_fn(|i| i16::from(value[i]))
}

pub(crate) fn widen_high8(value: V8) -> V16 {
    from_fn(|i| i16::from(value[i + 8]))
}

pub(crate) fn min8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].min(b[i]))
}

pub(crate) fn max8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].max(b[i]))
}

pub(crate) fn low8(a: V8, b: V8) -> V8 {
    from_fn(|i| if i % 2 == 0 { a[i / 2] } else { b[i / 2] })
}

pub(crate) fn high8(a: V8, b: V8) -> V8 {
    from_fn(|i| if i % 2 == 0 { a[8 + i / 2] } else { b[8 + i / 2] })
}

pub(crate) fn pair_sums8(a: V8) -> V16 {
    from_fn(|i| i16::from(a[2 * i]) + i16::from(a[2 * i + 1]))
}

pub(crate) fn store3(a: V8, b: V8, c: V8, to: &mut [u8; 52]) {
    for (i, pixel) in to.as_chunks_mut::<3>().0.iter_mut().take(16).enumerate() {
        *pixel = [a[i], b[i], c[i]];
    }
}

pub(crate) fn load3(from: &[u8; 48]) -> [V8; 3] {
    from_fn(|plane| from_fn(|i| from[3 * i + plane]))
}

pub(crate) fn splat16(value: i16) -> V16 {
    [value; 8]
}

pub(crate) fn load16(from: &[i16; 8]) -> V16 {
    *from
}

pub(crate) fn store16(value: V16, to: &mut [i16; 8]) {
    *to = value;
}

pub(crate) fn store_bytes16(value: V16, to: &mut [u8; 16]) {
    for (bytes, lane) in to.as_chunks_mut().0.iter_mut().zip(value) {
        *bytes = lane.to_le_bytes();
    }
}

pub(crate) fn load_widen8(from: &[u8; 8]) -> V16 {
    from.map(i16::from)
}

pub(crate) fn add16(a: V16, b: V16) -> V16 {
    from_fn(|i| a[i].wrapping_add(b[i]))
}

pub(crate) fn sub16(a: V16, b: V16) -> V16 {
    from_fn(|i| a[i].wrapping_sub(b[i]))
}

pub(crate) fn mul16(a: V16, b: V16) -> V16 {
    from_fn(|i| a[i].wrapping_mul(b[i]))
}

pub(crate) fn fraction16(a: V16, b: V16) -> V16 {
    from_fn(|i| ((i32::from(a[i]) * i32::from(b[i]) + 0x4000) >> 15) as i16)
}

pub(crate) fn mul_high16(a: V16, b: V16) -> V16 {
    let unsigned = |lane: i16| u32::from(lane.cast_unsigned());
    from_fn(|i| ((unsigned(a[i]) * unsigned(b[i])) >> 16) as i16)
}

pub(crate) fn abs16(a: V16) -> V16 {
    a.map(i16::wrapping_abs)
}

pub(crate) fn xor16(a: V16, b: V16) -> V16 {
    from_fn(|i| a[i] ^ b[i])
}

pub(crate) fn nonzero16(a: V16) -> u8 {
    (0..8).map(|i| u8::from(a[i] != 0) << i).sum()
}

pub(crate) fn or16(a: V16, b: V16) -> V16 {
    from_fn(|i| a[i] | b[i])
}

pub(crate) fn shl16<const N: i32>(a: V16) -> V16 {
    a.map(|lane| lane << N)
}

pub(crate) fn shr16<const N: i32>(a: V16) -> V16 {
    a.map(|lane| lane >> N)
}

pub(crate) fn dot16(a: V16, b: V16) -> V32 {
    let product = |i: usize| i32::from(a[i]) * i32::from(b[i]);
    from_fn(|i| product(2 * i).wrapping_add(product(2 * i + 1)))
}

pub(crate) fn low16(a: V16, b: V16) -> V16 {
    from_fn(|i| if i % 2 == 0 { a[i / 2] } else { b[i / 2] })
}

pub(crate) fn high16(a: V16, b: V16) -> V16 {
    from_fn(|i| if i % 2 == 0 { a[4 + i / 2] } else { b[4 + i / 2] })
}

pub(crate) fn narrow_biased(a: V16, b: V16) -> V8 {
    let lane = |i: usize| if i < 8 { a[i] } else { b[i - 8] };
    from_fn(|i| (lane(i).clamp(-128, 127) + 128).cast_unsigned() as u8)
}

pub(crate) fn narrow16(a: V16, b: V16) -> V8 {
    let lane = |i: usize| if i < 8 { a[i] } else { b[i - 8] };
    from_fn(|i| lane(i).clamp(0, 255).cast_unsigned() as u8)
}

pub(crate) fn zero16(a: V16) -> bool {
    a == [0; 8]
}

pub(crate) fn splat32(value: i32) -> V32 {
    [value; 4]
}

pub(crate) fn load32(from: &[i32; 4]) -> V32 {
    *from
}

pub(crate) fn array32(value: V32) -> [i32; 4] {
    value
}

pub(crate) fn add32(a: V32, b: V32) -> V32 {
    from_fn(|i| a[i].wrapping_add(b[i]))
}

pub(crate) fn sub32(a: V32, b: V32) -> V32 {
    from_fn(|i| a[i].wrapping_sub(b[i]))
}

pub(crate) fn shr32<const N: i32>(a: V32) -> V32 {
    a.map(|lane| lane >> N)
}

pub(crate) fn sums32(vectors: [V32; 4]) -> V32 {
    vectors.map(|lanes| lanes.into_iter().fold(0, i32::wrapping_add))
}

pub(crate) fn splat_pair(bits: i32) -> V16 {
    from_fn(|i| if i % 2 == 0 { bits as i16 } else { (bits >> 16) as i16 })
}

pub(crate) fn narrow32(a: V32, b: V32) -> V16 {
    let lane = |i: usize| if i < 4 { a[i] } else { b[i - 4] };
    from_fn(|i| lane(i).clamp(i32::from(i16::MIN), i32::from(i16::MAX)) as i16)
}

pub(crate) fn high_product16(a: V16, b: V16) -> V16 {
    from_fn(|i| ((i32::from(a[i]) * i32::from(b[i])) >> 16) as i16)
}

pub(crate) fn add_saturating16(a: V16, b: V16) -> V16 {
    from_fn(|i| a[i].saturating_add(b[i]))
}

pub(crate) fn join_low16(a: V16, b: V16) -> V16 {
    from_fn(|i| if i < 4 { a[i] } else { b[i - 4] })
}

pub(crate) fn join_high16(a: V16, b: V16) -> V16 {
    from_fn(|i| if i < 4 { a[i + 4] } else { b[i] })
}

pub(crate) fn shr_unsigned16<const N: i32>(a: V16) -> V16 {
    a.map(|lane| (lane.cast_unsigned() >> N).cast_signed())
}

pub(crate) fn narrow_signed(a: V16, b: V16) -> V8 {
    let lane = |i: usize| if i < 8 { a[i] } else { b[i - 8] };
    from_fn(|i| (lane(i).clamp(-128, 127) as i8).cast_unsigned())
}

pub(crate) fn from_halves8(low: &[u8; 8], high: &[u8; 8]) -> V8 {
    from_fn(|i| if i < 8 { low[i] } else { high[i - 8] })
}

pub(crate) fn add8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].wrapping_add(b[i]))
}

pub(crate) fn sub8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].wrapping_sub(b[i]))
}

pub(crate) fn add_saturating8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].saturating_add(b[i]))
}

pub(crate) fn sub_saturating8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].saturating_sub(b[i]))
}

pub(crate) fn add_signed8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].cast_signed().saturating_add(b[i].cast_signed()).cast_unsigned())
}

pub(crate) fn sub_signed8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i].cast_signed().saturating_sub(b[i].cast_signed()).cast_unsigned())
}

pub(crate) fn average8(a: V8, b: V8) -> V8 {
    from_fn(|i| (u16::from(a[i]) + u16::from(b[i])).div_ceil(2) as u8)
}

pub(crate) fn and8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i] & b[i])
}

pub(crate) fn or8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i] | b[i])
}

pub(crate) fn xor8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i] ^ b[i])
}

pub(crate) fn and_not8(a: V8, b: V8) -> V8 {
    from_fn(|i| a[i] & !b[i])
}

pub(crate) fn equal8(a: V8, b: V8) -> V8 {
    from_fn(|i| if a[i] == b[i] { 255 } else { 0 })
}

pub(crate) fn shr_signed8<const N: i32>(a: V8) -> V8 {
    a.map(|lane| (lane.cast_signed() >> N).cast_unsigned())
}

pub(crate) fn zero8(a: V8) -> bool {
    a == [0; 16]
}

pub(crate) fn widen_low_signed8(a: V8) -> V16 {
    from_fn(|i| i16::from(a[i].cast_signed()))
}

pub(crate) fn widen_high_signed8(a: V8) -> V16 {
    from_fn(|i| i16::from(a[i + 8].cast_signed()))
}

pub(crate) fn swap_even8(a: V8) -> V8 {
    from_fn(|i| a[if i % 2 == 0 { i ^ 2 } else { i }])
}

pub(crate) fn interleave4(a: V8, b: V8, c: V8, d: V8) -> [V8; 4] {
    let planes = [a, b, c, d];
    from_fn(|vector| from_fn(|i| planes[i % 4][4 * vector + i / 4]))
}

pub(crate) fn join_low8(a: V8, b: V8) -> V8 {
    from_fn(|i| if i < 8 { a[i] } else { b[i - 8] })
}

pub(crate) fn join_high8(a: V8, b: V8) -> V8 {
    from_fn(|i| if i < 8 { a[i + 8] } else { b[i] })
}
