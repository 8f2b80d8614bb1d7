//! Against exact arithmetic, and what has to hold whatever the numbers are.
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::float_cmp,
    clippy::unwrap_used,
    reason = "small numbers; what cannot be resized fails the test"
)]

use bytemill_resize::{Axis, Filter, Resizer, divide_alpha, multiply_alpha};
use proptest::prelude::*;

const FILTERS: [Filter; 6] = [
    Filter::Nearest,
    Filter::Bilinear,
    Filter::CatmullRom,
    Filter::Mitchell,
    Filter::Lanczos2,
    Filter::Lanczos3,
];

/// Smooth and noisy parts, and edges from 0 to 255.
fn picture(width: usize, height: usize, channels: usize, seed: u32) -> Vec<u8> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let mut pixels = Vec::with_capacity(width * height * channels);
    for at in 0..width * height * channels {
        let (x, y) = (at / channels % width, at / channels / width);
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        pixels.push(match (x / 16 + y / 16) % 4 {
            0 => (x * 7 + y * 3 + at % channels * 40) as u8,
            1 => (state >> 24) as u8,
            2 => 255 * u8::from((x / 3 + y / 2) % 2 == 0),
            _ => {
                if state >> 31 == 0 {
                    0
                } else {
                    255
                }
            }
        });
    }
    pixels
}

fn resize(pixels: &[u8], channels: usize, across: &Axis, down: &Axis, filter: Filter) -> Vec<u8> {
    let mut resizer = Resizer::new(across, down, channels, filter).unwrap();
    let len = across.target * channels;
    let mut target = vec![0; len * down.target];
    let mut rows = 0;
    for row in pixels.chunks_exact(across.source * channels) {
        let done: Result<(), ()> = resizer.push(row, |y, row| {
            target[y * len..][..len].copy_from_slice(row);
            rows += 1;
            Ok(())
        });
        done.unwrap();
    }
    assert_eq!(rows, down.target, "{across:?} {down:?} {filter:?}");
    target
}

/// The textbook's formulas in floating point, one channel, both passes at once.
fn exact(pixels: &[u8], across: &Axis, down: &Axis, filter: Filter) -> Vec<f64> {
    let sinc = |x: f64| {
        let angle = std::f64::consts::PI * x;
        if x == 0.0 { 1.0 } else { angle.sin() / angle }
    };
    let cubic = |b: f64, c: f64, x: f64| {
        if x < 1.0 {
            (12.0 - 9.0 * b - 6.0 * c) * x.powi(3) + (12.0 * b + 6.0 * c - 18.0) * x.powi(2) + 6.0
                - 2.0 * b
        } else if x < 2.0 {
            (-b - 6.0 * c) * x.powi(3) + (6.0 * b + 30.0 * c) * x.powi(2)
                - (12.0 * b + 48.0 * c) * x
                + 8.0 * b
                + 24.0 * c
        } else {
            0.0
        }
    };
    let weight = |x: f64| match filter {
        Filter::Nearest => unreachable!("has no weights"),
        Filter::Bilinear => (1.0 - x).max(0.0),
        Filter::CatmullRom => cubic(0.0, 0.5, x),
        Filter::Mitchell => cubic(1.0 / 3.0, 1.0 / 3.0, x),
        Filter::Lanczos2 if x < 2.0 => sinc(x) * sinc(x / 2.0),
        Filter::Lanczos3 if x < 3.0 => sinc(x) * sinc(x / 3.0),
        Filter::Lanczos2 | Filter::Lanczos3 => 0.0,
    };
    let matrix = |axis: &Axis| -> Vec<Vec<f64>> {
        let scale = axis.step.abs().max(1.0);
        (0..axis.target)
            .map(|i| {
                let centre = axis.start + (i as f64 + 0.5) * axis.step;
                let row: Vec<f64> = (0..axis.source)
                    .map(|k| weight((k as f64 + 0.5 - centre).abs() / scale))
                    .collect();
                let sum: f64 = row.iter().sum();
                row.iter().map(|value| value / sum).collect()
            })
            .collect()
    };
    let (columns, rows) = (matrix(across), matrix(down));
    let mut target = Vec::new();
    for row in &rows {
        let between: Vec<f64> = (0..across.source)
            .map(|x| {
                row.iter()
                    .enumerate()
                    .map(|(y, w)| w * f64::from(pixels[y * across.source + x]))
                    .sum()
            })
            .collect();
        for column in &columns {
            let sum: f64 = column.iter().zip(&between).map(|(w, value)| w * value).sum();
            target.push(sum.clamp(0.0, 255.0));
        }
    }
    target
}

