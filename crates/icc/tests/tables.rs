//! Colour tables: those that interpolation cannot change beside colorants, and others beside moxcms.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::unwrap_used,
    reason = "numbers are small, and what is wrong here fails the test"
)]

mod support;

use bytemill_icc::{IccError, Space, Transform};
use support::{ADOBE, P3, fixed, gamma, pixels, profile, rgb, words, xyz};

/// What 0..=1 of XYZ is written as.
fn encoded_xyz(value: f64) -> u16 {
    (value * 32768.0).round().clamp(0.0, 65535.0) as u16
}

/// The eight corners of the cube of a primaries' XYZ, blue fastest.
fn corners(primaries: &support::Primaries) -> Vec<u16> {
    (0..8)
        .flat_map(|at| {
            let on = [at >> 2 & 1, at >> 1 & 1, at & 1];
            (0..3).map(move |axis| {
                (0..3).map(|c| primaries[c][axis] * f64::from(on[c])).sum::<f64>().max(0.0)
            })
        })
        .map(encoded_xyz)
        .collect()
}

fn ramp(count: usize) -> Vec<u16> {
    (0..count).map(|at| (at * 65535 / (count - 1)) as u16).collect()
}

/// `mft2` of three channels; `curve` comes before the grid of two points.
fn mft2(curve: &[u16], grid: Vec<u16>) -> Vec<u8> {
    let mut tag = b"mft2\0\0\0\0\x03\x03\x02\0".to_vec();
    tag.extend(fixed(&[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]));
    tag.extend(words([curve.len() as u16, 2]));
    for _ in 0..3 {
        tag.extend(words(curve.iter().copied()));
    }
    tag.extend(words(grid));
    for _ in 0..3 {
        tag.extend(words([0, 65535]));
    }
    tag
}

/// `mAB ` of the parts that there are, in the order B, matrix, M, grid, A.
fn mab(channels: u8, parts: [Option<Vec<u8>>; 5]) -> Vec<u8> {
    let mut tag = [b"mAB \0\0\0\0", &[channels, 3, 0, 0][..], &[0; 20]].concat();
    for (at, part) in parts.into_iter().enumerate() {
        let Some(part) = part else { continue };
        let offset = (tag.len() as u32).to_be_bytes();
        tag[12 + 4 * at..16 + 4 * at].copy_from_slice(&offset);
        tag.extend(part);
        tag.resize(tag.len().next_multiple_of(4), 0);
    }
    tag
}

fn grid(points: &[u8], width: u8, data: Vec<u8>) -> Vec<u8> {
    let mut bytes = points.to_vec();
    bytes.resize(16, 0);
    bytes.extend([width, 0, 0, 0]);
    bytes.extend(data);
    bytes
}

fn thrice(curve: &[u8]) -> Vec<u8> {
    let mut curve = curve.to_vec();
    curve.resize(curve.len().next_multiple_of(4), 0);
    curve.repeat(3)
}

fn convert(profile: &[u8]) -> Vec<u8> {
    let mut pixels = pixels(3, 20_000);
    Transform::to_srgb(profile).unwrap().apply(&mut pixels, 3);
    pixels
}

