//! Every operation against the arrays.

#![expect(
    clippy::cast_possible_wrap,
    clippy::many_single_char_names,
    reason = "numbers below 100, vectors without meaning"
)]

use crate::{I16x8, I32x4, U8x16, portable};

/// Extremes, and numbers that look random.
fn samples() -> Vec<[i16; 8]> {
    let mut state = 1_u32;
    let mut next = move || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        ((state >> 16) as u16).cast_signed()
    };
    let mut samples = vec![
        [0; 8],
        [-1; 8],
        [i16::MIN; 8],
        [i16::MAX; 8],
        [-129, -128, -127, 0, 126, 127, 128, 255],
        [256, 257, -256, -257, 1, -1, 254, 255],
    ];
    samples.extend((0..50).map(|_| core::array::from_fn(|_| next())));
    samples
}

fn array(value: I16x8) -> [i16; 8] {
    let mut array = [0; 8];
    value.store(&mut array);
    array
}

fn bytes(value: U8x16) -> [u8; 16] {
    let mut array = [0; 16];
    value.store(&mut array);
    array
}

#[test]
fn words_agree_with_arrays() {
    let samples = samples();
    for a in &samples {
        let x = I16x8::load(a);
        assert_eq!(array(x), *a);
        let (mut ours, mut expected) = ([0; 16], [0; 16]);
        x.store_bytes(&mut ours);
        portable::store_bytes16(*a, &mut expected);
        assert_eq!(ours, expected);
        assert_eq!(array(x.shl::<3>()), portable::shl16::<3>(*a));
        assert_eq!(array(x.shr::<5>()), portable::shr16::<5>(*a));
        assert_eq!(array(x.shr_unsigned::<6>()), portable::shr_unsigned16::<6>(*a));
        assert_eq!(x.is_zero(), portable::zero16(*a));
        assert_eq!(array(x.abs()), portable::abs16(*a));
        assert_eq!(array(I16x8::splat(a[3])), [a[3]; 8]);
        for b in &samples {
            let y = I16x8::load(b);
            assert_eq!(array(x.add(y)), portable::add16(*a, *b));
            assert_eq!(array(x.sub(y)), portable::sub16(*a, *b));
            assert_eq!(array(x.mul(y)), portable::mul16(*a, *b));
            if !a.contains(&i16::MIN) {
                assert_eq!(array(x.mul_fraction(y)), portable::fraction16(*a, *b));
            }
            assert_eq!(array(x.mul_high(y)), portable::high_product16(*a, *b));
            assert_eq!(array(x.add_saturating(y)), portable::add_saturating16(*a, *b));
            assert_eq!(array(x.join_low(y)), portable::join_low16(*a, *b));
            assert_eq!(array(x.join_high(y)), portable::join_high16(*a, *b));
            assert_eq!(bytes(x.narrow_signed(y)), portable::narrow_signed(*a, *b));
            assert_eq!(array(x.or(y)), portable::or16(*a, *b));
            assert_eq!(array(x.xor(y)), portable::xor16(*a, *b));
            assert_eq!(array(x.mul_high_unsigned(y)), portable::mul_high16(*a, *b));
            assert_eq!(x.mul(y).nonzero_mask(), portable::nonzero16(portable::mul16(*a, *b)));
            let pair = I16x8::pair([a[0], b[1]]);
            assert_eq!(array(pair), [a[0], b[1], a[0], b[1], a[0], b[1], a[0], b[1]]);
            let products = [x.dot(y), y.dot(y), x.dot(x), pair.dot(x)];
            let sums = portable::sums32(products.map(I32x4::to_array));
            assert_eq!(I32x4::sums(products).to_array(), sums);
            assert_eq!(array(x.interleave_low(y)), portable::low16(*a, *b));
            assert_eq!(array(x.interleave_high(y)), portable::high16(*a, *b));
            assert_eq!(bytes(x.narrow(y)), portable::narrow16(*a, *b));
            assert_eq!(bytes(x.narrow_biased(y)), portable::narrow_biased(*a, *b));
            let (c, d) = (portable::dot16(*a, *b), portable::dot16(*b, *b));
            let (z, w) = (x.dot(y), y.dot(y));
            assert_eq!((z.to_array(), w.to_array()), (c, d));
            assert_eq!(z.add(w).to_array(), portable::add32(c, d));
            assert_eq!(z.sub(w).to_array(), portable::sub32(c, d));
            assert_eq!(z.shr::<11>().to_array(), portable::shr32::<11>(c));
            assert_eq!(array(z.narrow(w)), portable::narrow32(c, d));
        }
    }
    assert_eq!(I32x4::splat(-70_000).to_array(), [-70_000; 4]);
    assert_eq!(I32x4::load(&[1, -2, 3, i32::MIN]).to_array(), [1, -2, 3, i32::MIN]);
    assert_eq!(*crate::unseen(&[7, 8, 9]), [7, 8, 9]);
}