#[test]
fn results_are_within_one_of_exact_arithmetic() {
    let (mut worst, mut sum, mut count) = (0.0_f64, 0.0, 0.0);
    for filter in FILTERS.into_iter().filter(|filter| *filter != Filter::Nearest) {
        for (source, target) in
            [(64, 64), (96, 24), (96, 47), (80, 40), (50, 73), (31, 124), (200, 9), (1, 5), (3, 2)]
        {
            // What keeps its size is copied, which is sharper than this filter.
            if filter == Filter::Mitchell && source == target {
                continue;
            }
            for (other_source, other_target) in [(64, 33), (40, 90)] {
                let pixels = picture(source, other_source, 1, source as u32);
                let across = Axis::whole(source, target);
                for down in [
                    Axis::whole(other_source, other_target),
                    Axis { start: 3.3, step: 0.77, ..Axis::whole(other_source, 20) },
                ] {
                    let ours = resize(&pixels, 1, &across, &down, filter);
                    for (ours, exact) in ours.iter().zip(exact(&pixels, &across, &down, filter)) {
                        let off = (f64::from(*ours) - exact).abs();
                        worst = worst.max(off);
                        sum += off;
                        count += 1.0;
                    }
                }
            }
        }
    }
    // Half of one is rounding.
    assert!(worst < 0.8, "off by {worst}");
    assert!(sum / count < 0.27, "off by {} in the mean", sum / count);
}

#[test]
fn channels_are_apart() {
    for filter in FILTERS {
        for channels in 2..=4 {
            let pixels = picture(61, 47, channels, 3);
            let (across, down) = (Axis::whole(61, 29), Axis::whole(47, 50));
            let together = resize(&pixels, channels, &across, &down, filter);
            for place in 0..channels {
                let one: Vec<u8> = pixels.iter().skip(place).step_by(channels).copied().collect();
                let alone = resize(&one, 1, &across, &down, filter);
                let ours: Vec<u8> =
                    together.iter().skip(place).step_by(channels).copied().collect();
                assert!(alone == ours, "{filter:?}, channel {place} of {channels}");
            }
        }
    }
}

#[test]
fn mirrored_axes_turn_the_result() {
    let pixels = picture(64, 48, 1, 9);
    let (across, down) = (Axis::whole(64, 32), Axis::whole(48, 24));
    let plain = resize(&pixels, 1, &across, &down, Filter::Lanczos3);
    let turned = resize(&pixels, 1, &across.mirrored(), &down.mirrored(), Filter::Lanczos3);
    let far = plain.iter().rev().zip(&turned).map(|(a, b)| a.abs_diff(*b)).max().unwrap();
    assert!(far <= 1, "{far}");
    let copy =
        resize(&pixels, 1, &Axis::whole(64, 64).mirrored(), &Axis::whole(48, 48), Filter::Lanczos3);
    for (row, turned) in pixels.chunks(64).zip(copy.chunks(64)) {
        assert!(row.iter().rev().eq(turned));
    }
}

#[test]
fn nearest_takes_samples_as_they_are() {
    let pixels = picture(50, 40, 3, 2);
    let ours = resize(&pixels, 3, &Axis::whole(50, 20), &Axis::whole(40, 90), Filter::Nearest);
    for (at, pixel) in ours.chunks(3).enumerate() {
        let (x, y) = (at % 20, at / 20);
        // At its centre where it becomes smaller, where it begins where it becomes larger.
        let (x, y) = (x * 5 / 2 + 1, y * 4 / 9);
        assert_eq!(pixel, &pixels[3 * (50 * y + x)..][..3]);
    }
    let mirrored = Axis::whole(40, 90).mirrored();
    let turned = resize(&pixels, 3, &Axis::whole(50, 20), &mirrored, Filter::Nearest);
    let rows: Vec<&[u8]> = ours.chunks(3 * 20).rev().collect();
    assert_eq!(turned, rows.concat());
}

#[test]
fn flat_images_stay_flat() {
    for filter in FILTERS {
        for value in [0, 1, 127, 254, 255] {
            let pixels = vec![value; 333 * 77];
            let ours = resize(&pixels, 1, &Axis::whole(333, 101), &Axis::whole(77, 200), filter);
            assert!(ours.iter().all(|sample| *sample == value), "{filter:?} {value}");
        }
    }
}

#[test]
fn transparent_colours_do_not_bleed() {
    let pixels =
        [[0, 255, 0, 0], [255, 0, 0, 255]].map(|pixel| pixel.repeat(32)).concat().repeat(16);
    let mut multiplied = vec![0; pixels.len()];
    multiply_alpha(&pixels, &mut multiplied);
    let mut ours =
        resize(&multiplied, 4, &Axis::whole(64, 9), &Axis::whole(16, 3), Filter::Lanczos3);
    divide_alpha(&mut ours);
    for pixel in ours.chunks(4).filter(|pixel| pixel[3] > 8) {
        assert!(pixel[0] > 245 && pixel[1] == 0, "{pixel:?}");
    }
}

proptest! {
    #[test]
    fn any_part_at_any_scale_comes_out_whole(
        source in 1_usize..200, target in 1_usize..200, channels in 1_usize..=4,
        start in -50.0..250.0_f64, step in -9.0..9.0_f64, filter in 0_usize..5,
    ) {
        let axis = Axis { source, target, start, step };
        let pixels = picture(source, source, channels, 5);
        let ours = resize(&pixels, channels, &axis, &axis, FILTERS[filter]);
        prop_assert_eq!(ours.len(), target * target * channels);
    }
}