fn far(a: &[u8], b: &[u8]) -> u8 {
    a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

#[test]
fn a_table_of_corners_is_a_matrix() {
    let expected = convert(&rgb(2, &ADOBE, &gamma(1.8)));
    let curve: Vec<u16> = (0..4096)
        .map(|at| ((f64::from(at) / 4095.0).powf(461.0 / 256.0) * 65535.0).round() as u16)
        .collect();
    let old = profile(2, b"scnrRGB XYZ ", &[(b"A2B0", mft2(&curve, corners(&ADOBE)))]);
    assert!(far(&convert(&old), &expected) <= 1);

    let identity = Some(thrice(&support::curv(&[])));
    let data = words(corners(&ADOBE));
    let curves = Some(thrice(&gamma(1.8)));
    let tag = mab(3, [identity.clone(), None, None, Some(grid(&[2; 3], 2, data)), curves.clone()]);
    // A2B1, so that black stays where it is.
    let new = profile(4, b"scnrRGB XYZ ", &[(b"A2B1", tag)]);
    assert!(far(&convert(&new), &expected) <= 1);

    // The same as M curves and a matrix, which gives numbers of half their size.
    let rows = (0..3).flat_map(|axis| (0..3).map(move |c| ADOBE[c][axis] * 32768.0 / 65535.0));
    let mut numbers: Vec<f64> = rows.collect();
    numbers.extend([0.0; 3]);
    let tag = mab(3, [identity, Some(fixed(&numbers)), curves, None, None]);
    let matrix = profile(4, b"scnrRGB XYZ ", &[(b"A2B1", tag.clone())]);
    assert!(far(&convert(&matrix), &expected) <= 1);

    // The perceptual table of version 4 has its black somewhat lighter.
    let perceptual = convert(&profile(4, b"scnrRGB XYZ ", &[(b"A2B0", tag)]));
    assert!(perceptual[..3] == [0; 3] && perceptual[765..768] == [255; 3]);
    assert!(perceptual.iter().zip(&expected).all(|(a, b)| a <= b) && perceptual != expected);
}

#[test]
fn a_table_comes_before_colorants() {
    let mut tags = vec![(b"A2B0", mft2(&ramp(2), corners(&ADOBE)))];
    tags.extend([(b"rXYZ", xyz([0.0; 3])), (b"gXYZ", xyz([0.0; 3])), (b"bXYZ", xyz([0.0; 3]))]);
    let got = convert(&profile(2, b"mntrRGB XYZ ", &tags));
    assert!(far(&got, &convert(&rgb(2, &ADOBE, &gamma(1.0)))) <= 1);
}

/// Neutral Lab of sixteen bits, as version 2 writes it.
fn lab(lightness: f64) -> [u16; 3] {
    [(lightness * 652.8).round() as u16, 0x8000, 0x8000]
}

#[test]
fn ink_darkens_paper() {
    // Each ink takes a quarter of the lightness: exact for any interpolation between corners.
    let data: Vec<u16> =
        (0..16_u32).flat_map(|at| lab(100.0 - 25.0 * f64::from(at.count_ones()))).collect();
    let mut tag = b"mft2\0\0\0\0\x04\x03\x02\0".to_vec();
    tag.extend(fixed(&[1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]));
    tag.extend(words([2, 2]));
    tag.extend(words([0, 65535].repeat(4)));
    tag.extend(words(data.clone()));
    tag.extend(words([0, 65535].repeat(3)));
    let old = profile(2, b"prtrCMYKLab ", &[(b"A2B0", tag)]);

    let new = data.iter().map(|value| (f64::from(*value) * 65535.0 / 65280.0).round() as u16);
    let parts = Some(grid(&[2; 4], 2, words(new)));
    let tag = mab(4, [Some(thrice(&gamma(1.0))), None, None, parts, None]);
    let new = profile(4, b"prtrCMYKLab ", &[(b"A2B1", tag)]);

    for profile in [old, new] {
        let transform = Transform::to_srgb(&profile).unwrap();
        assert!(transform.space() == Space::Cmyk && !transform.is_srgb());
        let cmyk = pixels(4, 5000);
        let mut rgb = vec![0; cmyk.len() / 4 * 3];
        transform.cmyk_to_rgb(&cmyk, &mut rgb);
        for (cmyk, rgb) in cmyk.chunks(4).zip(rgb.chunks(3)) {
            let ink: f64 = cmyk.iter().map(|ink| f64::from(*ink)).sum();
            let y = (((100.0 - ink / 10.2) + 16.0) / 116.0_f64).powi(3).clamp(0.0, 1.0);
            let exact = (1.055 * y.powf(1.0 / 2.4) - 0.055) * 255.0;
            if ink < 900.0 {
                assert!((f64::from(rgb[1]) - exact).abs() < 0.6, "{cmyk:?} {rgb:?} {exact}");
            }
            assert!(far(rgb, &[rgb[1]; 3]) <= 1);
        }
        assert_eq!(rgb[..3], [255; 3]);
        assert_eq!(rgb[765..768], [0; 3]);
        // Pixels of other kinds are left alone, and so is what has no room.
        let mut same = cmyk.clone();
        transform.apply(&mut same, 4);
        assert!(same == cmyk);
        transform.cmyk_to_rgb(&cmyk, &mut []);
        transform.cmyk_to_rgb(&[1, 2, 3], &mut same);
        assert!(same == cmyk);
    }
}

#[test]
fn bytes_and_uneven_grids() {
    // 2 x 3 x 4 points whose Lab is a plane: the order of the channels and their steps show.
    let mut data = Vec::new();
    for red in 0..2 {
        for green in 0..3 {
            for blue in 0..4 {
                let lightness = red * 60 + green * 30 + blue * 15;
                data.extend([lightness as u8, 128, 128]);
            }
        }
    }
    let curves = Some(thrice(&gamma(1.0)));
    let tag = mab(3, [curves.clone(), None, None, Some(grid(&[2, 3, 4], 1, data)), curves]);
    let transform = Transform::to_srgb(&profile(4, b"scnrRGB Lab ", &[(b"A2B1", tag)])).unwrap();
    for pixel in pixels(3, 5000).chunks(3) {
        let [red, green, blue] = [0, 1, 2].map(|at| f64::from(pixel[at]) / 255.0);
        let lightness = (red * 60.0 + green * 60.0 + blue * 45.0) / 2.55;
        let t = (lightness + 16.0) / 116.0;
        let y = if lightness > 8.0 { t.powi(3) } else { lightness / 903.3 };
        let light = if y > 0.003_130_8 { 1.055 * y.powf(1.0 / 2.4) - 0.055 } else { y * 12.92 };
        let mut got = pixel.to_vec();
        transform.apply(&mut got, 3);
        assert!((f64::from(got[1]) - light * 255.0).abs() < 0.6, "{pixel:?} {got:?} {light}");
    }
}

#[test]
fn what_a_table_lacks_is_named() {
    let invalid = |spaces: &[u8; 12], tag: Vec<u8>| {
        let result = Transform::to_srgb(&profile(4, spaces, &[(b"A2B0", tag)]));
        assert!(matches!(result, Err(IccError::Invalid { .. })), "{:?}", result.err());
    };
    let good = mft2(&ramp(2), corners(&P3));
    invalid(b"prtrCMYKXYZ ", good.clone());
    let mut no_grid = good.clone();
    no_grid[10] = 0;
    invalid(b"scnrRGB XYZ ", no_grid);
    let mut no_curve = good;
    no_curve[49] = 1;
    invalid(b"scnrRGB XYZ ", no_curve);
    invalid(b"prtrCMYKLab ", mab(4, [Some(thrice(&gamma(1.0))), None, None, None, None]));
    let wide = Some(grid(&[2; 3], 3, vec![0; 99]));
    invalid(b"scnrRGB XYZ ", mab(3, [Some(thrice(&gamma(1.0))), None, None, wide, None]));
    let text = Transform::to_srgb(&profile(4, b"scnrRGB XYZ ", &[(b"A2B0", b"text0000".to_vec())]));
    assert!(matches!(text, Err(IccError::Unsupported { .. })));
    // 4 G points of colours that are not there.
    let huge = mab(4, [None, None, None, Some(grid(&[255; 4], 2, vec![0; 99])), None]);
    let huge = Transform::to_srgb(&profile(4, b"prtrCMYKLab ", &[(b"A2B0", huge)]));
    assert_eq!(huge.err(), Some(IccError::Truncated));
}