#[test]
fn bytes_agree_with_arrays() {
    let plane =
        |step: u8| core::array::from_fn(|i| (i as u8).wrapping_mul(step).wrapping_add(step));
    let [a, b, c]: [[u8; 16]; 3] = [plane(17), plane(91), plane(203)];
    let [x, y, z] = [a, b, c].map(|plane| U8x16::load(&plane));
    assert_eq!(bytes(x), a);
    assert_eq!(bytes(x.min(y)), portable::min8(a, b));
    assert_eq!(bytes(x.max(y)), portable::max8(a, b));
    assert_eq!(bytes(x.interleave_low(y)), portable::low8(a, b));
    assert_eq!(bytes(x.interleave_high(y)), portable::high8(a, b));
    let (mut pixels, mut expected) = ([0; 52], [0; 52]);
    U8x16::store3(x, y, z, &mut pixels);
    portable::store3(a, b, c, &mut expected);
    assert_eq!(pixels[..48], expected[..48]);
    let pixels = pixels.first_chunk().unwrap();
    assert_eq!(U8x16::load3(pixels).map(bytes), [a, b, c]);
    assert_eq!(portable::load3(pixels), [a, b, c]);
    assert_eq!(array(z.pair_sums()), portable::pair_sums8(c));
    assert_eq!(array(U8x16::splat(255).pair_sums()), [510; 8]);
    assert_eq!(x.halves(), portable::halves8(a));
    assert_eq!(array(x.widen_low()), portable::widen_low8(a));
    assert_eq!(array(x.widen_high()), portable::widen_high8(a));
    assert_eq!(array(I16x8::load_u8(&x.halves()[1])), portable::widen_high8(a));
    assert_eq!(bytes(U8x16::splat(200)), [200; 16]);
    assert_eq!(bytes(x.reverse()), portable::reverse8(a));
    assert_eq!(portable::reverse8(a)[..2], [a[15], a[14]]);
    assert_eq!([x.mask(), y.mask()], [a, b].map(portable::high_bits8));
    assert_eq!(portable::high_bits8(core::array::from_fn(|i| 255 * u8::from(i == 3))), 8);
}

/// Every pair of bytes, sixteen at a time.
#[test]
fn all_pairs_of_bytes_agree_with_arrays() {
    type Operation = (fn(U8x16, U8x16) -> U8x16, fn([u8; 16], [u8; 16]) -> [u8; 16]);
    let operations: [Operation; 14] = [
        (U8x16::join_low, portable::join_low8),
        (U8x16::join_high, portable::join_high8),
        (U8x16::add, portable::add8),
        (U8x16::sub, portable::sub8),
        (U8x16::add_saturating, portable::add_saturating8),
        (U8x16::sub_saturating, portable::sub_saturating8),
        (U8x16::add_saturating_signed, portable::add_signed8),
        (U8x16::sub_saturating_signed, portable::sub_signed8),
        (U8x16::average, portable::average8),
        (U8x16::and, portable::and8),
        (U8x16::or, portable::or8),
        (U8x16::xor, portable::xor8),
        (U8x16::and_not, portable::and_not8),
        (U8x16::equal, portable::equal8),
    ];
    for first in 0..=255_u8 {
        let a = [first; 16];
        let x = U8x16::load(&a);
        for start in (0..=255_u8).step_by(16) {
            let b: [u8; 16] = core::array::from_fn(|i| start + i as u8);
            let y = U8x16::load(&b);
            for (ours, theirs) in operations {
                assert_eq!(bytes(ours(x, y)), theirs(a, b));
            }
        }
    }
}

#[test]
fn bytes_with_sign_agree_with_arrays() {
    for start in (0..=255_u8).step_by(16) {
        let a: [u8; 16] = core::array::from_fn(|i| start + i as u8);
        let x = U8x16::load(&a);
        assert_eq!(bytes(x.shr_signed::<3>()), portable::shr_signed8::<3>(a));
        assert_eq!(array(x.widen_low_signed()), portable::widen_low_signed8(a));
        assert_eq!(array(x.widen_high_signed()), portable::widen_high_signed8(a));
        assert_eq!(bytes(x.swap_even()), portable::swap_even8(a));
        let [low, high] = x.halves();
        assert_eq!(bytes(U8x16::from_halves(&low, &high)), a);
        let planes = [a, a.map(|byte| !byte), a.map(|byte| byte ^ 0x55), [7; 16]];
        let [b, c, d, e] = planes;
        let ours = U8x16::interleave4(x, U8x16::load(&c), U8x16::load(&d), U8x16::load(&e));
        assert_eq!(ours.map(bytes), portable::interleave4(b, c, d, e));
    }
    assert!(U8x16::splat(0).is_zero() && !U8x16::splat(1).is_zero());
}

#[test]
fn transposing_swaps_rows_and_columns() {
    let rows: [[i16; 8]; 8] =
        core::array::from_fn(|y| core::array::from_fn(|x| (10 * y + x) as i16));
    let columns = I16x8::transpose(rows.map(|row| I16x8::load(&row))).map(array);
    for (y, row) in rows.iter().enumerate() {
        for (x, value) in row.iter().enumerate() {
            assert_eq!(columns[x][y], *value);
        }
    }
}
