//! Curves and colorants, beside a careful calculation and moxcms.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    reason = "numbers are small, and what is wrong here fails the test"
)]

mod support;

use bytemill_icc::{Space, Transform, srgb_profile};
use moxcms::{ColorProfile, Layout, TransformOptions};
use support::{
    ADOBE, P3, PROPHOTO, Primaries, REC2020, SRGB, gamma, grey, para, pixels, rgb, sampled,
    srgb_curve,
};

/// The inverse of the colorants of sRGB, by Cramer's rule.
fn from_xyz(xyz: [f64; 3]) -> [f64; 3] {
    // BT.709 adapted to D50 by Bradford, to more digits than a profile has.
    const M: Primaries = [
        [0.436_041_251_616, 0.222_484_540_229, 0.013_920_187_471],
        [0.385_112_910_798, 0.716_905_078_608, 0.097_067_238_697],
        [0.143_045_837_586, 0.060_610_381_162, 0.713_912_573_832],
    ];
    let det = |[a, b, c]: Primaries| {
        a[0] * (b[1] * c[2] - b[2] * c[1]) - b[0] * (a[1] * c[2] - a[2] * c[1])
            + c[0] * (a[1] * b[2] - a[2] * b[1])
    };
    std::array::from_fn(|at| {
        let mut replaced = M;
        replaced[at] = xyz;
        det(replaced) / det(M)
    })
}

/// The level, with its fraction, of an amount of light.
fn encoded(light: f64) -> f64 {
    let light = light.clamp(0.0, 1.0);
    let value =
        if light <= 0.003_130_8 { light * 12.92 } else { 1.055 * light.powf(1.0 / 2.4) - 0.055 };
    value * 255.0
}

type Function = fn(f64) -> f64;

fn srgb_function(x: f64) -> f64 {
    if x <= 0.04045 { x / 12.92 } else { ((x + 0.055) / 1.055).powf(2.4) }
}

/// BT.2020, inverted.
fn rec2020_function(x: f64) -> f64 {
    if x < 0.081_243 { x / 4.5 } else { ((x + 0.099_297) / 1.099_297).powf(1.0 / 0.45) }
}

fn rec2020_curve() -> Vec<u8> {
    para(3, &[1.0 / 0.45, 1.0 / 1.099_297, 0.099_297 / 1.099_297, 1.0 / 4.5, 0.081_243])
}

fn profiles() -> Vec<(&'static str, Primaries, Vec<u8>, Function)> {
    vec![
        ("Display P3", P3, rgb(4, &P3, &srgb_curve()), srgb_function),
        ("Adobe RGB", ADOBE, rgb(2, &ADOBE, &gamma(563.0 / 256.0)), |x| x.powf(563.0 / 256.0)),
        ("ProPhoto", PROPHOTO, rgb(2, &PROPHOTO, &gamma(1.8)), |x| x.powf(461.0 / 256.0)),
        ("BT.2020", REC2020, rgb(4, &REC2020, &rec2020_curve()), rec2020_function),
        ("P3, tables", P3, rgb(2, &P3, &sampled(4096, srgb_function)), srgb_function),
        ("linear", ADOBE, rgb(2, &ADOBE, &gamma(1.0)), |x| x),
        ("cubic sRGB", SRGB, rgb(4, &SRGB, &para(0, &[3.0])), |x| x.powf(3.0)),
    ]
}

#[test]
fn every_value_is_the_nearest_one() {
    for (name, primaries, profile, function) in profiles() {
        let transform = Transform::to_srgb(&profile).unwrap();
        assert!(!transform.is_srgb() && transform.space() == Space::Rgb);
        // As the file has them.
        let primaries = primaries.map(|p| p.map(|value| (value * 65536.0).round() / 65536.0));
        let before = pixels(3, 20_000);
        let mut after = before.clone();
        transform.apply(&mut after, 3);
        for (before, after) in before.chunks(3).zip(after.chunks(3)) {
            let light: [f64; 3] = std::array::from_fn(|at| function(f64::from(before[at]) / 255.0));
            let xyz =
                std::array::from_fn(|axis| (0..3).map(|c| primaries[c][axis] * light[c]).sum());
            for (light, got) in from_xyz(xyz).into_iter().zip(after) {
                let off = (encoded(light) - f64::from(*got)).abs();
                assert!(off < 0.52, "{name}: {before:?} to {after:?}, off by {off}");
            }
        }
    }
}

#[test]
fn moxcms_agrees() {
    for (name, _, profile, _) in profiles() {
        let before = pixels(3, 100_000);
        let mut ours = before.clone();
        Transform::to_srgb(&profile).unwrap().apply(&mut ours, 3);
        let mut theirs = vec![0; before.len()];
        let options = TransformOptions { prefer_fixed_point: false, ..Default::default() };
        let source = ColorProfile::new_from_slice(&profile).unwrap();
        source
            .create_transform_8bit(Layout::Rgb, &ColorProfile::new_srgb(), Layout::Rgb, options)
            .unwrap()
            .transform(&before, &mut theirs)
            .unwrap();
        let off = ours.iter().zip(&theirs).map(|(a, b)| a.abs_diff(*b));
        let far = off.clone().filter(|off| *off > 1).count();
        let worst = off.max().unwrap();
        // What it rounds twice is one level further, now and then.
        assert!(worst <= 2 && far * 1000 < ours.len(), "{name}: {far} of {}", ours.len());
    }
}

#[test]
fn greys_stay_grey() {
    for primaries in [P3, ADOBE, PROPHOTO, REC2020] {
        let transform = Transform::to_srgb(&rgb(4, &primaries, &srgb_curve())).unwrap();
        for value in 0..=255 {
            let mut pixel = [value; 3];
            transform.apply(&mut pixel, 3);
            assert_eq!(pixel, [value; 3]);
            let mut pixel = [value, 7];
            transform.apply(&mut pixel, 2);
            assert_eq!(pixel, [value, 7]);
        }
    }
}

#[test]
fn grey_profiles_convert_every_channel_of_light() {
    let transform = Transform::to_srgb(&grey(gamma(2.2))).unwrap();
    assert!(transform.space() == Space::Grey && !transform.is_srgb());
    for value in 0..=255_u8 {
        let exact = encoded((f64::from(value) / 255.0).powf(563.0 / 256.0));
        let mut pixels = [value, 3];
        transform.apply(&mut pixels, 2);
        assert!((f64::from(pixels[0]) - exact).abs() < 0.51 && pixels[1] == 3);
        let mut pixels = [value, 255, 0, 9, value];
        transform.apply(&mut pixels, 4);
        assert!((f64::from(pixels[0]) - exact).abs() < 0.51);
        assert_eq!(pixels[1..], [255, 0, 9, value]);
    }
}

#[test]
fn lightness_is_a_grey_too() {
    let identity = support::curv(&[]);
    let profile = support::profile(2, b"mntrGRAYLab ", &[(b"kTRC", identity)]);
    let transform = Transform::to_srgb(&profile).unwrap();
    // L* 50 is sRGB 119 (118.8), L* 0 and 100 are the ends.
    let mut pixels = [0, 128, 255];
    transform.apply(&mut pixels, 1);
    assert_eq!(pixels, [0, 119, 255]);
}

#[test]
fn srgb_in_any_writing_changes_nothing() {
    let old: Primaries =
        [[0.43607, 0.22249, 0.01392], [0.38515, 0.71687, 0.09708], [0.14307, 0.06061, 0.7141]];
    let writings = [
        srgb_profile().to_vec(),
        rgb(4, &SRGB, &srgb_curve()),
        rgb(2, &old, &sampled(1024, srgb_function)),
        // As many points as the smallest profiles have.
        rgb(2, &SRGB, &sampled(42, srgb_function)),
        grey(sampled(1024, srgb_function)),
    ];
    for profile in writings {
        let transform = Transform::to_srgb(&profile).unwrap();
        assert!(transform.is_srgb());
        let before = pixels(3, 1000);
        for channels in 0..=5 {
            let mut after = before.clone();
            transform.apply(&mut after, channels);
            assert!(after == before);
        }
    }
    for profile in [rgb(2, &SRGB, &gamma(2.2)), grey(gamma(2.2)), rgb(2, &P3, &srgb_curve())] {
        assert!(!Transform::to_srgb(&profile).unwrap().is_srgb());
    }
}

#[test]
fn alpha_and_half_pixels_stay() {
    let transform = Transform::to_srgb(&rgb(2, &ADOBE, &gamma(2.2))).unwrap();
    let mut with_alpha = [200, 100, 50, 77, 200, 100];
    let mut without = [200, 100, 50];
    transform.apply(&mut with_alpha, 4);
    transform.apply(&mut without, 3);
    assert_eq!(with_alpha[..3], without);
    assert_eq!(with_alpha[3..], [77, 200, 100]);
    assert_ne!(without, [200, 100, 50]);
    transform.cmyk_to_rgb(&[1, 2, 3, 4], &mut without);
    assert_eq!(with_alpha[..3], without);
}

#[test]
fn moxcms_reads_the_profile_to_embed() {
    let theirs = ColorProfile::new_from_slice(srgb_profile()).unwrap();
    let before = pixels(3, 1000);
    let mut after = vec![0; before.len()];
    let options = TransformOptions { prefer_fixed_point: false, ..Default::default() };
    theirs
        .create_transform_8bit(Layout::Rgb, &ColorProfile::new_srgb(), Layout::Rgb, options)
        .unwrap()
        .transform(&before, &mut after)
        .unwrap();
    assert!(before.iter().zip(&after).all(|(a, b)| a.abs_diff(*b) <= 1));
}
